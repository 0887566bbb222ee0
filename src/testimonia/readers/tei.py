"""TEI P5: transcriptions and editions, up to whole volumes of documents with their notes."""

from dataclasses import replace

from testimonia.model.divisions import Division
from testimonia.readers.markup import Element, local_name, parse_xml, root_of, walk
from testimonia.readers.reading import ReadSource
from testimonia.readers.setting import Setting
from testimonia.readers.tei_divisions import PARTS, division, is_document, is_section, letter, note_label

_NAMESPACE = "http://www.tei-c.org/ns/1.0"
_ROOTS = frozenset({"TEI", "TEI.2", "teiCorpus", "teiCorpus.2"})

# fmt: off
_PARAGRAPHS = frozenset({
    "ab", "address", "argument", "back", "bibl", "biblStruct", "body", "byline", "castItem", "castList", "closer",
    "dateline", "div", "div1", "div2", "div3", "div4", "div5", "div6", "div7", "docAuthor", "docDate", "docEdition",
    "docImprint", "docTitle", "entry", "epigraph", "figure", "floatingText", "front", "fw", "group", "head",
    "imprimatur", "item", "label", "lg", "list", "opener", "org", "p", "person", "place", "postscript", "salute",
    "signed", "sp", "speaker", "stage", "surface", "table", "text", "titlePage", "titlePart", "trailer", "u", "zone",
})
# fmt: on
_LINES = frozenset({"addrLine", "cb", "l", "line", "row"})
_APART = PARTS | {"back", "body", "front", "noteGrp", "text"}
_UNSEEN = frozenset({"certainty", "desc", "facsimile", "figDesc", "graphic", "index", "standOff", "xenoData"})
_READINGS = {"corr": "sic", "reg": "orig", "expan": "abbr"}  # the editor's, and the source's own beside it
_HYPHENS = ("-", "‐", "‑", "¬", "\u00ad")
_INLINE = frozenset({"bibl", "label"})  # where they stand in a sentence


class Tei:
    """The text of a TEI file as its source has it, with its page breaks and notes."""

    name = "TEI"
    media_types = ("application/tei+xml",)
    suffixes = (".xml", ".tei")

    def recognises(self, head: bytes, name: str) -> bool:
        """The root element is in TEI's namespace, or has the name of an older TEI's root."""
        root = root_of(head)
        return root is not None and (root[0] == _NAMESPACE or root[1] in _ROOTS)

    def read(self, content: bytes, *, name: str) -> ReadSource:
        """One line for a paragraph, a heading, a dateline, an item; `lb` ends a line, `pb` starts a page that
        has its `n` as its label.

        A note's number stands in brackets where it is called, and its text, with the number, at the foot of its page or
        at the end of its division, whichever comes first.
        A source note without a number stands below its heading. Of `choice` the source's own reading is kept, of `app`
        the lemma; what is supplied stands in brackets, a gap as '[...]'. Other readings, deletions and the header are
        left out, with notices. Divisions that are documents are passed on as such, with what the file says of them.
        Raises UnreadableSourceError and its kinds. Source of the rules: TEI P5, chapters 3, 4, 11 and 12; for documents
        with notes the volumes of Foreign Relations of the United States.
        """
        root = parse_xml(content, name=name, what="TEI file")
        setting = Setting(name)
        volume = _Volume(setting, has_text=next(root.iter("{*}text"), None) is not None)
        for kind, element, text in walk(root, volume.skips):
            if kind == "text":
                setting.words(text)
            elif kind == "start":
                volume.start(element, local_name(element))
            else:
                volume.end(element, local_name(element))
        source = setting.source("application/tei+xml")
        found = volume.divisions or ()
        if not any(d.type != "section" for d in found):
            one = letter(root, len(source.text))
            found = [one] if one is not None else ()
        return replace(source, divisions=tuple(found))


class _Volume:
    """What each element of TEI does to the text."""

    def __init__(self, setting: Setting, *, has_text: bool) -> None:
        self._setting = setting
        self._has_text = has_text
        self._open: dict[Element, int] = {}
        self.divisions: list[Division] = []

    def skips(self, element: Element) -> bool:
        kind = local_name(element)
        if kind == "teiHeader":
            self._setting.count("header-left-out", "The header of the TEI file is no text of the source: left out.")
            return True
        if kind in _UNSEEN or (kind == "sourceDoc" and self._has_text):
            return True
        if kind == "del":
            self._setting.count("deletion-left-out", "Left out, words that the source itself has struck out: {n}.")
            return True
        other = _is_other_reading(element, kind)
        if other:
            self._setting.count("reading-left-out", "Left out, readings of editors or other witnesses: {n}.")
        return other

    def start(self, element: Element, kind: str) -> None:
        setting = self._setting
        if kind in PARTS and (is_document(element) or is_section(element)):
            self._begin(element)
        if kind == "pb":
            setting.page(" ".join(element.get("n", "").split()) or None)
        elif kind == "lb":
            if element.get("break") != "no" or setting.ends_with(_HYPHENS):
                setting.line()
        elif kind == "note" and not _is_apart(element):
            label = note_label(element)
            setting.words(label)
            setting.hold()
            setting.lead(f"{label} ".lstrip())
        elif kind == "note":
            setting.paragraph()
            setting.lead(f"{note_label(element)} ".lstrip())
        elif kind == "cell":
            setting.begin_cell()
        elif kind == "supplied":
            setting.words("[")
        elif kind == "gap":
            setting.words("[...]")
            setting.count("gap", f"The transcription has gaps{_why(element)}, shown as [...]: {{n}}.")
        elif _is_paragraph(element, kind):
            setting.paragraph()
        elif kind in _LINES:
            setting.line()

    def end(self, element: Element, kind: str) -> None:
        setting = self._setting
        if kind == "note" and not _is_apart(element):
            setting.release("foot" if note_label(element) or local_name(element.getparent()) != "head" else "after")
        elif kind == "cell":
            setting.end_cell()
        elif kind == "supplied":
            setting.words("]")
        elif kind == "label" and _is_of_item(element):
            setting.words(" ")
        elif kind in PARTS:
            setting.foot()
            if element in self._open:
                self._end(element)
        elif _is_paragraph(element, kind) or kind == "note":
            setting.paragraph()
        elif kind in _LINES:
            setting.line()

    def _begin(self, element: Element) -> None:
        """A document starts here; one inside another belongs to that."""
        if not self._open and (start := self._setting.place()) is not None:
            self._open[element] = start

    def _end(self, element: Element) -> None:
        start, end = self._open.pop(element), self._setting.place()
        found = division(element, start, end) if end is not None else None
        if found is not None:
            self.divisions.append(found)


def _is_paragraph(element: Element, kind: str) -> bool:
    if kind not in _PARAGRAPHS:
        return False
    if kind == "item":
        before = element.getprevious()
        return before is None or not _is_of_item(before)
    parent = element.getparent()
    return kind not in _INLINE or (parent is not None and local_name(parent).startswith("list"))


def _is_of_item(element: Element) -> bool:
    """Is this the label of the item that follows it, so that both stand on one line?"""
    following = element.getnext()
    return local_name(element) == "label" and following is not None and local_name(following) == "item"


def _is_other_reading(element: Element, kind: str) -> bool:
    parent = element.getparent()
    if parent is None:
        return False
    siblings = [local_name(e) for e in parent]
    if kind in _READINGS and local_name(parent) == "choice":
        return _READINGS[kind] in siblings
    if kind == "rdg":
        return "lem" in siblings or next(parent.iterchildren("{*}rdg")) is not element
    return False


def _is_apart(note: Element) -> bool:
    """Does the note stand by itself, where nothing calls it?"""
    parent = note.getparent()
    return parent is None or local_name(parent) in _APART


def _why(gap: Element) -> str:
    said = ", ".join(
        value for key in ("reason", "extent", "quantity", "unit") if (value := " ".join(gap.get(key, "").split()))
    )
    return f" ({said})" if said else ""
