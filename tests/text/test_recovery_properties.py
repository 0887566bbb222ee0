"""What holds of recovery whatever the text: nothing lost, nothing invented, everything traced."""

from collections.abc import Callable
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testimonia.model.layers import ORIGINAL, Layer
from testimonia.model.offset_map import Change
from testimonia.model.steps import Step
from testimonia.text.recovered import Recovered
from testimonia.text.recovery import recover

Prose = Callable[..., list[str]]

_BREAKS = ("\n", "\n\n", "\n\n\n\n\n", "\r\n", "\r", "\f", " ", "\t", "   ", "-\n", "¬\n", "\u00ad\n", "—\n", "\ufffd")
_LABELS = ("Page 1 of 3", "Page 2 of 3", "Page 3 of 3", "1", "2", "3", "- 4 -", "xiv", "3/15", "11/21/2002", "1. one")
_LINES = (
    "THE NIGHT WATCH",
    "http://archive.example/b8.htm",
    "the harbour",
    "and so it was.",
    "Prof.",
    "(1938",
    "“he said",
)
_ODDITIES = (
    "uqq jo3)d",
    "гавань",
    "港の夜",
    "* a list",
    "1:1 a verse",
    "a   b   c",
    "x" * 130,
    "\x00",
    "\u2028",
    "\ud800",
)
_PIECES = st.sampled_from((*_BREAKS, *_LABELS, *_LINES, *_ODDITIES))
_TEXTS = st.one_of(st.lists(_PIECES, max_size=60).map("".join), st.text(max_size=200))
_QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def layer_of(text: str) -> Layer:
    return Layer(source="7" * 64, name=ORIGINAL, text=text, step=Step(name="test", version="1"))


def segments(found: Recovered) -> list[tuple[Change, int, int, int, int]]:
    offset_map = found.reading.offset_map
    assert offset_map is not None
    return [(s.change, s.parent_start, s.parent_end, s.child_start, s.child_end) for s in offset_map]


@given(_TEXTS, st.one_of(st.none(), st.lists(st.integers(-3, 250), max_size=6)))
@_QUICK
def test_pages_cover_the_source_without_gap(text: str, starts: list[int] | None) -> None:
    pages = recover(layer_of(text), page_starts=starts).pages
    assert pages[0].start == 0
    assert pages[-1].end == len(text)
    assert all(a.end == b.start and a.first_line <= b.first_line for a, b in pairwise(pages))
    assert [page.page_index for page in pages] == list(range(len(pages)))
    assert all(a.sequence <= b.sequence <= a.sequence + 1 for a, b in pairwise(pages))


@given(_TEXTS.filter(lambda text: "\f" not in text))
@_QUICK
def test_every_line_is_on_one_page(text: str) -> None:
    pages = recover(layer_of(text), page_starts=None).pages
    assert pages[0].first_line == 1
    assert all(a.last_line + 1 == b.first_line for a, b in pairwise(pages))


@given(_TEXTS)
@_QUICK
def test_what_is_kept_is_kept_to_the_letter_and_the_rest_is_white_space_or_a_repair(text: str) -> None:
    found = recover(layer_of(text), page_starts=None)
    repaired = [(a.start, a.end) for r in found.repairs if r.applied for a in r.anchors]
    for change, start, end, child_start, child_end in segments(found):
        assert change in (Change.KEPT, Change.REPLACED, Change.DELETED)
        before, after = text[start:end], found.reading.text[child_start:child_end]
        if change is Change.KEPT:
            assert before == after
            continue
        assert after in ("", " ", "\n", "\n\n", "-")
        for at in range(start, end):
            assert text[at].isspace() or any(a <= at < b for a, b in repaired)


@given(_TEXTS)
@_QUICK
def test_paragraphs_hold_all_that_is_written(text: str) -> None:
    found = recover(layer_of(text), page_starts=None)
    reading = found.reading.text
    at = 0
    for paragraph in found.paragraphs:
        assert not reading[at : paragraph.start].strip()
        assert reading[paragraph.start : paragraph.end].strip() == reading[paragraph.start : paragraph.end] != ""
        assert paragraph.line_starts[0] == paragraph.start
        assert list(paragraph.line_starts) == sorted(paragraph.line_starts)
        assert paragraph.first_line <= paragraph.last_line
        at = paragraph.end
    assert not reading[at:].strip()


@given(_TEXTS)
@_QUICK
def test_recovery_is_the_same_every_time_and_refusals_only_restore(text: str) -> None:
    found = recover(layer_of(text), page_starts=None)
    assert recover(layer_of(text), page_starts=None) == found
    every = frozenset(repair.id for repair in found.repairs)
    refused = recover(layer_of(text), page_starts=None, refused=every)
    assert refused.pages == found.pages
    assert not any(r.applied for r in refused.repairs if r.how == "furniture")
    assert len("".join(refused.reading.text.split())) >= len("".join(found.reading.text.split()))


@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(40, 100))
@_QUICK
def test_clean_prose_loses_nothing(prose: Prose, seed: int, lines: int, width: int) -> None:
    text = "\n".join(prose(seed, lines, width=width, ends=True))
    found = recover(layer_of(text), page_starts=None)
    assert found.reading.text.split() == text.split()
    again = recover(layer_of(found.reading.text), page_starts=None)
    assert again.reading.text == found.reading.text


@given(st.integers(0, 10_000), st.integers(3, 8), st.integers(0, 3), st.booleans())
@_QUICK
def test_framed_prose_loses_its_frame_and_nothing_else(
    prose: Prose, seed: int, pages: int, gap: int, at_head: bool
) -> None:
    body = prose(seed, 30 * pages)
    lines: list[str] = []
    for n in range(pages):
        label, blank = [f"The Harbour Inquiry Page {n + 1} of {pages}"], [""] * gap
        part = body[30 * n : 30 * n + 30]
        lines += [*label, *blank, *part, *blank] if at_head else [*part, *blank, *label, *blank]
    found = recover(layer_of("\n".join(lines)), page_starts=None)
    assert found.reading.text.split() == " ".join(body).split()
    assert [page.number for page in found.pages] == list(range(1, pages + 1))
