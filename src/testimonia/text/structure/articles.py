"""Where the articles of a source start and end."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from testimonia.text.structure.blocks import Block, Reading
from testimonia.text.structure.heads import Head, find_heads
from testimonia.text.structure.shapes import looks_like_title
from testimonia.text.structure.titles import TitleBlock, byline, is_link_line, read_title_block


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article: its blocks (half-open numbers), where its own text starts, and what stands above it.

    `pages` are the indexes of its pages. `numbered` says whether the page labels set it off from the rest. `head` is
    the head of an edited document, where that is what starts it.
    """

    first: int
    body: int
    last: int
    title: TitleBlock
    sequence: int
    pages: tuple[int, ...]
    numbered: bool
    head: Head | None = None


def find_articles(reading: Reading) -> tuple[Article, ...]:
    """Which articles does the source hold, in its order? One for each run of page numbers, and one more wherever a
    title block with a byline, or the head of an edited document, stands inside a run.

    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading()
    >>> [(article.first, article.body, article.last) for article in find_articles(reading)]
    [(0, 2, 14)]
    """
    out: list[Article] = []
    for start, end in _runs(reading.blocks):
        heads = {head.first: head for head in find_heads(reading.blocks, start, end)}
        # In an edition of documents a byline is no more than a line of one of them.
        starts = sorted({start, *heads}) if heads else _starts(reading.blocks, start, end)
        for first, last in zip(starts, [*starts[1:], end], strict=True):
            out.append(_edited(reading, heads[first], last) if first in heads else _article(reading, first, last))
    return tuple(out)


def _edited(reading: Reading, head: Head, last: int) -> Article:
    """The document under a head of an edition."""
    title = TitleBlock(
        title=head.title.title, author=None, published_in=None, first=head.first, last=head.last, start=head.start,
        end=head.end, reason="the head of an edited document",
    )  # fmt: skip
    sequence, pages, numbered = _pages_of(reading, head.first, last)
    return Article(
        first=head.first, body=min(head.last, last), last=last, title=title, sequence=sequence, pages=pages,
        numbered=numbered, head=head,
    )  # fmt: skip


def _heads(reading: Reading, first: int, last: int) -> list[str]:
    """The running heads of the pages of these blocks, the one on most of them first."""
    pages = {b.page_index for b in reading.blocks[first:last]}
    own = [(len(pages.intersection(h.page_indexes)), h.text) for h in reading.heads_of(reading.blocks[first].sequence)]
    return [text for shared, text in sorted(own, key=lambda h: -h[0]) if shared]


def _article(reading: Reading, first: int, last: int) -> Article:
    while first < last - 1 and is_link_line(reading.blocks[first].plain):
        first += 1
    blocks = reading.blocks[first:last]
    title = read_title_block(blocks, _heads(reading, first, last))
    while last > first + 1 and is_link_line(reading.blocks[last - 1].plain):
        last -= 1
    sequence, pages, numbered = _pages_of(reading, first, last)
    return Article(
        first=first,
        body=min(max(title.last, first), last),
        last=last,
        title=title,
        sequence=sequence,
        pages=pages,
        numbered=numbered,
    )


def _pages_of(reading: Reading, first: int, last: int) -> tuple[int, tuple[int, ...], bool]:
    """The page sequence of these blocks, the indexes of their pages, and whether those are numbered."""
    blocks = reading.blocks[first:last]
    sequence = blocks[0].sequence
    low, high = min(b.page_index for b in blocks), max(b.page_index for b in blocks)
    on = [p for p in reading.recovered.pages[low : high + 1] if p.sequence == sequence]
    return sequence, tuple(p.page_index for p in on), any(p.number is not None for p in on)


def ending_title_before(reading: Reading, article: Article, stop: int) -> Article:
    """The same article where its first account was found to start at block `stop`, among what was read as its title.

    >>> from testimonia.text.structure.example import example_reading
    >>> text = "The Lamp\\n\\nHolm's Description\\n\\nI met the pilot at seven and asked her for a boat.\\n"
    >>> reading = example_reading(text)
    >>> article = find_articles(reading)[0]
    >>> article.title.title, ending_title_before(reading, article, 1).title.title
    ("The Lamp: Holm's Description", 'The Lamp')
    """
    if stop >= article.body:
        return article
    title = read_title_block(reading.blocks[article.first : stop], _heads(reading, article.first, article.last))
    return replace(article, title=title, body=stop)


def _runs(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Stretches of blocks of one page sequence."""
    runs: list[tuple[int, int]] = []
    for n, block in enumerate(blocks):
        if runs and blocks[runs[-1][0]].sequence == block.sequence:
            runs[-1] = (runs[-1][0], n + 1)
        else:
            runs.append((n, n + 1))
    return runs


def _starts(blocks: Sequence[Block], start: int, end: int) -> list[int]:
    """The first blocks of the articles of one run: its own start, and title blocks with a byline inside it."""
    starts = [start]
    last_byline = -1
    for n in range(start, end):
        block = blocks[n]
        if not block.words_can_be_trusted or len(block.text) > 200 or byline(block.plain) is None:
            continue
        first = n
        while first > start and n - first < 6 and _titles_on(blocks[first - 1]):
            first -= 1
        followed = any(b.is_running_text for b in blocks[n + 1 : min(n + 4, end)] if b.words_can_be_trusted)
        if last_byline < 0 and not any(b.is_running_text for b in blocks[start:first]):
            last_byline = n  # the byline of the run's own title block
            continue
        if first < n and followed and first > last_byline:
            starts.append(first)
            last_byline = n
    return starts


def _titles_on(block: Block) -> bool:
    return block.words_can_be_trusted and looks_like_title(block.plain, 24) and byline(block.plain) is None


def commonest(values: Sequence[int]) -> int | None:
    """The value that stands most often among these, the smallest of equals; None where there are none.

    >>> commonest([14, 14, 15]), commonest([])
    (14, None)
    """
    if not values:
        return None
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], v))
