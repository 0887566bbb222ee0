"""Plain text as archives give it."""

import re

from testimonia.errors import EmptySourceError, TooLargeError
from testimonia.readers.encodings import decode, wide_encoding
from testimonia.readers.reading import ReadSource
from testimonia.readers.signatures import refusal, signature_of
from testimonia.text.lines import LineTable

MAX_BYTES = 256 * 1024 * 1024
"""About 80,000 pages. A text over this is refused: its layers would not fit in memory beside it."""
MAX_LINE = 10_000_000
"""Characters in one line; the longest real lines, whole books without a line end, stay under it."""
MAX_PAGES = 50_000

_CONTROLS = bytes(c for c in range(0x20) if c not in b"\t\n\r\f\v\x1a\x1b") + b"\x7f"
_CONTROLS_PER_BYTE = 0.02


class PlainText:
    """Text in any usual encoding, with pages where form feeds mark them."""

    name = "plain text"
    media_types = ("text/plain", "text/markdown")
    suffixes = (".txt", ".text", ".md", ".asc", "")

    def recognises(self, head: bytes, name: str) -> bool:
        """Anything that is neither binary nor known to be another format."""
        return signature_of(head) is None and (wide_encoding(head) is not None or not _binary(head))

    def read(self, content: bytes, *, name: str) -> ReadSource:
        """The text of a file, line ends and form feeds as they are.

        Raises EmptySourceError, TooLargeError (over `MAX_BYTES`, `MAX_LINE` or `MAX_PAGES`), and
        UnreadableSourceError for binary content.
        """
        if not content:
            raise EmptySourceError("the file is empty", where=name, hint="See whether it was copied whole")
        if len(content) > MAX_BYTES:
            raise TooLargeError(
                f"the text has {len(content):,} bytes; {MAX_BYTES:,} is the most that is read",
                where=name,
                hint="Split it into several files",
            )
        if not _marked(content) and wide_encoding(content[:65_536]) is None and _binary(content):
            raise refusal(content[:65_536], name)
        decoded = decode(content, name=name)
        text = decoded.text
        if not text.strip("\ufeff \t\n\r\f\v\x1a") or not text.strip():
            raise EmptySourceError(
                "the file holds only white space", where=name, hint="See whether it was copied or scanned right"
            )
        _check_lines(text, name)
        return ReadSource(
            text=text,
            media_type="text/plain",
            encoding=decoded.encoding,
            page_starts=_page_starts(text, name),
            notices=decoded.notices,
        )


def _marked(content: bytes) -> bool:
    return content.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))


def _binary(content: bytes) -> bool:
    """Are there more control characters than damage to a text explains?"""
    return len(content) - len(content.translate(None, _CONTROLS)) > len(content) * _CONTROLS_PER_BYTE


def _check_lines(text: str, name: str) -> None:
    """Raises TooLargeError, with the line's number, where a line is over `MAX_LINE`."""
    start = 0
    while len(text) - start > MAX_LINE:
        end = max(text.rfind("\n", start, start + MAX_LINE + 1), text.rfind("\r", start, start + MAX_LINE + 1))
        if end < 0:
            number = LineTable(text[: start + 1]).count
            raise TooLargeError(
                f"the line has more than {MAX_LINE:,} characters",
                where=f"{name}, line {number}",
                hint="Break it into lines: a source is cited by its lines",
            )
        start = end + 1


def _page_starts(text: str, name: str) -> tuple[int, ...] | None:
    """Where do pages start, if form feeds say so?

    A page starts at the form feed that opens it, so that it starts with a line where the form feed does. Where nothing
    follows the last form feed, form feeds end pages, as pdftotext writes them: the last opens no page, and one at the
    start of the text ends an empty first page.
    """
    feeds = [found.start() for found in re.finditer("\f", text)]
    if not feeds:
        return None
    if len(feeds) > MAX_PAGES:
        raise TooLargeError(
            f"the text has {len(feeds):,} pages; {MAX_PAGES:,} is the most that is read",
            where=name,
            hint="Split it into several files",
        )
    if not text[feeds[-1] :].strip():
        feeds.pop()
    elif feeds[0] == 0:
        del feeds[0]
    starts = [0]
    for feed in feeds:
        starts.append(max(feed, starts[-1] + 1))
    return tuple(starts)
