"""The text layer of a PDF, read with pdfium; loaded only when the first PDF comes."""

import re
import threading
from array import array
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pypdfium2
import pypdfium2.raw as pdfium_c

from testimonia.errors import EncryptedSourceError, TooLargeError, UnreadableSourceError
from testimonia.readers.reading import ReadNotice, ReadSource

MAX_PAGES = 50_000
MAX_CHARACTERS = 256 * 1024 * 1024

PDFIUM = threading.Lock()  # pdfium keeps global state and may be called by one thread at a time
_END_BYTES = 2_048
_UNKNOWN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\uffff]")


def read_text_layer(content: bytes, *, name: str) -> ReadSource:
    """The text of all pages in the file's own reading order; see `Pdf.read`."""
    pages: list[str] = []
    notices: list[ReadNotice] = []
    starts: list[int] = []
    length = 0
    with PDFIUM, _opened(content, name) as document:
        _check_pages(len(document), name)
        for number in range(1, len(document) + 1):
            text, told = _page_text(document, number, MAX_CHARACTERS - length, name)
            notices.extend(ReadNotice(code=code, message=message, offset=length) for code, message in told)
            starts.append(length)
            pages.append(text)
            length += len(text)
    whole = "".join(pages)
    if not whole.strip():
        raise _no_text(len(pages), notices, name)
    if b"%%EOF" not in content[-_END_BYTES:]:
        message = "The file does not end as a PDF does: it may have been cut short, and pages may be missing."
        notices.append(ReadNotice(code="cut-short", message=message))
    return ReadSource(
        text=whole,
        media_type="application/pdf",
        encoding=None,
        page_starts=tuple(starts),
        notices=tuple(notices),
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


def _page_text(document: pypdfium2.PdfDocument, number: int, room: int, name: str) -> tuple[str, list[tuple[str, str]]]:
    """The lines of one page, each ended by LF, and what there is to tell about it as (code, message)."""
    try:
        with closing(document[number - 1]) as page, closing(page.get_textpage()) as layer:
            if layer.count_chars() > room:
                raise TooLargeError(
                    f"the text is longer than {MAX_CHARACTERS:,} characters",
                    where=f"{name}, page {number}",
                    hint="Split it into several files",
                )
            text, unknown = _layer_text(layer)
    except pypdfium2.PdfiumError:
        return "\n", [("unreadable-page", f"Page {number} is damaged and could not be read.")]
    if not text.strip():
        return "\n", [("no-text-layer", f"Page {number} has no text layer: it is blank, or an image that needs OCR.")]
    told = []
    if unknown:
        message = f"On page {number} the font of {unknown} characters does not say what they are: they stand as U+FFFD,"
        told.append(("unknown-characters", message + " or are missing where nothing is known of them."))
    return text.rstrip("\n") + "\n", told


def _layer_text(layer: pypdfium2.PdfTextPage) -> tuple[str, int]:
    """The text of a page with LF between its lines, and how many of its characters are unknown or left out."""
    raw: str = layer.get_text_range(errors="surrogatepass")
    units = array("H", raw.encode("utf-16", "surrogatepass")[2:])  # after the mark, in the machine's own order
    # pdfium puts U+FFFE in the place of a hyphen at a line's end and that line's end, and of a glyph with no meaning.
    places = (at for at, unit in enumerate(units) if unit == 0xFFFE)
    raw = re.sub("\ufffe", lambda _: "-\n" if _is_hyphen(layer, next(places)) else "\0", raw)
    text, unknown = _UNKNOWN.subn("\ufffd", raw.replace("\r\n", "\n").replace("\r", "\n"))
    return text, unknown + max(0, layer.count_chars() - len(units))


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
    return UnreadableSourceError(
        f"the PDF has no text on any of its {page_count} pages: it is a scan",
        where=name,
        hint="There is no OCR here yet: run OCR on it (ocrmypdf in.pdf out.pdf) and add the result or its text",
    )
