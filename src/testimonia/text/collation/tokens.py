"""The words of a version, as they are compared."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from testimonia.model.collation import Token
from testimonia.text.structure.redactions import Withheld, find_withheld

# A word takes the marks before it and behind it, so that every character that is not white space belongs to one word;
# what opens (a quotation, a bracket) belongs to the word that follows. Chinese and Japanese have no spaces: a word is a
# character there.
_OPENING = r"“„«‹‚(\[{¿¡"
_WORD = re.compile(
    rf"[^\w\s]*(?:[\u3040-\u30ff\u3400-\u9fff]|(?:(?![\u3040-\u30ff\u3400-\u9fff])\w)+"
    rf"(?:[-’'‑.&/,:](?![\u3040-\u30ff\u3400-\u9fff])\w+)*)(?:[^\w\s{_OPENING}\"]|\"(?!\w))*"
    r"|[^\w\s]+"
)
# Where a mark for withheld words can stand at all: to look for their many wordings in a whole text takes longer than
# all the rest.
_BRACKETED = re.compile(r"[\[({][^\[\](){}]{0,240}[\])}]?")
_BLOCKED = re.compile(r"[█■▇▆▊]|[Xx](?:\s?[Xx]){4}")
_LETTERS = re.compile(r"[\W_]+")
_FOLDED = str.maketrans({"ſ": "s", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l"})


def tokenise(text: str) -> tuple[Token, ...]:
    """Which words does this text have, and where do they stand?

    In the order of the text. Every character but white space belongs to exactly one of them; a dash or a dot that
    stands alone goes with the word before it, at the beginning with the word after it.

    >>> [(t.form, text[t.start:t.end]) for text in ["He said,—“I  know.” — So?"] for t in tokenise(text)]
    [('he', 'He'), ('said', 'said,—'), ('i', '“I'), ('know', 'know.” —'), ('so', 'So?')]
    >>> [t.withheld for t in tokenise("He named [2 lines deleted] yesterday.")]
    [False, False, True, False]
    """
    tokens: list[Token] = []
    at = 0
    for gap in _withheld(text):
        _add_words(text, at, gap.start, tokens)
        tokens.append(Token(start=gap.start, end=gap.end, form=f"\0{len(tokens)}", withheld=True))
        at = gap.end
    _add_words(text, at, len(text), tokens)
    return tuple(tokens)


@lru_cache(maxsize=200_000)
def normal_form(word: str) -> str:
    """What of a word is compared: its letters and figures, without case, accents, hyphens and old letter shapes.

    >>> normal_form("Aërial,"), normal_form("sea-room"), normal_form("ſaid"), normal_form("&")
    ('aerial', 'searoom', 'said', 'and')
    """
    if word.isascii():
        letters = _LETTERS.sub("", word).lower()
    else:
        decomposed = unicodedata.normalize("NFKD", word.translate(_FOLDED).casefold().translate(_FOLDED))
        letters = _LETTERS.sub("", "".join(c for c in decomposed if not unicodedata.combining(c)))
    return letters or ("and" if "&" in word else "")


def _withheld(text: str) -> Iterator[Withheld]:
    """The marks for withheld words in the order of the text, none overlapping the one before."""
    if _BLOCKED.search(text):
        found = find_withheld(text)
    else:
        found = tuple(
            replace(gap, start=gap.start + at.start(), end=gap.end + at.start())
            for at in _BRACKETED.finditer(text)
            for gap in find_withheld(at[0])
        )
    end = 0
    for gap in found:
        if gap.start >= end:
            yield gap
            end = gap.end


def _add_words(text: str, start: int, end: int, tokens: list[Token]) -> None:
    waiting: int | None = None  # where marks began that no word has taken yet
    for found in _WORD.finditer(text, start, end):
        begun, ends = found.span()
        form = normal_form(found[0])
        if waiting is not None:
            begun, waiting = waiting, None
        if form:
            tokens.append(Token(start=begun, end=ends, form=form))
        elif tokens and tokens[-1].end >= start:
            tokens[-1] = replace(tokens[-1], end=ends)
        else:
            waiting = begun
    if waiting is not None:
        # Marks without any word: kept as a token of their own, so that nothing is lost.
        tokens.append(Token(start=waiting, end=end - _trailing_space(text, start, end), form="\1"))


def _trailing_space(text: str, start: int, end: int) -> int:
    return end - start - len(text[start:end].rstrip())
