"""References in a style: entries and citations, styles of users, and styles that mean harm. All texts are invented."""

import io
from typing import Any

import pytest

from testimonia.errors import NotFoundError
from testimonia.exports.library_edition import LibraryEdition
from testimonia.exports.styled import StyledHtml, StyledText
from testimonia.exports.styling import (
    STYLE_BYTES,
    CitationStyle,
    StyleError,
    format_references,
    named_style,
    style_names,
    style_of_file,
)
from testimonia.model.citations import CitedName, Reference
from testimonia.model.steps import Step

STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"{attributes}>
<info><title>T</title><id>t</id><updated>2030-01-01T00:00:00+00:00</updated></info>
{macros}<citation><layout>{layout}</layout></citation></style>"""
BRILL = CitedName(family="Brill", given="Ada")


def reference(number: int, **fields: Any) -> Reference:
    return Reference(
        id=f"reference-{number}", source="0" * 64, anchors=(), step=Step(name="references", version="1"),
        confidence=0.8, reason="", **{"printed": f"as printed {number}", "type": "book", **fields},
    )  # fmt: skip


BOOK = reference(
    1, author=(BRILL, CitedName(family="Wick", given="Tom")), title="Salt & <Iron>", publisher="Quay Press",
    publisher_place="Ferrow", issued="1891", year=1891, page="14–19",
)  # fmt: skip
LETTER = reference(
    2, type="manuscript", author=(BRILL,), recipient=(CitedName(family="Moe"),), genre="letter", issued="4 March 1871",
    year=1871, archive="Ferrow Archive", archive_collection="fonds 3", archive_location="box 9",
)  # fmt: skip


def style(layout: str, macros: str = "", attributes: str = "") -> CitationStyle:
    return style_of_file(STYLE.format(layout=layout, macros=macros, attributes=attributes).encode(), "own.csl")


def test_a_book_and_a_letter_of_an_archive_in_the_style_of_notes() -> None:
    book, letter = format_references((BOOK, LETTER), named_style("notes"))
    assert book.text == "Ada Brill and Tom Wick, Salt & <Iron> (Ferrow: Quay Press, 1891), 14–19."
    assert [run.text for run in book.entry if run.italic] == ["Salt & <Iron>"]
    assert letter.text == "Ada Brill to Moe, letter, 4 March 1871, Ferrow Archive, fonds 3, box 9."


def test_author_and_date_has_another_citation_than_entry() -> None:
    letter, book = format_references((BOOK, LETTER), named_style("author-date"))
    assert book.text == "Brill, Ada and Tom Wick (1891). Salt & <Iron>. Ferrow: Quay Press. 14–19."
    assert "".join(run.text for run in book.citation) == "(Brill and Wick 1891)"
    assert letter.reference is LETTER


@pytest.mark.parametrize("name", style_names())
def test_every_style_that_comes_along_formats_what_was_found(name: str) -> None:
    made = format_references((BOOK, LETTER, reference(3, title="Salt")), named_style(name))
    assert len(made) == 3 and all(one.by_style for one in made)
    assert "1891" in " ".join(one.text for one in made)


def test_an_unknown_style_names_those_that_there_are() -> None:
    with pytest.raises(NotFoundError) as raised:
        named_style("chicagoo")
    assert "notes, author-date, harvard-cite-them-right" in str(raised.value)


def test_a_style_of_the_users_own_is_used() -> None:
    made = format_references((BOOK,), style('<text variable="title" prefix="[" suffix="]"/>'))
    assert made[0].text == "[Salt & <Iron>]"


def test_where_the_style_says_nothing_the_reference_stands_as_printed() -> None:
    made = format_references((BOOK,), style('<text variable="note"/>'))
    assert (made[0].text, made[0].by_style) == ("as printed 1", False)


def test_text_of_a_style_is_never_markup() -> None:
    hostile = style('<text variable="title" font-style="italic" prefix="&lt;script&gt;alert(1)&lt;/script&gt;"/>')
    edition = LibraryEdition(sources=(), references=(BOOK,), judged={})
    sink = io.BytesIO()
    StyledHtml(hostile).export(edition, sink)
    page = sink.getvalue().decode()
    assert "<script" not in page and "<Iron>" not in page
    assert "&lt;script&gt;" in page


def test_the_text_has_one_entry_a_line() -> None:
    edition = LibraryEdition(sources=(), references=(BOOK, reference(5, title="a\n\ud800\x00b\ue0f0")), judged={})
    sink = io.BytesIO()
    StyledText().export(edition, sink)
    assert sink.getvalue().decode().splitlines() == [
        "Ada Brill and Tom Wick, Salt & <Iron> (Ferrow: Quay Press, 1891), 14–19.", "a ? b.",
    ]  # fmt: skip


NAMED = '<macro name="{0}">{1}</macro>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not XML"),
        (b"\xff\xfe\x00", "not XML"),
        (b"<html/>", "no CSL style"),
        (b" " * (STYLE_BYTES + 1), "too large"),
        (b'<!DOCTYPE style [<!ENTITY a SYSTEM "file:///etc/passwd">]><style>&a;</style>', "document type"),
        (b'<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><style>&b;</style>', "document type"),
        (STYLE.replace("citation", "absent").format(layout="", macros="", attributes="").encode(), "no layout"),
        (STYLE.format(layout="", macros="", attributes=' default-locale="../../x"').encode(), "no language"),
        (STYLE.format(layout='<text macro="none"/>', macros="", attributes="").encode(), "that it has not"),
        (
            STYLE.format(
                layout='<text macro="a"/>', attributes="",
                macros=NAMED.format("a", '<text macro="b"/>') + NAMED.format("b", '<text macro="a"/>'),
            ).encode(),
            "calls itself",
        ),
        (
            STYLE.format(
                layout='<text macro="m0"/>', attributes="",
                macros="".join(NAMED.format(f"m{n}", f'<text macro="m{n + 1}"/>' * 10) for n in range(12))
                + NAMED.format("m12", '<text value="a"/>'),
            ).encode(),
            "too often",
        ),
    ],
)  # fmt: skip
def test_a_file_that_is_no_style_or_means_harm_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(StyleError) as raised:
        style_of_file(content, "hostile.csl")
    assert said in str(raised.value) and "hostile.csl" in str(raised.value)
