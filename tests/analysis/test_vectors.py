"""Texts as rows of numbers."""

import numpy as np

from testimonia.analysis.vectors import unit_rows, weigh


def test_the_rare_weighs_more_than_the_common() -> None:
    weights, names = weigh([["fog", "pilot"], ["fog", "lamp"], ["fog"]])
    assert names == ["fog", "lamp", "pilot"]
    assert weights[0, 2] > weights[0, 0] > 0 == weights[0, 1]


def test_no_words_weigh_nothing() -> None:
    weights, names = weigh([[], []])
    assert names == []
    assert weights.shape == (2, 1)
    assert not unit_rows(weights).any()


def test_unit_rows_have_length_one() -> None:
    rows = unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32))
    assert np.allclose(np.linalg.norm(rows, axis=1), [1.0, 0.0])
