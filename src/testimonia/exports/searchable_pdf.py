"""Searchable PDF: the image of every page, with the recovered text invisible under it."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from testimonia import __version__
from testimonia.exports.exporting import NotExportableError
from testimonia.exports.snapshot import EditedPage, PageImage, SourceEdition
from testimonia.exports.weaving import edited_pages

if TYPE_CHECKING:  # loading it takes a tenth of a second, and most commands write no PDF
    from pikepdf import Object, Page, Pdf

    from testimonia.exports.pdf_text import Codes

_PDF = "application/pdf"
_INCH_PT, _INCH_PX = 72, 300
_A4_PT = (595.0, 842.0)
_OTHERWISE = "Export it as hocr, alto or text"


class SearchablePdf:
    """PDF of images with text under them; the pages of a PDF stay as they are."""

    name = "pdf"
    title = "searchable PDF"
    media_type = _PDF
    suffix = ".pdf"

    def export(self, edition: SourceEdition, sink: BinaryIO) -> None:
        """Every page as its image, at 300 dots to the inch, with each word invisible where it stands on it.

        Of a PDF the pages themselves are kept. One that shows text of its own keeps that text and gets no other; text
        that it holds unseen under an image gives way to the recovered one. A page that lay turned is turned upright.
        Words that can't be trusted are left out. Raises NotExportableError where there are no images at all, and for a
        PDF that can't be opened.
        """
        if edition.source.media_type == _PDF:
            _under_pages(edition, sink)
        else:
            _under_images(edition, sink)


def _under_pages(edition: SourceEdition, sink: BinaryIO) -> None:
    from testimonia.exports.pdf_text import Codes

    with _opened(edition) as pdf:
        codes = Codes()
        with_text: list[tuple[Page, bytes]] = []
        if len(pdf.pages) != len(edition.pages):
            raise NotExportableError(
                f"the PDF is damaged: {len(pdf.pages)} of its {len(edition.pages)} pages can be copied",
                where=edition.source.name, hint=_OTHERWISE,
            )  # fmt: skip
        for edited in edited_pages(edition):
            page = pdf.pages[edited.page.page_index]
            operators = _on_page(pdf, page, edited, codes)
            if operators:
                with_text.append((page, operators))
        _finish(pdf, with_text, codes, edition, sink)


@contextmanager
def _opened(edition: SourceEdition) -> Iterator["Pdf"]:
    from pikepdf import PasswordError, Pdf, PdfError

    try:
        pdf = Pdf.open(io.BytesIO(edition.content()))
    except PasswordError as error:
        raise NotExportableError(
            "the PDF wants a password", where=edition.source.name, hint="Add a copy without a password, and export that"
        ) from error
    except PdfError as error:
        raise NotExportableError(f"the PDF is damaged ({error})", where=edition.source.name, hint=_OTHERWISE) from error
    with pdf:
        yield pdf


def _on_page(pdf: "Pdf", page: "Page", edited: EditedPage, codes: "Codes") -> bytes:
    """The operators that put the text on a page of a PDF; it loses the unseen text that it had."""
    from testimonia.exports.pdf_layer import own_text
    from testimonia.exports.pdf_text import text_under

    scan = edited.scan
    if scan is None or not scan.boxes:
        return b""
    own = own_text(page)
    if own.seen or (own.unseen and own.bare is None):
        return b""
    turn = (int(page.obj.get("/Rotate", 0)) - scan.turned_deg) % 360
    page.obj.Rotate = turn
    matrix, width, height = _upright(page, turn)
    text = text_under(edited, width, height, codes)
    if not text:
        return b""
    if own.bare is not None:
        page.obj.Contents = pdf.make_stream(own.bare)
    return b"q " + _numbers(matrix) + b" cm\n" + text + b"\nQ"


def _upright(page: "Page", turn: int) -> tuple[tuple[float, ...], float, float]:
    """From points of the page as it is shown, from its lower left corner, to those of its content; its size shown."""
    x0, y0, x1, y1 = (float(n) for n in page.cropbox)
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    width, height = x1 - x0, y1 - y0
    if turn == 90:
        return (0, 1, -1, 0, x1, y0), height, width
    if turn == 180:
        return (-1, 0, 0, -1, x1, y1), width, height
    if turn == 270:
        return (0, -1, 1, 0, x0, y1), height, width
    return (1, 0, 0, 1, x0, y0), width, height


def _under_images(edition: SourceEdition, sink: BinaryIO) -> None:
    from pikepdf import Pdf

    from testimonia.exports.pdf_text import Codes, text_under

    codes = Codes()
    found = False
    with Pdf.new() as pdf:
        with_text: list[tuple[Page, bytes]] = []
        for edited in edited_pages(edition):
            scan = edited.scan
            size = _A4_PT if scan is None else (_points(scan.width), _points(scan.height))
            image = edition.image(edited.page.page_index) if scan is not None and scan.image else None
            found = found or image is not None
            page = pdf.add_blank_page(page_size=size)
            if image is not None:
                _draw(pdf, page, image, size)
            with_text.append((page, text_under(edited, *size, codes)))
        if not found:
            raise NotExportableError(
                "there are no images of its pages to put text under", where=edition.source.name,
                hint=_OTHERWISE,
            )  # fmt: skip
        _finish(pdf, [(page, text) for page, text in with_text if text], codes, edition, sink)


def _points(pixels: int) -> float:
    return pixels * _INCH_PT / _INCH_PX


def _draw(pdf: "Pdf", page: "Page", image: PageImage, size: tuple[float, float]) -> None:
    from pikepdf import Dictionary, Name

    page.obj.Resources = Dictionary(XObject=Dictionary())
    page.obj.Resources.XObject[Name.Scan] = _image(pdf, image)
    width, height = size
    matrix = {
        90: (0, height, -width, 0, width, 0),
        180: (-width, 0, 0, -height, width, height),
        270: (0, -height, width, 0, 0, height),
    }.get(image.turned_deg, (width, 0, 0, height, 0, 0))
    page.contents_add(b"q " + _numbers(matrix) + b" cm /Scan Do Q")


def _numbers(matrix: tuple[float, ...]) -> bytes:
    return " ".join(f"{n:.4f}".rstrip("0").rstrip(".") for n in matrix).encode("ascii")


def _image(pdf: "Pdf", image: PageImage) -> "Object":
    """An image as PDF keeps it: a JPEG as it is, anything else packed without loss."""
    from pikepdf import Name, Stream
    from PIL import Image

    with Image.open(io.BytesIO(image.content)) as opened:
        is_jpeg = opened.format == "JPEG" and opened.mode in ("L", "RGB")
        shown = opened if is_jpeg or opened.mode in ("1", "L", "RGB") else opened.convert("RGB")
        made = Stream(pdf, image.content if is_jpeg else shown.tobytes())
        made.Type, made.Subtype = Name.XObject, Name.Image
        made.Width, made.Height = shown.size
        made.ColorSpace = Name.DeviceRGB if shown.mode == "RGB" else Name.DeviceGray
        made.BitsPerComponent = 1 if shown.mode == "1" else 8
        if is_jpeg:
            made.Filter = Name.DCTDecode
    return pdf.make_indirect(made)


def _finish(
    pdf: "Pdf", with_text: list[tuple["Page", bytes]], codes: "Codes", edition: SourceEdition, sink: BinaryIO
) -> None:
    """Put the text on its pages, name them as they are printed, and write the file."""
    from pikepdf import Dictionary

    from testimonia.exports.pdf_text import FONT, font_of

    if with_text:
        font = font_of(pdf, codes)
        for page, operators in with_text:
            resources = page.resources
            if "/Font" not in resources:
                resources.Font = Dictionary()
            resources.Font[FONT] = font
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(b"\nQ\n" + operators)
    if edition.source.media_type != _PDF:
        pdf.docinfo["/Title"] = edition.source.name
        pdf.docinfo["/Producer"] = f"Testimonia {__version__}"
    _label(pdf, edition)
    held = io.BytesIO()
    pdf.save(held, deterministic_id=True, encryption=False)
    sink.write(held.getvalue())


def _label(pdf: "Pdf", edition: SourceEdition) -> None:
    """Name the pages as they are printed, so that a viewer shows it; a PDF that names them itself keeps its names."""
    from pikepdf import Array, Dictionary, Name

    if "/PageLabels" in pdf.Root or not any(page.page_label for page in edition.pages):
        return
    rows: list[object] = []
    for page in edition.pages:
        n = page.page_index
        rows.append(n)
        rows.append(Dictionary(P=page.page_label) if page.page_label else Dictionary(S=Name.D, St=n + 1))
    pdf.Root.PageLabels = Dictionary(Nums=Array(rows))
