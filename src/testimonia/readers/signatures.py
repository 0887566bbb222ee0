"""What kind of file do these first bytes belong to, where no reader takes them?"""

import re
from dataclasses import dataclass

from testimonia.errors import UnknownFormatError, UnreadableSourceError

_AS_TEXT = "Save its text as plain text (.txt, UTF-8) or as PDF and add that"
_SCAN = "Save it as TIFF, PNG or JPEG and add that: what it says is then read from the image"
_UNPACK = "Unpack it and add the files inside"
_MEDIA = "Add a transcript of it as plain text"
_MARKUP = "There is no reader for it yet: save its text as plain text (.txt, UTF-8) and add that"
_OTHER = "Add the text itself, as plain text or PDF"


@dataclass(frozen=True, slots=True)
class Signature:
    """A kind of file, the pattern that its first bytes match, and what to do with such a file."""

    pattern: re.Pattern[bytes]
    what: str
    hint: str


def _starts(pattern: bytes, what: str, hint: str) -> Signature:
    return Signature(re.compile(rb"(?:" + pattern + rb")", re.DOTALL), what, hint)


# In order: a zip that says what it holds comes before the bare zip. Where a pattern could be text ("BM", "MZ"), it asks
# for the NUL bytes that the format has and text has not.
SIGNATURES = (
    _starts(rb"PK\x03\x04.{0,4000}?word/", "a Word document (DOCX)", _AS_TEXT),
    _starts(rb"PK\x03\x04.{0,4000}?xl/", "an Excel workbook (XLSX)", _AS_TEXT),
    _starts(rb"PK\x03\x04.{0,4000}?ppt/", "a PowerPoint presentation (PPTX)", _AS_TEXT),
    _starts(rb"PK\x03\x04.{26}mimetypeapplication/epub", "an EPUB book", _AS_TEXT),
    _starts(rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", "an OpenDocument file", _AS_TEXT),
    _starts(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)", "a ZIP archive", _UNPACK),
    _starts(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document (DOC, XLS, PPT)", _AS_TEXT),
    _starts(rb"\{\\rtf", "an RTF document", _AS_TEXT),
    _starts(rb"%!PS", "a PostScript file", "Convert it to PDF and add that"),
    _starts(rb"\xff\xd8\xff", "a JPEG image", _SCAN),
    _starts(rb"\x89PNG\r\n\x1a\n", "a PNG image", _SCAN),
    _starts(rb"II\*\0|MM\0\*|II\+\0|MM\0\+", "a TIFF image", _SCAN),
    _starts(rb"GIF8[79]a", "a GIF image", _SCAN),
    _starts(rb"RIFF.{4}WEBP", "a WebP image", _SCAN),
    _starts(rb"BM.{4}\0\0\0\0", "a BMP image", _SCAN),
    _starts(rb"\0\0\0\x0cjP  \r\n\x87\n|\xff\x4f\xff\x51", "a JPEG 2000 image", _SCAN),
    _starts(rb".{4}ftyp(?:heic|heix|mif1|avif)", "a HEIC or AVIF image", _SCAN),
    _starts(rb"AT&TFORM", "a DjVu file", "Convert it to PDF with its text layer, or add its text"),
    _starts(rb"\x1f\x8b|BZh[1-9]1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd", "a compressed file", _UNPACK),
    _starts(rb"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    _starts(rb"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    _starts(rb".{257}ustar", "a TAR archive", _UNPACK),
    _starts(rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2][^\0]{0,2}\0|OggS\0|fLaC\0|RIFF.{4}WAVE", "a sound recording", _MEDIA),
    _starts(rb".{4}ftyp|\x1aE\xdf\xa3|RIFF.{4}AVI ", "a film", _MEDIA),
    _starts(rb"SQLite format 3\0", "an SQLite database", _OTHER),
    _starts(rb"\x7fELF|MZ.{0,62}\0|\xcf\xfa\xed\xfe", "a program", _OTHER),
    _starts(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)?<(?i:!doctype\s+html|html)\b", "an HTML page", _MARKUP),
    _starts(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml\s|TEI\b)", "an XML file", _MARKUP),
)


def signature_of(head: bytes) -> Signature | None:
    """Which known kind of file starts so? None where it is none of them, as plain text is.

    >>> signature_of(b"\\xff\\xd8\\xff\\xe0...").what
    'a JPEG image'
    """
    return next((s for s in SIGNATURES if s.pattern.match(head)), None)


def refusal(head: bytes, name: str) -> UnreadableSourceError:
    """The error for a file that no reader takes: what it is, as far as its first bytes tell, and what to do."""
    known = signature_of(head)
    if known is not None:
        return UnknownFormatError(f"this is {known.what}", where=name, hint=known.hint)
    return UnreadableSourceError(
        "this is binary content, of no kind that is known here",
        where=name,
        hint="See whether the file was damaged on its way; add its text as plain text or PDF",
    )
