"""Setting text: whatever the order of the orders, pages and paragraphs stand as promised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.errors import EmptySourceError, TooLargeError
from testimonia.readers import setting as setting_module
from testimonia.readers.setting import Setting

ORDERS = ("line", "paragraph", "page", "page_break", "foot", "hold", "release", "cell", "end_cell", "word", "lead")


def obey(orders: list[str]) -> tuple[Setting, int]:
    """Give these orders in turn, those out of place left out; and how many words were set."""
    setting, held, cells, words = Setting("a"), 0, [0], 0
    for order in orders:
        if order == "word":
            words += 1
            setting.words(" lamp ")
        elif order == "lead":
            if not cells[-1]:  # in a cell it is a word like others
                setting.lead("1. ")
        elif order == "hold":
            held += 1
            cells.append(0)
            setting.hold()
        elif order == "release":
            if held:
                held -= 1
                cells.pop()
                setting.release("after" if words % 2 else "foot")
        elif order == "cell":
            cells[-1] += 1
            setting.begin_cell()
        elif order == "end_cell":
            if cells[-1]:
                cells[-1] -= 1
                setting.end_cell()
        else:
            getattr(setting, order)()
    return setting, words


@given(st.lists(st.sampled_from(ORDERS), max_size=60))
def test_no_word_is_lost_or_doubled_and_lines_are_clean(orders: list[str]) -> None:
    setting, words = obey(orders)
    if not words:
        with pytest.raises(EmptySourceError):
            setting.source("text/x")
        return
    source = setting.source("text/x")
    assert source.text.count("lamp") == words
    assert source.text.endswith("\n")
    assert all(line == line.rstrip() and "  " not in line for line in source.text.split("\n"))
    for start in source.page_starts or ():
        assert start == 0 or source.text[start - 1] == "\n"


def test_a_raised_control_character_is_shown_as_damage() -> None:
    setting = Setting("a")
    setting.words("the\x00lamp\x1f\tout")
    assert setting.source("text/x").text == "the\ufffdlamp\ufffd out\n"


def test_a_text_over_the_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting_module, "MAX_CHARACTERS", 10)
    setting = Setting("a")
    setting.words("the lamp went out")
    with pytest.raises(TooLargeError, match="longer than 10"):
        setting.line()


def test_counted_notices_stand_where_the_first_was() -> None:
    setting = Setting("a")
    for word in ("one", "two", "three"):
        setting.words(word)
        setting.paragraph()
        setting.count("seen", "Seen: {n}.")
    (notice,) = setting.source("text/x").notices
    assert (notice.message, notice.offset) == ("Seen: 3.", 4)
