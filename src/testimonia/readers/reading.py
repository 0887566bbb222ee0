"""What every reader gives, and what it must be able to do."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from testimonia.errors import InvalidRecordError
from testimonia.model.divisions import Division
from testimonia.model.scans import PageScan

HEAD_BYTES = 65_536
"""How much of a file's start a reader is shown when it is asked whether the file is its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNotice:
    """Something a person must be told about how a file was read.

    `code` is stable ("damaged-byte"); `offset` is the code point of the text that it is about, None where it is about
    the whole file.
    """

    code: str
    message: str
    offset: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSource:
    """The text of a file, as the original layer takes it.

    `text` is the bytes decoded and nothing else: line ends and form feeds stay as they are. A byte order mark is part
    of the encoding and not of the text. What can't be decoded stands as U+FFFD and is named in `notices`. `encoding`
    is a Python codec name, None where the format carries its own. `page_starts` are the offsets at which pages start,
    ascending and from 0, or None where the format marks none; lines are counted through the whole text, not anew on
    every page.

    `scans` are the pages whose image or whose places of words are known, by their page. `unread` are the pages whose
    text must still be read from their image: each stands in the text as one empty line. `members` names for every page
    the file that it came in, where the source is a folder or archive of images bound into one. `divisions` are the
    documents that the file itself marks, in the order of the text. `page_labels` are the labels that the file itself
    gives its pages, None for a page without one; empty where it gives none.
    """

    text: str
    media_type: str
    encoding: str | None
    page_starts: tuple[int, ...] | None
    notices: tuple[ReadNotice, ...] = ()
    scans: tuple[PageScan, ...] = ()
    unread: tuple[int, ...] = ()
    members: tuple[str, ...] = ()
    divisions: tuple[Division, ...] = ()
    page_labels: tuple[str | None, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.strip() and not self.unread:
            raise InvalidRecordError("a source that was read has text")
        if not self.text.isascii():
            try:
                self.text.encode()
            except UnicodeEncodeError as error:
                raise InvalidRecordError(f"half a surrogate pair stands at {error.start}") from None
        if self.page_starts is not None:
            if not self.page_starts or self.page_starts[0] != 0 or self.page_starts[-1] >= len(self.text):
                raise InvalidRecordError("pages start at 0 and inside the text")
            if any(a >= b for a, b in zip(self.page_starts, self.page_starts[1:], strict=False)):
                raise InvalidRecordError("pages start one after the other")
        page_count = len(self.page_starts or (0,))
        for pages in (self.unread, tuple(scan.page_index for scan in self.scans)):
            if any(a >= b for a, b in zip((-1, *pages), (*pages, page_count), strict=True)):
                raise InvalidRecordError("pages are named once, in their order, and are among those of the text")
        bounds = [bound for division in self.divisions for bound in (division.start, division.end)]
        if bounds != sorted(bounds) or (bounds and bounds[-1] > len(self.text)):
            raise InvalidRecordError("divisions stand one after the other and inside the text")
        if self.members and len(self.members) != page_count:
            raise InvalidRecordError("every page comes in some file")
        if self.page_labels and len(self.page_labels) != page_count:
            raise InvalidRecordError("every page has a label or None")
        if any(scan.boxes and scan.boxes[-1].end > len(self.text) for scan in self.scans):
            raise InvalidRecordError("boxes stand inside the text")
        for notice in self.notices:
            if not notice.code or (notice.offset is not None and not 0 <= notice.offset < len(self.text)):
                raise InvalidRecordError(f"the notice {notice.code!r} is about no place of the text")


@runtime_checkable
class Reader(Protocol):
    """One format. Its bytes are its own copy of a file: it opens nothing else, and asks for no clock.

    `suffixes` are lower case with their dot (".pdf"). The same bytes always read the same.
    """

    @property
    def name(self) -> str:
        """What the format is called, as it stands in a sentence ("PDF", "plain text")."""

    @property
    def media_types(self) -> tuple[str, ...]:
        """The media types that it gives."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings of file names that it claims."""

    def recognises(self, head: bytes, name: str) -> bool:
        """Do these first bytes (at most `HEAD_BYTES`) say that the file is of this format, whatever its name says?"""

    def read(self, content: bytes, *, name: str) -> ReadSource:
        """The text of the file. Raises UnreadableSourceError or one of its kinds, and nothing else."""
