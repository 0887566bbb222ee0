"""Find the lines of a text that were printed upside down."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from testimonia.text.readability import letters_in_words
from testimonia.text.recovery_rows import Rows, skeleton
from testimonia.text.turned.channel import learned_channel
from testimonia.text.turned.glyphs import turn
from testimonia.text.turned.guessing import Guesser
from testimonia.text.turned.language import WordModel, word_model
from testimonia.text.turned.parsing import Settings, parse
from testimonia.text.turned.records import DocumentLexicon, TurnedStretch
from testimonia.text.turned.short_words import turned_short_words
from testimonia.text.turned.spelling import Speller
from testimonia.text.turned.vocabulary import Vocabulary, english_letters, general_words

_ADDRESS = re.compile(r"://|www\.|\.(?:com|org|edu|gov|net|html?)\b", re.IGNORECASE)
# A row with fewer of its letters in words may be upside down, one with more than the second share stands upright.
_STRANGE, _UPRIGHT = 0.45, 0.7
# So many letters in upright rows, with no strange row between them, end a stretch: noise on a page has fewer.
_UPRIGHT_LETTERS = 36
_NUMERIC = re.compile(r"[\W\d_]*\d[\W\d_]*")
_FRAME_GAP = 3
_LEAST_ROWS, _LEAST_STRINGS = 4, 25
# After some stretches that were decoded for nothing (a source in French, say) only clearer ones are worth it.
_LEAST_SHARE, _CLEAR_SHARE, _PATIENCE = 0.1, 0.16, 4
# What a glyph of the turned text costs, at most, where the decoded text is language: nats, measured on pages upside
# down (3.0 to 3.7) and on reversed, foreign and encoded text, code and noise (3.86 and more).
_MOST_COST = 3.85
_SAMPLE_ROWS, _SAMPLE_GLYPHS, _SAMPLE_WORDS = 12, 500, 12_000
_SAMPLE = Settings(beam=6, slack=7.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedRows:
    """Rows that were printed upside down, as far as their page's own frame; `stretch` says which lines they are."""

    rows: range
    stretch: TurnedStretch


def find_turned(rows: Rows, page_begins: Iterable[int]) -> tuple[TurnedRows, ...]:
    """Which stretches of this text were printed upside down?

    `page_begins` are the first rows of the pages that are known: no stretch runs on past one. A stretch is found where
    rows follow on one another whose letters hardly stand in words, where the strings that OCR makes of 'the' and 'of'
    upside down are as frequent as these words are, and where the lines turned round look like English. A stretch of
    fewer than four rows is not found.
    """
    begins = frozenset(page_begins)
    marks, letters = _marks(rows)
    found = []
    patience = _PATIENCE
    for kept, copies in _suspects(rows, marks, letters, begins):
        strange = [rows.text(row) for row in kept if marks[row] < 0]
        if not _reads_turned(strange, _LEAST_SHARE if patience else _CLEAR_SHARE):
            continue
        why = _why(strange)
        patience -= why is None and patience > 0
        if why is not None:
            kept = _framed(rows, kept, marks, begins, copies)
            first, last = rows.numbers[kept[0]], rows.numbers[kept[-1]]
            stretch = TurnedStretch(first_line=first, last_line=last, confidence=why[0], reason=why[1])
            found.append(TurnedRows(rows=kept, stretch=stretch))
    return tuple(found)


def suspect_turned(rows: Rows, page_begins: Iterable[int]) -> tuple[range, ...]:
    """Which rows may be upside down, as far as can be told without decoding them?

    All that `find_turned` finds, and sometimes more: it takes milliseconds where that takes seconds.
    """
    marks, letters = _marks(rows)
    return tuple(
        kept
        for kept, _ in _suspects(rows, marks, letters, frozenset(page_begins))
        if _reads_turned([rows.text(row) for row in kept if marks[row] < 0], _LEAST_SHARE)
    )


def _suspects(
    rows: Rows, marks: Sequence[int], letters: Sequence[int], begins: frozenset[int]
) -> Iterator[tuple[range, Counter[str]]]:
    """Runs of rows whose letters hardly stand in words; with each how often every row of the text stands in it."""
    copies: Counter[str] | None = None
    for run in _runs(marks, letters, begins):
        if sum(mark < 0 for mark in marks[run.start : run.stop]) < _LEAST_ROWS:
            continue
        if copies is None:
            copies = Counter(skeleton(rows.text(row)) for row in range(rows.count))
        yield _trimmed(rows, run, marks, copies), copies


def _marks(rows: Rows) -> tuple[list[int], list[int]]:
    """For each row -1 where it may be upside down, 1 where it stands upright, 0 where it does not say; its letters."""
    marks, letters = [], []
    for row in range(rows.count):
        text = rows.text(row)
        count, in_words = letters_in_words(text)
        strange = count >= 4 and in_words < _STRANGE * count and not _ADDRESS.search(text)
        marks.append(-1 if strange else 1 if count >= 8 and in_words > _UPRIGHT * count else 0)
        letters.append(count)
    return marks, letters


def _runs(marks: Sequence[int], letters: Sequence[int], begins: frozenset[int]) -> Iterator[range]:
    """Rows that follow on one another with hardly an upright one between them, from a strange row to a strange row."""
    start, last, upright = -1, -1, 0
    for row, mark in enumerate(marks):
        if start >= 0 and (row in begins or (mark > 0 and upright + letters[row] >= _UPRIGHT_LETTERS)):
            yield range(start, last + 1)
            start = -1
        if mark < 0:
            start = row if start < 0 else start
            last, upright = row, 0
        elif mark > 0 and letters[row] >= _UPRIGHT_LETTERS // 2:
            upright += letters[row]
    if start >= 0:
        yield range(start, last + 1)


def _trimmed(rows: Rows, run: range, marks: Sequence[int], copies: Counter[str]) -> range:
    """The run without lines at its ends that stand upright elsewhere."""
    first, last = run[0], run[-1]
    while first < last and (marks[first] >= 0 or copies[skeleton(rows.text(first))] > 1):
        first += 1
    while last > first and (marks[last] >= 0 or copies[skeleton(rows.text(last))] > 1):
        last -= 1
    return range(first, last + 1)


def _framed(rows: Rows, run: range, marks: Sequence[int], begins: frozenset[int], copies: Counter[str]) -> range:
    """The run with the specks and scraps around it that nothing shows to stand upright."""

    def belongs(row: int, gap: int) -> bool:
        text = rows.text(row)
        plain = marks[row] == 0 and not _ADDRESS.search(text) and not _NUMERIC.fullmatch(text)
        return plain and gap <= _FRAME_GAP and copies[skeleton(text)] == 1

    first, last = run[0], run[-1]
    while first > 0 and first not in begins and belongs(first - 1, rows.blanks[first]):
        first -= 1
    while last + 1 < rows.count and last + 1 not in begins and belongs(last + 1, rows.blanks[last + 1]):
        last += 1
    return range(first, last + 1)


def _reads_turned(texts: Sequence[str], least_share: float) -> bool:
    """Are enough of the strings of these rows short words upside down that the rows are worth decoding?"""
    count, short = turned_short_words(texts)
    return count >= _LEAST_STRINGS and short >= least_share * count


def _why(texts: Sequence[str]) -> tuple[float, str] | None:
    """The confidence and the reason that these rows are upside down, None where they are not."""
    count, short = turned_short_words(texts)
    cost = _cost(texts)
    if cost > _MOST_COST:
        return None
    confidence = round(min(0.99, 0.8 + (_MOST_COST - cost) / 2), 2)
    words = (
        f"{short} of its {count} strings of letters are what OCR makes of words like 'the' and 'of' when they stand on "
        f"their heads, and its lines turned round read as English"
    )
    return confidence, words


def _cost(texts: Sequence[str]) -> float:
    """How unlikely is each glyph of these rows, on average, if they are English upside down? In nats."""
    longest = sorted(range(len(texts)), key=lambda n: (-len(texts[n]), n))[:_SAMPLE_ROWS]
    glyphs = turn([texts[n] for n in sorted(longest)]).text[:_SAMPLE_GLYPHS]
    vocabulary, model = _common_words()
    speller = Speller(glyphs=glyphs, channel=learned_channel(), vocabulary=vocabulary, beam=25, slack=_SAMPLE.slack)
    guesser = Guesser(speller=speller, letters=english_letters())
    return -parse(guesser, model, _SAMPLE).logp / max(1, len(glyphs))


@lru_cache(maxsize=1)
def _common_words() -> tuple[Vocabulary, WordModel]:
    words = dict(sorted(general_words().items(), key=lambda item: -item[1])[:_SAMPLE_WORDS])
    return Vocabulary(words), word_model(words, DocumentLexicon())
