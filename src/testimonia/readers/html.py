"""HTML pages as browsers save them: the text that a reader of the page would see."""

import codecs
import re

from lxml import etree

from testimonia.errors import UnreadableSourceError
from testimonia.readers.encodings import Decoded, decode
from testimonia.readers.markup import MAX_TREE_BYTES, Element, check_size, local_name, text_of, walk
from testimonia.readers.reading import ReadSource
from testimonia.readers.setting import Setting, raised

_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,4000}?-->\s*)*<(?i:!doctype\s+html|html|head|body|title|meta)\b",
    re.DOTALL,
)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,80}?encoding=[\"']([\w.:-]{1,40})", re.I
)
_OCR_PAGE = re.compile(rb"class\s*=\s*[\"'][^\"'>]*\bocr_page\b|[\"']ocr-(?:system|capabilities)[\"']")
_HEAD_BYTES = 4_096

# fmt: off
_PARAGRAPHS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table", "ul",
})
_UNSEEN = frozenset({
    "applet", "area", "audio", "base", "canvas", "col", "colgroup", "datalist", "embed", "frame", "frameset",
    "head", "iframe", "link", "map", "meta", "noembed", "noframes", "noscript", "object", "param", "picture",
    "rp", "script", "source", "style", "svg", "template", "title", "track", "video",
})
# fmt: on
_CONTROLS = frozenset({"button", "input", "meter", "optgroup", "option", "progress", "select", "textarea"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_PAGE_STYLE = re.compile(r"(?:page-)?break-before\s*:\s*(?:always|page|left|right)", re.I)
_LINES = re.compile("\r\n?|\n")
_DECLARED_AS = {"iso-8859-1": "windows-1252", "latin-1": "windows-1252", "ascii": "windows-1252"}  # as browsers do


def is_html(head: bytes) -> bool:
    """Do these bytes start an HTML page?

    >>> is_html(b"<!DOCTYPE html><p>The lamp"), is_html(b"The <html> tag")
    (True, False)
    """
    return _START.match(_narrow(head)) is not None


def is_hocr(head: bytes) -> bool:
    """Do these bytes start an HTML page that holds pages of OCR?"""
    return is_html(head) and _OCR_PAGE.search(_narrow(head)) is not None


def _narrow(head: bytes) -> bytes:
    """The ASCII of a start in UTF-16."""
    if head.startswith(codecs.BOM_UTF16_LE):
        return head[2::2]
    return head[3::2] if head.startswith(codecs.BOM_UTF16_BE) else head


class Html:
    """The visible text of an HTML page."""

    name = "HTML"
    media_types = ("text/html",)
    suffixes = (".html", ".htm", ".xhtml")

    def recognises(self, head: bytes, name: str) -> bool:
        """A document type, or one of the elements that a page starts with; not a page of OCR."""
        return is_html(head) and not is_hocr(head)

    def read(self, content: bytes, *, name: str) -> ReadSource:
        """One line for a paragraph, a heading, an item or a row; `br` ends a line, and `pre` keeps its lines.

        Left out, and counted in notices: navigation, what the page hides, and forms. Scripts and styles are no text.
        A number raised in the page is raised in the text; ordered lists have their numbers. Pages start where the page
        itself asks for one in print. Raises UnreadableSourceError and its kinds.
        """
        check_size(content, MAX_TREE_BYTES, name=name, what="HTML file")
        decoded = decode_html(content, name=name)
        setting = Setting(name)
        for notice in decoded.notices:
            setting.tell(notice.code, notice.message)
        set_html(parse_html(decoded.text, where=name), setting)
        return setting.source("text/html", decoded.encoding)


def parse_html(text: str, *, where: str) -> Element:
    """The root of a page, however its markup is broken. `where` is its name in errors."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise UnreadableSourceError(
            "the HTML file is damaged: no page can be made of it", where=where, hint="Fetch it again"
        )
    deep = [e for e in parser.error_log if e.type_name == "ERR_RESOURCE_LIMIT" or "depth" in e.message.lower()]
    if deep:
        raise UnreadableSourceError(
            f"the elements of the page are nested too deep ({deep[0].message})",
            where=f"{where}, line {deep[0].line}",
            hint="Open it in a browser, save its text and add that",
        )
    return root


def decode_html(content: bytes, *, name: str) -> Decoded:
    """The characters of a page: by a byte order mark, by what it declares if its bytes agree, else as any text."""
    declared = _CHARSET.search(content[:_HEAD_BYTES])
    if declared is not None and not content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            codec = codecs.lookup((declared[1] or declared[2]).decode("ascii")).name
            codec = _DECLARED_AS.get({"iso8859-1": "iso-8859-1"}.get(codec, codec), codec)
            text = content.decode(codec)
        except (LookupError, ValueError):
            return decode(content, name=name)
        if "\0" not in text and isinstance(text, str):
            return Decoded(text=text, encoding=codec, notices=())
    return decode(content, name=name)


def set_html(root: Element, setting: Setting) -> None:
    """Set the visible text of a page. Its paragraphs stand apart; nothing is said of where it came from."""
    page = _Page(setting)
    for kind, element, text in walk(root, page.skips):
        if kind == "text":
            page.text(element, text)
        elif kind == "start":
            page.start(element, local_name(element))
        else:
            page.end(local_name(element))
    setting.paragraph()


class _Page:
    """Where in the page are we? What is open decides how text is set."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._kept_lines = 0
        self._raised = 0
        self._lists: list[int | None] = []

    def skips(self, element: Element) -> bool:
        kind = local_name(element)
        if _is_page_break(element):
            self._setting.page()
            return True  # in it stands at most the number of the printed page
        if kind in _UNSEEN:
            return True
        if kind in _CONTROLS:
            self._setting.count("form-left-out", "Left out, fields of forms: {n}.")
            return True
        if kind == "nav" or element.get("role") == "navigation":
            self._setting.count("navigation-left-out", "Left out, parts that only lead to other pages (nav): {n}.")
            return True
        style = element.get("style")
        hidden = "hidden" in element.attrib or (style is not None and _HIDDEN_STYLE.search(style) is not None)
        if hidden and text_of(element).strip():
            self._setting.count("hidden-left-out", "Left out, parts that the page hides: {n}.")
        return hidden

    def text(self, element: Element, text: str) -> None:
        text = text.replace("\u00ad", "")  # where a browser may break a word; no reader of the page sees it
        if self._kept_lines:
            first, *more = _LINES.split(text)
            self._setting.words(first)
            for line in more:
                self._setting.line()
                if not line.strip():
                    self._setting.paragraph()
                self._setting.words(line)
        else:
            self._setting.words(raised(text) if self._raised else text)

    def start(self, element: Element, kind: str) -> None:
        setting = self._setting
        style = element.get("style")
        if style is not None and _PAGE_STYLE.search(style):
            setting.page_break()
        if kind in _PARAGRAPHS:
            setting.paragraph()
        if kind in ("br", "tr"):
            setting.line()
        elif kind in ("td", "th"):
            setting.begin_cell()
        elif kind == "pre":
            self._kept_lines += 1
        elif kind == "sup":
            self._raised += 1
        elif kind == "q":
            setting.words("“")
        elif kind == "ol":
            plain = element.get("type", "1") == "1" and "none" not in element.get("style", "")
            self._lists.append(_integer(element.get("start"), 1) if plain else None)
        elif kind in ("ul", "menu"):
            self._lists.append(None)
        elif kind == "li" and self._lists and (number := self._lists[-1]) is not None:
            number = _integer(element.get("value"), number)
            setting.lead(f"{number}. ")
            self._lists[-1] = number + 1

    def end(self, kind: str) -> None:
        setting = self._setting
        if kind in ("td", "th"):
            setting.end_cell()
        elif kind == "tr":
            setting.line()
        elif kind == "pre":
            self._kept_lines -= 1
        elif kind == "sup":
            self._raised -= 1
        elif kind == "q":
            setting.words("”")
        elif kind in ("ol", "ul", "menu") and self._lists:
            self._lists.pop()
        if kind in _PARAGRAPHS:
            setting.paragraph()


def _is_page_break(element: Element) -> bool:
    """Does an electronic book say here where a printed page starts? (EPUB 3 Structural Semantics, pagebreak)"""
    return element.get("role") == "doc-pagebreak" or any(
        value == "pagebreak" for key, value in element.attrib.items() if key.rpartition("}")[2] in ("type", "epub:type")
    )


def _integer(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and re.fullmatch(r"-?[0-9]{1,9}", value.strip()) else otherwise
