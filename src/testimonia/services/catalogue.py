"""What is in the library?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

from testimonia.analysis.grouping import Grouped, follow_acts, standing_rows
from testimonia.errors import AmbiguousError, NotFoundError
from testimonia.model.citations import Reference
from testimonia.model.collation import Restoration
from testimonia.model.comparison import Event, Judgement
from testimonia.model.dates import NamedDate
from testimonia.model.findings import Account, Document, Finding, Gap, Mark, Note, Notice, Redaction, Repair
from testimonia.model.names import Name
from testimonia.model.opinions import Opinion
from testimonia.model.provenance import Provenance, Reliance
from testimonia.model.resting import Resting
from testimonia.services.analysing import Analysing
from testimonia.services.entities import Named
from testimonia.services.records import (
    Record,
    finding_record,
    link_record,
    page_record,
    resting_record,
    source_record,
)
from testimonia.services.remembering import Remembered
from testimonia.services.resting import RestingOnGaps
from testimonia.store.library import F, LibraryStore, StoredSource

FINDINGS: Mapping[str, type[Finding]] = {
    "documents": Document,
    "accounts": Account,
    "notes": Note,
    "gaps": Gap,
    "redactions": Redaction,
    "marks": Mark,
    "repairs": Repair,
    "notices": Notice,
    "events": Event,
    "restorations": Restoration,
    "dates": NamedDate,
    "names": Name,
    "references": Reference,
    "provenance": Provenance,
    "reliances": Reliance,
    "opinions": Opinion,
}
NAME_TYPES_OF: Mapping[str, str] = {"people": "person", "organisations": "organisation", "places": "place"}
"""Kinds that are the names of one type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """One row of the library: a source, and how much of each kind was found in it."""

    stored: StoredSource
    counts: Mapping[str, int]


def accounts_of(store: LibraryStore, event: Event) -> tuple[Account, ...]:
    """The accounts that tell of an event, in its order, without those whose source was read again since."""
    found = []
    for account_id in event.accounts:
        try:
            account = store.finding(account_id)
        except NotFoundError:
            continue
        if isinstance(account, Account):
            found.append(account)
    return tuple(found)


class Catalogue:
    """Sources and findings, by name and by kind."""

    def __init__(self, store: LibraryStore, analysing: Analysing) -> None:
        self._store = store
        self._analysing = analysing
        self.named = Named(store, analysing)
        self._sources = Remembered(store, self._read_sources)
        self._events = Remembered(store, self._read_events)

    def sources(self) -> tuple[SourceEntry, ...]:
        """Every source with its counts, in the order in which they were added."""
        return self._sources.now()

    def _read_sources(self) -> tuple[SourceEntry, ...]:
        counts = self._store.counts()
        return tuple(SourceEntry(stored=s, counts=counts.get(s.source.sha256, {})) for s in self._store.sources())

    def find_source(self, text: str) -> StoredSource:
        """Which source does this name mean: a file name, a path as added, or the first characters of its SHA-256?

        The name or path of a page image that was bound into a source with others means that source. Raises
        NotFoundError, and AmbiguousError where more than one answers.
        """
        return self.find_page(text)[0]

    def find_page(self, text: str) -> tuple[StoredSource, int | None]:
        """The same, with the page (0-based) where this names one of the images that were bound into a source."""
        stored = [e.stored for e in self.sources()]
        for matches in (
            [s for s in stored if s.source.sha256 == text],
            [s for s in stored if text in (s.source.name, s.source.path)],
            [s for s in stored if s.source.path.endswith("/" + text)],
            [s for s in stored if len(text) >= 4 and s.source.sha256.startswith(text.lower())],
        ):
            if len(matches) == 1:
                return matches[0], None
            if matches:
                names = ", ".join(f"{s.source.sha256[:12]} ({s.source.path})" for s in matches[:5])
                raise AmbiguousError(f"{text!r} names {len(matches)} sources: {names}", hint="Give more of its SHA-256")
        pages = [(s, page) for s in stored if (page := _page_of_member(s, text)) is not None]
        if len(pages) == 1:
            return pages[0]
        if pages:
            names = ", ".join(s.source.path for s, _ in pages[:5])
            raise AmbiguousError(f"{text!r} is a page of {len(pages)} sources: {names}", hint="Give its path")
        raise NotFoundError(
            f"no source is named {text!r}", hint="`testimonia list sources --json` shows what is in the library"
        )

    def findings(self, kind: type[F], source: str | None = None) -> tuple[F, ...]:
        """The findings of one kind, of one source or of all, in the order of the text; analyses that are due run.

        Names name what editors decided that they name.
        """
        if kind is Name:
            return cast("tuple[F, ...]", self.named.names(source))
        self._analysing.bring_up_to_date((kind,), source)
        return self._store.findings(kind, source)

    def events(self) -> tuple[Event, ...]:
        """The events that groups of accounts tell of, as editors left them, the largest group first."""
        return self._events.now().events

    def unplaced_groupings(self) -> Mapping[str, str]:
        """For each decision on events that does nothing any more, by its id, why."""
        return self._events.now().unplaced

    def _read_events(self) -> Grouped:
        grouped = Grouped(events=self._store.findings(Event), unplaced={})
        if rows := standing_rows(self._store.judgements()):
            accounts = {a.id: a for a in self._store.findings(Account)}
            grouped = follow_acts(grouped.events, accounts, rows)
        ordered = sorted(grouped.events, key=lambda e: (-len(e.accounts), -e.confidence, e.id))
        return replace(grouped, events=tuple(ordered))

    def records(self, kind: str, source: str | None = None) -> Iterator[Record]:
        """The records of one kind, of one source or of all. `kind` is a plural of INTERFACE ("gaps")."""
        entries = [e for e in self.sources() if source in (None, e.stored.source.sha256)]
        if kind == "sources":
            yield from (source_record(e.stored, e.counts) for e in entries)
        elif kind == "pages":
            for entry in entries:
                yield from self._pages(entry.stored)
        else:
            names = {e.stored.source.sha256: e.stored.source.name for e in entries}
            decisions = self._store.current_decisions()
            filled = self._filled(decisions) if kind == "gaps" else {}
            resting: dict[str, tuple[Resting, ...]] = {}
            only = NAME_TYPES_OF.get(kind)
            of_entities = self.named.decisions()
            for finding in self.findings(FINDINGS["names" if only else kind], source):
                if only is not None and isinstance(finding, Name) and finding.type != only:
                    continue
                record = finding_record(finding, names.get(finding.source, ""), decisions.get(finding.id))
                if isinstance(finding, Name):
                    record["entity_judgement"] = of_entities.get(finding.entity, "proposed")
                    record["authority"] = link_record(self.named.links().get(finding.entity))
                if kind == "gaps":
                    if finding.id not in resting:
                        resting = {
                            g.gap.id: g.resting for g in RestingOnGaps(self._store, self.events).of(finding.source)
                        }
                    record["filled_by"] = filled.get(finding.id, [])
                    record["rests_on_it"] = [resting_record(r) for r in resting.get(finding.id, ())]
                yield record

    def _filled(self, decisions: Mapping[str, Judgement]) -> dict[str, list[str]]:
        """For each gap that another release fills, the ids of the restorations that no editor has rejected."""
        filled: dict[str, list[str]] = {}
        for one in self._store.findings(Restoration):
            decision = decisions.get(one.id)
            if one.fills is not None and (decision is None or decision.decision != "rejected"):
                filled.setdefault(one.fills, []).append(one.id)
        return filled

    def _pages(self, stored: StoredSource) -> Iterator[Record]:
        sha256 = stored.source.sha256
        names = self._store.layer_names(sha256)
        if names:
            step = str(self._store.layer(sha256, names[-1]).step)
            for page in self._store.pages(sha256):
                yield page_record(page, stored, step, self._store.scan(sha256, page.page_index))


def _page_of_member(stored: StoredSource, text: str) -> int | None:
    """The page of the image with this name, or whose path ends so, among those that were bound into this source."""
    members = stored.source.members
    if not members:
        return None
    folder, _, name = text.replace("\\", "/").rpartition("/")
    if name not in members or not f"/{stored.source.path}".replace("\\", "/").endswith(f"/{folder}" if folder else ""):
        return None
    return members.index(name)
