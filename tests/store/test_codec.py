"""Does every record come back from its JSON as it was, and is everything else refused?"""

import json
import types
from dataclasses import fields, is_dataclass, replace
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from testimonia import model
from testimonia.errors import InvalidRecordError, LibraryError
from testimonia.model.comparison import Comparison, Event, Judgement, Point, Silence, Statement
from testimonia.model.findings import Finding, Note
from testimonia.model.pages import Page
from testimonia.model.provenance import ACTS, HOWS, Provenance, Reliance
from testimonia.model.sources import Source
from testimonia.model.spans import Anchor, Span
from testimonia.model.steps import Step
from testimonia.store.codec import Frame, pack, unpack
from testimonia.store.library import Job, StoredSource
from testimonia.store.sqlite.finding_rows import KINDS
from testimonia.text.recovered import Paragraph

FINDINGS = tuple(
    {
        kind: None
        for module in iter_modules(model.__path__, "testimonia.model.")
        for kind in vars(import_module(module.name)).values()
        if isinstance(kind, type) and issubclass(kind, Finding) and kind is not Finding
    }
)
OTHERS = (
    Anchor, Comparison, Job, Judgement, Page, Paragraph, Point, Silence, Source, Span, Statement, Step, StoredSource,
)  # fmt: skip
STRINGS = st.text(st.characters(), max_size=8)
# Fields that hold one of a few words: hardly any string would do.
CHOSEN: dict[Any, dict[str, st.SearchStrategy[Any]]] = {
    Provenance: {"act": st.sampled_from(ACTS)},
    Reliance: {"how": st.sampled_from(HOWS)},
}
INTEGERS = st.integers(0, 2**60)
FRAMES = st.builds(Frame, source=STRINGS, layers=st.dictionaries(STRINGS, STRINGS, max_size=2))


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Any value that a field of this type may hold."""
    if is_dataclass(hint):
        return st.deferred(lambda: records(hint))
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of([values(part) for part in get_args(hint)])
    if get_origin(hint) is tuple:
        parts = get_args(hint)
        if parts[-1] is Ellipsis:
            return st.lists(values(parts[0]), max_size=2).map(tuple)
        return st.tuples(*map(values, parts))
    return {
        str: STRINGS, int: INTEGERS, float: st.floats(0, 1), bool: st.booleans(), type(None): st.none()
    }[hint]  # fmt: skip


def records(kind: Any) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    chosen = CHOSEN.get(kind, {})
    fields_by_name = st.fixed_dictionaries({f.name: chosen.get(f.name, values(hints[f.name])) for f in fields(kind)})
    return fields_by_name.map(lambda made: ordered(kind, made)).filter(lambda r: r is not None)


def ordered(kind: Any, made: dict[str, Any]) -> Any:
    for first, last in (("start", "end"), ("first_line", "last_line")):
        if first in made:
            made[first], made[last] = sorted((made[first] + 1, made[last] + 1))
    try:
        return kind(**made)
    except InvalidRecordError:
        return None


def test_every_kind_of_finding_is_known_to_the_store() -> None:
    assert set(KINDS.values()) == set(FINDINGS)


@pytest.mark.parametrize("kind", [*FINDINGS, *OTHERS], ids=lambda kind: kind.__name__)
@settings(max_examples=25, deadline=None)
@given(chosen=st.data())
def test_a_record_comes_back_equal(kind: type[Any], chosen: st.DataObject) -> None:
    record = chosen.draw(records(kind))
    back = unpack(kind, pack(record))
    assert back == record
    assert repr(back) == repr(record)


@settings(max_examples=50, deadline=None)
@given(record=records(Note), frame=FRAMES)
def test_an_anchor_comes_back_equal_whatever_stands_beside_it(record: Note, frame: Frame) -> None:
    assert unpack(Note, pack(record, frame), frame) == record
    assume(record.anchors)
    beside = Frame(source=record.anchors[0].source, layers={record.anchors[0].layer: record.anchors[0].layer_sha256})
    assert unpack(Note, pack(record, beside), beside) == record
    assert len(pack(record, beside)) < len(pack(record))


def a_note() -> Note:
    anchor = Anchor(
        source="s", layer="reading", layer_sha256="h", start=0, end=4, first_line=1, last_line=1, page_index=0,
        page_label=None, quote="lamp",
    )  # fmt: skip
    return Note(
        id="note-1", source="s", anchors=(anchor,), step=Step(name="read", version="1"), confidence=1, reason="",
        label="1", text="A lamp.", called_at=(), document=None,
    )  # fmt: skip


def test_fields_kept_elsewhere_are_left_out_and_given_back() -> None:
    note = a_note()
    packed = pack(note, without=frozenset({"id", "step"}))
    assert b'"id"' not in packed
    assert unpack(Note, packed, None, id=note.id, step=note.step) == note


def test_an_older_record_takes_the_defaults_of_new_fields() -> None:
    row = {"id": "j", "finding": "f", "decision": "accepted", "editor": "e", "at": "now"}
    back = unpack(Judgement, json.dumps(row).encode())
    assert (back.note, back.undoes) == ("", None)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"colour": "red"}, "colour"),
        ({"label": 7}, "int where str was due"),
        ({"confidence": "high"}, "str where float was due"),
        ({"confidence": 1.5}, "confidence runs from 0 to 1"),
        ({"anchors": {"start": 1}}, "dict where an array was due"),
        ({"anchors": ["lamp"]}, "Anchor is no object"),
        ({"anchors": [{"start": 1, "where": 2}]}, "'where'"),
        ({"anchors": [{"start": 9}]}, "missing"),
        ({"step": None}, "Step is no object"),
    ],
)
def test_what_is_no_such_record_is_refused_with_the_reason(change: dict[str, Any], says: str) -> None:
    row = json.loads(pack(a_note())) | change
    with pytest.raises(LibraryError, match=says) as raised:
        unpack(Note, json.dumps(row).encode())
    assert raised.value.hint


@pytest.mark.parametrize("packed", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'"note"'])
def test_bytes_that_are_no_json_object_are_refused(packed: bytes) -> None:
    with pytest.raises(LibraryError):
        unpack(Note, packed)


def test_a_tuple_of_fixed_length_keeps_its_length() -> None:
    packed = json.loads(pack(Step(name="read", version="1", settings=(("a", "b"),))))
    packed["settings"] = [["a", "b", "c"]]
    with pytest.raises(LibraryError, match="3 values where 2 were due"):
        unpack(Step, json.dumps(packed).encode())


def test_an_event_with_many_accounts_keeps_their_order() -> None:
    made = Event(
        id="e", source="", anchors=(), step=Step(name="group", version="1"), confidence=0.5, reason="", title="",
        when=None, place=None, accounts=("b", "a"),
    )  # fmt: skip
    assert unpack(Event, pack(made)).accounts == ("b", "a")
    assert unpack(Event, pack(replace(made, accounts=()))).accounts == ()
