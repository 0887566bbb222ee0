"""Quotations that no mark shows: paragraphs that are set in from the text around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.analysis.quotations.found import Quotation
from testimonia.text.wording import WORD

# Lines must be set in so much further than those of most text, and hold so many words, to be a block and no heading.
_SET_IN = 3
_FEWEST_WORDS = 8
_LISTED = re.compile(r"\s*(?:[-*•·▪–—]\s|\(?(?:\d{1,3}|[a-z])[.)]\s|\[\^?\d{1,3}\])")
# A block is a quotation where what stands before it leads to it, or what ends it cites.
_LEADS = re.compile(r"(?:[:,—–]|\b(?:writes?|wrote|said|says?|reads?|follows|schrieb|écrit|писал|пишет))[\"”»\d\]\s]*$")
_CITES = re.compile(r"(?:\([^()]{3,200}\)|\[\^?\w{1,4}\]|(?<=[.!?”\"»’])\d{1,3}|[¹²³⁰⁴-⁹]+)[\s.]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetParagraph:
    """A paragraph at half-open code points, and how many spaces all of its lines are set in."""

    start: int
    end: int
    inset: int


def find_blocks(text: str, paragraphs: Sequence[SetParagraph], found: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """Which stretches of paragraphs are quotations by their layout alone?

    Those that are set in further than most of the text, where the paragraph before leads to them or they end with what
    cites a source. Lists are none, nor what stands between marks already (`found`).

    >>> text = "He wrote:\\n\\nThe boats lay idle at the quay all winter.\\n\\nNobody knew why it was so, or asked."
    >>> rows = [(0, 9, 0), (11, 53, 4), (55, 91, 0)]
    >>> blocks = find_blocks(text, [SetParagraph(start=a, end=b, inset=i) for a, b, i in rows], ())
    >>> [text[q.start : q.end] for q in blocks]
    ['The boats lay idle at the quay all winter.']
    """
    usual = _usual(paragraphs)
    blocks: list[list[SetParagraph]] = []
    before: SetParagraph | None = None
    for paragraph in paragraphs:
        if paragraph.inset >= usual + _SET_IN and not _LISTED.match(text, paragraph.start, paragraph.end):
            if before is not None and blocks and blocks[-1][-1] is before:
                blocks[-1].append(paragraph)
            else:
                blocks.append([paragraph])
        before = paragraph
    starts = {p.start: n for n, p in enumerate(paragraphs)}
    out = []
    for block in blocks:
        n = starts[block[0].start]
        lead = text[paragraphs[n - 1].start : paragraphs[n - 1].end] if n else ""
        words = sum(len(WORD.findall(text, p.start, p.end)) for p in block)
        last = text[block[-1].start : block[-1].end]
        if words < _FEWEST_WORDS or not (_LEADS.search(lead) or _CITES.search(last)) or _between_marks(block, found):
            continue
        out.append(_quotation(text, block))
    return tuple(out)


def _usual(paragraphs: Sequence[SetParagraph]) -> int:
    """How far is most of the text set in?"""
    letters: dict[int, int] = {}
    for p in paragraphs:
        letters[p.inset] = letters.get(p.inset, 0) + p.end - p.start
    return max(letters, key=lambda inset: (letters[inset], -inset), default=0)


def _between_marks(block: Sequence[SetParagraph], found: Sequence[Quotation]) -> bool:
    """Does more than half of it stand in quotations that were found already?"""
    start, end = block[0].start, block[-1].end
    inside = sum(max(0, min(q.outer_end, end) - max(q.outer_start, start)) for q in found if q.depth == 1)
    return 2 * inside > end - start


def _quotation(text: str, block: Sequence[SetParagraph]) -> Quotation:
    start, outer = block[0].start, block[-1].end
    cited = _CITES.search(text, block[-1].start, outer)
    end = cited.start() if cited is not None else outer
    while end > start and text[end - 1].isspace():
        end -= 1
    pieces = tuple((p.start, min(p.end, end)) for p in block) if len(block) > 1 else ()
    return Quotation(start=start, end=end, outer_start=start, outer_end=end, style="block", paragraphs=pieces)
