"""DOCX and ODT: paragraphs, notes, tables, page breaks, and what is left out."""

import io
import zipfile
from collections.abc import Callable

import pytest

from testimonia.errors import EncryptedSourceError, UnreadableSourceError
from testimonia.readers.reading import ReadSource
from testimonia.readers.table import read

Files = dict[str, tuple[bytes, ...]]
Documents = dict[str, dict[str, str]]
Zipped = Callable[[dict[str, str]], bytes]


def pages(source: ReadSource) -> list[str]:
    assert source.page_starts is not None
    ends = (*source.page_starts[1:], len(source.text))
    return [source.text[start:end] for start, end in zip(source.page_starts, ends, strict=True)]


def test_a_word_document_has_its_notes_rows_and_pages(whole_files: Files) -> None:
    source = read(whole_files["DOCX"][0], name="letter.docx")
    assert pages(source) == [
        "The harbour master\n\nThe lamp went out[1] at two.\nNobody saw⁷[i]\n\n[1] So the log.\n\nTwice.\n",
        "the ferry leave.\n\nIn a box.\n\nBoat\tLeft\nFerry old\n\nItem*\n\nSame page.\ufffd\n\n* Starred.\n\n"
        "[i] An endnote.\n",
    ]


def test_what_a_word_document_leaves_out_is_told(whole_files: Files) -> None:
    told = {n.code: n.message for n in read(whole_files["DOCX"][0], name="letter.docx").notices}
    assert told == {
        "headers-left-out": "The headers of its pages are left out: The running head.",
        "comments-left-out": "Comments in the margin are left out: 1.",
        "deletion-left-out": "Tracked deletions are left out: 1.",
        "insertion": "Tracked insertions are part of the text: 1.",
        "hidden-left-out": "Left out, parts that the document hides: 1.",
        "numbers-left-out": "The numbers and marks that Word sets before items are left out: 1.",
    }


def test_a_section_that_starts_a_page_starts_one(documents: Documents, zipped: Zipped) -> None:
    body = documents["DOCX"]["word/document.xml"].replace("continuous", "oddPage")
    source = read(zipped({**documents["DOCX"], "word/document.xml": body}), name="letter.docx")
    assert len(pages(source)) == 3


def test_endnotes_are_numbered_in_the_figures_that_the_document_asks_for(documents: Documents, zipped: Zipped) -> None:
    asked = {"word/settings.xml": "<settings><endnotePr><numFmt val='decimal'/></endnotePr></settings>"}
    assert "[1] An endnote." in read(zipped({**documents["DOCX"], **asked}), name="letter.docx").text


def test_without_page_breaks_no_pages_are_claimed(zipped: Zipped) -> None:
    assert read(
        zipped({"word/document.xml": "<document><body><p><r><t>one</t></r></p></body></document>"}), name="a.docx"
    ) == (
        ReadSource(
            text="one\n",
            media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            encoding=None,
            page_starts=None,
        )
    )


def test_an_opendocument_text_has_its_notes_rows_and_pages(whole_files: Files) -> None:
    source = read(whole_files["ODT"][0], name="letter.odt")
    assert pages(source) == [
        "The harbour master\n\nThe lamp went[1] out\nat two.[i]\n\n[1] So the log.\n\nTwice.\n",
        "Nobody saw.\n\nIn a box.\n\nFerry\ttwo three\n\n[i] An endnote.\n",
    ]
    assert {n.code for n in source.notices} == {"deletion-left-out", "comments-left-out"}


def test_a_large_picture_before_the_text_does_no_harm(documents: Documents) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in {
            "[Content_Types].xml": "<Types/>",
            "docProps/big.png": "x" * 70_000,
            **documents["DOCX"],
        }.items():
            if name not in archive.namelist():
                archive.writestr(name, text)
    assert "The lamp" in read(made.getvalue(), name="Letter.DOCX").text


def test_encrypted_documents_ask_for_a_copy_without_a_password(documents: Documents, zipped: Zipped) -> None:
    office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    manifest = {"META-INF/manifest.xml": "<m><file-entry><encryption-data/></file-entry></m>"}
    for content in (office, zipped({**documents["ODT"], **manifest})):
        with pytest.raises(EncryptedSourceError) as caught:
            read(content, name="letter")
        assert "Save a copy without" in caught.value.hint


@pytest.mark.parametrize("part", ["word/document.xml", "word/footnotes.xml"])
def test_a_broken_part_is_named(part: str, documents: Documents, zipped: Zipped) -> None:
    with pytest.raises(UnreadableSourceError, match="damaged or was cut short") as caught:
        read(zipped({**documents["DOCX"], part: documents["DOCX"][part][:-30]}), name="letter.docx")
    assert caught.value.where.startswith(f"letter.docx, {part}, line ")


def test_a_missing_part_is_named(zipped: Zipped) -> None:
    with pytest.raises(UnreadableSourceError, match="a part that it needs is missing") as caught:
        read(zipped({"word/styles.xml": "<styles/>"}), name="letter.docx")
    assert caught.value.where == "letter.docx, word/document.xml"
