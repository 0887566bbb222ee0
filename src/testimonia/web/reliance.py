"""Who relies on whom: a graph with the time of telling running down, and the same as a list in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response

from testimonia.errors import InvalidRecordError
from testimonia.services.relying import Link, Relied
from testimonia.services.workbench import Workbench
from testimonia.web.asking import source_asked
from testimonia.web.describe import HOW_WORDS
from testimonia.web.rendering import Pages, address

EVENTS_SHOWN = 30
ACCOUNTS_AT_ONCE = 200
DRAWN = 80
"""How many things a drawing holds that can still be read; the list has them all."""
WIDE, HIGH, APART_X, APART_Y, LEFT, IN_ROW = 200, 50, 22, 44, 70, 3
LINE_CHARACTERS = 27


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One thing of the drawing: its left upper corner, and its name in two lines at most."""

    thing: Relied
    x: int
    y: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearBand:
    """All of one year: `label` is the year, or that nothing says when."""

    label: str
    y: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """From what rests to what it rests on, as an SVG path."""

    link: Link
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The graph with a place for everything; `left_out` things had no room."""

    boxes: tuple[Box, ...]
    bands: tuple[YearBand, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int
    left_out: int


class RelianceViews:
    """The screen of who relies on whom."""

    def __init__(self, workbench: Workbench, pages: Pages) -> None:
        self._workbench = workbench
        self._pages = pages

    def show(self, request: Request) -> Response:
        """Of one event (`event`) or source (`source`), else of the largest event; with `account`, on how many
        independent sources these accounts rest."""
        relying, events = self._workbench.relying, self._workbench.catalogue.events()
        asked, event_id = request.query_params.get("source"), request.query_params.get("event")
        sha256 = source_asked(self._workbench, asked) if asked else None
        source = self._workbench.store.source(sha256).source if sha256 else None
        if sha256 is None and event_id is None and events:
            event_id = events[0].id
        chosen = request.query_params.getlist("account")
        if len(chosen) > ACCOUNTS_AT_ONCE:
            hint = f"Choose {ACCOUNTS_AT_ONCE} at most"
            raise InvalidRecordError(f"{len(chosen)} accounts are too many", hint=hint)
        graph = relying.graph(event_id=event_id, source=sha256) if sha256 or event_id else None
        shown = {"event": None if sha256 else event_id, "source": sha256}
        return self._pages.page(
            "reliance.html",
            screen="reliance",
            graph=graph,
            drawing=draw(graph.things, [k for k in graph.links if not k.judged.rejected]) if graph else None,
            common=relying.common_sources(graph, chosen) if graph and chosen else (),
            chosen=chosen,
            shown={name: value for name, value in shown.items() if value},
            source=source,
            events=events[:EVENTS_SHOWN],
            event_id=event_id,
            names={t.key: t for t in graph.things} if graph else {},
            how_words=HOW_WORDS,
            here=address("/reliance", **shown, account=chosen or None),
            unread=sum("reliance" in steps for steps in self._workbench.analysing.due(sha256).values()),
        )


def draw(things: Sequence[Relied], links: Sequence[Link]) -> Drawing:
    """Where does each thing stand? Bands of years from the top down, what has no year last; `things` by year."""
    linked = {key for link in links for key in (link.rests, link.on)}
    wanted = [t for t in things if t.standing in ("account", "lost") or t.key in linked]
    boxes: list[Box] = []
    bands: list[YearBand] = []
    y = 0
    for year, of_year in groupby(wanted[:DRAWN], key=lambda t: t.year):
        here = list(of_year)
        rows = -(-len(here) // IN_ROW)
        height = rows * (HIGH + APART_Y)
        bands.append(YearBand(label="no date" if year is None else str(year), y=y, height=height))
        for n, thing in enumerate(here):
            # Rows are shifted by turns, so that an arrow upwards does not run through the box above.
            shift = (len(boxes) - n + n // IN_ROW) % 2 * 60
            x = LEFT + shift + n % IN_ROW * (WIDE + APART_X)
            top = y + APART_Y // 2 + n // IN_ROW * (HIGH + APART_Y)
            boxes.append(Box(thing=thing, x=x, y=top, lines=_lines(thing.name)))
        y += height
    placed = {box.thing.key: box for box in boxes}
    arrows = tuple(
        Arrow(link=link, path=_path(placed[link.rests], placed[link.on]))
        for link in links
        if link.rests in placed and link.on in placed and link.rests != link.on
    )
    return Drawing(
        boxes=tuple(boxes), bands=tuple(bands), arrows=arrows, width=LEFT + 60 + IN_ROW * (WIDE + APART_X),
        height=max(y, HIGH), left_out=max(0, len(wanted) - DRAWN),
    )  # fmt: skip


def _path(rests: Box, on: Box) -> str:
    """A curve between the nearer edges of two boxes; from side to side where they stand in one row."""
    if rests.y == on.y:
        a, b = (rests.x, on.x + WIDE) if rests.x > on.x else (rests.x + WIDE, on.x)
        middle = rests.y + HIGH // 2
        if abs(a - b) <= APART_X:
            return f"M{a} {middle}L{b} {middle}"
        top = rests.y
        return f"M{rests.x + WIDE // 2} {top}Q{(rests.x + on.x + WIDE) // 2} {top - APART_Y} {on.x + WIDE // 2} {top}"
    up = rests.y > on.y
    start, end = (rests.y, on.y + HIGH) if up else (rests.y + HIGH, on.y)
    # Beside the middle by the way it runs: two that rest on each other have two arrows.
    beside = 14 if up else -14
    x0, x1 = rests.x + WIDE // 2 + beside, on.x + WIDE // 2 + beside
    bend = (start - end) // 2
    return f"M{x0} {start}C{x0} {start - bend} {x1} {end + bend} {x1} {end}"


def _lines(name: str) -> tuple[str, ...]:
    """A name in two lines of a box; what has no room is cut, with a mark."""
    lines = [""]
    for word in name.split():
        if len(lines[-1]) + len(word) < LINE_CHARACTERS:
            lines[-1] = f"{lines[-1]} {word}".strip()
        elif not lines[-1]:
            lines[-1] = f"{word[: LINE_CHARACTERS - 1]}…"
        elif len(lines) < 2:
            lines.append(word[:LINE_CHARACTERS])
        else:
            lines[-1] = f"{lines[-1][: LINE_CHARACTERS - 1]}…"
            break
    return tuple(lines)
