"""What the screens say, asked for without a browser."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import httpx
import pytest

from testimonia.errors import LibraryError
from testimonia.services.workbench import Workbench
from testimonia.store.library import Job
from testimonia.web.words import VISIBLE

if TYPE_CHECKING:
    from tests.web.conftest import Invented


@pytest.fixture
def source(invented: Invented) -> str:
    return f"/source/{invented.source.sha256}"


@pytest.fixture
def event(invented: Invented) -> str:
    return f"/compare/{invented.comparison().event.id}"


def words(html: str) -> str:
    """The text of a page, tags taken out, white space as one space."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html))


def test_the_library_says_what_is_in_each_source(client: httpx.Client) -> None:
    page = words(client.get("/").text)
    assert "3 sources" in page
    assert "3 pages, 1 document, 3 accounts, 1 note, 2 gaps, 4 repairs, 1 notice" in page
    assert "The sluice at Harle gives way 3 accounts, 3 February 1884" in page


def test_facets_narrow_the_list(client: httpx.Client) -> None:
    assert "harle.txt" in client.get("/?with=gaps").text
    assert "harle.txt" in client.get("/?with=text/plain").text
    assert "with accounts" in words(client.get("/?with=accounts").text)


def test_search_leads_to_the_passage(client: httpx.Client, source: str) -> None:
    page = client.get("/", params={"q": "half past nine"}).text
    assert "3 passages with" in words(page)
    link = re.search(rf'href="({source}\?at=\d+-\d+#here)">([^<]*)</a>', page)
    assert link is not None
    assert link[2] == "harle.txt, p. 2, l. 20\u201321"
    assert "<mark>" in page
    shown = client.get(link[1]).text
    assert '<mark class="sought">The gate stood open at half past nine' in shown


def test_search_that_finds_nothing_says_so(client: httpx.Client) -> None:
    assert "Nothing in the library has these words" in client.get("/", params={"q": "zeppelin"}).text


@pytest.mark.parametrize("query", ['"', "AND OR NOT", "*", "(", "a\x00b", "\u202e", "-", "'; DROP TABLE x"])
def test_no_query_breaks_the_library(client: httpx.Client, query: str) -> None:
    assert client.get("/", params={"q": query}).status_code == 200


def test_the_reading_text_is_shown_to_the_letter(client: httpx.Client, invented: Invented, source: str) -> None:
    html = client.get(source).text
    shown = [
        unescape(re.sub(r"<[^>]*>", "", re.sub(r'<span class="(?:page-break|word)".*?</span>', "", block)))
        for _, block in re.findall(r'<(p|h\d) class="block [^"]*">(.*?)</\1>', html, re.DOTALL)
    ]
    read = [p for p in invented.recovered.paragraphs if p.page_index == 0]
    assert shown == [invented.reading.text[p.start : p.end].translate(VISIBLE) for p in read]


def test_repairs_show_the_original_reading(client: httpx.Client, source: str) -> None:
    html = client.get(source).text
    assert re.search(r'data-original="In the original: modem" aria-describedby="[^"]*">modern</a>', html)
    page = words(html)
    assert "modem became modern" in page
    assert "The Sluice at Harle Page 1 of 4 left out" in page


def test_a_repair_on_the_next_page_is_listed_where_its_paragraph_is_shown(client: httpx.Client, source: str) -> None:
    for page in (1, 2):
        assert "Then 1 ran became Then I ran" in words(client.get(f"{source}?page={page}").text)


def test_notes_are_linked_both_ways(client: httpx.Client, invented: Invented, source: str) -> None:
    note = invented.findings[4]
    first = client.get(source).text
    assert f'href="{source}?page=2#{note.id}" aria-label="Note 1">1</a></sup>' in first
    second = client.get(f"{source}?page=2").text
    assert f'id="{note.id}"' in second
    assert re.search(rf'called at <a href="{source}\?at=\d+-\d+#here">p. 1, l. 7</a>', second)


def test_what_is_missing_stands_in_the_text(client: httpx.Client, source: str) -> None:
    first, third = words(client.get(source).text), words(client.get(f"{source}?page=3").text)
    assert "withheld, 2 lines [two lines cut out]" in first
    assert "Note 2 is missing" in client.get(source).text
    assert "Missing: Page 4. The last label reads Page 3 of 4." in third
    gaps = words(client.get(f"{source}/gaps").text)
    assert "Note 2" in gaps
    assert "Page 4 The last label" in gaps


def test_an_unreadable_page_says_so(client: httpx.Client, source: str) -> None:
    page = words(client.get(f"{source}?page=3").text)
    assert "Notice: Page 3 can" in page
    assert "it seems to have been scanned upside down" in page


def test_a_page_that_begins_inside_a_paragraph_says_where_it_starts(client: httpx.Client, source: str) -> None:
    assert "end a paragraph of the page before: Page 1 of 4" in words(client.get(f"{source}?page=2").text)
    assert '<span class="page-break" role="note">Page 2 of 4</span>' in client.get(source).text


def test_a_line_is_shown_on_the_page_of_its_paragraph(client: httpx.Client, source: str) -> None:
    html = client.get(f"{source}?line=16").text
    assert '<span class="spot" id="here"></span>' in html
    assert "1 of 3 pages of the file" in words(html)
    original = client.get(f"{source}?line=16&layer=original").text
    assert "2 of 3 pages of the file" in words(original)


def test_a_line_that_was_left_out_says_so(client: httpx.Client, source: str) -> None:
    assert "Line 1 is not in the reading text" in client.get(f"{source}?line=1").text


def test_the_original_is_shown_line_by_line(client: httpx.Client, source: str) -> None:
    html = client.get(f"{source}?layer=original").text
    assert 'data-line="1">The Sluice at Harle  Page 1 of 4</p>' in html
    assert "read the modem gauge</p>" in html


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("page=99", 404),
        ("page=0", 400),
        ("page=x", 400),
        ("page=-1", 400),
        ("line=99999", 404),
        ("line=1e9", 400),
        ("at=5", 400),
        ("at=9-3", 400),
        ("at=0-99999999", 200),
        ("layer=other", 404),
        ("page=", 200),
        ("page=%D9%A1", 400),
    ],
)
def test_wrong_addresses_are_answered_in_words(client: httpx.Client, source: str, query: str, status: int) -> None:
    answer = client.get(f"{source}?{query}")
    assert answer.status_code == status
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "path", ["/source/" + "0" * 64, "/source/nothing", "/compare/nothing", "/nowhere", "/static/x"]
)
def test_what_is_not_there_is_a_404_in_the_same_look(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert 'class="bar"' in answer.text
    assert "What to do" in answer.text


def test_a_source_answers_to_its_name(client: httpx.Client) -> None:
    assert client.get("/source/harle.txt").status_code == 200


def test_compare_shows_relations_versions_and_silences(client: httpx.Client, event: str) -> None:
    html = client.get(event).text
    page = words(html)
    assert "3 accounts, 28 questions, 14 contradictions" in page
    assert '<span class="chip contradict">Contradict</span>' in html
    assert '<span class="chip single">One account only</span>' not in html
    assert "I shut the gate <mark>at ten</mark>." in html
    assert "page lost Page 4 is missing." in words(client.get(f"{event}?only=all").text)
    assert 'aria-label="Version b"' in html


def test_compare_is_cut_into_sections_of_25_questions(client: httpx.Client, event: str) -> None:
    html = client.get(f"{event}?only=all").text
    sections = html.split('<div class="section">')[1:]
    assert [s.count('<tr id="point') for s in sections] == [25, 3]


def test_what_one_account_tells_alone_is_one_link_away(client: httpx.Client, event: str) -> None:
    link = re.search(r'href="([^"]*)">Show what one tells alone', client.get(event).text)
    assert link is not None
    assert '<span class="chip single">One account only</span>' in client.get(link[1]).text


def test_only_contradictions_are_shown_when_asked(client: httpx.Client, event: str) -> None:
    html = client.get(f"{event}?only=contradict").text
    assert html.count("<tr id=") == 14
    assert "chip agree" not in html
    assert client.get(f"{event}?only=nonsense").status_code == 400


def test_accounts_stand_in_the_order_of_telling_when_asked(client: httpx.Client, event: str) -> None:
    tellers = re.findall(r'class="teller"[^>]*>([^<]*)<', client.get(f"{event}?order=told").text)
    assert tellers == ["Thomas Wray", "Mrs. Anne Coates", "Josiah Pell"]


def test_a_citation_leads_to_the_words_in_the_reader(client: httpx.Client, event: str) -> None:
    link = re.search(r'class="cite" href="([^"]*)">p. 1, l. 12<', client.get(event).text)
    assert link is not None
    assert '<mark class="sought">I shut the gate at ten.</mark>' in client.get(link[1]).text


def test_the_exported_record_is_that_of_the_command_line(
    client: httpx.Client, workbench: Workbench, event: str
) -> None:
    record = workbench.comparing.record(workbench.comparing.compare())
    assert client.get(f"{event}.json").json() == json.loads(json.dumps(record))
    assert client.get("/compare.json").json() == json.loads(json.dumps(record))


def test_compare_without_a_choice_goes_to_the_largest_group(client: httpx.Client, event: str) -> None:
    answer = client.get("/compare")
    assert (answer.status_code, answer.headers["location"]) == (303, event)


def test_a_page_may_be_kept_for_back(client: httpx.Client) -> None:
    assert client.get("/").headers["cache-control"] == "private, no-cache"


def test_a_fault_in_the_program_is_told_without_its_insides(
    client: httpx.Client, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> tuple[Job, ...]:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(workbench.jobs, "all", broken)
    answer = client.get("/jobs")
    assert answer.status_code == 500
    assert "A fault in the program" in answer.text
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_damaged_library_says_what_and_where(
    client: httpx.Client, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged() -> tuple[Job, ...]:
        raise LibraryError("a page of the database can't be read", where="library.sqlite3", hint="Restore a copy")

    monkeypatch.setattr(workbench.jobs, "all", damaged)
    page = client.get("/jobs")
    assert page.status_code == 500
    assert "Where: library.sqlite3" in page.text
    assert "What to do: Restore a copy." in page.text


def test_running_jobs_say_how_far_they_are_and_can_be_stopped(
    client: httpx.Client, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = Job(
        id="j1", title="Take in <b>harle.txt</b>", step="recover", state="running", done=3, total=9, unit="files",
        started_at="1902-05-06T07:08:00Z", updated_at="1902-05-06T07:08:30Z",
    )  # fmt: skip
    monkeypatch.setattr(workbench.jobs, "all", lambda: (job, replace(job, id="j2", state="paused")))
    html = client.get("/jobs").text
    assert "running, recover, 3 of 9 files, about 60 s left" in words(html)
    assert 'formaction="/jobs/j1/pause"' in html
    assert 'formaction="/jobs/j2/resume"' in html
    assert "Take in &lt;b&gt;harle.txt" in html
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in html
    part = client.get("/jobs?part=list").text
    assert part.lstrip().startswith("<ul")
