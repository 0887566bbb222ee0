"""Which reader takes this file?"""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.metadata import EntryPoint, entry_points

from testimonia.errors import EmptySourceError, TestimoniaError, TooLargeError
from testimonia.readers.abbyy import Abbyy
from testimonia.readers.alto import Alto
from testimonia.readers.djvu import DjvuXml
from testimonia.readers.docx import Docx
from testimonia.readers.epub import Epub
from testimonia.readers.hocr import Hocr
from testimonia.readers.html import Html
from testimonia.readers.image_archive import PageImages
from testimonia.readers.images import PageImage
from testimonia.readers.odt import Odt
from testimonia.readers.page_xml import PageXml
from testimonia.readers.pdf import Pdf
from testimonia.readers.plain_text import PlainText
from testimonia.readers.reading import HEAD_BYTES, Reader, ReadNotice, ReadSource
from testimonia.readers.signatures import refusal
from testimonia.readers.tei import Tei

# A new format is one file, and one line here. Plain text comes last: it takes whatever looks like text.
READERS: tuple[Reader, ...] = (
    Pdf(),
    PageImage(),
    PageImages(),
    Docx(),
    Odt(),
    Epub(),
    Alto(),
    PageXml(),
    Abbyy(),
    DjvuXml(),
    Tei(),
    Hocr(),
    Html(),
    PlainText(),
)
GROUP = "testimonia.readers"
MAX_FILE_BYTES = 1_000_000_000
"""The store keeps a source whole, and this is the most that SQLite keeps in one row."""

_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,7}")


class BrokenReaderError(TestimoniaError):
    """A reader from another package can't be loaded, or failed in a way that readers may not."""

    code = "broken-reader"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderTable:
    """The readers in the order in which they are asked, and those that could not be loaded."""

    readers: tuple[Reader, ...]
    broken: tuple[BrokenReaderError, ...] = ()

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Which file name endings does some reader claim? Sorted; "" is a name without one."""
        return tuple(sorted({suffix for reader in self.readers for suffix in reader.suffixes}))

    def read(self, content: bytes, *, name: str) -> ReadSource:
        """The text of a file, by the first reader that recognises its content.

        Where the name belongs to another format a notice says so. Raises UnreadableSourceError or one of its kinds
        (UnknownFormatError says what the file is and what to do), and BrokenReaderError naming a reader that failed.
        """
        if len(content) > MAX_FILE_BYTES:
            raise TooLargeError(
                f"the file has {len(content):,} bytes; {MAX_FILE_BYTES:,} is the most that is read",
                where=name,
                hint="Split it into several files",
            )
        head = content[:HEAD_BYTES]
        if not content:
            raise EmptySourceError("the file is empty", where=name, hint="See whether it was copied whole")
        reader, notices = self._recogniser(head, name)
        source = _read(reader, content, name)
        suffix = suffix_of(name)
        # A folder of page images that was bound into one file has the folder's name, which tells no format.
        if suffix not in reader.suffixes and not source.members:
            message = f"The name ends in {suffix}, but the content is {reader.name}, and it was read as that."
            notices.append(ReadNotice(code="other-suffix", message=message))
        return replace(source, notices=(*notices, *source.notices)) if notices else source

    def _recogniser(self, head: bytes, name: str) -> tuple[Reader, list[ReadNotice]]:
        notices: list[ReadNotice] = []
        for reader in self.readers:
            try:
                if reader.recognises(head, name):
                    return reader, notices
            except Exception as error:  # a reader from elsewhere may fail in any way; the others go on
                message = f"The reader {reader.name!r} failed when asked about this file ({_said(error)})."
                notices.append(ReadNotice(code="broken-reader", message=message))
        raise refusal(head, name)


def _read(reader: Reader, content: bytes, name: str) -> ReadSource:
    try:
        source = reader.read(content, name=name)
    except TestimoniaError:
        raise
    except Exception as error:  # a reader from elsewhere may fail in any way
        raise BrokenReaderError(
            f"the reader {reader.name!r} failed ({_said(error)})",
            where=name,
            hint="Tell the makers of the package that it comes from, or remove that package",
        ) from error
    if not isinstance(source, ReadSource):
        raise BrokenReaderError(f"the reader {reader.name!r} gave {type(source).__name__} in place of text", where=name)
    return source


def suffix_of(name: str) -> str:
    """The ending of a file name that may tell its format, lower case with its dot; "" where there is none.

    >>> suffix_of("Telegram 12.PDF"), suffix_of("letter of 27.10"), suffix_of("README")
    ('.pdf', '', '')
    """
    found = _SUFFIX.fullmatch("." + name.rpartition(".")[2].lower()) if "." in name[1:] else None
    return found.group() if found else ""


def load_readers(points: Iterable[EntryPoint]) -> ReaderTable:
    """The table of this package's readers and of those that other packages add.

    An entry point of the group `testimonia.readers` names a class (or other callable without arguments) that makes a
    `Reader`. They are asked before plain text, in the order of their names. One that is broken is left out and named in
    `broken`; the others work.
    """
    added: list[Reader] = []
    broken: list[BrokenReaderError] = []
    for point in sorted(points, key=lambda p: (p.name, p.value)):
        try:
            made = point.load()()
            if not isinstance(made, Reader):
                raise TypeError(f"{point.value} makes no reader")
            added.append(made)
        except Exception as error:  # code from elsewhere may fail in any way
            broken.append(_broken(point, error))
    *first, last = READERS
    return ReaderTable(readers=(*first, *added, last), broken=tuple(broken))


def _broken(point: EntryPoint, error: Exception) -> BrokenReaderError:
    package = point.dist.name if point.dist is not None else point.module
    return BrokenReaderError(
        f"the reader {point.name!r} of the package {package} can't be loaded ({_said(error)})",
        hint=f"Update or remove {package}; everything else works without it",
    )


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


@functools.cache
def installed_readers() -> ReaderTable:
    """The readers of this installation; looked for once."""
    return load_readers(entry_points(group=GROUP))


def read(content: bytes, *, name: str) -> ReadSource:
    """What does this file say? See `ReaderTable.read`; `name` is the file's name, for its ending and for errors."""
    return installed_readers().read(content, name=name)
