"""What expressions of time come to beside a document's date and the dates told before."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.chronology.context import Context, Reference, Resolution
from testimonia.chronology.expressions import find_expressions
from testimonia.chronology.extent import Extent, extent_of, iso, of_days
from testimonia.chronology.resolution import resolve


def reference(edtf: str) -> Reference:
    extent = extent_of(edtf)
    assert extent is not None
    return Reference(extent=extent, start=0, end=1)


def read(text: str, context: Context) -> Resolution:
    (only,) = find_expressions(text)
    return resolve(only.meaning, context)


# A Friday.
WRITTEN = Context(document=reference("1907-05-03"))


@pytest.mark.parametrize(
    ("printed", "edtf", "value"),
    [
        ("late tonight", "1907-05-03", "1907-05-03TNI"),
        ("yesterday", "1907-05-02", "1907-05-02"),
        ("the next day (Saturday)", "1907-05-04", "1907-05-04"),
        ("9/IV-07", "1907-04-09", "1907-04-09"),
        ("the second half of November 1906", "1906-11-16/1906-11-30", "1906-11"),
        ("in the first two weeks of April", "1907-04-01/1907-04-14", "1907-04"),
        ("the last week of April", "1907-04-24/1907-04-30", "1907-04"),
        ("four to five months", None, "P4M/P5M"),
        ("two and a half years", None, "P2.5Y"),
        ("half an hour", None, "PT30M"),
        ("last week", "1907-04-22/1907-04-28", "1907-W17"),
        ("next month", "1907-06", "1907-06"),
        ("this year", "1907", "1907"),
        ("last winter", "1906-24", "1906-WI"),
        ("on Wednesday", "1907-05-01", "1907-05-01"),
        ("last Friday", "1907-04-26", "1907-04-26"),
        ("next Friday", "1907-05-10", "1907-05-10"),
        ("two days ago", "1907-05-01", "1907-05-01"),
        ("three years ago", "1904~", "1904"),
        ("on December 11", "1906-12-11", "1906-12-11"),
        ("on December.11 and not before", "1906-12-11", "1906-12-11"),
        ("in December.11 He left", "1906-12", "1906-12"),
        ("11 февраля 1906 г.", "1906-02-11", "1906-02-11"),
        ("den 11. März 1906", "1906-03-11", "1906-03-11"),
        ("le 1er août 1906", "1906-08-01", "1906-08-01"),
        ("25 October 1906 (O.S.)", "1906-11-07", "1906-11-07"),
        ("11 February 1731/32", "1732-02-11", "1732-02-11"),
        ("1906-07", "1906/1907", "1906/1907"),
        ("the 1890s", "189X", "189"),
        ("the nineteenth century", "18XX", "18"),
        ("the third quarter of 1906", "1906-35", "1906-Q3"),
        ("spring 1906", "1906-21", "1906-SP"),
        ("ca. 1890", "1890~", "1890"),
        ("recently", None, "PAST_REF"),
        ("every Monday", None, "XXXX-WXX-1"),
        ("daily", None, "P1D"),
        ("this morning", "1907-05-03", "1907-05-03TMO"),
        ("7 p.m.", "1907-05-03T19:00:00", "1907-05-03T19:00"),
        ("031605Z MAY 07", "1907-05-03T16:05:00Z", "1907-05-03T16:05Z"),
        ("at 1930 hours", "1907-05-03T19:30:00", "1907-05-03T19:30"),
    ],
)
def test_what_is_printed_comes_to(printed: str, edtf: str | None, value: str) -> None:
    found = read(printed, WRITTEN)
    assert (found.edtf, found.value) == (edtf, value)


def test_a_place_and_its_summer_time_put_times_in_order() -> None:
    moscow = read("7 p.m. Moscow time, October 26, 1962", Context())
    washington = read("9:15 p.m. October 26, 1962", Context(place="Washington"))
    assert moscow.extent and washington.extent
    assert iso(moscow.extent.earliest) == "1962-10-26T16:00:00Z"
    assert iso(washington.extent.earliest) == "1962-10-27T01:15:00Z"
    assert moscow.extent.latest < washington.extent.earliest


def test_about_widens_a_time() -> None:
    exact, rough = read("7:15 p.m.", WRITTEN), read("about 7:15 P.M.", WRITTEN)
    assert exact.extent and rough.extent
    assert rough.extent.covers(exact.extent) and not exact.extent.covers(rough.extent)


def test_what_could_be_read_two_ways_keeps_both() -> None:
    found = read("7/8/1907", WRITTEN)
    assert found.edtf == "1907-07-08" and found.rivals == ("1907-08-07",)
    assert found.extent and iso(found.extent.latest) == "1907-08-07T23:59:59"


def test_a_weekday_of_another_day_is_said() -> None:
    found = read("Monday, 3 May 1907", Context())
    assert found.edtf == "1907-05-03?" and "1907-05-06" in found.rivals and found.confidence <= 0.5


def test_a_stretch_of_the_clock_runs_from_its_first_time_to_its_last() -> None:
    found = read("11 a.m.-12:15 p.m., May 3, 1907", WRITTEN)
    assert found.edtf == "1907-05-03T11:00:00"
    assert found.extent and iso(found.extent.latest) == "1907-05-03T12:15:59"


def test_a_day_that_no_year_about_has_is_not_dated() -> None:
    assert read("last February 29", WRITTEN).edtf in (None, "1904-02-29")


def test_without_a_date_to_count_from_nothing_is_dated() -> None:
    for printed in ("the next day", "last week", "on Friday", "7 p.m.", "October 27", "two days later"):
        assert read(printed, Context()).edtf is None


def test_what_is_counted_from_the_day_told_last_says_so() -> None:
    told = reference("1906-02-01")
    found = read("the next day", Context(document=WRITTEN.document, near=told))
    assert found.edtf == "1906-02-02" and found.leaned == (told,)


@pytest.mark.parametrize(
    "text",
    [
        "see pp. 40-41 and 1907",
        "telegram 1907 of that series",
        "31 June 1907",
        "she may march on",
        "a second quarter",
        "1907 men",
        "1200 B.C.",
        "$1907",
        "No. 1907",
        "it sank in 41 fathoms",
        "1907-type lamps",
        "7.30 metres",
    ],
)
def test_nothing_is_invented(text: str) -> None:
    found = [resolve(e.meaning, WRITTEN) for e in find_expressions(text)]
    assert [f.edtf for f in found if f.edtf is not None] == []


BITS = ["9999", "0001-01-01", "31", ",", ".", "(", ")", "-", "/", "12:30", "p.m.", "of", "the", "May"]
DAYS = st.dates(min_value=date(1700, 1, 1), max_value=date(2100, 1, 1))
RELATIVE = st.sampled_from(
    [
        "the next day", "yesterday", "last week", "next month", "this year", "two days later", "three weeks earlier",
        "about two months ago", "five years later", "late tonight", "that evening", "on Friday", "last Tuesday",
        "about 7:15 p.m.", "the past decade", "October 27", "the second half of November", "early next year",
        "last spring",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(day=DAYS, before=st.integers(0, 40), after=st.integers(0, 40), printed=RELATIVE)
def test_uncertainty_only_widens(day: date, before: int, after: int, printed: str) -> None:
    (expression,) = find_expressions(printed)
    exact = of_days(day, day)
    vague = of_days(day - timedelta(days=before), day + timedelta(days=after))

    def within(extent: Extent) -> Extent | None:
        told = Reference(extent=extent, start=0, end=1)
        return resolve(expression.meaning, Context(document=told, near=told, near_year=told)).extent

    narrow, wide = within(exact), within(vague)
    assert narrow is not None
    assert wide is None or wide.covers(narrow)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    last = 0
    for expression in find_expressions(text):
        assert last <= expression.start < expression.end <= len(text)
        last = expression.end
        found = resolve(expression.meaning, WRITTEN)
        assert found.extent is None or found.extent.earliest <= found.extent.latest


@settings(deadline=None)
@given(st.lists(RELATIVE | st.sampled_from(BITS), max_size=12))
def test_any_order_of_words_of_time_is_read_without_an_error(words: list[str]) -> None:
    for expression in find_expressions(" ".join(words)):
        resolve(expression.meaning, WRITTEN)
        resolve(expression.meaning, Context(document=reference("0001"), near=reference("9999-12-31")))
