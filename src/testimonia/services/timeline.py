"""When did it happen according to each account, and when was each told and published?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from testimonia.chronology.extent import FIRST, LAST, Extent, extent_of
from testimonia.errors import NotFoundError
from testimonia.model.comparison import Event, Judgement
from testimonia.model.dates import NamedDate
from testimonia.model.findings import Account, Document, Finding
from testimonia.model.layers import READING
from testimonia.services.by_source import BySource
from testimonia.services.catalogue import accounts_of
from testimonia.store.library import LibraryStore

NEAR = timedelta(days=31)
"""How far from an event a date may lie that an account of it names, to be shown with the event: our convention."""
DATES_OF_AN_ACCOUNT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something at a time: `what` happened ("told", "published", "dated", "names") to what has this `title`.

    `edtf` is the date as stored, `earliest` and `latest` its bounds without a zone (None where it has none on that
    side); `printed` is how the source says it, "" where it is the date of a record. `finding` says so, by `reason`.
    """

    what: str
    title: str
    edtf: str
    printed: str
    earliest: datetime | None
    latest: datetime | None
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTimes:
    """An event, and the dates near it that each of its accounts names, in the order of time."""

    event: Event
    own: Moment | None
    named: tuple[Moment, ...]


class Timeline:
    """Puts what the library tells and what tells it in the order of time. It runs no analysis."""

    def __init__(self, store: LibraryStore) -> None:
        self._store = store

        def told_in(source: str | None) -> Iterable[Account | Document]:
            return (*store.findings(Account, source), *store.findings(Document, source))

        self._told: BySource[Account | Document, tuple[Moment, ...], tuple[Moment, ...]] = BySource(
            lambda: store.layer_hashes(READING), told_in, _moments, _in_order
        )

    def telling(self, source: str | None = None, accounts: Sequence[str] | None = None) -> tuple[Moment, ...]:
        """When each account was told and published, and which date each other document bears: of the library, of one
        source, or of these accounts; by the earliest that it can have been. What an editor has refused is left out."""
        decisions = self._store.current_decisions()
        wanted = None if accounts is None else set(accounts)
        return tuple(
            m
            for m in self._told.now()
            if source in (None, m.finding.source)
            and (wanted is None or m.finding.id in wanted)
            and not _is_refused(decisions.get(m.finding.id))
        )

    def event(self, event_id: str) -> EventTimes:
        """When an event happened, as each of its accounts says. Raises NotFoundError."""
        event = self._store.finding(event_id)
        if not isinstance(event, Event):
            raise NotFoundError("that is no event", where=event_id[:80], hint="See the Library")
        own = _moment("happened", event.title, event.when, event) if event.when else None
        return EventTimes(event=event, own=own, named=tuple(self._named(event, own)))

    def _named(self, event: Event, own: Moment | None) -> list[Moment]:
        if own is None or own.earliest is None or own.latest is None:
            return []
        around = Extent(earliest=own.earliest, latest=own.latest).wider(NEAR, NEAR)
        decisions = self._store.current_decisions()
        found = []
        for account in accounts_of(self._store, event):
            named = [
                moment
                for date in self._store.findings(NamedDate, account.source)
                if date.type in ("date", "time") and _lies_in(date, account) and date.edtf is not None
                and not _is_refused(decisions.get(date.id))
                and (moment := _named_moment(account, date)) is not None
                and _overlaps(moment, around)
            ]  # fmt: skip
            found.extend(_each_once(named)[:DATES_OF_AN_ACCOUNT])
        return found


def _moments(findings: Sequence[Account | Document]) -> tuple[Moment, ...]:
    """Of the accounts, and of the documents that are no account themselves."""
    found = []
    accounts = [f for f in findings if isinstance(f, Account)]
    is_account = {a.document for a in accounts}
    for account in accounts:
        for what, edtf in (("told", account.told), ("published", account.published)):
            if edtf:
                found.append(_moment(what, account.title or account.teller, edtf, account))
    found += [
        _moment("dated", d.title, d.date, d)
        for d in findings
        if isinstance(d, Document) and d.date and d.id not in is_account
    ]
    return tuple(found)


def _in_order(of_sources: Iterable[Sequence[Moment]]) -> tuple[Moment, ...]:
    return tuple(sorted((m for moments in of_sources for m in moments), key=_when))


def _when(moment: Moment) -> tuple[datetime, datetime, str, str]:
    # What is only known to lie before a date is set there: where else, nobody knows.
    earliest = moment.earliest or moment.latest or LAST
    return earliest, moment.latest or LAST, moment.what, moment.finding.id


def _moment(what: str, title: str, edtf: str, finding: Finding, printed: str = "") -> Moment:
    earliest, latest = bounds(edtf)
    return Moment(what=what, title=title, edtf=edtf, printed=printed, earliest=earliest, latest=latest, finding=finding)


def bounds(edtf: str) -> tuple[datetime | None, datetime | None]:
    """From when to when is that, in local time or UTC as it says? None for a side that is open or can't be read.

    >>> bounds("../1907")[0], str(bounds("../1907")[1])
    (None, '1907-12-31 23:59:59')
    """
    first, _, last = edtf.partition("/")
    if last and first in ("", ".."):
        return None, _side(last, lambda e: e.latest)
    if last in ("", "..") and "/" in edtf:
        return _side(first, lambda e: e.earliest), None
    return _side(edtf, lambda e: e.earliest), _side(edtf, lambda e: e.latest)


def _side(edtf: str, side: Callable[[Extent], datetime]) -> datetime | None:
    extent = extent_of(edtf)
    return None if extent is None else side(extent).replace(tzinfo=None)


def _named_moment(account: Account, date: NamedDate) -> Moment | None:
    earliest, latest = _moment_of(date.earliest), _moment_of(date.latest)
    if earliest is None or latest is None:
        return None
    return Moment(
        what="names", title=account.title or account.teller, edtf=date.edtf or "", printed=date.printed,
        earliest=earliest, latest=latest, finding=date,
    )  # fmt: skip


def _moment_of(iso: str | None) -> datetime | None:
    if iso is None:
        return None
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo is not None else moment


def _lies_in(date: NamedDate, account: Account) -> bool:
    anchor = date.anchors[0]
    return anchor.layer == READING and account.span.start <= anchor.start < account.span.end


def _overlaps(moment: Moment, around: Extent) -> bool:
    # A year or a longer time says nothing of when it happened within the month.
    earliest, latest = moment.earliest or FIRST, moment.latest or LAST
    return earliest <= around.latest and latest >= around.earliest and latest - earliest <= 3 * NEAR


def _each_once(moments: Sequence[Moment]) -> list[Moment]:
    """The same time is shown once for an account: where it is said first."""
    first: dict[str, Moment] = {}
    for moment in moments:
        first.setdefault(moment.edtf, moment)
    return sorted(first.values(), key=_when)


def _is_refused(decision: Judgement | None) -> bool:
    return decision is not None and decision.decision == "rejected"
