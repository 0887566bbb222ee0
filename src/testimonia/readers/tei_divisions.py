"""The documents that a TEI file marks, with title, date, sender and recipient as far as it says."""

import re
from collections.abc import Iterator

from testimonia.chronology.printed import find_dates
from testimonia.model.divisions import Division
from testimonia.readers.markup import Element, local_name, walk

PARTS = frozenset({"div", "div1", "div2", "div3", "div4", "div5", "div6", "div7"})
# What editions call a division that is a document; Foreign Relations says "document" of all of them.
# fmt: off
DOCUMENTS = frozenset({
    "airgram", "article", "cable", "circular", "deposition", "dispatch", "document", "editorial-note", "entry",
    "interview", "letter", "memo", "memorandum", "message", "minutes", "note", "report", "speech", "statement",
    "telegram", "testimony",
})
# fmt: on
_EDTF = re.compile(
    r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?)?)?"
)
_SENT = {"author": "sent", "recipient": "received"}


def is_document(element: Element) -> bool:
    """Does the file say that this is a document?"""
    return local_name(element) in PARTS and (element.get("type") or "").lower() in DOCUMENTS


def is_section(element: Element) -> bool:
    """Is this a part with a heading, with no document in it and in none?"""
    return (
        local_name(element) in PARTS
        and _first(element, "head") is not None
        and not any(local_name(e) in PARTS for e in element.iterancestors())
        and not any(is_document(e) for e in element.iterdescendants("{*}div"))
    )


def division(element: Element, start: int, end: int) -> Division | None:
    """What the file says of this division; None where it has neither text nor title."""
    head = _first(element, "head")
    title = printed(head) if head is not None else ""
    if not title or start >= end:
        return None
    kind = (element.get("type") or "").lower() if is_document(element) else "section"
    dateline = next(iter(_own(element, "dateline")), None)
    places = [] if dateline is None else [printed(e) for e in dateline.iter("{*}placeName", "{*}settlement")]
    return Division(
        start=start, end=end, title=title, type=kind, date=_date(element, dateline),
        place=next((place for place in places if place), None),
        notes=tuple(label for note in element.iter("{*}note") if (label := note_label(note))),
    )  # fmt: skip


def letter(root: Element, length: int) -> Division | None:
    """The one document that a whole file is, where its header describes a correspondence (correspDesc)."""
    described = next(root.iter("{*}correspDesc"), None)
    titles = [printed(e) for e in root.iter("{*}titleStmt") for e in e.iterchildren("{*}title")]
    if described is None or not titles or not titles[0] or not length:
        return None
    said: dict[str, str] = {}
    dates = []
    places = []
    for action in described.iterchildren("{*}correspAction"):
        kind = action.get("type", "")
        names = [printed(e) for e in action.iter("{*}persName", "{*}orgName", "{*}name")]
        if any(names):
            said.setdefault(kind, ", ".join(name for name in names if name))
        if kind == "sent":
            dates += [date for e in action.iter("{*}date") if (date := _when(e)) is not None]
            places += [printed(e) for e in action.iter("{*}placeName", "{*}settlement")]
    return Division(
        start=0, end=length, title=titles[0], type="letter", date=next(iter(dates), None),
        place=next((place for place in places if place), None), author=said.get(_SENT["author"]),
        recipient=said.get(_SENT["recipient"]),
    )  # fmt: skip


def _date(element: Element, dateline: Element | None) -> str | None:
    """The date of writing: of the dateline or opener, else of the closer; else what stands in the dateline."""
    for where in ("dateline", "opener", "closer"):
        for own in _own(element, where):
            for date in own.iter("{*}date"):
                if (when := _when(date)) is not None:
                    return when
    dates = find_dates(printed(dateline)) if dateline is not None else ()
    return dates[0].edtf if dates else None


def _when(date: Element) -> str | None:
    when = date.get("when") or date.get("when-iso")
    if when is not None:
        return when if _EDTF.fullmatch(when) else None
    for first, last, form in (("from", "to", "{}/{}"), ("notBefore", "notAfter", "[{}..{}]")):
        begin, end = date.get(first) or "", date.get(last) or ""
        if _EDTF.fullmatch(begin) and _EDTF.fullmatch(end):
            return form.format(begin, end)
    found = find_dates(printed(date))
    return found[0].edtf if found else None


def _own(element: Element, name: str) -> Iterator[Element]:
    """Elements of this name that belong to this division, and not to a document inside it or to a note."""
    for found in element.iter(f"{{*}}{name}"):
        around = next((e for e in found.iterancestors() if local_name(e) in PARTS or local_name(e) == "note"), None)
        if around is element:
            yield found


def _first(element: Element, name: str) -> Element | None:
    return next(iter(element.iterchildren(f"{{*}}{name}")), None)


def note_label(note: Element) -> str:
    """How the note is called: its number in brackets, its sign as it is, '' where it has none (or 0, which is none)."""
    label = " ".join(note.get("n", "").split())
    return f"[{label}]" if label.isalnum() and label != "0" else label.strip("0")


def printed(element: Element) -> str:
    """What an element says, its notes left out, white space as one space."""
    return " ".join("".join(text for kind, _, text in walk(element, _is_note) if kind == "text").split())


def _is_note(element: Element) -> bool:
    return local_name(element) == "note"
