"""PDF files that have a text layer."""

import re

from testimonia.errors import EmptySourceError
from testimonia.readers.reading import ReadSource

_HEADER = re.compile(rb"%PDF-\d")
_OBJECT = re.compile(rb"\d+ \d+ obj\b")


class Pdf:
    """The text layer of a PDF, page by page. A scan without one is refused: it needs OCR first."""

    name = "PDF"
    media_types = ("application/pdf",)
    suffixes = (".pdf",)

    def recognises(self, head: bytes, name: str) -> bool:
        """The header stands at the start, or behind some other bytes if objects of a PDF follow (mail, web servers)."""
        header = _HEADER.search(head, 0, 1_024)
        return header is not None and (not head[: header.start()].strip() or _OBJECT.search(head) is not None)

    def read(self, content: bytes, *, name: str) -> ReadSource:
        """The text of all pages in the file's own reading order.

        Every line of print ends with LF; a page without text is one empty line, so that every page has a place. A
        hyphen at a line's end is '-', whether the file calls it soft or not: which it is, is for recovery to find out.
        Raises EncryptedSourceError, TooLargeError, and UnreadableSourceError for a damaged file or a scan.
        """
        if not content:
            raise EmptySourceError("the file is empty", where=name, hint="See whether it was copied whole")
        # Loading pdfium takes a tenth of a second, and most sources are text.
        from testimonia.readers.pdf_layer import read_text_layer

        return read_text_layer(content, name=name)
