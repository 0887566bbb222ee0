"""The noun groups of a sentence: pronouns, names, and nouns with what stands before them."""

from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.analysis.claims.grammar import (
    ADVERBS,
    AUXILIARIES,
    BREAKS,
    DETERMINERS,
    NEGATIVE,
    OBJECTS,
    PREPOSITIONS,
    RELATIVE,
    SUBJECTS,
    TIMES,
    Token,
)
from testimonia.analysis.words import is_light


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A noun group: half-open offsets in the sentence, its words, its last word in small letters, and whether it is a
    pronoun or a name."""

    start: int
    end: int
    text: str
    head: str
    pronoun: bool = False
    name: bool = False

    @property
    def is_time(self) -> bool:
        """Is this a day or a part of one, so that it did nothing itself?"""
        return self.head in TIMES


def preposition_of(tokens: Sequence[Token], noun: Noun) -> str | None:
    """The preposition before a noun group, None where it has none."""
    previous = None
    for t in tokens:
        if t.start >= noun.start:
            break
        previous = t
    return previous.low if previous is not None and previous.low in PREPOSITIONS else None


def first_noun(text: str, tokens: Sequence[Token], start: int, stop: int) -> Noun | None:
    found = [n for n in noun_groups(text, tokens, start, stop, as_subject=True) if _leads(tokens, n)]
    if len(found) > 1 and text[found[0].end : found[1].start].strip() in ("and", "or"):
        one, other = found[0], found[1]
        return Noun(start=one.start, end=other.end, text=text[one.start : other.end], head=other.head, name=one.name)
    return found[0] if found else None


def _leads(tokens: Sequence[Token], noun: Noun) -> bool:
    """Can this be a subject: it follows no preposition, unless that only says 'about a dozen'?"""
    before = preposition_of(tokens, noun)
    return (before is None and not noun.is_time) or (before in ("about", "around", "over") and noun.start < 12)


def last_noun(text: str, tokens: Sequence[Token], start: int, stop: int) -> Noun | None:
    return next(reversed(noun_groups(text, tokens, start, stop)), None)


def noun_groups(text: str, tokens: Sequence[Token], start: int, stop: int, *, as_subject: bool = False) -> list[Noun]:
    """The noun groups between two tokens: pronouns, names, and words with what stands before them."""
    out: list[Noun] = []
    i = start
    while i < stop:
        low = tokens[i].low
        if low in SUBJECTS or (low in OBJECTS and not (low == "her" and _goes_on(tokens, i + 1, stop))):
            if not (low in ("him", "me", "us", "them") and as_subject):
                out.append(_noun(text, tokens, i, i + 1, pronoun=True))
            i += 1
            continue
        j = i
        while j < stop and _in_group(tokens, j, i):
            j += 1
        while j > i and tokens[j - 1].low in DETERMINERS:
            j -= 1
        if j == i:
            i += 1
            continue
        out.append(_noun(text, tokens, i, j))
        i = j
    return out


def _goes_on(tokens: Sequence[Token], i: int, stop: int) -> bool:
    return i < stop and tokens[i].text[0].isalpha() and not is_light(tokens[i].low)


def _in_group(tokens: Sequence[Token], j: int, first: int) -> bool:
    token = tokens[j]
    if not token.text[0].isalnum():
        return False
    low = token.low
    if low in DETERMINERS:
        return j == first or tokens[j - 1].low in DETERMINERS
    if low in PREPOSITIONS or low in BREAKS or low in AUXILIARIES or low in NEGATIVE or low in RELATIVE:
        return False
    if low.endswith("ly") and len(low) > 4 and (j == first or token.text[0].islower()):
        return False
    if j > first and tokens[j - 1].text == "1" and token.text[0].isupper():
        return False  # a mark that was misread before a name
    return not (is_light(low) and low not in ("one", "other", "own", "others")) and low not in ADVERBS


def _noun(text: str, tokens: Sequence[Token], first: int, stop: int, *, pronoun: bool = False) -> Noun:
    words = tokens[first:stop]
    head = words[-1]
    capital = head.text[:1].isupper() and head.text[1:2].islower() and (words[0].start > 0 or len(words) > 1)
    return Noun(
        start=words[0].start,
        end=head.end,
        text=text[words[0].start : head.end],
        head=head.low,
        pronoun=pronoun,
        name=not pronoun and (capital or (words[0].start == 0 and head.text[:1].isupper() and not is_light(head.low))),
    )
