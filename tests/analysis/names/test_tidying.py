"""What of a stretch that a model took for a name is the name."""

import pytest

from testimonia.analysis.names.recognising import Recognised
from testimonia.analysis.names.tidying import BREAK, tidied


def tidy(text: str, printed: str, kind: str = "person") -> list[tuple[str, str]]:
    at = text.index(printed)
    return [(text[a:b], k) for a, b, k in tidied(text, [Recognised(start=at, end=at + len(printed), type=kind)])]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("the Secretary of Defense Brandt said", "Defense Brandt"),
        ("by Under Secretary of State for Political Affairs Brandt", "State for Political Affairs Brandt"),
        ("with Ambassador at Large Brandt.", "Large Brandt"),
        ("Following Brandt's return", "Following Brandt"),
        ("Drafted by Brandt (EUR/SOV) and", "Brandt (EUR/SOV"),
        ("thanked Brandt early in May", "Brandt early"),
    ],
)
def test_what_belongs_to_an_office_or_the_sentence_is_left_out(text: str, printed: str) -> None:
    assert tidy(text, printed) == [("Brandt", "person")]


def test_whose_something_is_stands_before_the_sign_of_owning() -> None:
    assert tidy("\n\nBrandt's Description\n\n", "Brandt's Description") == [("Brandt", "person")]


def test_an_office_alone_is_nobody() -> None:
    assert tidy("The Under Secretary replied", "Under Secretary") == []
    assert tidy("Assistant Secretary for Harbour Affairs was told", "Harbour Affairs") == []


def test_an_office_that_a_model_took_for_an_institution_leaves_its_bearer() -> None:
    assert tidy("Director of Central Intelligence Moe wrote", "Central Intelligence Moe", "organisation") == [
        ("Moe", "person")
    ]


def test_a_given_name_behind_an_office_stays() -> None:
    assert tidy("Special Assistant to Anna Brandt", "Anna Brandt") == [("Anna Brandt", "person")]


def test_letters_that_count_paragraphs_are_no_initials() -> None:
    text = "A. Moe will come.\n\nB. Brandt will not.\n"
    assert tidy(text, "B. Brandt") == [("Brandt", "person")]
    assert tidy("The ferry left.\n\nB. Brandt was aboard.\n", "B. Brandt") == [("B. Brandt", "person")]


def test_no_name_runs_on_over_an_empty_line_or_the_end_of_a_title() -> None:
    assert tidy("Meeting With Brandt\n\nHavn, May 3", "Brandt\n\nHavn") == [("Brandt", "person")]
    assert tidy(f"Meeting With Brandt{BREAK}Havn, May 3", f"Brandt{BREAK}Havn") == [("Brandt", "person")]


def test_what_counts_or_numbers_things_is_nobody() -> None:
    assert tidy("in telegram A-1743 of May", "A-1743") == []
    assert tidy("told the Minister of Harbour Affairs", "of Harbour Affairs") == []
    assert tidy("see volume V. Brandt agreed", "V. Brandt") == [("Brandt", "person")]


def test_nations_and_countries_are_no_part_of_a_name() -> None:
    assert tidy("a note of the Soviet Amb Brandt", "Soviet Amb Brandt") == [("Brandt", "person")]
    assert tidy("of the USSR V. V. Brandt", "USSR V. V. Brandt") == [("V. V. Brandt", "person")]
    assert tidy("in West Germany Gromarev spoke", "West Germany Gromarev", "place") == [
        ("West Germany", "place"), ("Gromarev", "person"),
    ]  # fmt: skip
    assert tidy("met Virginia Brandt", "Virginia Brandt") == [("Virginia Brandt", "person")]
    assert tidy("many prominent Macedonian Serbs", "Macedonian Serbs")[0][1] == "people"


def test_a_sentence_that_ends_in_a_stretch_parts_it() -> None:
    assert tidy("told Gromarev. Harbour Board was", "Gromarev. Harbour Board", "organisation") == [
        ("Gromarev", "organisation"), ("Harbour Board", "organisation"),
    ]  # fmt: skip


def test_whoever_is_greeted_is_named_behind_the_greeting() -> None:
    assert tidy("Moe Dear Anna Brandt, thank you", "Moe Dear Anna Brandt") == [("Anna Brandt", "person")]
