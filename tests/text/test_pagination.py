"""Where pages begin, from the text alone; and where nothing shows pages, there is one."""

import random
from collections.abc import Callable

import pytest

from testimonia.text.lines import LineTable
from testimonia.text.pagination import flows, page_begins
from testimonia.text.recovery_rows import Rows

Prose = Callable[..., list[str]]
Frame = Callable[[int, int], tuple[list[str], list[str]]]

FRAMES: dict[str, Frame] = {
    "a number at the foot": lambda n, of: ([], [str(n)]),
    "a number in dashes": lambda n, of: ([], [f"- {n} -"]),
    "a label with a total": lambda n, of: ([], [f"Page {n} of {of}"]),
    "a fraction": lambda n, of: ([f"{n}/{of}"], []),
    "a label run into the head": lambda n, of: ([f"The Harbour Inquiry: a night Page {n} of {of}"], []),
    "left and right heads": lambda n, of: ([f"{n} THE NIGHT WATCH" if n % 2 == 0 else f"A HARBOUR MEMOIR {n}"], []),
    "a web print": lambda n, of: (
        ["The Harbour Inquiry", f"Page {n} of {of}"],
        ["http://archive.example/inquiry/b8-9a31.htm", "11/21/2002"],
    ),
    "a web print without labels": lambda n, of: (
        ["The Harbour Inquiry"],
        ["http://archive.example/b8.htm", "11/2/2002"],
    ),
    "a title before the total": lambda n, of: ([f"Harbour Office {n} of {of}"], []),
    "a note above the number": lambda n, of: ([], ["", f"{n} See the pilot's letter, p. {n * 3 % 7}.", "", str(n)]),
    "one line at head and foot": lambda n, of: (["SECRET"], ["SECRET"]),
    "a running head": lambda n, of: (["THE HARBOUR INQUIRY"], []),
}


def paged(prose: Prose, frame: Frame, pages: int, gap: int) -> tuple[str, list[int]]:
    """A text of so many pages in a frame, with so many blank lines around it; and the lines that begin pages."""
    lines: list[str] = []
    begins = []
    body = prose(3, 33 * pages)
    for n in range(1, pages + 1):
        head, foot = frame(n, pages)
        begins.append(len(lines) + 1)
        lines += [*head, *[""] * (gap if head else 0), *body[33 * n - 33 : 33 * n], *[""] * (gap if foot else 0), *foot]
        lines += [""] * (3 * gap if gap > 1 else 0)
    return "\n".join(lines), begins


def begin_lines(text: str) -> list[int]:
    rows = Rows(text, LineTable(text))
    return [rows.numbers[row] for row in page_begins(rows)]


@pytest.mark.parametrize("gap", [0, 1, 3])
@pytest.mark.parametrize("name", FRAMES)
def test_pages_are_found_by_their_frames(prose: Prose, name: str, gap: int) -> None:
    text, begins = paged(prose, FRAMES[name], 7, gap)
    assert begin_lines(text) == begins


@pytest.mark.parametrize("name", ["a label with a total", "a number at the foot", "a web print", "a running head"])
def test_three_pages_are_enough(prose: Prose, name: str) -> None:
    text, begins = paged(prose, FRAMES[name], 3, 1)
    assert begin_lines(text) == begins


def test_pages_are_found_by_long_gaps_alone(prose: Prose) -> None:
    text, begins = paged(prose, lambda n, of: ([], []), 6, 3)
    assert begin_lines(text) == begins


def test_a_page_whose_label_is_lost_is_found_by_the_lines_around(prose: Prose) -> None:
    text, begins = paged(prose, FRAMES["a web print"], 7, 1)
    lines = text.split("\n")
    lines[begins[3] - 1 : begins[3] + 1] = ["‘jnoqjBq 3q1", "L jo t7 eBed"]
    assert begin_lines("\n".join(lines)) == begins


def test_pages_whose_labels_are_lost_are_parted_at_the_gaps_between(prose: Prose) -> None:
    text, begins = paged(prose, FRAMES["a number at the foot"], 9, 2)
    text = text.replace("\n4\n", "\n\n").replace("\n7\n", "\n\n")
    assert begin_lines(text) == begins


def test_a_report_numbered_from_its_second_page(prose: Prose) -> None:
    text, begins = paged(prose, lambda n, of: ([f"- {n} -"] if n > 1 else ["REPORT ON THE HARBOUR"], []), 7, 1)
    assert begin_lines(text) == begins


def test_front_matter_in_roman_numbers(prose: Prose) -> None:
    numbers = ["i", "ii", "iii", "iv", "v", "1", "2", "3", "4", "5", "6"]
    text, begins = paged(prose, lambda n, of: ([], [numbers[n - 1]]), 11, 1)
    assert begin_lines(text) == begins


def test_two_articles_in_one_file_keep_their_pages(prose: Prose) -> None:
    one, begins = paged(prose, FRAMES["a label with a total"], 4, 1)
    two, more = paged(prose, FRAMES["a web print"], 4, 1)
    assert begin_lines(f"{one}\n{two}") == [*begins, *(len(one.split("\n")) + b for b in more)]


def test_an_article_of_two_pages_is_known_by_the_wording_of_its_labels(prose: Prose) -> None:
    def frame(n: int, of: int) -> tuple[list[str], list[str]]:
        return [], [f"Page {n} of {of}"]

    one, begins = paged(prose, frame, 4, 1)
    two, more = paged(prose, frame, 2, 1)
    assert begin_lines(f"{one}\n{two}") == [*begins, *(len(one.split("\n")) + b for b in more)]


def without_pages(prose: Prose) -> dict[str, str]:
    rng = random.Random(5)

    def chapter(seed: int, lines: int) -> str:
        return "\n".join(prose(seed, lines, ends=True))

    return {
        "chapters with Roman numbers": "\n\n\n".join(f"{'I' * n}\n\n{chapter(n, 40)}" for n in range(1, 4)),
        "chapters with numbers": "\n\n\n\n".join(f"{n}\n\n{chapter(n, 40)}" for n in range(1, 9)),
        "chapters with words": "\n\n\n\n".join(f"CHAPTER {n}\n\n{chapter(n, 40)}" for n in range(1, 9)),
        "parts that count": "\n\n".join(f"Part {n} of 8\n\n{chapter(n, 30)}" for n in range(1, 9)),
        "a refrain": "\n\n".join(
            "\n".join([*(x.capitalize() + "," for x in prose(n, 11, width=38)), "And the harbour lay still."])
            for n in range(12)
        ),
        "questions and answers": "\n".join(f"Q. {prose(n, 1)[0]}?\nA. I don't recall.\n" for n in range(60)),
        "letters of one length": "\n\n\n\n".join(
            f"SECRET\n\nDear Harbour Master,\n\n{chapter(n, 25)}\n\nYours faithfully,\n\nThe Pilot" for n in range(12)
        ),
        "a table": "\n".join(f"{n}   {rng.randint(100, 999)}   {rng.choice('abc')}" for n in range(1, 90)),
        "numbers only": "\n".join(map(str, range(1, 90))),
        "a list of contents": "\n".join(f"{' '.join(prose(n, 1, width=30))} ..... {n * 7}" for n in range(1, 40)),
        "verses": "\n".join(f"{c}:{v} {' '.join(prose(c * v, 1 + v % 3))}" for c in (1, 2) for v in range(1, 40)),
        "one line again and again": "\n".join(["the same line once more and"] * 500),
        "nothing": "",
        "white space": " \n\n\t\n",
    }


def test_what_comes_back_without_being_furniture_makes_no_pages(prose: Prose) -> None:
    found = {name: begin_lines(text) for name, text in without_pages(prose).items() if text.strip()}
    assert {name for name, begins in found.items() if len(begins) > 1} == set()


def test_no_rows_are_one_page() -> None:
    assert page_begins(Rows("", LineTable(""))) == [0]


def test_a_sentence_goes_on_only_from_prose_to_prose() -> None:
    assert flows("and then the harbour", "master of it came")
    assert not flows("And so it was over.", "then he came down")
    assert not flows("a table   4.50", "pilot")
