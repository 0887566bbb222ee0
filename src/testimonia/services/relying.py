"""Who relies on whom: accounts in the order of telling, what each rests on, and on how many sources they all rest."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from testimonia.analysis.reliance import independent
from testimonia.errors import NotFoundError
from testimonia.model.citations import Reference
from testimonia.model.comparison import Event
from testimonia.model.findings import Account, Finding, Gap
from testimonia.model.provenance import Reliance
from testimonia.services.catalogue import accounts_of
from testimonia.services.changing import as_changed
from testimonia.services.describing import Describing, Judged
from testimonia.services.timeline import bounds
from testimonia.store.library import LibraryStore

STANDINGS = ("account", "held", "absent", "lost")
"""What stands in the graph: an account, a document of the library, one not in it, a record known to be missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relied:
    """One thing in the graph: an account or what accounts rest on. `year` is that of its telling (for an account) or
    of its publication, None where nothing says; `edtf` says the same with its uncertainty. `shown` is what the Reader
    can open, None for what only words name."""

    key: str
    name: str
    standing: str
    year: int | None
    edtf: str | None
    shown: Finding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One reliance between two things of the graph, by their keys; `judged` is the finding as it is kept. `too_early`
    says that by their dates the one was told before the other: then it can't rest on it as they stand."""

    rests: str
    on: str
    judged: Judged[Reliance]
    too_early: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RelianceGraph:
    """All things by year and name, accounts among them; and the links between them, refused ones too."""

    things: tuple[Relied, ...]
    links: tuple[Link, ...]
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonSource:
    """Accounts that are one source, with the reliances that make them one (none where it is a single account)."""

    accounts: tuple[Account, ...]
    because: tuple[Link, ...]


class Relying:
    """Draws the graph of reliance of an event or a source. It runs no analysis: see `Analysing.due`."""

    def __init__(self, store: LibraryStore, describing: Describing) -> None:
        self._store = store
        self._describing = describing

    def graph(self, *, event_id: str | None = None, source: str | None = None) -> RelianceGraph:
        """The accounts of an event, or of a source, and all that they rest on. Raises NotFoundError."""
        decisions = self._store.current_decisions()

        def stands(finding: Finding) -> bool:
            return finding.id not in decisions or decisions[finding.id].decision != "rejected"

        found = self._accounts_of_event(event_id) if event_id else self._store.findings(Account, source)
        accounts = tuple(filter(stands, found))
        sources = dict.fromkeys(a.source for a in accounts)
        if source:
            sources[source] = None
        links, named = self._links(sources, {a.id for a in accounts} if event_id else None)
        lost = [g for sha256 in sources for g in self._store.findings(Gap, sha256) if g.what == "record" and stands(g)]
        things = {
            **named,
            **{g.id: _relied(g.id, g.label or g.evidence, "lost", None, g) for g in lost},
            **{a.id: _relied(a.id, a.title or a.teller, "account", a.told or a.published, a) for a in accounts},
        }
        ordered = sorted(things.values(), key=lambda t: (t.year is None, t.year or 0, t.name.casefold(), t.key))
        return RelianceGraph(
            things=tuple(ordered),
            links=tuple(
                replace(
                    link, judged=Judged(finding=link.judged.finding, decision=decisions.get(link.judged.finding.id))
                )
                for link in links
            ),
            accounts=tuple(sorted(accounts, key=lambda a: (year_of(a.told or a.published) or 9999, a.title, a.id))),
        )

    def common_sources(self, graph: RelianceGraph, chosen: Sequence[str]) -> tuple[CommonSource, ...]:
        """On how many independent sources do these accounts (by their ids) rest, and which reliances say so?

        Raises NotFoundError for what is no account of the graph.
        """
        by_id = {a.id: a for a in graph.accounts}
        for account in chosen:
            if account not in by_id:
                raise NotFoundError("that account is not among these", where=account[:80], hint="Choose again")
        wanted = tuple(dict.fromkeys(chosen))
        links = [link for link in graph.links if not link.judged.rejected]
        reliances = [replace(link.judged.finding, rests=link.rests, on=link.on) for link in links]
        used = [
            link for link, r in zip(links, reliances, strict=True) if r.how != "quotes" or link.on in wanted
        ]  # as `independent` does: to be printed in one book makes no common source
        return tuple(
            CommonSource(accounts=tuple(by_id[a] for a in group), because=_joining(group, used))
            for group in independent(wanted, reliances)
        )

    def _accounts_of_event(self, event_id: str) -> tuple[Account, ...]:
        event = self._store.finding(event_id)
        if not isinstance(event, Event):
            raise NotFoundError("that is no event", where=event_id[:80], hint="See the Library")
        return accounts_of(self._store, event)

    def _links(self, sources: Iterable[str], only: set[str] | None) -> tuple[list[Link], dict[str, Relied]]:
        """The reliances of these sources (with `only`: those in which one of these accounts rests, and what is said of
        no account), and what they name besides accounts."""
        decisions = self._store.current_decisions()
        links: list[Link] = []
        named: dict[str, Relied] = {}
        for sha256 in sources:
            accounts = {a.id: a for a in self._store.findings(Account, sha256)}
            references = {r.id: r for r in self._store.findings(Reference, sha256)}
            for found in self._store.findings(Reliance, sha256):
                reliance = as_changed(found, decisions.get(found.id))
                if only is not None and reliance.rests in accounts and reliance.rests not in only:
                    continue
                ends: list[Relied] = []
                for given, name in ((reliance.rests, reliance.rests_name), (reliance.on, reliance.on_name)):
                    thing = self._thing(given, name, accounts, references)
                    named.setdefault(thing.key, thing)
                    ends.append(thing)
                judged = Judged(finding=reliance, decision=None)
                links.append(Link(rests=ends[0].key, on=ends[1].key, judged=judged, too_early=_too_early(*ends)))
        return links, named

    def _thing(
        self, given: str | None, name: str, accounts: dict[str, Account], references: dict[str, Reference]
    ) -> Relied:
        if given in accounts:
            account = accounts[given]
            return _relied(account.id, account.title or account.teller, "account", account.told, account)
        reference = references.get(given or "")
        if reference is None:
            return _relied(f"name:{name.casefold()}", name, "absent", None, None)
        meant = references.get(reference.refers_to or "", reference)
        document = self._describing.document_of(meant)
        edtf = str(meant.year) if meant.year is not None else None
        if document is None:
            return _relied(meant.id, name, "absent", edtf, reference)
        # A document that is one account is that account: whoever rests on the one rests on the other.
        told = [a for a in self._store.findings(Account, document.source) if a.document == document.id]
        if len(told) == 1:
            return _relied(told[0].id, told[0].title or name, "account", told[0].told or edtf, told[0])
        return _relied(document.id, document.title, "held", document.date or edtf, document)


def _relied(key: str, name: str, standing: str, edtf: str | None, shown: Finding | None) -> Relied:
    return Relied(key=key, name=name, standing=standing, year=year_of(edtf), edtf=edtf, shown=shown)


def year_of(edtf: str | None) -> int | None:
    """The year under which a date is put: its earliest, or its latest where it has no earliest. What is about a year is
    put under that year.

    >>> year_of("../1907"), year_of("1899-02/1901"), year_of("1907~"), year_of(None)
    (1907, 1899, 1907, None)
    """
    earliest, latest = bounds(re.sub("[~?%]", "", edtf)) if edtf else (None, None)
    moment = earliest or latest
    return moment.year if moment else None


def _too_early(rests: Relied, on: Relied) -> bool:
    if (rests.standing, on.standing) != ("account", "account"):
        return False  # what was told long before can be printed in a later book
    latest, earliest = bounds(rests.edtf or "")[1], bounds(on.edtf or "")[0]
    return latest is not None and earliest is not None and latest < earliest


def _joining(group: Sequence[str], links: Sequence[Link]) -> tuple[Link, ...]:
    """The links that make these accounts one: those between them, over whatever two or more of them rest on."""
    if len(group) < 2:
        return ()
    reached, kept = set(group), list(links)
    growing = True
    while growing:
        more = {key for link in kept if {link.rests, link.on} & reached for key in (link.rests, link.on)} - reached
        growing = bool(more)
        reached |= more
    kept = [link for link in kept if link.rests in reached and link.on in reached]
    pruned = True
    while pruned:
        ends = [key for link in kept for key in (link.rests, link.on)]
        still = [link for link in kept if all(key in group or ends.count(key) > 1 for key in (link.rests, link.on))]
        pruned, kept = len(still) < len(kept), still
    return tuple(kept)
