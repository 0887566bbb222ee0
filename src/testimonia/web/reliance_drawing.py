"""The drawing of who relies on whom: bands of years, boxes on them, arrows that cross no box."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from testimonia.services.relying import Link, Relied

DRAWN = 80
"""How many things a drawing holds that can still be read; the list has them all."""
WIDE, HIGH, APART_X, APART_Y, LEFT, IN_ROW = 200, 50, 22, 44, 78, 3
LINE_CHARACTERS = 27
LANE, PORT = 10, 13
"""How far apart two arrows run beside the boxes, and at one side of a box."""


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
            x = LEFT + n % IN_ROW * (WIDE + APART_X)
            top = y + APART_Y // 2 + n // IN_ROW * (HIGH + APART_Y)
            boxes.append(Box(thing=thing, x=x, y=top, lines=_lines(thing.name)))
        y += height
    placed = {box.thing.key: box for box in boxes}
    right = max((box.x for box in boxes), default=LEFT) + WIDE
    drawn = [k for k in links if k.rests in placed and k.on in placed and k.rests != k.on]
    routed = tuple(_routed([(placed[k.rests], placed[k.on]) for k in drawn], right))
    lanes = max((lane for _, lane in routed), default=0)
    return Drawing(
        boxes=tuple(boxes), bands=tuple(bands),
        arrows=tuple(Arrow(link=link, path=path) for link, (path, _) in zip(drawn, routed, strict=True)),
        width=right + APART_X + LANE * lanes, height=max(y, HIGH), left_out=max(0, len(wanted) - DRAWN),
    )  # fmt: skip


def _routed(pairs: Sequence[tuple[Box, Box]], right: int) -> Iterator[tuple[str, int]]:
    """A path for each pair, and which lane beside the boxes it takes, from 1; 0 where it needs none.

    From side to side where two boxes stand next to each other; straight where one stands in the row under the other;
    else out between the rows, along a lane on the right, and in between the rows again, so that no box is crossed.
    """
    free: list[list[tuple[int, int]]] = []
    used: defaultdict[tuple[str, bool], int] = defaultdict(int)

    def port(box: Box, below: bool) -> int:
        side = (box.thing.key, below)
        used[side] += 1
        return box.x + WIDE - min(PORT * used[side], WIDE - PORT)

    for rests, on in pairs:
        if rests.y == on.y and abs(rests.x - on.x) == WIDE + APART_X:
            a, b = (rests.x, on.x + WIDE) if rests.x > on.x else (rests.x + WIDE, on.x)
            middle = rests.y + HIGH // 2 + (6 if rests.x > on.x else -6)
            yield f"M{a} {middle}L{b} {middle}", 0
            continue
        up = rests.y >= on.y
        x0, x1 = port(rests, not up), port(on, up)
        start, end = (rests.y, on.y + HIGH) if up else (rests.y + HIGH, on.y)
        if abs(rests.y - on.y) == HIGH + APART_Y:
            yield f"M{x0} {start}L{x1} {end}", 0
            continue
        lane = _lane(free, *sorted((start, end)))
        aside = 5 + 4 * (lane % 4)
        out, into = (start - aside, end + aside) if up else (start + aside, end - aside)
        x = right + APART_X // 2 + LANE * lane
        yield f"M{x0} {start}V{out}H{x}V{into}H{x1}V{end}", lane + 1


def _lane(free: list[list[tuple[int, int]]], top: int, bottom: int) -> int:
    """The first lane with nothing in it between these heights."""
    for n, lane in enumerate(free):
        at = bisect(lane, (top, bottom))
        if (at == 0 or lane[at - 1][1] + APART_Y <= top) and (at == len(lane) or bottom + APART_Y <= lane[at][0]):
            lane.insert(at, (top, bottom))
            return n
    free.append([(top, bottom)])
    return len(free) - 1


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
