"""The references in a source: what its notes, source notes and reference lists refer to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from testimonia.analysis.references.archival import read_archival
from testimonia.analysis.references.notes import Piece, pieces
from testimonia.analysis.references.printed import Fields, read_note_reference
from testimonia.analysis.subject import Subject
from testimonia.errors import InvalidRecordError
from testimonia.model.citations import Reference
from testimonia.model.steps import Step
from testimonia.text.anchoring import finding_id
from testimonia.text.recovered import Paragraph

REFERENCES = Step(name="references", version="2")
_LIST_HEADING = re.compile(
    r"\s*(?:\d+\.?\s*)?(?:references|bibliography|works cited|literature(?: cited)?|sources|selected bibliography|"
    r"literatur(?:verzeichnis)?|quellen|bibliographie|références|литература|библиография)\s*:?\s*",
    re.IGNORECASE,
)
_IBID = re.compile(r"^(?:ibid(?:em)?|id|loc\.? ?cit)\b\.?,?\s*(?:pp?\.\s*)?(?P<pages>[\d\s,–-]*)", re.IGNORECASE)
_SHORT = re.compile(r"\b(?:cited above|op\.? ?cit\.?|supra|cited in note \d+|see note \d+)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[4-9]\d\d|20\d\d)\b")
_LEAST = 0.35
_LEAST_LISTED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """A stretch of the reading text that prints references; `note` is the id of the note that it is."""

    start: int
    end: int
    note: str | None
    listed: bool = False


def find_references(subject: Subject) -> Iterator[Reference]:
    """Which works and archival items does this source refer to, in the order of its text?

    Notes, the source notes of accounts, paragraphs that begin with "Source:" and reference lists are read; a stretch
    that does not look like a reference is left alone. "Ibid." and short forms point to the reference they stand for.
    """
    earlier: list[Reference] = []
    for stretch in _stretches(subject):
        found = list(_listed(subject, stretch) if stretch.listed else _noted(subject, stretch, earlier))
        earlier.extend(found)
        yield from found


def _stretches(subject: Subject) -> list[_Stretch]:
    found: dict[int, _Stretch] = {}
    for note in subject.structure.notes:
        if note.anchors:
            start = min(a.start for a in note.anchors)
            end = max(a.end for a in note.anchors)
            label = re.compile(rf"\s*\W?{re.escape(note.label)}\W?\s+").match(subject.text, start, end)
            found[start] = _Stretch(start=label.end() if label else start, end=end, note=note.id)
    for account in subject.structure.accounts:
        if account.source_note and (place := subject.near(account, account.source_note)):
            found.setdefault(place[0], _Stretch(start=place[0], end=place[1], note=None))
    inside = sorted((s.start, s.end) for s in found.values())
    for paragraph, listed in _paragraphs(subject):
        if not any(a <= paragraph.start < b for a, b in inside):
            found.setdefault(
                paragraph.start, _Stretch(start=paragraph.start, end=paragraph.end, note=None, listed=listed)
            )
    return [found[start] for start in sorted(found)]


def _paragraphs(subject: Subject) -> Iterator[tuple[Paragraph, bool]]:
    """Paragraphs that say where a document is kept, and those of reference lists."""
    in_list = False
    for paragraph in subject.recovered.paragraphs:
        if paragraph.uncertain is not None:
            continue
        text = subject.text[paragraph.start : paragraph.end]
        if re.match(r"\s*\[?Sources?:\s", text):
            yield paragraph, False
            in_list = False
        elif _LIST_HEADING.fullmatch(text):
            in_list = True
        elif in_list:
            if len(text) < 700 and _YEAR.search(text):
                yield paragraph, True
            elif len(text) > 700:
                in_list = False


def _noted(subject: Subject, stretch: _Stretch, earlier: list[Reference]) -> Iterator[Reference]:
    text = subject.text[stretch.start : stretch.end]
    kept = read_archival(text)
    if kept is not None:
        values = {
            "archive": kept.archive,
            "archive_collection": kept.collection,
            "archive_location": kept.location,
            "genre": kept.marking,
        }
        made = _finding(subject, stretch, 0, kept.end, Fields(type="manuscript", values=values, score=0.85), "archive")
        if made is not None:
            yield made
        skip = kept.end
    else:
        skip = 0
    container: Fields | None = None
    here: list[Reference] = []
    for piece in pieces(text):
        if (
            piece.end <= skip
            and kept is not None
            and not re.search(r"\([^()]*:\s[^()]*\d{4}", text[piece.start : piece.end])
        ):
            continue
        printed = text[piece.start : piece.end]
        pointed = _pointing(printed, [*earlier, *here])
        if pointed is not None:
            reference, page = pointed
            fields = Fields(type=reference.type, values={"title": reference.title, "page": page}, score=0.6)
            made = _finding(subject, stretch, piece.start, piece.end, fields, "short")
            made = made and replace(
                made, author=reference.author, editor=reference.editor, year=reference.year, refers_to=reference.id
            )
        else:
            read = read_note_reference(printed)
            if read is None or (read.score < _LEAST and not _alone(text, piece)):
                continue
            container = _shared_container(printed, read, container)
            made = _finding(subject, stretch, piece.start, piece.end, read, "note")
        if made is not None:
            here.append(made)
            yield made


def _alone(text: str, piece: Piece) -> bool:
    """Does the note begin with this title in quotation marks?"""
    return piece.start < 6 and text[piece.start] in '"“'


def _shared_container(printed: str, read: Fields, container: Fields | None) -> Fields | None:
    """ "In Harbour Review 3 (1931), see A, "x," pp. 1-2; B, "y," pp. 3-4": the second article is in the same volume."""
    if re.search(r"[\"”],?\s+(?:in\s|[A-Z])|^[Ii]n\s", printed) and read.values.get("container_title"):
        return read if re.match(r"[Ii]n\s", printed) else None
    if container is not None and read.type == "manuscript" and "page" in read.values:
        read.type = container.type
        for name in ("container_title", "volume", "issue", "issued"):
            if container.values.get(name):
                read.values.setdefault(name, container.values[name])
        return container
    return None


def _pointing(printed: str, earlier: list[Reference]) -> tuple[Reference, str] | None:
    """The earlier reference that an "ibid." or a short form stands for, and the pages it gives."""
    if (ibid := _IBID.match(printed)) and earlier:
        return earlier[-1], ibid["pages"].strip(" ,-–")
    short = _SHORT.search(printed)
    head = printed[: short.start()].strip(" ,") if short else printed
    if len(head) > 160 or (short is None and "(" in head):
        return None
    pages = re.search(r",\s*(?:pp?\.\s*)?(\d[\d\s,–-]*)$", printed)
    bare = head[: pages.start()] if pages and pages.start() < len(head) else head
    if not (short or pages):
        return None
    meant = max(
        (r for r in reversed(earlier) if r.refers_to is None and _same_work(bare, r)),
        key=lambda r: len(_head_title(r)),
        default=None,
    )
    return None if meant is None else (meant, pages[1].strip() if pages else "")


def _head_title(reference: Reference) -> str:
    return re.split(r"[:,]", reference.title)[0].strip()


def _same_work(printed: str, reference: Reference) -> bool:
    """Do these words name this work: its title's beginning, and the family name of one of its people before it?"""
    title = _head_title(reference)
    if len(title) < 4 or title.lower() not in printed.lower():
        return False
    people = [name.family or name.literal for name in (*reference.author, *reference.editor)]
    before = printed[: printed.lower().index(title.lower())]
    return not people or not before.strip() or any(name in before for name in people)


def _listed(subject: Subject, stretch: _Stretch) -> Iterator[Reference]:
    from testimonia.analysis.references.labelling import read_listed_reference

    text = " ".join(subject.text[stretch.start : stretch.end].split())
    read = read_listed_reference(text)
    if read.score >= _LEAST_LISTED and read.values.get("title"):
        made = _finding(subject, stretch, 0, stretch.end - stretch.start, read, "list")
        if made is not None:
            yield made


_WHY = {
    "archive": "says where the document is kept",
    "note": "reads as a reference of a note: names, title, imprint, pages",
    "short": "a short form of an earlier reference",
    "list": "an entry of a reference list, read by a model of labelled references",
}


def _finding(subject: Subject, stretch: _Stretch, start: int, end: int, fields: Fields, how: str) -> Reference | None:
    try:
        anchor = subject.anchorer.anchor(stretch.start + start, stretch.start + end)
    except InvalidRecordError:
        return None
    return Reference(
        id=finding_id("reference", subject.source, anchor.start, anchor.end, how),
        source=subject.source,
        anchors=(anchor,),
        step=REFERENCES,
        confidence=round(max(0.05, min(0.95, fields.score)), 4),
        reason=_WHY[how],
        printed=" ".join(anchor.quote.split()),
        type=fields.type,
        author=fields.author,
        editor=fields.editor,
        translator=fields.translator,
        recipient=fields.recipient,
        year=fields.year(),
        note=stretch.note,
        **{name: value for name, value in fields.values.items() if value},
    )
