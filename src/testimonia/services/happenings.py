"""Events as their accounts tell them, and how accounts might be grouped otherwise."""

from collections.abc import Iterator

from testimonia.analysis.claims.find import find_claims
from testimonia.analysis.claims.persons import Persons
from testimonia.analysis.grouping import STEP as EDITED
from testimonia.analysis.grouping import part_of, read_act, standing_rows
from testimonia.analysis.happenings import describe_event
from testimonia.analysis.regrouping import propose_changes
from testimonia.model.comparison import Event, EventChange
from testimonia.model.findings import Account
from testimonia.services.comparing import Comparing
from testimonia.services.records import Record, finding_record
from testimonia.store.library import LibraryStore


class Happenings:
    """Reads from the accounts of an event when and where it was and who took part; computed when asked for."""

    def __init__(self, store: LibraryStore, comparing: Comparing) -> None:
        self._store = store
        self._comparing = comparing

    def events(self) -> Iterator[Event]:
        """The events of the library, the largest group of accounts first, with what their accounts say of them."""
        accounts = {a.id: a for a in self._store.findings(Account)}
        for event in self._comparing.events():
            told = list(self._comparing.texts_of([accounts[a] for a in event.accounts if a in accounts]).values())
            persons = Persons([[p.text for p in t.passages] for t in told], [t.account.teller for t in told])
            yield describe_event(event, told, [find_claims(t, persons).claims for t in told], persons)

    def changes(self) -> tuple[EventChange, ...]:
        """The merges and splits of events that are proposed, the surest first."""
        accounts = {a.id: a for a in self._store.findings(Account)}
        found = propose_changes(self._comparing.events(), accounts, self._comparing.texts_of(list(accounts.values())))
        parted, placed = self._decided()
        return tuple(
            c
            for c in found
            if not (c.what == "merge" and frozenset(c.events) in parted)
            and not (c.what == "split" and (c.events[0], c.accounts[0]) in placed)
        )

    def _decided(self) -> tuple[set[frozenset[str]], set[tuple[str, str]]]:
        """What an editor has decided, and is not asked about: the pairs of events that they parted, and which account
        they moved to which event."""
        parted: set[frozenset[str]] = set()
        placed: set[tuple[str, str]] = set()
        for row in standing_rows(self._store.judgements()):
            act = read_act(row)
            if act is not None and act.act == "split":
                parted.add(frozenset((act.event, part_of(row))))
            elif act is not None and act.act == "move":
                placed.update((act.event, a) for a in act.accounts)
        return parted, placed

    def records(self, source: str | None = None) -> Iterator[Record]:
        """The events as printed for programs, each with the changes that are proposed to it as `proposals`."""
        names = {s.source.sha256: s.source.name for s in self._store.sources()}
        sources = {a.id: a.source for a in self._store.findings(Account)}
        decisions = self._store.current_decisions()
        changes = self.changes()
        for event in self.events():
            if source is not None and source not in {sources.get(a) for a in event.accounts}:
                continue
            decision = decisions.get(event.id)
            if decision is not None and read_act(decision) is not None:
                decision = None  # it says what became of the event, not whether it is accepted
            record = finding_record(event, names.get(event.source, ""), decision)
            if event.step.name == EDITED.name:
                record.update(judgement="changed", confidence=None)
            proposals = [
                finding_record(c, names.get(c.source, ""), decisions.get(c.id)) for c in changes if event.id in c.events
            ]
            yield {**record, "proposals": proposals}
