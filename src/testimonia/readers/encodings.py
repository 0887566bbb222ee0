"""The bytes of a text file as characters: which encoding, how sure, and what could not be decoded."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from testimonia.errors import UnreadableSourceError
from testimonia.readers.legacy import Detected, detect
from testimonia.readers.reading import ReadNotice

_MARKS = (  # UTF-32 first: its little-endian mark starts with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 65_536
_HIGH_BYTES = bytes(range(0x80, 0x100))
_UNDECODED = re.compile("[\0\ud800-\udfff]+")
_ESCAPED = re.compile("[\udc80-\udcff]+")
_PRINTED_NOTICES = 1_000
# A damaged UTF-8 file has more right sequences than wrong ones; Japanese in EUC comes nearest, with as many of both.
_RIGHT_FOR_A_WRONG_ONE = 2
# So few bytes beyond ASCII, which make no words in any encoding, are damage and not an encoding.
_STRAY_IN = 200
_NO_TEXT = frozenset({"Cc", "Cn", "Co", "Cs"})
_BLANK_BYTES = b" \n\r"
_BLANK = frozenset("\t\n\r\f\v\x1a\x1b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text without half surrogate pairs and without NUL, the codec that made it, and what was damaged or guessed."""

    text: str
    encoding: str
    notices: tuple[ReadNotice, ...]


def decode(content: bytes, *, name: str) -> Decoded:
    """Which characters are these bytes?

    In this order: what a byte order mark says; UTF-32 and UTF-16 by where their NUL bytes stand; UTF-8; UTF-8 with a
    few damaged bytes, each shown as U+FFFD and named in a notice; the older encoding that makes most words of it; ASCII
    with stray bytes. Raises UnreadableSourceError where nothing makes text of it.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded_as(content, encoding, len(mark), name)
    wide = wide_encoding(content[:_SAMPLE_BYTES])
    if wide is not None:
        guess = ReadNotice(
            code="encoding-detected",
            message=f"The file has no byte order mark. It was read as {wide}, from where its zero bytes stand.",
        )
        return _with(guess, _decoded_as(content, wide, 0, name))
    if b"\x1b$" in content and (japanese := _switched(content)) is not None:
        return japanese
    try:
        return _settled(content.decode(), "utf-8", "strict", 0)
    except UnicodeDecodeError:
        pass
    text = content.decode("utf-8", "surrogateescape")
    whole, wrong = _ESCAPED.subn("", text)
    right = len(whole) - len(content.translate(None, _HIGH_BYTES))
    if right >= wrong * _RIGHT_FOR_A_WRONG_ONE:
        return _settled(text, "utf-8", "surrogateescape", 0)
    stray = (right + len(text) - len(whole)) * _STRAY_IN <= len(content)
    try:
        found = detect(content, name=name)
    except UnreadableSourceError:
        if not stray:
            raise
    else:
        if found.sure or not stray:
            return _read_as(found, content, name)
    return _settled(text, "utf-8", "surrogateescape", 0)


def _read_as(found: Detected, content: bytes, name: str) -> Decoded:
    guess = ReadNotice(code="encoding-detected" if found.sure else "encoding-doubtful", message=found.reason)
    if found.encoding.startswith(("utf_16", "utf_32")):
        return _with(guess, _decoded_as(content, found.encoding.replace("_", "-"), 0, name))
    decoded = _settled(content.decode(found.encoding, "surrogateescape"), found.encoding, "surrogateescape", 0)
    return _with(guess, decoded)


def wide_encoding(sample: bytes) -> str | None:
    """Is this UTF-16 or UTF-32 without a byte order mark? Latin letters, spaces and line ends show it by their NULs.

    >>> wide_encoding("the harbour".encode("utf-16-le")), wide_encoding(b"the harbour")
    ('utf-16-le', None)
    """
    if b"\0" not in sample:
        return None
    quarter = len(sample) // 4
    zeros = [sample[i : quarter * 4 : 4].count(0) for i in range(4)]
    if quarter and zeros[3] == quarter and zeros[2] >= 0.95 * quarter and zeros[0] <= 0.05 * quarter:
        encoding = "utf-32-le"
    elif quarter and zeros[0] == quarter and zeros[1] >= 0.95 * quarter and zeros[3] <= 0.05 * quarter:
        encoding = "utf-32-be"
    else:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if min(even, odd) * 20 > max(even, odd):
            return None
        encoding = "utf-16-le" if odd > even else "utf-16-be"
    width = 4 if "32" in encoding else 2
    text = sample[: len(sample) // width * width].decode(encoding, "replace")
    # One zero byte in a text of single bytes also stands at one kind of place: but then the blanks around are not wide.
    blanks, wide_blanks = sum(map(sample.count, _BLANK_BYTES)), sum(map(text.count, _BLANK_BYTES.decode()))
    wide = wide_blanks * 3 >= blanks if blanks else sample.count(0) * 10 >= len(sample)
    return encoding if wide and _is_text(text, at_most=0.02) else None


def _is_text(text: str, *, at_most: float) -> bool:
    """Is no more than this share of the characters of a kind that text does not have?"""
    sample = text[:8192]
    odd = sum(1 for c in sample if c not in _BLANK and unicodedata.category(c) in _NO_TEXT)
    return bool(sample) and odd <= at_most * len(sample)


def _decoded_as(content: bytes, encoding: str, start: int, name: str) -> Decoded:
    """Content whose encoding is known, from the byte after its mark."""
    if encoding == "utf-8-sig":
        return _settled(content[start:].decode("utf-8", "surrogateescape"), encoding, "surrogateescape", start)
    width = 4 if "32" in encoding else 2
    end = len(content) - (len(content) - start) % width
    try:
        text = content[start:end].decode(encoding, "surrogatepass")
    except UnicodeDecodeError as error:
        raise UnreadableSourceError(
            f"the file says that it is {encoding}, but its bytes are not",
            where=f"{name}, byte {start + error.start}",
            hint="See whether the file was damaged on its way, or convert it to UTF-8",
        ) from None
    if text and not _is_text(text, at_most=0.25):
        raise UnreadableSourceError(
            f"the file starts with the mark of {encoding}, but what follows is no text",
            where=name,
            hint="See whether the file was damaged on its way",
        )
    decoded = _settled(text, encoding, "surrogatepass", start)
    if end == len(content):
        return decoded
    cut = ReadNotice(
        code="damaged-byte",
        message=f"The file ends inside a character: {_hexadecimal(content[end:])} at byte {end}. It stands as U+FFFD.",
        offset=len(decoded.text),
    )
    return Decoded(text=decoded.text + "\ufffd", encoding=encoding, notices=(*decoded.notices, cut))


def _switched(content: bytes) -> Decoded | None:
    """Japanese mail switches alphabets by escape sequences of seven bits, which are UTF-8 too, but no text in it."""
    try:
        text = content.decode("iso2022_jp_2")
    except UnicodeDecodeError:
        return None
    message = "The file was read as iso2022_jp_2, from the escape sequences in it."
    guess = ReadNotice(code="encoding-detected", message=message)
    return _with(guess, _settled(text, "iso2022_jp_2", "strict", 0))


def _settled(text: str, encoding: str, errors: str, start: int) -> Decoded:
    """The text with every undecoded byte shown as U+FFFD, and notices that say which bytes stood where."""
    if "\0" not in text and errors == "strict":
        return Decoded(text=text, encoding=encoding, notices=())
    codec = "utf-8" if encoding == "utf-8-sig" else encoding
    notices = []
    more = 0
    at_byte, at = start, 0
    for n, run in enumerate(_UNDECODED.finditer(text)):
        if n >= _PRINTED_NOTICES:
            more += len(run.group())
            continue
        at_byte += len(text[at : run.start()].encode(codec, errors))
        damaged = run.group().encode(codec, errors)
        notices.append(
            ReadNotice(
                code="damaged-byte",
                message=f"At byte {at_byte} stands {_hexadecimal(damaged)}, which is no {codec} text. "
                "It is shown as U+FFFD.",
                offset=run.start(),
            )
        )
        at_byte, at = at_byte + len(damaged), run.end()
    if more:
        notices.append(
            ReadNotice(
                code="damaged-bytes",
                message=f"{more} more damaged characters follow byte {at_byte}; each is shown as U+FFFD.",
                offset=at - 1,
            )
        )
    if notices:
        text = _UNDECODED.sub(lambda run: "\ufffd" * len(run.group()), text)
    return Decoded(text=text, encoding=encoding, notices=tuple(notices))


def _hexadecimal(content: bytes) -> str:
    shown = content[:16].hex(" ").upper()
    return shown if len(content) <= 16 else f"{shown} and {len(content) - 16} more bytes"


def _with(notice: ReadNotice, decoded: Decoded) -> Decoded:
    return Decoded(text=decoded.text, encoding=decoded.encoding, notices=(notice, *decoded.notices))
