"""Offset maps cover both texts, compose, and invert."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.errors import InvalidRecordError
from testimonia.model.layers import Layer
from testimonia.model.offset_map import Change, OffsetMap, Segment
from testimonia.model.steps import Step
from testimonia.text.editing import LayerEditor

STEP = Step(name="test", version="1")


@st.composite
def edits(draw: st.DrawFn, parent: Layer, name: str, moving: bool = True) -> Layer:
    """Any layer that edits can make of a parent, with stretches in another order too."""
    length = len(parent.text)
    cuts = sorted(set(draw(st.lists(st.integers(0, length), max_size=6))) | {0, length})
    stretches = list(itertools.pairwise(cuts))
    if moving and draw(st.booleans()):
        stretches = draw(st.permutations(stretches))
    editor = LayerEditor(parent)
    for start, end in stretches:
        editor.jump(start)
        match draw(st.integers(0, 3)):
            case 0:
                editor.delete_to(end)
            case 1:
                editor.replace_to(end, draw(st.text("xyz", min_size=1, max_size=3)))
            case _:
                editor.keep_to(end)
        if draw(st.booleans()):
            editor.insert(draw(st.text("+", max_size=2)))
    return editor.finish(name, STEP)


@st.composite
def chains(draw: st.DrawFn) -> tuple[Layer, Layer, Layer]:
    text = draw(st.text("abcdefghij", max_size=20))
    original = Layer(source="0" * 64, name="original", text=text, step=STEP)
    middle = draw(edits(original, "middle"))
    return original, middle, draw(edits(middle, "last"))


def the_map(layer: Layer) -> OffsetMap:
    assert layer.offset_map is not None
    return layer.offset_map


@given(chains())
def test_a_kept_character_traces_to_the_same_character(chain: tuple[Layer, Layer, Layer]) -> None:
    original, middle, _ = chain
    for s in the_map(middle):
        if s.change in (Change.KEPT, Change.MOVED):
            assert middle.text[s.child_start : s.child_end] == original.text[s.parent_start : s.parent_end]


@given(chains())
def test_maps_compose(chain: tuple[Layer, Layer, Layer]) -> None:
    original, middle, last = chain
    composed = the_map(middle).then(the_map(last))
    assert (composed.parent_length, composed.child_length) == (len(original.text), len(last.text))
    for at in range(len(last.text)):
        two_steps = {
            offset
            for start, end in the_map(last).to_parent(at, at + 1).ranges
            for start_2, end_2 in the_map(middle).to_parent(start, end).ranges
            for offset in range(start_2, end_2)
        }
        one_step = {o for start, end in composed.to_parent(at, at + 1).ranges for o in range(start, end)}
        exact = not the_map(last).to_parent(at, at + 1).widened and all(
            s.change is not Change.REPLACED for m in (the_map(middle), the_map(last)) for s in m
        )
        if exact:
            assert one_step == two_steps


@given(chains())
def test_a_composed_map_keeps_what_it_says_it_keeps(chain: tuple[Layer, Layer, Layer]) -> None:
    original, middle, last = chain
    for s in the_map(middle).then(the_map(last)):
        if s.change in (Change.KEPT, Change.MOVED):
            assert last.text[s.child_start : s.child_end] == original.text[s.parent_start : s.parent_end]


@given(chains())
def test_inverting_twice_gives_the_map_back(chain: tuple[Layer, Layer, Layer]) -> None:
    offset_map = the_map(chain[1])
    again = offset_map.inverted().inverted()

    def columns(m: OffsetMap) -> list[tuple[int, int, int, int]]:
        return sorted((s.child_start, s.child_end, s.parent_start, s.parent_end) for s in m)

    # Stretches deleted at one place have no order there: only they may change places.
    assert columns(again) == columns(offset_map)


@given(chains(), st.data())
def test_a_span_survives_original_layer_original_where_nothing_was_deleted(
    chain: tuple[Layer, Layer, Layer], data: st.DataObject
) -> None:
    original, middle, _ = chain
    start = data.draw(st.integers(0, len(original.text)))
    end = data.draw(st.integers(start, len(original.text)))
    there = the_map(middle).to_child(start, end)
    back = {
        o
        for child_start, child_end in there.ranges
        for s, e in the_map(middle).to_parent(child_start, child_end).ranges
        for o in range(s, e)
    }
    asked = set(range(start, end))
    deleted = {o for gap_start, gap_end, _ in there.gaps for o in range(gap_start, gap_end)}
    assert asked - deleted <= back
    if not there.widened:
        assert back == asked - deleted


def test_deleted_hyphen_maps_to_a_gap() -> None:
    parent = Layer(source="0" * 64, name="original", text="trou-\nble", step=STEP)
    editor = LayerEditor(parent)
    editor.keep_to(4)
    editor.delete_to(6)
    editor.keep_to(9)
    offset_map = the_map(editor.finish("reading", STEP))
    assert offset_map.to_child(4, 6).ranges == ()
    assert offset_map.to_child(4, 6).gaps == ((4, 6, 4),)


def test_part_of_a_replaced_stretch_is_taken_whole_and_says_so() -> None:
    offset_map = OffsetMap([Segment(change=Change.REPLACED, parent_start=0, parent_end=4, child_start=0, child_end=2)])
    traced = offset_map.to_parent(0, 1)
    assert traced.ranges == ((0, 4),)
    assert traced.widened


@pytest.mark.parametrize(
    "segments",
    [
        [(Change.KEPT, 0, 2, 0, 3)],
        [(Change.KEPT, 0, 2, 1, 3)],
        [(Change.KEPT, 0, 2, 0, 2), (Change.KEPT, 1, 3, 2, 4)],
        [(Change.KEPT, 0, 2, 0, 2), (Change.KEPT, 3, 4, 2, 3)],
        [(Change.DELETED, 0, 2, 0, 1)],
        [(Change.INSERTED, 0, 1, 0, 1)],
        [(Change.REPLACED, 0, 0, 0, 1)],
    ],
)
def test_a_map_that_loses_or_repeats_characters_is_refused(segments: list[tuple[Change, int, int, int, int]]) -> None:
    with pytest.raises(InvalidRecordError):
        OffsetMap(
            Segment(change=c, parent_start=a, parent_end=b, child_start=x, child_end=y) for c, a, b, x, y in segments
        )


def test_columns_bring_the_map_back() -> None:
    offset_map = OffsetMap.identity(7)
    assert OffsetMap.from_columns(*offset_map.columns()) == offset_map


def test_an_editor_that_forgets_a_stretch_is_refused() -> None:
    parent = Layer(source="0" * 64, name="original", text="abc", step=STEP)
    editor = LayerEditor(parent)
    editor.keep_to(2)
    with pytest.raises(InvalidRecordError, match="1 characters"):
        editor.finish("reading", STEP)
