"""Title blocks: the title, the author and the place of publication that stand above an article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from testimonia.text.structure.blocks import Block
from testimonia.text.structure.cable import is_classification, is_salutation, read_dateline
from testimonia.text.structure.shapes import NAME, is_separator, looks_like_title, without_call
from testimonia.text.structure.words import SMALL_WORDS

# 'hy', 'bv' and 'b y' are what OCR makes of 'by'.
_BYLINE = re.compile(
    rf"(?:(?i:edited|compiled|translated|introduced|collected|written|told)(?:\s+and\s+\w+)?\s+)?(?:[Bb]y|BY|[hb][yv]|b\sy)[:.]?\s+"
    rf"(?P<who>{NAME}(?:(?:,\s(?:and\s)?|\s(?:and|&|with)\s){NAME})*)\s?[*†‡\d]?\.?\Z"
)
_PRINTED = re.compile(
    r"(?:(?:this\s+(?:article|essay|text|paper)\s+)?(?:was\s+)?(?:first\s+|originally\s+)?"
    r"(?:reproduced|reprinted|republished|published|excerpted|appeared|taken)\b[^.]{0,40}?\b(?:from|in)|source:)\s*"
    r"(?P<rest>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_ISSUE = re.compile(r"(?:issue|no\.?|nr\.?|number|vol(?:ume|\.)?|spring|summer|autumn|fall|winter)\s", re.IGNORECASE)
_LINK = re.compile(r"(?:return|back|go|click|jump|next|previous|home|print|download|skip)\b", re.IGNORECASE)
_LINK_WORDS = re.compile(
    r"\b(?:to|here|page|contents|top|index|home|menu|up|article|document|main|version)\b", re.IGNORECASE
)
_DATE_FIRST = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d{1,2}\s+[A-Z][a-z]+\s+\d{4}|\d{4}\Z", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W_]+")

ZONE_BLOCKS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleBlock:
    """What stands above an article. `first` and `last` are block numbers, half-open; `start` and `end` are offsets of
    the title itself in the reading layer, equal where the title comes from the running head."""

    title: str | None
    author: str | None
    published_in: str | None
    first: int
    last: int
    start: int
    end: int
    reason: str


def byline(text: str) -> str | None:
    """Who wrote it, if this line is a byline and nothing else?

    >>> byline("by Mette K. Sørby and Jan van der Berg*")
    'Mette K. Sørby and Jan van der Berg'
    >>> byline("by the quay") is None
    True
    """
    match = _BYLINE.match(" ".join(text.split()))
    return " ".join(match["who"].split()).rstrip(",") if match else None


def is_link_line(text: str) -> bool:
    """Is this a navigation line of a web page ('Return to Contents'), not words of the article?

    >>> is_link_line("Return to Contents _"), is_link_line("Return of the Ferry")
    (True, False)
    """
    words = text.split()
    return len(words) <= 7 and bool(_LINK.match(text.strip()) and _LINK_WORDS.search(text))


def read_title_block(blocks: Sequence[Block], running_heads: Sequence[str]) -> TitleBlock:
    """What stands above the article that starts with the first of these blocks?

    The title is taken from the blocks before the byline; where a running head repeats the title or the end of
    `Series: Title`, it says where the title starts (a banner above it is the series) and which lines belong together.
    `running_heads` are those of its pages, most frequent first.

    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading()
    >>> title = read_title_block(reading.blocks, [])
    >>> title.title, title.author, title.last
    ('The Lamp on the Skerry', 'Anna Moe', 2)
    """
    zone: list[Block] = []
    for block in blocks[:ZONE_BLOCKS]:
        if not block.words_can_be_trusted or block.is_running_text:
            break
        zone.append(block)
    author, author_at = _author(zone)
    if author is None:
        # Without a byline nothing says where the title block ends but the shape of its blocks.
        zone = zone[: next((n for n, b in enumerate(zone) if not _may_stand_above(b)), len(zone))]
    published_in, printed_at = _published_in(zone, author_at)
    stop = min(at for at in (author_at, printed_at, len(zone)) if at is not None)
    units = [_Unit.of(b) for b in zone[:stop] if not is_link_line(b.plain) and not is_separator(b.plain)]
    if author_at is not None and author_at == stop and (above := _Unit.above_byline(zone[stop])) is not None:
        units.append(above)
    units, how = _from_running_heads(units, running_heads)
    if not how and author is None and not running_heads and len(units) > 4:
        units = units[:1]
    after = max([n + 1 for n in (author_at, printed_at) if n is not None] + [0])
    if published_in is not None and printed_at is not None and (author_at is None or author_at < printed_at):
        after = len(zone) if author_at is None else after
    first = blocks[0].number if blocks else 0
    title = without_call(_join(units, how == "same")) if units else None
    if units:
        after = max(after, units[-1].number - first + 1)
        reason = f"title block of {len(units)} line{'s' if len(units) > 1 else ''} above the text"
        reason += {"same": ", the same as the running head", "end": ", where the running head ends"}.get(how, "")
    else:
        title = running_heads[0] if running_heads else None
        reason = "title from the running head" if title else "no title block"
    reason += f"; byline names {author}" if author else "; no byline"
    return TitleBlock(
        title=title,
        author=author,
        published_in=published_in,
        first=first,
        last=first + after,
        start=units[0].start if units else 0,
        end=units[-1].end if units else 0,
        reason=reason,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unit:
    """One line or block of a title: its block's number, its half-open reading offsets, its words."""

    number: int
    start: int
    end: int
    plain: str
    gap_before: int

    @classmethod
    def of(cls, block: Block) -> "_Unit":
        return cls(
            number=block.number, start=block.start, end=block.end, plain=block.plain, gap_before=block.gap_before
        )  # fmt: skip

    @classmethod
    def above_byline(cls, block: Block) -> "_Unit | None":
        """The lines above the byline where both are one paragraph."""
        lines = block.lines()
        at = next((n for n, line in enumerate(lines) if byline(line)), 0)
        if at == 0 or byline(block.plain):
            return None
        end = block.paragraph.line_starts[at]
        return cls(
            number=block.number, start=block.start, end=end, plain=" ".join(lines[:at]), gap_before=block.gap_before
        )  # fmt: skip


def _may_stand_above(block: Block) -> bool:
    text = block.plain
    if read_dateline(text) is not None or is_salutation(text) or is_classification(text):
        return False
    return looks_like_title(text, 24) or is_link_line(text) or is_separator(text) or bool(_PRINTED.match(text))


def _author(zone: Sequence[Block]) -> tuple[str | None, int | None]:
    for n, block in enumerate(zone):
        for line in (block.plain, *block.lines()):
            who = byline(line)
            if who:
                return who, n
    return None, None


def _published_in(zone: Sequence[Block], author_at: int | None) -> tuple[str | None, int | None]:
    for n, block in enumerate(zone):
        match = _PRINTED.match(block.text.strip())
        if not match:
            continue
        rest = [" ".join(match["rest"].split())] if match["rest"].strip() else []
        if not rest or len(rest[0].split()) < 2:
            end = author_at if author_at is not None and author_at > n else n + 2
            for following in zone[n + 1 : end]:
                rest.extend(following.lines())
        else:
            rest = [line for line in block.lines() if line]
            head = _PRINTED.match(rest[0])
            rest = ([head["rest"]] if head and head["rest"] else []) + rest[1:] if head else rest
        text = ""
        for line in rest:
            joint = ", " if text and _ISSUE.match(line) else " "
            text = (text + joint + line).strip() if text else line.strip()
        return (text.rstrip(".") or None), n
    return None, None


def _key(text: str) -> str:
    return " ".join(w.casefold() for w in _LETTERS.findall(text))


def _from_running_heads(units: list[_Unit], running_heads: Sequence[str]) -> tuple[list[_Unit], str]:
    """The blocks from where a running head's title starts, and whether that head is the 'same' or ends so ('end')."""
    for running_head in running_heads:
        found, how = _from_running_head(units, _key(running_head))
        if how:
            return found, how
    return units, ""


def _from_running_head(units: list[_Unit], head: str) -> tuple[list[_Unit], str]:
    if not head:
        return units, ""
    for first in range(len(units)):
        for last in range(len(units), first, -1):
            joined = _key(" ".join(u.plain for u in units[first:last]))
            if fuzz.ratio(joined, head) >= 92:
                return units[first:], "same" if last == len(units) else "end"
    for first in range(len(units)):
        for last in range(len(units), first, -1):
            joined = _key(" ".join(u.plain for u in units[first:last]))
            if len(joined.split()) >= 2 and fuzz.ratio(joined, head[-len(joined) :]) >= 92:
                return units[first:], "end"
    return units, ""


def _join(units: Sequence[_Unit], one_title: bool) -> str:
    """The title of these blocks: lines of one sentence with a space, a subtitle behind ': '."""
    title = units[0].plain
    for unit in units[1:]:
        text = unit.plain
        last = title.split()[-1].lower()
        runs_on = (
            one_title
            or unit.gap_before == 0
            or title[-1] in ",:;-–—"
            or last in SMALL_WORDS
            or text[0].islower()
            or (bool(_DATE_FIRST.match(text)) and title[-1] == ",")
        )
        title += (" " if runs_on else ": ") + text
    return title
