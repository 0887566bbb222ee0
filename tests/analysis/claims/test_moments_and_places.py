"""When and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.analysis.claims.moments import find_moments
from testimonia.analysis.claims.places import find_places


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("at half past nine", "after midnight", True),
        ("about nine o'clock", "after dark", False),
        ("at six in the evening", "before noon", True),
        ("at six", "at six in the evening", False),
        ("on Tuesday", "on Friday", True),
        ("on 3 March 1911", "on 9 March 1911", True),
        ("in March 1911", "on 9 March 1911", False),
        ("at dawn", "at half past five in the morning", False),
        ("by noon", "at midnight", False),
    ],
)
def test_times_clash_where_they_cannot_both_be(one: str, other: str, clash: bool) -> None:
    first, second = find_moments(f"He came {one}."), find_moments(f"He came {other}.")
    assert first
    assert second
    assert any(a.clashes(b) for a in first for b in second if a.of == b.of) is clash


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("in my office", "in the garden of the legation", True),
        ("in the vestry", "in the church of Saint Olave", False),
        ("in the garden", "at the legation", False),
        ("in Port Ellim", "in Gravelines", True),
        ("in Port Ellim", "in the port", False),
        ("on board the dredger", "in the vestry", True),
    ],
)
def test_places_clash_where_none_holds_the_other(one: str, other: str, clash: bool) -> None:
    first, second = find_places(f"They met {one}."), find_places(f"They met {other}.")
    assert any(a.clashes(b) for a in first for b in second) is clash


def test_months_are_no_places() -> None:
    assert find_places("It was signed in March.") == ()


@given(st.text(max_size=80))
def test_times_and_places_lie_inside_any_text(text: str) -> None:
    stretches = [(m.start, m.end) for m in find_moments(text)] + [(p.start, p.end) for p in find_places(text)]
    assert all(0 <= start < end <= len(text) for start, end in stretches)
