"""Signs of the Matrix."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from testimonia.model.comparison import SILENCES, STANCES
from testimonia.web.matrix import SIGNS, SILENT_SIGNS, basis_of, lay_out_matrix

if TYPE_CHECKING:
    from tests.web.conftest import Invented


def test_stances_and_silences_have_signs_and_words(invented: Invented) -> None:
    rows = lay_out_matrix(invented.comparison()).rows
    assert [s.sign for s in rows[2].signs] == ["+", "−", "∅"]
    assert rows[2].signs[1].words == "Mrs. Anne Coates denies, version b, saw"
    assert rows[2].signs[2].words == "Josiah Pell: could not know"


def test_hearsay_rests_on_what_was_told_whoever_took_part(invented: Invented) -> None:
    comparison = invented.comparison()
    wray, _, pell = comparison.accounts
    statement = comparison.points[0].statements[0]
    assert basis_of(wray, statement) == "saw"
    assert basis_of(pell, statement) == "infers"
    assert basis_of(wray, replace(statement, attribution=("Wray", "the miller"))) == "told"


def test_only_the_relations_asked_for_are_shown_and_keep_their_numbers(invented: Invented) -> None:
    rows = lay_out_matrix(invented.comparison(), relations=("single",)).rows
    assert [r.number for r in rows] == [2]


def test_every_stance_and_every_silence_has_a_sign_of_its_own() -> None:
    assert set(SIGNS) == set(STANCES)
    assert set(SILENT_SIGNS) == set(SILENCES)
    assert len({*SIGNS.values(), *SILENT_SIGNS.values()}) == len(STANCES) + len(SILENCES)
