"""Words that worn type or bad paper parted in two, with letters misread beside the gap: 'thro vn', 'n ght'."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from string import ascii_lowercase

from rapidfuzz.distance import Levenshtein

from testimonia.text.misreadings.tokens import Token, may_be_asked
from testimonia.text.misreadings.weighing import Weighed, Weigher

# How often is a space read inside a word, between two letters and in place of one, in pages as bad as the confusions
# come from? For each of its letters, and for a letter of each kind.
_SPACE_RATE, _LETTER_RATE = log(2e-3), log(2e-4)
_WORD, _NO_WORD = 1e-6, 1e-7
_LEAST, _LONGEST = 3, 24
_SUGGEST_FROM, _SURE = 0.5, 0.65


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """The words at `index` and after it are one, printed `word`; `confidence` that they are.

    `joined` is whether a space was read for nothing or for a letter. Else a line ends between them, and its hyphen was
    lost: `word` has a space there. `misread` is whether another letter was misread as well. `sure` is whether it may
    be made without asking: two strings as they stand may have been printed so ('to morrow', 'De laney').
    """

    index: int
    word: str
    confidence: float
    joined: bool
    misread: bool
    sure: bool


def parted_words(
    text: str, weigher: Weigher, read: Mapping[int, Weighed], line_starts: Container[int]
) -> Iterator[Parted]:
    """Which words are halves of one?

    Both readings are weighed: one word with a space and other confusions in it, against the likeliest two words. Only
    where one of the two is no word as it stands, and nothing but a space parts them.
    """
    tokens, last = weigher.tokens, -1
    for index in range(len(tokens) - 1):
        one, other = tokens[index], tokens[index + 1]
        if index <= last or not _may_be_one(text, one, other, weigher):
            continue
        found = _weighed(index, weigher, read, other.start in line_starts)
        if found is not None:
            last = index + 1
            yield found


def _may_be_one(text: str, one: Token, other: Token, weigher: Weigher) -> bool:
    if not (one.english and other.english) or text[one.end : other.start] != " ":
        return False
    both = one.text + other.text
    if not _LEAST <= len(both) <= _LONGEST or not may_be_asked(both) or not all(map(_letters, (one.text, other.text))):
        return False
    if other.text[0].isupper() and not both.isupper():
        return False
    english = weigher.english
    return min(english.frequency(one.text.lower()), english.frequency(other.text.lower())) < _WORD


def _letters(word: str) -> bool:
    return not any(sign.isdigit() for sign in word)


def _weighed(index: int, weigher: Weigher, read: Mapping[int, Weighed], at_line_end: bool) -> Parted | None:
    tokens = weigher.tokens
    both = tokens[index].text + tokens[index + 1].text
    before = _reading(index - 1, tokens, read) if index else None
    after = _reading(index + 2, tokens, read) if index + 2 < len(tokens) else None
    more = log(weigher.share)
    scores = []
    rates = {m.word: m.rate + _SPACE_RATE + (m.edits + 1) * more for m in weigher.printed_for(both)}
    for word in _with_letter(tokens[index].text.lower(), tokens[index + 1].text.lower(), weigher):
        rates[word] = max(rates.get(word, -99.0), _LETTER_RATE + more)
    halves = (tokens[index].text.lower(), tokens[index + 1].text.lower())
    for word, rate in rates.items():
        if word in halves:
            continue  # that would be the other half left out
        scores.append((weigher.likelihood((word,), before, after) + rate, word))
    if not scores:
        return None
    best, word = max(scores)
    apart = weigher.apart(index, before, after)
    total = exp(min(apart - best, 700.0)) + sum(exp(score - best) for score, _ in scores)
    confidence = 1 / total
    if confidence < _SUGGEST_FROM:
        return None
    gap = _place_of(len(halves[0]), both.lower(), word) if at_line_end else None
    printed = word if gap is None else f"{word[:gap]} {word[gap:]}"
    misread = word != both.lower()
    as_printed = (both[0].isupper() and not both.isupper()) or min(map(weigher.english.frequency, halves)) > _NO_WORD
    return Parted(
        index=index, word=printed, confidence=confidence, joined=gap is None, misread=misread,
        sure=confidence >= _SURE and (misread or not as_printed),
    )  # fmt: skip


def _place_of(gap: int, read: str, printed: str) -> int | None:
    """Where in the printed word is this place of the word as read? None where a letter beside it was misread."""
    for block in Levenshtein.opcodes(read, printed):
        if block.src_start <= gap <= block.src_end and block.tag != "equal":
            return None
        if block.src_start < gap < block.src_end:
            return block.dest_start + gap - block.src_start
    return None


def _with_letter(one: str, other: str, weigher: Weigher) -> Iterator[str]:
    """The words that these two are with the letter that the space stands for."""
    words = weigher.english.tree.words
    return (word for letter in ascii_lowercase if (word := one + letter + other) in words)


def _reading(index: int, tokens: Sequence[Token], read: Mapping[int, Weighed]) -> str:
    weighed = read.get(index)
    return weighed.candidate.match.word if weighed is not None else tokens[index].text.lower()
