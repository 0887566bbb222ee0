"""Word documents (DOCX)."""

import re
from itertools import pairwise

from testimonia.errors import EncryptedSourceError
from testimonia.readers.archive import Parts
from testimonia.readers.markup import Element, local_name, parse_xml, text_of, walk
from testimonia.readers.reading import ReadSource
from testimonia.readers.setting import Setting, raised

_WORD = re.compile(rb"PK\x03\x04.{26}word/", re.DOTALL)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MAIN = "word/document.xml"
_OFF = frozenset({"0", "false", "off", "none"})
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_UNSEEN = frozenset(
    {"Fallback", "instrText", "delInstrText", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "tblGrid"}
)


class Docx:
    """The text of a Word document as it stands with all changes accepted."""

    name = "DOCX"
    media_types = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)
    suffixes = (".docx", ".docm", ".dotx")

    def recognises(self, head: bytes, name: str) -> bool:
        """A ZIP with a part under `word/`, or Office's wrapping of an encrypted one.

        Where large pictures stand first, the name must tell which of Office's documents it is.
        """
        if head.startswith(_OLE):
            return _PACKAGE in head
        office = head.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in head
        return _WORD.search(head) is not None or (office and name.lower().endswith(self.suffixes))

    def read(self, content: bytes, *, name: str) -> ReadSource:
        """One line for a paragraph, a heading, or a row of a table; pages where the document itself breaks them.

        Notes are numbered as Word numbers them, the number in brackets: footnotes at the foot of their page (of the
        text, where there are no page breaks), endnotes at its end. Left out, with notices: deletions, hidden text,
        comments, page headers and footers, the numbers that Word counts for paragraphs. Raises UnreadableSourceError
        and its kinds. Source of the rules: ECMA-376, part 1, chapter 17.
        """
        if content.startswith(_OLE):
            raise EncryptedSourceError(
                "the Word document asks for a password", where=name, hint="Save a copy without a password and add that"
            )
        parts = Parts(content, name=name, what="Word document")
        main = next((p for p in (_MAIN, "word/document2.xml") if p in parts), _MAIN)
        body = parse_xml(parts.read(main), name=parts.where(main), what="Word document")
        setting = Setting(name)
        document = _Document(setting, _notes(parts, "footnote"), _notes(parts, "endnote"), _figures(parts, body))
        document.set_body(body)
        _tell_left_out(parts, setting)
        return setting.source(self.media_types[0])


def _notes(parts: Parts, kind: str) -> dict[str, Element]:
    part = f"word/{kind}s.xml"
    if part not in parts:
        return {}
    root = parse_xml(parts.read(part), name=parts.where(part), what="Word document")
    notes = (n for n in root.iterchildren(f"{{*}}{kind}") if _get(n, "type") not in _SEPARATORS)
    return {_get(n, "id"): n for n in notes}


def _figures(parts: Parts, body: Element) -> dict[str, str]:
    """In which figures are the notes numbered, by the name of what calls them? (ECMA-376, 17.11.17 and 17.11.18)"""
    figures = {"footnoteReference": "decimal", "endnoteReference": "lowerRoman"}
    settings = [body]
    if "word/settings.xml" in parts:
        part = "word/settings.xml"
        settings.insert(0, parse_xml(parts.read(part), name=parts.where(part), what="Word document"))
    for root in settings:
        for kind in ("footnote", "endnote"):
            for form in root.iter(f"{{*}}{kind}Pr"):
                for declared in form.iterchildren("{*}numFmt"):
                    figures[f"{kind}Reference"] = _get(declared, "val")
    return figures


def _number(value: int, figures: str) -> str:
    """A note's number as Word shows it; in figures that are not known here, as a decimal.

    >>> _number(14, "lowerRoman"), _number(14, "decimal"), _number(14, "hebrew1")
    ('xiv', '14', '14')
    """
    if figures not in ("lowerRoman", "upperRoman"):
        return str(value)
    roman = "m" * (value // 1000)
    for ones, fives, tens, place in (("c", "d", "m", 100), ("x", "l", "c", 10), ("i", "v", "x", 1)):
        digit = value // place % 10
        roman += (
            (ones + tens) if digit == 9 else (ones + fives) if digit == 4 else fives * (digit > 4) + ones * (digit % 5)
        )
    return roman if figures == "lowerRoman" else roman.upper()


def _tell_left_out(parts: Parts, setting: Setting) -> None:
    for kind, code in (("header", "headers-left-out"), ("footer", "footers-left-out")):
        said: list[str] = []
        for number in range(1, 100):
            part = f"word/{kind}{number}.xml"
            if part in parts:
                root = parse_xml(parts.read(part), name=parts.where(part), what="Word document")
                said.append(" ".join(text_of(t) for t in root.iter("{*}t")).strip())
        shown = "; ".join(dict.fromkeys(filter(None, said)))
        if shown:
            setting.tell(code, f"The {kind}s of its pages are left out: {shown[:300]}.")
    if "word/comments.xml" in parts:
        part = "word/comments.xml"
        comments = list(parse_xml(parts.read(part), name=parts.where(part), what="comments").iter("{*}comment"))
        if comments:
            setting.tell("comments-left-out", f"Comments in the margin are left out: {len(comments)}.")


def _get(element: Element, key: str) -> str:
    """An attribute by its local name; '' where it is absent."""
    return next((value for name, value in element.attrib.items() if name.rpartition("}")[2] == key), "")


def _is_on(element: Element | None) -> bool:
    return element is not None and _get(element, "val") not in _OFF


def _property(element: Element, group: str, key: str) -> Element | None:
    found = element.find(f"{{*}}{group}")
    return None if found is None else found.find(f"{{*}}{key}")


class _Document:
    """What each element of WordprocessingML does to the text."""

    def __init__(
        self, setting: Setting, footnotes: dict[str, Element], endnotes: dict[str, Element], figures: dict[str, str]
    ) -> None:
        self._setting = setting
        self._figures = figures
        self._notes = {"footnoteReference": footnotes, "endnoteReference": endnotes}
        self._numbers = {"footnoteReference": 0, "endnoteReference": 0}
        self._raised = False
        self._sections: dict[Element, Element] = {}

    def set_body(self, root: Element) -> None:
        """Set the document; a section's own properties say how it starts, and stand at its end."""
        sections = [s for s in root.iter("{*}sectPr") if local_name(s.getparent()) in ("pPr", "body")]
        self._sections = dict(pairwise(sections))
        self.set(root)

    def set(self, root: Element) -> None:
        for kind, element, text in walk(root, self._skips):
            name = local_name(element)
            if kind == "start":
                self._start(element, name)
            elif kind == "end":
                self._end(element, name)
            elif name == "t":
                self._setting.words(raised(text) if self._raised else text)

    def _skips(self, element: Element) -> bool:
        kind = local_name(element)
        if kind in ("del", "moveFrom") and text_of(element).strip():
            self._setting.count("deletion-left-out", "Tracked deletions are left out: {n}.")
        elif kind == "ins":
            self._setting.count("insertion", "Tracked insertions are part of the text: {n}.")
        elif kind == "r" and _is_on(_property(element, "rPr", "vanish")) and text_of(element).strip():
            self._setting.count("hidden-left-out", "Left out, parts that the document hides: {n}.")
            return True
        return kind in _UNSEEN or kind in ("del", "moveFrom", "delText")

    def _start(self, element: Element, kind: str) -> None:
        setting = self._setting
        if kind == "p":
            if _is_on(_property(element, "pPr", "pageBreakBefore")):
                setting.page_break()
            setting.paragraph()
            if _property(element, "pPr", "numPr") is not None:
                setting.count(
                    "numbers-left-out", "The numbers and marks that Word sets before items are left out: {n}."
                )
        elif kind == "r":
            raising = _property(element, "rPr", "vertAlign")
            self._raised = raising is not None and _get(raising, "val") == "superscript"
        elif kind == "br" and _get(element, "type") == "page":
            setting.page_break()
        elif kind in ("br", "cr"):
            setting.line()
        elif kind in ("tab", "ptab"):
            setting.words(" ")
        elif kind == "noBreakHyphen":
            setting.words("‑")
        elif kind == "sym":
            setting.words(_symbol(_get(element, "char")))
        elif kind == "tr":
            setting.line()
        elif kind == "tc":
            setting.begin_cell()
        elif kind == "tbl":
            setting.paragraph()
        elif kind == "txbxContent":
            setting.hold()
        elif kind in self._notes:
            self._note(element, kind)

    def _end(self, element: Element, kind: str) -> None:
        setting = self._setting
        if kind in ("p", "tbl"):
            setting.paragraph()
            if kind == "p" and self._ends_page(element):
                setting.page_break()
        elif kind == "tr":
            setting.line()
        elif kind == "tc":
            setting.end_cell()
        elif kind == "txbxContent":
            setting.release("after")

    def _ends_page(self, paragraph: Element) -> bool:
        following = self._sections.get(_property(paragraph, "pPr", "sectPr"))
        return following is not None and _is_new_page(following)

    def _note(self, reference: Element, kind: str) -> None:
        note = self._notes[kind].pop(_get(reference, "id"), None)
        if note is None:
            return
        setting = self._setting
        if _get(reference, "customMarkFollows") in ("", *_OFF):
            self._numbers[kind] += 1
            label = f"[{_number(self._numbers[kind], self._figures[kind])}]"
            setting.words(label)
        else:
            label = ""  # the mark is the text that follows, and starts the note too
        setting.hold()
        setting.lead(f"{label} ".lstrip())
        self.set(note)
        setting.release("foot" if kind == "footnoteReference" else "end")


def _is_new_page(section: Element) -> bool:
    kind = section.find("{*}type")
    return kind is None or _get(kind, "val") not in ("continuous", "nextColumn")


def _symbol(code: str) -> str:
    """A character by its code; U+FFFD where only its font knows what it is."""
    value = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{2,5}", code) else 0
    return "\ufffd" if value < 0x20 or 0xD800 <= value < 0xF900 else chr(value)
