"""Which lines were printed upside down?"""

import random
import string
from collections.abc import Callable

import pytest

from testimonia.text.lines import LineTable
from testimonia.text.recovery_rows import Rows
from testimonia.text.turned.finding import TurnedRows, find_turned

Turn = Callable[..., list[str]]


def found_in(lines: list[str] | tuple[str, ...], begins: tuple[int, ...] = ()) -> tuple[TurnedRows, ...]:
    text = "\n".join(lines)
    return find_turned(Rows(text, LineTable(text)), begins)


def test_a_turned_page_amid_prose_has_its_exact_first_and_last_line(
    upside_down: Turn, upright: tuple[str, ...]
) -> None:
    turned = upside_down()
    (found,) = found_in([*upright, "", "7", "", "", "", *turned, "", "", "", "8", "", *upright])
    assert (found.stretch.first_line, found.stretch.last_line) == (18, 29)
    assert 0.5 <= found.stretch.confidence <= 1
    assert "stand on their heads" in found.stretch.reason


def test_a_turned_page_alone_is_found(upside_down: Turn) -> None:
    (found,) = found_in(upside_down())
    assert (found.stretch.first_line, found.stretch.last_line) == (1, 12)


def test_two_turned_pages_are_two(upside_down: Turn) -> None:
    found = found_in([*upside_down(), *upside_down(seed=6)], (0, 12))
    assert [(f.stretch.first_line, f.stretch.last_line) for f in found] == [(1, 12), (13, 24)]


def test_an_address_that_other_pages_have_does_not_belong_to_the_turned_page(upside_down: Turn) -> None:
    foot = "http://archive.example/~buI1etin/qxz.htm"
    (found,) = found_in([foot, *upside_down(), foot])
    assert (found.stretch.first_line, found.stretch.last_line) == (2, 13)


def test_upright_text_is_not_found(upright: tuple[str, ...]) -> None:
    assert found_in(upright * 5) == ()


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("",),
        ("\u200b", "\x00", " "),
        tuple(line[::-1] for line in ("the quick brown fox of the house",) * 20),
        ("Пароход пришёл в гавань до полуночи, и никто на набережной не видел сигнала.",) * 20,
        ("船は真夜中前に港に入り、岸壁の誰も信号を見なかった。",) * 20,
        ("def found(self, *, at: int) -> dict[str, int]: return {k: v[at] for k, v in self._rows.items() if v}",) * 20,
    ],
)  # fmt: skip
def test_what_is_no_print_upside_down_is_not_found(lines: tuple[str, ...]) -> None:
    assert found_in(lines) == ()


def test_noise_is_not_found() -> None:
    rng = random.Random(1)
    signs = string.ascii_letters + string.digits + "    .,;|)("
    assert found_in(["".join(rng.choices(signs, k=60)) for _ in range(40)]) == ()
