"""Section headings: isolated short lines, written as titles are, above full paragraphs."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from testimonia.text.structure.account_headings import read_account_heading
from testimonia.text.structure.blocks import Block, typical_width
from testimonia.text.structure.cable import is_classification, is_salutation
from testimonia.text.structure.shapes import (
    ends_sentence,
    is_separator,
    looks_like_title,
    without_call,
    words_of,
)
from testimonia.text.structure.titles import is_link_line

_NUMBERED = re.compile(r"(?:(?:chapter|part|book|section|act)\s+)?(?:\d{1,3}|[IVXLC]{1,7})\b[.:)]?\s*", re.IGNORECASE)
HEADING_BLOCKS = 3
HEADING_LINES = 3
MANY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section: its title, the half-open block numbers of its heading and where its text ends, how sure, and why."""

    title: str
    first: int
    body: int
    last: int
    confidence: float
    reason: str


def find_sections(blocks: Sequence[Block], first: int, last: int, taken: Collection[int]) -> tuple[Section, ...]:
    """Which sections does this article (half-open block numbers of its own text) have?

    `taken` are blocks that are notes, accounts or their headings: none of them is a section heading, and a section
    ends before the notes. Where titles stand as thick as text (a list, a table, verse), none is believed that only one
    empty line sets off.

    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading()
    >>> [section.title for section in find_sections(reading.blocks, 2, 5, ())]
    ['What Was Said']
    """
    width = typical_width(blocks[first:last])
    found: list[tuple[int, int, float, str]] = []
    n = first
    while n < last:
        heading = _heading_at(blocks, n, first, last, taken, width)
        if heading is not None:
            found.append(heading)
            n = heading[1]
        n += 1
    texts = sum(1 for b in blocks[first:last] if b.number not in taken and b.is_running_text)
    if len(found) >= MANY and 2 * len(found) > texts:
        found = [f for f in found if blocks[f[0]].gap_before >= 2]
    out = []
    for at, (start, body, confidence, reason) in enumerate(found):
        stop = found[at + 1][0] if at + 1 < len(found) else last
        while stop > body + 1 and stop - 1 in taken:
            stop -= 1
        title = without_call(": ".join(b.plain for b in blocks[start:body]))
        out.append(Section(title=title, first=start, body=body, last=stop, confidence=confidence, reason=reason))
    return tuple(out)


def _heading_at(
    blocks: Sequence[Block], n: int, first: int, last: int, taken: Collection[int], width: int
) -> tuple[int, int, float, str] | None:
    block = blocks[n]
    if n in taken or not _is_heading(block, width) or not _sets_off(blocks, n, first):
        return None
    body = n + 1
    while body < last and body - n < HEADING_BLOCKS and body not in taken and _is_heading(blocks[body], width):
        body += 1
    if body >= last or body in taken or not blocks[body].words_can_be_trusted:
        return None
    following = blocks[body]
    if not following.is_running_text or following.plain.lstrip("\"'“‘[(.…")[:1].islower():
        return None
    alone = block.gap_before >= 2 or block.gap_after >= 2
    confidence = 0.9 if alone or block.line_count == 1 else 0.75
    return n, body, confidence, "a short line set off above full paragraphs, written as titles are"


def _is_heading(block: Block, width: int) -> bool:
    if not block.words_can_be_trusted or block.line_count > HEADING_LINES or len(block.text) > 160:
        return False
    text = block.plain
    if is_separator(text) or is_link_line(text) or is_classification(text) or is_salutation(text):
        return False
    bare = _NUMBERED.sub("", text, count=1) or text
    # A full line without an end is text that an empty line broke.
    if width and block.paragraph.width > 0.9 * width and block.line_count == 1:
        return False
    named = read_account_heading(text)
    if named is not None and named.form == "name and colon":
        return False
    if looks_like_title(bare.rstrip(":"), 16):
        return True
    return _is_sentence_case_title(block, text, width)


def _is_sentence_case_title(block: Block, text: str, width: int) -> bool:
    """'The road to the harbour': believed only where two empty lines or more set it off."""
    words = words_of(text)
    return (
        block.gap_before >= 2
        and 2 <= len(words) <= 8
        and text[0].isupper()
        and text[-1] not in ".,;:-–—"
        and block.line_count == 1
        and (not width or block.paragraph.width < 0.6 * width)
    )


def _sets_off(blocks: Sequence[Block], n: int, first: int) -> bool:
    """Does the text above end before the heading?"""
    if blocks[n].gap_before < 1:
        return False
    if n == first:
        return True
    above = blocks[n - 1]
    return (
        not above.words_can_be_trusted
        or ends_sentence(above.plain)
        or is_separator(above.plain)
        or blocks[n].gap_before >= 3
        or not above.is_running_text
    )
