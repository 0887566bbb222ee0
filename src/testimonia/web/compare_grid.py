"""The comparison as a grid: rows of cells, the marks of their versions, and the lines between them."""

import functools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

from markupsafe import Markup

from testimonia.model.alignment import Judged
from testimonia.model.comparison import RELATIONS, Comparison, Point, Scene, Silence, Statement
from testimonia.model.findings import Account
from testimonia.model.opinions import Opinion
from testimonia.model.spans import Anchor
from testimonia.web.words import Words, cut_words

SECTION_ROWS = 25
SHAPES = ("circle", "square", "triangle", "diamond", "pentagon", "hexagon")
# Where in a cell's picture things lie, in pixels: a mark in the middle of its height, lines that must pass other
# marks or words higher up, each version on its own track.
MARK_LEFT, MARK_RIGHT, MARK_Y = 22, 44, 26
TRACKS_Y = (12, 7, 2)
NO_DATE = "9999"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A piece of a line inside one cell, as SVG: a path in pixels from an edge or a mark, then a level stretch.

    The level stretch runs from `level_from` to `level_to` ("100%" is the right edge) at `y`; none where they are empty.
    """

    version: int
    path: str
    y: int
    level_from: str
    level_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """The words that an anchor cites; those that clash with another version are marked."""

    anchor: Anchor
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one account has on one point: a statement or a silence, and the lines that pass, also as SVG."""

    account: Account
    statement: Statement | None
    silence: Silence | None
    version: int
    shape: str
    quotations: tuple[Quotation, ...]
    strokes: tuple[Stroke, ...]
    track: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One point across all accounts; its number among all points, from 1, and what was decided about it. `scene` is the
    scene that begins with this row, None inside of one; `opinions` are what a model outside said of the point."""

    point: Point
    number: int
    cells: tuple[Cell, ...]
    judged: Judged | None = None
    scene: Scene | None = None
    opinions: tuple[Opinion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A comparison ready to be shown. `sections` hold at most `SECTION_ROWS` rows each; `of_relation` counts all
    points, also those that are not shown."""

    accounts: tuple[Account, ...]
    sections: tuple[tuple[Row, ...], ...]
    of_relation: dict[str, int]


NOTHING: Mapping[str, Judged] = MappingProxyType({})
UNASKED: Mapping[str, tuple[Opinion, ...]] = MappingProxyType({})


def lay_out_grid(
    comparison: Comparison, *, relations: Collection[str] = RELATIONS, by_telling: bool = False,
    by_strength: bool = False, judged: Mapping[str, Judged] = NOTHING, only_judged: bool | None = None,
    opinions: Mapping[str, tuple[Opinion, ...]] = UNASKED,
) -> Grid:  # fmt: skip
    """What does the Compare screen show? Only points of these relations, of those that are judged or of those that are
    not; accounts as they stand in the source or by time of telling with the undated last; points in the order of the
    story or the strongest clash first."""
    accounts = ordered_accounts(comparison, by_telling=by_telling)
    points = [
        (number, point)
        for number, point in enumerate(comparison.points, 1)
        if point.relation in relations and only_judged in (None, point.id in judged)
    ]
    if by_strength:
        points.sort(key=lambda x: (RELATIONS.index(x[1].relation), -x[1].weight, -x[1].confidence, x[0]))
    rows = [
        lay_out_row(point, number, accounts, judged.get(point.id), opinions.get(point.id, ()))
        for number, point in points
    ]
    if not by_strength and len(comparison.scenes) > 1:
        rows = list(_in_scenes(rows, comparison.scenes))
    of_relation = {"contradict": 0, "differ": 0, "agree": 0, "single": 0}
    for point in comparison.points:
        of_relation[point.relation] += 1
    return Grid(
        accounts=accounts,
        sections=tuple(tuple(rows[n : n + SECTION_ROWS]) for n in range(0, len(rows), SECTION_ROWS)),
        of_relation=of_relation,
    )


def _in_scenes(rows: Sequence[Row], scenes: Sequence[Scene]) -> Iterator[Row]:
    """The rows, with the scene at the first row that is shown of each."""
    scene_of = {name: scene for scene in scenes for name in scene.points}
    last = None
    for row in rows:
        scene = scene_of.get(row.point.id, last)
        yield replace(row, scene=scene) if scene is not last else row
        last = scene


def ordered_accounts(comparison: Comparison, *, by_telling: bool) -> tuple[Account, ...]:
    """The accounts as they stand in the source, or by time of telling with the undated last."""
    if not by_telling:
        return comparison.accounts
    return tuple(sorted(comparison.accounts, key=lambda a: (a.told or a.published or NO_DATE).lstrip("./~?")))


def lay_out_row(
    point: Point,
    number: int,
    accounts: Sequence[Account],
    judged: Judged | None = None,
    opinions: tuple[Opinion, ...] = (),
) -> Row:
    """One point as a row of cells, one an account, in this order."""
    said = {s.account: s for s in point.statements}
    silent = {s.account: s for s in point.silences}
    order = sorted({s.version for s in point.statements})
    versions = [order.index(said[a.id].version) if a.id in said else None for a in accounts]
    tracks = _tracks(tuple(versions))
    return Row(
        point=point,
        number=number,
        judged=judged,
        opinions=opinions,
        cells=tuple(
            Cell(
                account=account,
                statement=said.get(account.id),
                silence=silent.get(account.id),
                version=version or 0,
                shape=SHAPES[(version or 0) % len(SHAPES)],
                quotations=tuple(_quotations(said[account.id])) if account.id in said else (),
                strokes=tracks[n][0],
                track=tracks[n][1],
            )
            for n, (account, version) in enumerate(zip(accounts, versions, strict=True))
        ),
    )


def _quotations(statement: Statement) -> Iterator[Quotation]:
    for n, anchor in enumerate(statement.anchors):
        clashes = [(start, end) for number, start, end in statement.clashes if number == n]
        yield Quotation(anchor=anchor, words=tuple(cut_words(anchor.quote, clashes)))


@functools.lru_cache(maxsize=4096)
def _tracks(versions: tuple[int | None, ...]) -> tuple[tuple[tuple[Stroke, ...], Markup], ...]:
    """The strokes of each cell, and their SVG; few patterns of versions recur in many rows."""
    return tuple((tuple(strokes), _svg(strokes)) for strokes in _strokes(versions))


def _svg(strokes: Sequence[Stroke]) -> Markup:
    if not strokes:
        return Markup("")
    drawn = []
    for s in strokes:
        if s.path:
            drawn.append(f'<path class="v{s.version % 6}" d="{s.path}"/>')
        if s.level_from:
            drawn.append(
                f'<line class="v{s.version % 6}" x1="{s.level_from}" x2="{s.level_to}" y1="{s.y}" y2="{s.y}"/>'
            )
    return Markup(f'<svg class="track" aria-hidden="true">{"".join(drawn)}</svg>')


def _strokes(versions: Sequence[int | None]) -> list[list[Stroke]]:
    """The lines between the cells of one version, cell by cell.

    Neighbours are joined straight from mark to mark; a line that passes other cells rises to a track of its own, so
    that it crosses neither their marks nor their words.
    """
    strokes: list[list[Stroke]] = [[] for _ in versions]
    for version in sorted({v for v in versions if v is not None}):
        cells = [n for n, v in enumerate(versions) if v == version]
        for left, right in pairwise(cells):
            y = MARK_Y if right == left + 1 else TRACKS_Y[version % len(TRACKS_Y)]
            strokes[left].append(_leaving(version, y))
            for passed in range(left + 1, right):
                strokes[passed].append(Stroke(version=version, path="", y=y, level_from="0", level_to="100%"))
            strokes[right].append(_arriving(version, y))
    return strokes


def _leaving(version: int, y: int) -> Stroke:
    if y == MARK_Y:
        return Stroke(version=version, path="", y=y, level_from=str(MARK_RIGHT), level_to="100%")
    turn = MARK_RIGHT + 24
    path = f"M{MARK_RIGHT} {MARK_Y}C{MARK_RIGHT + 14} {MARK_Y} {MARK_RIGHT + 8} {y} {turn} {y}"
    return Stroke(version=version, path=path, y=y, level_from=str(turn), level_to="100%")


def _arriving(version: int, y: int) -> Stroke:
    if y == MARK_Y:
        return Stroke(version=version, path="", y=y, level_from="0", level_to=str(MARK_LEFT))
    path = f"M0 {y}C{MARK_LEFT - 8} {y} {MARK_LEFT - 16} {MARK_Y} {MARK_LEFT} {MARK_Y}"
    return Stroke(version=version, path=path, y=y, level_from="", level_to="")
