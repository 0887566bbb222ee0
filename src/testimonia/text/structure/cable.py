"""What stands around the words of a cable or letter: classification, dateline, salutation, signature."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.chronology.printed import find_dates
from testimonia.text.structure.blocks import Block
from testimonia.text.structure.memorandum import MemorandumHead, read_memorandum_head
from testimonia.text.structure.shapes import NAME, UPPER, is_capitals, is_running_text, is_separator, words_of

_MARKING = (
    r"(?:most|top|strictly)\s+secret|secret|confidential|restricted|unclassified|declassified|eyes\s+only|personal"
    r"|official\s+use\s+only|limited\s+(?:official\s+use|distribution)|no\s*dis|ex\s*dis|lim\s*dis"
    r"|(?:cipher(?:ed)?|coded?|encoded|encrypted|secret)\s+(?:telegram|cable|message)|making\s+(?:of\s+)?copies\s+(?:is\s+)?"
    r"(?:prohibited|forbidden)|not\s+to\s+be\s+copied|copy\s+(?:no|nr|number)\b\.?(?:\s*\d+)?|urgent|immediate|priority|flash|ni\s*act|en\s+clair"
    r"|extremely\s+urgent|very\s+urgent|by\s+hand|destroy\s+after\s+reading"
)
_CLASSIFIED = re.compile(rf"(?:{_MARKING})\b", re.IGNORECASE)
_COPY_NUMBER = re.compile(r"(?:copy\s*)?(?:no|nr)\.?\s*\d+(?:\s+of\s+\d+)?\.?", re.IGNORECASE)
_SALUTATION = re.compile(
    rf"(?:(?:my|our)\s+)?(?:very\s+)?(?:dear(?:est)?|beloved|honou?red|esteemed)\b[^.?]{{0,50}}[,:!.]?\Z"
    rf"|(?:sir|madam|gentlemen|excellency|your\s+excellency|comrades?|mr\.?\s+(?:president|secretary|ambassador))[,:!.]?\Z"
    rf"|(?:Liebe[rs]?|Ch[eè]re?|Cher|Querid[oa])\s+[{UPPER}]\w+[,:!]?\Z",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:your(?:s|\s+(?:loving|affectionate|devoted|humble|obedient|faithful))|with\s+(?:love|best|kind|warm|great)|sincerely"
    r"|respectfully|faithfully|truly\s+yours|affectionately|ever\s+yours|love|i\s+(?:am|remain),)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"[\[(]?\s*(?:signed|sgd|s)\b[\]):./]*\s*", re.IGNORECASE)
_PLACE_DATE = re.compile(rf"[{UPPER}][\w .,'’()-]{{1,60}}")
_SURNAME = re.compile(NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a cable or letter that is not its telling: half-open reading offsets, a role of `MARKS`, why."""

    start: int
    end: int
    role: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What frames the words of an account. `first` and `last` are the half-open numbers of the blocks between opener
    and signature; `date` is EDTF; `place`, `signer`, `addressee`, and the `sender` and `participants` that the head of
    a memorandum lists, are as printed."""

    first: int
    last: int
    parts: tuple[Part, ...]
    date: str | None
    place: str | None
    signer: str | None
    addressee: str | None
    greets: bool
    classified: bool
    sender: str | None = None
    participants: tuple[str, ...] = ()


def is_classification(text: str) -> bool:
    """Is this a line of classification, precedence or copy control, and nothing else?

    >>> is_classification("TOP SECRET  Making Copies Prohibited"), is_classification("The secret of the harbour")
    (True, False)
    """
    rest = _CLASSIFIED.sub(" ", text)
    left = [w for w in words_of(_COPY_NUMBER.sub(" ", rest)) if w.lower() not in {"copy", "for", "no.", "no", "very"}]
    found = _CLASSIFIED.search(text)
    if found is None:
        return False
    printed = found[0]
    return not left and (printed[0].isupper() or is_capitals(text))


def read_dateline(text: str) -> tuple[str | None, str] | None:
    """The place (or None) and EDTF date, if this short line is a dateline.

    >>> read_dateline("Havnsund, 3 May 1907"), read_dateline("On 3 May 1907 the ferry left the quay and was lost.")
    (('Havnsund', '1907-05-03'), None)
    """
    flat = " ".join(text.split())
    if len(flat) > 90 or flat.endswith(":"):
        return None
    dates = find_dates(flat)
    if len(dates) != 1:
        return None
    before, after = flat[: dates[0].start].strip(" ,.—–-("), flat[dates[0].end :].strip(" ,.—–-)")
    weekday = re.compile(r",?\s*\b(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b,?", re.IGNORECASE)
    before = weekday.sub("", before).strip(" ,.")
    if len(words_of(after)) > 3 or len(words_of(before)) > 7:
        return None
    if before and (not _PLACE_DATE.fullmatch(before) or sum(w[0].islower() for w in words_of(before)) > 2):
        return None
    return before or None, dates[0].edtf


def is_salutation(text: str) -> bool:
    """Does this line greet the reader of a letter?

    >>> is_salutation("My dear Anna,"), is_salutation("Dear bread was the cause of it.")
    (True, False)
    """
    flat = " ".join(text.split())
    words = words_of(flat)
    return len(words) <= 7 and bool(_SALUTATION.match(flat)) and (flat[-1] in ",:!" or len(words) <= 4)


def read_frame(blocks: Sequence[Block], first: int, last: int) -> Frame:
    """What frames the words of the account in these blocks (half-open numbers)?

    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading()
    >>> frame = read_frame(reading.blocks, 9, 12)
    >>> frame.classified, frame.date, frame.signer
    (True, '1907-04-09', 'M. LIND')
    """
    parts: list[Part] = []
    date = place = addressee = None
    greets = classified = False
    memorandum: MemorandumHead | None = None
    at = first
    most = first + 8
    while at < last and at < most:
        block = blocks[at]
        text = block.plain
        dateline = read_dateline(text)
        if is_classification(text) or (classified and _COPY_NUMBER.fullmatch(text)):
            classified = True
            parts.append(_part(block, "classification", "classification or copy control above the text"))
        elif dateline is not None:
            place, date = dateline
            parts.append(_part(block, "opener", "place and date above the text"))
        elif is_salutation(text):
            greets = True
            addressee = _addressee(text)
            parts.append(_part(block, "opener", "greeting above the text"))
        elif is_separator(text) and not parts:
            pass
        elif memorandum is None and (memorandum := read_memorandum_head(blocks, at, last)) is not None:
            listed = "what the head of a memorandum lists"
            parts.extend(_part(b, "opener", listed) for b in blocks[at : memorandum.last])
            at, most = memorandum.last, memorandum.last + 3
            continue
        else:
            break
        at += 1
    end, signer, signed_at, closing = _signature(blocks, at, last)
    parts.extend(closing)
    return Frame(
        first=at,
        last=end,
        parts=tuple(parts),
        date=date or signed_at,
        place=place,
        signer=signer,
        addressee=addressee or (memorandum.recipient if memorandum else None),
        greets=greets,
        classified=classified,
        sender=memorandum.sender if memorandum else None,
        participants=memorandum.participants if memorandum else (),
    )


def _addressee(greeting: str) -> str | None:
    """'Anna' of 'My dear Anna,'; 'Gentlemen' names nobody."""
    match = re.match(r"(?:(?:my|our|very|dear(?:est)?|beloved)\s+)+(?P<who>.+)", greeting, re.IGNORECASE)
    return match["who"].strip(" ,:!.") or None if match else None


def _signature(blocks: Sequence[Block], first: int, last: int) -> tuple[int, str | None, str | None, list[Part]]:
    """Where the signature starts, who signs, the EDTF date beside the name."""
    end = last
    signer = date = None
    parts: list[Part] = []
    while end > first + 1 and last - end < 3:
        block = blocks[end - 1]
        name, when = read_signature(block.plain)
        if name is None and when is None and not _is_closing(block):
            break
        signer, date = signer or name, date or when
        parts.append(_part(block, "signature", "name, date or closing words below the text"))
        end -= 1
    if signer is None and date is None:
        return last, None, None, []
    return end, signer, date, parts[::-1]


def _is_closing(block: Block) -> bool:
    return len(words_of(block.plain)) <= 8 and bool(_CLOSING.match(block.plain))


def read_signature(text: str) -> tuple[str | None, str | None]:
    """Who signs in this short last line, and the EDTF date beside the name? None for what it is not.

    >>> read_signature("9/IV-07 L. HOLM"), read_signature("Your loving brother, Karl")
    (('L. HOLM', '1907-04-09'), ('Karl', None))
    """
    flat = " ".join(text.split())
    words = words_of(flat)
    if len(flat) > 90 or not words or is_running_text(flat) or (flat[0] in '[({"“*' and not _SIGNED.match(flat)):
        return None, None
    dates = find_dates(flat)
    date = dates[0].edtf if dates else None
    rest = flat
    if dates:
        rest = (flat[: dates[0].start] + " " + flat[dates[0].end :]).strip(" ,.;")
    marked = _SIGNED.match(rest)
    closing = _CLOSING.match(rest)
    if marked:
        rest = rest[marked.end() :]
    elif closing:
        rest = rest.rsplit(",", 1)[1].strip() if "," in rest else ""
    name = rest.strip(" ,.;-—–")
    if not name or len(words_of(name)) > 5 or not _SURNAME.fullmatch(name):
        return None, date if date and not rest.strip(" ,.;") else None
    return (None, None) if flat.endswith(("?", ":", "!")) else (name, date)


def _part(block: Block, role: str, reason: str) -> Part:
    return Part(start=block.start, end=block.end, role=role, reason=reason)
