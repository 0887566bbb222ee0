"""The timeline: when it happened according to each account; when each was told and published."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from testimonia.services.timeline import Moment
from testimonia.services.workbench import Workbench
from testimonia.web.asking import number_asked, source_asked
from testimonia.web.rendering import Pages, address
from testimonia.web.words import MONTHS

MOMENTS_A_PAGE = 150
EVENTS_SHOWN = 30
WIDTH = 1000
LETTER_WIDTH = 11
"""Of the words under a mark, in the units of `WIDTH`, as wide as they are on the narrowest axis."""
LEAST_WIDTH = 8
"""Of a band, in the units of `WIDTH`: a single day among a hundred years must still be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark of the axis: where, what it says ("" where there is no room for words), and which end of the words (SVG's
    text-anchor) stands there."""

    x: int
    label: str = ""
    anchor: str = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One moment with its band on the axis; `open_before` and `open_after` where no bound is known there. `x` is None
    where nothing is known of when."""

    moment: Moment
    x: int | None
    width: int
    open_before: bool
    open_after: bool
    between: str
    plain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Bands over one axis."""

    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]


class TimelineViews:
    """The Timeline screen."""

    def __init__(self, workbench: Workbench, pages: Pages) -> None:
        self._workbench = workbench
        self._pages = pages

    def show(self, request: Request) -> Response:
        """Of one event (`event`), of one source (`source`), or of the library with its largest event."""
        timeline, events = self._workbench.timeline, self._workbench.catalogue.events()
        asked, event_id = request.query_params.get("source"), request.query_params.get("event")
        sha256 = source_asked(self._workbench, asked) if asked else None
        if sha256:
            events = tuple(
                e for e in events if self._workbench.comparing.accounts_of([sha256]).intersection(e.accounts)
            )
        times = timeline.event(event_id or events[0].id) if event_id or events else None
        only = times.event.accounts if times and event_id else None
        told = timeline.telling(sha256, only)
        number = number_asked(request, "page") or 1
        shown = told[(number - 1) * MOMENTS_A_PAGE : number * MOMENTS_A_PAGE]
        happened = ((times.own,) if times.own else ()) + times.named if times else ()

        def turned(page: int) -> str:
            return address("/timeline", event=event_id, source=sha256, page=page)

        return self._pages.page(
            "timeline.html",
            screen="timeline",
            times=times,
            chosen=event_id,
            source=self._workbench.store.source(sha256).source if sha256 else None,
            events=events[:EVENTS_SHOWN],
            happened=lay_out(happened),
            telling=lay_out(shown),
            total=len(told),
            unread=sum("dates" in steps for steps in self._workbench.analysing.due(sha256).values()),
            number=number,
            last_number=max(1, -(-len(told) // MOMENTS_A_PAGE)),
            previous=turned(number - 1),
            next=turned(number + 1),
        )


def lay_out(moments: Sequence[Moment]) -> Axis:
    """Where does each moment stand on an axis that has room for all of them?"""
    known = [m for moment in moments for m in (moment.earliest, moment.latest) if m is not None]
    if not known:
        return Axis(bands=tuple(_band(m, datetime(1, 1, 1), 1.0) for m in moments), ticks=())
    first, last = min(known), max(known)
    length_s = max((last - first).total_seconds(), 1.0)
    return Axis(bands=tuple(_band(m, first, length_s) for m in moments), ticks=_ticks(first, last, length_s))


def _band(moment: Moment, first: datetime, length_s: float) -> Band:
    def at(when: datetime) -> int:
        return round((when - first).total_seconds() / length_s * WIDTH)

    earliest, latest = moment.earliest, moment.latest
    x = None
    width = LEAST_WIDTH
    if earliest is not None and latest is not None:
        x, width = at(earliest), max(LEAST_WIDTH, at(latest) - at(earliest))
    elif latest is not None:
        x = at(latest) - width
    elif earliest is not None:
        x = at(earliest)
    if x is not None:
        x = max(0, min(x, WIDTH - width))
    return Band(
        moment=moment, x=x, width=width, open_before=earliest is None, open_after=latest is None,
        between=_between(earliest, latest), plain=re.fullmatch(r"\d{4}(-\d\d){0,2}", moment.edtf) is not None,
    )  # fmt: skip


def _between(earliest: datetime | None, latest: datetime | None) -> str:
    """The bounds in words: the days, and the hours where the whole lies within one day."""
    if earliest is None or latest is None:
        if latest is not None:
            return f"not after {_day(latest)}"
        return f"not before {_day(earliest)}" if earliest is not None else "nobody knows when"
    if earliest.date() == latest.date():
        whole = latest - earliest >= timedelta(hours=23, minutes=59)
        return _day(earliest) if whole else f"{_day(earliest)}, {earliest:%H:%M} to {latest:%H:%M}"
    return f"{_day(earliest)} to {_day(latest)}"


def _day(moment: datetime) -> str:
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def _ticks(first: datetime, last: datetime, length_s: float) -> tuple[Tick, ...]:
    """Some five marks, at whole years where years go by, else at whole days."""
    years = last.year - first.year
    if years >= 4:
        step = next(s for s in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 5000) if years / s <= 8)
        marks = [datetime(y, 1, 1) for y in range(-(-first.year // step) * step, last.year + 1, step) if y > 0]
        labels = [str(m.year) for m in marks]
    else:
        days = (last.date() - first.date()).days
        step = max(1, -(-days // 6))
        begin = datetime(first.year, first.month, first.day)
        marks = [begin + timedelta(days=n) for n in range(0, days + 1, step)]
        labels = [f"{m.day} {MONTHS[m.month - 1][:3]} {m.year}" for m in marks]
    return tuple(
        _spaced(
            (max(0, round((m - first).total_seconds() / length_s * WIDTH)), label)
            for m, label in zip(marks, labels, strict=True)
            if first <= m <= last or m.date() == first.date()
        )
    )


def _spaced(marks: Iterable[tuple[int, str]]) -> Iterator[Tick]:
    """The marks, in order; one whose words would run into those of the mark before stands without words."""
    taken = -LETTER_WIDTH
    for x, label in marks:
        width = LETTER_WIDTH * len(label)
        anchor = "end" if x > WIDTH - width / 2 else "start" if x < width / 2 else "middle"
        left = x - (width if anchor == "end" else 0 if anchor == "start" else width // 2)
        if left < taken + LETTER_WIDTH:
            yield Tick(x=x)
            continue
        taken = left + width
        yield Tick(x=x, label=label, anchor=anchor)
