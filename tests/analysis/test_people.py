"""Who takes part."""

from testimonia.analysis.people import People


def test_persons_are_found_by_title_initial_and_saying() -> None:
    people = People([["Captain Ott left with R. Hale.", "Brody said so.", '"No," replied Ellery.']])
    assert people.names == {"Ott", "Hale", "Brody", "Ellery"}


def test_a_word_that_is_also_written_small_is_no_name() -> None:
    assert People([["Fog said nothing of the fog."]]).names == frozenset()


def test_the_tellers_are_persons() -> None:
    assert People([["I left."]], ["Agnes Tolliver"]).names == {"Agnes", "Tolliver"}


def test_only_those_of_whom_most_accounts_speak_are_masked() -> None:
    accounts = [["Captain Ott left.", "Ott wept."], ["Ott saw R. Hale."], ["The fog lifted."]]
    people = People(accounts)
    assert people.principals == {"Ott"}
    assert people.mask("Captain Ott and R. Hale took Ott's boat.") == "he and R. Hale took his boat."


def test_without_persons_nothing_is_masked() -> None:
    assert People([["The fog lifted."], []]).mask("The fog lifted.") == "The fog lifted."
