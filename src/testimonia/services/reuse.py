"""Who quotes or repeats whom, also without quotation marks?"""

from collections.abc import Iterable
from dataclasses import dataclass

from testimonia.analysis.reuse import SharedPassage, shared_passages
from testimonia.errors import InvalidRecordError
from testimonia.model.layers import READING
from testimonia.model.spans import Anchor
from testimonia.services.check_texts import CheckText, teller_of, told_key, told_of
from testimonia.services.records import Record, anchor_record
from testimonia.store.library import LibraryStore
from testimonia.text.anchoring import finding_id
from testimonia.text.wording import hashed_words

LEAST_WORDS = 20


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


class Reuse:
    """Finds what the sources of one library share."""

    def __init__(self, store: LibraryStore) -> None:
        self._store = store

    def find(self, sources: Iterable[str] | None = None, *, least_words: int = LEAST_WORDS) -> tuple[Reused, ...]:
        """The passages of at least so many words that two sources share; with `sources`, those that have part in it."""
        hashed = {
            sha256: hashed_words(self._store.layer(sha256, READING).text)
            for sha256 in sorted(self._store.layer_hashes(READING))
        }
        found = shared_passages({s: h for s, (h, _) in hashed.items()}, least_words=least_words, only=sources)
        opened: dict[str, CheckText] = {}
        out = []
        for passage in found:
            for sha256 in (passage.one, passage.other):
                if sha256 not in opened:
                    opened[sha256] = CheckText.of_source(self._store, sha256)
            one = _appearance(opened[passage.one], hashed[passage.one][1].tolist(), passage.one_words)
            other = _appearance(opened[passage.other], hashed[passage.other][1].tolist(), passage.other_words)
            if one is not None and other is not None:
                out.append(_reused(passage, one, other))
        return tuple(out)

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
