"""Are page images opened whatever they are made of, and refused with a clear error where they can't be?"""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from testimonia.errors import EmptySourceError, TooLargeError, UnreadableSourceError
from testimonia.ocr.images import grey_of, image_pages, pdf_pages


def encoded(image: Image.Image, kind: str, **settings: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **settings)
    return stream.getvalue()


def half() -> Image.Image:
    """White above, black below."""
    page = Image.new("L", (60, 40), 255)
    page.paste(0, (0, 20, 60, 40))
    return page


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "JPEG2000", "WEBP", "BMP", "GIF"])
def test_every_usual_format_is_opened_in_grey(kind: str) -> None:
    (page,) = image_pages(encoded(half(), kind), name="page")
    image = page()
    assert (image.mode, image.size) == ("L", (60, 40))
    assert image.getpixel((30, 4)) > 245  # type: ignore[operator]
    assert image.getpixel((30, 36)) < 10  # type: ignore[operator]


@pytest.mark.parametrize("mode", ["1", "P", "RGB", "CMYK", "RGBA", "LA", "I;16"])
def test_every_kind_of_colour_becomes_black_on_white(mode: str) -> None:
    if mode == "I;16":
        image = Image.fromarray((np.asarray(half()).astype(np.uint16)) * 257)
    else:
        image = half().convert("RGB" if mode == "CMYK" else "L").convert(mode)
    grey = np.asarray(grey_of(image))
    assert grey[4].min() > 245
    assert grey[36].max() < 10


def test_what_is_clear_is_paper() -> None:
    assert np.asarray(grey_of(Image.new("RGBA", (5, 5), (0, 0, 0, 0)))).min() == 255


def test_a_photograph_is_turned_as_its_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = image_pages(encoded(half(), "JPEG", exif=exif), name="photograph.jpg")
    assert page().size == (40, 60)


def test_a_tiff_has_as_many_pages_as_it_holds() -> None:
    content = encoded(half(), "TIFF", save_all=True, append_images=[Image.new("L", (30, 10), 9), half()])
    pages = image_pages(content, name="bound.tif")
    assert [page().size for page in pages] == [(60, 40), (30, 10), (60, 40)]


def test_a_tiff_cut_short_keeps_its_whole_pages_and_names_the_broken_one() -> None:
    content = encoded(half(), "TIFF", save_all=True, append_images=[half(), half()])
    pages = image_pages(content[: len(content) - 2_600], name="cut.tif")
    assert pages[0]().size == (60, 40)
    with pytest.raises(UnreadableSourceError, match=f"page {len(pages)}"):
        pages[-1]()


def test_an_image_of_fifty_thousand_pixels_is_refused() -> None:
    with pytest.raises(TooLargeError, match="50,000"):
        image_pages(encoded(Image.new("1", (50_000, 2)), "PNG"), name="long.png")


def test_a_decompression_bomb_is_refused_before_it_is_unpacked() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 25_000, 25_000, 8, 0, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1_000))) + chunk(b"IEND", b"")
    with pytest.raises(TooLargeError):
        image_pages(bomb, name="bomb.png")


@pytest.mark.parametrize("content", [b"\x00" * 100, b"\x89PNG\r\n\x1a\n", b"II*\x00\xff\xff\xff\xff", b"plain text"])
def test_what_is_no_image_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableSourceError):
        [page() for page in image_pages(content, name="broken")]


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    with pytest.raises(EmptySourceError):
        image_pages(tmp_path / "empty.jpg", name="empty.jpg")


def test_a_truncated_jpeg_is_refused_with_its_page() -> None:
    content = encoded(Image.effect_noise((300, 300), 90), "JPEG")
    (page,) = image_pages(content[: len(content) // 2], name="cut.jpg")
    with pytest.raises(UnreadableSourceError, match="page 1"):
        page()


def test_a_page_of_a_pdf_is_rendered_and_bounded() -> None:
    stream = io.BytesIO()
    half().save(stream, "PDF", resolution=72.0)
    (page,) = pdf_pages(stream.getvalue(), name="scan.pdf")
    assert abs(page().width - 250) <= 1


def test_a_broken_pdf_is_refused() -> None:
    with pytest.raises(UnreadableSourceError):
        pdf_pages(b"%PDF-1.7 and nothing more", name="broken.pdf")
