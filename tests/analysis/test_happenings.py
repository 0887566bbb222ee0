"""What an event was as its accounts tell it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from testimonia.analysis.claims.find import find_claims
from testimonia.analysis.claims.persons import Persons
from testimonia.analysis.comparison import compare_accounts
from testimonia.analysis.happenings import describe_event
from testimonia.analysis.told import AccountText
from testimonia.model.comparison import Event
from testimonia.model.spans import Anchor

Telling = Callable[..., AccountText]
Describe = Callable[..., Event]


@pytest.fixture
def described(event_of: Callable[[Sequence[AccountText]], Event]) -> Describe:
    def describing(*accounts: AccountText) -> Event:
        persons = Persons([[p.text for p in a.passages] for a in accounts], [a.account.teller for a in accounts])
        return describe_event(event_of(accounts), accounts, [find_claims(a, persons).claims for a in accounts], persons)

    return describing


def test_place_date_and_persons_are_those_of_which_most_accounts_speak(tell: Telling, described: Describe) -> None:
    event = described(
        tell("Cask", "Captain Ott came to the customs shed on 14 November 1931. R. Hale told Captain Ott the news."),
        tell("Brody", "Captain Ott met R. Hale in the customs shed on 14 November 1931, not on 2 May 1930."),
        tell("Ellery", "Captain Ott told Robert Hale that the bases in Norway were empty."),
    )
    assert (event.when, event.place) == ("1931-11-14", "the customs shed")
    assert set(event.participants) == {"Captain Ott", "Robert Hale"}
    assert "most accounts place it at the customs shed" in event.reason


def test_a_date_after_the_first_telling_is_not_that_of_the_event(tell: Telling, described: Describe) -> None:
    text = "Captain Ott came to the mill. It was printed on 3 May 1948."
    assert described(tell("Cask", text, told="1931-11-15"), tell("Brody", text)).when is None
    assert described(tell("Cask", text), tell("Brody", text)).when == "1948-05-03"


def test_what_one_account_alone_says_is_not_the_events(tell: Telling, described: Describe) -> None:
    event = described(tell("Cask", "We met in the vestry."), tell("Brody", "It rained all night."))
    assert (event.when, event.place, event.participants) == (None, None, ())


def test_offices_and_bodies_take_no_part_as_persons(tell: Telling, described: Describe) -> None:
    text = "Mr. President said no. The Harbour Council said no. Captain Ott said no."
    assert described(tell("Cask", text), tell("Brody", text)).participants == ("Captain Ott",)


def test_who_took_part_and_tells_comes_first(tell: Telling, described: Describe) -> None:
    one = tell("Cask", "Captain Ott told me.")
    one = replace(one, account=replace(one.account, basis="took part"))
    assert described(one, tell("Brody", "Captain Ott left.")).participants == ("Cask", "Captain Ott")


def test_scenes_hold_every_point_once_in_the_order_of_the_story(
    ferry: tuple[AccountText, ...],
    cite: Callable[[str, int, int], Anchor],
    event_of: Callable[[Sequence[AccountText]], Event],
) -> None:
    comparison = compare_accounts(event_of(ferry), ferry, cite)
    assert [p for s in comparison.scenes for p in s.points] == [p.id for p in comparison.points]
    turned = compare_accounts(event_of(ferry), ferry[::-1], cite)
    assert turned.scenes == comparison.scenes
    assert turned.event.participants == comparison.event.participants
