"""hOCR, the HTML of Tesseract, OCRopus, Kraken and the Internet Archive."""

import re
from collections.abc import Iterator
from itertools import pairwise

from testimonia.readers.html import decode_html, is_hocr, parse_html
from testimonia.readers.markup import Element, check_size, local_name, text_of, walk
from testimonia.readers.reading import ReadSource
from testimonia.readers.setting import Setting

MAX_BYTES = 256 * 1024 * 1024

_PAGE = re.compile(r"<[a-zA-Z]+\s[^<>]{0,400}?\bclass\s*=\s*[\"']?[^\"'<>]{0,200}?\bocr_page\b")
_LINES = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat", "ocr_pageno"})
_PARAGRAPHS = frozenset({"ocr_par", "ocr_carea", "ocrx_block", "ocr_column", "ocr_float", "ocr_separator"})
_UNSEEN = frozenset({"head", "script", "style", "title"})


class Hocr:
    """The lines of an hOCR file, page by page."""

    name = "hOCR"
    media_types = ("text/vnd.hocr+html",)
    suffixes = (".hocr", ".html", ".htm", ".xhtml")

    def recognises(self, head: bytes, name: str) -> bool:
        """HTML with an element of the class `ocr_page`, or whose head says which OCR system made it."""
        return is_hocr(head)

    def read(self, content: bytes, *, name: str) -> ReadSource:
        """One line for an ocr_line and its kin, one paragraph for an ocr_par, one page for an ocr_page.

        Words are parted by one space; a soft hyphen at a line's end stays. What is lost: positions, confidence, fonts.
        Raises UnreadableSourceError and its kinds. Source of the rules: hOCR 1.2, sections 5 to 7.
        """
        check_size(content, MAX_BYTES, name=name, what="hOCR file")
        decoded = decode_html(content, name=name)
        setting = Setting(name)
        for notice in decoded.notices:
            setting.tell(notice.code, notice.message)
        for number, page in enumerate(_pages(decoded.text)):
            _set_page(parse_html(page, where=f"{name}, page {number}" if number else name), setting)
        return setting.source("text/vnd.hocr+html", decoded.encoding)


def _pages(text: str) -> Iterator[str]:
    """The file cut before each of its pages, so that the elements of only one are in memory; first what stands before.

    HTML closes what a cut leaves open, and passes over what it closes twice.
    """
    starts = [0, *(found.start() for found in _PAGE.finditer(text)), len(text)]
    return (piece for start, end in pairwise(starts) if (piece := text[start:end]).strip())


def _set_page(root: Element, setting: Setting) -> None:
    for kind, element, text in walk(root, _skips):
        if kind == "text":
            setting.words(text)
            continue
        classes = _classes(element)
        if "ocr_page" in classes and kind == "start":
            setting.page()
        elif "ocr_page" in classes or not classes.isdisjoint(_PARAGRAPHS) or local_name(element) == "p":
            setting.paragraph()
        elif not classes.isdisjoint(_LINES) or local_name(element) == "br":
            setting.line()
        elif "ocrx_word" in classes:
            setting.words(f" {_spelt(element)} " if kind == "start" and _is_spelt(element) else " ")
    setting.paragraph()


def _classes(element: Element) -> frozenset[str]:
    return frozenset(element.get("class", "").split())


def _skips(element: Element) -> bool:
    return local_name(element) in _UNSEEN or (
        "ocrx_cinfo" in _classes(element) and "ocrx_word" in _classes(element.getparent())
    )


def _is_spelt(word: Element) -> bool:
    return any("ocrx_cinfo" in _classes(child) for child in word)


def _spelt(word: Element) -> str:
    """A word whose characters are elements of their own, on lines of their own."""
    return "".join(text_of(child).strip() for child in word)
