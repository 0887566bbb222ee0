"""What editors decide about events: which accounts tell of one, and what it is called."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.analysis.grouping import OF_EVENTS, GroupingAct, part_of, standing_rows
from testimonia.errors import AmbiguousError, InvalidRecordError, NotFoundError
from testimonia.model.comparison import Event, EventChange, Judgement
from testimonia.model.findings import Account
from testimonia.services.catalogue import Catalogue
from testimonia.services.clock import Clock
from testimonia.services.comparing import Comparing
from testimonia.services.happenings import Happenings
from testimonia.services.remembering import Remembered
from testimonia.store.library import LibraryStore

TITLE_CHARACTERS = 300
_DECISION_OF = {"merge": "merged", "split": "split", "move": "changed", "rename": "changed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupingEntry:
    """One row of the history of events: whether it stands, what takes it back (its id), and why it does nothing."""

    row: Judgement
    about: str
    stands: bool
    undone_by: str = ""
    why_unplaced: str = ""


class Grouping:
    """Merges, splits and renames events, moves accounts between them, judges proposals, and takes it all back."""

    def __init__(self, store: LibraryStore, catalogue: Catalogue, comparing: Comparing, now: Clock) -> None:
        self._store = store
        self._catalogue = catalogue
        self._now = now
        self._happenings = Happenings(store, comparing)
        self._changes = Remembered(store, self._happenings.changes)

    def events(self) -> tuple[Event, ...]:
        """The events as editors left them, the most told first."""
        return self._catalogue.events()

    def accounts(self) -> tuple[Account, ...]:
        """All accounts of the library."""
        return self._store.findings(Account)

    def find(self, text: str) -> Event:
        """The event with this id or this title, or the only one whose id begins so.

        Raises NotFoundError, AmbiguousError.
        """
        events = self.events()
        for matches in (
            [e for e in events if e.id == text],
            [e for e in events if e.title == text],
            [e for e in events if len(text) > len("event-") and e.id.startswith(text)],
        ):
            if len(matches) == 1:
                return matches[0]
            if matches:
                listed = ", ".join(f"{e.id} ({len(e.accounts)} accounts)" for e in matches[:5])
                raise AmbiguousError(f"{text[:80]!r} names {len(matches)} events: {listed}", hint="Give the id of one")
        raise NotFoundError(f"there is no event {text[:80]!r}", hint="`testimonia list events` shows them")

    def find_account(self, text: str, event: Event | None = None) -> Account:
        """The account with this id, or the only one of this teller or title; of the event where one is given.

        Raises NotFoundError, AmbiguousError.
        """
        every = [a for a in self.accounts() if event is None or a.id in event.accounts]
        for matches in (
            [a for a in every if a.id == text],
            [a for a in every if a.teller == text],
            [a for a in every if a.title == text],
        ):
            if len(matches) == 1:
                return matches[0]
            if matches:
                listed = ", ".join(f"{a.id} ({a.title})" for a in matches[:5])
                raise AmbiguousError(
                    f"{text[:80]!r} names {len(matches)} accounts: {listed}", hint="Give the id of one"
                )
        where = f" of {event.title!r}" if event is not None else ""
        raise NotFoundError(f"there is no account {text[:80]!r}{where}", hint="`testimonia list accounts` shows them")

    def changes(self) -> tuple[EventChange, ...]:
        """The merges and splits that are proposed and not judged, the surest first."""
        decided = self._store.current_decisions()
        return tuple(c for c in self._changes.now() if c.id not in decided)

    def merge(self, kept: Event, other: Event, editor: str, note: str = "") -> Judgement:
        """Two events are one: the accounts of the other follow. Raises InvalidRecordError."""
        if kept.id == other.id:
            raise InvalidRecordError("an event can't be merged with itself", where=kept.id)
        act = GroupingAct(act="merge", event=kept.id, was=kept.accounts, other=other.id, accounts=other.accounts)
        return self._keep(kept.id, act, editor, note or f"{other.title} is {kept.title}")

    def split(self, event: Event, accounts: Sequence[str], editor: str, note: str = "") -> Judgement:
        """These accounts (ids) tell of another event, which begins with them (`part_of` has its id).

        Raises NotFoundError for an account that the event does not have, InvalidRecordError where none would be left.
        """
        leaving = tuple(dict.fromkeys(accounts))
        for name in leaving:
            if name not in event.accounts:
                raise NotFoundError(f"{name[:80]!r} is no account of this event", where=event.id)
        if not leaving or len(leaving) == len(event.accounts):
            raise InvalidRecordError(
                "some accounts must go and some must stay", where=event.id, hint=f"It has {len(event.accounts)}"
            )
        act = GroupingAct(act="split", event=event.id, was=event.accounts, accounts=leaving)
        return self._keep(event.id, act, editor, note or f"{self._titles(leaving)} out of {event.title}")

    @staticmethod
    def part_of(split: Judgement) -> str:
        """The id of the event that this decision has split off."""
        return part_of(split)

    def move(self, accounts: Sequence[str], target: Event, editor: str) -> Judgement:
        """These accounts (ids) tell of this event and of no other. Raises NotFoundError, InvalidRecordError."""
        coming = tuple(a for a in dict.fromkeys(accounts) if a not in target.accounts)
        known = {a.id for a in self.accounts()}
        if missing := [a for a in coming if a not in known]:
            raise NotFoundError(f"there is no account {missing[0][:80]!r}")
        if not coming:
            raise InvalidRecordError("these accounts are of that event already", where=target.id)
        act = GroupingAct(act="move", event=target.id, was=target.accounts, accounts=coming)
        return self._keep(target.id, act, editor, f"{self._titles(coming)} to {target.title}")

    def rename(self, event: Event, title: str, editor: str) -> Judgement:
        """Give an event another title. Raises InvalidRecordError."""
        shown = " ".join(title.split())
        if not shown or len(shown) > TITLE_CHARACTERS or not shown.isprintable():
            raise InvalidRecordError(
                f"a title has 1 to {TITLE_CHARACTERS} characters that can be printed", where=event.id
            )
        act = GroupingAct(act="rename", event=event.id, was=event.accounts, title=shown)
        return self._keep(event.id, act, editor, f"{shown}, was {event.title}")

    def accept(self, change_id: str, editor: str) -> Judgement:
        """Do what is proposed. Raises NotFoundError where no such proposal waits."""
        change = self._change(change_id)
        events = [self.find(e) for e in change.events]
        if change.what == "merge":
            one, two = events
            act = GroupingAct(act="merge", event=one.id, was=one.accounts, other=two.id, accounts=two.accounts)
        else:
            act = GroupingAct(act="split", event=events[0].id, was=events[0].accounts, accounts=change.accounts)
        return self._keep(change.id, act, editor, self.words_of(change), decision="accepted")

    def reject(self, change_id: str, editor: str) -> Judgement:
        """Leave things as they are; it is not proposed again. Raises NotFoundError where no such proposal waits."""
        change = self._change(change_id)
        return self._row(change.id, "rejected", editor, self.words_of(change))

    def undo(self, editor: str, row_id: str | None = None) -> Judgement:
        """Take a decision on events back, the last that stands where none is named; taking back itself can be too.

        Raises NotFoundError.
        """
        rows = [j for j in self._store.judgements() if j.finding.startswith(OF_EVENTS)]
        if row_id is None:
            undone = next(iter(reversed(standing_rows(rows))), None)
        else:
            undone = next((j for j in rows if j.id == row_id), None)
        if undone is None:
            raise NotFoundError("there is no such decision on events to take back", where=row_id or "")
        return self._row(undone.finding, "undone", editor, undone.note, undoes=undone.id)

    def history(self) -> tuple[GroupingEntry, ...]:
        """Everything that was decided about events, the last first."""
        rows = [j for j in self._store.judgements() if j.finding.startswith(OF_EVENTS)]
        stand = {j.id for j in standing_rows(rows)}
        unplaced = self._catalogue.unplaced_groupings() if rows else {}
        undone_by = {j.undoes: j.id for j in rows if j.undoes is not None}
        return tuple(
            GroupingEntry(
                row=j, about=j.note, stands=j.id in stand or (j.undoes is not None and j.id not in undone_by),
                undone_by=undone_by.get(j.id, ""), why_unplaced=unplaced.get(j.id, ""),
            )
            for j in reversed(rows)
        )  # fmt: skip

    def words_of(self, change: EventChange) -> str:
        """What a proposal would do, in words."""
        titles = {e.id: e.title for e in self.events()}
        events = [titles.get(e, e) for e in change.events]
        if change.what == "merge":
            return f"merge {' and '.join(events)}"
        return f"split {self._titles(change.accounts)} off {events[0]}"

    def _titles(self, accounts: Sequence[str]) -> str:
        known = {a.id: f"{a.teller} ({a.title})" for a in self.accounts()}
        return ", ".join(known.get(a, a) for a in accounts)

    def _change(self, change_id: str) -> EventChange:
        waiting = self.changes()
        found = [c for c in waiting if c.id == change_id]
        if not found:
            raise NotFoundError(
                f"no proposal {change_id[:80]!r} waits", hint="`testimonia event proposals` shows those that do"
            )
        return found[0]

    def _keep(
        self, finding: str, act: GroupingAct, editor: str, note: str, *, decision: str | None = None
    ) -> Judgement:  # fmt: skip
        return self._row(finding, decision or _DECISION_OF[act.act], editor, note, value=act.written())

    def _row(
        self, finding: str, decision: str, editor: str, note: str, *, undoes: str | None = None,
        value: str | None = None,
    ) -> Judgement:  # fmt: skip
        made = Judgement(
            id=uuid.uuid4().hex, finding=finding, decision=decision, editor=editor, at=self._now(), note=note,
            undoes=undoes, value=value,
        )  # fmt: skip
        self._store.judge(made)
        return made
