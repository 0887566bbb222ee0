"""Hyphens at line ends: broken words, compounds, dashes."""

import pytest

from testimonia.text.hyphens import Verdict, broken_word, judge
from testimonia.text.recovery_words import Words


def verdict(above: str, below: str, *source: str) -> Verdict:
    broken = broken_word(above, below)
    assert broken is not None
    return judge(broken, Words([above, below, *source]))


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("he would under-", "stand it"),
        ("the trouble¬", "shooter came"),
        ("a govern\u00ad", "ment house"),
        ("of the resolu-", "tion passed"),
        ("a commis-", "sioner of"),
        ("THE COMMIS-", "SIONER OF"),
    ],
)
def test_broken_words_are_joined(above: str, below: str) -> None:
    assert not verdict(above, below).keep


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("the storm-", "known to pilots"),
        ("a hot-", "tempered pilot"),
        ("all peace-", "loving harbours"),
        ("by anti-", "Malta groups"),
        ("in 1961-", "63 and"),
        ("a U-", "2 boat"),
        ("a non¬", "nuclear boat"),
        ("an on¬", "site inspection"),
    ],
)
def test_compounds_figures_and_dashes_keep_the_hyphen(above: str, below: str) -> None:
    assert verdict(above, below).keep


def test_the_spelling_of_the_source_decides_before_the_language() -> None:
    assert verdict("under-", "stand", "they under-stand it, under-stand").keep
    assert not verdict("code-", "name", "the codename of it").keep
    assert verdict("code-", "name", "the code-name of it").keep


def test_the_broken_word_itself_is_no_evidence() -> None:
    found = verdict("Khor-", "onov said")
    assert not found.keep
    assert "no word by itself" in found.reason


def test_a_name_known_to_the_source_is_joined() -> None:
    found = verdict("Tvardo-", "vich came", "Captain Tvardovich spoke")
    assert (found.keep, found.reason) == (False, "the source has 'Tvardovich' once elsewhere")


def test_words_of_other_languages_fall_back_on_the_source() -> None:
    assert not verdict("прави-", "тельство города", "новое правительство города").keep
    assert not verdict("die Regie-", "rung der Stadt", "eine neue Regierung").keep


@pytest.mark.parametrize(("above", "below"), [("so it was --", "and then"), ("a dash -", "then"), ("half-", "(of it)")])
def test_what_is_no_broken_word(above: str, below: str) -> None:
    assert broken_word(above, below) is None
