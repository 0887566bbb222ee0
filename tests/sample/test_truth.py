"""The truth file of the sample says what the sample says: every line that it cites is looked up in the file itself."""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from testimonia.model.comparison import SILENCES, STANCES
from testimonia.model.findings import BASES
from testimonia.services.sample import sample_path
from testimonia.text.lines import LineTable

TEXT = sample_path().read_text(encoding="utf-8")
LINES = LineTable(TEXT)
TRUTH: dict[str, Any] = json.loads(sample_path().with_name("truth.json").read_text(encoding="utf-8"))
ACCOUNTS: dict[str, Any] = TRUTH["accounts"]
TURNED = range(TRUTH["turned_page"]["first_line"], TRUTH["turned_page"]["last_line"] + 1)
REPOSITORY = Path(__file__).resolve().parents[2]


def printed(first: int, last: int | None = None) -> str:
    """The lines of the file as one string, runs of white space folded."""
    return " ".join(" ".join(LINES.text(n) for n in range(first, (last or first) + 1)).split())


def lines_of(ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {n for first, last in ranges for n in range(first, last + 1)}


def bare(text: str) -> str:
    """Letters and digits only: what is left of a text when line ends, hyphens and furniture between are gone."""
    return re.sub(r"[\W_]", "", text)


def readable_lines(first: int, last: int) -> str:
    """The body lines of a stretch: without furniture and without the page that stands on its head."""
    out = set(TRUTH["furniture"])
    return " ".join(LINES.text(n) for n in range(first, last + 1) if n not in out and n not in TURNED)


def test_sample_is_written_by_its_tool(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(REPOSITORY / "tools" / "make_sample.py"), str(tmp_path)], check=True)
    for name in ("brannsey.txt", "truth.json"):
        assert (tmp_path / name).read_bytes() == sample_path().with_name(name).read_bytes(), name


def test_truth_describes_these_bytes() -> None:
    assert hashlib.sha256(sample_path().read_bytes()).hexdigest() == TRUTH["sha256"]


def test_sample_says_on_the_first_page_of_each_article_that_it_is_invented() -> None:
    for article in TRUTH["articles"]:
        assert "invented" in printed(*article["invented_lines"])
        first_page = next(p for p in TRUTH["pages"] if p["first_line"] == article["first_line"])
        assert article["invented_lines"][1] <= first_page["last_line"]
    assert "invented" in sample_path().with_name("README.md").read_text(encoding="utf-8")


def test_pages_cover_the_file_without_overlap() -> None:
    at = 1
    for index, page in enumerate(TRUTH["pages"]):
        assert (page["page_index"], page["first_line"]) == (index, at)
        at = page["last_line"] + 1
    assert at == LINES.count + 1


def test_readable_pages_print_their_label_and_the_turned_one_does_not() -> None:
    for page in TRUTH["pages"]:
        here = [LINES.text(n) for n in range(page["first_line"], page["last_line"] + 1)]
        if page["readable"]:
            assert any(page["page_label"] in line for line in here)
        else:
            assert page["page_label"] is None
            assert not any("Page" in line for line in here)


def test_missing_pages_are_in_the_numbering_and_not_in_the_file() -> None:
    assert [(m["sequence"], m["number"]) for m in TRUTH["missing_pages"]] == [(0, 9), (0, 10), (1, 13)]
    for sequence in (0, 1):
        pages = [p for p in TRUTH["pages"] if p["sequence"] == sequence]
        missing = [m["number"] for m in TRUTH["missing_pages"] if m["sequence"] == sequence]
        assert sorted([p["number"] for p in pages] + missing) == list(range(1, pages[0]["total"] + 1))


def test_furniture_lines_are_heads_addresses_and_dates() -> None:
    known = re.compile(
        r"(New Papers on the Brannsey Night: The Harbour F[il]les Opened Page \d+ of 10"
        r"|The Brannsey Night, 1931: Seven Recolections of a Talk|Page [l\d]+ of 16|http:\S+( \S+)*|[O\d /]+/1998)"
    )
    for number in TRUTH["furniture"]:
        assert known.fullmatch(LINES.text(number).strip()), number
    for number in range(1, LINES.count + 1):
        if known.fullmatch(LINES.text(number).strip()):
            assert number in TRUTH["furniture"] or number in TURNED, number


@pytest.mark.parametrize("article", TRUTH["articles"], ids=lambda a: a["name"])
def test_articles_print_their_title_and_author(article: dict[str, Any]) -> None:
    assert printed(*article["title_lines"]) == article["title"]
    assert printed(article["author_line"]) == f"by {article['author']}"
    if article["published_in"]:
        assert article["published_in"] in printed(article["first_line"], article["author_line"])


def test_sections_and_groups_stand_on_their_lines() -> None:
    assert len(TRUTH["sections"]) == 6
    for heading in TRUTH["sections"] + TRUTH["groups"]:
        assert printed(heading["line"]) == heading["title"]


@pytest.mark.parametrize("name", ACCOUNTS)
def test_account_prints_its_heading_and_source_note(name: str) -> None:
    account = ACCOUNTS[name]
    first, last = account["lines"]
    assert printed(*account["heading_lines"]) == account["heading"]
    assert account["heading_lines"][0] == first
    body_first, body_last = account["body_lines"]
    assert account["heading_lines"][1] < body_first <= body_last
    if account["source_note"] is None:
        assert body_last == last
    else:
        note = readable_lines(*account["source_note_lines"])
        assert bare(note) == bare(account["source_note"])
        assert note.strip().startswith("[")
        assert account["source_note_lines"][1] == last
    assert account["basis"] in BASES


def test_accounts_follow_each_other_and_have_200_to_600_words() -> None:
    assert len(ACCOUNTS) == 7
    ends = [a["lines"] for a in ACCOUNTS.values()]
    assert all(a[1] < b[0] for a, b in pairwise(ends))
    for name, account in ACCOUNTS.items():
        words = len(readable_lines(*account["body_lines"]).split())
        words += len(" ".join(u["text"] for u in TRUTH["turned_page"]["upright"]).split()) if name == "kroy" else 0
        assert 200 <= words <= 600, (name, words)


def test_every_call_is_glued_to_its_word_and_every_note_begins_with_its_number() -> None:
    assert [c["label"] for c in TRUTH["calls"]] == [str(n) for n in range(1, 15)]
    for call in TRUTH["calls"]:
        assert call["printed"].endswith(call["label"])
        assert call["printed"] in LINES.text(call["line"])
    for note in TRUTH["notes"]:
        assert LINES.text(note["first_line"]).startswith(f"{note['label']} ")
    assert [n["label"] for n in TRUTH["notes"]] == [str(n) for n in range(1, 9)]
    assert TRUTH["missing_notes"] == [str(n) for n in range(9, 15)]


def test_redaction_and_the_parts_of_the_telegram_are_printed() -> None:
    (redaction,) = TRUTH["redactions"]
    assert redaction["printed"] in printed(*redaction["lines"])
    cable = TRUTH["cable"]
    opener = printed(*cable["opener_lines"])
    assert opener.startswith(cable["classification"]) and f"No. {cable['copy']}" in opener
    assert printed(cable["signature_line"]) == f"14/XI-31 {cable['signature']}"
    first, last = ACCOUNTS[cable["account"]]["body_lines"]
    assert first == cable["opener_lines"][0] and cable["signature_line"] == last


def test_line_end_hyphens_join_as_said() -> None:
    for hyphen in TRUTH["hyphens"]:
        line = LINES.text(hyphen["line"]).rstrip()
        assert line.endswith(hyphen["before"]) and line[-1] in "-¬"
        below = next(n for n in range(hyphen["line"] + 1, LINES.count) if LINES.text(n).strip())
        if below not in TRUTH["furniture"]:
            assert LINES.text(below).startswith(hyphen["after"])
        assert hyphen["joined"].replace("-", "") == hyphen["before"][:-1].replace("-", "") + hyphen["after"].replace(
            "-", ""
        )
    ends = {n for n in range(1, LINES.count + 1) if LINES.text(n).rstrip().endswith(("-", "¬")) and n not in TURNED}
    assert ends == {h["line"] for h in TRUTH["hyphens"]}
    assert {h["kind"] for h in TRUTH["hyphens"]} == {"word", "compound", "range"}


def test_slips_of_the_ocr_and_spellings_of_the_authors_are_printed() -> None:
    for slip in TRUTH["ocr_errors"]:
        assert slip["printed"] in LINES.text(slip["line"]), slip
        assert slip["printed"] != slip["meant"]
    for own in TRUTH["own_spellings"]:
        assert own["printed"] in LINES.text(own["line"])


def test_turned_page_holds_one_line_of_signs_for_each_upright_line() -> None:
    page = TRUTH["turned_page"]
    upright = {u["line"]: u["text"] for u in page["upright"]}
    for number in TURNED:
        assert bool(LINES.text(number).strip()) == (number in upright), number
    assert list(upright) == sorted(upright, reverse=True)
    assert upright[page["last_line"]].startswith("The Brannsey Night")
    inside = ACCOUNTS["kroy"]["lines"]
    assert inside[0] < page["first_line"] and page["last_line"] < inside[1]


def test_statements_cite_body_lines_of_their_account() -> None:
    body = set(range(1, LINES.count + 1)) - set(TRUTH["furniture"]) - set(TURNED)
    for point in TRUTH["points"]:
        assert len(point["says"]) >= 2, point["id"]
        for name, (stance, *ranges) in point["says"].items():
            assert stance in STANCES
            first, last = ACCOUNTS[name]["body_lines"]
            for a, b in ranges:
                assert first <= a <= b <= last and {a, b} <= body, (point["id"], name)
        for _, *ranges in point["unreadable"].values():
            assert lines_of((a, b) for a, b in ranges) <= set(TURNED)
        assert not set(point["silences"]) & set(point["says"])
        assert set(point["silences"]) | set(point["says"]) == set(ACCOUNTS)
        assert set(point["silences"].values()) <= set(SILENCES)


@pytest.mark.parametrize(
    ("point", "name", "words"),
    [
        ("time", "brenn", "half past nine"),
        ("time", "kroy", "twenty minutes to eleven"),
        ("time", "vask", "quarter to eleven"),
        ("men", "brenn", "twelve armed men"),
        ("men", "fell", "four men and a boy"),
        ("bargain", "brenn", "no bargain of any kind"),
        ("lamp", "lisle", "out in the diary"),
        ("shot", "brenn", "Not a shot was fired"),
        ("secret", "quill", "secrecy"),
        ("writing", "kroy", "tide table"),
    ],
)
def test_statement_lines_hold_the_words(point: str, name: str, words: str) -> None:
    (found,) = (p for p in TRUTH["points"] if p["id"] == point)
    assert words in " ".join(printed(a, b) for a, b in found["says"][name][1:])


def test_conflicts_are_points_on_which_accounts_say_different_things() -> None:
    ids = [p["id"] for p in TRUTH["points"]]
    assert len(ids) == len(set(ids)) == 13
    assert set(TRUTH["conflicts"]) <= set(ids)


def test_quotations_stand_in_the_commentary_and_their_source_in_the_telegram() -> None:
    for quotation in TRUTH["quotations"]:
        assert bare(quotation["text"]) in bare(readable_lines(*quotation["quote_lines"]))
        if quotation["verdict"] == "source missing":
            assert quotation["source_lines"] is None
            continue
        source = bare(readable_lines(*quotation["source_lines"]))
        assert bare(quotation["source_text"]) in source
        assert (bare(quotation["text"]) in source) == (quotation["verdict"] == "exact")
