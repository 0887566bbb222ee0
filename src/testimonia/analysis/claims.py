"""What does a sentence assert, and what does it deny?"""

import re
from dataclasses import dataclass
from functools import lru_cache

from testimonia.analysis.quantities import Quantity, find_quantities
from testimonia.analysis.words import is_light, stem

# Words of one kind of act: they count as one word where accounts are compared ('no deal' denies 'part of a bargain').
_ACTS = {
    "bargain": "bargain deal trade swap exchange price arrangement compromise",
    "threat": "threat ultimatum",
    "promise": "promise pledge assurance guarantee commitment undertaking",
    "request": "request appeal plea",
    "summons": "summon invite",
    "writing": "written writing wrote paper",
    "secret": "secret secrecy confidential",
    "rule": "takeover overthrow coup",
    "alone": "alone nobody-else",
    "burning": "burning lit alight",
    "dark": "dark unlit extinguished",
    "dead": "dead killed died death",
}
_KIND_OF = {stem(w): kind for kind, words in _ACTS.items() for w in words.split()}
_PHRASES = tuple(
    (re.compile(rf"\b(?:{form})\b", re.IGNORECASE), kind, denied)
    for form, kind, denied in (
        (r"quid\s+pro\s+quo", "bargain", False),
        (r"(?:sen[dt]|asked|called|calls?|sends)\s+(?:\w+\s+){0,3}?for", "summons", False),
        (r"asked\s+(?:\S+\s+){1,3}?to\s+(?:come|meet|call|visit|see)", "summons", False),
        (
            r"of\s+(?:his|her|their|my|our)\s+own\s+accord|unasked|uninvited|unannounced|unofficial\s+visit",
            "summons",
            True,
        ),
        (
            r"take\s+over|seize\s+power|out\s+of\s+control|act(?:ed)?\s+(?:by\s+(?:themselves|himself)|without)",
            "rule",
            False,
        ),
    )
)
# What stands against what, where both are said of the same thing.
_OPPOSITES = {"dark": "burning", "burning": "dark"}
_DENIAL = re.compile(
    r"\b(?:(?P<no>no|neither|nor|without|none|nobody|no\s+one|nothing)|(?P<not>not|never|cannot|\w+n['’]t)|"
    r"(?P<refuse>den(?:y|ies|ied)|refus(?:e|es|ed)|reject(?:s|ed)?))\b",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"\b(?:not\s+only|not\s+just|no\s+doubt|no\s+longer|not\s+until|not\s+(?:sure|certain|likely))\b", re.I
)
_SCOPE_ENDS = re.compile(
    r"[,;:.?!—–()\"“”]|\b(?:but|however|although|though|while|when|because|since|unless|until|if|and\s+(?:he|she|I|we|they|"
    r"the|that))\b",
    re.IGNORECASE,
)
_SCOPE_WORDS = 5
_HEDGE = re.compile(
    r"\b(?:if|unless|perhaps|probably|possibl[ey]|might|may|seem(?:s|ed)?|apparent(?:ly)?|(?:un)?likely|as\s+far\s+as|"
    r"as\s+long\s+as|so\s+long\s+as|somewhat|narrowest\s+sense|only\s+as|whether|inclined|provided|can['’]t\s+tell)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word that carries content, or a phrase of one kind: half-open offsets, what it counts as, what is said of it.

    `key` is the word's stem, or the kind of act that it names. `cue_start` and `cue_end` are the offsets of the word
    that denies it.
    """

    start: int
    end: int
    key: str
    denied: bool
    hedged: bool
    cue_start: int
    cue_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What was read from one sentence."""

    terms: tuple[Term, ...]
    quantities: tuple[Quantity, ...]

    @property
    def asserted(self) -> frozenset[str]:
        """The keys of what is said, not denied."""
        return frozenset(t.key for t in self.terms if not t.denied)

    @property
    def denied(self) -> frozenset[str]:
        """The keys of what is denied."""
        return frozenset(t.key for t in self.terms if t.denied)


@lru_cache(maxsize=16384)
def read_claims(text: str) -> Claims:
    """The terms of a sentence with what is denied and hedged among them, and its quantities.

    A denial reaches the content words after it, five at most, up to the end of its clause.

    >>> claims = read_claims("It was no bargain, but a request.")
    >>> sorted(claims.denied), sorted(claims.asserted)
    (['bargain'], ['request'])
    """
    scopes = _denied_stretches(text)
    hedges = [m.start() for m in _HEDGE.finditer(text)]
    terms = []
    taken: list[tuple[int, int]] = []
    for form, kind, contrary in _PHRASES:
        for m in form.finditer(text):
            terms.append(_term(m.start(), m.end(), kind, scopes, hedges, contrary))
            taken.append(m.span())
    for m in _WORD.finditer(text):
        if is_light(m[0]) or any(a <= m.start() < b for a, b in taken) or _DENIAL.fullmatch(m[0]):
            continue
        key = stem(m[0])
        terms.append(_term(m.start(), m.end(), _KIND_OF.get(key, key), scopes, hedges, False))
    terms.sort(key=lambda t: t.start)
    return Claims(terms=tuple(terms), quantities=tuple(find_quantities(text)))


def opposite(key: str) -> str | None:
    """What can't be true together with this of the same thing?"""
    return _OPPOSITES.get(key)


def is_act(key: str) -> bool:
    """Is this the name of a kind of act, on which accounts can clash by themselves?"""
    return key in _ACTS


def _term(
    start: int, end: int, key: str, scopes: list[tuple[int, int, int, int]], hedges: list[int], contrary: bool
) -> Term:
    cue = next(((a, b) for cue_start, cue_end, a, b in scopes if a <= start < b), None)
    by = next(((c, e) for c, e, a, b in scopes if a <= start < b), (start, start))
    return Term(
        start=start,
        end=end,
        key=key,
        denied=(cue is not None) != contrary,
        hedged=any(0 <= start - h < 60 for h in hedges),
        cue_start=by[0],
        cue_end=by[1],
    )


def _denied_stretches(text: str) -> list[tuple[int, int, int, int]]:
    """For each denial: its own offsets, and those of the stretch that it reaches."""
    out = []
    for m in _DENIAL.finditer(text):
        if _NO_DENIAL.match(text, m.start()):
            continue
        stop = _SCOPE_ENDS.search(text, m.end())
        end = stop.start() if stop else len(text)
        content = [w for w in _WORD.finditer(text, m.end(), end) if not is_light(w[0])]
        if len(content) > _SCOPE_WORDS:
            end = content[_SCOPE_WORDS - 1].end()
        out.append((m.start(), m.end(), m.end(), end))
    return out
