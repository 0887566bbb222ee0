import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.errors import EmptySourceError, TooLargeError, UnknownFormatError, UnreadableSourceError
from testimonia.readers import plain_text
from testimonia.readers.plain_text import MAX_LINE, PlainText
from testimonia.readers.reading import ReadSource

READER = PlainText()


def read(content: bytes) -> ReadSource:
    return READER.read(content, name="log.txt")


def pages(text: str) -> list[str]:
    source = read(text.encode())
    assert source.page_starts is not None
    ends = (*source.page_starts[1:], len(text))
    return [text[start:end] for start, end in zip(source.page_starts, ends, strict=True)]


def test_line_ends_and_form_feeds_stay_as_they_are() -> None:
    assert read(b"one\r\ntwo\rthree\n\fnext\v\n").text == "one\r\ntwo\rthree\n\fnext\v\n"


def test_without_form_feeds_nothing_is_said_about_pages() -> None:
    assert read(b"Page 1 of 2\n\n\nPage 2 of 2\n").page_starts is None


def test_a_form_feed_opens_the_page_that_follows_it() -> None:
    assert pages("first\n\fsecond\n\fthird") == ["first\n", "\fsecond\n", "\fthird"]


def test_a_form_feed_at_the_end_opens_no_empty_page() -> None:
    assert pages("first\n\fsecond\n\f\n") == ["first\n", "\fsecond\n\f\n"]
    assert pages("only\f") == ["only\f"]


def test_an_empty_page_in_the_middle_or_at_the_end_is_kept() -> None:
    assert pages("first\n\f\fthird\n\f") == ["first\n", "\f", "\fthird\n\f"]
    assert pages("first\n\f\f") == ["first\n", "\f\f"]


def test_a_form_feed_at_the_start_opens_the_first_page() -> None:
    assert pages("\ffirst\fsecond") == ["\ffirst", "\fsecond"]


def test_where_form_feeds_end_pages_one_at_the_start_ends_an_empty_page() -> None:
    assert pages("\f\fthird\n\ffourth\n\f") == ["\f", "\f", "third\n", "\ffourth\n\f"]


@given(st.text(alphabet="a\n\f ", max_size=30).filter(lambda text: text.strip() and "\f" in text))
def test_pages_cover_the_text_and_none_is_without_characters(text: str) -> None:
    found = pages(text)
    assert "".join(found) == text
    assert all(found)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip))
def test_what_was_saved_as_utf_8_is_read_back(text: str) -> None:
    if not text.strip("\ufeff ") or text.startswith("\ufeff"):
        return
    assert read(text.encode()).text == text


def test_more_pages_than_the_bound_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_text, "MAX_PAGES", 3)
    assert len(pages("a\fb\fc\f")) == 3
    with pytest.raises(TooLargeError, match="4 pages"):
        read(b"a\fb\fc\fd\f")


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n\f  \n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"\xff\xfe", b"\x1a"])
def test_nothing_to_read_is_said_to_be_nothing(content: bytes) -> None:
    with pytest.raises(EmptySourceError):
        read(content)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_an_enormous_line_is_refused_with_its_number(line_end: str) -> None:
    content = line_end.join(["first", "second", "x" * (MAX_LINE + 1), "fourth"]).encode()
    with pytest.raises(TooLargeError) as caught:
        read(content)
    assert caught.value.where == "log.txt, line 3"
    assert f"{MAX_LINE:,}" in caught.value.what


def test_a_line_at_the_bound_is_read() -> None:
    text = "first\n" + "x" * MAX_LINE + "\nthird"
    assert read(text.encode()).text == text


def test_a_text_over_the_bound_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_text, "MAX_BYTES", 100)
    with pytest.raises(TooLargeError, match="101 bytes"):
        read(b"x" * 101)


def test_binary_content_is_refused_and_named_where_it_is_known() -> None:
    with pytest.raises(UnknownFormatError, match="a JPEG image"):
        read(b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01" + bytes(range(256)) * 4)
    with pytest.raises(UnreadableSourceError, match="binary content, of no kind that is known"):
        read(bytes(range(256)) * 40)


def test_a_few_stray_control_characters_do_not_make_a_text_binary() -> None:
    source = read(b"The lamp went out.\n" * 20 + b"\x01\x1a")
    assert source.text.endswith("\x01\x1a")


def test_thirty_megabytes_are_read_quickly() -> None:
    line = "The harbour master’s book says that the lamp on the mole went out at two, “as if blown”.\n"
    for encoding in ("utf-8", "cp1252"):
        content = (line * (30_000_000 // len(line))).encode(encoding)
        start = time.process_time()
        assert read(content).text.startswith(line)
        assert time.process_time() - start < 5
