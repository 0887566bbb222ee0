"""How much of a text OCR misread."""

import pytest

from testimonia.analysis.quotations.noise import misread_share, repaired_share


def test_what_was_repaired_counts_as_misread() -> None:
    assert repaired_share([("tbe", "the"), ("sbip", "ship")], 200) == pytest.approx(0.01)
    assert repaired_share([], 0) == 0


def test_a_text_of_known_words_was_not_misread_and_one_of_wrecks_was() -> None:
    prose = "the crew of the vessel came ashore before noon and waited for orders " * 20
    known = frozenset(prose.split()).__contains__
    assert misread_share(prose, known) == 0
    assert misread_share(prose.replace("vessel", "vcssel").replace("noon", "n00n"), known) > 0.01
