"""The labelled head of a memorandum: TO, FROM, SUBJECT, PARTICIPANTS, and what is filled in beside or under each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.text.structure.blocks import Block
from testimonia.text.structure.shapes import is_running_text, words_of

# What offices, ministries and editions print at the head of memoranda and minutes; the key is what it fills in.
_LABELS = {
    "to": ("to", "memorandum for", "memorandum to", "for", "an"),
    "from": ("from", "von"),
    "subject": ("subject", "subjects", "subj", "re", "topic", "betreff", "objet"),
    "participants": (
        "participants", "participants in the meeting", "present", "those present", "also present", "attendees",
        "attendance", "in attendance", "list of participants", "teilnehmer", "participants include",
    ),
    "other": (
        "through", "thru", "via", "cc", "copies to", "copy to", "info", "ref", "reference", "references", "date",
        "time", "place", "time and place", "date and time", "location", "drafted by", "reported by", "note taker",
        "interpreter", "attachment", "attachments", "enclosure", "enclosures", "agenda", "classification",
    ),
}  # fmt: skip
_FIELD_OF = {label: field for field, labels in _LABELS.items() for label in labels}
_LABEL = re.compile(
    r"(?P<label>[^\W\d_][^\W\d_.]*(?:\s+[^\W\d_]+){0,4}?)\s*(?P<mark>[:\t]|\s[–—-]\s|\Z)\s*(?P<rest>.*)\Z"
)
_CALL = re.compile(r"\s*\[?\d{1,3}\]?\s*\Z")
_MOST_LINE_WORDS = 16
_MOST_ITEMS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class MemorandumHead:
    """The labels at the head of a memorandum, and what stands under them as printed.

    `last` is the half-open number of the block after them. `sender` and `recipient` are None where no label says who.
    """

    last: int
    sender: str | None
    recipient: str | None
    subject: str | None
    participants: tuple[str, ...]


def read_memorandum_head(blocks: Sequence[Block], first: int, last: int) -> MemorandumHead | None:
    """What is filled in under the labels with which these blocks (half-open numbers) begin? None where they do not.

    A label stands in capitals on a line, or before a colon. Under SUBJECT and its like one block is read, under
    PARTICIPANTS all up to the first paragraph of sentences or the next label.

    >>> from testimonia.text.structure.example import example_reading
    >>> lines = ("SUBJECT", "The salt", "PARTICIPANTS", "Havn", "Consul Moe", "Mr. Lind", "The consul said no.\\n")
    >>> blocks = example_reading("\\n\\n".join(lines) + "He said it twice and left the room with his hat on.\\n").blocks
    >>> head = read_memorandum_head(blocks, 0, len(blocks))
    >>> head.subject, head.participants, head.last
    ('The salt', ('Consul Moe', 'Mr. Lind'), 6)
    """
    filled: dict[str, list[str]] = {}
    at = first
    while at < last and len(filled.get("participants", ())) < _MOST_ITEMS:
        labelled = [_labelled(line) for line in blocks[at].lines() if line]
        if not labelled or labelled[0] is None or _is_text(blocks[at]):
            break
        field = "other"
        for label, line in zip(labelled, (x for x in blocks[at].lines() if x), strict=True):
            field, words = label if label is not None else (field, line)
            filled.setdefault(field, []).extend([words] if words else [])
        at += 1
        open_ended = field == "participants"
        if open_ended or not filled[field]:
            at = _under(blocks, at, last, filled[field], open_ended=open_ended)
    # A list that goes on to the end of the text has taken the text for its last names.
    if at == first or at >= last or not any(filled.values()):
        return None
    return MemorandumHead(
        last=at,
        sender=_first(filled.get("from")),
        recipient=_first(filled.get("to")),
        subject=_first(filled.get("subject")),
        participants=_people(filled.get("participants", [])),
    )


def _labelled(line: str) -> tuple[str, str] | None:
    """The field and the words beside it, if this line begins with a label."""
    match = _LABEL.match(line.strip())
    if match is None:
        return None
    label = " ".join(match["label"].split())
    field = _FIELD_OF.get(label.lower())
    if field is None or (not match["mark"].strip() and not label.isupper()):
        return None
    # 'To: ' is a label, and so is 'RE'; 'to' within a sentence is neither.
    return (field, match["rest"].strip()) if label[0].isupper() else None


def _under(blocks: Sequence[Block], at: int, last: int, into: list[str], *, open_ended: bool) -> int:
    """Adds what stands under a label; the number of the block after it."""
    while at < last and len(into) < _MOST_ITEMS:
        lines = [line for line in blocks[at].lines() if line]
        if _is_text(blocks[at]) or not lines or _labelled(lines[0]) is not None:
            break
        into.extend(lines)
        at += 1
        if not open_ended:
            break
    return at


def _is_text(block: Block) -> bool:
    """A paragraph of sentences, or a line too long for a list."""
    lines = block.lines()
    return block.is_running_text or any(
        len(words_of(line)) > _MOST_LINE_WORDS or is_running_text(line) for line in lines
    ) or (len(words_of(block.plain)) > 3 and block.plain.endswith((".", "?", "!")) and block.plain[0].isupper()
          and any(w[0].islower() and len(w) > 3 for w in words_of(block.plain)[1:]))  # fmt: skip


def _first(words: list[str] | None) -> str | None:
    return words[0].strip(" ,;") or None if words else None


def _people(lines: Sequence[str]) -> tuple[str, ...]:
    """Those named, one a line; a word alone among names with titles is the head of a side."""
    people = [who for line in lines if (who := _CALL.sub("", line).strip(" ,;"))]
    longer = sum(len(words_of(p)) > 1 for p in people)
    return tuple(p for p in people if len(words_of(p)) > 1 or 2 * longer <= len(people))
