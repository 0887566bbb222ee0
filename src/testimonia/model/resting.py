"""What rests on what is known to be missing."""

from dataclasses import dataclass

from testimonia.errors import InvalidRecordError
from testimonia.model.findings import Gap
from testimonia.model.spans import Anchor

WAYS = ("calls", "cites", "tells", "relies", "stood there", "silent")
"""How something rests on a gap: it calls a missing note; it calls a note that tells of it; it tells of it itself; it
relies on it; it stood on the missing page; its silence on a point is explained by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """One thing that rests on a gap: `how` is one of `WAYS`, `who` names it, `why` says it in words.

    `finding` is the id of an account, a document, a reliance or another gap; `point` the id of a point of a comparison,
    where a silence on it is explained. `anchors` cite where it says so, none for a silence.
    """

    how: str
    who: str
    why: str
    finding: str
    anchors: tuple[Anchor, ...] = ()
    point: str | None = None

    def __post_init__(self) -> None:
        if self.how not in WAYS:
            raise InvalidRecordError(f"{self.how!r} is no way to rest on a gap", where=self.finding)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestedGap:
    """A gap, and what rests on it."""

    gap: Gap
    resting: tuple[Resting, ...]
