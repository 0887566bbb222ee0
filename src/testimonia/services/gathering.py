"""From paths and uploads to the sources to take in: folders, archives, and runs of page images that are one source."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from testimonia.errors import (
    EmptySourceError,
    EncryptedSourceError,
    NotFoundError,
    TestimoniaError,
    TooLargeError,
    UnreadableSourceError,
)
from testimonia.readers.archive import BROKEN
from testimonia.readers.image_archive import bind
from testimonia.readers.images import SUFFIXES
from testimonia.readers.reading import HEAD_BYTES
from testimonia.readers.table import MAX_FILE_BYTES, installed_readers, suffix_of

FEWEST_IMAGES = 3
MAX_MEMBERS = 20_000
MAX_UNPACKED_BYTES = 8_000_000_000
MAX_RATIO = 250
"""A member that grows more than this is a bomb; small ones may."""
MAX_DEPTH = 3
"""Archives inside archives are opened so deep."""
_SMALL_BYTES = 4 * 1024 * 1024
_ENCRYPTED = 0x1
_NUMBER = re.compile(r"[0-9]{1,9}")
_CLUTTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A file that could not be taken in, and why. Nothing of it was lost: it is where it was."""

    path: str
    error: TestimoniaError


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One source to be: its name, the path to keep with it, and its bytes, fetched when its turn comes."""

    name: str
    path: str
    content: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """One file in a folder or archive. `folder` and `name` are its path in it; `head` gives its first bytes."""

    folder: str
    name: str
    path: str
    size_bytes: int
    content: Callable[[], bytes]
    head: Callable[[], bytes]


def gather(paths: Sequence[Path]) -> tuple[list[Incoming], list[Failure]]:
    """The sources that these paths name, folders in natural order (page 2 before page 10), hidden files left out.

    Archives are opened. A folder, or a folder of an archive, that holds nothing but page images which carry one
    numbering is one source.
    """
    incoming: list[Incoming] = []
    failures: list[Failure] = []
    for path in paths:
        if path.is_dir():
            found = sorted((f for f in path.rglob("*") if f.is_file() and not _hidden(f, path)), key=_natural)
            if not found:
                empty = EmptySourceError(
                    "the folder holds no files", where=str(path), hint="Name a folder with sources"
                )
                failures.append(Failure(path=str(path), error=empty))
            _sort_out([_on_disk(f) for f in found], incoming, failures)
        elif path.is_file():
            _sort_out([_on_disk(path)], incoming, failures)
        elif path.exists():
            odd = UnreadableSourceError("this is no file", where=str(path), hint="Name a file or a folder")
            failures.append(Failure(path=str(path), error=odd))
        else:
            missing = NotFoundError("there is no such file or folder", where=str(path), hint="Check the path")
            failures.append(Failure(path=str(path), error=missing))
    return incoming, failures


def gather_contents(files: Sequence[tuple[str, bytes]]) -> tuple[list[Incoming], list[Failure]]:
    """The same for files that came as (name, bytes)."""
    incoming: list[Incoming] = []
    failures: list[Failure] = []
    for name, content in files:
        file = _File(
            folder="", name=name, path=name, size_bytes=len(content), content=_always(content),
            head=_always(content[:HEAD_BYTES]),
        )  # fmt: skip
        _sort_out([file], incoming, failures)
    return incoming, failures


def is_one_numbering(names: Sequence[str]) -> bool:
    """Are these the images of one run of pages: the same words around consecutive numbers, and nothing but images?

    >>> is_one_numbering(["minutes_9.jpg", "minutes_10.jpg", "minutes_11.jpg"])
    True
    >>> is_one_numbering(["minutes_1.jpg", "minutes_2.jpg", "minutes_4.jpg"])
    False
    """
    if len(names) < FEWEST_IMAGES or any(suffix_of(name) not in SUFFIXES for name in names):
        return False
    found = [_numbered(name.rpartition(".")[0].casefold()) for name in names]
    if len({(before, after) for before, _, after in found}) != 1:
        return False
    numbers = sorted(number for _, number, _ in found)
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _numbered(stem: str) -> tuple[str, int, str]:
    """A stem around the last number in it; -1 where it has none, so that only one file can be so."""
    found = list(_NUMBER.finditer(stem))
    if not found:
        return stem, -1, ""
    last = found[-1]
    return stem[: last.start()], int(last.group()), stem[last.end() :]


def _sort_out(files: Sequence[_File], incoming: list[Incoming], failures: list[Failure], depth: int = 0) -> None:
    """Adds what these files are: runs of page images, archives, single files; in the order given."""
    by_folder: dict[str, list[_File]] = {}
    for file in files:
        by_folder.setdefault(file.folder, []).append(file)
    runs = {folder for folder, own in by_folder.items() if _is_run(own)}
    done: set[str] = set()
    for file in files:
        if file.folder in runs:
            if file.folder not in done:
                done.add(file.folder)
                incoming.append(_run(by_folder[file.folder]))
            continue
        try:
            archived = _is_archive(file)
        except TestimoniaError as error:
            failures.append(Failure(path=file.path, error=error))
            continue
        except OSError as error:
            failures.append(Failure(path=file.path, error=unreadable_file(file.path, error)))
            continue
        if archived:
            _open_archive(file, incoming, failures, depth)
        else:
            incoming.append(Incoming(name=file.name, path=file.path, content=file.content))


def _is_run(files: Sequence[_File]) -> bool:
    return (
        bool(files[0].folder)
        and is_one_numbering([file.name for file in files])
        and sum(file.size_bytes for file in files) < MAX_FILE_BYTES
    )


def _run(files: Sequence[_File]) -> Incoming:
    folder = files[0].folder
    return Incoming(
        name=re.split(r"[\\/]", folder)[-1].removesuffix(".zip") or folder,
        path=folder,
        content=lambda: bind((file.name, file.content()) for file in files),
    )


def _on_disk(path: Path) -> _File:
    whole = path.absolute()
    return _File(
        folder=str(whole.parent), name=path.name, path=str(whole), size_bytes=whole.stat().st_size,
        content=lambda: read_bounded(whole), head=lambda: _head(whole),
    )  # fmt: skip


def read_bounded(path: Path) -> bytes:
    """The bytes of a file. Raises TooLargeError before anything of it is read, and OSError."""
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise TooLargeError(
            f"the file has {size:,} bytes; {MAX_FILE_BYTES:,} is the most that is read",
            where=str(path),
            hint="Split it into several files",
        )
    return path.read_bytes()


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _is_archive(file: _File) -> bool:
    """Is this a ZIP that is not some other format (DOCX, EPUB)?"""
    head = file.head()
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    return not any(reader.recognises(head, file.name) for reader in installed_readers().readers)


def _open_archive(file: _File, incoming: list[Incoming], failures: list[Failure], depth: int) -> None:
    try:
        if depth >= MAX_DEPTH:
            raise TooLargeError(
                f"archives stand in each other more than {MAX_DEPTH} deep", where=file.path, hint="Unpack it"
            )
        members = list(_members(file, failures))
    except TestimoniaError as error:
        failures.append(Failure(path=file.path, error=error))
    except OSError as error:
        failures.append(Failure(path=file.path, error=unreadable_file(file.path, error)))
    else:
        _sort_out(members, incoming, failures, depth + 1)


def _members(file: _File, failures: list[Failure]) -> Iterator[_File]:
    """The files in an archive in natural order. Those that are locked or bombs are failures; the others come."""
    stream: IO[bytes] = io.BytesIO(file.content())
    try:
        archive = zipfile.ZipFile(stream)
        parts = [part for part in archive.infolist() if not part.is_dir() and not _is_clutter(part.filename)]
    except BROKEN as error:
        raise _damaged(file.path, "its list of files can't be read") from error
    if len(parts) > MAX_MEMBERS:
        raise TooLargeError(
            f"the archive holds {len(parts):,} files; {MAX_MEMBERS:,} is the most that is opened",
            where=file.path,
            hint="Split it, or unpack it and add its folders",
        )
    if not parts:
        raise EmptySourceError("the archive holds no files", where=file.path, hint="See whether it was made right")
    left = MAX_UNPACKED_BYTES
    for part in sorted(parts, key=lambda part: natural(part.filename)):
        inside = PurePosixPath(*_clean(part.filename))
        path = f"{file.path}/{inside}"
        left -= part.file_size
        refusal = _refused(part, path, left)
        if refusal is not None:
            failures.append(Failure(path=path, error=refusal))
            continue
        yield _File(
            folder=str(PurePosixPath(path).parent),
            name=inside.name,
            path=path,
            size_bytes=part.file_size,
            content=_unpacking(archive, part, path, part.file_size),
            head=_unpacking(archive, part, path, min(part.file_size, HEAD_BYTES), whole=False),
        )


def _refused(part: zipfile.ZipInfo, path: str, left: int) -> TestimoniaError | None:
    if part.flag_bits & _ENCRYPTED:
        return EncryptedSourceError("the file in the archive is encrypted", where=path, hint="Unpack it and add that")
    grown = part.file_size > max(_SMALL_BYTES, MAX_RATIO * max(1, part.compress_size))
    if grown or part.file_size > MAX_FILE_BYTES or left < 0:
        return TooLargeError(
            f"the file unpacks to more than is read ({part.file_size:,} bytes)",
            where=path,
            hint="Unpack it, see whether it is what it says, and add that",
        )
    return None


def _unpacking(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, path: str, size: int, *, whole: bool = True
) -> Callable[[], bytes]:
    def unpack() -> bytes:
        try:
            with archive.open(part) as opened:
                # One byte more than it says to have: its checksum is looked at where it ends.
                return opened.read(size + 1) if whole else opened.read(size)
        except BROKEN as error:
            raise _damaged(path, "a file in it can't be unpacked") from error

    return unpack


def _damaged(path: str, why: str) -> UnreadableSourceError:
    return UnreadableSourceError(
        f"the archive is damaged or was cut short: {why}", where=path, hint="Fetch it again, or unpack what can be"
    )


def _clean(name: str) -> list[str]:
    """The parts of a member's name, without those that would lead out of the archive."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return parts or ["unnamed"]


def _is_clutter(name: str) -> bool:
    return any(part.startswith(".") or part.casefold() in _CLUTTER for part in _clean(name))


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") or part.casefold() in _CLUTTER for part in path.relative_to(folder).parts)


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """The key that sorts names as people do.

    >>> sorted(["page 10.png", "page 9.png"], key=natural)
    ['page 9.png', 'page 10.png']
    """
    return tuple(
        (int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)
    )


def _natural(path: Path) -> tuple[tuple[int, str], ...]:
    return natural(str(path))


def _always(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def unreadable_file(path: str, error: OSError) -> TestimoniaError:
    """The error for a file that the system does not let us open."""
    return UnreadableSourceError(
        f"the file can't be opened ({error.strerror or error})", where=path, hint="Check its permissions"
    )
