"""What does a sentence assert, and what does it deny?"""

import re
from dataclasses import dataclass
from functools import lru_cache

from testimonia.analysis.quantities import Quantity, find_quantities
from testimonia.analysis.words import is_light, stem

# Words of one kind of act: they count as one word where accounts are compared ('no deal' denies 'part of a bargain').
_ACTS = {
    "bargain": "bargain deal trade swap price arrangement compromise",
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
# Words of one state: no act, but what shuts another state out.
_STATES = {
    "alive": "alive survived",
    "sunk": "sank sunk foundered",
    "afloat": "afloat",
    "guilty": "guilty",
    "innocent": "innocent guiltless",
    "empty": "empty",
    "full": "full crowded",
    "drunk": "drunk",
    "sober": "sober",
    "asleep": "asleep sleeping",
    "awake": "awake",
}
_KIND_OF = {stem(w): kind for kinds in (_ACTS, _STATES) for kind, words in kinds.items() for w in words.split()}
_STOOD = r"(?:was|were|is|are|been|being|stood|stands?|lay|stayed|remained|kept|left)\s+(?:\w+ly\s+|wide\s+|not\s+)?"
_PHRASES = tuple(
    (re.compile(rf"\b(?:{form})\b", re.IGNORECASE), kind, denied)
    for form, kind, denied in (
        (r"quid\s+pro\s+quo", "bargain", False),
        (r"(?:good|great)\s+deal", "much", False),
        (r"the\s+dead", "departed", False),
        (_STOOD + r"open", "open", False),
        (_STOOD + r"(?:shut|closed)", "shut", False),
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
_PAIRS = (
    ("dark", "burning"), ("alive", "dead"), ("open", "shut"), ("afloat", "sunk"), ("guilty", "innocent"),
    ("full", "empty"), ("drunk", "sober"), ("awake", "asleep"),
)  # fmt: skip
_OPPOSITES = {a: b for pair in _PAIRS for a, b in (pair, pair[::-1])}
_DENIAL = re.compile(
    r"\b(?:(?P<no>no|neither|nor|without|none|nobody|no\s+one|nothing)|(?P<not>not|never|cannot|\w+n['’]t)|"
    r"(?P<refuse>den(?:y|ies|ied)|refus(?:e|es|ed)|reject(?:s|ed)?))\b",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(r"(?:not\s+(?:only|just|until|sure|certain|likely)|no\s+(?:doubt|longer))\b", re.IGNORECASE)
# 'not sure that they will not' denies nothing.
_DOUBT = re.compile(r"\b(?:not\s+(?:sure|certain)|no\s+doubt|doubts?|doubted|fear(?:s|ed)?)\b[^.;:]*$", re.IGNORECASE)
# 'No one who comes will fail' says that all succeed; 'none until noon' denies nothing of the afternoon.
_UNDOES = re.compile(r"[^.;?!]*\b(?:fail(?:s|ed)?|unless|except|until|till)\b", re.IGNORECASE)
# 'Nothing is hidden that will not be found': two denials make none.
_TWICE = re.compile(
    r"\b(?:no|nothing|none|nobody|no\s+one|neither|nor|not)\b[^.;?!]*?\b(?:that|who|which|but)\s+(?:\w+\s+){0,3}?(?:not|never)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.?!](?=[\s\"”’')]|$)")
_SCOPE_ENDS = re.compile(
    r"[,;:.?!—–()\"“”]|\b(?:but|however|although|though|while|when|because|since|unless|until|if|and\s+(?:he|she|I|we|they|"
    r"the|that))\b",
    re.IGNORECASE,
)
_SCOPE_WORDS, _SCOPE_AFTER_WITHOUT = 5, 1
# A hedge colours what follows it for so many characters.
_HEDGED_FOR = 60
# 'no bargain over the salt' denies the bargain, not the salt.
_AFTER_NOUN = re.compile(
    r"\b(?:over|for|in|on|about|with|at|from|by|under|against|after|before|during|concerning|regarding)\b",
    re.IGNORECASE,
)
# What editors put in brackets is not the account's own.
_BRACKETS = re.compile(r"\[[^\]]*\]")
_HEDGE = re.compile(
    r"\b(?:if|unless|perhaps|probably|possibl[ey]|might|may|seem(?:s|ed)?|apparent(?:ly)?|(?:un)?likely|as\s+far\s+as|"
    r"as\s+long\s+as|so\s+long\s+as|somewhat|narrowest\s+sense|only\s+as|whether|inclined|provided|can['’]t\s+tell)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_SAYS = re.compile(
    r"[A-Z][\w’'-]*[a-z]\s+(?:states?|stated|told|said|says|claim(?:s|ed)|report(?:s|ed)|wr(?:ote|ites))\b"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word that carries content, or a phrase of one kind: half-open offsets, what it counts as, what is said of it.

    `key` is the word's stem, or the kind of act that it names. `cue_start` is where the word stands that denies it;
    `head` is true for the first two content words after that, on which the denial falls. `asked` is true inside a
    question, which asserts nothing and denies nothing. `own` is false for what stands in quotation marks, or after a
    word of saying of somebody else's.
    """

    start: int
    end: int
    key: str
    denied: bool
    hedged: bool
    asked: bool
    cue_start: int
    head: bool
    own: bool


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scope:
    """A denial: where its word stands, the stretch that it reaches, and where the last word of its head starts."""

    cue: int
    start: int
    end: int
    head: int


@lru_cache(maxsize=16384)
def read_claims(text: str) -> Claims:
    """The terms of a sentence with what is denied and hedged among them, and its quantities.

    A denial reaches the content words after it, five at most, up to the end of its clause.

    >>> claims = read_claims("It was no bargain, but a request.")
    >>> sorted(claims.denied), sorted(claims.asserted)
    (['bargain'], ['request'])
    """
    text = _BRACKETS.sub(lambda m: " " * len(m[0]), text)
    scopes = _denied_stretches(text)
    hedges = [m.start() for m in _HEDGE.finditer(text)]
    others = _words_of_others(text)
    terms = []
    quantities = tuple(find_quantities(text))
    # 'Half past nine' and 'half past five' have nothing in common.
    taken = [(q.start, q.end) for q in quantities if q.of in ("time of day", "deadline")]
    for form, kind, contrary in _PHRASES:
        for m in form.finditer(text):
            terms.append(_term(text, m.start(), m.end(), kind, scopes, hedges, others, contrary))
            taken.append(m.span())
    for m in _WORD.finditer(text):
        if is_light(m[0]) or any(a <= m.start() < b for a, b in taken) or _DENIAL.fullmatch(m[0]):
            continue
        key = stem(m[0])
        terms.append(_term(text, m.start(), m.end(), _KIND_OF.get(key, key), scopes, hedges, others, False))
    terms.sort(key=lambda t: t.start)
    return Claims(terms=tuple(terms), quantities=quantities)


def opposite(key: str) -> str | None:
    """What can't be true together with this of the same thing?"""
    return _OPPOSITES.get(key)


def is_asked(text: str, at: int) -> bool:
    """Does this place stand in a question?"""
    end = _SENTENCE_END.search(text, at)
    return end is not None and end[0] == "?"


def denies_twice(text: str, start: int, end: int) -> bool:
    """Does this stretch stand in a double denial ('nothing that was not known'), which denies nothing?"""
    return any(m.start() < end and start < m.end() for m in _TWICE.finditer(text))


def is_hedged_at(text: str, at: int) -> bool:
    """Does a word of doubt ('perhaps', 'as far as') stand shortly before this place of a sentence?"""
    return any(0 <= at - m.start() < _HEDGED_FOR for m in _HEDGE.finditer(text))


def kind_of(word_stem: str) -> str | None:
    """The kind of act for which a word of this stem stands, None where it stands for none."""
    return _KIND_OF.get(word_stem)


def is_act(key: str) -> bool:
    """Is this the name of a kind of act, on which accounts can clash by themselves?"""
    return key in _ACTS


def _term(
    text: str,
    start: int,
    end: int,
    key: str,
    scopes: list[_Scope],
    hedges: list[int],
    others: list[tuple[int, int]],
    contrary: bool,
) -> Term:
    scope = next((x for x in scopes if x.start <= start < x.end), None)
    return Term(
        start=start,
        end=end,
        key=key,
        denied=(scope is not None) != contrary,
        hedged=any(0 <= start - h < _HEDGED_FOR for h in hedges),
        asked=is_asked(text, start),
        cue_start=start if scope is None else scope.cue,
        head=scope is None or start <= scope.head,
        own=not any(a <= start < b for a, b in others),
    )


def _words_of_others(text: str) -> list[tuple[int, int]]:
    """The stretches in quotation marks, and from a word of saying with a name before it to the end."""
    out = [m.span() for m in _QUOTED.finditer(text)]
    out += [(m.end(), len(text)) for m in _SAYS.finditer(text)]
    return out


def _denied_stretches(text: str) -> list[_Scope]:
    """The denials of a text and how far each of them reaches."""
    out = []
    for m in _DENIAL.finditer(text):
        if _NO_DENIAL.match(text, m.start()) or _DOUBT.search(text, 0, m.start()):
            continue
        if is_asked(text, m.start()) or _UNDOES.match(text, m.end()) or denies_twice(text, m.start(), m.end()):
            continue
        stops = [_SCOPE_ENDS.search(text, m.end())]
        if (m["no"] or "").lower() == "no":
            stops.append(_AFTER_NOUN.search(text, m.end()))
        end = min((x.start() for x in stops if x), default=len(text))
        content = [w for w in _WORD.finditer(text, m.end(), end) if not is_light(w[0])]
        reach = _SCOPE_AFTER_WITHOUT if (m["no"] or "").lower() == "without" else _SCOPE_WORDS
        if len(content) > reach:
            end = content[reach - 1].end()
        head = content[min(1, len(content) - 1)].start() if content else m.end()
        out.append(_Scope(cue=m.start(), start=m.end(), end=end, head=head))
    return out
