"""Set the accounts of one event side by side."""

import hashlib
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from testimonia.analysis.events import group_accounts
from testimonia.analysis.told import AccountText, read_account
from testimonia.errors import NotFoundError
from testimonia.model.comparison import Comparison, Event
from testimonia.model.findings import Account, Document, Finding, Gap, Mark, Notice, Redaction
from testimonia.model.layers import READING
from testimonia.model.spans import Anchor, Span
from testimonia.services.catalogue import Catalogue, accounts_of
from testimonia.services.citing import reading_anchorer
from testimonia.services.clock import Clock
from testimonia.services.records import Record, comparison_record
from testimonia.store.codec import pack, unpack
from testimonia.store.library import LibraryStore
from testimonia.text.anchoring import finding_id
from testimonia.text.recovery_record import TURNED_LATER

if TYPE_CHECKING:
    from testimonia.analysis.likeness import Encoder

GROUPING = "group accounts"
COMPARISON_VERSION = "8"
"""Another one where the same accounts would be compared otherwise: what was kept is computed again then."""
KEPT_COMPARISONS = 128
_NOT_TOLD = ("opener", "classification", "signature", "separator")


class Comparing:
    """Groups accounts into events and compares them; comparisons are computed when they are first asked for."""

    def __init__(
        self, store: LibraryStore, catalogue: Catalogue, load_encoder: Callable[[], "Encoder"], now: Clock
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._load_encoder = load_encoder
        self._now = now
        self._kept: OrderedDict[tuple[str, ...], Comparison] = OrderedDict()
        self._lock = Lock()

    def regroup(self) -> tuple[Event, ...]:
        """Group all accounts of the library into events again, and keep the groups."""
        accounts = self._store.findings(Account)
        documents = {d.id: d for d in self._store.findings(Document)}
        events = tuple(group_accounts(accounts, documents, self._texts(accounts)))
        self._store.keep_findings(GROUPING, "library", events, self._now())
        return events

    def accounts_of(self, sources: Sequence[str]) -> set[str]:
        """The ids of the accounts in these sources."""
        return {a.id for sha256 in sources for a in self._store.findings(Account, sha256)}

    def compare(self, event_id: str | None = None, sources: Sequence[str] = ()) -> Comparison:
        """The accounts of one event side by side; without an event, of the largest group found.

        With `sources`, the accounts of those sources: of one source its largest group, of several all their accounts.
        Raises NotFoundError where there is nothing to compare.
        """
        event, accounts = self._chosen(event_id, tuple(dict.fromkeys(sources)))
        key = (event.id, *(a.id for a in accounts), *self._layer_hashes(accounts))
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                found = self._computed_once(event, accounts, key)
                self._kept[key] = found
                if len(self._kept) > KEPT_COMPARISONS:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
        if found.event.title != event.title:  # an editor gave it another, which changes nothing else
            found = replace(found, event=replace(found.event, title=event.title))
        return found

    def _computed_once(self, event: Event, accounts: tuple[Account, ...], key: tuple[str, ...]) -> Comparison:
        """The comparison as another process kept it in the library; else computed, and kept there."""
        name = "comparison " + hashlib.sha256("\x1f".join((COMPARISON_VERSION, *key)).encode()).hexdigest()
        if (record := self._store.computed(name)) is not None:
            return unpack(Comparison, record, where=name)
        made = self._computed(event, accounts)
        self._store.keep_computed(name, pack(made))
        return made

    def record(self, comparison: Comparison) -> Record:
        """The comparison as printed for programs."""
        names = {s.source.sha256: s.source.name for s in self._store.sources()}
        return comparison_record(comparison, lambda sha256: names.get(sha256, ""), self._store.current_decisions())

    def events(self) -> tuple[Event, ...]:
        """The events that groups of accounts tell of, the largest first."""
        return self._catalogue.events()

    def texts_of(self, accounts: Sequence[Account]) -> dict[str, AccountText]:
        """The accounts with their words, by their ids."""
        return self._texts(accounts)

    def anchoring(self, accounts: Sequence[Account]) -> Callable[[str, int, int], Anchor]:
        """What cites a stretch of the reading layer of a source in which one of these accounts stands."""
        anchorers = {sha256: reading_anchorer(self._store, sha256) for sha256 in {a.source for a in accounts}}

        def anchor(source: str, start: int, end: int) -> Anchor:
            return anchorers[source].anchor(start, end)

        return anchor

    def _chosen(self, event_id: str | None, sources: tuple[str, ...]) -> tuple[Event, tuple[Account, ...]]:
        events = self._catalogue.events()
        if event_id is not None:
            event = next((e for e in events if event_id in (e.id, e.title)), None)
            if event is None:
                raise NotFoundError(f"there is no event {event_id!r}", hint="`testimonia list events` shows them")
            return event, self._accounts(event, sources)
        if len(sources) < 2 and (event := self._largest(events, sources)) is not None:
            return event, self._accounts(event, sources)
        if not sources:
            raise NotFoundError(
                "no two accounts of one event were found", hint="Choose sources to compare with --source, twice or more"
            )
        accounts = tuple(a for sha256 in sources for a in self._store.findings(Account, sha256))
        if len(accounts) < 2:
            raise NotFoundError("there are not two accounts in these sources", hint="Add or choose more sources")
        same = next((e for e in events if set(e.accounts) == {a.id for a in accounts}), None)
        return same or _gathered(accounts), accounts

    def _largest(self, events: Sequence[Event], sources: tuple[str, ...]) -> Event | None:
        """The event that most accounts of these sources tell (of all sources where none is named), two at least."""
        if not sources:
            return next((e for e in events if len(e.accounts) > 1), None)
        here = self.accounts_of(sources)
        told = [(len(here.intersection(e.accounts)), e) for e in events]
        most, event = max(told, key=lambda x: x[0], default=(0, None))
        return event if most > 1 else None

    def _accounts(self, event: Event, sources: tuple[str, ...]) -> tuple[Account, ...]:
        """The accounts of an event that lie in these sources, in all where none is named."""
        return tuple(a for a in accounts_of(self._store, event) if not sources or a.source in sources)

    def _computed(self, event: Event, accounts: tuple[Account, ...]) -> Comparison:
        # Numerics take longer to load than most commands to run: only where something is compared.
        from testimonia.analysis.comparison import compare_accounts

        texts = self._texts(accounts)
        told = [texts[a.id] for a in accounts]
        return compare_accounts(event, told, self.anchoring(accounts), self._load_encoder())

    def _texts(self, accounts: Sequence[Account]) -> dict[str, AccountText]:
        by_source: dict[str, list[Account]] = {}
        for account in accounts:
            by_source.setdefault(account.source, []).append(account)
        texts = {}
        for sha256, here in by_source.items():
            reading = self._store.layer(sha256, READING).text
            paragraphs, pages = self._store.paragraphs(sha256), self._store.pages(sha256)
            redactions = _in_order(self._store.findings(Redaction, sha256))
            skip = _in_order(m for m in self._store.findings(Mark, sha256) if m.role in _NOT_TOLD)
            missing = _missing_pages(self._store.findings(Gap, sha256))
            waiting = frozenset(
                a.page_index for n in self._store.findings(Notice, sha256) if n.code == TURNED_LATER for a in n.anchors
            )
            for account in here:
                inside = _inside(redactions, account), _inside(skip, account)
                texts[account.id] = read_account(account, reading, paragraphs, pages, *inside, missing, waiting)
        return texts

    def _layer_hashes(self, accounts: Sequence[Account]) -> tuple[str, ...]:
        hashes = self._store.layer_hashes(READING)
        return tuple(hashes[sha256] for sha256 in sorted({a.source for a in accounts}))


def _in_order(findings: Iterable[Finding]) -> list[Span]:
    """Where these findings stand in the reading text, in its order."""
    return sorted(f.anchors[0].span for f in findings if f.anchors and f.anchors[0].layer == READING)


def _missing_pages(gaps: Iterable[Gap]) -> list[tuple[int, str]]:
    """After which pages others are wanting, and what says so; of several in one hole the first."""
    out: dict[int, str] = {}
    for gap in gaps:
        if gap.what == "page" and gap.anchors:
            out.setdefault(gap.anchors[0].page_index, f"{gap.label or 'a page'} is missing: {gap.evidence}")
    return sorted(out.items())


def _inside(spans: list[Span], account: Account) -> list[Span]:
    """Those of the spans that start within the account."""
    first = bisect_left(spans, account.span.start, key=lambda s: s.start)
    return spans[first : bisect_left(spans, account.span.end, key=lambda s: s.start)]


def gathered_id(accounts: Iterable[str]) -> str:
    """The id of the event of accounts that an editor put together, in whatever order."""
    return finding_id("event", "", *sorted(accounts))


def _gathered(accounts: Sequence[Account]) -> Event:
    """The event of accounts that an editor put together: what it is, only they know."""
    first = accounts[0]
    return Event(
        id=gathered_id(a.id for a in accounts),
        source=first.source,
        anchors=tuple(anchor for a in accounts for anchor in a.anchors[:1]),
        step=first.step,
        confidence=1.0,
        reason="these sources were chosen to be compared",
        title=" / ".join(dict.fromkeys(a.title for a in accounts)),
        when=None,
        place=None,
        accounts=tuple(a.id for a in accounts),
    )
