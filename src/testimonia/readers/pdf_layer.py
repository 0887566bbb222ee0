"""The text layer of a PDF, read with pdfium; loaded only when the first PDF comes."""

import re
import threading
from array import array
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium_c

from testimonia.errors import EmptySourceError, EncryptedSourceError, TooLargeError, UnreadableSourceError
from testimonia.model.scans import Boxes, PageScan
from testimonia.readers.pdf_boxes import TextPlaces, has_marks, image_share, size_of, word_boxes
from testimonia.readers.reading import ReadNotice, ReadSource
from testimonia.text.readability import UNREADABLE, readability
from testimonia.text.recovery_words import Words

MAX_PAGES = 50_000
MAX_CHARACTERS = 256 * 1024 * 1024

PDFIUM = threading.Lock()  # pdfium keeps global state and may be called by one thread at a time
MAX_UNREAD_PAGES = 5_000
_END_BYTES = 2_048
# What makes a text layer poor, on a page that is an image for the most part: a download's stamp and no more, or
# garbage. Fonts that do not say what their characters are make it poor on any page.
_FEW_CHARACTERS = 40
_IMAGE_SHARE = 0.5
_MANY_UNKNOWN = 20
_UNKNOWN_SHARE = 0.3
_CHANGES = re.compile("\ufffe|\r\n|\r|[\U00010000-\U0010ffff]")
_UNKNOWN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """One page: its lines, each ended by LF; what there is to tell as (code, message); its size and the boxes of its
    words, counted from its start. `unread` says that its text must be read from its image."""

    text: str
    told: tuple[tuple[str, str], ...] = ()
    size: tuple[int, int] | None = None
    boxes: Boxes = field(default_factory=Boxes)
    unread: bool = False


def read_text_layer(content: bytes, *, name: str) -> ReadSource:
    """The text of all pages in the file's own reading order; see `Pdf.read`."""
    pages: list[str] = []
    notices: list[ReadNotice] = []
    starts: list[int] = []
    scans: list[PageScan] = []
    unread: list[int] = []
    length = 0
    with PDFIUM, _opened(content, name) as document:
        _check_pages(len(document), name)
        for n in range(len(document)):
            page = _read_page(document, n + 1, MAX_CHARACTERS - length, name)
            notices.extend(ReadNotice(code=code, message=message, offset=length) for code, message in page.told)
            starts.append(length)
            pages.append(page.text)
            if page.size is not None:
                width, height = page.size
                boxes = page.boxes.moved(length)
                scans.append(PageScan(page_index=n, width=width, height=height, image=True, boxes=boxes))
            if page.unread:
                unread.append(n)
            length += len(page.text)
    whole = "".join(pages)
    if not whole.strip() and not unread:
        raise _no_text(len(pages), notices, name)
    if len(unread) > MAX_UNREAD_PAGES:
        raise TooLargeError(
            f"{len(unread):,} pages of the PDF have no text; {MAX_UNREAD_PAGES:,} is the most that is read from images",
            where=name,
            hint="Split it into several files",
        )
    if b"%%EOF" not in content[-_END_BYTES:]:
        message = "The file does not end as a PDF does: it may have been cut short, and pages may be missing."
        notices.append(ReadNotice(code="cut-short", message=message))
    return ReadSource(
        text=whole,
        media_type="application/pdf",
        encoding=None,
        page_starts=tuple(starts),
        notices=tuple(notices),
        scans=tuple(scans),
        unread=tuple(unread),
    )


@contextmanager
def _opened(content: bytes, name: str) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise EncryptedSourceError(
                "the PDF asks for a password", where=name, hint="Save a copy without a password and add that"
            ) from None
        if error.err_code == pdfium_c.FPDF_ERR_SECURITY:
            raise EncryptedSourceError(
                "the PDF is encrypted in a way that can't be read here",
                where=name,
                hint="Print it to a new PDF and add that",
            ) from None
        raise UnreadableSourceError(
            "the PDF is damaged or was cut short: its pages can't be found",
            where=name,
            hint="Fetch it again, or repair it (qpdf in.pdf out.pdf) and add the result",
        ) from None
    with closing(document):
        yield document


def _check_pages(count: int, name: str) -> None:
    if not count:
        raise UnreadableSourceError("the PDF has no pages", where=name, hint="See whether it was copied whole")
    if count > MAX_PAGES:
        raise TooLargeError(
            f"the PDF has {count:,} pages; {MAX_PAGES:,} is the most that is read",
            where=name,
            hint="Split it into several files",
        )


def _read_page(document: pypdfium2.PdfDocument, number: int, room: int, name: str) -> _Page:
    try:
        with closing(document[number - 1]) as page, closing(page.get_textpage()) as layer:
            if layer.count_chars() > room:
                raise TooLargeError(
                    f"the text is longer than {MAX_CHARACTERS:,} characters",
                    where=f"{name}, page {number}",
                    hint="Split it into several files",
                )
            size = size_of(page)
            text, unknown, places = _layer_text(layer)
            if not text.strip():
                if has_marks(page):
                    return _Page(text="\n", size=size, unread=True)
                told = f"Page {number} has no text layer, and nothing is drawn on it: it is blank."
                return _Page(text="\n", told=(("no-text-layer", told),), size=size)
            why = _poor(page, text, unknown)
            if why:
                told = f"Page {number} has a text layer in which {why}: it is read from its image."
                return _Page(text="\n", told=(("poor-text-layer", told),), size=size, unread=True)
            text = text.rstrip("\n") + "\n"
            boxes = word_boxes(page, layer, text, places)
    except pypdfium2.PdfiumError:
        return _Page(text="\n", told=(("unreadable-page", f"Page {number} is damaged and could not be read."),))
    if not unknown:
        return _Page(text=text, size=size, boxes=boxes)
    message = f"On page {number} the font of {unknown} characters does not say what they are: they stand as U+FFFD,"
    message += " or are missing where nothing is known of them."
    return _Page(text=text, told=(("unknown-characters", message),), size=size, boxes=boxes)


def _poor(page: pypdfium2.PdfPage, text: str, unknown: int) -> str:
    """Why the text of a page can't be trusted, so that its image must be read; '' where it can."""
    printed = sum(1 for c in text if not c.isspace())
    if unknown >= _MANY_UNKNOWN and unknown > _UNKNOWN_SHARE * printed:
        return "many characters are not known"
    few = printed < _FEW_CHARACTERS
    if not few and readability(text.split("\n"), Words(())) >= UNREADABLE:
        return ""
    if image_share(page) < _IMAGE_SHARE:
        return ""
    return "there is next to nothing" if few else "hardly a word can be read"


def _layer_text(layer: pypdfium2.PdfTextPage) -> tuple[str, int, TextPlaces]:
    """The text of a page with LF between its lines, how many of its characters are unknown or left out, and where each
    of its characters stands in pdfium's own text."""
    raw: str = layer.get_text_range(errors="surrogatepass")
    units = array("H", raw.encode("utf-16", "surrogatepass")[2:])  # after the mark, in the machine's own order
    # pdfium puts U+FFFE in the place of a hyphen at a line's end and that line's end, and of a glyph with no meaning.
    hyphens = (at for at, unit in enumerate(units) if unit == 0xFFFE)
    moves: list[tuple[int, int]] = []
    grown = shift = 0  # how many code points our text has gained, and how many units further on pdfium's is

    def ours(found: re.Match[str]) -> str:
        nonlocal grown, shift
        mark = made = found.group()
        if mark == "\ufffe":
            made = "-\n" if _is_hyphen(layer, next(hyphens)) else "\0"
        elif mark in ("\r\n", "\r"):
            made = "\n"
        units_more = len(mark) + (mark > "\uffff") - len(made)
        if units_more:
            shift += units_more
            moves.append((found.start() + grown + len(made), shift))
            grown += len(made) - len(mark)
        return made

    text = _CHANGES.sub(ours, raw)
    text, unknown = _UNKNOWN.subn("\ufffd", text)
    return text, unknown + max(0, layer.count_chars() - len(units)), TextPlaces(moves)


def _is_hyphen(layer: pypdfium2.PdfTextPage, at: int) -> bool:
    return bool(pdfium_c.FPDFText_IsHyphen(layer, pdfium_c.FPDFText_GetCharIndexFromTextIndex(layer, at)) == 1)


def _no_text(page_count: int, notices: list[ReadNotice], name: str) -> UnreadableSourceError:
    damaged = sum(1 for n in notices if n.code == "unreadable-page")
    if damaged:
        return UnreadableSourceError(
            f"the PDF is damaged: {damaged} of its {page_count} pages can't be read, and the others have no text",
            where=name,
            hint="Fetch it again, or repair it (qpdf in.pdf out.pdf) and add the result",
        )
    return EmptySourceError(
        f"all of the {page_count} pages of the PDF are blank", where=name, hint="See whether it was copied whole"
    )
