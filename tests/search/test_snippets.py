"""Which part of a long passage is shown?"""

from hypothesis import given
from hypothesis import strategies as st

from testimonia.search.snippets import cut_snippet

TEXT = " ".join(f"word{n}" for n in range(200))


def place(word: str) -> tuple[int, int]:
    at = TEXT.index(word)
    return at, at + len(word)


def test_a_short_passage_is_shown_whole() -> None:
    assert cut_snippet("a lamp on the quay", ((2, 6),)) == (0, 18)


def test_the_place_with_most_matches_is_shown_with_what_leads_to_it() -> None:
    matches = (place("word3 "), place("word120"), place("word122"), place("word190"))
    start, end = cut_snippet(TEXT, matches, size=80)
    shown = TEXT[start:end]
    assert "word119 word120 word121 word122" in shown
    assert set(shown.split()) <= set(TEXT.split())


def test_a_passage_without_blanks_is_cut_all_the_same() -> None:
    start, end = cut_snippet("x" * 1000, ((500, 520),), size=100)
    assert start <= 500 < 520 <= end
    assert end - start <= 100


@given(st.text(" ab", max_size=400), st.integers(8, 60), st.data())
def test_a_snippet_holds_the_start_of_a_match_and_is_never_too_long(text: str, size: int, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    matches = tuple(zip(cuts[::2], cuts[1::2], strict=False))
    start, end = cut_snippet(text, matches, size=size)
    assert 0 <= start <= end <= len(text)
    assert end - start <= size
    if matches:
        assert any(start <= a <= end for a, _ in matches)
