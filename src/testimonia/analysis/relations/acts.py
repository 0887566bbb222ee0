"""Who did it, who began it, whether it was done at all, and what it was: claims that shut each other out."""

from collections.abc import Iterator

from testimonia.analysis.claims.acts import act_of_noun
from testimonia.analysis.claims.find import TypedClaim
from testimonia.analysis.claims.persons import same_person
from testimonia.analysis.relations.clashes import MOST_CONTEXT, Clash, Said, Words, context
from testimonia.analysis.relations.sharing import WEAK, shared_topic
from testimonia.analysis.relations.words import DENIAL
from testimonia.analysis.words import is_light, stem

PERSON = "each names another person"
MORE = "one names more persons"
INITIATIVE = "each says that another began it"
OPPOSITE = "what the one says shuts out what the other says"
NAMED = "each calls it something else"
_INITIATIVE = frozenset(("proposal", "summons", "request", "offer", "call", "visit"))
_SHUT_OUT = {frozenset(("acceptance", "refusal")), frozenset(("sinking", "afloat")), frozenset(("death", "alive"))}
_NOT_BOTH = {
    frozenset(("threat", "request")), frozenset(("order", "request")), frozenset(("bargain", "refusal")),
    frozenset(("threat", "promise")),
}  # fmt: skip
_ALL = frozenset(("everything", "nothing", "nobody", "everyone", "everybody", "all", "none"))
_NOT_ONE = frozenset(("word", "soul", "thing", "line", "man"))
# A part of it may be so and another not.
_PART = frozenset(
    ("first", "second", "third", "last", "some", "part", "half", "other", "two", "three", "several", "few")
)
_COMMANDED = frozenset(("should", "must", "ought", "shall"))
_SURE_DENIAL, _SURE = 1.4, 1.5
_OF_PART, _MORE, _LOOSE = 1.5, 1.2, 0.5
# Sentences that have so much in common are one text quoted twice: 'I' is the same man in both.
_ONE_TEXT = 0.6
_GUESSED = 1.1
_THIRD = frozenset(("he", "she", "him", "her", "himself", "herself"))
_FIRST = frozenset(("i", "we", "me", "us"))


def act_clashes(i: int, j: int, p: Said, q: Said, ignored: frozenset[str]) -> Iterator[Clash]:
    """The clashes of what two passages claim."""
    for c in p.claims:
        for d in q.claims:
            if c.certainty == d.certainty == "sure" and not {c.modal, d.modal} & _COMMANDED:
                yield from _polarity(i, j, p, q, c, d, ignored)
                yield from _persons(i, j, p, q, c, d, ignored)
                yield from _shut_out(i, j, p, q, c, d, ignored)
    yield from _named(i, j, p, q, ignored)


def _polarity(
    i: int, j: int, p: Said, q: Said, c: TypedClaim, d: TypedClaim, ignored: frozenset[str]
) -> Iterator[Clash]:
    """One says that it was done, the other that it was not."""
    if c.key != d.key or c.denied == d.denied or c.key in WEAK:
        return
    if same_person(c.who or "", d.who or "") is False or same_person(c.whom or "", d.whom or "") is False:
        return
    shared = len(shared_topic(c, d, ignored))
    if not shared and not (_speaks_of_all(c) and _speaks_of_all(d)):
        return
    weight = _SURE_DENIAL + 0.6 * min(max(shared, 1), MOST_CONTEXT)
    if not (_heads(c) | _subject(c)) & (_heads(d) | _subject(d)):
        weight -= _LOOSE  # a word in common, but not what it was done to
    if c.partly or d.partly:
        weight = min(weight, _OF_PART)
    a, b, one, other, x, y = (i, j, p, q, c, d) if c.denied else (j, i, q, p, d, c)
    yield Clash(one=a, other=b, kind=DENIAL, key=c.key, words=(_verb(one, x), _verb(other, y)), weight=weight)


def _persons(
    i: int, j: int, p: Said, q: Said, c: TypedClaim, d: TypedClaim, ignored: frozenset[str]
) -> Iterator[Clash]:
    """The same act done to the same thing, by another."""
    if c.key != d.key or c.denied or d.denied or c.key in WEAK or c.who_span is None or d.who_span is None:
        return
    heads = (_heads(c) & _heads(d)) - ignored
    shared = shared_topic(c, d, ignored)
    if not heads or not shared:
        return
    if _names_more(c.who, d.who):
        words = (p.words(*c.who_span), q.words(*d.who_span))
        yield Clash(one=i, other=j, kind=MORE, key=c.key, words=words, weight=_MORE)
    if same_person(c.who or "", d.who or "") is not False:
        return
    if {(x.who_printed or "").lower() for x in (c, d)} <= _FIRST and _is_one_text(p, q):
        return
    kind = INITIATIVE if c.key in _INITIATIVE else PERSON
    words = (p.words(*c.who_span), q.words(*d.who_span))
    weight = _SURE + 0.5 * min(len(shared), MOST_CONTEXT) + (0.4 if kind == INITIATIVE else 0.0)
    if any((x.who_printed or "").lower() in _THIRD for x in (c, d)):
        weight -= _GUESSED  # whom 'he' means is a guess
    yield Clash(one=i, other=j, kind=kind, key=c.key, words=words, weight=weight)


def _names_more(one: str | None, other: str | None) -> bool:
    """Does one name somebody besides whom the other names: 'Hale and his son'?"""
    if one is None or other is None or (" and " in one) == (" and " in other):
        return False
    short, long = sorted((one, other), key=lambda name: " and " in name)
    return any(same_person(short, part) for part in long.split(" and "))


def _shut_out(
    i: int, j: int, p: Said, q: Said, c: TypedClaim, d: TypedClaim, ignored: frozenset[str]
) -> Iterator[Clash]:
    """Acts that shut each other out: accepted, rejected."""
    if frozenset((c.key, d.key)) not in _SHUT_OUT or c.denied or d.denied:
        return
    if same_person(c.who or "", d.who or "") is False:
        return
    shared = shared_topic(c, d, ignored)
    if not shared & (_heads(c) | _heads(d)):
        return
    parts = _PART & {w.lower() for claim in (c, d) for x in claim.what for w in x.split()}
    weight = _OF_PART if parts else _SURE_DENIAL + 0.6 * min(len(shared), MOST_CONTEXT)
    words = (_verb(p, c), _verb(q, d))
    yield Clash(one=i, other=j, kind=OPPOSITE, key=c.key, words=words, weight=weight)


def _named(i: int, j: int, p: Said, q: Said, ignored: frozenset[str]) -> Iterator[Clash]:
    """'It was an ultimatum', 'it was a request'."""
    for c in p.claims:
        for d in q.claims:
            if not (c.key == d.key == "be") or c.denied or d.denied:
                continue
            for one in c.what[:2]:
                for other in d.what[:2]:
                    x, y = act_of_noun(one.split()[-1]), act_of_noun(other.split()[-1])
                    if x is None or y is None or frozenset((x, y)) not in _NOT_BOTH:
                        continue
                    shared = len(context(p, q, ignored) - {x, y})
                    if shared:
                        words = (_find(p, one), _find(q, other))
                        yield Clash(one=i, other=j, kind=NAMED, key=x, words=words,
                                    weight=_SURE + 0.5 * min(shared, MOST_CONTEXT))  # fmt: skip


def _speaks_of_all(c: TypedClaim) -> bool:
    """Is it said of everything or of nothing?"""
    heads = {x.split()[-1].lower() for x in (*c.what, c.who_printed or "", c.whom or "") if x}
    return bool(heads & _ALL) or (c.denied and bool(heads & _NOT_ONE))


def _is_one_text(p: Said, q: Said) -> bool:
    least = min(len({t.key for t in s.terms.terms}) for s in (p, q))
    return len(context(p, q, frozenset())) >= _ONE_TEXT * max(1, least)


def _subject(c: TypedClaim) -> set[str]:
    """The thing that did it, as a word to compare; nothing for pronouns."""
    words = (c.who_printed or "").split()
    return {stem(words[-1])} if words and not is_light(words[-1]) else set()


def _heads(c: TypedClaim) -> set[str]:
    return {stem(x.split()[-1]) for x in c.what if x}


def _verb(said: Said, c: TypedClaim) -> Words:
    return said.words(c.verb_start, c.verb_end)


def _find(said: Said, printed: str) -> Words:
    at = said.passage.start + said.passage.text.index(printed)
    return said.words(at, at + len(printed))
