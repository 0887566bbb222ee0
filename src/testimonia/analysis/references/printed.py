"""References in the style of notes: names first, titles in quotation marks or not, the imprint in brackets, pages last.

Source of the rules: The Chicago Manual of Style, 14.19 to 14.24 (notes), as historians' notes follow it.
"""

import re
from dataclasses import dataclass, field

from testimonia.analysis.references.cited_names import all_cited, is_body, names_before
from testimonia.model.citations import CitedName

_IMPRINT = re.compile(
    r"\(\s*(?P<place>[^():;\d]{2,60}):\s+(?P<publisher>[^()]{2,90}?),\s+(?P<date>(?:[A-Z][a-z]+\s+)?\[?\d{4}[^()]*)\)"
)
_UNCLOSED = re.compile(r"\(\s*(?P<place>[^():;\d]{2,60}):\s+(?P<publisher>[^()\]]{2,90}?),\s+(?P<date>\d{4})\s*\]?$")
_DATED = re.compile(
    r"\(\s*(?P<date>(?:(?:Spring|Summer|Fall|Autumn|Winter|[A-Z][a-z]+(?:[-/][A-Z][a-z]+)?|\d{1,2})[ ,]+)*\d{4})\s*\)"
)
_RANGE = r"\d{1,4}(?:\s*[-–—]\s*\d{1,4})?"
_PAGES = re.compile(rf"[,:]?\s*(?:pp?\.\s*|pages?\s+)?(?P<pages>{_RANGE}(?:,\s*{_RANGE})*(?:\s*ff?\.?)?)\s*\]?$")
_PAGES_BEHIND = re.compile(rf"\s*[,:]?\s*(?:[a-z][\w ]*,\s*)?(?:pp?\.\s*)?({_RANGE}(?:,\s*{_RANGE})*)")
_QUOTED = re.compile(r"[\"“](?P<title>[^\"“”]*(?:[\"“][^\"“”]*[\"”][^\"“”]*)*?)[\"”]|``(?P<tex>.*?)''", re.DOTALL)
_EDITOR = re.compile(r"^\s*,?\s*\(?(?:eds?|editors?|comp)\b\.*\)?\s*,?\s*", re.IGNORECASE)
_OTHER_ROLE = re.compile(r"^\s*,?\s*(?:intro|trans|annotat|comment)\w*\.?\s*,?\s*", re.IGNORECASE)
_EDITION = re.compile(
    r",?\s+(?P<edition>(?:\d(?:st|nd|rd|th)|rev(?:ised)?|updated|new|second|third|paperback)"
    r"\.?\s+ed(?:n|ition)?\.?)\s*$",
    re.IGNORECASE,
)
_VOLUME = re.compile(r",?\s*\b(?:vols?|volume)\.?\s+(?P<volume>[IVXLC]+|\d+)\b:?\s*(?P<rest>[^,]*)$", re.IGNORECASE)
_ISSUE = re.compile(r"\s+(?:(?:no|nr|issue)\.?\s*)?(?P<issue>\d{1,3}(?:[:/]\d{1,3})?)\s*$", re.IGNORECASE)
_LETTER = re.compile(
    r"^(?:(?P<genre>Telegram|Letter|Cable|Memorandum|Memo|Message|Note|Dispatch|Despatch|Report)\s+from\s+)?"
    r"(?P<author>[A-Z][\w.'’ -]{1,60}?)\s+to\s+(?P<recipient>(?:the\s+)?[A-Z][\w.'’ -]{1,60}?),\s+"
    r"(?P<date>(?:\d{1,2}\s+[A-Z][a-z]+\s+\d{4}|[A-Z][a-z]+\s+\d{1,2},\s+\d{4}))"
)
_YEAR = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")


@dataclass(slots=True, kw_only=True)
class Fields:
    """The fields of one reference as they are read; see `model.citations.Reference`."""

    type: str = "book"
    author: tuple[CitedName, ...] = ()
    editor: tuple[CitedName, ...] = ()
    translator: tuple[CitedName, ...] = ()
    recipient: tuple[CitedName, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    score: float = 0.0

    def year(self) -> int | None:
        """The first year that its date names."""
        found = _YEAR.search(self.values.get("issued", ""))
        return int(found[1]) if found else None


def read_note_reference(text: str) -> Fields | None:
    """The fields of a reference as notes print it; None where it does not look like one.

    >>> fields = read_note_reference('Jon Aas, "Fog," in Anna Brink, ed., The Pier (Oslo: Lie, 1931), 4-9')
    >>> fields.type, fields.author[0].family, fields.editor[0].family, fields.values["page"], fields.year()
    ('chapter', 'Aas', 'Brink', '4-9', 1931)
    """
    text = re.sub(r"\s+", " ", text).strip(" []").replace("..", ".").replace(" as told to ", " and ")
    text = re.sub(r",\s+an?\s+[\w ]{0,40}\b(?:version|reprint|translation|edition) of\b.*$", "", text)
    fields = Fields()
    if text.startswith(("in ", "In ")) and (container := re.match(r"[Ii]n\s+(.+?),\s+see\s+(.+)$", text)):
        text = f"{container[2]}, in {container[1]}" if not _PAGES.search(container[2]) else _moved_pages(container)
    rest = _take_imprint(text, fields)
    if letter := _LETTER.match(rest):
        return _letter(rest, letter, fields)
    quoted = _QUOTED.search(rest)
    if quoted is not None and _is_title(quoted["title"] or quoted["tex"] or ""):
        _article(rest, quoted, fields)
    elif "publisher" in fields.values:
        _book(rest, fields)
    else:
        return None
    if not fields.values.get("title"):
        return None
    fields.score += 0.3 * bool(fields.author or fields.editor) + 0.1 * ("page" in fields.values)
    return fields


def _is_title(quoted: str) -> bool:
    """A title in quotation marks carries the comma behind it inside, or has words enough."""
    return len(quoted.split()) >= 2 or (len(quoted) > 3 and quoted.endswith((",", ".")))


def _moved_pages(container: re.Match[str]) -> str:
    pages = _PAGES.search(container[2])
    head = container[2][: pages.start()].rstrip(", ") if pages else container[2]
    return f"{head}, in {container[1]}, pp. {pages['pages'] if pages else ''}"


def _take_imprint(text: str, fields: Fields) -> str:
    """What stands before the imprint (or the date) in brackets; imprint, date and pages go into the fields."""
    text = re.sub(r"\s*\(see [^()]*\)\s*$", "", text)
    found = _IMPRINT.search(text) or _UNCLOSED.search(text)
    dated = None if found else _last(_DATED, text)
    at = found or dated
    if found:
        fields.values["publisher_place"] = found["place"].strip(" ,")
        fields.values["publisher"] = found["publisher"].strip(" ,")
        fields.score += 0.4
    if at is not None:
        fields.values["issued"] = re.split(r";", at["date"])[0].strip(" ,")
        fields.score += 0.2
        tail = text[at.end() :]
        if pages := _PAGES_BEHIND.match(tail):
            fields.values["page"] = pages[1]
        return text[: at.start()].rstrip(" ,") + (" " if dated else "")
    if pages := _PAGES.search(text):
        fields.values["page"] = pages["pages"]
        text = text[: pages.start()]
    return text.rstrip(" ,")


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    return found


def _letter(rest: str, letter: re.Match[str], fields: Fields) -> Fields:
    fields.type = "personal_communication"
    fields.author = all_cited((letter["author"],))
    fields.recipient = all_cited((letter["recipient"].removeprefix("the "),))
    issued = fields.values.pop("issued", "")
    container = rest[letter.end() :].strip(" ,")
    container = re.sub(r"^(?:reprinted |printed |published )?in\s+", "", container)
    fields.values["issued"] = letter["date"]
    fields.values["genre"] = (letter["genre"] or "letter").lower()
    fields.values["title"] = rest[: letter.end()].rstrip(" ,")
    if container:
        _container(f"{container} ({issued})" if issued else container, fields)
    fields.score += 0.4
    return fields


def _article(rest: str, quoted: re.Match[str], fields: Fields) -> None:
    title = (quoted["title"] or quoted["tex"] or "").strip(" ,.")
    fields.values["title"] = title
    names = rest[: quoted.start()].strip(" ,")
    people, end = names_before(names)
    if people:
        fields.author = all_cited(people)
        tail = names[end:].strip(" ,")
        if _EDITOR.match(f" {tail}"):
            fields.editor, fields.author = fields.author, ()
        elif tail and not _OTHER_ROLE.match(f" {tail}"):
            fields.score -= 0.3
    elif names and not (names[:1].isupper() and (is_body(names) or len(names.split()) <= 4)):
        fields.values.clear()
        return
    elif names:
        dated = re.search(r",\s*((?:[A-Z][a-z]+\s+)?\d{4})$", names)
        if dated:
            fields.values.setdefault("issued", dated[1])
            names = names[: dated.start()]
        fields.author = (CitedName(literal=names),) if is_body(names) else all_cited((names,))
    after = rest[quoted.end() :].strip(" ,")
    fields.type = "manuscript"
    if chapter := re.match(r"in\s+(.*)$", after, re.DOTALL):
        _container(chapter[1], fields)
        fields.type = "chapter" if "publisher" in fields.values or fields.editor else "article-journal"
    elif after and "publisher" in fields.values:
        fields.type = "chapter"
        _container(after, fields)
    elif after and not re.match(r"(?:released|copy|translated|courtesy|p\b)", after):
        fields.type = "article-journal"
        _container(after, fields)
    fields.score += 0.3


def _container(text: str, fields: Fields) -> None:
    people, end = names_before(text)
    if people and (role := _EDITOR.match(text[end:])):
        fields.editor = all_cited(people)
        text = text[end + role.end() :].strip(" ,.")
    elif people and end < len(text):
        fields.editor = all_cited(people)
        text = text[end:].strip(" ,.")
    elif single := re.match(r"([A-Z][\w'’-]+),\s*eds?\b\.*\s*,?\s*", text):
        fields.editor = all_cited((single[1],))
        text = text[single.end() :]
    if dated := _DATED.search(text):
        fields.values.setdefault("issued", dated["date"])
        text = text[: dated.start()]
    text = _take_edition(text.strip(" ,"), fields)
    if issue := _ISSUE.search(text):
        fields.values["volume"] = issue["issue"]
        text = text[: issue.start()]
    fields.values["container_title"] = text.strip(" ,.")


def _book(rest: str, fields: Fields) -> None:
    if inside := re.match(r"(?P<item>[^()]{4,160}?),\s+(?:[a-z][^(),]{3,60},\s+)?in\s+(?P<container>[A-Z].*)$", rest):
        people, _ = names_before(inside["container"])
        if people:
            fields.type = "chapter"
            fields.values["title"] = inside["item"].strip(" ,")
            _container(inside["container"], fields)
            return
    people, end = names_before(rest)
    tail = rest[end:] if people else rest
    if people and re.match(r",?\s*(?:intro|commentary|trans|ed)\b[^()]*\bby\b", tail):
        people, tail = (), rest
    if people:
        fields.author = all_cited(people)
        if role := _EDITOR.match(tail):
            fields.editor, fields.author = fields.author, ()
            tail = tail[role.end() :]
    elif (comma := re.match(r"([^,]{4,80}),\s+(?=[A-Z])", rest)) and is_body(comma[1]):
        fields.author = all_cited((comma[1],))
        tail = rest[comma.end() :]
    title = _take_edition(tail.strip(" ,"), fields)
    if by := re.search(r",\s+(?:intro|commentary|trans|ed)\b[^()]*\bby\b.*$", title):
        fields.editor = fields.editor or all_cited(re.findall(r"\bed(?:\.|ited)?\s+by\s+([A-Z][\w.' -]+)", by[0]))
        title = title[: by.start()]
    if by := re.search(r",\s+(?:\w+\.?,?\s+)*(?:and notes\s+)?by\s+.*$|,\s+(?:intro|trans|ed)\..*$", title):
        title = title[: by.start()]
    fields.values["title"] = title.strip(" ,")


def _take_edition(text: str, fields: Fields) -> str:
    if edition := _EDITION.search(text):
        fields.values["edition"] = edition["edition"]
        text = text[: edition.start()]
    if (volume := _VOLUME.search(text)) and volume.start() > 3:
        fields.values["volume"] = volume["volume"]
        if not volume["rest"].strip():
            text = text[: volume.start()]
    return text
