"""How a statement stands to its point."""

from collections.abc import Callable

import pytest

from testimonia.analysis.stances import stance_of
from testimonia.analysis.told import AccountText


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The lamp on the pier was burning.", "affirms"),
        ("No lamp was burning.", "denies"),
        ("It rained.", "affirms"),
        ("Perhaps the lamp was burning.", "qualifies"),
    ],
)
def test_stances_are_taken_towards_the_label(tell: Callable[..., AccountText], text: str, stance: str) -> None:
    assert stance_of(tell("A", text).passages, "the lamp was burning", frozenset()) == stance


def test_to_say_what_the_label_denies_is_to_deny_it(tell: Callable[..., AccountText]) -> None:
    assert stance_of(tell("A", "There was a deal.").passages, "there was no deal", frozenset()) == "denies"
    assert stance_of(tell("A", "There was no deal.").passages, "there was no deal", frozenset()) == "affirms"


def test_names_of_those_who_take_part_decide_nothing(tell: Callable[..., AccountText]) -> None:
    passages = tell("A", "Not Ott but Hale came.").passages
    assert stance_of(passages, "Ott was pale", frozenset({"ott"})) == "affirms"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("While there could be no deal over the salt, he would see to it.", "qualifies"),
        ("There was no deal over the salt.", "denies"),
    ],
)
def test_what_is_granted_in_passing_is_no_plain_denial(
    tell: Callable[..., AccountText], text: str, stance: str
) -> None:
    assert stance_of(tell("A", text).passages, "there was a deal", frozenset()) == stance
