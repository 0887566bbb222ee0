"""What holds for every exporter, whatever its format."""

from __future__ import annotations

import io
import sys
import unicodedata
from contextlib import closing
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.exports.conftest import HEIGHT, PAGE_TWO, WIDTH

from testimonia.exports.exporting import Exporter
from testimonia.exports.snapshot import Box, SourceEdition
from testimonia.exports.table import EXPORTERS
from testimonia.exports.weaving import edited_pages
from testimonia.readers.table import read

if TYPE_CHECKING:
    from tests.exports.conftest import Drawn

every_exporter = pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.name)
READABLE = tuple(exporter for exporter in EXPORTERS if exporter.name != "jsonl")
read_back = pytest.mark.parametrize("exporter", READABLE, ids=lambda exporter: exporter.name)
some = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
with_places = pytest.mark.parametrize(
    "exporter", [e for e in EXPORTERS if e.name in ("hocr", "alto", "pdf")], ids=lambda exporter: exporter.name
)
WORDS = st.text(
    st.characters(min_codepoint=0x21, exclude_categories=("Z", "C", "M")) | st.sampled_from("aé<>&\"'Жß日"), min_size=1,
    max_size=8,
).filter(lambda word: word.isalnum() or word.isascii())  # fmt: skip


def exported(exporter: Exporter, edition: SourceEdition) -> bytes:
    sink = io.BytesIO()
    exporter.export(edition, sink)
    return sink.getvalue()


def shown(edition: SourceEdition) -> list[list[str]]:
    """The lines of each page, a hyphen that the text left out as '-'."""
    return [
        [line.text + ("-" if line.words[-1].hyphen else "") for block in page.blocks for line in block.lines]
        for page in edited_pages(edition)
    ]


def read_lines(exporter: Exporter, content: bytes) -> list[list[str]]:
    """The lines of each page as our own reader finds them."""
    source = read(content, name=f"export{exporter.suffix}")
    assert source.media_type == exporter.media_type
    assert not source.unread
    starts = [*(source.page_starts or (0,)), len(source.text)]
    return [
        [
            " ".join(line.replace("\u00ad", "-").replace("\f", "").split())
            for line in source.text[a:b].split("\n")
            if line.strip()
        ]
        for a, b in pairwise(starts)
    ]


def pdf_lines(content: bytes) -> list[list[str]]:
    """The same by pdfium alone: our reader reads a page with hardly any words from its image."""
    with closing(pypdfium2.PdfDocument(content)) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [
        [" ".join(line.split()) for line in text.replace("\ufffe", "-\n").splitlines() if line.strip()]
        for text in texts
    ]


def places(edition: SourceEdition) -> list[list[tuple[str, Box]]]:
    """The words of each page with their boxes."""
    return [
        [
            (word.text + ("-" if word.hyphen else ""), word.box)
            for block in page.blocks
            for line in block.lines
            for word in line.words
            if word.box is not None
        ]
        for page in edited_pages(edition)
    ]


def read_places(exporter: Exporter, content: bytes) -> list[list[tuple[str, Box]]]:
    """The same as our own reader finds them, in pixels of a page as large as the edition's."""
    source = read(content, name=f"export{exporter.suffix}")
    return [
        [
            (
                source.text[box.start : box.end].replace("\u00ad", "-"),
                Box(
                    left=round(box.left * WIDTH / scan.width),
                    top=round(box.top * HEIGHT / scan.height),
                    right=round(box.right * WIDTH / scan.width),
                    bottom=round(box.bottom * HEIGHT / scan.height),
                ),
            )
            for box in scan.boxes
        ]
        for scan in source.scans
    ]


def far(a: Box, b: Box) -> int:
    """How many pixels lie between two boxes at most, side by side."""
    return max(abs(a.left - b.left), abs(a.top - b.top), abs(a.right - b.right), abs(a.bottom - b.bottom))


@every_exporter
def test_it_says_what_it_writes(exporter: Exporter) -> None:
    assert isinstance(exporter, Exporter)
    assert exporter.name.islower()
    assert exporter.title and exporter.media_type.count("/") == 1
    assert exporter.suffix.startswith(".") and exporter.suffix.islower()


@every_exporter
def test_the_same_edition_gives_the_same_bytes(exporter: Exporter, edition: SourceEdition) -> None:
    assert exported(exporter, edition) == exported(exporter, edition)


@read_back
def test_it_reads_back_as_the_same_pages_and_lines(exporter: Exporter, edition: SourceEdition) -> None:
    assert read_lines(exporter, exported(exporter, edition)) == shown(edition)


@with_places
def test_it_reads_back_with_every_word_in_its_place(exporter: Exporter, edition: SourceEdition) -> None:
    found, wanted = read_places(exporter, exported(exporter, edition)), places(edition)
    assert [[text for text, _ in page] for page in found] == [[text for text, _ in page] for page in wanted]
    nearest = 0 if exporter.name != "pdf" else 1
    for page, same in zip(found, wanted, strict=True):
        assert all(far(a, b) <= nearest for (_, a), (_, b) in zip(page, same, strict=True))


@read_back
def test_an_empty_page_keeps_its_place(exporter: Exporter, drawn: Drawn) -> None:
    edition = drawn.edition(("The gate stood open.\n", "\n", "Nobody rang.\n"), images=exporter.name == "pdf")
    content = exported(exporter, edition)
    found = pdf_lines(content) if exporter.name == "pdf" else read_lines(exporter, content)
    assert found == [["The gate stood open."], [], ["Nobody rang."]]


@read_back
def test_a_box_around_each_line_is_enough(exporter: Exporter, drawn: Drawn) -> None:
    edition = drawn.edition((PAGE_TWO,), whole_lines=True)
    assert read_lines(exporter, exported(exporter, edition)) == [PAGE_TWO.splitlines()]


@every_exporter
def test_hostile_text_and_names_break_nothing(exporter: Exporter, drawn: Drawn) -> None:
    page = "<script>alert(1)</script> ]]> &amp; \x01\x0b\ufffe \u202eesrever\u202c \U0001f4dc -->\n"
    edition = drawn.edition((page,), name='"; bbox 0 0 1 1 <b>\n&.png')
    assert exported(exporter, edition)


@pytest.mark.parametrize("exporter", [e for e in EXPORTERS if e.name != "pdf"], ids=lambda exporter: exporter.name)
def test_a_source_without_places_gives_its_lines(exporter: Exporter, drawn: Drawn) -> None:
    edition = drawn.edition(("The gate stood\nopen.\n",), boxes=False, name="harle.txt", media_type="text/plain")
    content = exported(exporter, edition)
    if exporter.name != "jsonl":
        assert read_lines(exporter, content) == [["The gate stood", "open."]]


@read_back
@some
@given(
    pages=st.lists(st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=3), min_size=1, max_size=3)
)
def test_any_words_read_back_equal(exporter: Exporter, drawn: Drawn, pages: list[list[list[str]]]) -> None:
    texts = ["".join(" ".join(line) + "\n" for line in lines) for lines in pages]
    # PDFium gives words of Hebrew and Arabic in the order in which it believes that they are seen.
    assume(exporter.name != "pdf" or not any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in "".join(texts)))
    edition = drawn.edition(texts)
    content = exported(exporter, edition)
    found = pdf_lines(content) if exporter.name == "pdf" else read_lines(exporter, content)
    # PDFium writes out ligatures and other forms of compatibility.
    form = partial(unicodedata.normalize, "NFKC")
    assert [["".join(form(line).split()) for line in page] for page in found] == [
        ["".join(form(line).split()) for line in page] for page in shown(edition)
    ]
