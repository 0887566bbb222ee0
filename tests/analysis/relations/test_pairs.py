"""Invented pairs of statements: what clashes, kind by kind, and what can both be true.

Each line of pairs.jsonl has two sentences, what they should be, and the half that it belongs to: rules were tuned on
`tune`, and `kept` was only counted. `benchmarks.clashes` prints the figures of both. The floors here are what was
measured, so that a change that loses some is seen.
"""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from testimonia.analysis.claims.find import find_claims
from testimonia.analysis.relations import relate
from testimonia.analysis.told import AccountText

PAIRS = [json.loads(x) for x in Path(__file__).with_name("pairs.jsonl").read_text(encoding="utf-8").splitlines()]
Telling = Callable[..., AccountText]


def relation(tell: Telling, one: str, other: str, *, turned: bool = False) -> str:
    accounts = [tell("Ames", one), tell("Birk", other)][:: -1 if turned else 1]
    claims = [find_claims(a).claims for a in accounts]
    tellers = [a.account.teller for a in accounts]
    return relate([a.passages for a in accounts], tellers, frozenset(), 0.1, claims).relation


@pytest.mark.parametrize(("half", "relations", "clashes"), [("tune", 35, 36), ("kept", 24, 30)])
def test_pairs_are_related_as_often_right_as_measured(tell: Telling, half: str, relations: int, clashes: int) -> None:
    right: Counter[str] = Counter()
    for pair in (p for p in PAIRS if p["half"] == half):
        found = relation(tell, pair["one"], pair["other"])
        right["relation"] += found == pair["expected"]
        right["clash"] += (found == "contradict") == (pair["expected"] == "contradict")
    assert right["relation"] >= relations
    assert right["clash"] >= clashes


def test_the_order_of_two_accounts_changes_nothing(tell: Telling) -> None:
    for pair in PAIRS:
        one, other = pair["one"], pair["other"]
        assert relation(tell, one, other) == relation(tell, one, other, turned=True), pair


def test_both_halves_have_every_kind_clashing_and_not() -> None:
    held = {(p["half"], p["kind"], p["expected"] == "contradict") for p in PAIRS if p["kind"] != "same"}
    assert len(held) == 2 * 2 * len({p["kind"] for p in PAIRS if p["kind"] != "same"})
