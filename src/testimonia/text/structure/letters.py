"""Collections of letters: each letter from its heading, dateline or greeting to the next."""

from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.text.structure.blocks import Block
from testimonia.text.structure.cable import is_classification, is_salutation, read_dateline
from testimonia.text.structure.shapes import is_running_text, is_separator, looks_like_title

OPENER_BLOCKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter: half-open block numbers; `heading` is the block that is its heading, None where it has none."""

    first: int
    last: int
    heading: int | None


def find_letters(blocks: Sequence[Block], first: int, last: int) -> tuple[Letter, ...]:
    """Which letters stand one after another among these blocks (half-open numbers)?

    A letter starts with a greeting, or with a dateline that a greeting follows within a few short lines; a title above
    is its heading. One letter alone in an article is a quotation, not a collection.

    >>> from testimonia.text.structure.example import example_reading
    >>> words = "The lamp on the skerry was lit on Sunday, and the keepers say that it will burn."
    >>> text = "".join(f"Havnsund, {n} May 1907\\n\\nDear Karl,\\n\\n{words}\\n\\n" for n in (3, 4))
    >>> blocks = example_reading(text).blocks
    >>> [(letter.first, letter.last) for letter in find_letters(blocks, 0, len(blocks))]
    [(0, 3), (3, 6)]
    """
    starts: list[tuple[int, int | None]] = []
    n = first
    while n < last:
        greeting = _greeting_after(blocks, n, last)
        if greeting is None:
            n += 1
            continue
        heading = n - 1 if n > first and _is_heading(blocks[n - 1]) else None
        if not starts or (n if heading is None else heading) > starts[-1][0]:
            starts.append((n if heading is None else heading, heading))
        n = greeting + 1
    if len(starts) < 2:
        return ()
    ends = [s for s, _ in starts[1:]] + [last]
    return tuple(
        Letter(first=start, last=_without_rules(blocks, start, end), heading=heading)
        for (start, heading), end in zip(starts, ends, strict=True)
    )


def _greeting_after(blocks: Sequence[Block], n: int, last: int) -> int | None:
    """The block of the greeting, if a letter's opener starts with block `n`."""
    if not blocks[n].words_can_be_trusted or len(blocks[n].text) > 120:
        return None
    dated = False
    for at in range(n, min(n + OPENER_BLOCKS, last)):
        text = blocks[at].plain
        if is_salutation(text):
            follows = any(b.is_running_text for b in blocks[at + 1 : min(at + 3, last)] if b.words_can_be_trusted)
            return at if follows and (dated or at == n) else None
        if read_dateline(text) is not None:
            dated = True
        elif not dated or is_running_text(text) or not (is_classification(text) or looks_like_title(text)):
            return None
    return None


def _is_heading(block: Block) -> bool:
    text = block.plain
    return block.words_can_be_trusted and looks_like_title(text) and block.gap_before >= 1 and not is_separator(text)


def _without_rules(blocks: Sequence[Block], start: int, end: int) -> int:
    while end > start + 1 and is_separator(blocks[end - 1].plain):
        end -= 1
    return end
