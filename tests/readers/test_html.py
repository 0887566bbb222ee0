"""HTML: what a reader of the page would see, and nothing else."""

import pytest

from testimonia.errors import EmptySourceError, UnreadableSourceError
from testimonia.readers.reading import ReadSource
from testimonia.readers.table import read

Files = dict[str, tuple[bytes, ...]]


def page(body: str, name: str = "page.html") -> ReadSource:
    return read(f"<!DOCTYPE html><body>{body}".encode(), name=name)


def test_headings_paragraphs_items_rows_and_lines_stand_as_on_the_page(whole_files: Files) -> None:
    source = read(whole_files["HTML"][0], name="page.html")
    assert source.text == (
        "The harbour master’s book\n\n"
        "The lamp¹² went out at two,\nhe said: “nobody” saw\xa0it.\n\n"
        "3. the ferry\n\n7. the mole\n\nits lamp\n\n"
        "Boat\tLeft\nFerry\tat two or three\n\n"
        "The log:\ntwo bells\n\nno lamp\n"
        "The café was shut.\n"
    )
    assert source.page_starts == (0, source.text.index("The café"))


def test_what_is_left_out_is_counted(whole_files: Files) -> None:
    told = {n.code: n.message for n in read(whole_files["HTML"][0], name="page.html").notices}
    assert set(told) == {"navigation-left-out", "hidden-left-out", "form-left-out"}
    assert told["hidden-left-out"] == "Left out, parts that the page hides: 2."


def test_raised_letters_stay_and_raised_numbers_are_raised() -> None:
    assert page("on the 27<sup>th</sup>, he wrote<sup><a href=#n3>3</a></sup>").text == "on the 27th, he wrote³\n"


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        (b"<html><meta charset='windows-1251'><p>\xcc\xe0\xff\xea", "Маяк\n", "cp1251"),
        (
            b"<html><meta http-equiv=x content='text/html; charset=ISO-8859-1'>\x93caf\xe9\x94",
            "“café”\n",
            "windows-1252",
        ),
        ("<html><meta charset='us-ascii-no-such'>café".encode(), "café\n", "utf-8"),
        (
            b"<html><meta charset='utf-8'>" + "The café was shut, he said.".encode("cp1252"),
            None,
            "windows-1252",
        ),
        ("\ufeff<html><meta charset='koi8-r'>café".encode(), "café\n", "utf-8-sig"),
    ],
)
def test_the_encoding_is_as_declared_where_the_bytes_agree(content: bytes, text: str | None, encoding: str) -> None:
    source = read(content, name="page.html")
    assert source.encoding == encoding
    assert source.text == (text or "The café was shut, he said.\n")


def test_broken_markup_is_read_as_browsers_read_it() -> None:
    assert page("<p>one<p>two <b>bold</i> on</b><table><td>cell</body> after").text.split() == [
        "one", "two", "bold", "on", "cell", "after",
    ]  # fmt: skip


def test_a_page_without_text_and_one_without_bottom_are_refused() -> None:
    with pytest.raises(EmptySourceError, match="no text"):
        page("<script>x</script><img alt=lamp>")
    with pytest.raises(UnreadableSourceError, match="nested too deep"):
        page("<div>" * 100_000 + "lamp")


def test_the_end_of_a_cell_without_a_table_does_no_harm() -> None:
    assert page("a</td>b</tr><td>c").text.split() == ["abc"]
