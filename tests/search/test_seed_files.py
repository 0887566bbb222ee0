"""The seed index finds stretches that share words, over misread letters, and can be lost at any time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from testimonia.search.seed_files import SeedFiles

A, B, C = "a" * 64, "b" * 64, "c" * 64
LOG = "At night the keeper lit the great lamp and nobody in the harbour saw the boats come home before dawn."
LETTER = "My dear sister, the harvest was poor this year, and the boats stayed at home."


@pytest.fixture
def seeds(tmp_path: Path) -> Iterator[SeedFiles]:
    made = SeedFiles.open(tmp_path / "seeds")
    made.put_source(A, LOG, layer_sha256="1")
    made.put_source(B, LETTER, layer_sha256="2")
    yield made
    made.close()


def test_the_stretch_that_shares_most_comes_first(seeds: SeedFiles) -> None:
    best = seeds.places(["nobody", "saw", "the", "boats", "come", "home"])[0]
    assert (best.source, LOG[best.start : best.end]) == (A, LOG[best.start :])
    assert best.start <= LOG.index("nobody")


def test_misread_letters_are_found_all_the_same(seeds: SeedFiles) -> None:
    assert seeds.places(["the", "harvest", "was", "p00r", "th1s", "year"])[0].source == B


def test_what_was_put_is_there_after_opening_again(seeds: SeedFiles, tmp_path: Path) -> None:
    seeds.close()
    again = SeedFiles.open(tmp_path / "seeds")
    assert again.sources() == {A: "1", B: "2"}
    assert again.places(["harvest"])[0].source == B


def test_a_source_put_again_replaces_what_it_had(seeds: SeedFiles) -> None:
    seeds.places(["harvest"])
    seeds.put_source(B, "Nothing but rain.", layer_sha256="3")
    assert seeds.places(["harvest"]) == ()
    assert seeds.sources()[B] == "3"


def test_a_forgotten_source_is_found_no_more(seeds: SeedFiles) -> None:
    seeds.places(["harvest"])
    seeds.remove_source(B)
    assert seeds.places(["harvest"]) == ()
    assert seeds.word_count() == len(LOG.split())


@pytest.mark.parametrize("damage", [b"", b"{", b'{"shape": 1, "segments": [{}]}', b"\xff\xfe"])
def test_a_damaged_index_starts_over(seeds: SeedFiles, tmp_path: Path, damage: bytes) -> None:
    seeds.close()
    (tmp_path / "seeds" / "manifest.json").write_bytes(damage)
    assert SeedFiles.open(tmp_path / "seeds").sources() == {}


def test_a_truncated_segment_starts_over(seeds: SeedFiles, tmp_path: Path) -> None:
    seeds.close()
    for path in (tmp_path / "seeds").glob("*.seeds"):
        path.write_bytes(path.read_bytes()[:7])
    assert SeedFiles.open(tmp_path / "seeds").sources() == {}


def test_many_small_sources_are_merged_and_all_found(tmp_path: Path) -> None:
    made = SeedFiles.open(tmp_path / "seeds")
    for n in range(40):
        made.put_source(f"{n:064}", f"{LETTER} Lamp number{n} burned.", layer_sha256=str(n))
        assert made.places([f"number{n}"])[0].source == f"{n:064}"
    assert len(list((tmp_path / "seeds").glob("*.seeds"))) <= 8
    assert {made.places([f"number{n}"])[0].source for n in range(40)} == {f"{n:064}" for n in range(40)}


def test_common_words_are_found_side_by_side(tmp_path: Path) -> None:
    made = SeedFiles.open(tmp_path / "seeds")
    made.put_source(A, "of the to be " * 30_000 + "to be of it " + "the of be to " * 3_000, layer_sha256="1")
    best = made.places(["to", "be", "of", "it"])[0]
    assert best.weight > 0


def test_empty_questions_and_texts_find_nothing(tmp_path: Path) -> None:
    made = SeedFiles.open(tmp_path / "seeds")
    assert made.places(["lamp"]) == ()
    made.put_source(A, "", layer_sha256="1")
    assert made.places([]) == () == made.places(["lamp"])
    assert made.places(["", "—"]) == ()
