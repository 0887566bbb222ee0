"""What becomes of a comparison under the acts of an editor?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from testimonia.analysis.joining import join_statements, only_anchors, with_versions
from testimonia.model.alignment import Act, Aligned, Judged, Place, Unplaced
from testimonia.model.comparison import Comparison, Point, Scene, Silence, Statement
from testimonia.model.spans import Anchor
from testimonia.text.anchoring import finding_id

Placing = Callable[[Anchor], Place | None]
Citing = Callable[[Place], Anchor | None]
_MADE = "point-"
_BY_HAND = "put together by an editor"
_LABEL_CHARACTERS = 90
_HALF = 0.5


@dataclass(slots=True)
class _Point:
    """A point while acts are applied."""

    point: Point
    said: dict[str, Statement]
    relation_set: bool = False
    membership_changed: bool = False
    changed: bool = False
    decision: str = ""
    editor: str = ""
    at: str = ""
    notes: list[str] = field(default_factory=list)
    clash: str = ""


class _NotPlacedError(Exception):
    """An act has no place here; the words say why."""


def apply_acts(
    comparison: Comparison, acts: Sequence[Act], place_of: Placing, cite: Citing = lambda place: None
) -> Aligned:  # fmt: skip
    """The comparison as these acts leave it, oldest act first; undone ones are not among them.

    An act finds its point by its id, else by the passages that the point had; where nothing answers for certain, the
    act is left undone and comes back as unplaced. `accept` and `reject` are only placed where the point has just the
    passages that the editor saw. `cite` gives the anchor of a place as its source reads now, None where its words do
    not stand there any more. The comparison itself is not changed.
    """
    editing = _Editing(comparison, place_of, cite)
    unplaced = []
    for act in acts:
        try:
            editing.apply(act)
        except _NotPlacedError as error:
            unplaced.append(Unplaced(why=str(error), act=act))
    points = tuple(editing.points())
    return Aligned(
        comparison=replace(comparison, points=points, scenes=_scenes(comparison, points)),
        judged=editing.judged(),
        unplaced=tuple(unplaced),
    )


class _Editing:
    def __init__(self, comparison: Comparison, place_of: Placing, cite: Citing) -> None:
        self._accounts = {a.id: a for a in comparison.accounts}
        self._cite_place = cite
        self._place_of = place_of
        self._points = {p.id: _Point(point=p, said={s.account: s for s in p.statements}) for p in comparison.points}
        self._order = [p.id for p in comparison.points]
        self._acts: Mapping[str, Callable[[Act], None]] = {
            "accept": self._judge, "reject": self._judge, "rename": self._rename, "stance": self._stance,
            "relation": self._relation, "clash": self._clash, "move": self._move, "merge": self._merge,
            "split": self._split, "add": self._add, "cite": self._cite, "renew": lambda act: None,
        }  # fmt: skip

    def apply(self, act: Act) -> None:
        self._acts[act.action](act)

    def points(self) -> Iterable[Point]:
        """The points in their order, with their silences; of accounts that say nothing any more too."""
        for name in self._order:
            yield self._finished(self._points[name])

    def judged(self) -> dict[str, Judged]:
        found = {}
        for name in self._order:
            made = self._points[name]
            if made.editor:
                decision = made.decision if made.decision == "rejected" else ""
                found[name] = Judged(
                    decision=decision or ("changed" if made.changed else made.decision),
                    editor=made.editor, at=made.at, notes=tuple(made.notes), clash=made.clash,
                )  # fmt: skip
        return found

    def _finished(self, made: _Point) -> Point:
        if not made.membership_changed and not made.changed:
            return made.point
        statements = [made.said[a] for a in self._accounts if a in made.said]
        relation, reason = made.point.relation, made.point.reason
        if made.membership_changed:
            statements = with_versions(statements)
            if not made.relation_set:
                relation = _relation_of(made.point.relation, statements)
            if len({s.version for s in statements if s.clashes}) < 2:
                statements = [replace(s, clashes=()) for s in statements]
            reason = f"{_BY_HAND}; before: {reason}" if reason != _BY_HAND else reason
        weight, kind = made.point.weight, made.point.clash_kind
        if relation in ("agree", "single") or made.clash == "apparent":
            weight, kind = 0.0, ""
        known = {s.account: s for s in made.point.silences}
        silences = [
            known.get(a) or Silence(account=a, reason="silent", evidence="an editor found no passage of it on this")
            for a in self._accounts
            if a not in made.said
        ]
        return replace(
            made.point, statements=tuple(statements), silences=tuple(silences), relation=relation, reason=reason,
            weight=weight, clash_kind=kind,
        )  # fmt: skip

    def _judge(self, act: Act) -> None:
        made = self._found(act.point, act.was, exactly=True)
        if act.statement and act.action == "reject":
            self._split(replace(act, action="split", value=""))
            return
        self._sign(made, act)
        if not act.statement:
            made.decision = f"{act.action}ed"

    def _rename(self, act: Act) -> None:
        made = self._found(act.point, act.was)
        made.point = replace(made.point, label=" ".join(act.value.split()))
        self._sign(made, act, changed=True)

    def _stance(self, act: Act) -> None:
        made = self._found(act.point, act.was)
        statement = self._statement(made, act)
        made.said[statement.account] = replace(statement, stance=act.value)
        self._sign(made, act, changed=True)

    def _relation(self, act: Act) -> None:
        made = self._found(act.point, act.was)
        made.point = replace(made.point, relation=act.value)
        made.relation_set = True
        self._sign(made, act, changed=True)

    def _clash(self, act: Act) -> None:
        made = self._found(act.point, act.was)
        made.clash = act.value
        if act.value == "real":
            made.point = replace(made.point, relation="contradict")
            made.relation_set = True
        elif made.point.relation == "contradict":
            made.point = replace(made.point, relation="differ")
            made.relation_set = True
        self._sign(made, act, changed=True)

    def _move(self, act: Act) -> None:
        made = self._found(act.point, act.was)
        target = self._found(act.target, act.into)
        if target is made:
            raise _NotPlacedError("the passage is in that point already")
        for statement in self._taken(made, act):
            self._give(target, replace(statement, version=f"{statement.version} {act.id}", clashes=()))
        self._sign(made, act, changed=True)
        self._sign(target, replace(act, note=""), changed=True)
        if not made.said:
            self._remove(made)

    def _merge(self, act: Act) -> None:
        made = self._found(act.point, act.was)
        target = self._found(act.target, act.into)
        if target is made:
            raise _NotPlacedError("a point can't be merged with itself")
        for statement in made.said.values():
            # Letters of another point mean nothing here; what was one version of it stays one.
            self._give(target, replace(statement, version=f"{statement.version} {act.id}"))
        target.notes += made.notes
        self._sign(target, act, changed=True)
        self._remove(made)

    def _split(self, act: Act) -> None:
        made = self._found(act.point, act.was)
        taken = self._taken(made, act, leaving=True)
        label = " ".join((act.value or taken[0].value or taken[0].anchors[0].quote).split())
        if not act.value and len(label) > _LABEL_CHARACTERS:
            label = label[: _LABEL_CHARACTERS - 1].rsplit(" ", 1)[0] + "…"
        new = self._new(act, label, made.point.relation)
        for statement in taken:
            self._give(new, statement)
        self._order.insert(self._order.index(made.point.id) + 1, new.point.id)
        self._sign(made, act, changed=True)
        self._sign(new, replace(act, note=""), changed=True)

    def _add(self, act: Act) -> None:
        new = self._new(act, " ".join(act.value.split()), "single")
        at = len(self._order)
        if act.point:
            at = self._order.index(self._found(act.point, act.was).point.id) + 1
        self._order.insert(at, new.point.id)
        self._sign(new, act, changed=True)

    def _cite(self, act: Act) -> None:
        made = self._found(act.point, act.was)
        account = self._accounts.get(act.target)
        if account is None:
            raise _NotPlacedError("its account is not here any more")
        anchors = [a for p in act.said if (a := self._cite_place(p)) is not None]
        if not anchors or len(anchors) < len(act.said):
            raise _NotPlacedError("its words do not stand there any more")
        said = Statement(
            id=finding_id("statement", anchors[0].source, account.id, [(a.start, a.end) for a in anchors]),
            account=account.id,
            stance="affirms",
            value=anchors[0].quote,
            attribution=(account.teller,),
            anchors=tuple(anchors),
            version=f"cited {act.id}",
        )
        self._give(made, said)
        self._sign(made, act, changed=True)

    def _new(self, act: Act, label: str, relation: str) -> _Point:
        point = Point(
            id=f"{_MADE}{act.id}", label=label, relation=relation, statements=(), silences=(), confidence=1.0,
            reason=_BY_HAND,
        )  # fmt: skip
        made = _Point(point=point, said={}, membership_changed=True)
        self._points[point.id] = made
        return made

    def _remove(self, made: _Point) -> None:
        self._order.remove(made.point.id)
        del self._points[made.point.id]

    def _give(self, target: _Point, statement: Statement) -> None:
        target.membership_changed = True
        own = target.said.get(statement.account)
        target.said[statement.account] = statement if own is None else join_statements(own, statement)

    def _taken(self, made: _Point, act: Act, *, leaving: bool = False) -> list[Statement]:
        """The passages that the act takes, out of the point; each account's as a statement. With `leaving` some must be
        left in the point."""
        numbers: dict[str, list[int]] = {}
        for account, statement in made.said.items():
            if act.statement == statement.id and not act.said:
                numbers[account] = list(range(len(statement.anchors)))
            elif here := [n for n, a in enumerate(statement.anchors) if self._is_among(a, act.said)]:
                numbers[account] = here
        count = sum(len(here) for here in numbers.values())
        if not count or count < len(act.said):
            raise _NotPlacedError("a passage that it took is not in the point")
        if leaving and count == sum(len(s.anchors) for s in made.said.values()):
            raise _NotPlacedError("nothing would be left of the point")
        taken = []
        for account, here in numbers.items():
            statement = made.said.pop(account)
            taken.append(only_anchors(statement, here))
            if left := [n for n in range(len(statement.anchors)) if n not in here]:
                made.said[account] = only_anchors(statement, left)
        made.membership_changed = True
        return taken

    def _statement(self, made: _Point, act: Act) -> Statement:
        for statement in made.said.values():
            if statement.id == act.statement:
                return statement
        for statement in made.said.values():
            if act.said and any(self._is_among(a, act.said) for a in statement.anchors):
                return statement
        raise _NotPlacedError("the passage is not in the point")

    def _is_among(self, anchor: Anchor, places: Sequence[Place]) -> bool:
        place = self._place_of(anchor)
        return place is not None and any(place.is_same(p) for p in places)

    def _found(self, name: str, was: Sequence[Place], *, exactly: bool = False) -> _Point:
        """The point of this id; else the one that has the passages which the point had: most of them, or `exactly`."""
        if name in self._points:
            return self._points[name]
        if not was:
            raise _NotPlacedError("the point is not here any more")
        likeness = sorted(((self._shared(made, was), made.point.id) for made in self._points.values()), reverse=True)
        best = likeness[0] if likeness else (0.0, "")
        if best[0] <= _HALF or (len(likeness) > 1 and likeness[1][0] == best[0]):
            raise _NotPlacedError("no point has the passages that this one had")
        if exactly and best[0] < 1.0:
            raise _NotPlacedError("the point has other passages now; judge it again")
        return self._points[best[1]]

    def _shared(self, made: _Point, was: Sequence[Place]) -> float:
        """How much of both is in both: passages of the point, passages that it had."""
        here = [p for s in made.said.values() for a in s.anchors if (p := self._place_of(a)) is not None]
        both = sum(any(p.is_same(w) for w in was) for p in here)
        return both / max(1, len(here) + len(was) - both)

    def _sign(self, made: _Point, act: Act, *, changed: bool = False) -> None:
        made.changed = made.changed or changed
        made.editor, made.at = act.editor, act.at
        if act.note.strip():
            made.notes.append(act.note.strip())


def _scenes(before: Comparison, points: Sequence[Point]) -> tuple[Scene, ...]:
    """The scenes with the points that are left of them; a new point belongs to the scene of the point before it."""
    scene_of = {name: n for n, scene in enumerate(before.scenes) for name in scene.points}
    now: list[list[str]] = [[] for _ in before.scenes]
    at = 0
    for point in points if before.scenes else ():
        at = scene_of.get(point.id, at)
        now[at].append(point.id)
    return tuple(replace(scene, points=tuple(names)) for scene, names in zip(before.scenes, now, strict=True) if names)


def _relation_of(before: str, statements: Sequence[Statement]) -> str:
    """The relation of a point whose passages an editor has changed and about whose relation they said nothing.

    One account stands alone; one version agrees; it stays a contradiction as long as two clashing versions are left.
    """
    if len(statements) < 2:
        return "single"
    if len({s.version for s in statements}) == 1:
        return "agree"
    clashing = {s.version for s in statements if s.clashes}
    return "contradict" if before == "contradict" and len(clashing) > 1 else "differ"
