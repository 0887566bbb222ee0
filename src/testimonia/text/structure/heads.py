"""The heads of edited documents: 'Telegram From the Embassy in X to Y', with the dateline under them.

Documentary editions (Foreign Relations of the United States, Documents Diplomatiques and their like) put over each
document its number, its kind, who sent it to whom, and then the place and time of its writing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.chronology.context import Context
from testimonia.chronology.expressions import find_expressions
from testimonia.chronology.meanings import Between, CalendarDate, Clock, Expression
from testimonia.chronology.resolution import resolve
from testimonia.text.structure.blocks import Block
from testimonia.text.structure.shapes import UPPER, words_of
from testimonia.text.structure.words import BEFORE_DATES, DOCUMENT_KINDS, HELD_TO, SMALL_IN_PLACES

_NUMBER = re.compile(r"(?:\[?(?:(?:no|nr|document|doc)\.?\s*)?(?P<number>\d{1,4}[a-z]?)\s?[.)\]]\s+)", re.IGNORECASE)
_FROM = re.compile(r"\s(?:[Ff]rom|[Bb]y|FROM|BY)\s+(?=(?:the\s|The\s|THE\s)?[^\W\d_])")
_TO = re.compile(r"\s(?:[Tt]o|TO)\s+(?=(?:the\s|The\s|THE\s|[Aa]ll\s)?[^\W\d_])")
_FOR = re.compile(r"\A[\w\s]*?\bMemorandum\s+(?:for|to)\s+(?P<to>(?:the\s+)?\S.*)\Z", re.IGNORECASE)
_NOT_PEOPLE = frozenset({"record", "files", "file", "memoranda"})
_SOURCE = re.compile(r"\s*\[?Source\s?:", re.IGNORECASE)
_CALL = re.compile(r"(?<=[^\W\d_)”\"'’.])\s?(?:\d{1,2}|[*†‡])\Z")
_UNDATED = re.compile(r"(?P<place>.*?),?\s*\[?\(?(?:undated|no date|n\.\s?d\.)\)?\]?\.?\Z", re.IGNORECASE)
_PLACE = re.compile(
    rf"(?:[{UPPER}“\"(\[]|aboard\b|en route\b|on board\b)[\w .,'’“”\"()/&\[\]–-]{{0,80}}", re.IGNORECASE
)

MOST_CHARACTERS = 320
TITLE_LINES, DATELINE_LINES = 5, 5
HEAD_LINES, HEAD_BLOCKS = 60, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Where and when, as a dateline says: `date` in EDTF, None where it says 'undated'; the place None where none."""

    place: str | None
    date: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadTitle:
    """What the title of an edited document says. `kind` is the word for it in lower case ('telegram'); sender and
    recipient as printed, without 'the'."""

    title: str
    number: str | None
    kind: str
    sender: str | None
    recipient: str | None

    @property
    def is_message(self) -> bool:
        """Did it go from somebody to somebody as one piece: a letter, cable, message, note?"""
        return self.kind in ("telegram", "letter", "message", "cable", "airgram", "circular", "note", "communication")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of an edited document: its title in blocks `first` to `last` (half-open), at half-open reading offsets,
    and its dateline."""

    title: HeadTitle
    first: int
    last: int
    start: int
    end: int
    dateline: Dateline | None


def read_head_title(text: str) -> HeadTitle | None:
    """Is this the title of an edited document, and who wrote to whom by it?

    >>> found = read_head_title("7. Telegram From the Consul to Havn (Moe) to the Harbour Board")
    >>> found.number, found.kind, found.sender, found.recipient
    ('7', 'telegram', 'Consul to Havn (Moe)', 'Harbour Board')
    >>> read_head_title("12. Memorandum for the Files").recipient is None
    True
    >>> read_head_title("From the quay to the sea") is None
    True
    """
    flat = " ".join(_SOURCE.split(text, maxsplit=1)[0].split())
    flat = _CALL.sub("", flat).rstrip()
    if not flat or len(flat) > MOST_CHARACTERS or flat.endswith((",", ";", ":", "?", "!")):
        return None
    match = _NUMBER.match(flat)
    bare = flat[match.end() :] if match else flat
    words = words_of(bare)
    if not words or not bare[0].isupper():
        return None
    lead = [w.strip(".,:").lower() for w in words[:5]]
    kind = next((w for w in lead if w in DOCUMENT_KINDS), None)
    if kind is None and match is None:
        return None
    sender, recipient = _parties(bare)
    if sender is None and recipient is None and match is None and not _names_kind(lead):
        return None
    if not _capitalised(bare):
        return None
    number = match["number"] if match else None
    return HeadTitle(title=flat, number=number, kind=kind or "document", sender=sender, recipient=recipient)


def _names_kind(lead: Sequence[str]) -> bool:
    return lead[:2] == ["editorial", "note"] or lead[:2] == ["memorandum", "of"] or lead[:2] == ["minutes", "of"]


def _capitalised(text: str) -> bool:
    """A title, no sentence: its long words have large letters."""
    long = [
        w for w in re.findall(r"[^\W\d_]{4,}", text) if w.lower() not in ("from", "with", "between", "upon", "into")
    ]
    large = sum(w[0].isupper() for w in long)
    return bool(long) and large >= 0.8 * len(long)


def _parties(bare: str) -> tuple[str | None, str | None]:
    at = _FROM.search(bare)
    if at is None:
        match = _FOR.match(bare)
        return None, _party(match["to"]) if match else None
    # 'Highlights From the Meeting' has no sender: what comes from somebody is a message of some kind.
    before = bare[: at.start()].lower()
    by = at.group().strip().lower() == "by"
    if not any(w.strip(",.") in DOCUMENT_KINDS for w in before.split()[-3:]) and not by:
        return None, None
    rest = bare[at.end() :]
    cuts = [m for m in _TO.finditer(rest) if not _holds_office(rest, m.start())]
    if not cuts:
        return _party(rest), None
    cut = next((m for m in cuts if rest[: m.start()].endswith(")")), cuts[0])
    return _party(rest[: cut.start()]), _party(rest[cut.end() :])


def _holds_office(rest: str, at: int) -> bool:
    words = rest[:at].replace(",", " ").split()
    return bool(words) and words[-1].strip("()").lower() in HELD_TO


def _party(text: str) -> str | None:
    who = _CALL.sub("", " ".join(text.split())).strip(" ,.;:")
    if who[:4].lower() == "the ":
        who = who[4:]
    return who if who and who.lower() not in _NOT_PEOPLE else None


def read_dateline_of(text: str) -> Dateline | None:
    """Where and when, if this short line is a dateline: 'Havn, May 3, 1907, 7 p.m.'

    Of a stretch of time ('11 a.m.-12:15 p.m.') the beginning counts.

    >>> read_dateline_of("Havnsund, May 3, 1907, noon.")
    Dateline(place='Havnsund', date='1907-05-03T12:00:00')
    >>> read_dateline_of("Havnsund, undated."), read_dateline_of("He left on May 3, 1907.")
    (Dateline(place='Havnsund', date=None), None)
    """
    flat = _CALL.sub("", " ".join(text.split()))
    if not flat or len(flat) > 140:
        return None
    undated = _UNDATED.fullmatch(flat)
    if undated is not None:
        place = _place(undated["place"])
        return Dateline(place=place, date=None) if place else None
    found = next((e for e in find_expressions(flat) if _is_full(e)), None)
    if found is None:
        return None
    before, after = flat[: found.start], flat[found.end :]
    if len(words_of(after)) > 8 or re.search(r"[.;]\s+\w", after):
        return None
    place = _place(before)
    if before.strip(" ,.:—–-[(") and place is None:
        return None
    edtf = resolve(found.meaning, Context()).edtf
    return Dateline(place=place, date=edtf) if edtf is not None else None


def _is_full(expression: Expression) -> bool:
    meaning = expression.meaning.on if isinstance(expression.meaning, Clock) else expression.meaning
    if isinstance(meaning, Between):
        meaning = meaning.last
    return (
        isinstance(meaning, CalendarDate)
        and meaning.year is not None
        and meaning.year > 99
        and meaning.month is not None
    )


def _place(text: str) -> str | None:
    place = " ".join(text.split()).strip(" ,.:;—–-[(")
    place = re.sub(r"^(?:Date|Dated|Place)\s*:\s*", "", place, flags=re.IGNORECASE).strip(" ,.")
    words = words_of(place)
    if not words or len(words) > 8 or not _PLACE.fullmatch(place):
        return None
    small = [w for w in words if w[0].islower() and w.lower() not in SMALL_IN_PLACES]
    return place if not small and words[0].lower() not in BEFORE_DATES else None


def edited_type(title: HeadTitle) -> str:
    """What kind of document is it? 'cable' for all that went by wire, else the word of its title.

    >>> edited_type(read_head_title("7. Circular Telegram From the Consul to the Harbour Board"))
    'cable'
    """
    words = {w.strip(".,:").lower() for w in words_of(title.title)[:6]}
    if words & {"telegram", "cable", "airgram", "despatch", "dispatch"}:
        return "cable"
    if "diary" in words:
        return "diary"
    return "document" if title.kind in ("paper", "statement", "intelligence", "action", "position") else title.kind


def find_heads(blocks: Sequence[Block], first: int, last: int) -> tuple[Head, ...]:
    """The heads of edited documents among these blocks (half-open numbers), in order.

    A title counts where a dateline or a source note stands under it; in an edition where several do, those count too
    that have a number and nothing under them.

    >>> from testimonia.text.structure.example import example_reading
    >>> text = "3. Letter From Consul Moe to Pilot Lind\\n\\nHavn, May 3, 1907, 7 p.m.\\n\\nThe lamp was lit.\\n"
    >>> blocks = example_reading(text).blocks
    >>> [(head.title.sender, head.dateline.place, head.last) for head in find_heads(blocks, 0, len(blocks))]
    [('Consul Moe', 'Havn', 1)]
    """
    out: list[tuple[Head, bool]] = []
    n = first
    while n < last:
        found = _head_at(blocks, n, last) if blocks[n].words_can_be_trusted else None
        if found is not None:
            out.append(found)
        # The text may be joined to the title in one block.
        n = max(n + 1, found[0].last) if found is not None else n + 1
    edition = sum(believed and head.title.number is not None for head, believed in out) >= 2
    return tuple(head for head, believed in out if believed or edition)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of the source: its block, half-open reading offsets, its words; `gap` says that a gap stands above it."""

    block: int
    start: int
    end: int
    text: str
    gap: int
    last_of_block: bool


def _lines(blocks: Sequence[Block], n: int, last: int) -> list[_Line]:
    """The first lines from this block on: recovery may have joined a title and the dateline under it."""
    out: list[_Line] = []
    for block in blocks[n : min(n + HEAD_BLOCKS, last)]:
        starts = list(block.paragraph.line_starts) or [block.start]
        ends = [*starts[1:], block.end]
        for k, (a, b) in enumerate(zip(starts, ends, strict=True)):
            text = block.text[a - block.start : b - block.start]
            if text.strip():
                gap = block.gap_before if k == 0 else 0
                line = _Line(
                    block=block.number, start=a, end=a + len(text.rstrip()), text=" ".join(text.split()), gap=gap,
                    last_of_block=k == len(starts) - 1,
                )  # fmt: skip
                out.append(line)
        if len(out) >= HEAD_LINES:
            break
    return out[:HEAD_LINES]


def _head_at(blocks: Sequence[Block], n: int, last: int) -> tuple[Head, bool] | None:
    """The head that starts with this block, and whether what stands under it shows that it is one."""
    text = blocks[n].plain
    if not text or not (text[0].isdigit() or text[0].isupper() or text[0] == "["):
        return None
    if not any(w in DOCUMENT_KINDS for w in text[:160].lower().replace(".", " ").split()[:8]):
        return None
    lines = _lines(blocks, n, last)
    for count in range(_title_lines(lines), 0, -1):
        words = " ".join(line.text for line in lines[:count])
        title = read_head_title(words)
        if title is None:
            continue
        editorial = title.number is not None and title.kind == "editorial"
        # What an editor writes is neither dated nor sent.
        dateline, noted = (
            _below(lines[count:], bool(_SOURCE.search(words)))
            if not editorial
            else (Dateline(place=None, date=None), False)
        )
        believed = dateline is not None or noted or editorial
        if believed or (title.number is not None and lines[count - 1].last_of_block):
            end = lines[count - 1].end
            head = Head(
                title=title, first=n, last=_stops(lines, count), start=lines[0].start, end=end, dateline=dateline
            )
            return head, believed
    return None


def _title_lines(lines: Sequence[_Line]) -> int:
    """How many lines may be the title's at most: up to a gap, a dateline, a source note or a line of text."""
    count = 1
    while count < min(TITLE_LINES, len(lines)):
        line = lines[count]
        if _SOURCE.search(lines[count - 1].text):
            break
        if line.gap > 0 and not _goes_on(lines[count - 1].text):
            break
        if len(line.text) > MOST_CHARACTERS or _SOURCE.match(line.text) or read_dateline_of(line.text) is not None:
            break
        if _starts_another(line.text):
            break
        count += 1
    return count


def _starts_another(text: str) -> bool:
    """Is this line the numbered title of the next document?"""
    title = read_head_title(text) if _NUMBER.match(text) else None
    return title is not None and title.kind != "document"


def _goes_on(text: str) -> bool:
    return text.rsplit(None, 1)[-1].lower() in ("the", "of", "to", "from", "in", "for", "and", "by", "at")


def _stops(lines: Sequence[_Line], count: int) -> int:
    """The block with which the text goes on: the one after the title, unless text is joined to that."""
    at = lines[count - 1]
    rest = [line for line in lines[count:] if line.block == at.block]
    joined = [line for line in rest if read_dateline_of(line.text) is None]
    return at.block if joined else at.block + 1


def _below(lines: Sequence[_Line], noted: bool) -> tuple[Dateline | None, bool]:
    """The dateline under a title, and whether a source note stands there; it may stand above the dateline. `noted` says
    that it began with the title."""
    before = ""
    for k, line in enumerate(lines):
        if _SOURCE.match(line.text):
            noted = True
        elif not noted or line.gap > 0 or not before or before[-1] in '.)”"’]0123456789':
            following = lines[k + 1] if k + 1 < len(lines) else None
            wrapped = following is not None and (line.text.endswith(",") or following.gap == 0) and len(line.text) < 60
            two = f"{line.text} {following.text}" if wrapped and following is not None else ""
            found = [d for text in (two, line.text) if text and (d := read_dateline_of(text)) is not None]
            if found and (found[0].place or not noted or line.gap > 0):
                return found[0], noted
        # A source note may run over many lines; anything else that is long is the text itself.
        if not noted and (len(line.text) > 160 or k >= DATELINE_LINES):
            break
        if _starts_another(line.text):
            break
        before = line.text
    return None, noted
