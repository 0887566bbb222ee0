"""Many short answers to one question, grouped by who says the same. All answers are invented."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.analysis.comparison import compare_accounts
from testimonia.analysis.joining import version_called
from testimonia.analysis.likeness import Encoder
from testimonia.analysis.relations.agreement import agreeing, are_answers
from testimonia.analysis.told import AccountText
from testimonia.model.comparison import Event
from testimonia.model.spans import Anchor

Telling = Callable[..., AccountText]
Gathering = Callable[[Sequence[AccountText]], Event]
Anchoring = Callable[[str, int, int], Anchor]
ANSWERS = {
    "Echo": "Twelve workers were injured in the drying hall.",
    "Argus": "The fire injured 12 workers.",
    "Clarion": "Thirty workers were injured in the fire.",
    "Lantern": "In the drying hall thirty workers were injured.",
    "Herald": "No worker was injured in the fire in the drying hall.",
    "Beacon": "How many workers were injured in the fire is not known.",
}


@pytest.mark.parametrize("with_encoder", [True, False])
def test_the_same_number_is_one_version_and_another_is_not(encoder: Encoder, with_encoder: bool) -> None:
    version = dict(zip(ANSWERS, agreeing(list(ANSWERS.values()), encoder if with_encoder else None), strict=True))
    assert version["Echo"] == version["Argus"] == 0
    assert version["Clarion"] == version["Lantern"] != version["Echo"]
    assert version["Herald"] not in (version["Echo"], version["Clarion"])


def test_an_answer_that_nothing_is_known_agrees_with_none_that_says_something(encoder: Encoder) -> None:
    versions = agreeing(list(ANSWERS.values()), encoder)
    assert versions.count(versions[-1]) == 1


def test_answers_that_clash_are_never_in_one_version(encoder: Encoder) -> None:
    alike = ["The lamp on the pier was burning."] * 6
    assert agreeing(alike, encoder) == (0,) * 6
    versions = agreeing(alike, encoder, [(0, 1), (2, 1)])
    assert versions[0] != versions[1] != versions[2]


@given(st.permutations(list(ANSWERS)))
def test_the_order_of_answers_changes_no_group(order: list[str]) -> None:
    def groups(names: list[str]) -> set[frozenset[str]]:
        versions = agreeing([ANSWERS[n] for n in names], None)
        return {frozenset(n for n, v in zip(names, versions, strict=True) if v == w) for w in versions}

    assert groups(order) == groups(list(ANSWERS))


def test_many_short_accounts_are_answers_and_few_or_long_ones_are_not(tell: Telling) -> None:
    short = [tell(name, text) for name, text in ANSWERS.items()]
    assert are_answers(short)
    assert not are_answers(short[:4])
    assert not are_answers([*short, tell("Courier", *(["The fire began in the drying hall at night."] * 9))])


def test_answers_are_one_point_with_a_version_for_each_group(
    tell: Telling, encoder: Encoder, event_of: Gathering, cite: Anchoring
) -> None:
    told = [tell(name, text) for name, text in ANSWERS.items()]
    compared = compare_accounts(event_of(told), told, cite, encoder)
    (point,) = compared.points
    said = {s.account: s.version for s in point.statements}
    version = {a.account.teller: said[a.account.id] for a in told}
    assert len(said) == len(ANSWERS)
    assert version["Echo"] == version["Argus"] != version["Clarion"] == version["Lantern"]
    assert compare_accounts(event_of(told), told[::-1], cite, encoder) == compared


def test_the_question_above_each_answer_makes_no_agreement(
    tell: Telling, encoder: Encoder, event_of: Gathering, cite: Anchoring
) -> None:
    def versions(*question: str) -> dict[str, str]:
        told = [tell(name, *question, text) for name, text in ANSWERS.items()]
        (point,) = compare_accounts(event_of(told), told, cite, encoder).points
        return {s.account: s.version for s in point.statements}

    asked = versions("How many workers were injured in the fire in the drying hall?")
    assert list(asked.values()) == list(versions().values())


def test_an_answer_that_cannot_be_read_is_silent(
    tell: Telling, encoder: Encoder, event_of: Gathering, cite: Anchoring
) -> None:
    told = [tell(name, text) for name, text in ANSWERS.items()]
    told.append(tell("Courier", "Ueddn ol smeo.", lost={0: "upside down"}))
    (point,) = compare_accounts(event_of(told), told, cite, encoder).points
    assert [s.account for s in point.silences] == [told[-1].account.id]


def test_versions_have_names_of_their_own_beyond_the_alphabet() -> None:
    names = [version_called(n) for n in range(120)]
    assert len(set(names)) == 120
    assert sorted(names) == names
