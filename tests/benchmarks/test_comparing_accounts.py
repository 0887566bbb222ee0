"""Are the accounts that the comparison is timed on what they say they are, and are its bounds judged right?"""

import importlib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def benchmark_of_comparison(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT)
    return importlib.import_module("benchmarks.comparison")


def test_accounts_are_as_long_as_asked_and_always_the_same(benchmark_of_comparison: ModuleType) -> None:
    told = benchmark_of_comparison.tellings(3, 1000)
    assert told == benchmark_of_comparison.tellings(3, 1000)
    assert len({str(t) for t in told}) == 3
    for paragraphs in told:
        assert 700 <= len(" ".join(paragraphs).split()) <= 1400


def test_an_account_is_read_into_its_sentences(benchmark_of_comparison: ModuleType) -> None:
    account = benchmark_of_comparison.account(1, ["The lamp was burning. Nobody saw it.", "He left."])
    assert [p.text for p in account.passages] == ["The lamp was burning.", "Nobody saw it.", "He left."]


@pytest.mark.parametrize(
    ("size", "points_s", "whole_s", "peak_mb", "missed"),
    [
        ("7x700", 2.9, 2.9, 9000, 0),
        ("7x700", 1.0, 3.1, 100, 1),
        ("8x20000", 61, 0, 2001, 2),
        ("2x2000", 99, 99, 9000, 0),
    ],
)
def test_only_what_is_beyond_a_bound_is_missed(
    benchmark_of_comparison: ModuleType, size: str, points_s: float, whole_s: float, peak_mb: float, missed: int
) -> None:
    run = benchmark_of_comparison.Run(
        size=size, groups=1, points_s=points_s, whole_s=whole_s, floor_s=1.0, peak_mb=peak_mb
    )
    assert len(benchmark_of_comparison.missed_bounds([run])) == missed
