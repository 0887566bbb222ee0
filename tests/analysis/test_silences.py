"""Why an account is silent."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from testimonia.analysis.claims.find import find_claims
from testimonia.analysis.silences import Around, explain_silence, neighbours
from testimonia.analysis.told import AccountText
from testimonia.model.comparison import SILENCES, Silence

Telling = Callable[..., AccountText]
NOWHERE = Around(before=None, after=None)


def between(account: AccountText, before: int | None, after: int | None) -> Around:
    return Around(
        before=None if before is None else account.passages[before],
        after=None if after is None else account.passages[after],
    )


def explain(account: AccountText, around: Around, *others: str) -> Silence:
    return explain_silence(account, around, others, find_claims(account).claims)


def with_basis(account: AccountText, basis: str) -> AccountText:
    return replace(account, account=replace(account.account, basis=basis))


def test_silent_is_said_where_nothing_else_is_known(tell: Telling) -> None:
    assert explain(tell("Cask", "He left."), NOWHERE, "It rained.").reason == "silent"


def test_an_account_that_tells_what_was_before_and_after_is_silent_though_it_covers_the_moment(tell: Telling) -> None:
    account = tell("Cask", "It rained. The lamp was dark. She stayed.")
    silence = explain(account, between(account, 0, 2))
    assert silence.reason == "silent"
    assert "It rained." in silence.evidence
    assert "She stayed." in silence.evidence


def test_a_lost_page_explains_only_what_it_could_hold(tell: Telling) -> None:
    account = tell("Cask", "He left. It rained.", "ueddn ueddn", "She stayed. They slept.", lost={1: "upside down"})
    assert [p.text for p in account.passages][2] == "ueddn ueddn"
    lost = explain(account, between(account, 1, 3))
    assert (lost.reason, lost.evidence) == ("page lost", "page 1 of the file: upside down")
    assert explain(account, between(account, 0, 1)).reason == "silent"
    assert explain(account, between(account, 3, 4)).reason == "silent"


def test_a_page_lost_at_the_end_explains_what_comes_after_the_last_that_is_told(tell: Telling) -> None:
    account = tell("Cask", "He left. It rained.", "ueddn", lost={1: "upside down"})
    assert explain(account, between(account, 1, None)).reason == "page lost"
    assert explain(account, between(account, None, 0)).reason == "silent"
    assert explain(account, NOWHERE).reason == "page lost"


def test_a_page_that_waits_to_be_read_is_not_lost(tell: Telling) -> None:
    account = tell("Cask", "He left. It rained.", "ueddn", lost={1: "upside down"})
    waiting = replace(account, losses=tuple(replace(x, reason="not read") for x in account.losses))
    assert explain(waiting, between(waiting, 1, None)).reason == "not read"


def test_a_redaction_explains_only_what_stands_where_it_stands(tell: Telling) -> None:
    account = tell(
        "Cask",
        "He left. It rained [two lines whited out] and then cleared. She stayed.",
        withheld=("[two lines whited out]",),
    )
    assert explain(account, between(account, 0, 2)).reason == "redacted"
    assert explain(account, between(account, 2, None)).reason == "silent"
    assert explain(account, NOWHERE).reason == "silent"


def test_what_happened_after_the_telling_it_could_not_know(tell: Telling) -> None:
    account = tell("Cask", "He left.", told="1931-11-14")
    silence = explain(account, NOWHERE, "The ferry sank on 16 November 1931.")
    assert silence.reason == "could not know"
    assert "1931-11-16" in silence.evidence
    assert explain(account, NOWHERE, "The ferry came on 13 November 1931.").reason == "silent"


@pytest.mark.parametrize(
    ("told", "reason"),
    [("../1948", "silent"), ("1931", "could not know"), ("1952", "silent"), ("1930/1931", "could not know")],
)
def test_a_telling_of_which_only_the_year_is_known_ends_with_the_year(tell: Telling, told: str, reason: str) -> None:
    account = tell("Cask", "He left.", told=told)
    assert explain(account, NOWHERE, "The ferry sank on 16 November 1952.").reason == reason


def test_a_teller_who_came_later_was_not_there(tell: Telling) -> None:
    account = tell("Cask", "I came to the mill at nine. It rained.")
    silence = explain(account, between(account, None, 0))
    assert silence.reason == "not there"
    assert "I came to the mill" in silence.evidence


def test_a_teller_who_had_left_was_not_there_any_more(tell: Telling) -> None:
    account = tell("Cask", "It rained. I left the mill at nine.")
    assert explain(account, between(account, 1, None)).reason == "not there"
    assert explain(account, between(account, None, 0)).reason == "silent"


@pytest.mark.parametrize(
    ("basis", "reason"), [("was told", "not there"), ("comments", "not there"), ("took part", "silent")]
)
def test_who_was_told_was_not_there_unless_the_moment_is_told_all_the_same(
    tell: Telling, basis: str, reason: str
) -> None:
    account = with_basis(tell("Cask", "It rained. The lamp was dark. She stayed."), basis)
    assert explain(account, between(account, 0, None)).reason == reason
    assert explain(account, between(account, 0, 2)).reason == "silent"


def test_neighbours_are_what_the_account_tells_around_each_point(tell: Telling) -> None:
    account = tell("Cask", "One came. Two came. Three came. Four came.")
    around = neighbours([(0,), None, (1, 2), (3,)], account)
    assert around[1].before == account.passages[0]
    assert around[1].after == account.passages[1]
    assert around[0].before is None
    assert around[3].after is None
    assert (around[1].earliest, around[1].latest) == (account.passages[0].start, account.passages[3].end)


def test_every_reason_given_is_one_that_is_known(tell: Telling) -> None:
    for reason in ("silent", "not there", "could not know", "page lost", "redacted", "not read"):
        assert reason in SILENCES
