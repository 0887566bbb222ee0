"""What do two accounts say in common: an act of the same kind, of the same things?"""

from testimonia.analysis.claims import is_act
from testimonia.analysis.claims.find import TypedClaim
from testimonia.analysis.claims.persons import same_person
from testimonia.analysis.relations.clashes import Said, context
from testimonia.analysis.words import stem

# Verbs that say too little to be an act by themselves.
WEAK = frozenset(
    ("be", "have", "making", "use", "want", "standing", "help", "receiving", "belief", "statement", "knowledge")
)
_WEAK_NEEDS, _NEEDS = 2, 1
_SAME_WORDS, _FEWEST_SAME = 0.5, 3


def same_act(one: TypedClaim, other: TypedClaim) -> bool:
    """Is it the same act: the same key, and not one that says too little?"""
    return one.key == other.key and one.key not in ("be", "have")


def shared_topic(one: TypedClaim, other: TypedClaim, ignored: frozenset[str]) -> set[str]:
    """The words that both claims speak of, without persons."""
    persons = {stem(w) for c in (one, other) for name in (c.who, c.whom) if name and name[:1].isupper()
               for w in name.split()[-1:]}  # fmt: skip
    return set(one.topic & other.topic) - ignored - persons


def shared_claim(one: Said, other: Said, ignored: frozenset[str]) -> str | None:
    """What both claim, in words: the same act of the same things with the same polarity. None where they share none.

    Sentences most of whose words are the same share what they say without their verbs being looked at.
    """
    best: tuple[int, str] | None = None
    for c in one.claims:
        for d in other.claims:
            if c.key != d.key or c.denied != d.denied or same_person(c.who or "", d.who or "") is False:
                continue
            shared = shared_topic(c, d, ignored)
            parties = c.key not in WEAK and c.who is not None and bool(same_person(c.who, d.who or ""))
            need = _WEAK_NEEDS if c.key in WEAK else _NEEDS
            if len(shared) >= need or (parties and (shared or _met(c, d))):
                words = [c.verb, *sorted(shared)]
                if best is None or len(words) > best[0]:
                    best = (len(words), ", ".join(_printed(one, words)))
    if best is not None:
        return best[1]
    both = context(one, other, ignored)
    acts = {t.key for t in one.terms.terms if is_act(t.key) and not t.denied} & {
        t.key for t in other.terms.terms if is_act(t.key) and not t.denied
    }
    denied = {t.key for t in one.terms.terms if t.denied and t.head} & {
        t.key for t in other.terms.terms if t.denied and t.head
    }
    if (acts or denied) - ignored and len(both) > 1:
        return ", ".join(_printed(one, sorted(both)))
    least = min(len({t.key for t in s.terms.terms} - ignored) for s in (one, other))
    if len(both) >= _FEWEST_SAME and len(both) >= _SAME_WORDS * least:
        return ", ".join(_printed(one, sorted(both)))
    return None


def _met(c: TypedClaim, d: TypedClaim) -> bool:
    return c.whom is not None and bool(same_person(c.whom, d.whom or ""))


def _printed(said: Said, keys: list[str]) -> list[str]:
    """The words of the passage that these keys stand for, five at most; a verb as it is."""
    words = {t.key: said.passage.text[t.start : t.end].lower() for t in said.terms.terms}
    return list(dict.fromkeys(words.get(k, words.get(stem(k), k)) for k in keys))[:5]
