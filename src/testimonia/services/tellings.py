"""Who told an event, when, how often, and whose account had the teller read before?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from testimonia.analysis.tellings import Tellings, Told, find_tellings
from testimonia.errors import NotFoundError
from testimonia.model.comparison import Comparison, Event
from testimonia.model.provenance import Reliance
from testimonia.services.catalogue import Catalogue
from testimonia.services.comparing import Comparing
from testimonia.services.records import Record
from testimonia.services.relying import Relied, Relying
from testimonia.store.library import LibraryStore
from testimonia.text.anchoring import finding_id

STEP = "tellings 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Something on which a telling rests, by the reliance that says so: its name, its account where it is one, how it
    rests on it, whether the source says so itself, and its year; None where nothing says."""

    name: str
    account: str | None
    how: str
    stated: bool
    year: int | None
    reliance: str


class TellingsOfEvents:
    """Puts the accounts of events in the order of their telling, teller by teller."""

    def __init__(self, store: LibraryStore, catalogue: Catalogue, comparing: Comparing, relying: Relying) -> None:
        self._store = store
        self._catalogue = catalogue
        self._comparing = comparing
        self._relying = relying

    def of(self, comparison: Comparison) -> tuple[tuple[Tellings, ...], Mapping[str, tuple[Read, ...]]]:
        """The tellings of an event, and for each account (by its id) what its teller had read before telling.

        Analyses of reliance that are due run first. What by its date came later than the telling can't have been read
        and is left out, as are reliances that an editor refused.
        """
        for source in dict.fromkeys(a.source for a in comparison.accounts):
            self._catalogue.findings(Reliance, source)
        return find_tellings(comparison), self._read_before(comparison.event)

    def records(self, source: str | None = None) -> Iterator[Record]:
        """The tellings of all events as printed for programs, one record a teller; with `source`, of the events that
        an account in this source tells."""
        names = {s.source.sha256: s.source.name for s in self._store.sources()}
        for event in self._catalogue.events():
            comparison = self._comparing.compare(event.id)
            if source is not None and all(a.source != source for a in comparison.accounts):
                continue
            tellings, read = self.of(comparison)
            yield from (_record(event, tellers, read, names) for tellers in tellings)

    def _read_before(self, event: Event) -> dict[str, tuple[Read, ...]]:
        try:
            graph = self._relying.graph(event_id=event.id)
        except NotFoundError:
            return {}  # accounts that an editor put together: no event of the library
        things = {t.key: t for t in graph.things}
        out: dict[str, list[Read]] = {}
        for link in graph.links:
            if link.judged.rejected or link.too_early or link.rests == link.on:
                continue
            on, rests = things[link.on], things[link.rests]
            reliance = link.judged.finding
            if rests.standing != "account" or _is_later(on, rests) or not _was_read(on, reliance.how):
                continue
            out.setdefault(link.rests, []).append(
                Read(
                    name=on.name,
                    account=on.key if on.standing == "account" else None,
                    how=reliance.how,
                    stated=reliance.stated,
                    year=on.year,
                    reliance=reliance.id,
                )
            )
        return {key: tuple(dict.fromkeys(reads)) for key, reads in out.items()}


def _was_read(on: Relied, how: str) -> bool:
    """Does resting on it so mean that the teller knew it? Where an account is printed or translated says nothing of
    what its teller had read."""
    return how in ("informant", "paraphrases") or (how == "quotes" and on.standing in ("account", "held"))


def _is_later(on: Relied, rests: Relied) -> bool:
    return on.standing == "account" and None not in (on.year, rests.year) and (on.year or 0) > (rests.year or 0)


def _record(event: Event, tellings: Tellings, read: Mapping[str, tuple[Read, ...]], names: Mapping[str, str]) -> Record:
    first = tellings.told[0].account
    return {
        "id": finding_id("telling", event.source, event.id, *(t.account.id for t in tellings.told)),
        "kind": "telling",
        "source": first.source,
        "source_name": names.get(first.source, ""),
        "anchors": [],
        "step": STEP,
        "confidence": round(min(t.account.confidence for t in tellings.told), 4),
        "judgement": "proposed",
        "event": event.id,
        "teller": tellings.teller,
        "times": len(tellings.told),
        "told": [_told_record(t, read.get(t.account.id, ())) for t in tellings.told],
    }


def _told_record(told: Told, read: tuple[Read, ...]) -> Record:
    account = told.account
    return {
        "account": account.id,
        "title": account.title,
        "teller": account.teller,
        "told": account.told,
        "published": account.published,
        "told_after_years": list(told.after_years) if told.after_years is not None else None,
        "dropped": list(told.dropped),
        "added": list(told.added),
        "kept": list(told.kept),
        "read_before": [
            {"name": r.name, "account": r.account, "how": r.how, "stated": r.stated, "year": r.year,
             "reliance": r.reliance}
            for r in read
        ],
    }  # fmt: skip
