"""A run of page images bound into one file: a stored ZIP, the same for the same images at any hour."""

import io
import zipfile
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from testimonia.errors import EmptySourceError, TestimoniaError, UnreadableSourceError
from testimonia.readers.archive import BROKEN
from testimonia.readers.images import MOST_PAGES, ImageSizes, image_sizes, unread_pages
from testimonia.readers.reading import ReadSource

MEDIA_TYPE = "application/vnd.testimonia.page-images+zip"
_FIRST = "mimetype"
_WHEN = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP can say


class PageImages:
    """Images of the pages of one document, bound together; every page is left to be read from its image."""

    name = "page images"
    media_types = (MEDIA_TYPE,)
    suffixes = (".zip", "")

    def recognises(self, head: bytes, name: str) -> bool:
        """A ZIP whose first part says so."""
        return head.startswith(b"PK\x03\x04") and head[30:].startswith((_FIRST + MEDIA_TYPE).encode())

    def read(self, content: bytes, *, name: str) -> ReadSource:
        """One empty line for every page; `members` names the file of each. An image that can't be opened is one page.

        Raises EmptySourceError and UnreadableSourceError.
        """
        bound = BoundImages(content, name=name)
        files: list[tuple[str, ImageSizes | None]] = []
        for member in bound.names:
            try:
                files.append((member, image_sizes(bound.read(member), name=f"{name}/{member}")))
            except TestimoniaError:
                files.append((member, None))
        members = tuple(member for member, sizes in files for _ in (sizes.pages if sizes is not None else (None,)))
        made = unread_pages(files, media_type=MEDIA_TYPE)
        return ReadSource(
            text=made.text,
            media_type=made.media_type,
            encoding=None,
            page_starts=made.page_starts,
            notices=made.notices,
            scans=made.scans,
            unread=made.unread,
            members=members,
        )


class BoundImages:
    """The images in such a file, by name. Raises EmptySourceError and UnreadableSourceError."""

    def __init__(self, content: bytes | Path, *, name: str) -> None:
        size = len(content) if isinstance(content, bytes) else content.stat().st_size
        if not size:
            raise EmptySourceError("the file is empty", where=name, hint="See whether it was copied whole")
        self._name = name
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content) if isinstance(content, bytes) else content)
            parts = self._archive.infolist()
        except BROKEN as error:
            raise self._damaged("its list of images can't be read") from error
        # Nothing is packed in what we bind, so that nothing can unpack to more than it is.
        if any(p.compress_type != zipfile.ZIP_STORED or p.file_size > size for p in parts):
            raise self._damaged("it is not as it was bound")
        self.names = tuple(p.filename for p in parts if p.filename != _FIRST)
        if not 0 < len(self.names) <= MOST_PAGES:
            raise self._damaged(f"it holds {len(self.names):,} images")

    def read(self, member: str) -> bytes:
        """The bytes of one image. Raises UnreadableSourceError."""
        try:
            return self._archive.read(member)
        except (*BROKEN, KeyError) as error:
            raise self._damaged(f"{member} can't be taken out") from error

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

    def _damaged(self, why: str) -> UnreadableSourceError:
        return UnreadableSourceError(
            f"the file of page images is damaged: {why}", where=self._name, hint="Add the folder of images again"
        )


def bind(images: Iterable[tuple[str, bytes]]) -> bytes:
    """One file of these images (name and bytes), in this order: the same images always make the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in chain([(_FIRST, MEDIA_TYPE.encode())], images):
            part = zipfile.ZipInfo(name, _WHEN)
            part.create_system = 3  # else it says on which system it was made
            part.external_attr = 0o644 << 16
            archive.writestr(part, content, zipfile.ZIP_STORED)
    return made.getvalue()
