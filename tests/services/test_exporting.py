"""Sources of a library as files of other formats."""

import hashlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.web.scanned import Scanned

from testimonia.errors import NotFoundError
from testimonia.exports.exporting import NotExportableError
from testimonia.services.workbench import Workbench

NOW = "1902-05-06T07:08:09Z"


@pytest.fixture(scope="module")
def scanned() -> Scanned:
    return Scanned()


@pytest.fixture(scope="module")
def without_images() -> Scanned:
    return Scanned(images=False)


@pytest.fixture(scope="module")
def workbench(
    tmp_path_factory: pytest.TempPathFactory, scanned: Scanned, without_images: Scanned
) -> Iterator[Workbench]:
    with Workbench.open(tmp_path_factory.mktemp("exports") / "library", now=lambda: NOW) as made:
        for one in (scanned, without_images):
            made.store.add_source(one.source, one.content, NOW)
            made.store.keep_recovered(one.recovered, one.findings, NOW, scans=one.scans)
        yield made


def exported(workbench: Workbench, name: str, sha256: str, layer: str = "reading") -> bytes:
    sink = io.BytesIO()
    workbench.exporting.export(workbench.exporting.formats().find(name), sha256, sink, layer)
    return sink.getvalue()


def test_a_scan_becomes_a_pdf_with_the_recovered_text_under_upright_pages(
    workbench: Workbench, scanned: Scanned
) -> None:
    document = pypdfium2.PdfDocument(exported(workbench, "pdf", scanned.source.sha256))
    assert len(document) == 3
    texts = [page.get_textpage().get_text_range() for page in document]
    assert "modern gauge" in texts[0] and "modem" not in texts[0]
    assert texts[2] == ""
    upright = document[1].render(scale=1, grayscale=True).to_pil()
    top = upright.crop((0, 0, upright.width, upright.height // 2))
    bottom = upright.crop((0, upright.height // 2, upright.width, upright.height))
    assert min(top.tobytes()) < 120 < min(bottom.tobytes())
    document.close()


@pytest.mark.parametrize("name", ["hocr", "alto", "text", "jsonl", "pdf"])
def test_a_library_exports_to_the_same_bytes(workbench: Workbench, scanned: Scanned, name: str) -> None:
    first, second = (exported(workbench, name, scanned.source.sha256) for _ in range(2))
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()


def test_the_original_can_be_exported_as_received(workbench: Workbench, scanned: Scanned) -> None:
    text = exported(workbench, "text", scanned.source.sha256, "original").decode()
    assert "modem gauge at ten and fol-" in text
    assert text.split("\f")[1].startswith("2\n")


def test_places_without_images_make_no_pdf_but_the_rest(workbench: Workbench, without_images: Scanned) -> None:
    with pytest.raises(NotExportableError, match="no images"):
        exported(workbench, "pdf", without_images.source.sha256)
    assert b"bbox" in exported(workbench, "hocr", without_images.source.sha256)


def test_what_is_not_there_is_named(workbench: Workbench, scanned: Scanned) -> None:
    with pytest.raises(NotFoundError, match="no format"):
        exported(workbench, "docx", scanned.source.sha256)
    with pytest.raises(NotFoundError, match="no layer"):
        exported(workbench, "text", scanned.source.sha256, "gone")
    with pytest.raises(NotFoundError):
        exported(workbench, "text", "0" * 64)
