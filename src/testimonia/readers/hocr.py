"""hOCR, the HTML of Tesseract, OCRopus, Kraken and the Internet Archive."""

import re
from collections.abc import Iterator
from itertools import pairwise

from testimonia.readers.html import decode_html, is_hocr, parse_html
from testimonia.readers.markup import Element, check_size, local_name, text_of, walk
from testimonia.readers.reading import ReadSource
from testimonia.readers.setting import Box, Setting, box_of

MAX_BYTES = 256 * 1024 * 1024

_PAGE = re.compile(r"<[a-zA-Z]+\s[^<>]{0,400}?\bclass\s*=\s*[\"']?[^\"'<>]{0,200}?\bocr_page\b")
_LINES = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat", "ocr_pageno"})
_PARAGRAPHS = frozenset({"ocr_par", "ocr_carea", "ocrx_block", "ocr_column", "ocr_float", "ocr_separator"})
_BBOX = re.compile(r"\bbbox\s+(-?\d{1,9})\s+(-?\d{1,9})\s+(-?\d{1,9})\s+(-?\d{1,9})")
_SURE = re.compile(r"\bx_wconf\s+(\d{1,3}(?:\.\d{1,9})?)")
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

        Words are parted by one space; a soft hyphen at a line's end stays. What is kept beside
        them: the boxes and confidences of words. What is lost: fonts.
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
    here: Box | None = None  # the box of the word in hand, or of a line that has no words
    for kind, element, text in walk(root, _skips):
        if kind == "text":
            setting.words(text, here)
            continue
        classes = _classes(element)
        if "ocr_page" in classes and kind == "start":
            setting.page()
            if (whole := _box(element)) is not None:
                setting.page_size(whole.right, whole.bottom)
        elif "ocr_page" in classes or not classes.isdisjoint(_PARAGRAPHS) or local_name(element) == "p":
            setting.paragraph()
        elif not classes.isdisjoint(_LINES) or local_name(element) == "br":
            setting.line()
            here = _box(element) if kind == "start" and not _has_words(element) else None
        elif "ocrx_word" in classes:
            here = _box(element) if kind == "start" else None
            setting.words(" ")
            if kind == "start" and _is_spelt(element):
                setting.words(_spelt(element), here)
                setting.words(" ")
    setting.paragraph()


def _has_words(line: Element) -> bool:
    return any("ocrx_word" in _classes(part) for part in line.iter() if isinstance(part.tag, str))


def _box(element: Element) -> Box | None:
    """The `bbox` of an element's title, and its `x_wconf` as confidence."""
    title = element.get("title", "")
    found = _BBOX.search(title)
    sure = _SURE.search(title)
    confidence = float(sure[1]) / 100 if sure else None
    return box_of(found[1], found[2], found[3], found[4], confidence) if found else None


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
