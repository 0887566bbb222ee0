"""Words that one account denies and another asserts, and words that shut each other out."""

from collections.abc import Iterator, Sequence

from testimonia.analysis.claims import Term, is_act, opposite
from testimonia.analysis.relations.clashes import MOST_CONTEXT, Clash, Said, Words, context, words_around
from testimonia.analysis.told import Passage

DENIAL = "one denies what the other says"
# How much words of others weigh against an account's own, and from what share in quotation marks on it is all speech.
_OF_OTHERS, _SPOKEN = 0.4, 0.6
# How much less weighs what is doubted.
_HEDGED = 0.5


def denied_words(i: int, j: int, p: Said, q: Said, ignored: frozenset[str]) -> Iterator[Clash]:
    """What one denies and the other asserts."""
    for a, b, one, other in ((i, j, p, q), (j, i, q, p)):
        against = list(_against(one, other, ignored))
        keys = {t.key for t, _ in against}
        shared = len(context(one, other, ignored) - keys)
        for t, u in against:
            weight = (
                (1.5 if is_act(t.key) or opposite(t.key) else 0.0)
                + 0.6 * (len(keys) - 1)
                + 0.5 * min(shared, MOST_CONTEXT)
            )
            if opposite(t.key) == u.key and not shared:
                continue
            if not (is_act(t.key) or opposite(t.key) == u.key) and (
                len(keys) == 1 or not any(x.head for x, _ in against)
            ):
                continue
            if u.asked:
                continue
            weight -= _HEDGED if u.hedged else 0.0
            words = (_denied_words(one.passage, t), words_around(other.passage, u.start, u.end))
            yield Clash(one=a, other=b, kind=DENIAL, key=t.key, words=words, weight=weight)


def said_both_ways(clash: Clash, read: Sequence[Sequence[Said]]) -> bool:
    """Does the one that denies say it as often itself, or the other deny it as often? Then neither is held to it.

    What an account quotes or reports weighs less than what it says in its own words.
    """
    if clash.kind != DENIAL or opposite(clash.key) is not None:
        return False
    return _leaning(clash.key, read[clash.one]) >= 0 or _leaning(clash.key, read[clash.other]) <= 0


def _against(one: Said, other: Said, ignored: frozenset[str]) -> Iterator[tuple[Term, Term]]:
    """What one denies and the other asserts, and what they assert that shuts each other out."""
    asserted: dict[str, list[Term]] = {}
    for u in other.terms.terms:
        if not u.denied:
            asserted.setdefault(u.key, []).append(u)
    for t in one.terms.terms:
        against = t.key if t.denied else opposite(t.key)
        if against is not None and t.key not in ignored:
            yield from ((t, u) for u in asserted.get(against, ()))


def _leaning(key: str, said: Sequence[Said]) -> float:
    """Below 0 where the statement denies this on the whole, above where it asserts it."""
    leaning = 0.0
    if not any(t.key == key for one in said for t in one.terms.terms):
        acts = [c for one in said for c in one.claims if c.key == key and c.certainty == "sure"]
        return sum((-1.0 if c.denied else 1.0) * (_OF_OTHERS if c.told == "paraphrase" else 1.0) for c in acts)
    for one in said:
        for term in one.terms.terms:
            if term.key == key:
                weight = 1.0 if term.own or one.passage.quoted > _SPOKEN else _OF_OTHERS
                leaning += -weight if term.denied else weight
    return leaning


def _denied_words(p: Passage, term: Term) -> Words:
    start = min(term.cue_start, term.start)
    return Words(start=p.start + start, end=p.start + term.end, text=p.text[start : term.end])
