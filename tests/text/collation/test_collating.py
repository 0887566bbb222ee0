"""Versions of one text, aligned: nothing lost, nothing twice, whatever the versions are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.errors import InvalidRecordError
from testimonia.model.collation import MOST_WITNESSES, Collation
from testimonia.text.collation.collating import collate

WORDS = st.sampled_from(
    ["the", "ferry", "Ferry,", "was", "lost", "off", "Thornby", "—", "&", "[2 lines deleted]", "Öl"]
)
VERSIONS = st.lists(
    st.lists(WORDS, min_size=1, max_size=25).map(" ".join).filter(lambda t: any(c.isalpha() for c in t)),
    min_size=2, max_size=5,
)  # fmt: skip


def readings(collation: Collation) -> list[tuple[str, ...]]:
    return [tuple(collation.words(w, cell) for w, cell in enumerate(u.cells)) for u in collation.units]


@given(VERSIONS)
@settings(deadline=None)
def test_every_token_stands_in_one_column_and_one_unit_in_order(texts: list[str]) -> None:
    found = collate(texts)
    for w, tokens in enumerate(found.tokens):
        assert [c[w] for c in found.columns if c[w] >= 0] == list(range(len(tokens)))
        assert [n for u in found.units for n in range(*u.cells[w])] == list(range(len(tokens)))
        assert " ".join(filter(None, (found.words(w, u.cells[w]) for u in found.units))) == " ".join(texts[w].split())


@given(VERSIONS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_the_versions_changes_nothing_but_the_order(texts: list[str], chance: object) -> None:
    order = list(range(len(texts)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    one, other = collate(texts), collate([texts[w] for w in order])
    assert [tuple(row[w] for w in order) for row in readings(one)] == readings(other)
    assert [tuple(u.classes[w] for w in order) for u in one.units] == [u.classes for u in other.units]


def test_a_version_against_itself_has_one_place_and_no_difference() -> None:
    text = "The ferry was lost off Thornby, and nobody spoke of it again."
    found = collate([text, text, text])
    assert len(found.units) == 1 and not found.units[0].varies


def test_what_replaces_something_stands_opposite_it() -> None:
    found = collate(["The keeper put out the lamp and slept.", "The keeper lit a fire, waited and slept."])
    assert ("put out the lamp", "lit a fire, waited") in readings(found)


def test_a_moved_paragraph_is_found() -> None:
    first, second = "At dawn the guns of the fort fell silent.", "We marched on to the river, and there we slept."
    found = collate([f"{first} {second}", f"{second} {first}"])
    assert len(found.moves) == 1
    move = found.moves[0]
    assert found.words(move.witness, move.tokens) == found.words(move.other, move.other_tokens) == first


@pytest.mark.parametrize("count", [0, 1, MOST_WITNESSES + 1])
def test_other_numbers_of_versions_are_refused(count: int) -> None:
    with pytest.raises(InvalidRecordError):
        collate(["a word"] * count)


@pytest.mark.parametrize("empty", ["", "  \n\t "])
def test_a_version_without_words_is_refused(empty: str) -> None:
    with pytest.raises(InvalidRecordError):
        collate(["a word", empty])


def test_texts_with_nothing_in_common_are_set_whole_against_each_other() -> None:
    one, other = " ".join(f"a{n}x" for n in range(900)), " ".join(f"{n}zq" for n in range(900))
    found = collate([one, other])
    assert readings(found) == [(one, other)]


def test_hostile_characters_are_kept_as_they_are() -> None:
    hostile = "a\x00b \u202etxet <b>&amp;</b> \ud800 c"
    found = collate([hostile, "a b c"])
    assert found.whole(0) == hostile


GUNS = "At dawn the guns on the mole fell silent."
MARCH = "We marched along the river until the bridge was in sight, and slept there."
REST = "Nobody had told the miller, who took us for deserters."


def moved(*texts: str) -> list[tuple[int, str, int, str]]:
    found = collate(texts)
    return [
        (m.witness, found.words(m.witness, m.tokens), m.other, found.words(m.other, m.other_tokens))
        for m in found.moves
    ]


def test_a_move_is_found_also_where_other_versions_agree() -> None:
    found = moved(
        f"{GUNS} {MARCH} {REST}", f"{GUNS} {MARCH} {REST}", f"{MARCH} {GUNS} {REST}", f"{GUNS} {MARCH} {REST}"
    )
    assert found == [(0, GUNS, 2, GUNS)]


def test_a_passage_that_was_moved_and_changed_is_one_move() -> None:
    changed = GUNS.replace("on the mole", "near the mole")
    assert moved(f"{GUNS} {MARCH} {REST}", f"{MARCH} {REST} {changed}") == [(0, GUNS, 1, changed)]


def test_what_stands_opposite_is_not_moved() -> None:
    assert moved(f"{GUNS} {MARCH} {GUNS}", f"{GUNS} {MARCH} {GUNS}", f"{GUNS} {MARCH}") == []
