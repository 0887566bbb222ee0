"""What the screens need of every source at once, read again only for the sources that changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from threading import Lock
from typing import Generic, Protocol, TypeVar


class OfSource(Protocol):
    """What belongs to one source: a finding, a count."""

    @property
    def source(self) -> str:
        """The SHA-256 of the source."""


Found = TypeVar("Found", bound=OfSource)
Digest = TypeVar("Digest")
Whole = TypeVar("Whole")


class BySource(Generic[Found, Digest, Whole]):
    """One digest for each source, kept until the stamp of that source changes, and what `join` makes of them all.

    `stamps` gives for each source what its findings were made of, without reading them; `read` gives the findings of
    one source, or of all where it is given None. `join` gets the digests in the order in which the sources were read.
    The first time, all are read `at_once`, which is quicker; what is much larger than its digest had better not be.
    """

    def __init__(
        self,
        stamps: Callable[[], Mapping[str, str]],
        read: Callable[[str | None], Iterable[Found]],
        digest: Callable[[tuple[Found, ...]], Digest],
        join: Callable[[Iterable[Digest]], Whole],
        *,
        at_once: bool = True,
    ) -> None:
        self._stamps = stamps
        self._read = read
        self._digest = digest
        self._kept: dict[str, tuple[str, Digest]] = {}
        self._join = join
        self._at_once = at_once
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
            for sha256, digest in self._digests(changed, at_once=self._at_once and not self._kept):
                self._kept[sha256] = (stamps[sha256], digest)
            for sha256 in gone:
                del self._kept[sha256]
            self._now = self._join(digest for _, digest in self._kept.values())
            return self._now

    def _digests(self, sources: Sequence[str], *, at_once: bool) -> Iterator[tuple[str, Digest]]:
        if not at_once:
            for sha256 in sources:
                yield sha256, self._digest(tuple(self._read(sha256)))
            return
        gathered: dict[str, list[Found]] = {sha256: [] for sha256 in sources}
        for finding in self._read(None):
            if finding.source in gathered:
                gathered[finding.source].append(finding)
        for sha256, found in gathered.items():
            yield sha256, self._digest(tuple(found))
