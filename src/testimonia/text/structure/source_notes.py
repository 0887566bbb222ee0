"""Bracketed source notes: where an excerpt was taken from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.chronology.printed import PrintedDate, find_dates, find_years
from testimonia.text.structure.blocks import Block
from testimonia.text.structure.shapes import NAME, words_of

_OPENERS = "[{"
# '[' read as '(', 'l', '|' or 'I' is believed only where the words are a citation for certain.
_DOUBTFUL_OPENERS = "(l|I"
_IMPRINT = re.compile(r"\([^()]{2,80}?[:;,]\s[^()]{0,200}?\b(?:1[5-9]\d\d|20\d\d)\b|\((?:1[5-9]\d\d|20\d\d)\)")
_LEAD = re.compile(
    r"\W?\s*(?:sources?|from|quoted|excerpt(?:ed|s)?|extract(?:ed|s)?|reprinted|published|translat\w+|taken)\b", re.I
)
_HOLDER = r"\b(?:archiv\w*|library|papers|fond|opis|box|folder|record\s+group|microfilm|collection|museum|MS)\b"
_SIGNS = (
    (2, _IMPRINT),
    (1, re.compile(r"\bpp?\.\s?\d|,\s\d+[-–]\d+|\bvol\.|\bch(?:ap)?\.", re.I)),
    (1, re.compile(_HOLDER, re.I)),
    (1, re.compile(r"\b(?:eds?\.|trans\.|edited|translat\w+|copy|appendix|reel|transcript|interview\w*)", re.I)),
    (1, re.compile(r"\b(?:Press|Books?|Publish\w+|Verlag|University|Co\.|Sons|Library)\b")),
    (1, re.compile(r"\b(?:1[5-9]\d\d|20\d\d)\b")),
)
_CLOSED = re.compile(r"[\])}]\W{0,3}\Z")
_EVENT_WORDS = re.compile(
    r"\b(?:comments?|remarks?|conference|proceedings|symposium|hearings?|interview\w*|testimony|lecture|speech|session"
    r"|meeting|deposition|recorded|told|statement|letter|dated)\b",
    re.I,
)
_MADE_IN = re.compile(
    r"\b(?:dictated|recorded|written|composed|told|spoken|interviewed|taken\s+down)\s+(?:\w+\s+){0,4}?(?:in|of)\s+\d{4}",
    re.I,
)
_AUTHOR = re.compile(
    rf"\W{{0,2}}(?:(?i:from|source|quoted\s+in|in)[:\s]+)?(?P<who>{NAME}(?:(?:,\s{NAME})*,?\sand\s{NAME})?)"
)

MOST_WORDS = 150
MOST_CHARACTERS = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNote:
    """A source note: half-open reading offsets, the block it starts in and the last one it touches, its words as
    printed (white space folded), how many signs of a citation it shows, and whether its brackets were whole."""

    start: int
    end: int
    first: int
    last: int
    printed: str
    signs: int
    whole: bool


def find_source_notes(blocks: Sequence[Block], first: int, last: int) -> tuple[SourceNote, ...]:
    """Which source notes stand among these blocks (half-open numbers), each at the end of a block?

    OCR may have broken the brackets: a missing or misread one is believed where the words are a citation.

    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading()
    >>> [note.printed for note in find_source_notes(reading.blocks, 0, len(reading.blocks))]
    ['[Lars Holm, A Life at Sea (Lund: Sten, 1911), pp. 40-41]']
    """
    out: list[SourceNote] = []
    n = first
    while n < last:
        note = _note_at(blocks, n, last) if blocks[n].words_can_be_trusted else None
        if note is not None:
            out.append(note)
            n = note.last
        n += 1
    return tuple(out)


def signs_of_citation(text: str) -> int:
    """How much in these words is what only a citation has: imprint, pages, archive, editors, year?

    >>> signs_of_citation("[Lars Holm, The Night Ferry (Havnsund: Quay Press, 1911), pp. 40-41]")
    5
    >>> signs_of_citation("[on the evening of the storm]")
    0
    """
    return 2 * bool(_LEAD.match(text)) + sum(points for points, sign in _SIGNS if sign.search(text))


def _note_at(blocks: Sequence[Block], n: int, last: int) -> SourceNote | None:
    text = blocks[n].text
    if len(text) > MOST_CHARACTERS:
        return _at_the_end(blocks[n])
    opens = text.lstrip()[:1]
    if opens and opens in _OPENERS + _DOUBTFUL_OPENERS:
        found = _whole_block(blocks, n, last, certain=opens in _OPENERS)
        if found is not None:
            return found
    elif re.match(r"sources?:\s", text, re.I):
        found = _whole_block(blocks, n, last, certain=False)
        if found is not None:
            return found
    return _at_the_end(blocks[n])


def _whole_block(blocks: Sequence[Block], n: int, last: int, *, certain: bool) -> SourceNote | None:
    end = n
    text = blocks[n].plain
    inner_close = text.find("]")
    if certain and 0 <= inner_close < len(text) - 4 and not text[inner_close:].strip("])}. ").isdigit():
        return None  # '[He asked him] not to go': an insertion, then the text goes on
    while end + 1 < last and end - n < 2 and _goes_on(text, blocks[end + 1]):
        end += 1
        text += " " + blocks[end].plain
    signs = signs_of_citation(text)
    if signs < (3 if certain else 5) or not 3 <= len(words_of(text)) <= MOST_WORDS:
        return None
    return SourceNote(
        start=blocks[n].start,
        end=blocks[end].end,
        first=n,
        last=end,
        printed=text,
        signs=signs,
        whole=certain and bool(_CLOSED.search(text)) and text.rstrip(". ")[-1] == "]",
    )


def _goes_on(text: str, following: Block) -> bool:
    """Did an empty line break the note here? Its brackets are open, and what follows closes them and is no sentence."""
    still_open = text.count("[") > text.count("]") and not _CLOSED.search(text)
    still_open = still_open or (text.count("(") > text.count(")") and not text.rstrip(". ").endswith("]"))
    closes = re.search(r"[\])}1I|]\W{0,2}\Z", following.plain) is not None
    return still_open and closes and not following.is_running_text


def _at_the_end(block: Block) -> SourceNote | None:
    """A note that stands at the end of a paragraph, in whole brackets."""
    text = block.text.rstrip()
    if not text.endswith(("]", "].")):
        return None
    at = text.rfind("[")
    if at <= 0:
        return None
    note = text[at:]
    if len(note) > MOST_CHARACTERS:
        return None
    signs = signs_of_citation(note)
    if signs < 3 or not 4 <= len(words_of(note)) <= MOST_WORDS:
        return None
    return SourceNote(
        start=block.start + at,
        end=block.start + len(text),
        first=block.number,
        last=block.number,
        printed=" ".join(note.split()),
        signs=signs,
        whole=True,
    )


def cites_imprint(text: str) -> bool:
    """Do place, publisher and year in brackets stand in these words?

    >>> cites_imprint("The Night Ferry (Havnsund: Quay Press, 1911)"), cites_imprint("the night (of 1911) and after")
    (True, False)
    """
    return _IMPRINT.search(text) is not None


def published_year(printed: str) -> str | None:
    """The year (EDTF) in which the work that the note cites was published: the first one of its imprint.

    A reprint's year stands behind it. Without an imprint, the last year that is no part of a full date; papers of an
    archive alone were not published.

    >>> published_year("[The Ferry, talk of May 3-4, 1909 (Havnsund: Quay, 1911; paperback, Lund: Sten, 1950), p. 5]")
    '1911'
    """
    dates = find_dates(printed)
    years = [y for y in find_years(printed) if y.year >= 1450 and not any(d.start <= y.start < d.end for d in dates)]
    imprint = _IMPRINT.search(printed)
    if imprint:
        inside = [y for y in years if imprint.start() <= y.start]
        if inside:
            return inside[0].edtf
    if years and not re.search(_HOLDER, printed, re.I):
        return years[-1].edtf
    return None


def told_at(printed: str) -> PrintedDate | None:
    """The date of the talk, interview or letter that the note names, or the year of dictating or writing.

    >>> told_at("[Holm Remembers, dictated in 1909 (Lund: Sten, 1911)]").edtf
    '1909'
    >>> told_at("[Holm's remarks at the Lund conference, May 3-4, 1909 (Lund: Sten, 1911)]").edtf
    '1909-05-03/1909-05-04'
    """
    dates = find_dates(printed) if _EVENT_WORDS.search(printed) else ()
    if dates:
        return dates[0]
    made = _MADE_IN.search(printed)
    years = find_years(printed[made.start() : made.end()]) if made else ()
    return years[0] if years else None


def author_of(printed: str) -> str | None:
    """Whose work the note cites, where it starts with a name.

    >>> author_of("[from Lars Holm, The Night Ferry (Havnsund: Quay Press, 1911)]")
    'Lars Holm'
    """
    match = _AUTHOR.match(printed)
    if match is None:
        return None
    who = " ".join(match["who"].split())
    return who if len(who.split()) >= 2 else None
