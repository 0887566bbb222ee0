"""Reports on quotations: a page of HTML, and comments in a copy of the manuscript."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from testimonia.services.check_reports import docx_report, html_report, report_of
from testimonia.services.checked import CheckReport
from testimonia.services.workbench import Workbench

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LOG = "The keeper of the harbour did not light the lamp that night, and nobody came to the pier until the morning.\n"
DRAFT = (
    "Orme says <b>of it</b>: “The keeper of the harbour did light the lamp that night.”\n\n"
    "She adds: “nobody came to the pier until the morning.”\n"
)


@pytest.fixture
def report(tmp_path: Path) -> Iterator[CheckReport]:
    with Workbench.open(tmp_path / "library", now=lambda: "1931-03-14T02:10:00Z") as made:
        made.intake.add_contents([("log.txt", LOG.encode())])
        yield made.checking.check_content("draft <1>.txt", DRAFT.encode())


def manuscript() -> bytes:
    """A small Word file whose first quotation is broken over three runs."""
    body = (
        '<w:p><w:r><w:t xml:space="preserve">Orme says of it: “The keeper </w:t></w:r><w:r><w:rPr><w:i/></w:rPr>'
        '<w:t>of the harbour</w:t></w:r><w:r><w:t xml:space="preserve"> did light the lamp that night.” So.</w:t></w:r>'
        "</w:p><w:p><w:r><w:t>She adds: “nobody came to the pier until the morning.”</w:t></w:r></w:p>"
    )
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as packed:
        packed.writestr(
            "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        packed.writestr("word/document.xml", f'<w:document xmlns:w="{W[1:-1]}"><w:body>{body}</w:body></w:document>')
    return sink.getvalue()


def commented(content: bytes) -> dict[str, str]:
    """The words that each comment is anchored to, by the comment's first line."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        document = etree.fromstring(packed.read("word/document.xml"))
        comments = etree.fromstring(packed.read("word/comments.xml"))
        assert b"comments.xml" in packed.read("word/_rels/document.xml.rels")
        assert b"/word/comments.xml" in packed.read("[Content_Types].xml")
    out = {}
    for comment in comments.iter(f"{W}comment"):
        number, inside, words = comment.get(f"{W}id"), False, []
        for element in document.iter():
            if element.tag == f"{W}commentRangeStart" and element.get(f"{W}id") == number:
                inside = True
            elif element.tag == f"{W}commentRangeEnd" and element.get(f"{W}id") == number:
                inside = False
            elif inside and element.tag == f"{W}t":
                words.append(element.text or "")
        out[next(comment.iter(f"{W}t")).text or ""] = "".join(words)
    return out


def test_the_page_shows_quotation_beside_source_and_runs_nothing(report: CheckReport) -> None:
    page = html_report(report)
    assert "THE SENSE IS TURNED" in page
    assert page.index("≠ altered") < page.index("= exact")
    assert "<mark>" in page
    assert "draft &lt;1&gt;.txt" in page
    assert "<script" not in page and "http" not in page.replace("http-equiv", "")


def test_comments_stand_at_the_quotations_of_a_copy_of_the_manuscript(report: CheckReport) -> None:
    assert commented(docx_report(report, manuscript())) == {
        "≠ ALTERED": "The keeper of the harbour did light the lamp that night.",
        "= EXACT": "nobody came to the pier until the morning.",
    }


def test_a_manuscript_that_is_no_word_file_becomes_one(report: CheckReport) -> None:
    assert commented(docx_report(report, DRAFT.encode()))["= EXACT"] == "nobody came to the pier until the morning."


def test_the_same_report_gives_the_same_bytes(report: CheckReport) -> None:
    assert docx_report(report, None) == docx_report(report, None)


def test_the_rows_are_worst_first_with_their_source(report: CheckReport) -> None:
    first, second = report_of(report).rows
    assert (first.verdict, second.verdict) == ("altered", "exact")
    assert first.found == "The keeper of the harbour did not light the lamp that night"
    assert first.source_link.startswith("/source/")


def test_every_place_is_named_with_what_differs_there(tmp_path: Path) -> None:
    with Workbench.open(tmp_path / "library", now=lambda: "1931-03-14T02:10:00Z") as made:
        other = f"Printed later.\n\n{LOG.replace('light the lamp', 'light the lantern')}"
        made.intake.add_contents([("log.txt", LOG.encode()), ("printed.txt", other.encode())])
        found = made.checking.check_content("draft.txt", DRAFT.replace("did light", "did not light").encode())
    (row,) = [r for r in report_of(found).rows if "harbour" in r.quote]
    assert (row.verdict, row.source_where) == ("exact", "log.txt, page 1 of the file, l. 1: log")
    assert [(where.split(",")[0], differs) for where, _, differs in row.also] == [
        ("printed.txt", "word “lamp” for “lantern”")
    ]
    assert "Also in printed.txt" in html_report(found) and "Also in printed.txt" in row.comment


def test_what_differs_is_marked_in_the_source_too(report: CheckReport) -> None:
    row = next(r for r in report_of(report).rows if r.verdict == "altered")
    assert [row.found[a:b] for a, b in row.found_marked] == ["not"]
    assert "<strong>not</strong>" in html_report(report)
    assert "which the quotation leaves out" in row.warnings[0]
