"""An apparatus in TEI: valid, and read back to what every version says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.errors import InvalidRecordError, UnreadableSourceError
from testimonia.exports.apparatus_tei import read_apparatus, write_apparatus
from testimonia.text.collation.collating import collate

WORDS = st.sampled_from(
    [
        "the",
        "ferry",
        "Ferry,",
        "was\x00",
        "lost",
        "off,—then",
        "<b>",
        "—",
        "&amp;",
        "[2 lines deleted]",
        "█████",
        "\ud800e",
    ]
)
VERSIONS = st.lists(
    st.lists(WORDS, min_size=1, max_size=20).map(lambda w: "\n".join([*w, "end"])), min_size=2, max_size=4
)


def written(texts: list[str]) -> bytes:
    return write_apparatus(collate(texts), [(f"W{n}", f"version {n}") for n in range(len(texts))], "A collation")


@given(VERSIONS)
@settings(deadline=None)
def test_reading_back_gives_every_version(texts: list[str]) -> None:
    assert read_apparatus(written(texts)) == {f"W{n}": " ".join(t.split()) for n, t in enumerate(texts)}


def test_readings_stand_beside_each_other_with_their_witnesses_and_classes() -> None:
    content = written(["The dog barks.", "The hound barks.", "The dog barks."]).decode()
    assert '<lem wit="#W0 #W2">dog</lem><rdg wit="#W1" type="substance">hound</rdg>' in content
    assert 'method="parallel-segmentation"' in content


def test_withheld_words_are_a_gap_with_its_extent() -> None:
    content = written(["He met [2 lines deleted] there.", "He met Ilse Thornby there."]).decode()
    assert '<gap reason="redacted" quantity="2" unit="line"><desc>[2 lines deleted]</desc></gap>' in content


def test_moved_words_point_at_both_places() -> None:
    first, second = "At dawn the guns of the fort fell silent.", "We marched on to the river, and there we slept."
    assert written([f"{first} {second}", f"{second} {first}"]).decode().count("<transpose>") == 1


@pytest.mark.parametrize("sigla", [["A"], ["A", "A"], ["A", "1 2"], ["A", "<"]])
def test_sigla_that_can_name_nothing_are_refused(sigla: list[str]) -> None:
    with pytest.raises(InvalidRecordError):
        write_apparatus(collate(["a b", "a c"]), [(s, s) for s in sigla], "A collation")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<TEI",
        b"\xff\xfe\x00",
        b"<TEI xmlns='http://www.tei-c.org/ns/1.0'/>",
        b"<!DOCTYPE TEI [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><TEI xmlns='http://www.tei-c.org/ns/1.0'>&e;</TEI>",
    ],
)
def test_what_is_no_apparatus_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableSourceError):
        read_apparatus(content)


def test_a_reading_of_an_unknown_witness_is_refused() -> None:
    content = written(["The dog barks.", "The hound barks."]).replace(b'wit="#W1"', b'wit="#W9"')
    with pytest.raises(UnreadableSourceError, match="none of the witnesses"):
        read_apparatus(content)
