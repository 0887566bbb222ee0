"""Alignments of an invented event: named, side by side, undone and done again, carried over reruns."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.web.conftest import Invented, Told, library_of

from testimonia.errors import AmbiguousError, InvalidRecordError, NotFoundError
from testimonia.model.alignment import Alignment
from testimonia.model.comparison import Comparison, Point
from testimonia.services.comparing import gathered_id
from testimonia.services.workbench import Workbench

GATE, BANK, BELL = "point-gate-0", "point-bank-0", "point-bell-0"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Workbench]:
    with library_of(tmp_path / "library", Invented()) as made:
        yield made


@pytest.fixture
def begun(library: Workbench) -> Alignment:
    return library.alignments.new(library.comparing.compare(), "First  reading", "Ed")


def points(library: Workbench, alignment: Alignment) -> dict[str, Point]:
    return {p.id: p for p in library.alignments.aligned(alignment).comparison.points}


def propose(library: Workbench, comparison: Comparison) -> None:
    library.comparing = Told(library, comparison)


def test_a_new_alignment_is_the_proposal_under_a_name(library: Workbench, begun: Alignment) -> None:
    assert begun.name == "First reading"
    aligned = library.alignments.aligned(begun)
    assert aligned.comparison == library.comparing.compare()
    assert (aligned.judged, aligned.unplaced) == ({}, ())


def test_a_name_is_taken_once_and_can_be_printed(library: Workbench, begun: Alignment) -> None:
    for name in ("first reading", "", "a\x00b", "x" * 101):
        with pytest.raises(InvalidRecordError):
            library.alignments.new(library.comparing.compare(), name, "Ed")


def test_alignments_stand_side_by_side(library: Workbench, begun: Alignment) -> None:
    other = library.alignments.new(library.comparing.compare(), "Second", "Flo")
    library.alignments.act(begun, "rename", "Ed", point=GATE, value="When?")
    library.alignments.act(other, "reject", "Flo", point=GATE)
    assert points(library, begun)[GATE].label == "When?"
    assert points(library, other)[GATE].label == "When was the gate shut?"
    assert library.comparing.compare().points[0].label == "When was the gate shut?"
    assert [a.name for a in library.alignments.of(library.comparing.compare())] == ["First reading", "Second"]
    assert library.alignments.find("SECOND") == other


def test_acts_are_taken_back_and_done_again_by_further_rows(library: Workbench, begun: Alignment) -> None:
    act = library.alignments
    act.act(begun, "rename", "Ed", point=GATE, value="When?")
    act.act(begun, "accept", "Ed", point=GATE)
    act.undo(begun, "Flo")
    assert act.aligned(begun).judged[GATE].decision == "changed"
    act.undo(begun, "Flo")
    assert act.aligned(begun).judged == {}
    act.redo(begun, "Ed")
    assert points(library, begun)[GATE].label == "When?"
    act.redo(begun, "Ed")
    with pytest.raises(NotFoundError):
        act.redo(begun, "Ed")
    assert [(h.act.action, h.act.editor, h.stands) for h in act.history(begun)] == [
        ("undo", "Ed", True),
        ("undo", "Ed", True),
        ("undo", "Flo", False),
        ("undo", "Flo", False),
        ("accept", "Ed", True),
        ("rename", "Ed", True),
    ]


def test_nothing_is_done_again_after_something_else_was_done(library: Workbench, begun: Alignment) -> None:
    act = library.alignments
    act.act(begun, "accept", "Ed", point=GATE)
    act.undo(begun, "Ed")
    act.act(begun, "reject", "Ed", point=GATE)
    with pytest.raises(NotFoundError):
        act.redo(begun, "Ed")


def test_an_earlier_act_is_taken_back_by_itself_but_not_twice(library: Workbench, begun: Alignment) -> None:
    act = library.alignments
    first = act.act(begun, "rename", "Ed", point=GATE, value="When?")
    act.act(begun, "accept", "Ed", point=BANK)
    act.undo(begun, "Ed", first.id)
    assert set(act.aligned(begun).judged) == {BANK}
    with pytest.raises(InvalidRecordError):
        act.undo(begun, "Ed", first.id)
    with pytest.raises(NotFoundError):
        act.undo(begun, "Ed", "nothing")


def test_what_a_taken_back_split_had_made_leaves_later_acts_unplaced(library: Workbench, begun: Alignment) -> None:
    act = library.alignments
    statement = points(library, begun)[GATE].statements[0].id
    split = act.act(begun, "split", "Ed", point=GATE, statements=[statement], value="Who shut it?")
    act.act(begun, "accept", "Ed", point=f"point-{split.id}")
    act.undo(begun, "Ed", split.id)
    assert [u.act.action for u in act.aligned(begun).unplaced if u.act] == ["accept"]
    assert act.history(begun)[1].why_unplaced


def test_what_cannot_be_done_is_refused_and_leaves_no_row(library: Workbench, begun: Alignment) -> None:
    act = library.alignments
    statement = points(library, begun)[BANK].statements[0].id
    for action, given in (
        ("accept", {"point": "point-nothing"}),
        ("split", {"point": BANK, "statements": [statement]}),
        ("stance", {"point": BANK, "statements": [statement], "value": "perhaps"}),
        ("stance", {"point": BANK, "value": "denies"}),
        ("merge", {"point": BANK, "target": BANK}),
        ("rename", {"point": BANK, "value": "  "}),
        ("move", {"point": BANK, "statements": [f"{statement}/7"], "target": GATE}),
    ):
        with pytest.raises((InvalidRecordError, NotFoundError)):
            act.act(begun, action, "Ed", **given)
    assert act.history(begun) == ()


def test_a_rerun_changes_nothing_and_is_told(library: Workbench, begun: Alignment) -> None:
    act = library.alignments
    act.act(begun, "accept", "Ed", point=GATE)
    before = act.aligned(begun)
    proposed = library.comparing.compare()
    gate, bank, *rest = proposed.points
    propose(library, replace(proposed, points=(replace(gate, id="point-anew", relation="differ"), *rest)))
    assert act.aligned(begun) == before
    assert [(d.kind, d.point) for d in act.news(begun)] == [("changed", "point-anew"), ("gone", bank.id)]


def test_taking_over_a_rerun_places_acts_anew_or_lays_them_aside(library: Workbench, begun: Alignment) -> None:
    act = library.alignments
    act.act(begun, "accept", "Ed", point=BANK)
    act.act(begun, "rename", "Ed", point=BELL, value="Any bell?")
    gate, bank, bell, *rest = library.comparing.compare().points
    alone = tuple(
        replace(bell, id=f"point-alone-{n}", relation="single", statements=(s,)) for n, s in enumerate(bell.statements)
    )
    anew = replace(library.comparing.compare(), points=(gate, replace(bank, id="point-anew"), *alone))
    propose(library, anew)
    act.renew(begun, "Ed")
    aligned = act.aligned(begun)
    assert {p.id for p in aligned.comparison.points} == {gate.id, "point-anew", "point-alone-0", "point-alone-1"}
    assert {n: j.decision for n, j in aligned.judged.items()} == {"point-anew": "accepted"}
    assert [u.act.value for u in aligned.unplaced if u.act] == ["Any bell?"]
    assert act.news(begun) == ()
    act.undo(begun, "Ed")
    assert points(library, begun)[BELL].label == "Any bell?"
    assert rest


def test_passages_move_with_the_text_when_a_repair_is_taken_back(library: Workbench, begun: Alignment) -> None:
    invented = Invented()
    wray = points(library, begun)[GATE].statements[0]
    library.alignments.act(begun, "accept", "Ed", point=GATE)
    library.judging.judge(f"repair-word-{invented.source.sha256[:8]}", "rejected", "Ed")
    layer = library.store.layer(invented.source.sha256, "reading")
    aligned = library.alignments.aligned(begun)
    assert aligned.judged[GATE].decision == "accepted"
    for statement in (s for p in aligned.comparison.points for s in p.statements):
        for anchor in statement.anchors:
            assert anchor.layer_sha256 == layer.sha256
            assert layer.text[anchor.start : anchor.end] == anchor.quote
    now = next(p for p in aligned.comparison.points if p.id == GATE).statements[0]
    assert [a.quote for a in now.anchors] == [a.quote for a in wray.anchors]


def test_passages_whose_source_reads_otherwise_are_laid_aside_not_moved(library: Workbench, begun: Alignment) -> None:
    invented = Invented()
    other = Invented("harle.txt", invented.original.text.replace("the gate at ten.", "the door at two."))
    original, reading = (replace(x, source=invented.source.sha256, sha256="") for x in (other.original, other.reading))
    library.store.keep_recovered(replace(other.recovered, original=original, reading=reading), (), begun.at)
    aligned = library.alignments.aligned(begun)
    assert {u.place.quote for u in aligned.unplaced if u.place} == {"I shut the gate at ten."}
    assert "door" not in str(aligned.comparison)


def test_a_passage_that_was_missed_is_cited_by_its_words(library: Workbench, begun: Alignment) -> None:
    act = library.alignments
    act.act(begun, "cite", "Ed", point=BANK, target="thomas wray", value="I saw  no man upon\nthe bank")
    bank = points(library, begun)[BANK]
    cited = bank.statements[0].anchors[0]
    assert (cited.quote, cited.first_line) == ("I saw no man upon the bank", 12)
    assert (bank.relation, [s.version for s in bank.statements]) == ("differ", ["a", "b"])
    assert all(s.account != bank.statements[0].account for s in bank.silences)
    act.act(begun, "move", "Ed", point=BANK, statements=[bank.statements[0].id], target=BELL)
    assert "I saw no man upon the bank" in [a.quote for s in points(library, begun)[BELL].statements for a in s.anchors]


def test_words_that_are_not_there_or_stand_there_twice_are_not_cited(library: Workbench, begun: Alignment) -> None:
    for target, words, error in (
        ("Thomas Wray", "I saw a man upon the bank", NotFoundError),
        ("Josiah Pell", "I saw no man upon the bank", NotFoundError),
        ("Nobody", "I saw no man", NotFoundError),
        ("Thomas Wray", "the", AmbiguousError),
        ("Thomas Wray", "  ", NotFoundError),
    ):
        with pytest.raises(error):
            library.alignments.act(begun, "cite", "Ed", point=BANK, target=target, value=words)
    assert library.alignments.history(begun) == ()


def test_an_alignment_of_chosen_sources_finds_them_again(library: Workbench, begun: Alignment) -> None:
    comparison = library.comparing.compare()
    gathered = replace(comparison.event, id=gathered_id(reversed(comparison.event.accounts)))
    other = Invented("copy-1.txt", f"{Invented().original.text}\nCopy 1.\n")
    accounts = (*comparison.accounts[:2], *other.accounts[2:])
    event = replace(gathered, accounts=tuple(a.id for a in accounts), id=gathered_id(a.id for a in accounts))
    made = library.alignments.new(replace(comparison, event=event, accounts=accounts, points=()), "Chosen", "Ed")
    assert library.alignments.whereabouts(made) == (None, (Invented().source.sha256, other.source.sha256))
    assert library.alignments.whereabouts(begun) == (comparison.event.id, ())
