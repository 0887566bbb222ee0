"""Proposals of the machine as editors met them: kept with places in the sources as received, and cited anew."""

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from testimonia.errors import AmbiguousError, InvalidRecordError, NotFoundError
from testimonia.model.alignment import Place, Proposal, Unplaced
from testimonia.model.comparison import Comparison, Point, Statement
from testimonia.model.findings import Account
from testimonia.model.layers import ORIGINAL, READING
from testimonia.model.spans import Anchor
from testimonia.services.citing import reading_anchorer
from testimonia.store.library import LibraryStore
from testimonia.text.anchoring import Anchorer

KEPT = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A proposal as its sources read today. `lost` are passages whose words are not in the text any more; `cited` are
    the anchors of passages that an editor added."""

    comparison: Comparison
    places: dict[Anchor, Place]
    lost: tuple[Unplaced, ...] = ()
    cited: dict[Place, Anchor | None] = field(default_factory=dict)

    def place_of(self, anchor: Anchor) -> Place | None:
        """Where an anchor of the comparison stands in the source as received."""
        return self.places.get(anchor)


class Proposals:
    """Keeps comparisons, and gives them back with anchors in the text as it stands."""

    def __init__(self, store: LibraryStore) -> None:
        self._store = store
        self._standing: OrderedDict[tuple[str, ...], Standing] = OrderedDict()
        self._lock = Lock()

    def keep(self, comparison: Comparison) -> str:
        """Keep a comparison as it is proposed now; gives its key."""
        return self._store.keep_proposal(self._proposal(comparison))

    def standing(self, key: str) -> Standing:
        """The proposal of this key as its sources read today. Raises NotFoundError."""
        now = tuple(f"{source} {sha256}" for source, sha256 in sorted(self._store.layer_hashes(READING).items()))
        with self._lock:
            found = self._standing.get((key, *now))
            if found is None:
                found = self._read(key)
                self._standing[key, *now] = found
                if len(self._standing) > KEPT:
                    self._standing.popitem(last=False)
            self._standing.move_to_end((key, *now))
        return found

    def of(self, comparison: Comparison) -> Standing:
        """A comparison that was made just now, with its places; nothing is kept."""
        proposal = self._proposal(comparison)
        return Standing(comparison=comparison, places=dict(_placed(proposal)))

    def with_cited(self, standing: Standing, places: Sequence[Place]) -> Standing:
        """The same with the anchors of these passages, which are not in the proposal."""
        if not places:
            return standing
        cited = {**standing.cited, **{p: self._cited(p) for p in places}}
        known = {a: p for p, a in cited.items() if a is not None}
        return replace(standing, cited=cited, places={**standing.places, **known})

    def _cited(self, place: Place) -> Anchor | None:
        """The anchor of a place as its source reads today; None where other words stand there."""
        try:
            anchor = _cited_anew(reading_anchorer(self._store, place.source), place)
        except NotFoundError:
            return None
        return anchor if anchor is not None and anchor.quote == place.quote else None

    def find_words(self, account: Account, words: str) -> Place:
        """Where these words stand in an account, to the letter but for white space.

        Raises NotFoundError, and AmbiguousError where they stand there more than once.
        """
        anchorer = reading_anchorer(self._store, account.source)
        text = anchorer.layer.text[account.span.start : account.span.end]
        wanted = r"\s+".join(re.escape(word) for word in words.split())
        found = list(re.finditer(wanted, text)) if wanted else []
        if len(found) > 1:
            raise AmbiguousError(
                f"these words stand {len(found)} times in the account of {account.teller}", hint="Give more of them"
            )
        if not found:
            raise NotFoundError(
                f"these words do not stand in the account of {account.teller}",
                hint="Copy them from the Reader, to the letter",
            )
        start, end = (account.span.start + at for at in found[0].span())
        ranges = anchorer.original_ranges(start, end)
        quote = anchorer.anchor(start, end).quote
        return Place(source=account.source, start=min(r[0] for r in ranges), end=max(r[1] for r in ranges), quote=quote)

    def _proposal(self, comparison: Comparison) -> Proposal:
        sources = sorted({a.source for a in _anchors(comparison)})
        anchorers = {sha256: reading_anchorer(self._store, sha256) for sha256 in sources}
        places = []
        for anchor in _anchors(comparison):
            ranges = anchorers[anchor.source].original_ranges(anchor.start, anchor.end)
            start, end = min(r[0] for r in ranges), max(r[1] for r in ranges)
            places.append(Place(source=anchor.source, start=start, end=end, quote=""))
        hashes = self._store.layer_hashes(ORIGINAL)
        originals = tuple((sha256, hashes.get(sha256, "")) for sha256 in sources)
        return Proposal(comparison=comparison, places=tuple(places), originals=originals)

    def _read(self, key: str) -> Standing:
        proposal = self._store.proposal(key)
        placed = dict(_placed(proposal))
        hashes, originals = self._store.layer_hashes(READING), self._store.layer_hashes(ORIGINAL)
        old = {a.source for a in placed if hashes.get(a.source) != a.layer_sha256}
        if not old:
            return Standing(comparison=proposal.comparison, places=placed)
        gone = {sha256 for sha256, was in proposal.originals if originals.get(sha256) != was}
        anchorers = {sha256: reading_anchorer(self._store, sha256) for sha256 in old}
        now: dict[Anchor, Anchor] = {}
        lost = []
        for anchor, place in placed.items():
            cited = anchor if anchor.source not in old else _cited_anew(anchorers[anchor.source], place)
            # Where the source itself was read otherwise, offsets prove nothing: the very words must stand there.
            if cited is not None and (anchor.source not in gone or cited.quote == anchor.quote):
                now[anchor] = cited
            else:
                why = "the text of its source is another one now" if anchor.source in gone else "its words are gone"
                lost.append(Unplaced(why=why, place=place))
        points = tuple(_moved(p, now) for p in proposal.comparison.points)
        return Standing(
            comparison=replace(proposal.comparison, points=points),
            places={now[a]: replace(p, quote=now[a].quote) for a, p in placed.items() if a in now},
            lost=tuple(lost),
        )


def _anchors(comparison: Comparison) -> Iterator[Anchor]:
    for point in comparison.points:
        for statement in point.statements:
            yield from statement.anchors


def _placed(proposal: Proposal) -> Iterator[tuple[Anchor, Place]]:
    for anchor, place in zip(_anchors(proposal.comparison), proposal.places, strict=True):
        yield anchor, replace(place, quote=anchor.quote)


def _cited_anew(anchorer: Anchorer, place: Place) -> Anchor | None:
    """The anchor of this place in the text as it stands; None where nothing of it is left there."""
    to_reading = anchorer.layer.offset_map
    ranges = to_reading.to_child(place.start, place.end).ranges if to_reading is not None else ()
    if not ranges:
        return None
    try:
        return anchorer.anchor(min(r[0] for r in ranges), max(r[1] for r in ranges))
    except InvalidRecordError:
        return None


def _moved(point: Point, now: dict[Anchor, Anchor]) -> Point:
    statements = tuple(s for s in (_moved_statement(s, now) for s in point.statements) if s is not None)
    return replace(point, statements=statements)


def _moved_statement(statement: Statement, now: dict[Anchor, Anchor]) -> Statement | None:
    """The statement with its passages as they read today; a mark stays where its quotation reads as it did."""
    kept = [(n, a, now[a]) for n, a in enumerate(statement.anchors) if a in now]
    if not kept:
        return None
    at = {n: k for k, (n, a, cited) in enumerate(kept) if a.quote == cited.quote}
    return replace(
        statement,
        anchors=tuple(cited for _, _, cited in kept),
        clashes=tuple((at[n], s, e) for n, s, e in statement.clashes if n in at),
    )
