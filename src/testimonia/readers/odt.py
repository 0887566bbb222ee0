"""OpenDocument texts (ODT), of LibreOffice and others."""

import re

from testimonia.readers.archive import Parts
from testimonia.readers.markup import Element, local_name, parse_xml, text_of, walk
from testimonia.readers.reading import ReadSource
from testimonia.readers.setting import Setting

_MIMETYPE = re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.text", re.DOTALL)
_MANIFEST = "META-INF/manifest.xml"
_CONTENT = "content.xml"
_SEQUENCES = frozenset({"sequence-decls", "forms", "variable-decls", "user-field-decls", "dde-connection-decls"})
_UNSEEN = _SEQUENCES | {
    "automatic-styles",
    "font-face-decls",
    "scripts",
    "note-citation",
    "title",
    "desc",
    "binary-data",
}


class Odt:
    """The text of an OpenDocument text as it stands with all changes accepted."""

    name = "ODT"
    media_types = ("application/vnd.oasis.opendocument.text",)
    suffixes = (".odt", ".ott")

    def recognises(self, head: bytes, name: str) -> bool:
        """A ZIP that starts with the media type of a text."""
        return _MIMETYPE.match(head) is not None

    def read(self, content: bytes, *, name: str) -> ReadSource:
        """One line for a paragraph, a heading, or a row of a table; pages where the document itself breaks them.

        Notes have their own number or sign, numbers in brackets: footnotes at the foot of their page (of the text,
        where there are no page breaks), endnotes at its end. Left out, with notices: tracked deletions and comments.
        Raises UnreadableSourceError and its kinds. Source of the rules: OpenDocument 1.3, part 3.
        """
        parts = Parts(content, name=name, what="OpenDocument text")
        if _MANIFEST in parts and b"encryption-data" in parts.read(_MANIFEST):
            raise parts.encrypted()
        root = parse_xml(parts.read(_CONTENT), name=parts.where(_CONTENT), what="OpenDocument text")
        setting = Setting(name)
        document = _Document(setting, _breaking_styles(root))
        for kind, element, text in walk(root, document.skips):
            if kind == "text":
                document.text(element, text)
            elif kind == "start":
                document.start(element, local_name(element))
            else:
                document.end(element, local_name(element))
        return setting.source(self.media_types[0])


def _get(element: Element, key: str) -> str:
    return next((value for name, value in element.attrib.items() if name.rpartition("}")[2] == key), "")


def _breaking_styles(root: Element) -> dict[str, frozenset[str]]:
    """Which styles of paragraphs and tables break the page, 'before' or 'after' what has them?"""
    styles: dict[str, frozenset[str]] = {}
    for style in root.iter("{*}style"):
        breaks = {side for p in style for side in ("before", "after") if _get(p, f"break-{side}") == "page"}
        if _get(style, "master-page-name"):
            breaks.add("before")  # a new kind of page starts a page
        if breaks:
            styles[_get(style, "name")] = frozenset(breaks)
    return styles


class _Document:
    """What each element of OpenDocument does to the text."""

    def __init__(self, setting: Setting, breaking: dict[str, frozenset[str]]) -> None:
        self._setting = setting
        self._breaking = breaking
        self._begun = False

    def skips(self, element: Element) -> bool:
        kind = local_name(element)
        if kind == "annotation":
            self._setting.count("comments-left-out", "Comments in the margin are left out: {n}.")
        elif kind == "tracked-changes":
            for _ in element.iter("{*}deletion"):
                self._setting.count("deletion-left-out", "Tracked deletions are left out: {n}.")
        return kind in _UNSEEN or kind in ("annotation", "tracked-changes")

    def text(self, element: Element, text: str) -> None:
        if self._begun:
            self._setting.words(text)

    def start(self, element: Element, kind: str) -> None:
        setting = self._setting
        if kind == "text":
            self._begun = True  # before it stand only styles
        elif kind in ("p", "h", "table"):
            setting.paragraph()
            if "before" in self._breaking.get(_get(element, "style-name"), ()) and _is_whole(element):
                setting.page_break()
        elif kind in ("s", "tab"):
            setting.words(" ")
        elif kind in ("line-break", "table-row"):
            setting.line()
        elif kind in ("table-cell", "covered-table-cell"):
            setting.begin_cell()
        elif kind == "note":
            label = _label(element)
            setting.words(label)
            setting.hold()
            setting.lead(f"{label} ".lstrip())
        elif kind == "text-box":
            setting.hold()

    def end(self, element: Element, kind: str) -> None:
        setting = self._setting
        if kind in ("p", "h", "table"):
            setting.paragraph()
            if "after" in self._breaking.get(_get(element, "style-name"), ()) and _is_whole(element):
                setting.page_break()
        elif kind == "table-row":
            setting.line()
        elif kind in ("table-cell", "covered-table-cell"):
            setting.end_cell()
        elif kind == "note":
            setting.release("end" if _get(element, "note-class") == "endnote" else "foot")
        elif kind == "text-box":
            setting.release("after")


def _is_whole(element: Element) -> bool:
    """Does the paragraph stand in the text itself, where it may break the page, and not in a cell or note?"""
    return not any(local_name(e) in ("table-cell", "note", "text-box") for e in element.iterancestors())


def _label(note: Element) -> str:
    citation = note.find("{*}note-citation")
    label = "" if citation is None else " ".join(text_of(citation).split())
    return f"[{label}]" if label.isalnum() else label
