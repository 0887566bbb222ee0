"""Which words of an account stand in quotation marks, and in marks within marks?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.analysis.told import Passage

_DOUBLE = re.compile('["“”]')
_INNER_OPENS = re.compile(r"(?<![\w.,?!])['‘](?=[^\W_])")
_INNER_CLOSES = re.compile(r"(?<=[\w.,?!…])['’](?![^\W_])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of a passage of one depth: half-open offsets in the passage, how many quotations it stands in (0, 1 or
    2), and whether the quotation was opened here (else it goes on from the passage before)."""

    start: int
    end: int
    depth: int
    opened: bool


def quoted_stretches(passages: Sequence[Passage]) -> list[tuple[Stretch, ...]]:
    """For each passage its stretches, in order and without the marks.

    A quotation that is left open goes on to the end of its paragraph. A mark of scanning error, where the opening mark
    was read as a single one and the closing one as double, is taken for what it must be.
    """
    out: list[tuple[Stretch, ...]] = []
    depth, paragraph = 0, -1
    for passage in passages:
        if passage.paragraph != paragraph:
            depth, paragraph = 0, passage.paragraph
        stretches, depth = _stretches(passage.text, depth)
        out.append(tuple(stretches))
    return out


def _stretches(text: str, depth: int) -> tuple[list[Stretch], int]:
    out: list[Stretch] = []
    begun, opened = 0, False
    marks = sorted(
        [(m.start(), '"') for m in _DOUBLE.finditer(text)]
        + [(m.start(), "(") for m in _INNER_OPENS.finditer(text)]
        + [(m.start(), ")") for m in _INNER_CLOSES.finditer(text)]
    )
    for at, mark in marks:
        if mark == '"':
            misread = depth == 0 and _closes(text, at)
            opening = next((x for x, m in marks if m == "(" and begun <= x < at), None) if misread else None
            if opening is not None:
                _add(out, begun, opening, 0, False)
                _add(out, opening + 1, at, 1, True)
                begun, depth, opened = at + 1, 0, False
                continue
            deeper = 1 if depth == 0 else 0
        elif (mark == "(") == (depth == 1):
            deeper = 2 if mark == "(" else 1
            if mark == ")" and depth != 2:
                continue
        else:
            continue
        _add(out, begun, at, depth, opened)
        begun, opened = at + 1, deeper > depth
        depth = deeper
    _add(out, begun, len(text), depth, opened)
    return out, depth


def _closes(text: str, at: int) -> bool:
    """Does this mark look like a closing one: after a word or a stop, before a space or the end?"""
    return at > 0 and not text[at - 1].isspace() and (at + 1 == len(text) or text[at + 1].isspace())


def _add(out: list[Stretch], start: int, end: int, depth: int, opened: bool) -> None:
    if end > start:
        out.append(Stretch(start=start, end=end, depth=depth, opened=opened))
