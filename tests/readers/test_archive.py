"""Parts of a ZIP: bombs, locks and damage."""

import io
import zipfile
from collections.abc import Callable

import pytest

from testimonia.errors import EmptySourceError, EncryptedSourceError, TooLargeError, UnreadableSourceError
from testimonia.readers import archive
from testimonia.readers.archive import Parts

Zipped = Callable[[dict[str, str]], bytes]


def opened(content: bytes) -> Parts:
    return Parts(content, name="a.docx", what="document")


def test_parts_are_read_by_name(zipped: Zipped) -> None:
    parts = opened(zipped({"../a.xml": "one", "/b.xml": "two"}))
    assert (parts.read("../a.xml"), parts.read("b.xml"), "c.xml" in parts) == (b"one", b"two", False)


def test_a_part_that_grows_out_of_measure_is_not_unpacked(zipped: Zipped) -> None:
    with pytest.raises(TooLargeError, match="5,000,000 bytes in this part") as caught:
        opened(zipped({"a.xml": " " * 5_000_000})).read("a.xml")
    assert caught.value.where == "a.docx, a.xml"


def test_the_sum_of_parts_and_their_number_are_bounded(monkeypatch: pytest.MonkeyPatch, zipped: Zipped) -> None:
    content = zipped({"a.xml": "x" * 60, "b.xml": "y" * 60})
    monkeypatch.setattr(archive, "MAX_BYTES", 100)
    parts = opened(content)
    parts.read("a.xml")
    with pytest.raises(TooLargeError):
        parts.read("b.xml")
    monkeypatch.setattr(archive, "MAX_PARTS", 1)
    with pytest.raises(TooLargeError, match="2 parts"):
        opened(content)


def test_a_locked_part_is_said_to_be_locked(zipped: Zipped) -> None:
    content = bytearray(zipped({"a.xml": "one"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(EncryptedSourceError, match="the document is encrypted"):
        opened(bytes(content)).read("a.xml")


def test_damage_is_told_by_part(zipped: Zipped) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as stored:
        stored.writestr("a.xml", "the lamp")
    with pytest.raises(UnreadableSourceError, match="a part can't be unpacked"):
        opened(made.getvalue().replace(b"the lamp", b"the lump")).read("a.xml")
    with pytest.raises(UnreadableSourceError, match="list of parts can't be read"):
        opened(zipped({"a.xml": "one"})[:-10])
    with pytest.raises(EmptySourceError):
        opened(b"")
