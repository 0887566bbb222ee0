"""The order of the story."""

from hypothesis import given
from hypothesis import strategies as st

from testimonia.analysis.story import order_rows


def test_an_account_alone_keeps_its_order() -> None:
    assert order_rows([{0: 5}, {0: 1}, {0: 3}]) == [1, 2, 0]


def test_accounts_together_make_one_story() -> None:
    assert order_rows([{0: 9, 1: 9}, {0: 0}, {1: 4}, {0: 4, 1: 3}]) == [1, 3, 2, 0]


def test_no_rows_have_no_order() -> None:
    assert order_rows([]) == []


@given(st.lists(st.dictionaries(st.integers(0, 3), st.integers(0, 50), min_size=1), max_size=12))
def test_every_row_comes_once(rows: list[dict[int, int]]) -> None:
    assert sorted(order_rows(rows)) == list(range(len(rows)))
