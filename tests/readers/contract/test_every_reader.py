"""What holds for every reader, whatever its format."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testimonia.errors import EmptySourceError, TestimoniaError
from testimonia.readers.reading import HEAD_BYTES, Reader, ReadSource
from testimonia.readers.table import READERS, read

every_reader = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name.replace(" ", "-"))
hostile = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
Files = dict[str, tuple[bytes, ...]]


def sound(source: ReadSource) -> None:
    """Is this what every reader must give? The record checks itself; these are the rest."""
    assert source.text.encode().decode() == source.text
    assert "\0" not in source.text
    assert source.text.strip() or source.unread
    if source.page_starts is not None:
        assert source.page_starts[0] == 0
        assert list(source.page_starts) == sorted(set(source.page_starts))
        assert source.page_starts[-1] < len(source.text)
    assert all(n.code and n.message.endswith((".", "!")) for n in source.notices)
    assert all(n.offset is None or 0 <= n.offset < len(source.text) for n in source.notices)


def read_or_refused(reader: Reader, content: bytes) -> None:
    try:
        source = reader.read(content, name="the file")
    except TestimoniaError as error:
        assert error.where.startswith("the file")
        assert error.hint
    else:
        sound(source)


@every_reader
def test_it_says_what_it_reads(reader: Reader) -> None:
    assert reader.name
    assert reader.media_types
    assert all(s == "" or (s.startswith(".") and s == s.lower()) for s in reader.suffixes)


@every_reader
def test_its_own_files_are_recognised_and_read(reader: Reader, whole_files: Files) -> None:
    for content in whole_files[reader.name]:
        assert reader.recognises(content[:HEAD_BYTES], "no name to go by")
        source = reader.read(content, name="the file")
        sound(source)
        assert source.media_type in reader.media_types
        assert "harbour master" in source.text or source.unread


@every_reader
@pytest.mark.parametrize("suffix", ["", ".txt", ".pdf", ".jpg"])
def test_the_table_knows_its_files_under_any_name(reader: Reader, suffix: str, whole_files: Files) -> None:
    for content in whole_files[reader.name]:
        source = read(content, name=f"the file{suffix}")
        assert source.text == reader.read(content, name="the file").text
        expected = suffix not in reader.suffixes and not source.members
        assert ("other-suffix" in {n.code for n in source.notices}) == expected


@every_reader
def test_the_same_bytes_read_the_same(reader: Reader, whole_files: Files) -> None:
    for content in whole_files[reader.name]:
        assert reader.read(content, name="one") == reader.read(bytes(bytearray(content)), name="two")


@every_reader
def test_an_empty_file_is_refused_as_empty(reader: Reader) -> None:
    with pytest.raises(EmptySourceError):
        reader.read(b"", name="the file")


@every_reader
def test_a_file_cut_short_is_read_or_refused(reader: Reader, whole_files: Files) -> None:
    for content in whole_files[reader.name]:
        for parts in range(1, 12):
            read_or_refused(reader, content[: len(content) * parts // 12])


@every_reader
@hostile
@given(content=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(reader: Reader, content: bytes) -> None:
    read_or_refused(reader, content)


@every_reader
@hostile
@given(chance=st.data())
def test_a_damaged_file_is_read_or_refused(reader: Reader, whole_files: Files, chance: st.DataObject) -> None:
    content = bytearray(chance.draw(st.sampled_from(whole_files[reader.name])))
    for _ in range(chance.draw(st.integers(1, 20))):
        content[chance.draw(st.integers(0, len(content) - 1))] = chance.draw(st.integers(0, 255))
    read_or_refused(reader, bytes(content))


@hostile
@given(content=st.binary(max_size=200), suffix=st.sampled_from(["", ".txt", ".pdf", ".docx", ".weird"]))
def test_the_table_reads_or_refuses_any_bytes(content: bytes, suffix: str) -> None:
    try:
        sound(read(content, name=f"the file{suffix}"))
    except TestimoniaError as error:
        assert error.where.startswith("the file")
        assert error.hint
