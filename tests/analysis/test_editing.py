"""Acts over an invented comparison: three people on a lost bell. Offsets of the original are those of the reading."""

from dataclasses import replace

from testimonia.analysis.editing import apply_acts
from testimonia.analysis.proposals import differences
from testimonia.model.alignment import Act, Aligned, Place, standing_acts
from testimonia.model.comparison import Comparison, Event, Point, Scene, Silence, Statement
from testimonia.model.findings import Account
from testimonia.model.spans import Anchor, Span
from testimonia.model.steps import Step

STEP = Step(name="invented", version="1")
SOURCE = "5a" * 32


def anchor(start: int, words: str) -> Anchor:
    return Anchor(
        source=SOURCE, layer="reading", layer_sha256="0", start=start, end=start + len(words), first_line=1,
        last_line=1, page_index=0, page_label=None, quote=words,
    )  # fmt: skip


def place_of(cited: Anchor) -> Place:
    return Place(source=cited.source, start=cited.start, end=cited.end, quote=cited.quote)


def account(name: str) -> Account:
    return Account(
        id=name, source=SOURCE, anchors=(), step=STEP, confidence=1.0, reason="", title=name, teller=name.title(),
        told=None, published=None, basis=None, document="d", first_line=1, last_line=9, heading=None, source_note=None,
        span=Span(layer="reading", start=0, end=999), body=(),
    )  # fmt: skip


def said(who: str, version: str, *passages: tuple[int, str], clash: bool = False, stance: str = "affirms") -> Statement:
    anchors = tuple(anchor(*p) for p in passages)
    return Statement(
        id=f"s-{who}-{passages[0][0]}", account=who, stance=stance, value=passages[0][1], attribution=(who,),
        anchors=anchors, version=version, clashes=((0, 0, 3),) if clash else (),
    )  # fmt: skip


def point(name: str, relation: str, *statements: Statement) -> Point:
    silent = [a for a in ("ada", "bo", "cy") if a not in {s.account for s in statements}]
    return Point(
        id=name, label=f"About {name}?", relation=relation, statements=statements, confidence=0.7, reason="rules",
        silences=tuple(Silence(account=a, reason="could not know", evidence="away") for a in silent),
    )  # fmt: skip


def comparison(*points: Point) -> Comparison:
    event = Event(
        id="e", source=SOURCE, anchors=(), step=STEP, confidence=1.0, reason="", title="The bell", when=None,
        place=None, accounts=("ada", "bo", "cy"),
    )  # fmt: skip
    return Comparison(event=event, accounts=tuple(account(a) for a in ("ada", "bo", "cy")), points=points)


BELL = point(
    "bell", "contradict",
    said("ada", "a", (0, "It rang."), (20, "Twice."), clash=True), said("bo", "b", (100, "It was mute."), clash=True),
)  # fmt: skip
DOOR = point("door", "agree", said("ada", "a", (40, "The door stood open.")), said("cy", "a", (200, "Open, I say.")))
ALONE = point("alone", "single", said("cy", "a", (240, "I slept.")))
PROPOSED = comparison(BELL, DOOR, ALONE)
_count = 0


def act(action: str, on: str = "", **fields: object) -> Act:
    global _count
    _count += 1
    made: dict[str, object] = {
        "id": f"act{_count}", "alignment": "x", "editor": "Ed", "at": f"at {_count}", "action": action, "point": on,
        **fields,
    }  # fmt: skip
    return Act(**made)  # type: ignore[arg-type]


def places(of: Point) -> tuple[Place, ...]:
    return tuple(place_of(a) for s in of.statements for a in s.anchors)


def applied(*acts: Act, over: Comparison = PROPOSED) -> Aligned:
    return apply_acts(over, acts, place_of)


def named(aligned: Aligned, name: str) -> Point:
    return next(p for p in aligned.comparison.points if p.id == name)


def passages(of: Point) -> list[tuple[str, str]]:
    return [(s.account, a.quote) for s in of.statements for a in s.anchors]


def everything_said(of: Comparison) -> list[tuple[str, str]]:
    return sorted(p for made in of.points for p in passages(made))


def test_without_acts_the_proposal_comes_back_as_it_is() -> None:
    assert applied().comparison == PROPOSED
    assert applied().judged == {}


def test_accepting_and_rejecting_change_nothing_but_the_judgement() -> None:
    made = applied(act("accept", "bell"), act("reject", "door", note="too loose"))
    assert made.comparison == PROPOSED
    assert {n: j.decision for n, j in made.judged.items()} == {"bell": "accepted", "door": "rejected"}
    assert made.judged["door"].notes == ("too loose",)


def test_a_renamed_point_is_changed_even_where_it_is_accepted_later() -> None:
    made = applied(act("rename", "bell", value="Did the bell  ring?"), act("accept", "bell"))
    assert named(made, "bell").label == "Did the bell ring?"
    assert made.judged["bell"].decision == "changed"


def test_a_moved_passage_leaves_its_point_and_joins_the_account_in_the_other() -> None:
    made = applied(act("move", "bell", target="door", said=(place_of(anchor(20, "Twice.")),)))
    assert passages(named(made, "bell")) == [("ada", "It rang."), ("bo", "It was mute.")]
    assert passages(named(made, "door")) == [
        ("ada", "Twice."),
        ("ada", "The door stood open."),
        ("cy", "Open, I say."),
    ]
    assert named(made, "bell").relation == "contradict"


def test_a_point_that_loses_its_last_passage_goes_and_nothing_is_lost() -> None:
    made = applied(act("move", "alone", statement="s-cy-240", target="bell"))
    assert [p.id for p in made.comparison.points] == ["bell", "door"]
    assert everything_said(made.comparison) == everything_said(PROPOSED)
    assert [s.version for s in named(made, "bell").statements] == ["a", "b", "c"]
    assert named(made, "bell").silences == ()


def test_one_account_that_is_left_stands_alone_and_its_silent_neighbour_gets_a_reason() -> None:
    made = applied(act("move", "bell", statement="s-bo-100", target="alone"))
    bell = named(made, "bell")
    assert bell.relation == "single"
    assert bell.statements[0].clashes == ()
    assert {s.account: s.reason for s in bell.silences} == {"bo": "silent", "cy": "could not know"}


def test_merging_keeps_every_passage_and_removes_the_point() -> None:
    made = applied(act("merge", "door", target="bell"))
    assert [p.id for p in made.comparison.points] == ["bell", "alone"]
    assert everything_said(made.comparison) == everything_said(PROPOSED)
    assert [s.version for s in named(made, "bell").statements] == ["a", "b", "c"]
    assert named(made, "bell").relation == "contradict"


def test_splitting_makes_a_point_behind_the_old_one() -> None:
    made = applied(act("split", "door", statement="s-cy-200"))
    assert [p.label for p in made.comparison.points] == ["About bell?", "About door?", "Open, I say.", "About alone?"]
    assert [p.relation for p in made.comparison.points[1:3]] == ["single", "single"]


def test_rejecting_a_passage_makes_it_a_point_of_its_own() -> None:
    made = applied(act("reject", "door", statement="s-cy-200"))
    assert everything_said(made.comparison) == everything_said(PROPOSED)
    assert len(made.comparison.points) == 4


def test_a_split_that_would_leave_nothing_is_not_done() -> None:
    made = applied(act("split", "alone", statement="s-cy-240"))
    assert made.comparison == PROPOSED
    assert made.unplaced[0].why == "nothing would be left of the point"


def test_a_point_of_ones_own_is_filled_by_moving() -> None:
    add = act("add", "door", value="Who slept?")
    made = applied(add, act("move", "alone", statement="s-cy-240", target=f"point-{add.id}"))
    assert [p.label for p in made.comparison.points] == ["About bell?", "About door?", "Who slept?"]


def test_a_stance_and_a_relation_stay_as_set_when_passages_move_later() -> None:
    made = applied(
        act("stance", "door", statement="s-cy-200", value="denies"),
        act("relation", "door", value="contradict"),
        act("move", "alone", statement="s-cy-240", target="door"),
    )
    door = named(made, "door")
    assert door.relation == "contradict"
    assert {s.account: s.stance for s in door.statements} == {"ada": "affirms", "cy": "denies"}


def test_an_apparent_clash_is_no_contradiction_and_its_note_is_kept() -> None:
    made = applied(act("clash", "bell", value="apparent", note="two bells"))
    assert named(made, "bell").relation == "differ"
    assert (made.judged["bell"].clash, made.judged["bell"].notes) == ("apparent", ("two bells",))


def test_acts_find_their_point_by_its_passages_in_a_later_proposal() -> None:
    rename = act("rename", "bell", value="Ring?", was=places(BELL))
    later = comparison(DOOR, replace(BELL, id="other"), ALONE)
    assert named(applied(rename, over=later), "other").label == "Ring?"


def test_an_act_whose_passages_are_elsewhere_is_unplaced_and_changes_nothing() -> None:
    scattered = comparison(
        point("one", "agree", said("ada", "a", (0, "It rang.")), said("cy", "a", (200, "Open, I say."))),
        point("two", "agree", said("ada", "a", (20, "Twice."), (40, "The door stood open."))),
        point("three", "single", said("bo", "a", (100, "It was mute."))),
    )
    made = applied(act("rename", "bell", value="Ring?", was=places(BELL)), over=scattered)
    assert made.comparison == scattered
    assert made.unplaced[0].why == "no point has the passages that this one had"


def test_an_acceptance_does_not_pass_to_a_point_with_other_passages() -> None:
    accept = act("accept", "bell", was=places(BELL))
    grown = point("grown", "contradict", *BELL.statements, said("cy", "a", (240, "I slept.")))
    made = applied(accept, over=comparison(grown, DOOR))
    assert made.judged == {}
    assert "judge it again" in made.unplaced[0].why
    same = applied(accept, over=comparison(replace(BELL, id="renumbered"), DOOR))
    assert same.judged["renumbered"].decision == "accepted"


def test_what_a_later_proposal_does_differently_is_listed() -> None:
    later = comparison(
        replace(BELL, id="again", relation="differ"), point("fresh", "single", said("bo", "a", (150, "Rain fell.")))
    )
    found = differences(PROPOSED, later, place_of, place_of)
    assert [(d.kind, d.label) for d in found] == [
        ("changed", "About bell?"),
        ("new", "About fresh?"),
        ("gone", "About door?"),
        ("gone", "About alone?"),
    ]
    assert found[0].how == "differ, not contradict"
    assert differences(PROPOSED, PROPOSED, place_of, place_of) == ()


def test_an_undone_undoing_lets_the_act_stand_again() -> None:
    accept = act("accept", "bell")
    undo = act("undo", undoes=accept.id)
    redo = act("undo", undoes=undo.id)
    assert standing_acts((accept, undo)) == ()
    assert standing_acts((accept, undo, redo)) == (accept,)


def test_one_place_with_other_words_is_another_passage() -> None:
    one = place_of(anchor(40, "The door stood open."))
    assert one.is_same(place_of(anchor(40, "The door stood 0pen.")))
    assert one.is_same(place_of(anchor(44, "door stood open.")))
    assert not one.is_same(place_of(anchor(40, "Nobody came by night")))
    assert not one.is_same(place_of(anchor(55, "open. It was late.")))


def test_scenes_keep_up_with_the_points() -> None:
    scenes = (
        Scene(label="First", points=("bell", "door"), accounts=("ada", "bo", "cy")),
        Scene(label="Last", points=("alone",), accounts=("cy",)),
    )
    over = replace(PROPOSED, scenes=scenes)
    split = act("split", "door", statement="s-cy-200")
    made = applied(act("merge", "alone", target="bell"), split, over=over)
    assert [(s.label, s.points) for s in made.comparison.scenes] == [("First", ("bell", "door", f"point-{split.id}"))]
