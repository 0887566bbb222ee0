"""Passages brought together."""

from collections.abc import Callable

import pytest

from testimonia.analysis.alignment import align, gather
from testimonia.analysis.likeness import Encoder
from testimonia.analysis.told import AccountText

Telling = Callable[..., AccountText]


def together(accounts: tuple[AccountText, ...], encoder: Encoder | None, one: str, other: str) -> bool:
    """Does a group hold a passage with these words and one of another account with those?"""
    for group in align(accounts, encoder):
        texts = [(a, accounts[a].passages[n].text) for a, n in group.members]
        if any(one in x and other in y and a != b for a, x in texts for b, y in texts):
            return True
    return False


@pytest.mark.parametrize("with_encoder", [True, False])
def test_passages_of_one_thing_meet(ferry: tuple[AccountText, ...], encoder: Encoder, with_encoder: bool) -> None:
    given = encoder if with_encoder else None
    assert together(ferry, given, "lamp on the pier was burning", "No lamp was burning")
    assert together(ferry, given, "no bargain of any kind", "A bargain was struck")
    assert not together(ferry, given, "bees", "bicycle")


def test_groups_hold_two_accounts_at_least_and_passages_in_order(
    ferry: tuple[AccountText, ...], encoder: Encoder
) -> None:
    for group in align(ferry, encoder):
        assert len({a for a, _ in group.members}) > 1
        assert list(group.members) == sorted(set(group.members))


def test_a_passage_is_in_two_groups_at_most_and_in_four_of_a_short_report(
    ferry: tuple[AccountText, ...], encoder: Encoder
) -> None:
    members = [m for g in align(ferry, encoder) for m in g.members]
    for account, passage in members:
        short = len(gather(ferry[account])) <= 3
        assert members.count((account, passage)) <= (4 if short else 2)


def test_the_only_sentences_of_short_reports_meet(tell: Telling, encoder: Encoder) -> None:
    reports = (
        tell("Cask", "The ferry was lost in fog off Harwick with four men."),
        tell("Brody", "A ferry with four men was lost off Harwick.", "The fog lifted on Tuesday."),
        tell("Ellery", "Off Harwick the ferry and four men were lost."),
    )
    assert {frozenset(a for a, _ in g.members) for g in align(reports, encoder)} >= {frozenset((0, 1, 2))}


def test_one_account_makes_no_groups(ferry: tuple[AccountText, ...], encoder: Encoder) -> None:
    assert align(ferry[:1], encoder) == ()
    assert align((), encoder) == ()


def test_unreadable_passages_are_in_no_group(tell: Telling, encoder: Encoder) -> None:
    words = "The lamp on the pier was burning all night."
    accounts = (tell("Cask", words, "He left."), tell("Brody", words, "She stayed.", lost={0: "upside down"}))
    assert not together(accounts, encoder, "lamp", "lamp")


def test_short_sentences_of_a_paragraph_are_compared_together(tell: Telling) -> None:
    account = tell("Cask", "He left. She stayed. It rained.", "The fog lifted.")
    assert gather(account) == [(0, 1, 2), (3,)]


def test_long_sentences_are_compared_alone(tell: Telling) -> None:
    long = " ".join(["word"] * 30)
    assert gather(tell("Cask", f"It {long}. He {long}.")) == [(0,), (1,)]


def test_what_cannot_be_read_is_not_gathered(tell: Telling) -> None:
    assert gather(tell("Cask", "He left.", "Ueddn.", "She stayed.", lost={1: "upside down"})) == [(0,), (2,)]


def test_misread_words_are_compared_as_they_were_meant(tell: Telling, encoder: Encoder) -> None:
    first = tell("Cask", "The lanterns of Harwick were burning.", "My aunt kept bees.", "Harwick slept, Harwick woke.")
    clean = tell("Brody", "He sold bicycles in spring.", "The lanterns in Harwick were burning.")
    misread = tell("Brody", "He sold bicyclos in spring.", "The lantems in Harwlck were burnlng.")
    assert align((first, misread), encoder) == align((first, clean), encoder)
    assert align((first, misread), encoder)
