"""What the screens need of every source at once, read again only for the sources that changed."""

from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import Generic, TypeVar

from testimonia.model.findings import Finding

Found = TypeVar("Found", bound=Finding)
Digest = TypeVar("Digest")
Whole = TypeVar("Whole")


class BySource(Generic[Found, Digest, Whole]):
    """One digest for each source, kept until the stamp of that source changes, and what `join` makes of them all.

    `stamps` gives for each source what its findings were made of, without reading them; `read` gives the findings of
    one source, or of all where it is given None. `join` gets the digests in the order in which the sources were read.
    """

    def __init__(
        self,
        stamps: Callable[[], Mapping[str, str]],
        read: Callable[[str | None], Iterable[Found]],
        digest: Callable[[tuple[Found, ...]], Digest],
        join: Callable[[Iterable[Digest]], Whole],
    ) -> None:
        self._stamps = stamps
        self._read = read
        self._digest = digest
        self._kept: dict[str, tuple[str, Digest]] = {}
        self._join = join
        self._now: Whole | None = None
        self._lock = Lock()

    def now(self) -> Whole:
        """What the digests come to as the library stands. The same object, as long as nothing has changed."""
        with self._lock:
            stamps = self._stamps()
            changed = [sha256 for sha256, stamp in stamps.items() if self._kept.get(sha256, ("",))[0] != stamp]
            gone = self._kept.keys() - stamps.keys()
            if self._now is not None and not changed and not gone:
                return self._now
            for sha256, found in self._found(changed, whole=not self._kept).items():
                self._kept[sha256] = (stamps[sha256], self._digest(found))
            for sha256 in gone:
                del self._kept[sha256]
            self._now = self._join(digest for _, digest in self._kept.values())
            return self._now

    def _found(self, sources: Iterable[str], *, whole: bool) -> dict[str, tuple[Found, ...]]:
        if not whole:
            return {sha256: tuple(self._read(sha256)) for sha256 in sources}
        # The first time all are read at once: one query instead of one for each source.
        gathered: dict[str, list[Found]] = {sha256: [] for sha256 in sources}
        for finding in self._read(None):
            if finding.source in gathered:
                gathered[finding.source].append(finding)
        return {sha256: tuple(found) for sha256, found in gathered.items()}
