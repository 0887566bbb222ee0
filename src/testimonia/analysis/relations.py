"""How do the accounts of one point stand to each other, and which words clash?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from testimonia.analysis.claims import Claims, Term, is_act, opposite, read_claims
from testimonia.analysis.people import SAYING
from testimonia.analysis.quantities import Quantity
from testimonia.analysis.told import Passage
from testimonia.analysis.words import is_light, stem

# From here on a clash is named a contradiction; a weaker one is a difference.
_CONTRADICTS, _DIFFERS = 2.0, 1.0
# What sentences have in common makes a clash surer, up to so many words.
_MOST_CONTEXT = 2
_WORDS_AROUND = 3
# How much words of others weigh against an account's own, and from what share in quotation marks on it is all speech.
_OF_OTHERS, _SPOKEN = 0.4, 0.6
DENIAL = "one denies what the other says"
# Words for what is counted are no sign that two numbers are of the same thing.
_COUNTED = frozenset(
    map(stem, ("men", "man", "people", "person", "day", "days", "hour", "week", "month", "year", "night"))
)
# Nor is it one that both sentences say who spoke.
_SPEAKING = frozenset(map(stem, SAYING.split("|")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Some words of a passage: half-open offsets in the reading layer, and the words themselves."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two accounts that can't both be right, or at least do not say the same.

    `one` and `other` are places in the row, `kind` says what clashes in words, `key` is what it is about.
    """

    one: int
    other: int
    kind: str
    key: str
    words: tuple[Words, Words]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """The relation, the version number of each statement, the clashes (strongest first), how sure, and why."""

    relation: str
    versions: tuple[int, ...]
    clashes: tuple[Clash, ...]
    confidence: float
    reason: str


def relate(said: Sequence[Sequence[Passage]], tellers: Sequence[str], ignored: frozenset[str], near: float) -> Related:
    """Do these statements, one an account, agree, differ or contradict?

    `ignored` are keys that say nothing about the matter (the names of those who take part). `near` is how alike the
    passages are on average. The clashes are of what is asserted and denied, of opposites, of numbers and of times.
    """
    if len(said) == 1:
        return Related(
            relation="single", versions=(0,), clashes=(), confidence=0.5, reason="no other account speaks of it"
        )
    read = [[(p, read_claims(p.text)) for p in passages] for passages in said]
    found = [
        clash
        for i, j in combinations(range(len(said)), 2)
        for p in read[i]
        for q in read[j]
        for clash in (*_denials(i, j, p, q, ignored), *_quantities(i, j, p, q, ignored))
    ]
    found = [c for c in found if not _both_ways(c, read)]
    found.sort(key=lambda c: (-c.weight, c.one, c.other, c.words[0].start, c.words[1].start))
    alike = min(0.3, max(0.0, near / 3))
    if not found or found[0].weight < _DIFFERS:
        return Related(
            relation="agree",
            versions=(0,) * len(said),
            clashes=(),
            confidence=round(0.4 + alike, 3),
            reason=_shared_reason(read, ignored),
        )
    strongest = found[0]
    relation = "contradict" if strongest.weight >= _CONTRADICTS else "differ"
    kept = tuple(c for c in found if c.kind == strongest.kind and c.key == strongest.key)
    sides = "; ".join(
        f"{tellers[n]}: “{words.text}”"
        for n, words in ((strongest.one, strongest.words[0]), (strongest.other, strongest.words[1]))
    )
    return Related(
        relation=relation,
        versions=_versions(len(said), kept),
        clashes=kept,
        confidence=round(min(0.9, 0.25 + 0.12 * strongest.weight + alike), 3),
        reason=f"{strongest.kind}: {sides}",
    )


_Read = tuple[Passage, Claims]


def _denials(i: int, j: int, p: _Read, q: _Read, ignored: frozenset[str]) -> Iterator[Clash]:
    """What one denies and the other asserts."""
    for a, b, (one, claims), (other, others) in ((i, j, p, q), (j, i, q, p)):
        against = [(t, u) for t in claims.terms for u in others.terms if _opposed(t, u) and t.key not in ignored]
        keys = {t.key for t, _ in against}
        context = len(_context(claims, others, ignored) - keys)
        for t, u in against:
            weight = (
                (1.5 if is_act(t.key) or opposite(t.key) else 0.0)
                + 0.6 * (len(keys) - 1)
                + 0.5 * min(context, _MOST_CONTEXT)
            )
            if not is_act(t.key) and (len(keys) == 1 or not any(x.head for x, _ in against)):
                continue
            if u.hedged:
                weight -= 0.5
            words = (_denied_words(one, t), _words_around(other, u.start, u.end))
            yield Clash(one=a, other=b, kind=DENIAL, key=t.key, words=words, weight=weight)


def _opposed(t: Term, u: Term) -> bool:
    if t.denied and not u.denied:
        return t.key == u.key
    return not t.denied and not u.denied and opposite(t.key) == u.key


def _quantities(i: int, j: int, p: _Read, q: _Read, ignored: frozenset[str]) -> Iterator[Clash]:
    """Numbers and times of the same thing that can't both be true."""
    context = _context(p[1], q[1], ignored) - _COUNTED
    for one in p[1].quantities:
        for other in q[1].quantities:
            if one.clashes(other):
                shared = len(context - {one.of})
                if not shared and one.of not in ("people", "time of day", "deadline"):
                    continue
                kind = "different times" if one.of in ("time of day", "deadline") else "different numbers"
                words = (_quantity_words(p[0], one), _quantity_words(q[0], other))
                yield Clash(one=i, other=j, kind=kind, key=one.of, words=words, weight=1.0 + min(shared, _MOST_CONTEXT))


def _context(one: Claims, other: Claims, ignored: frozenset[str]) -> set[str]:
    """What both sentences speak of."""
    return ({t.key for t in one.terms} & {t.key for t in other.terms}) - ignored - _SPEAKING


def _both_ways(clash: Clash, read: Sequence[Sequence[_Read]]) -> bool:
    """Does the one that denies say it as often itself, or the other deny it as often? Then neither is held to it.

    What an account quotes or reports weighs less than what it says in its own words.
    """
    if clash.kind != DENIAL or opposite(clash.key) is not None:
        return False
    return _leaning(clash.key, read[clash.one]) >= 0 or _leaning(clash.key, read[clash.other]) <= 0


def _leaning(key: str, said: Sequence[_Read]) -> float:
    """Below 0 where the statement denies this on the whole, above where it asserts it."""
    leaning = 0.0
    for passage, claims in said:
        for term in claims.terms:
            if term.key == key:
                weight = 1.0 if term.own or passage.quoted > _SPOKEN else _OF_OTHERS
                leaning += -weight if term.denied else weight
    return leaning


def _versions(count: int, clashes: Sequence[Clash]) -> tuple[int, ...]:
    """Who says the same? Statements that clash get different numbers; those outside the clash get one of their own."""
    apart: dict[int, set[int]] = {}
    for c in clashes:
        apart.setdefault(c.one, set()).add(c.other)
        apart.setdefault(c.other, set()).add(c.one)
    versions: dict[int, int] = {}
    for n in sorted(apart):
        taken = {versions[m] for m in apart[n] if m in versions}
        versions[n] = next(v for v in range(count) if v not in taken)
    outside = 1 + max(versions.values(), default=-1)
    return tuple(versions.get(n, outside) for n in range(count))


def _shared_reason(read: Sequence[Sequence[_Read]], ignored: frozenset[str]) -> str:
    """Why they are taken to agree: words that most of them share."""
    keys = [
        {t.key: p.text[t.start : t.end] for p, c in passages for t in c.terms if t.key not in ignored}
        for passages in read
    ]
    shared = sorted({k for k in keys[0] if sum(k in other for other in keys) == len(keys)}, key=list(keys[0]).index)
    if not shared:
        return "nothing in them clashes"
    return "nothing in them clashes; all speak of " + ", ".join(keys[0][k].lower() for k in shared[:5])


def _denied_words(p: Passage, term: Term) -> Words:
    start = min(term.cue_start, term.start)
    return Words(start=p.start + start, end=p.start + term.end, text=p.text[start : term.end])


def _quantity_words(p: Passage, quantity: Quantity) -> Words:
    return Words(start=p.start + quantity.start, end=p.start + quantity.end, text=p.text[quantity.start : quantity.end])


def _words_around(p: Passage, start: int, end: int) -> Words:
    """The words with up to three before them in their clause, from one that carries content on."""
    clause = 1 + max(p.text.rfind(c, 0, start) for c in ',;:.?!—–()"“”')
    before = list(re.finditer(r"\S+", p.text[clause:start]))[-_WORDS_AROUND:]
    while before and is_light(before[0][0]) and before[0][0].lower() not in ("a", "an", "the", "was", "were", "is"):
        before = before[1:]
    if before:
        start = clause + before[0].start()
    return Words(start=p.start + start, end=p.start + end, text=p.text[start:end])
