import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.errors import UnreadableSourceError
from testimonia.readers import encodings
from testimonia.readers.encodings import decode, wide_encoding

TEXT = "The café on the quay — “shut”, he said.\r\nСмотритель не видел парома. 灯台\n"
UNICODE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
MARKS = {
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("encoding", UNICODE)
def test_a_byte_order_mark_names_the_encoding_and_is_no_part_of_the_text(encoding: str) -> None:
    decoded = decode(MARKS[encoding] + TEXT.encode(encoding), name="a")
    assert (decoded.text, decoded.encoding, decoded.notices) == (TEXT, encoding, ())


def test_the_mark_of_utf_8_is_no_part_of_the_text() -> None:
    decoded = decode(TEXT.encode("utf-8-sig"), name="a")
    assert (decoded.text, decoded.encoding, decoded.notices) == (TEXT, "utf-8-sig", ())


def test_a_mark_further_on_stays() -> None:
    assert decode("one\ufefftwo".encode("utf-8-sig"), name="a").text == "one\ufefftwo"


@pytest.mark.parametrize("encoding", UNICODE)
def test_without_a_mark_the_zero_bytes_tell_and_a_notice_says_so(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding), name="a")
    assert (decoded.text, decoded.encoding) == (TEXT, encoding)
    assert [n.code for n in decoded.notices] == ["encoding-detected"]


@pytest.mark.parametrize("content", [b"plain", b"\0\1\0\2\0\3\0\4" * 20, b"a\0\0b" * 9, b"\0", b"\0\0\0\0"])
def test_zero_bytes_that_are_no_text_are_not_taken_for_it(content: bytes) -> None:
    assert wide_encoding(content) is None


def test_a_few_damaged_bytes_stay_visible_and_are_named() -> None:
    content = "Über die Brücke gingen fünf Männer, spät, müde".encode()
    at = content.index(b"gingen")
    decoded = decode(content[:at] + b"\xff\xfe" + content[at:] + b"\xc3", name="a")
    assert decoded.text == "Über die Brücke \ufffd\ufffdgingen fünf Männer, spät, müde\ufffd"
    assert decoded.encoding == "utf-8"
    first, second = decoded.notices
    assert (first.code, first.offset) == ("damaged-byte", decoded.text.index("\ufffd"))
    assert f"At byte {at} stands FF FE" in first.message
    assert f"At byte {len(content) + 2} stands C3" in second.message


def test_damaged_bytes_are_counted_from_the_start_of_the_file_mark_included() -> None:
    (notice,) = decode(b"\xef\xbb\xbfone \xff two", name="a").notices
    assert "At byte 7 stands FF" in notice.message
    assert notice.offset == 4


def test_a_zero_byte_in_a_text_is_damage() -> None:
    decoded = decode("fünf Männer\0 spät".encode(), name="a")
    assert decoded.text == "fünf Männer\ufffd spät"
    assert "At byte 13 stands 00" in decoded.notices[0].message


def test_a_stray_byte_in_plain_ascii_is_damage_and_no_encoding() -> None:
    line = "The harbour master's book says that the lamp on the mole went out at two.\n"
    content = (line * 9).encode()
    at = content.index(b"amp")
    decoded = decode(content[:at] + b"\xff" + content[at:], name="a")
    assert decoded.text == (line * 9)[:at] + "\ufffd" + (line * 9)[at:]
    assert f"At byte {at} stands FF" in decoded.notices[0].message


def test_one_accent_in_plain_ascii_is_an_encoding() -> None:
    decoded = decode(("Nobody saw the ferry leave.\n" * 20 + "He sat in the café.\n").encode("cp1252"), name="a")
    assert decoded.encoding == "windows-1252"
    assert decoded.text.endswith("café.\n")


def test_of_very_many_damaged_bytes_the_last_notice_gives_the_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encodings, "_PRINTED_NOTICES", 2)
    decoded = decode("üäöüüü ".encode() * 5 + b"\xff " * 5, name="a")
    assert [n.code for n in decoded.notices] == ["damaged-byte", "damaged-byte", "damaged-bytes"]
    assert decoded.notices[-1].message.startswith("3 more")
    assert decoded.text.count("\ufffd") == 5


def test_half_a_surrogate_pair_and_a_cut_character_are_damage() -> None:
    decoded = decode(codecs.BOM_UTF16_LE + "The lamp".encode("utf-16-le") + b"\x3d\xd8" + b"!\0" + b"x", name="a")
    assert decoded.text == "The lamp\ufffd!\ufffd"
    assert "At byte 18 stands 3D D8" in decoded.notices[0].message
    assert "78 at byte 22" in decoded.notices[1].message


@pytest.mark.parametrize(
    "content",
    [codecs.BOM_UTF32_LE + b"\xff\xff\xff\xff", codecs.BOM_UTF16_LE + b"\0\xe0" * 20],
    ids=["no characters at all", "no text"],
)
def test_a_mark_before_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableSourceError):
        decode(content, name="a")


def test_japanese_of_seven_bits_is_not_taken_for_ascii() -> None:
    text = "灯台守は日誌に書いた。\n"
    decoded = decode(text.encode("iso2022_jp"), name="a")
    assert (decoded.text, decoded.encoding) == (text, "iso2022_jp_2")


def test_escape_sequences_of_a_terminal_are_not_taken_for_japanese() -> None:
    decoded = decode(b"\x1b$ the lamp \x1b[0m\xc3\xbc", name="a")
    assert decoded.encoding == "utf-8"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\x1b"), min_size=1))
def test_utf_8_is_read_to_the_letter(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode(), name="a").text == text
