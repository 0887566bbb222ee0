"""Page images, alone and bound together."""

import io
import zipfile

import pytest
from PIL import Image

from testimonia.errors import TooLargeError, UnreadableSourceError
from testimonia.readers import images
from testimonia.readers.image_archive import BoundImages, bind
from testimonia.readers.table import read


def image(what: str = "PNG", size: tuple[int, int] = (30, 40), pages: int = 1, orientation: int = 1) -> bytes:
    made = io.BytesIO()
    sheets = [Image.new("L", (size[0] + n, size[1]), 255) for n in range(pages)]
    exif = Image.Exif()
    if orientation != 1:
        exif[0x0112] = orientation
    more = {"save_all": True, "append_images": sheets[1:]} if pages > 1 else {}
    sheets[0].save(made, what, exif=exif, **more)
    return made.getvalue()


def test_every_page_of_an_image_is_an_empty_line_to_be_read() -> None:
    source = read(image("TIFF", pages=3), name="minutes.tif")
    assert (source.text, source.page_starts, source.unread) == ("\n\n\n", (0, 1, 2), (0, 1, 2))
    assert [(s.page_index, s.width, s.height, s.image) for s in source.scans] == [
        (0, 30, 40, True),
        (1, 31, 40, True),
        (2, 32, 40, True),
    ]
    assert source.media_type == "image/tiff"


def test_the_size_is_that_of_the_page_as_it_is_to_be_seen() -> None:
    (scan,) = read(image("JPEG", orientation=6), name="a.jpg").scans
    assert (scan.width, scan.height, scan.turned_deg) == (40, 30, 0)


def test_a_tiff_whose_pages_break_off_keeps_those_before() -> None:
    whole = image("TIFF", pages=3)
    last = whole.rindex(b"\x00\x01\x04\x00") if b"\x00\x01\x04\x00" in whole else len(whole) - 60
    source = read(whole[:last], name="minutes.tif")
    assert 1 <= len(source.scans) <= len(source.unread) <= 3


@pytest.mark.parametrize("what", ["JPEG", "PNG", "TIFF", "JPEG2000"])
def test_more_pixels_than_any_page_are_refused_before_they_are_unpacked(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "LONGEST_SIDE_PX", 35)
    with pytest.raises(TooLargeError, match="30 by 40 pixels"):
        read(image(what), name="a")


def test_a_bomb_of_an_image_is_refused_by_its_header() -> None:
    bomb = bytearray(image("PNG"))
    bomb[16:24] = (50_000).to_bytes(4, "big") + (50_000).to_bytes(4, "big")
    with pytest.raises((TooLargeError, UnreadableSourceError)):
        read(bytes(bomb), name="bomb.png")


def test_the_same_images_are_bound_into_the_same_bytes() -> None:
    pages = [("a 1.png", image()), ("a 2.png", image(size=(50, 50)))]
    made = bind(pages)
    assert made == bind(pages)
    bound = BoundImages(made, name="a")
    assert [(name, bound.read(name)) for name in bound.names] == pages
    assert zipfile.ZipFile(io.BytesIO(made)).testzip() is None


def test_bound_images_say_for_every_page_in_which_file_it_came() -> None:
    made = bind([("a1.tif", image("TIFF", pages=2)), ("a2.png", b"\x89PNG\r\n\x1a\nbroken"), ("a3.png", image())])
    source = read(made, name="letters, box 4.b")
    assert source.members == ("a1.tif", "a1.tif", "a2.png", "a3.png")
    assert source.unread == (0, 1, 2, 3)
    assert [s.page_index for s in source.scans] == [0, 1, 3]
    (notice,) = source.notices
    assert notice.code == "broken-image"
    assert "a2.png" in notice.message


def test_bound_images_that_were_packed_by_someone_else_are_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.testimonia.page-images+zip")
        archive.writestr("a.png", b"\0" * 10_000_000, zipfile.ZIP_DEFLATED)
    with pytest.raises(UnreadableSourceError, match="not as it was bound"):
        read(made.getvalue(), name="a.zip")
