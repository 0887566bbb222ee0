"""Pages of a PDF are kept, and get the text under them."""

from __future__ import annotations

import io
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.exports.conftest import HEIGHT, PAGE_TWO, WIDTH, page_image

from testimonia.exports.exporting import NotExportableError
from testimonia.exports.searchable_pdf import SearchablePdf
from testimonia.exports.snapshot import Doubt, PageImage, SourceEdition

if TYPE_CHECKING:
    from tests.exports.conftest import Drawn

LINES = PAGE_TWO.splitlines()
WIDTH_PT, HEIGHT_PT = 300.0, 420.0


def scan_pdf(*, rotate: int = 0, text: str = "", mode: int = 3, turned_deg: int = 0, pages: int = 1) -> bytes:
    """A PDF of scans; `text` is text that it has already, in this rendering mode."""
    image = Image.open(io.BytesIO(page_image(LINES).content)).rotate(rotate - turned_deg, expand=True)
    pdf = pikepdf.Pdf.new()
    wide = (rotate - turned_deg) % 180 == 90
    size = (HEIGHT_PT, WIDTH_PT) if wide else (WIDTH_PT, HEIGHT_PT)
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=size)
        drawn = pikepdf.Stream(pdf, image.tobytes())
        drawn.Type, drawn.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        drawn.Width, drawn.Height = image.size
        drawn.ColorSpace, drawn.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.obj.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(Im=drawn), Font=pikepdf.Dictionary(F=pdf.make_indirect(font))
        )
        page.obj.Rotate = rotate
        shown = f"q {size[0]} 0 0 {size[1]} 0 0 cm /Im Do Q"
        if text:
            shown += f" BT /F 10 Tf {mode} Tr 20 20 Td ({text}) Tj ET"
        page.contents_add(shown.encode())
    held = io.BytesIO()
    pdf.save(held)
    return held.getvalue()


def edition_of(drawn: Drawn, content: bytes, turned_deg: int = 0) -> SourceEdition:
    return drawn.edition(
        (PAGE_TWO,), name="harle.pdf", media_type="application/pdf", content=content, turned_deg=turned_deg
    )


def exported(edition: SourceEdition) -> bytes:
    sink = io.BytesIO()
    SearchablePdf().export(edition, sink)
    return sink.getvalue()


def words(content: bytes) -> str:
    with closing(pypdfium2.PdfDocument(content)) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def upright_box(content: bytes, word: str) -> tuple[float, ...]:
    """Where a word stands on the page as it is shown, in pixels from its top left corner."""
    with closing(pypdfium2.PdfDocument(content)) as document:
        page = document[0]
        layer = page.get_textpage()
        at = layer.get_text_range().index(word)
        sides = [layer.get_charbox(n) for n in range(at, at + len(word))]
        left, bottom = min(side[0] for side in sides), min(side[1] for side in sides)
        right, top = max(side[2] for side in sides), max(side[3] for side in sides)
        x0, y0, x1, y1 = page.get_mediabox()
        corners = []
        for x, y in ((left, bottom), (right, top)):
            corners.append(
                {
                    0: (x - x0, y1 - y),
                    90: (y - y0, x - x0),
                    180: (x1 - x, y - y0),
                    270: (y1 - y, x1 - x),
                }[page.get_rotation()]
            )
        scale = WIDTH / WIDTH_PT
        xs, ys = sorted(c[0] * scale for c in corners), sorted(c[1] * scale for c in corners)
        return (xs[0], ys[0], xs[1], ys[1])


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turned_deg", [0, 90, 180, 270])
def test_text_stands_under_its_words_however_the_page_lies(drawn: Drawn, rotate: int, turned_deg: int) -> None:
    made = exported(edition_of(drawn, scan_pdf(rotate=rotate, turned_deg=turned_deg), turned_deg))
    # "gate": the second word of the first line, at column 4 of the drawn grid.
    assert upright_box(made, "gate") == pytest.approx((180, 100, 260, 140), abs=2)
    with closing(pypdfium2.PdfDocument(made)) as document:
        assert document[0].get_size() == (WIDTH_PT, HEIGHT_PT)
        shown = document[0].render(scale=WIDTH / WIDTH_PT, grayscale=True).to_pil()
    assert shown.size == (WIDTH, HEIGHT)
    ink = Image.eval(shown, lambda value: 255 if value < 128 else 0).getbbox()
    assert ink is not None and ink[0] < 120 and ink[1] < 120 and ink[3] < 200


def test_unseen_text_under_a_scan_gives_way_to_the_recovered(drawn: Drawn) -> None:
    made = exported(edition_of(drawn, scan_pdf(text="Tbe gatc stoocl")))
    assert "gatc" not in words(made)
    assert words(made) == " ".join(PAGE_TWO.split())


def test_a_page_that_shows_its_text_keeps_it_and_gets_no_other(drawn: Drawn) -> None:
    made = exported(edition_of(drawn, scan_pdf(text="The gate stood", mode=0)))
    assert words(made) == "The gate stood"


def test_a_form_with_unseen_text_is_left_alone(drawn: Drawn) -> None:
    with pikepdf.open(io.BytesIO(scan_pdf())) as pdf:
        form = pikepdf.Stream(pdf, b"BT /F 10 Tf 3 Tr 20 20 Td (Tbe gatc) Tj ET")
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 300, 420])
        form.Resources = pikepdf.Dictionary(Font=pdf.pages[0].obj.Resources.Font)
        pdf.pages[0].obj.Resources.XObject.Layer = form
        pdf.pages[0].contents_add(b"/Layer Do")
        held = io.BytesIO()
        pdf.save(held)
    assert words(exported(edition_of(drawn, held.getvalue()))) == "Tbe gatc"


def test_images_of_the_pages_are_kept_to_the_byte(drawn: Drawn) -> None:
    content = scan_pdf()
    made = exported(edition_of(drawn, content))
    with pikepdf.open(io.BytesIO(content)) as before, pikepdf.open(io.BytesIO(made)) as after:
        images = [pdf.pages[0].obj.Resources.XObject.Im.read_raw_bytes() for pdf in (before, after)]
    assert images[0] == images[1]


def test_pages_are_named_as_they_are_printed(edition: SourceEdition) -> None:
    with pikepdf.open(io.BytesIO(exported(edition))) as pdf:
        assert [str(page.label) for page in pdf.pages] == ["p. 7", "p. 8"]


def test_a_jpeg_goes_in_as_it_is(drawn: Drawn) -> None:
    jpeg = page_image(LINES, media_type="image/jpeg")
    made = exported(replace(drawn.edition((PAGE_TWO,)), image=lambda _: jpeg))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.pages[0].obj.Resources.XObject.Scan.read_raw_bytes() == jpeg.content


@pytest.mark.parametrize("turned_deg", [0, 90, 180, 270])
def test_an_image_that_lies_turned_is_turned_back(drawn: Drawn, turned_deg: int) -> None:
    lying = Image.open(io.BytesIO(page_image(LINES).content)).rotate(-turned_deg, expand=True)
    held = io.BytesIO()
    lying.save(held, "PNG")
    image = PageImage(content=held.getvalue(), media_type="image/png", turned_deg=turned_deg)
    made = exported(replace(drawn.edition((PAGE_TWO,)), image=lambda _: image))
    with closing(pypdfium2.PdfDocument(made)) as document:
        shown = document[0].render(scale=WIDTH / document[0].get_size()[0], grayscale=True).to_pil()
    ink = Image.eval(shown, lambda value: 255 if value < 128 else 0).getbbox()
    assert ink is not None and ink[0] < 120 and ink[1] < 120 and ink[3] < 200


def test_words_that_cannot_be_trusted_are_not_put_under_the_scan(drawn: Drawn) -> None:
    assert words(exported(drawn.edition((PAGE_TWO,), uncertain="it lies upside down"))) == ""


def test_a_word_that_is_only_proposed_stands_as_received_or_not_at_all(drawn: Drawn) -> None:
    made = drawn.edition((PAGE_TWO,), (("gate", "garden"),))
    doubt = Doubt(start=4, end=10, confidence=0.6, reason="a guess")
    assert words(exported(replace(made, doubts=(doubt,)))) == " ".join(PAGE_TWO.split())
    garbled = words(exported(replace(made, doubts=(replace(doubt, garbled=True),))))
    assert garbled == " ".join(PAGE_TWO.replace("gate ", "").split())


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"no PDF at all", scan_pdf()[:60]])
def test_a_damaged_pdf_is_refused(drawn: Drawn, content: bytes) -> None:
    with pytest.raises(NotExportableError) as refused:
        exported(edition_of(drawn, content))
    assert refused.value.hint


def test_a_source_without_images_is_refused(drawn: Drawn) -> None:
    with pytest.raises(NotExportableError, match="no images"):
        exported(drawn.edition((PAGE_TWO,), images=False))
