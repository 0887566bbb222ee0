"""What a clash is, and what of a statement is read to find one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.analysis.claims import Claims, read_claims
from testimonia.analysis.claims.find import TypedClaim
from testimonia.analysis.people import SAYING
from testimonia.analysis.told import Passage
from testimonia.analysis.words import is_light, stem

CONTRADICTS, DIFFERS = 2.0, 1.0
"""From here on a clash is named a contradiction; a weaker one is a difference."""
MOST_CONTEXT = 2
"""What sentences have in common makes a clash surer, up to so many words."""
_WORDS_AROUND = 3
# Nor is it a sign of one matter that both sentences say who spoke.
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
class Said:
    """One passage of a statement as it is compared: its words, the terms in them, and its typed claims."""

    passage: Passage
    terms: Claims
    claims: tuple[TypedClaim, ...]

    def words(self, start: int, end: int) -> Words:
        """The words at these offsets of the reading layer."""
        return Words(
            start=start, end=end, text=self.passage.text[start - self.passage.start : end - self.passage.start]
        )


def read_said(passages: Sequence[Passage], claims: Sequence[TypedClaim]) -> tuple[Said, ...]:
    """The passages of a statement with what was read from each."""
    return tuple(
        Said(
            passage=p,
            terms=read_claims(p.text),
            claims=tuple(c for c in claims if p.start <= c.verb_start < p.end),
        )
        for p in passages
    )


def context(one: Said, other: Said, ignored: frozenset[str]) -> set[str]:
    """What both sentences speak of."""
    return ({t.key for t in one.terms.terms} & {t.key for t in other.terms.terms}) - ignored - _SPEAKING


def words_around(p: Passage, start: int, end: int) -> Words:
    """The words with up to three before them in their clause, from one that carries content on."""
    clause = 1 + max(p.text.rfind(c, 0, start) for c in ',;:.?!—–()"“”')
    before = list(re.finditer(r"\S+", p.text[clause:start]))[-_WORDS_AROUND:]
    while before and is_light(before[0][0]) and before[0][0].lower() not in ("a", "an", "the", "was", "were", "is"):
        before = before[1:]
    if before:
        start = clause + before[0].start()
    return Words(start=p.start + start, end=p.start + end, text=p.text[start:end])
