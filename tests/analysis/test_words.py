"""Words and their weights."""

import numpy as np

from testimonia.analysis.words import content_words, is_light, letter_groups, name_words, stem, unit_rows, weigh


def test_forms_of_a_word_have_one_stem() -> None:
    assert {stem(w) for w in ("remove", "removed", "removing", "removes")} == {"remov"}
    assert stem("'s") == ""


def test_light_words_carry_nothing() -> None:
    assert content_words("It was he who had been there.") == []
    assert is_light("The") and not is_light("pier")


def test_kindred_spellings_share_letters() -> None:
    shared = set(letter_groups("Marram")) & set(letter_groups("Marramish"))
    assert len(shared) > len(set(letter_groups("Marram")) & set(letter_groups("ferry")))


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


def test_names_stand_inside_sentences() -> None:
    assert name_words("Then Captain Ott saw Lower Marram. He left.") == ["Captain", "Ott", "Lower", "Marram"]
