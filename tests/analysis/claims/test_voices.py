"""Who speaks, in quotation marks and out of them, and whom pronouns mean."""

from collections.abc import Callable

import pytest

from testimonia.analysis.claims.persons import Persons, same_person
from testimonia.analysis.claims.quoted import quoted_stretches
from testimonia.analysis.claims.voices import Voiced, hear
from testimonia.analysis.told import AccountText

Telling = Callable[..., AccountText]


def heard(account: AccountText) -> list[Voiced]:
    persons = Persons([[p.text for p in account.passages]], [account.account.teller])
    return list(hear(account, persons).clauses)


def found(account: AccountText, verb: str) -> Voiced:
    return next(v for v in heard(account) if v.clause.verb == verb)


def test_i_is_the_teller_and_inside_quotation_marks_the_speaker(tell: Telling) -> None:
    account = tell("Cask", 'I sent for Captain Ott. "I signed nothing," Captain Ott said.')
    assert found(account, "send for").who == "Cask"
    assert (found(account, "sign").who, found(account, "sign").kind) == ("Captain Ott", "quotation")


def test_you_is_whoever_is_spoken_to(tell: Telling) -> None:
    account = tell("Cask", '"You signed it," I told Captain Ott.')
    assert found(account, "sign").who == "Captain Ott"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Captain Ott came late. He signed the paper.", "Captain Ott"),
        ("I asked Captain Ott about Major Hale. He signed the paper.", "Captain Ott"),
        ("Captain Ott told me of the ship. I believed what Major Hale had said of it. He signed it.", "Captain Ott"),
        ("It rained. He signed the paper.", None),
    ],
)
def test_he_is_the_man_named_last_who_is_not_only_spoken_of(tell: Telling, text: str, who: str | None) -> None:
    assert found(tell("Cask", text), "sign").who == who


def test_a_title_alone_means_the_one_person_who_has_it(tell: Telling) -> None:
    account = tell("Cask", "Captain Ott came. The captain signed the paper.")
    assert found(account, "sign").who == "Captain Ott"
    two = tell("Cask", "Captain Ott came with Captain Hale. The captain signed the paper.")
    assert found(two, "sign").who == "the captain"


def test_what_is_reported_is_a_paraphrase_and_on_the_speakers_word(tell: Telling) -> None:
    account = tell("Cask", "R. Hale said that Brody told Captain Ott that the ship had sailed.")
    sailed = found(account, "sail")
    assert (sailed.kind, sailed.chain) == ("paraphrase", ("Cask", "R. Hale", "Brody"))
    assert found(account, "say").kind == "narrative"


def test_what_stands_beside_a_report_is_not_in_it(tell: Telling) -> None:
    account = tell("Cask", "R. Hale said that Captain Ott had sailed, and I burned the paper.")
    assert found(account, "burn").chain == ("Cask",)


def test_the_tellers_own_judgement_is_a_comment(tell: Telling) -> None:
    assert found(tell("Cask", "I believe that he sailed."), "believe").kind == "comment"


def test_marks_that_were_misread_still_close_a_quotation(tell: Telling) -> None:
    account = tell("Cask", '\'The ship is late," R. Hale said, "and wet."')
    stretches = quoted_stretches(account.passages)[0]
    assert [account.passages[0].text[s.start : s.end] for s in stretches if s.depth] == [
        "The ship is late,",
        "and wet.",
    ]


def test_a_quotation_inside_a_quotation_is_deeper(tell: Telling) -> None:
    account = tell("Cask", "\"He said 'no' to the captain's men,\" Brody told me.")
    depths = {account.passages[0].text[s.start : s.end]: s.depth for s in quoted_stretches(account.passages)[0]}
    assert depths["no"] == 2
    assert depths[" to the captain's men,"] == 1


def test_whether_two_names_are_one_person_may_stay_open() -> None:
    assert same_person("Captain Ott", "Ott") is True
    assert same_person("R. Ott", "J. Ott") is False
    assert same_person("President Ott", "Robert Ott") is None
    assert same_person("the captain", "Ott") is None
