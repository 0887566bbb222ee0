"""Named alignments of one event: what an editor makes of the machine's proposal, act by act."""

import io
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace

from testimonia.analysis.editing import apply_acts
from testimonia.analysis.proposals import differences
from testimonia.errors import AmbiguousError, InvalidRecordError, NotFoundError
from testimonia.exports.comparison_edition import ComparisonEdition, ComparisonExporter
from testimonia.model.alignment import Act, Aligned, Alignment, Difference, HistoryEntry, Place, standing_acts
from testimonia.model.comparison import Comparison, Point, Statement
from testimonia.model.findings import Account
from testimonia.services.aligned_records import aligned_record
from testimonia.services.catalogue import Catalogue
from testimonia.services.clock import Clock
from testimonia.services.comparing import Comparing, gathered_id
from testimonia.services.proposals import Proposals, Standing
from testimonia.services.records import Record
from testimonia.store.library import LibraryStore

NAME_CHARACTERS = 100
_ON_STATEMENTS = ("stance",)
_ON_TARGETS = ("move", "merge")


class Alignments:
    """Begins alignments, acts in them, takes acts back, and says what the machine would do otherwise."""

    def __init__(
        self, store: LibraryStore, catalogue: Catalogue, comparing: Callable[[], Comparing], now: Clock
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._comparing = comparing
        self._now = now
        self._proposals = Proposals(store)

    def every(self) -> tuple[Alignment, ...]:
        """All alignments of the library, oldest first."""
        return self._store.alignments()

    def of(self, comparison: Comparison) -> tuple[Alignment, ...]:
        """The alignments of this event, oldest first; also those begun before it had all of these accounts."""
        accounts = {a.id for a in comparison.accounts}
        return tuple(
            a
            for a in self._store.alignments()
            if a.event == comparison.event.id or len(accounts.intersection(a.accounts)) > 1
        )

    def new(self, comparison: Comparison, name: str, editor: str) -> Alignment:
        """Begin an alignment over a comparison as it is proposed now. Raises InvalidRecordError."""
        shown = " ".join(name.split())
        if not shown or len(shown) > NAME_CHARACTERS or not shown.isprintable():
            raise InvalidRecordError(f"a name has 1 to {NAME_CHARACTERS} characters that can be printed")
        if any(a.name.casefold() == shown.casefold() for a in self.of(comparison)):
            raise InvalidRecordError(
                f"there is an alignment {shown!r} of this event already", hint="Choose another name"
            )
        made = Alignment(
            id=f"alignment-{uuid.uuid4().hex[:16]}",
            name=shown,
            editor=editor,
            at=self._now(),
            event=comparison.event.id,
            accounts=tuple(a.id for a in comparison.accounts),
            proposal=self._proposals.keep(comparison),
        )
        self._store.keep_alignment(made)
        return made

    def find(self, text: str, comparison: Comparison | None = None) -> Alignment:
        """The alignment with this id, or with this name (of this event, where one is given).

        Raises NotFoundError, AmbiguousError.
        """
        here = self.every() if comparison is None else self.of(comparison)
        for matches in (
            [a for a in here if a.id == text],
            [a for a in here if a.name.casefold() == " ".join(text.split()).casefold()],
        ):
            if len(matches) == 1:
                return matches[0]
            if matches:
                listed = ", ".join(f"{a.id} ({a.event})" for a in matches[:5])
                raise AmbiguousError(f"{text[:80]!r} names {len(matches)} alignments: {listed}", hint="Give its id")
        raise NotFoundError(
            f"there is no alignment {text[:80]!r}", hint="`testimonia alignment list` shows what there is"
        )

    def aligned(self, alignment: Alignment) -> Aligned:
        """The event as this alignment has it now."""
        acts = standing_acts(self._store.acts(alignment.id))
        return self._applied(self._base(alignment, acts), acts)

    def record(self, aligned: Aligned, alignment: Alignment | None) -> Record:
        """A comparison as an alignment left it, as printed for programs."""
        return aligned_record(self._comparing().record(aligned.comparison), aligned, alignment)

    def export(self, exporter: ComparisonExporter, aligned: Aligned, alignment: Alignment | None) -> bytes:
        """A comparison as a file: the machine's (without an alignment), or as an alignment left it."""
        made = self._comparing().record(aligned.comparison)
        edition = ComparisonEdition(
            comparison=aligned.comparison,
            names={s.source.sha256: s.source.name for s in self._store.sources()},
            record=made if alignment is None else aligned_record(made, aligned, alignment),
            judged=aligned.judged,
            alignment=alignment.name if alignment is not None else "",
            editor=alignment.editor if alignment is not None else "",
        )
        sink = io.BytesIO()
        exporter.export(edition, sink)
        return sink.getvalue()

    def point(self, aligned: Aligned, text: str) -> Point:
        """The point with this id, or this number among all its points, from 1. Raises NotFoundError."""
        points = aligned.comparison.points
        if text.isdecimal() and 1 <= int(text) <= len(points):
            return points[int(text) - 1]
        return _point(aligned, text)

    def statement(self, aligned: Aligned, point: Point, text: str) -> str:
        """The id of the point's statement that an id, an account's id or a teller names. Raises NotFoundError."""
        tellers = {a.id: a.teller.casefold() for a in aligned.comparison.accounts}
        of, slash, number = text.partition("/")
        for s in point.statements:
            if of in (s.id, s.account) or of.casefold() == tellers.get(s.account):
                return s.id + slash + number
        raise NotFoundError("there is no such statement on this point", where=text[:80])

    def history(self, alignment: Alignment) -> tuple[HistoryEntry, ...]:
        """All acts of an alignment, the last first."""
        acts = self._store.acts(alignment.id)
        standing = standing_acts(acts)
        stands = {a.id for a in standing}
        why = {u.act.id: u.why for u in self._applied(self._base(alignment, standing), standing).unplaced if u.act}
        by_id = {a.id: a for a in acts}
        taken_back = {a.id for a in acts if a.undoes is not None} - _live_undoings(acts)
        return tuple(
            HistoryEntry(
                act=act,
                stands=act.id in stands if act.undoes is None else act.id not in taken_back,
                about=_about(act, by_id),
                why_unplaced=why.get(act.id, ""),
            )
            for act in reversed(acts)
        )

    def act(
        self, alignment: Alignment, action: str, editor: str, *, point: str = "", statements: Sequence[str] = (),
        target: str = "", value: str = "", note: str = "",
    ) -> Act:  # fmt: skip
        """Do one thing in an alignment.

        To cite takes the words of the passage as `value` and the account as `target`; the words must stand there.
        `statements` are ids of statements of the point, or of single passages of them ("id/2" is the third). Raises
        NotFoundError where point, target or statement are not there, InvalidRecordError where it can't be done.
        """
        acts = standing_acts(self._store.acts(alignment.id))
        base = self._base(alignment, acts)
        now = self._applied(base, acts)
        here = _point(now, point) if point or action != "add" else None
        there = _point(now, target) if action in _ON_TARGETS else None
        if action == "cite":
            account = self._account(now, target)
            said: tuple[Place, ...] = (self._proposals.find_words(account, value),)
            statement, target = "", account.id
            base = self._proposals.with_cited(base, said)
        else:
            said, statement = self._chosen(base, here, statements)
        if action in (*_ON_STATEMENTS, "move", "split") and not said:
            raise InvalidRecordError(f"to {action} needs a statement of the point", where=point)
        made = Act(
            id=uuid.uuid4().hex,
            alignment=alignment.id,
            editor=editor,
            at=self._now(),
            action=action,
            point=here.id if here is not None else "",
            statement=statement,
            target=target if action == "cite" else there.id if there is not None else "",
            value=value,
            note=note,
            was=_places(base, here),
            said=said,
            into=_places(base, there),
        )
        after = self._applied(base, (*acts, made))
        if after.unplaced and after.unplaced[-1].act == made:
            raise InvalidRecordError(f"that can't be done: {after.unplaced[-1].why}", where=point)
        self._store.keep_act(made)
        return made

    def undo(self, alignment: Alignment, editor: str, act_id: str | None = None) -> Act:
        """Take an act back, the last that stands where none is named, by another row. Raises NotFoundError."""
        acts = self._store.acts(alignment.id)
        standing = standing_acts(acts)
        live = {*(a.id for a in standing), *_live_undoings(acts)}
        if act_id is None:
            if not standing:
                raise NotFoundError("there is nothing to take back", where=alignment.name)
            act_id = standing[-1].id
        if act_id not in {a.id for a in acts}:
            raise NotFoundError("there is no such act in this alignment", where=act_id[:80])
        if act_id not in live:
            raise InvalidRecordError("that was taken back already", where=act_id)
        return self._undo(alignment, editor, act_id)

    def last_judgement(self, alignment: Alignment, point: str) -> Act:
        """The last acceptance or rejection of this point that stands. Raises NotFoundError."""
        for act in reversed(standing_acts(self._store.acts(alignment.id))):
            if act.point == point and act.action in ("accept", "reject") and not act.statement:
                return act
        raise NotFoundError("nothing was decided about this point", where=point[:80])

    def redo(self, alignment: Alignment, editor: str) -> Act:
        """Do again what was taken back last, as long as nothing else was done since. Raises NotFoundError."""
        acts = self._store.acts(alignment.id)
        live = _live_undoings(acts)
        by_id = {a.id: a for a in acts}
        last = next((a for a in reversed(acts) if a.undoes is None or (a.id in live and _takes_back(a, by_id))), None)
        if last is None or last.undoes is None:
            raise NotFoundError("there is nothing to do again", where=alignment.name)
        return self._undo(alignment, editor, last.id)

    def _undo(self, alignment: Alignment, editor: str, act_id: str) -> Act:
        made = Act(
            id=uuid.uuid4().hex, alignment=alignment.id, editor=editor, at=self._now(), action="undo", undoes=act_id
        )
        self._store.keep_act(made)
        return made

    def whereabouts(self, alignment: Alignment) -> tuple[str | None, tuple[str, ...]]:
        """The event whose comparison this is an alignment of, as the library has it today; or the sources that were
        chosen to be compared. Raises NotFoundError where it has neither."""
        base = self._base(alignment, standing_acts(self._store.acts(alignment.id))).comparison
        sources = tuple(dict.fromkeys(a.source for a in base.accounts))
        events = {e.id: e for e in self._catalogue.events()}
        if base.event.id not in events and base.event.id == gathered_id(base.event.accounts) and len(sources) > 1:
            return None, sources
        wanted = set(base.event.accounts)
        shared = [(e.id == base.event.id, len(wanted.intersection(e.accounts)), e.id) for e in events.values()]
        same, most, event = max(shared, key=lambda x: x[:2], default=(False, 0, ""))
        if not same and most < 2:
            raise NotFoundError("the machine knows no such event any more", where=alignment.name)
        return event, ()

    def current(self, alignment: Alignment) -> Comparison:
        """What the machine proposes today for the event of this alignment. Raises NotFoundError."""
        event, sources = self.whereabouts(alignment)
        return self._comparing().compare(event, sources)

    def news(self, alignment: Alignment) -> tuple[Difference, ...]:
        """What the machine would now do otherwise than in the proposal under this alignment. Raises NotFoundError."""
        base = self._base(alignment, standing_acts(self._store.acts(alignment.id)))
        now = self._proposals.of(self.current(alignment))
        return differences(base.comparison, now.comparison, base.place_of, now.place_of)

    def renew(self, alignment: Alignment, editor: str) -> Act:
        """Put the acts of an alignment over what the machine proposes today; undone like any other act."""
        key = self._proposals.keep(self.current(alignment))
        made = Act(
            id=uuid.uuid4().hex, alignment=alignment.id, editor=editor, at=self._now(), action="renew", value=key
        )
        self._store.keep_act(made)
        return made

    def _base(self, alignment: Alignment, standing: Sequence[Act]) -> Standing:
        renewed = [a.value for a in standing if a.action == "renew"]
        base = self._proposals.standing(renewed[-1] if renewed else alignment.proposal)
        return self._proposals.with_cited(base, [p for a in standing if a.action == "cite" for p in a.said])

    def _applied(self, base: Standing, acts: Sequence[Act]) -> Aligned:
        aligned = apply_acts(base.comparison, acts, base.place_of, base.cited.get)
        return replace(aligned, unplaced=(*base.lost, *aligned.unplaced)) if base.lost else aligned

    def _account(self, aligned: Aligned, text: str) -> Account:
        """The account with this id or, where just one has it, this teller. Raises NotFoundError, AmbiguousError."""
        accounts = aligned.comparison.accounts
        found = [a for a in accounts if a.id == text] or [
            a for a in accounts if a.teller.casefold() == " ".join(text.split()).casefold()
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousError(f"{text[:80]!r} tells {len(found)} of the accounts", hint="Give the account's id")
        raise NotFoundError("there is no such account in this alignment", where=text[:80])

    def _chosen(self, base: Standing, point: Point | None, names: Sequence[str]) -> tuple[tuple[Place, ...], str]:
        """The places of the passages that these names mean, and the id of the statement where it is one."""
        said: list[Place] = []
        found: list[Statement] = []
        for name in dict.fromkeys(names):
            of, _, number = name.partition("/")
            statement = next((s for s in point.statements if s.id == of), None) if point is not None else None
            if statement is None or (number and not (number.isdecimal() and int(number) < len(statement.anchors))):
                raise NotFoundError("there is no such statement on this point", where=name[:80])
            found.append(statement)
            cited = (statement.anchors[int(number)],) if number else statement.anchors
            said += [p for a in cited if (p := base.place_of(a)) is not None and p not in said]
        return tuple(said), found[0].id if len(found) == 1 else ""


def _point(aligned: Aligned, name: str) -> Point:
    for point in aligned.comparison.points:
        if point.id == name:
            return point
    raise NotFoundError("there is no such point in this alignment", where=name[:80])


def _places(base: Standing, point: Point | None) -> tuple[Place, ...]:
    if point is None:
        return ()
    found = (base.place_of(a) for s in point.statements for a in s.anchors)
    return tuple(p for p in found if p is not None)


def _live_undoings(acts: Sequence[Act]) -> set[str]:
    """The ids of undoings that no later row undoes."""
    undone: set[str] = set()
    live = set()
    for act in reversed(acts):
        if act.undoes is not None and act.id not in undone:
            undone.add(act.undoes)
            live.add(act.id)
    return live


def _takes_back(undoing: Act, by_id: dict[str, Act]) -> bool:
    """Does this row take an act back? Not where it undoes an undoing: that did the act again."""
    undone = by_id.get(undoing.undoes or "")
    return undone is not None and (undone.undoes is None or not _takes_back(undone, by_id))


def _about(act: Act, by_id: dict[str, Act]) -> str:
    """What an act was about: the words of a passage that it took, or what it undid."""
    if act.undoes is not None:
        undone = by_id.get(act.undoes)
        return f"{undone.action}: {_about(undone, by_id)}" if undone is not None else ""
    if act.action == "renew":
        return "what the machine proposed then"
    quoted = (act.said or act.was)[:1]
    words = " ".join(quoted[0].quote.split()) if quoted else act.value
    return words if len(words) <= 80 else words[:79].rsplit(" ", 1)[0] + "…"
