"""Files of page images that are broken, or far too large: each is refused with its reason, and the others are read."""

import io
import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.services.reading_pages import InventedReader, image_file, sheet

from testimonia.search.fts5 import Fts5Index
from testimonia.services.searching import Searching
from testimonia.services.workbench import Workbench
from testimonia.store.sqlite import SqliteLibrary

NOW = "1931-03-14T02:10:00Z"


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    folder = tmp_path / "library"
    store = SqliteLibrary.open(folder, now=lambda: NOW)
    searching = Searching(store, Fts5Index.open(folder / "search.sqlite3"))
    bench = Workbench(store, searching, lambda: NOW, page_reader=InventedReader())
    yield bench
    bench.close()


def bomb() -> bytes:
    """A PNG that says it has 900 million pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1_000))) + chunk(b"IEND", b"")


def pdf_of(pages: int) -> bytes:
    """A PDF of empty pages that share one object: the file is small, the number of its pages is not."""
    kids = b"3 0 R " * pages
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R>>",
        b"<</Length 24>>\nstream\n0 0 200 200 re 10 10 m f \nendstream",
    ]
    made = io.BytesIO(b"%PDF-1.4\n")
    made.seek(0, io.SEEK_END)
    places = []
    for n, body in enumerate(objects, 1):
        places.append(made.tell())
        made.write(b"%d 0 obj\n%s\nendobj\n" % (n, body))
    table = made.tell()
    made.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    made.writelines(b"%010d 00000 n \n" % place for place in places)
    made.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return made.getvalue()


def test_each_is_refused_with_its_reason_and_the_others_are_read(workbench: Workbench) -> None:
    long_one = io.BytesIO()
    Image.new("1", (50_000, 2)).save(long_one, "PNG")
    report = workbench.intake.add_contents(
        [
            ("bomb.png", bomb()),
            ("long.png", long_one.getvalue()),
            ("broken.tif", b"II*\x00\x08\x00\x00\x00" + b"\xff" * 40),
            ("many.pdf", pdf_of(10_000)),
            ("good.png", image_file(sheet(7))),
        ]
    )
    refused = {failure.path: failure.error for failure in report.failures}
    assert {path: error.code for path, error in refused.items()} == {
        "bomb.png": "too-large",
        "long.png": "too-large",
        "broken.tif": "unreadable-source",
        "many.pdf": "too-large",
    }
    assert all(error.hint for error in refused.values())
    assert "50,000" in refused["long.png"].what
    (good,) = report.added
    assert "The lamp went out at two." in workbench.store.layer(good.source.sha256, "original").text


def test_a_page_of_a_tiff_that_is_broken_leaves_the_pages_before_it(workbench: Workbench) -> None:
    whole = image_file(sheet(7), sheet(8), sheet(9), what="TIFF")
    report = workbench.intake.add_contents([("cut.tif", whole[: len(whole) - 20_000])])
    assert not report.failures
    sha256 = report.added[0].source.sha256
    text = workbench.store.layer(sha256, "original").text
    assert "Page 7 of the log." in text
    assert "Page 9 of the log." not in text
