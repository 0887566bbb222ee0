"""Numbers, times and places of the same thing that can't both be true, or that are not the same."""

from collections.abc import Iterator, Sequence
from typing import Any

from testimonia.analysis.claims.find import TypedClaim
from testimonia.analysis.claims.moments import Moment
from testimonia.analysis.quantities import Quantity
from testimonia.analysis.relations.clashes import MOST_CONTEXT, Clash, Said, Words, context
from testimonia.analysis.relations.sharing import same_act, shared_topic
from testimonia.analysis.words import stem

NUMBERS, TIMES, PLACES = "different numbers", "different times", "different places"
NOT_THE_SAME = ", which can both be true"
# Words for what is counted are no sign that two numbers are of the same thing.
_COUNTED = frozenset(
    map(stem, ("men", "man", "people", "person", "day", "days", "hour", "week", "month", "year", "night"))
)
_CLOCKS = ("time of day", "deadline")
# Two that can both be true differ at most.
_COMPATIBLE = 1.2


def numbers(i: int, j: int, p: Said, q: Said, ignored: frozenset[str]) -> Iterator[Clash]:
    """Numbers of the same thing."""
    both = context(p, q, ignored) - _COUNTED
    for one in p.terms.quantities:
        for other in q.terms.quantities:
            if one.of != other.of or one.of in _CLOCKS:
                continue
            shared = len(both - {one.of})
            words = (_quantity_words(p, one), _quantity_words(q, other))
            if one.clashes(other):
                if shared or one.of == "people":
                    yield _clash(i, j, NUMBERS, one.of, words, 1.0 + min(shared, MOST_CONTEXT))
            elif (one.low, one.high) != (other.low, other.high) and shared:
                yield _clash(i, j, NUMBERS + NOT_THE_SAME, one.of, words, _COMPATIBLE)


def given_by_both(clash: Clash, read: Sequence[Sequence[Said]]) -> bool:
    """Does one of the two give the other's number or time as well? Then they may speak of two things."""
    if not clash.kind.startswith((NUMBERS, TIMES)):
        return False
    sides = ((clash.one, clash.words[0], clash.other), (clash.other, clash.words[1], clash.one))
    return (
        any(
            any(value.of == own.of and not value.clashes(own) for value in _values(read[there], clash.kind))
            for here, words, there in sides
            for own in _values(read[here], clash.kind, words.start)
        )
        and NOT_THE_SAME not in clash.kind
    )


def _values(said: Sequence[Said], kind: str, at: int | None = None) -> list[Any]:
    found: list[tuple[int, Any]] = []
    for s in said:
        values = s.terms.quantities if kind.startswith(NUMBERS) else [m for c in s.claims for m in c.moments]
        found += [(s.passage.start + v.start, v) for v in values]
    return [v for start, v in found if at is None or start == at]


def times(i: int, j: int, p: Said, q: Said, ignored: frozenset[str]) -> Iterator[Clash]:
    """Times of the same act: of the same claim, or of sentences that have a word in common besides."""
    for c in p.claims:
        for d in q.claims:
            if not (c.moments and d.moments):
                continue
            acts = same_act(c, d) and c.denied == d.denied
            shared = len(context(p, q, ignored) - _COUNTED) if acts else len(shared_topic(c, d, ignored) - _COUNTED)
            for one in c.moments:
                for other in d.moments:
                    if one.of != other.of or not (acts or shared > 1 or one.of in _CLOCKS):
                        continue
                    yield from _times(i, j, p, q, one, other, shared if acts else shared - 1)


def _times(i: int, j: int, p: Said, q: Said, one: Moment, other: Moment, shared: int) -> Iterator[Clash]:
    words = (p.words(p.passage.start + one.start, p.passage.start + one.end),
             q.words(q.passage.start + other.start, q.passage.start + other.end))  # fmt: skip
    if one.clashes(other):
        yield _clash(i, j, TIMES, one.of, words, 1.0 + min(max(shared, 0), MOST_CONTEXT))
    elif one.spans != other.spans and shared > 0:
        yield _clash(i, j, TIMES + NOT_THE_SAME, one.of, words, _COMPATIBLE)


def places(i: int, j: int, p: Said, q: Said, ignored: frozenset[str]) -> Iterator[Clash]:
    """Where the same act was, in two places that shut each other out."""
    for c in p.claims:
        for d in q.claims:
            if not (c.places and d.places and same_act(c, d)) or c.denied != d.denied or not _is_placed(c, d):
                continue
            own = {stem(w) for x in (*c.places, *d.places) for w in x.text.split()}
            shared = len(shared_topic(c, d, ignored) - own) + (c.key in _PLACED)
            for one in c.places:
                for other in d.places:
                    if one.clashes(other) and shared:
                        words = (p.words(p.passage.start + one.start, p.passage.start + one.end),
                                 q.words(q.passage.start + other.start, q.passage.start + other.end))  # fmt: skip
                        yield _clash(i, j, PLACES, c.key, words, 1.0 + min(shared, MOST_CONTEXT))


# Acts that are at one place, and that by themselves are enough to be of one thing.
_PLACED = frozenset(("meeting", "burial", "arrest", "death", "signing"))
_MOVING = frozenset(
    (
        "be",
        "have",
        "writing",
        "making",
        "use",
        "want",
        "knowledge",
        "belief",
        "arrival",
        "departure",
        "crossing",
        "return",
        "sending",
        "handing",
        "bringing",
        "statement",
    )
)


def _is_placed(c: TypedClaim, d: TypedClaim) -> bool:
    """Is it done at one place? Who went may have been in both, and what is printed in a book is nowhere."""
    return c.key not in _MOVING and d.key not in _MOVING and c.certainty == d.certainty == "sure"


def _clash(i: int, j: int, kind: str, key: str, words: tuple[Words, Words], weight: float) -> Clash:
    return Clash(one=i, other=j, kind=kind, key=key, words=words, weight=weight)


def _quantity_words(said: Said, quantity: Quantity) -> Words:
    return said.words(said.passage.start + quantity.start, said.passage.start + quantity.end)
