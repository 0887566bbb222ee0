"""Numbered notes: the runs of paragraphs that start with 1, 2, 3, at the end of an article or the foot of its pages."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from testimonia.chronology.printed import find_dates
from testimonia.text.structure.blocks import Block
from testimonia.text.structure.calls import SUPERSCRIPTS, possible_calls
from testimonia.text.structure.shapes import is_separator, looks_like_title
from testimonia.text.structure.titles import is_link_line

_START = re.compile(
    r"(?P<mark>\[(?P<square>\d{1,3})\]|\((?P<round>\d{1,3})\)|(?P<raised>[¹²³⁴-⁹⁰]{1,3})|(?P<plain>\d{1,3}|l)(?P<point>[.)]?))"
    r"(?P<space>\s*)(?P<first>\S)"
)
_NOTES_HEADING = re.compile(
    r"\W*(?:(?:end|foot)?notes?(?:\s+and\s+references)?|references|anmerkungen)\W*", re.IGNORECASE
)
# Between two notes of one run there may stand the further paragraphs of the first, not a chapter.
FURTHER_PARAGRAPHS = 12
MOST_SKIPPED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One note: its number, half-open reading offsets, its first and last block."""

    number: int
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRun:
    """Notes that count on from 1. `first` and `last` are half-open block numbers; `at_foot` says that text stands
    between them, so that each lies at the foot of its page; `headed` that a heading 'Notes' stands above."""

    bodies: tuple[Body, ...]
    first: int
    last: int
    at_foot: bool
    headed: bool


def note_start(text: str) -> int | None:
    """The number that this paragraph starts with, if a note may start so.

    >>> note_start("12 Holm, The Night Ferry, 40."), note_start("[3] See above."), note_start("l Books on the ferry")
    (12, 3, 1)
    >>> note_start("1 said no more."), note_start("27 October 1907 was a Sunday."), note_start("1:1 In the beginning")
    (None, None, None)
    """
    match = _START.match(text)
    if match is None:
        return None
    bracketed = match["square"] or match["round"] or match["raised"]
    if match["plain"] and not match["space"]:
        return None
    if not bracketed and not match["point"] and match["first"].islower():
        return None  # '1 said': a misread 'I'
    if (not bracketed and match["first"] in ":-–—,./%*=+") or find_dates(text[:24]):
        return None
    if match["plain"] == "l":
        return 1 if match["first"].isupper() else None
    return int((bracketed or match["plain"]).translate(SUPERSCRIPTS))


def find_note_runs(blocks: Sequence[Block], first: int, last: int, taken: Collection[int]) -> tuple[NoteRun, ...]:
    """Which runs of numbered paragraphs of this article (half-open block numbers) may be notes?

    Whether a run is notes or a numbered list is for its calls to say. `taken` are blocks that are something else.

    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading()
    >>> [(run.bodies[0].number, run.headed) for run in find_note_runs(reading.blocks, 2, len(reading.blocks), ())]
    [(1, True)]
    """
    starts = [s for n in range(first, last) if n not in taken for s in _starts_in(blocks[n])]
    runs = _count_on(starts)
    paged = first < last and blocks[first].page_index != blocks[last - 1].page_index
    out = []
    for at, run in enumerate(runs):
        stop = last
        if at + 1 < len(runs):
            # Text follows before the next run: the last note can't reach beyond its page.
            stop = _page_end(blocks, run[-1][1], runs[at + 1][0][1]) if paged else runs[at + 1][0][1]
        out.append(_run(blocks, run, first, stop, taken, paged))
    return tuple(out)


def _starts_in(block: Block) -> list[tuple[int, int, int]]:
    """(number, block, reading offset) of each note that starts in this block: at its start, and, where that starts
    one, at its further lines that count on."""
    if not block.words_can_be_trusted:
        return []
    number = note_start(block.text)
    if number is None:
        return []
    out = [(number, block.number, block.start)]
    for offset in block.paragraph.line_starts[1:]:
        following = note_start(block.text[offset - block.start : offset - block.start + 40])
        if following == out[-1][0] + 1:
            out.append((following, block.number, offset))
    return out


def _count_on(starts: Sequence[tuple[int, int, int]]) -> list[list[tuple[int, int, int]]]:
    """Runs that count on from 1. A lone 1 inside a run (a misread 'I') does not end it."""
    runs: list[list[tuple[int, int, int]]] = []
    for start in starts:
        number = start[0]
        if runs and _counts_on(runs[-1], number):
            runs[-1].append(start)
        elif len(runs) >= 2 and len(runs[-1]) == 1 and len(runs[-2]) >= 2 and _counts_on(runs[-2], number):
            runs.pop()
            runs[-1].append(start)
        elif number == 1:
            runs.append([start])
    return runs


def _counts_on(run: Sequence[tuple[int, int, int]], number: int) -> bool:
    return run[-1][0] < number <= run[-1][0] + 1 + (MOST_SKIPPED if len(run) >= 3 else 0)


def _run(
    blocks: Sequence[Block],
    run: Sequence[tuple[int, int, int]],
    first: int,
    stop: int,
    taken: Collection[int],
    paged: bool,
) -> NoteRun:
    apart = [(a, b) for a, b in pairwise(run) if b[1] - a[1] > 1]
    # At the foot of pages, the call of a note stands between the note before it and itself.
    called = sum(1 for a, b in apart if _calls_between(blocks, a[1], b))
    at_foot = bool(apart) and 2 * called >= len(apart)
    bodies = []
    for at, (number, block, start) in enumerate(run):
        following = run[at + 1] if at + 1 < len(run) else None
        limit = following[1] if following else stop
        if following and following[1] == block:
            end_block, end = block, following[2]
        elif at_foot and not paged:
            end_block, end = block, blocks[block].end  # nothing says where the foot of the page ends
        else:
            end_block = _last_block(blocks, block, limit, at_foot, taken)
            end = blocks[end_block].end
        bodies.append(Body(number=number, start=start, end=end, first=block, last=end_block))
    above = run[0][1] - 1
    return NoteRun(
        bodies=tuple(bodies),
        first=run[0][1],
        last=bodies[-1].last + 1,
        at_foot=at_foot,
        headed=above >= first and bool(_NOTES_HEADING.fullmatch(blocks[above].plain)),
    )


def _page_end(blocks: Sequence[Block], at: int, last: int) -> int:
    end = at + 1
    while end < last and blocks[end].page_index == blocks[at].page_index:
        end += 1
    return end


def _calls_between(blocks: Sequence[Block], note: int, following: tuple[int, int, int]) -> bool:
    number, last, _ = following
    return any(c.number == number and c.weight > 0 for b in blocks[note + 1 : last] for c in possible_calls(b.text))


def _last_block(blocks: Sequence[Block], block: int, limit: int, at_foot: bool, taken: Collection[int]) -> int:
    """The last block of the note that starts in `block`: its further paragraphs up to `limit`, those of its own page
    where notes stand at the foot; a heading or a rule ends it, and so does what is `taken` by something else."""
    end = block
    while end + 1 < limit and end - block < 3 * FURTHER_PARAGRAPHS:
        following = blocks[end + 1]
        if end + 1 in taken:
            break
        if at_foot and following.page_index != blocks[block].page_index:
            break
        text = following.plain
        if is_separator(text) or is_link_line(text) or (looks_like_title(text, 10) and following.gap_before >= 2):
            break
        end += 1
    return end
