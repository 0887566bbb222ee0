import io
import zipfile
from collections.abc import Callable
from importlib.metadata import EntryPoint

import pytest

from testimonia.errors import EmptySourceError, TooLargeError, UnknownFormatError, UnreadableSourceError
from testimonia.readers import table
from testimonia.readers.reading import Reader, ReadNotice, ReadSource
from testimonia.readers.table import (
    GROUP,
    READERS,
    BrokenReaderError,
    ReaderTable,
    installed_readers,
    load_readers,
    read,
)

MakePdf = Callable[..., bytes]


class Subtitles:
    """A reader as another package may add it."""

    name = "subtitles"
    media_types = ("application/x-subrip",)
    suffixes = (".srt",)

    def recognises(self, head: bytes, name: str) -> bool:
        return head.startswith(b"1\n00:")

    def read(self, content: bytes, *, name: str) -> ReadSource:
        return ReadSource(
            text=content.decode(),
            media_type="application/x-subrip",
            encoding="utf-8",
            page_starts=None,
            notices=(ReadNotice(code="times-left-in", message="Times stand in the text."),),
        )


class Stumbling(Subtitles):
    name = "stumbling"

    def recognises(self, head: bytes, name: str) -> bool:
        raise KeyError("head")


class Failing(Subtitles):
    name = "failing"

    def read(self, content: bytes, *, name: str) -> ReadSource:
        raise ZeroDivisionError("no frames")


class Bare(Subtitles):
    name = "bare"

    def read(self, content: bytes, *, name: str) -> ReadSource:
        return content  # type: ignore[return-value]


def no_reader() -> object:
    return object()


SUBTITLES = b"1\n00:00:01,000 --> 00:00:02,000\nThe lamp went out.\n"


def point(name: str, attribute: str) -> EntryPoint:
    return EntryPoint(name=name, value=f"{__name__}:{attribute}", group=GROUP)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this module one that entry points can name."""
    import sys

    monkeypatch.setitem(sys.modules, __name__, sys.modules.get(__name__) or __import__(__name__))


def workbook() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return made.getvalue()


def test_a_pdf_named_as_text_is_read_as_pdf_and_said(make_pdf: MakePdf) -> None:
    source = read(make_pdf("The lamp went out."), name="letter.txt")
    assert source.media_type == "application/pdf"
    assert [n.code for n in source.notices] == ["other-suffix"]
    assert "The name ends in .txt, but the content is PDF" in source.notices[0].message


def test_a_text_named_as_pdf_is_read_as_text_and_said() -> None:
    source = read(b"The lamp went out.\n", name="letter.pdf")
    assert source.media_type == "text/plain"
    assert "The name ends in .pdf, but the content is plain text" in source.notices[0].message


@pytest.mark.parametrize("name", ["log.txt", "LOG.TXT", "log", "log.md", "letter of 27.10", ".hidden", "log.text"])
def test_names_of_plain_text_need_no_notice(name: str) -> None:
    assert read(b"The lamp went out.\n", name=name).notices == ()


@pytest.mark.parametrize(
    ("content", "what", "hint"),
    [
        (b"GIF89a\x01\0\x01\0", "a GIF image", "TIFF"),
        (b"RIFF\x1a\0\0\0WEBPVP8L", "a WebP image", "TIFF"),
        (workbook(), "an Excel workbook", "plain text"),
        (b"PK\x03\x04\x14\0\0\0\x08\0", "a ZIP archive", "Unpack"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "an old Microsoft Office document", "plain text"),
        (b"{\\rtf1\\ansi The lamp went out.}", "an RTF document", "plain text"),
        (b"<?xml version='1.0'?><recipe/>", "an XML file", "plain text"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "a compressed file", "Unpack"),
        (b"AT&TFORM\0\0\0\0DJVM", "a DjVu file", "PDF"),
        (b"MZ\x90\0\x03\0\0\0\x04", "a program", "text"),
        (b"ID3\x04\0\0\0\0", "a sound recording", "transcript"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".pdf", ""])
def test_another_format_is_refused_by_name_whatever_the_file_is_called(
    content: bytes, what: str, hint: str, suffix: str
) -> None:
    with pytest.raises(UnknownFormatError) as caught:
        read(content, name=f"letter{suffix}")
    assert what in caught.value.what
    assert hint in caught.value.hint
    assert caught.value.where == f"letter{suffix}"


@pytest.mark.parametrize(
    "text", ["BMW and PKP stopped the trains.", "MZ wrote: the lamp.", "II. The lamp\n", "GIF8 me"]
)
def test_text_that_starts_like_another_format_is_text(text: str) -> None:
    assert read(text.encode(), name="letter.txt").text == text


def test_binary_content_of_no_known_kind_is_refused() -> None:
    with pytest.raises(UnreadableSourceError, match="binary content"):
        read(bytes(range(1, 32)) * 30, name="letter.txt")


def test_an_empty_file_is_empty_whatever_its_name() -> None:
    for name in ("a.txt", "a.pdf", "a.jpg", "a"):
        with pytest.raises(EmptySourceError):
            read(b"", name=name)


def test_a_file_over_the_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_FILE_BYTES", 10)
    with pytest.raises(TooLargeError, match="11 bytes"):
        read(b"x" * 11, name="a.txt")


def test_a_reader_from_elsewhere_goes_before_plain_text(here: None) -> None:
    found = load_readers([point("subtitles", "Subtitles")])
    assert [r.name for r in found.readers] == [*(r.name for r in READERS[:-1]), "subtitles", "plain text"]
    assert found.broken == ()
    source = found.read(SUBTITLES, name="tape.txt")
    assert source.media_type == "application/x-subrip"
    assert [n.code for n in source.notices] == ["other-suffix", "times-left-in"]
    assert found.read(b"The lamp went out.", name="log.txt").media_type == "text/plain"
    assert ".srt" in found.suffixes


def test_broken_readers_are_named_and_the_others_work(here: None) -> None:
    points = [
        EntryPoint(name="gone", value="no_such_package.readers:Reader", group=GROUP),
        point("absent", "NoSuchReader"),
        point("nothing", "no_reader"),
        point("subtitles", "Subtitles"),
    ]
    found = load_readers(points)
    assert [r.name for r in found.readers] == [*(r.name for r in READERS[:-1]), "subtitles", "plain text"]
    absent, gone, nothing = map(str, found.broken)
    assert "'absent'" in absent
    assert "'gone'" in gone
    assert "no_such_package" in gone
    assert "makes no reader" in nothing
    assert all(error.hint and error.code == "broken-reader" for error in found.broken)


def with_reader(reader: Reader) -> ReaderTable:
    return ReaderTable(readers=(reader, *READERS))


def test_a_reader_that_fails_when_asked_is_left_out_and_said() -> None:
    source = with_reader(Stumbling()).read(b"The lamp went out.", name="log.txt")
    assert source.media_type == "text/plain"
    (notice,) = source.notices
    assert notice.code == "broken-reader"
    assert "'stumbling'" in notice.message


@pytest.mark.parametrize(("reader", "why"), [(Failing(), "ZeroDivisionError: no frames"), (Bare(), "gave bytes")])
def test_a_reader_that_fails_at_its_own_file_is_named(reader: Reader, why: str) -> None:
    with pytest.raises(BrokenReaderError, match=why) as caught:
        with_reader(reader).read(SUBTITLES, name="tape.srt")
    assert repr(reader.name) in caught.value.what
    assert caught.value.where == "tape.srt"


def test_the_installed_table_is_whole() -> None:
    assert installed_readers().broken == ()
    assert {".pdf", ".txt", ""} <= set(installed_readers().suffixes)
