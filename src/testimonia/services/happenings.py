"""Events as their accounts tell them, and how accounts might be grouped otherwise."""

from collections.abc import Iterator

from testimonia.analysis.claims.find import find_claims
from testimonia.analysis.claims.persons import Persons
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
        return propose_changes(self._comparing.events(), accounts, self._comparing.texts_of(list(accounts.values())))

    def records(self, source: str | None = None) -> Iterator[Record]:
        """The events as printed for programs, each with the changes that are proposed to it as `proposals`."""
        names = {s.source.sha256: s.source.name for s in self._store.sources()}
        sources = {a.id: a.source for a in self._store.findings(Account)}
        decisions = self._store.current_decisions()
        changes = self.changes()
        for event in self.events():
            if source is not None and source not in {sources.get(a) for a in event.accounts}:
                continue
            record = finding_record(event, names.get(event.source, ""), decisions.get(event.id))
            proposals = [
                finding_record(c, names.get(c.source, ""), decisions.get(c.id)) for c in changes if event.id in c.events
            ]
            yield {**record, "proposals": proposals}
