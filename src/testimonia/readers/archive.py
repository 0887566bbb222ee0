"""The parts of a ZIP file from unknown hands, within bounds. Nothing is written to disk, so names can't lead astray."""

import io
import lzma
import struct
import zipfile
import zlib

from testimonia.errors import EmptySourceError, EncryptedSourceError, TooLargeError, UnreadableSourceError

MAX_PARTS = 50_000
MAX_BYTES = 512 * 1024 * 1024
"""All parts that are read, unpacked."""
MAX_RATIO = 250
"""A part that grows more than this is a bomb; XML grows 10 to 30 times. Parts under `_SMALL` may."""

_SMALL = 4 * 1024 * 1024
_ENCRYPTED = 0x1
# What zipfile raises for damaged files, beside its own error.
# fmt: off
BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError,
    NotImplementedError, RuntimeError, IndexError, OverflowError,
)
# fmt: on


class Parts:
    """The files in a ZIP, by name. `what` says in errors what kind of document it is."""

    def __init__(self, content: bytes, *, name: str, what: str) -> None:
        if not content:
            raise EmptySourceError("the file is empty", where=name, hint="See whether it was copied whole")
        self._name = name
        self._what = what
        self._left = MAX_BYTES
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            self._parts = {part.filename.lstrip("/"): part for part in self._archive.infolist()}
        except BROKEN as error:
            raise self.damaged("its list of parts can't be read", "") from error
        if len(self._parts) > MAX_PARTS:
            raise TooLargeError(
                f"the {what} has {len(self._parts):,} parts; {MAX_PARTS:,} is the most that is read",
                where=name,
                hint="Save its text as plain text and add that",
            )

    def __contains__(self, part: object) -> bool:
        return part in self._parts

    def where(self, part: str) -> str:
        """How errors name a part."""
        return f"{self._name}, {part}" if part else self._name

    def read(self, part: str) -> bytes:
        """A part, unpacked.

        Raises UnreadableSourceError where it is missing or damaged, EncryptedSourceError, and TooLargeError where it,
        or all that were read, unpack to more than the bounds.
        """
        found = self._parts.get(part)
        if found is None:
            raise self.damaged("a part that it needs is missing", part)
        if found.flag_bits & _ENCRYPTED:
            raise self.encrypted(part)
        grown = found.file_size > max(_SMALL, MAX_RATIO * max(1, found.compress_size))
        if grown or found.file_size > self._left:
            raise TooLargeError(
                f"the {self._what} unpacks to more than is read ({found.file_size:,} bytes in this part)",
                where=self.where(part),
                hint="Save its text as plain text and add that",
            )
        try:
            with self._archive.open(found) as opened:
                unpacked = opened.read(found.file_size + 1)
        except BROKEN as error:
            raise self.damaged("a part can't be unpacked", part) from error
        self._left -= len(unpacked)
        return unpacked

    def damaged(self, why: str, part: str) -> UnreadableSourceError:
        """The error for a document that broke on its way."""
        return UnreadableSourceError(
            f"the {self._what} is damaged or was cut short: {why}",
            where=self.where(part),
            hint="Fetch it again, or open it in its own program and save it anew",
        )

    def encrypted(self, part: str = "") -> EncryptedSourceError:
        """The error for a document that wants a password or a licence."""
        return EncryptedSourceError(
            f"the {self._what} is encrypted", where=self.where(part), hint="Save a copy without protection and add that"
        )
