"""Proposals to read a word otherwise, each with its evidence in words; the surest are made without asking."""

from bisect import bisect, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import combining, normalize

from testimonia.text.misreadings.capitals import strange_capitals
from testimonia.text.misreadings.channel import ocr_channel
from testimonia.text.misreadings.divided import divided_words, glued_words, phrases_elsewhere
from testimonia.text.misreadings.marks import strange_marks
from testimonia.text.misreadings.names import differences
from testimonia.text.misreadings.parted import Parted, parted_words
from testimonia.text.misreadings.pronoun import pronouns
from testimonia.text.misreadings.specks import specks
from testimonia.text.misreadings.tokens import Token, tokens_of
from testimonia.text.misreadings.weighing import HEAVY, Weighed, Weigher
from testimonia.text.recovered import Paragraph

CONFUSION, NAME = "confusion", "name"
# Made without asking from this confidence on: in a source that is misread throughout, and in one that hardly is.
_SURE_IN_BAD_PRINT, _SURE = 0.65, 0.99
_VOWELS = frozenset("aeiouy")
_SPELT_EITHER_WAY = tuple(map(frozenset, ("sz", "cs", "ck", "iy", "cz", "kq", "vw")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """`before`, from `start` to `end` of the reading text, reads `after`: how it is known, how surely, and why.

    `sure` is whether it may be made without asking.
    """

    start: int
    end: int
    before: str
    after: str
    how: str
    confidence: float
    reason: str
    sure: bool


def propose(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Proposal]:
    """What should be read otherwise in the words of these paragraphs, in the order of the text?"""
    tokens = tokens_of(text, paragraphs)
    if not tokens:
        return
    weigher = Weigher(tokens)
    if weigher.share >= HEAVY:
        tokens = tokens_of(text, paragraphs, strange=True)
        weigher = Weigher(tokens, heavy=True)
    weighed = {w.index: w for w in weigher.weigh()}
    found = {index: _proposal(weigher, tokens[index], w) for index, w in weighed.items()}
    for pronoun in pronouns(text, tokens, weigher.english):
        token = tokens[pronoun.index]
        found[pronoun.index] = Proposal(
            start=token.start,
            end=token.end,
            before=token.text,
            after=pronoun.after,
            how=CONFUSION,
            confidence=pronoun.confidence,
            reason=pronoun.reason,
            sure=pronoun.sure,
        )
    taken: list[Proposal] = []
    if weigher.bad_print:
        for index in strange_capitals(text, tokens):
            found.setdefault(index, _small(tokens[index]))
        starts = {start for paragraph in paragraphs for start in paragraph.line_starts}
        for parted in parted_words(text, weigher, weighed, starts):
            if parted.joined or parted.misread:
                found.pop(parted.index + 1, None)
                found[parted.index] = _whole(text, tokens, parted)
        taken += (_speck(text, *speck) for speck in specks(text, tokens))
    taken += (found[index] for index in sorted(found))
    yield from sorted([*taken, *_hints(text, paragraphs, tokens, weigher, taken)], key=lambda p: (p.start, p.end))


def _hints(
    text: str, paragraphs: Sequence[Paragraph], tokens: Sequence[Token], weigher: Weigher, taken: Sequence[Proposal]
) -> Iterator[Proposal]:
    """What may be otherwise where no proposal stands yet: only ever suggested, and not where all print is bad."""
    if weigher.bad_print or not any(token.english for token in tokens):
        return
    found = [
        *divided_words(text, tokens, weigher.english, weigher.times),
        *glued_words(tokens, weigher.english, weigher.times),
        *phrases_elsewhere(tokens, weigher.english, ocr_channel()),
        *strange_marks(text, paragraphs),
    ]
    places = [(p.start, p.end) for p in taken]
    for start, end, after, confidence, reason in sorted(found):
        at = bisect(places, (start, end))
        if any(a < end and start < b for a, b in places[max(0, at - 1) : at + 1]):
            continue
        insort(places, (start, end))
        yield Proposal(
            start=start, end=end, before=text[start:end], after=after, how=CONFUSION, confidence=confidence,
            reason=reason, sure=False,
        )  # fmt: skip


def _whole(text: str, tokens: Sequence[Token], parted: Parted) -> Proposal:
    """The word that was read as two."""
    one, other = tokens[parted.index : parted.index + 2]
    read = one.text + other.text
    confidence = min(0.99, round(parted.confidence, 2))
    whole = parted.word.replace(" ", "")
    return Proposal(
        start=one.start,
        end=other.end,
        before=text[one.start : other.end],
        after=in_case_of(read, parted.word),
        how=CONFUSION,
        confidence=confidence if parted.sure else min(confidence, 0.89),
        reason=f"'{one.text}' and '{other.text}' together are likelier '{whole}' than any two words",
        sure=parted.sure,
    )


def _speck(text: str, start: int, end: int, sign: str) -> Proposal:
    """The space that is printed where a speck was read as a sign."""
    return Proposal(
        start=start, end=end, before=text[start:end], after=" ", how=CONFUSION, confidence=0.9,
        reason=f"read '{sign}' for nothing; it stands alone between words in bad print", sure=True,
    )  # fmt: skip


def _small(token: Token) -> Proposal:
    """The word without its capital."""
    return Proposal(
        start=token.start,
        end=token.end,
        before=token.text,
        after=token.text.lower(),
        how=CONFUSION,
        confidence=0.9,
        reason=f"read '{token.text[0]}' for '{token.text[0].lower()}'; inside a sentence it has no capital",
        sure=True,
    )


def _proposal(weigher: Weigher, token: Token, weighed: Weighed) -> Proposal:
    word = weighed.candidate.match.word
    after = in_case_of(token.text, word)
    times = weigher.times[after]
    is_name = weighed.candidate.is_name
    confidence = min(0.99, round(weighed.confidence, 2))
    sure = weighed.confidence >= (_SURE_IN_BAD_PRINT if weigher.bad_print else _SURE)
    if not weigher.bad_print and may_be_spelt(token.text.lower(), word):
        sure = False
    return Proposal(
        start=token.start,
        end=token.end,
        before=token.text,
        after=after,
        how=NAME if is_name else CONFUSION,
        confidence=confidence if sure else min(confidence, 0.89),
        reason=_reason(weigher, token.text, word, after, times, is_name, weighed.gain),
        sure=sure,
    )


def in_case_of(read: str, word: str) -> str:
    """The word in large and small letters as the one that was read.

    >>> in_case_of("Tbe", "the"), in_case_of("TBE", "the"), in_case_of("tbe", "the")
    ('The', 'THE', 'the')
    """
    letters = [sign for sign in read if sign.isalpha()]
    large = sum(sign.isupper() for sign in letters)
    if len(read) > 1 and large > len(letters) / 2 and (large > 1 or len(letters) == 1):
        return word.upper()
    return word[0].upper() + word[1:] if read[0].isupper() else word


def may_be_spelt(read: str, printed: str) -> bool:
    """May this difference be a person's spelling and not a misreading?

    A letter left out, added or doubled, two in the wrong order, a vowel for a vowel, s for z, an accent, another
    ending: authors, typists and printers write so.

    >>> may_be_spelt("withdrawl", "withdrawal"), may_be_spelt("recieve", "receive"), may_be_spelt("modem", "modern")
    (True, True, False)
    """
    found = differences(read, printed)
    if sorted(read) == sorted(printed):
        return True
    ending = read[:-1] == printed[:-1] and read.isalpha()
    return _bare(read) == _bare(printed) or ending or (len(found) == 1 and _spelt(*found[0]))


def _bare(word: str) -> str:
    """The word without its accents."""
    return "".join(sign for sign in normalize("NFD", word) if not combining(sign))


def _spelt(read: str, printed: str) -> bool:
    if len(read) + len(printed) == 1:
        return (read + printed).isalpha()
    if len(read) > 1 or len(printed) > 1:
        return False
    return {read, printed} <= _VOWELS or frozenset((read, printed)) in _SPELT_EITHER_WAY


def _reason(weigher: Weigher, read: str, word: str, after: str, times: int, is_name: bool, gain: float) -> str:
    """The evidence in words: the confusion, the dictionary or the source's own word, and the neighbours."""
    found = [f"'{b}' lost" if not a else f"'{a}' for nothing" if not b else f"'{a}' for '{b}'"
             for a, b in differences(read, word)]  # fmt: skip
    parts = [f"read {', '.join(found)}"] if found else []
    if is_name:
        parts.append(f"the source has '{after}' {_often(times)}, '{read}' {_often(weigher.times[read])}")
    elif times > 1:
        parts.append(f"'{after}' is a word, and in the source {_often(times)}")
    else:
        parts.append(f"'{word}' is a word")
    if gain >= 2.0:
        parts.append(f"the words beside it make it {_many(gain)} times likelier")
    return "; ".join(parts)


def _often(times: int) -> str:
    return "once" if times == 1 else f"{times} times"


def _many(gain: float) -> str:
    return f"{gain:.0f}" if gain < 1000 else "over 1,000"
