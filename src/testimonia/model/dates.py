"""Dates and times that a source names."""

from dataclasses import dataclass
from typing import ClassVar

from testimonia.model.findings import Finding
from testimonia.model.spans import Anchor

DATE_TYPES = ("date", "time", "duration", "set")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDate(Finding):
    """An expression of time, and what it comes to.

    `type` is one of `DATE_TYPES`. `edtf` is None where nothing dates it (a duration, 'recently', 'Friday' in a text
    without a date). `earliest` and `latest` are ISO 8601 date-times, both inclusive: with `Z` where the time `zone` is
    known, local time where it is not. `value` is in the terms of TIMEX3. `resolved_from` cites the dates that it leans
    on, `rivals` are other readings in EDTF. `document` is the id of the document that it stands in.
    """

    kind: ClassVar[str] = "date"

    printed: str
    type: str
    edtf: str | None
    earliest: str | None
    latest: str | None
    value: str | None
    zone: str | None
    resolved_from: tuple[Anchor, ...]
    rivals: tuple[str, ...]
    document: str | None
