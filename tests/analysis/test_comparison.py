"""Accounts side by side."""

from collections.abc import Callable, Sequence

import pytest

from testimonia.analysis.comparison import compare_accounts
from testimonia.analysis.likeness import Encoder
from testimonia.analysis.told import AccountText
from testimonia.model.comparison import RELATIONS, SILENCES, STANCES, Comparison, Event, Point
from testimonia.model.spans import Anchor

Telling = Callable[..., AccountText]
Cite = Callable[[str, int, int], Anchor]
EventOf = Callable[[Sequence[AccountText]], Event]


@pytest.fixture
def compared(ferry: tuple[AccountText, ...], event_of: EventOf, cite: Cite, encoder: Encoder) -> Comparison:
    return compare_accounts(event_of(ferry), ferry, cite, encoder)


def quoting(comparison: Comparison, accounts: Sequence[AccountText], words: str) -> list[Point]:
    """The points that cite a stretch with these words."""
    texts = {}
    for a in accounts:
        for p in a.passages:
            texts[a.account.source, p.start] = p.text
    return [
        point
        for point in comparison.points
        for s in point.statements
        for x in s.anchors
        if words in " ".join(t for (src, at), t in texts.items() if src == x.source and x.start <= at < x.end)
    ]


def test_every_point_accounts_for_every_account(compared: Comparison) -> None:
    ids = [a.id for a in compared.accounts]
    for point in compared.points:
        said, silent = [s.account for s in point.statements], [s.account for s in point.silences]
        assert sorted(said + silent) == sorted(ids)
        assert said == [i for i in ids if i in said]
        assert point.relation in RELATIONS
        assert (point.relation == "single") == (len(said) == 1)
        assert all(s.stance in STANCES for s in point.statements)
        assert all(s.reason in SILENCES for s in point.silences)
        assert 0 <= point.confidence <= 1
        assert point.label and point.reason


def test_no_passage_is_lost(compared: Comparison, ferry: tuple[AccountText, ...]) -> None:
    cited = {
        (x.source, at) for p in compared.points for s in p.statements for x in s.anchors for at in range(x.start, x.end)
    }
    for account in ferry:
        for passage in account.passages:
            assert all((account.account.source, at) in cited for at in range(passage.start, passage.end))


def test_clashes_are_found_with_their_words(compared: Comparison) -> None:
    contradictions = [p for p in compared.points if p.relation == "contradict"]
    reasons = " ".join(p.reason for p in contradictions)
    assert "bargain" in reasons
    assert "dozen men" in reasons or "burning" in reasons
    for point in contradictions:
        assert len({s.version for s in point.statements}) > 1
        assert any(s.clashes for s in point.statements)
        for s in point.statements:
            for number, start, end in s.clashes:
                assert 0 <= start < end <= s.anchors[number].end - s.anchors[number].start


def test_who_denies_denies_and_who_says_affirms(compared: Comparison, ferry: tuple[AccountText, ...]) -> None:
    points = [p for p in quoting(compared, ferry, "no bargain of any kind") if "bargain" in p.reason]
    stances = {s.account: s.stance for p in points for s in p.statements}
    assert stances[ferry[0].account.id] == "denies"
    assert stances[ferry[1].account.id] == "affirms"


def test_what_no_other_has_is_a_point_of_one_account(compared: Comparison, ferry: tuple[AccountText, ...]) -> None:
    (bees,) = quoting(compared, ferry, "kept bees")
    assert bees.relation == "single"
    assert {s.reason for s in bees.silences} == {"silent"}


def test_the_order_of_accounts_changes_nothing(
    ferry: tuple[AccountText, ...], event_of: EventOf, cite: Cite, encoder: Encoder
) -> None:
    event = event_of(ferry)
    one = compare_accounts(event, ferry, cite, encoder)
    assert one == compare_accounts(event, ferry[::-1], cite, encoder)
    assert one == compare_accounts(event, (ferry[1], ferry[2], ferry[0]), cite, encoder)


def test_without_an_encoder_words_alone_do(ferry: tuple[AccountText, ...], event_of: EventOf, cite: Cite) -> None:
    found = compare_accounts(event_of(ferry), ferry, cite)
    assert any(p.relation == "contradict" for p in found.points)


def test_a_lost_page_is_no_silence(tell: Telling, event_of: EventOf, cite: Cite, encoder: Encoder) -> None:
    accounts = (
        tell("Cask", "The lamp on the pier was burning.", "He paid for the salt."),
        tell("Brody", "The lamp on the pier was burning.", "ueddn !p", lost={1: "upside down"}),
    )
    found = compare_accounts(event_of(accounts), accounts, cite, encoder)
    (salt,) = quoting(found, accounts, "salt")
    assert [(s.reason, s.evidence) for s in salt.silences] == [("page lost", "page 1 of the file: upside down")]
    assert not quoting(found, accounts, "ueddn")


def test_the_chain_of_attribution_begins_with_the_teller(compared: Comparison) -> None:
    tellers = {a.id: a.teller for a in compared.accounts}
    assert all(s.attribution[0] == tellers[s.account] for p in compared.points for s in p.statements)


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_accounts_are_no_error(
    ferry: tuple[AccountText, ...], event_of: EventOf, cite: Cite, count: int
) -> None:
    found = compare_accounts(event_of(ferry), ferry[:count], cite)
    assert len(found.accounts) == count
    assert all(p.relation == "single" for p in found.points)


def test_points_are_named_alike_on_a_rerun(
    ferry: tuple[AccountText, ...], event_of: EventOf, cite: Cite, encoder: Encoder, compared: Comparison
) -> None:
    again = compare_accounts(event_of(ferry), ferry, cite, encoder)
    assert [p.id for p in again.points] == [p.id for p in compared.points]
    assert len({p.id for p in again.points}) == len(again.points)


def test_an_account_that_denies_what_the_others_say_makes_a_difference(
    tell: Telling, event_of: EventOf, cite: Cite, encoder: Encoder
) -> None:
    accounts = (
        tell("Cask", "An order to sail was given to the ferry.", "He paid for the salt."),
        tell("Brody", "The ferry was given no order to sail.", "It rained on the roof."),
        tell("Ellery", "The ferry was given an order to sail.", "My aunt had a goat."),
    )
    found = compare_accounts(event_of(accounts), accounts, cite, encoder)
    (point,) = {p.id: p for p in quoting(found, accounts, "no order to sail")}.values()
    assert point.relation in ("differ", "contradict")
    stances = {s.account: s.stance for s in point.statements}
    assert stances[accounts[1].account.id] == "denies"
    assert stances[accounts[0].account.id] == "affirms"
    assert "Brody" in point.reason
