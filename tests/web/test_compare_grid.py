"""Rows, cells and the lines between them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from testimonia.model.comparison import Scene
from testimonia.web.compare_grid import MARK_Y, lay_out_grid

if TYPE_CHECKING:
    from tests.web.conftest import Invented


def test_neighbours_of_one_version_are_joined_straight(invented: Invented) -> None:
    row = lay_out_grid(invented.comparison()).sections[0][3]
    first, second, third = ([(s.path, s.y) for s in cell.strokes] for cell in row.cells)
    assert first == [("", MARK_Y)]
    assert second == [("", MARK_Y), ("", MARK_Y)]
    assert third == [("", MARK_Y)]


def test_a_line_passes_other_versions_above_their_marks(invented: Invented) -> None:
    row = lay_out_grid(invented.comparison()).sections[0][0]
    leaving, passing, arriving = (cell.strokes for cell in row.cells)
    assert leaving[0].path and leaving[0].y < MARK_Y
    assert [(s.path, s.level_from, s.level_to) for s in passing] == [("", "0", "100%")]
    assert arriving[0].path and not arriving[0].level_from


def test_versions_are_numbered_by_their_letters_and_keep_their_shapes(invented: Invented) -> None:
    row = lay_out_grid(invented.comparison()).sections[0][0]
    assert [(c.version, c.shape) for c in row.cells] == [(0, "circle"), (1, "square"), (0, "circle")]


def test_clashing_words_are_cut_out_of_the_quotation(invented: Invented) -> None:
    cell = lay_out_grid(invented.comparison()).sections[0][0].cells[0]
    assert [(w.text, w.marked) for w in cell.quotations[0].words] == [
        ("I shut the gate ", False),
        ("at ten", True),
        (".", False),
    ]


def test_undated_accounts_come_last_in_the_order_of_telling(invented: Invented) -> None:
    comparison = invented.comparison()
    wray, coates, pell = comparison.accounts
    turned = replace(comparison, accounts=(replace(wray, told=None), pell, coates))
    assert [a.teller for a in lay_out_grid(turned, by_telling=True).accounts] == [
        "Mrs. Anne Coates",
        "Josiah Pell",
        "Thomas Wray",
    ]


def test_a_comparison_without_points_has_no_sections(invented: Invented) -> None:
    assert lay_out_grid(replace(invented.comparison(), points=())).sections == ()


def test_scenes_begin_with_their_first_row_that_is_shown(invented: Invented) -> None:
    comparison = invented.comparison()
    first, second, third, fourth = (p.id for p in comparison.points)
    scenes = (
        Scene(label="At the gate", points=(first, second), accounts=()),
        Scene(label="On the bank", points=(third, fourth), accounts=()),
    )
    grid = lay_out_grid(replace(comparison, scenes=scenes), relations=("agree", "single"))
    assert [r.scene.label if r.scene else None for s in grid.sections for r in s] == ["At the gate", "On the bank"]
    grid = lay_out_grid(replace(comparison, scenes=scenes))
    assert [r.scene is not None for r in grid.sections[0]] == [True, False, True, False]
    assert all(r.scene is None for r in lay_out_grid(comparison, by_strength=True).sections[0])


def test_the_heaviest_clash_comes_first_in_the_order_of_strength(invented: Invented) -> None:
    comparison = invented.comparison()
    gate, bank, bell, gave = comparison.points
    weighed = replace(comparison, points=(replace(gate, weight=0.2), bank, replace(bell, weight=0.9), gave))
    rows = lay_out_grid(weighed, by_strength=True).sections[0]
    assert [r.number for r in rows] == [3, 1, 4, 2]
