"""How near passages are."""

import numpy as np
import pytest

from testimonia.analysis.likeness import Encoder, score_likeness

ONE = ["The ferry lay in the fog.", "He paid for the salt.", "Nobody saw the lamp burning.", "My aunt kept bees."]
OTHER = ["A ferry in the fog was seen.", "The schoolmaster sold bicycles.", "The lamp was burning, nobody saw it."]


@pytest.mark.parametrize("with_encoder", [True, False])
def test_passages_of_one_thing_are_nearest(encoder: Encoder, with_encoder: bool) -> None:
    scores = score_likeness([ONE, OTHER], encoder if with_encoder else None)
    assert scores[0, 1].shape == (4, 3)
    assert scores[0, 1][0].argmax() == 0
    assert scores[0, 1][2].argmax() == 2


def test_the_order_of_accounts_turns_the_matrix_and_no_more(encoder: Encoder) -> None:
    there, back = score_likeness([ONE, OTHER], encoder), score_likeness([OTHER, ONE], encoder)
    assert np.allclose(there[0, 1], back[0, 1].T, atol=1e-4)


@pytest.mark.parametrize("accounts", [[], [ONE], [ONE, []], [[], []], [["I."], ["A."]]])
def test_little_or_nothing_to_compare_is_no_error(accounts: list[list[str]], encoder: Encoder) -> None:
    for given in (encoder, None):
        scores = score_likeness(accounts, given)
        assert len(scores) == len(accounts) * (len(accounts) - 1) // 2


def test_the_best_of_what_is_left_is_not_near(encoder: Encoder) -> None:
    scores = score_likeness([ONE, OTHER], encoder)
    assert scores[0, 1][3].max() < 0
