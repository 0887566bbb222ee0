"""Who quotes or repeats whom, also without quotation marks?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from testimonia.analysis.reuse import SharedPassage, shared_passages
from testimonia.errors import InvalidRecordError
from testimonia.model.layers import READING
from testimonia.model.spans import Anchor
from testimonia.services.check_texts import CheckText, teller_of, told_key, told_of
from testimonia.services.records import Record, anchor_record
from testimonia.store.codec import pack, unpack
from testimonia.store.library import LibraryStore
from testimonia.text.anchoring import finding_id
from testimonia.text.wording import hashed_words

if TYPE_CHECKING:
    from testimonia.services.checking import Checking

LEAST_WORDS = 20
# Raised where the same texts give other passages.
_KEPT = "reuse 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """One of the places where a passage stands: who tells there and when, as far as anything says."""

    source: str
    source_name: str
    anchor: Anchor
    part: str | None
    title: str | None
    teller: str | None
    told: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reused:
    """A passage that two sources share. `earlier` is the one told first where both times are known (`dated`)."""

    earlier: Appearance
    later: Appearance
    dated: bool
    words: int
    dense: float


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReuse:
    """What is shared by the sources of a library as it was: their layers by source and hash, and the passages."""

    layers: tuple[tuple[str, str], ...]
    passages: tuple[SharedPassage, ...]


class Reuse:
    """Finds what the sources of one library share. What is found is kept: a source that is added is looked for in all
    others, and the others are not compared with each other again."""

    def __init__(self, store: LibraryStore, checking: "Checking | None" = None) -> None:
        self._store = store
        self._checking = checking

    def find(self, sources: Iterable[str] | None = None, *, least_words: int = LEAST_WORDS) -> tuple[Reused, ...]:
        """The passages of at least so many words that two sources share; with `sources`, those that have part in it."""
        wanted = None if sources is None else set(sources)
        found = [
            p
            for p in self.shared(least_words)
            if min(p.one_words[1] - p.one_words[0], p.other_words[1] - p.other_words[0]) >= least_words
            and (wanted is None or p.one in wanted or p.other in wanted)
        ]
        opened: dict[str, CheckText] = {}
        starts: dict[str, list[int]] = {}
        for sha256 in {s for p in found for s in (p.one, p.other)}:
            opened[sha256] = CheckText.of_source(self._store, sha256)
            starts[sha256] = [int(at) for at in self._words(sha256)[1]]
        out = []
        for passage in found:
            one = _appearance(opened[passage.one], starts[passage.one], passage.one_words)
            other = _appearance(opened[passage.other], starts[passage.other], passage.other_words)
            if one is not None and other is not None:
                out.append(_reused(passage, one, other))
        return tuple(out)

    def shared(self, least_words: int = LEAST_WORDS) -> tuple[SharedPassage, ...]:
        """The passages that two sources share, in the order of the sources; those known are not looked for again.

        Fewer words than are kept for are looked for anew, and that is not kept.
        """
        layers = dict(sorted(self._store.layer_hashes(READING).items()))
        if self._checking is not None:
            self._checking.refresh()
        if least_words < LEAST_WORDS:
            return shared_passages({s: self._words(s)[0] for s in layers}, least_words=least_words)
        packed = self._store.computed(_KEPT)
        kept = unpack(KeptReuse, packed, where=_KEPT) if packed is not None else KeptReuse(layers=(), passages=())
        known = {s: layer for s, layer in kept.layers if layers.get(s) == layer}
        new = [s for s in layers if s not in known]
        passages = [p for p in kept.passages if p.one in known and p.other in known]
        if new:
            only = new if known else None
            passages += shared_passages({s: self._words(s)[0] for s in layers}, least_words=LEAST_WORDS, only=only)
            passages.sort(key=lambda p: (p.one, p.other, p.one_words, p.other_words))
        now = KeptReuse(layers=tuple(layers.items()), passages=tuple(passages))
        if now != kept:
            self._store.keep_computed(_KEPT, pack(now))
        return now.passages

    def _words(self, sha256: str) -> tuple[Sequence[int], Sequence[int]]:
        indexed = self._checking.words_of(sha256) if self._checking is not None else None
        return indexed if indexed is not None else hashed_words(self._store.layer(sha256, READING).text)

    def records(self, sources: Iterable[str] | None = None, *, least_words: int = LEAST_WORDS) -> tuple[Record, ...]:
        """The same as records: the later of the two rests on the earlier, which is only a proposal."""
        return tuple(_record(r) for r in self.find(sources, least_words=least_words))


def _appearance(text: CheckText, starts: list[int], words: tuple[int, int]) -> tuple[Appearance, str] | None:
    start = starts[words[0]]
    end = starts[words[1]] if words[1] < len(starts) else len(text.text)
    try:
        anchor = text.anchorer.anchor(start, end)
    except InvalidRecordError:  # words that recovery put in: there is nothing to cite
        return None
    part = text.part_at(start, end)
    return (
        Appearance(
            source=text.sha256, source_name=text.name, anchor=anchor, part=part.id if part else None,
            title=part.title if part else None, teller=teller_of(part) if part else None, told=told_of(part),
        ),
        told_key(part),
    )  # fmt: skip


def _reused(passage: SharedPassage, one: tuple[Appearance, str], other: tuple[Appearance, str]) -> Reused:
    earlier, later = (one, other) if one[1] <= other[1] else (other, one)
    return Reused(
        earlier=earlier[0],
        later=later[0],
        dated=earlier[1] != later[1] and "9999" not in (earlier[1], later[1]),
        words=passage.one_words[1] - passage.one_words[0],
        dense=passage.dense,
    )


def _record(r: Reused) -> Record:
    why = f"{r.words} words stand in both, {round(100 * r.dense)} in a hundred of them side by side"
    order = "the earlier by the times of telling" if r.dated else "which of the two is the earlier nothing says"
    return {
        "id": finding_id("reuse", r.later.source, r.later.anchor.start, r.earlier.source, r.earlier.anchor.start),
        "kind": "reuse",
        "source": r.later.source,
        "source_name": r.later.source_name,
        "anchors": [anchor_record(r.later.anchor)],
        "source_anchors": [anchor_record(r.earlier.anchor)],
        "step": "reuse 1",
        "confidence": round(min(0.95, 0.4 + 0.5 * r.dense + 0.005 * min(r.words, 20)), 4),
        "judgement": "proposed",
        "explanation": f"{why}; {order}.",
        "from": r.later.part,
        "on": r.earlier.part,
        "earlier_title": r.earlier.title,
        "earlier_told": r.earlier.told,
        "later_title": r.later.title,
        "later_told": r.later.told,
        "dated": r.dated,
        "words": r.words,
    }
