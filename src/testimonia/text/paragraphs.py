"""Paragraphs from lines: which lines are one paragraph, across blank lines that OCR put in and across pages?"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import groupby, pairwise

from testimonia.text.recovery_rows import Rows
from testimonia.text.recovery_words import words_of, zipf

LONG = 120
_HEADING = 45
_NARROW = 25
_QUOTES = "\"'“‘«„"
_CLOSERS = "\"'”’»)]}*_"
_SENTENCE_END = re.compile(rf"[.!?:…。！？][{re.escape(_CLOSERS)}]*\d{{0,3}}$")
_ABBREVIATION = re.compile(r"(?:^|[\s(\[\"“])([^\W\d_]{1,5})\.$")
_ACRONYM = re.compile(r"(?:^|[^\w.])(?:[A-Z]\.){2,}$")
_LISTED = re.compile(
    r"^(?:[*•·▪‣●○■–—-]\s|\(?\d{1,3}[.)]\s|[a-z]\.\s|\(?[a-zA-Z]\)\s|\([ivxlc]{1,5}\)\s|\[\d{1,3}\]\s)"
)
_NUMBERED = re.compile(r"^(?:\[?\d+(?:[:.]\d+)*[.):\]]?\s)")
_COLUMNS = re.compile(r"\S\s{3,}\S|\t|\|")
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")

# Titles and terms that English prints with a full stop inside a sentence; an initial ('J.') needs no list.
_ABBREVIATIONS = frozenset(
    {
        "prof", "dr", "mr", "mrs", "ms", "gen", "col", "capt", "lt", "sgt", "adm", "maj", "sen", "rep", "gov",
        "amb", "rev", "hon", "st", "vol", "vols", "p", "pp", "ed", "eds", "ch", "chs", "fig",
        "cf", "vs", "sec", "intro", "trans", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept",
        "sep", "oct", "nov", "dec", "approx", "ca", "viz",
    }
)  # fmt: skip


class Shape(IntEnum):
    """How the lines of a block hang together: wrapped prose, lines that stand for themselves, a single long line."""

    WRAPPED = 0
    LINES = 1
    LONE = 2


@dataclass(slots=True)
class Block:
    """Rows that make one paragraph.

    `joins` says for each row but the first why it may stand beside the one before over a gap or a page: (confidence,
    reason), or None where they simply follow on each other. `column` is how many characters its column is wide.
    """

    rows: list[int]
    shape: Shape
    column: int
    joins: list[tuple[float, str] | None] = field(default_factory=list)


def blocks(
    rows: Rows,
    body: Sequence[int],
    section: Mapping[int, tuple[int, int]],
    refuses: Callable[[int, int, tuple[float, str]], bool],
) -> list[Block]:
    """Which rows make one paragraph?

    `body` are the rows of the text, furniture left out; `section` gives each row's sequence of pages and page, with a
    page of -1 minus its number where the page can't be read: its rows stay lines. `refuses(above, below, why)` says
    that an editor does not want these two rows joined over a gap.
    """
    groups = list(_groups(rows, body, section))
    out: list[Block] = []
    for group, column in zip(groups, _columns(rows, groups), strict=True):
        unreadable = section[group[0]][1] < 0
        made = (
            [Block(rows=group, shape=Shape.LINES, column=column)] if unreadable else list(_split(rows, group, column))
        )
        for i, block in enumerate(made):
            block.joins = [None] * (len(block.rows) - 1)
            above = out[-1] if out else None
            why = None if i or above is None else _goes_on(rows, above, block, section)
            if above is not None and why is not None and not refuses(above.rows[-1], block.rows[0], why):
                above.joins.extend([why, *block.joins])
                above.rows.extend(block.rows)
                above.column = max(above.column, block.column)
            else:
                out.append(block)
    return out


def _columns(rows: Rows, groups: Sequence[Sequence[int]]) -> list[int]:
    """How wide is the column that each group stands in? A group of one or two rows takes it from its neighbours."""
    own = [max(rows.width(row) for row in group) for group in groups]
    known = [width if len(group) > 2 else 0 for group, width in zip(groups, own, strict=True)]
    above, below = list(known), list(known)
    for i in range(1, len(groups)):
        above[i] = above[i] or above[i - 1]
        below[-i - 1] = below[-i - 1] or below[-i]
    return [k or max(w, a, b) for k, w, a, b in zip(known, own, above, below, strict=True)]


def _groups(rows: Rows, body: Sequence[int], section: Mapping[int, tuple[int, int]]) -> Iterator[list[int]]:
    """Rows that stand under each other on one page with nothing between but the page's usual line spacing."""
    for _, on_page in groupby(body, section.__getitem__):
        page = list(on_page)
        spacing = _spacing(rows, page)
        group = page[:1]
        for above, row in pairwise(page):
            if row != above + 1 or rows.blanks[row] > spacing:
                yield group
                group = []
            group.append(row)
        yield group


def _spacing(rows: Rows, page: Sequence[int]) -> int:
    """How many empty lines stand between the lines of a paragraph? One on a page typed with double spacing.

    Such a page has an empty line between most lines, and many lines begin in the middle of a sentence.
    """
    below = page[1:]
    single = sum(rows.blanks[row] == 1 for row in below)
    if len(below) < 6 or single < 0.7 * len(below):
        return 0
    begun = sum(_first_letter(rows.text(row)).islower() for row in below)
    return 1 if begun >= 0.4 * len(below) else 0


def _split(rows: Rows, group: list[int], column: int) -> Iterator[Block]:
    """The blocks of one group of rows that stand under each other, in a column so many characters wide."""
    shape = _shape(rows, group)
    if shape is not Shape.WRAPPED:
        parts = [group] if shape is Shape.LINES else [[row] for row in group]
        yield from (Block(rows=part, shape=shape, column=column) for part in parts)
        return
    base = min(rows.indent(r) for r in group)
    hanging = sum(rows.indent(r) > base + 1 for r in group) > 0.55 * len(group)
    part = [group[0]]
    for above, row in pairwise(group):
        if _starts_anew(rows, above, row, column, hanging):
            yield Block(rows=part, shape=_part_shape(rows, part), column=column)
            part = []
        part.append(row)
    yield Block(rows=part, shape=_part_shape(rows, part), column=column)


def _part_shape(rows: Rows, part: Sequence[int]) -> Shape:
    return Shape.LONE if len(part) == 1 and rows.width(part[0]) > LONG else Shape.WRAPPED


def _shape(rows: Rows, group: Sequence[int]) -> Shape:
    """Are these lines wrapped prose, or does each stand for itself (verse, tables, code, one paragraph a line)?"""
    count = len(group)
    texts = [rows.text(r) for r in group]
    widths = [rows.width(r) for r in group]
    column = max(widths)
    full = sum(widths[i] + 1 + len(texts[i + 1].split(None, 1)[0]) >= 0.85 * column for i in range(count - 1))
    flush = count < 2 or full >= 0.7 * (count - 1)
    if column > LONG and not (flush and count >= 3):
        return Shape.LONE
    if count < 3:
        return Shape.WRAPPED
    if sum(_NUMBERED.match(t) is not None for t in texts) >= 0.8 * count:
        return Shape.LONE
    if sum(has_columns(t) for t in texts) >= 0.5 * count:
        return Shape.LINES
    if sum(_LISTED.match(t) is not None for t in texts) > 1:
        return Shape.WRAPPED
    if count == 3:
        return Shape.WRAPPED if flush else Shape.LINES
    cased = [t for t in texts[1:] if _first_letter(t).isupper() or _first_letter(t).islower()]
    capitals = bool(cased) and not any(_first_letter(t).islower() for t in cased)
    mixed = any(c.islower() for t in texts for c in t)
    if not flush or (capitals and mixed and (count > 5 or full < 0.9 * (count - 1))):
        return Shape.LINES
    return Shape.WRAPPED


def _first_letter(text: str) -> str:
    return next((c for c in text if c.isalpha()), "")


def _starts_anew(rows: Rows, above: int, row: int, column: int, hanging: bool) -> bool:
    """Does a new paragraph begin on this row, though no empty line stands above it?"""
    one, other = rows.text(above), rows.text(row)
    if len(one) > LONG >= column or len(other) > LONG >= column:
        return True
    ended = ends_sentence(one)
    room = len(one) + 1 + len(other.split(None, 1)[0]) < 0.75 * column
    deeper = rows.indent(row) - rows.indent(above)
    if _LISTED.match(other) and (ended or room or one.endswith((";", ","))):
        return True
    if hanging:
        return deeper <= -2
    if deeper >= 2 and (ended or room):
        return True
    return ended and room and not _first_letter(other).islower()


def ends_sentence(text: str) -> bool:
    """Does this line end with the end of a sentence? Not where it ends with an initial or an abbreviation.

    A note's number may be glued to the end. After 'U.S.' nothing tells, and it is taken to go on.

    >>> ends_sentence("as he said.12"), ends_sentence("with Prof."), ends_sentence("by James G."), ends_sentence("and")
    (True, False, False, False)
    """
    if not _SENTENCE_END.search(text) or _ACRONYM.search(text):
        return False
    short = _ABBREVIATION.search(text)
    return short is None or not (
        short[1].casefold() in _ABBREVIATIONS
        or short[1] in ("No", "Nos", "Art")
        or (len(short[1]) == 1 and short[1].isupper() and short[1] != "I")
    )


def has_columns(text: str) -> bool:
    """Is this the row of a table: parts with wide gaps, tabs or bars between?

    >>> has_columns("Pilot   Harbour   4.50"), has_columns("the pilot of the harbour")
    (True, False)
    """
    return _COLUMNS.search(text) is not None


def _goes_on(
    rows: Rows, above: Block, below: Block, section: Mapping[int, tuple[int, int]]
) -> tuple[float, str] | None:
    """Is this block the rest of the one above, parted from it by a gap or a page? How sure, and why?"""
    last, first = above.rows[-1], below.rows[0]
    if section[last][0] != section[first][0] or section[last][1] < 0 or section[first][1] < 0:
        return None
    if above.shape is not Shape.WRAPPED or below.shape is not Shape.WRAPPED:
        return None
    one, other = rows.text(last), rows.text(first)
    same_page = section[last][1] == section[first][1]
    if same_page and (rows.blanks[first] > 1 or first != last + 1):
        return None
    inside = _left_open(rows, above) if other[0] not in _QUOTES else ""
    if _LISTED.match(other) or not _first_letter(one) or not any(c.isalnum() for c in other):
        return None
    if ends_sentence(one) and not (one[-1] == ":" and inside):
        return None
    column = max(above.column, below.column if len(above.rows) < 3 else 0)
    full = column >= _NARROW and len(one) + 1 + len(other.split(None, 1)[0]) > 0.93 * column
    why = _hangs(one)
    lower = _first_letter(other).islower() and not other[0].isdigit()
    where = "an empty line" if same_page else "a page break"
    if lower and (full or why or len(above.rows) > 1) and (full or why or not same_page):
        return 0.9, f"the sentence goes on after {where} with '{other.split(None, 1)[0]}'"
    if len(below.rows) == 1 and other.isupper():
        return None
    if inside or (why and (full or not same_page)):
        return 0.8, f"the line before {where} {inside or why}"
    if one[-1] in _CLOSERS or not other[0].isalnum():
        return None
    heading = len(above.rows) == 1 and (one.isupper() or len(one) < _HEADING)
    if heading or (len(below.rows) == 1 and len(other) < _HEADING and not ends_sentence(other)):
        return None
    if (full and (same_page or len(above.rows) > 1)) or (not same_page and len(above.rows) > 2):
        return 0.6, f"the line before {where} is full and does not end a sentence"
    return None


def _hangs(text: str) -> str:
    """What shows that a sentence can't end with this line? Empty where nothing does."""
    if text[-1] in ",-¬\u00ad—–([":
        return f"ends with '{text[-1]}'"
    if _ABBREVIATION.search(text):
        return f"ends with the abbreviation '{text.split()[-1]}'"
    spoken = words_of(text)
    if spoken and text[-1].isalpha() and zipf(spoken[-1]) >= 6.3:
        return f"ends with '{spoken[-1]}'"
    return ""


def _left_open(rows: Rows, block: Block) -> str:
    """Which bracket or quotation mark does the end of this block leave open? Empty where none is."""
    whole = " ".join(rows.text(r) for r in block.rows[-12:])
    if any(whole.count(a) > whole.count(b) for a, b in ("()", "[]")):
        return "leaves a bracket open"
    if whole.count('"') % 2 or whole.count("“") > whole.count("”"):
        return "leaves a quotation open"
    return ""


def between(above: str, below: str) -> str:
    """What stands between two lines of one paragraph when they become one? A space, or nothing.

    Nothing after a dash that is tied to its word, after the slash of an address, and between East Asian signs.

    >>> between("the harbour", "master"), between("from Malta—", "a matter"), between("港の", "夜")
    (' ', '', '')
    """
    if len(above) > 1 and above[-1] in "—/" and not above[-2].isspace():
        return ""
    if _EAST_ASIAN.match(above[-1]) and _EAST_ASIAN.match(below[0]):
        return ""
    return " "
