"""Files as received."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file as received: known by the SHA-256 of its bytes, never changed.

    `name` is the file's name and `path` the path it was added from. `media_type` and `encoding` are what the reader
    found ("text/plain", "utf-8"); `encoding` is None for formats that carry their own. `members` are the names of the
    files that its pages came in, one for each page, where a folder or an archive of images was bound into one source;
    `path` is then that of the folder or archive.
    """

    sha256: str
    name: str
    path: str
    size_bytes: int
    media_type: str
    encoding: str | None
    members: tuple[str, ...] = ()
