"""The order of telling, and what a teller dropped or added. All invented."""

import doctest
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.web.conftest import Invented

from testimonia.model.comparison import Comparison
from testimonia.services import retellings as module
from testimonia.services.retellings import retellings, years_between


def told(*times: str | None, tellers: tuple[str, ...] = ("Wray", "Coates", "Pell")) -> Comparison:
    made = Invented().comparison()
    accounts = tuple(
        replace(a, told=t, published=None, teller=name)
        for a, t, name in zip(made.accounts, times, tellers, strict=True)
    )
    return replace(made, accounts=accounts)


def test_accounts_come_in_the_order_of_telling_the_undated_last() -> None:
    found = retellings(told("1899", None, "1884-03"))
    assert [(r.account.teller, r.years) for r in found] == [
        ("Pell", "the same year"),
        ("Wray", "15 years later"),
        ("Coates", ""),
    ]
    assert [r.again for r in found] == [None, None, None]


def test_what_one_teller_dropped_and_added_is_found() -> None:
    found = retellings(told("1884", "1899", "1885", tellers=("Th. Wray", "th.  WRAY", "Pell")))
    again = found[-1]
    assert again.again == found[0].account
    assert [p.id for p in again.dropped] == []
    assert again.kept == 3
    found = retellings(told("1884", "1885", "1899", tellers=("Wray", "Coates", "Wray")))
    again = found[-1]
    assert [p.id for p in again.dropped] == ["point-bell-0"]
    assert [p.id for p in again.added] == ["point-bank-0"]
    assert again.kept == 2


@pytest.mark.parametrize(
    ("event", "telling", "words"),
    [
        ("1884-02-03", "1885", "1 year later"),
        ("1884-02-03", "1883", "before it happened"),
        ("1884-02-03", "1890/1920", "6 to 36 years later"),
        ("1884-02-03", "nonsense", ""),
        ("1884-02-03", None, ""),
    ],
)
def test_the_distance_is_as_sure_as_the_dates(event: str, telling: str | None, words: str) -> None:
    assert years_between(event, telling) == words


def test_the_examples_hold() -> None:
    assert doctest.testmod(module).failed == 0
