"""What holds for every exporter, whatever its format."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testimonia.exports.exporting import Exporter
from testimonia.exports.snapshot import SourceEdition
from testimonia.exports.table import EXPORTERS
from testimonia.exports.weaving import edited_pages
from testimonia.readers.table import read

if TYPE_CHECKING:
    from tests.exports.conftest import Drawn

every_exporter = pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.name)
READABLE = tuple(exporter for exporter in EXPORTERS if exporter.name != "jsonl")
read_back = pytest.mark.parametrize("exporter", READABLE, ids=lambda exporter: exporter.name)
some = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    starts = [*(source.page_starts or (0,)), len(source.text)]
    return [
        [
            " ".join(line.replace("\u00ad", "-").replace("\f", "").split())
            for line in source.text[a:b].split("\n")
            if line.strip()
        ]
        for a, b in pairwise(starts)
    ]


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


@read_back
def test_an_empty_page_keeps_its_place(exporter: Exporter, drawn: Drawn) -> None:
    edition = drawn.edition(("The gate stood open.\n", "\n", "Nobody rang.\n"))
    assert read_lines(exporter, exported(exporter, edition)) == [["The gate stood open."], [], ["Nobody rang."]]


@read_back
def test_a_box_around_each_line_is_enough(exporter: Exporter, drawn: Drawn) -> None:
    edition = drawn.edition(("The gate stood\nopen at ten.\n",), whole_lines=True)
    assert read_lines(exporter, exported(exporter, edition)) == [["The gate stood", "open at ten."]]


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
    edition = drawn.edition(texts)
    found = read_lines(exporter, exported(exporter, edition))
    assert [["".join(line.split()) for line in page] for page in found] == [
        ["".join(line.split()) for line in page] for page in shown(edition)
    ]
