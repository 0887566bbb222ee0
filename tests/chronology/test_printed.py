"""Dates as printed: what the grammar reads, and what it declines."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.chronology.printed import before, find_dates, find_years


@pytest.mark.parametrize(
    ("printed", "edtf"),
    [
        ("9 April 1907", "1907-04-09"),
        ("the 9th of April, 1907", "1907-04-09"),
        ("April 9, 1907", "1907-04-09"),
        ("Apr. 9th, 1907", "1907-04-09"),
        ("Sunday, 9 April 1907:", "1907-04-09"),
        ("9-10 April 1907", "1907-04-09/1907-04-10"),
        ("April 9–10, 1907", "1907-04-09/1907-04-10"),
        ("April 30 - May 2, 1907", "1907-04-30/1907-05-02"),
        ("30 April - 2 May 1907", "1907-04-30/1907-05-02"),
        ("9/IV-07", "1907-04-09"),
        ("9.IV.1907", "1907-04-09"),
        ("1907-04-09", "1907-04-09"),
        ("9.4.1907", "1907-04-09"),
        ("19/4/1907", "1907-04-19"),
        ("4/19/1907", "1907-04-19"),
        ("April 1907", "1907-04"),
        ("Spring 1907", "1907-21"),
        ("Fall 1907", "1907-23"),
        ("April 9, 1907, 7 p.m.", "1907-04-09T19:00:00"),
        ("9 April 1907, 12:05 a.m.", "1907-04-09T00:05:00"),
    ],
)
def test_printed_forms(printed: str, edtf: str) -> None:
    (date,) = find_dates(printed)
    assert date.edtf == edtf
    assert printed[date.start : date.end].strip(" :,") in printed


@pytest.mark.parametrize(
    "printed",
    [
        "31 June 1907",
        "29 February 1907",
        "3/4/1907",
        "9/XIV-07",
        "10-9 April 1907",
        "1907-13-01",
        "pp. 12-1907",
        "May I",
        "",
    ],
)
def test_declines_what_is_no_certain_date(printed: str) -> None:
    assert find_dates(printed) == ()


@pytest.mark.parametrize(("near", "edtf"), [(None, "1907-04-09"), (1810, "1807-04-09"), (1899, "1907-04-09")])
def test_year_of_two_figures_takes_the_nearest_century(near: int | None, edtf: str) -> None:
    assert [d.edtf for d in find_dates("9/IV-07", near)] == [edtf]


def test_dates_come_in_order_and_do_not_overlap() -> None:
    text = "From May 1907 to 9 April 1908, and in Spring 1910."
    found = find_dates(text)
    assert [d.edtf for d in found] == ["1907-05", "1908-04-09", "1910-21"]
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_years_say_doubt_and_leave_page_ranges_alone() -> None:
    assert [d.edtf for d in find_years("1990, 1991, [1992?], ca. 1850, pp. 12-1999, No.1907, 19075")] == [
        "1990",
        "1991",
        "1992?",
        "1850~",
    ]


def test_open_interval_before_publication() -> None:
    assert before(987) == "../0987"


@given(st.dates(min_value=datetime.date(1000, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_day_is_read_in_both_english_orders(day: datetime.date) -> None:
    name = day.strftime("%B")
    for printed in (f"{day.day} {name} {day.year}", f"{name} {day.day}, {day.year}"):
        assert [d.edtf for d in find_dates(printed)] == [day.isoformat()]


@given(st.text(alphabet="0123456789 /.-IVXMaySpring,–", max_size=60))
def test_no_text_breaks_the_grammar(text: str) -> None:
    for date in (*find_dates(text), *find_years(text)):
        assert 0 <= date.start < date.end <= len(text)
        assert 1000 <= date.year <= 2099
