"""The bytes of the sources as received: one file each, named by its hash, written once and never changed."""

import hashlib
import os
from pathlib import Path

from testimonia.errors import LibraryError
from testimonia.store.failures import DamagedLibraryError, UnwritableLibraryError


class ReceivedFiles:
    """The folder `sources`: the bytes of a source stand at `ab/abcd...`, by their SHA-256.

    A file is written under another name, forced to the disk and only then given its own name, so that a name never
    stands for less than the whole file. `keep` must be called by one writer at a time: whoever holds the turn to write
    in the library.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._arriving = folder / "arriving.part"

    def path(self, sha256: str) -> Path:
        """Where do the bytes of this source stand?"""
        return self.folder / sha256[:2] / sha256

    def keep(self, sha256: str, content: bytes) -> None:
        """Keep these bytes; when this returns they are on the disk. Raises UnwritableLibraryError."""
        path = self.path(sha256)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._arriving.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            self._arriving.replace(path)
            for folder in (path.parent, self.folder, self.folder.parent):
                _force_to_disk(folder)
        except OSError as error:
            raise UnwritableLibraryError(
                f"the source can't be kept ({error.strerror})", where=str(path), hint="Check the disk's room and rights"
            ) from error

    def holds(self, sha256: str) -> bool:
        """Are the bytes here, and the same as received?"""
        try:
            self.read(sha256)
        except LibraryError:
            return False
        return True

    def read(self, sha256: str) -> bytes:
        """The bytes as received. Raises DamagedLibraryError where they are gone or not those that were received."""
        path = self.path(sha256)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise DamagedLibraryError(
                f"the bytes of a source can't be read ({error.strerror})", where=str(path), hint=_RESTORE
            ) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DamagedLibraryError(
                "the bytes of a source are not those that were received", where=str(path), hint=_RESTORE
            )
        return content


_RESTORE = "Put the file back from a copy; the name is the SHA-256 of its bytes"


def _force_to_disk(folder: Path) -> None:
    """A new name is on the disk only once its folder is. Windows has no way to say so, and orders names by itself."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
