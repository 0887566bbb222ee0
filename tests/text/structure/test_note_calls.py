"""Calls of notes among all the other numbers of a text, and the runs of notes that they call."""

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.text.recovered import Recovered
from testimonia.text.structure.calls import Call, best_chain, possible_calls
from testimonia.text.structure.find import find_structure
from testimonia.text.structure.note_bodies import note_start

Made = Callable[..., Recovered]

TEXT = "The keepers wrote the hour into the book, and the bell rang twice over the quay"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("the archives.1", [1]),
        ("printed elsewhere4 and omitted", [4]),
        ("a second boat.7 The bell", [7]),
        ("in 1990,23 followed", [23]),
        ('spoiling for a "fight."12', [12]),
        ("said “no.”3", [3]),
        ("(see below).11", [11]),
        ("the lamp¹² was out", [12]),
        ("the lamp[3] was out", [3]),
        ("the lamp was out. 5 The bell", [5]),
    ],
)
def test_calls_as_ocr_leaves_them(text: str, numbers: list[int]) -> None:
    assert [c.number for c in possible_calls(text)] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "in the year 1907 and 1908",
        "4-5 months, 2-3 people",
        "the U-2 and the Il-28s",
        "issue no.5 (Spring)",
        "pp.40-41, vol.3, p.512",
        "at 7:45.1 told",
        "3.5 miles, 10,000 men, $5 and 30%",
        "the MI6 man in room B12",
        "the summer of '62",
        "12 m² of sail",
        "the 2nd and 3rd boats",
        "[1907] and [12345]",
    ],
)
def test_other_numbers_are_no_calls(text: str) -> None:
    assert [c for c in possible_calls(text) if c.weight > 0] == []


def call(number: int, at: int, weight: float = 1.0) -> Call:
    return Call(number=number, start=at, end=at + 1, weight=weight)


def test_chain_passes_over_numbers_out_of_order() -> None:
    chain = best_chain([call(n, i) for i, n in enumerate((1, 40, 2, 7, 3, 1, 4))])
    assert [c.number for c in chain] == [1, 2, 3, 4]


def test_chain_bridges_a_lost_call_and_takes_a_doubtful_one_to_fill_it() -> None:
    assert [c.number for c in best_chain([call(1, 0), call(2, 1), call(4, 2), call(5, 3)])] == [1, 2, 4, 5]
    doubtful = [call(1, 0), call(2, 1), call(3, 2, -0.3), call(4, 3), call(5, 4, -0.3)]
    assert [c.number for c in best_chain(doubtful)] == [1, 2, 3, 4]


def test_no_calls_no_chain() -> None:
    assert best_chain([]) == ()
    assert best_chain([call(30, 0), call(31, 1)]) == ()


@given(st.lists(st.tuples(st.integers(1, 40), st.sampled_from((1.0, 0.7, 0.4, -0.3))), max_size=60))
def test_chains_rise_in_number_and_place(found: list[tuple[int, float]]) -> None:
    chain = best_chain([call(n, i, w) for i, (n, w) in enumerate(found)])
    assert all(a.number < b.number and a.start < b.start for a, b in itertools.pairwise(chain))


@given(st.integers(1, 120))
def test_a_clean_chain_is_found_whole(count: int) -> None:
    assert [c.number for c in best_chain([call(n, n) for n in range(1, count + 1)])] == list(range(1, count + 1))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 Books that", 1),
        ("2. See", 2),
        ("3. see", 3),
        ("4) The log", 4),
        ("[5] the log", 5),
        ("(6) The log", 6),
        ("¹² The log", 12),
        ('7 "The log"', 7),
        ("l Books that", 1),
        ("1 said nothing", None),
        ("11 / 21/2002", None),
        ("9 April 1907 was a Sunday", None),
        ("1:1 In the beginning", None),
        ("1907 was a year", None),
        ("2-3 people", None),
        ("3.5 miles", None),
        ("I went there", None),
        ("12", None),
        ("", None),
    ],
)
def test_note_starts(text: str, number: int | None) -> None:
    assert note_start(text) == number


def page(number: int, total: int, calls: tuple[int, ...], notes: tuple[int, ...]) -> str:
    text = "".join(f"{TEXT}.{n}\n{TEXT}.\n\n" for n in calls)
    return f"\fPage {number} of {total}\n\n{text}" + "".join(f"{n} See the log of page {number}.\n\n" for n in notes)


def test_notes_at_the_foot_of_pages_may_start_again_on_each(made: Made) -> None:
    found = find_structure(made("".join(page(n, 3, (1, 2), (1, 2)) for n in (1, 2, 3))))
    assert [(n.label, n.anchors[0].page_index, n.called_at[0].page_index) for n in found.notes] == [
        (label, index, index) for index in (0, 1, 2) for label in ("1", "2")
    ]
    assert all(n.text.startswith("See the log of page") and n.text.endswith(".") for n in found.notes)


def test_notes_at_the_foot_of_pages_may_count_on(made: Made) -> None:
    found = find_structure(made("".join(page(n, 4, (2 * n - 1, 2 * n), (2 * n - 1, 2 * n)) for n in (1, 2, 3, 4))))
    assert [n.label for n in found.notes] == [str(n) for n in range(1, 9)]
    assert all(n.called_at and n.called_at[0].page_index == n.anchors[0].page_index for n in found.notes)
    assert not found.gaps


def test_notes_after_each_chapter_are_called_in_their_chapter(made: Made) -> None:
    chapter = (
        f"\n\n\nWhat the Keepers Saw\n\n{TEXT}.1\n{TEXT}.2\n{TEXT}.\n\nNotes\n\n1 The log, 12.\n\n2 The log, 40.\n\n"
    )
    found = find_structure(made("The Lamp\n\nby Anna Moe\n\n" + 3 * chapter))
    assert [n.label for n in found.notes] == ["1", "2"] * 3
    lines = [n.called_at[0].first_line for n in found.notes]
    assert lines == sorted(lines) and len(set(lines)) == 6


def test_note_without_a_call_says_so_and_is_no_gap(made: Made) -> None:
    text = f"{TEXT}.1\n{TEXT}.\n{TEXT}.3\n\nNotes\n\n1 The log.\n\n2 The book.\n\n3 The bell.\n"
    found = find_structure(made("The Lamp\n\nby Anna Moe\n\n" + text))
    second = found.notes[1]
    assert second.called_at == () and "no call" in second.reason and not found.gaps


def test_starred_note_is_linked_on_its_page_and_bullets_are_none(made: Made) -> None:
    text = f"The Lamp*\n\nby Anna Moe\n\n{TEXT}.*\n{TEXT}.\n{TEXT}.\n\n* Read at the harbour school.\n"
    (note,) = find_structure(made(text)).notes
    assert (note.label, note.text) == ("*", "Read at the harbour school.")
    bullets = f"{TEXT}.*\n{TEXT}.\n{TEXT}.\n\n* the lamp;\n\n* the bell;\n\n* and the boat.\n"
    assert find_structure(made(bullets)).notes == ()


def test_calls_without_any_note_are_gaps(made: Made) -> None:
    text = "".join(f"{TEXT}.{n}\n{TEXT}.\n{TEXT}.\n\n" for n in range(1, 7))
    found = find_structure(made("The Lamp\n\nby Anna Moe\n\n" + text))
    assert [g.label for g in found.gaps] == [str(n) for n in range(1, 7)]
