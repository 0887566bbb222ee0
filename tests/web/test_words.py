"""Dates, pages and hostile characters in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from testimonia.web.jobs import time_left_s
from testimonia.web.words import cut_words, date_words, duration_words, page_words, shown, size_words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1884", "1884"),
        ("1884-02", "February 1884"),
        ("1884-02-03", "3 February 1884"),
        ("1884-02-03T21:40", "3 February 1884, 21:40"),
        ("1899~", "about 1899"),
        ("1899?", "perhaps 1899"),
        ("1899%", "perhaps about 1899"),
        ("1899/1902-05", "1899 to May 1902"),
        ("../1902", "before 1902"),
        ("1899/..", "after 1899"),
        ("188X", "the 1880s"),
        ("18XX", "the years 1800 to 1899"),
        ("[1884-02-03,1884-02-05]", "3 February 1884 or 5 February 1884"),
        ("1884-21", "spring 1884"),
        ("1884-99", "1884-99"),
        ("", ""),
    ],
)
def test_dates_are_said_in_words(edtf: str, words: str) -> None:
    assert date_words(edtf) == words


@pytest.mark.parametrize(
    ("label", "words"), [("Page 3 of 15", "p. 3"), ("p. 88", "p. 88"), ("f. 3v", "f. 3v"), (None, "file p. 5")]
)
def test_pages_are_cited_by_what_is_printed(label: str | None, words: str) -> None:
    assert page_words(label, 4) == words


def test_controls_and_overrides_become_visible() -> None:
    assert (
        shown("a\x00b\x1b\x85\u202ec\ud800\n\t")
        == "a\u2400b\u241b\u27e8U+0085\u27e9\u27e8U+202E\u27e9c\u27e8U+D800\u27e9\n\t"
    )
    assert shown(7) == 7
    assert shown(Markup("<b>\u202e</b>")) == "<b>\u202e</b>"


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_a_document_holds_can_be_sent(text: str) -> None:
    printed = shown(text)
    assert isinstance(printed, str)
    printed.encode("utf-8")


@given(st.text(), st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40))))
def test_cutting_loses_no_word(text: str, stretches: list[tuple[int, int]]) -> None:
    assert "".join(w.text for w in cut_words(text, [(max(a, 0), b) for a, b in stretches])) == text


@pytest.mark.parametrize(("elapsed_s", "words"), [(0.2, "1 s"), (61, "61 s"), (600, "10 min"), (9000, "2.5 h")])
def test_durations_are_rough(elapsed_s: float, words: str) -> None:
    assert duration_words(elapsed_s) == words


@pytest.mark.parametrize(("size", "words"), [(0, "0 bytes"), (2048, "2 KiB"), (5 << 20, "5 MiB"), (3 << 30, "3.0 GiB")])
def test_sizes_are_rough(size: int, words: str) -> None:
    assert size_words(size) == words


def test_time_left_follows_the_speed_so_far() -> None:
    assert time_left_s("1902-05-06T07:00:00Z", "1902-05-06T07:00:30Z", 3, 9) == 60
    assert time_left_s("1902-05-06T07:00:00Z", "1902-05-06T07:00:30Z", 0, 9) is None
    assert time_left_s("1902-05-06T07:00:00Z", "1902-05-06T07:00:30Z", 9, 9) is None
    assert time_left_s("1902-05-06T07:00:00Z", "1902-05-06T07:00:00Z", 3, 9) is None
    assert time_left_s("1902-05-06T07:00:00Z", "1902-05-06T07:00:30Z", 3, None) is None
