"""What does a typed query ask for?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.search.query import Query, Term, findable, read_query


def asked(typed: str) -> tuple[list[list[str]], list[str]]:
    query = read_query(typed)
    return [[_shown(t) for t in group] for group in query.wanted], [_shown(t) for t in query.unwanted]


def _shown(term: Term) -> str:
    return term.text + "*" * term.prefix


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("lamp quay", [["lamp"], ["quay"]], []),
        ('"the lamp  on" quay', [["the lamp on"], ["quay"]], []),
        ("“the lamp” „die Mole“ «le quai» „the mole”", [["the lamp"], ["die Mole"], ["le quai"], ["the mole"]], []),
        ('lam* "on the mo"*', [["lam*"], ["on the mo*"]], []),
        ("lamp OR lantern quay", [["lamp", "lantern"], ["quay"]], []),
        ('a OR "b c" OR d', [["a", "b c", "d"]], []),
        ("lamp -fog --mist", [["lamp"]], ["fog", "mist"]),
        ('lamp -"thick fog" -mi*', [["lamp"]], ["thick fog", "mi*"]),
        ("27/X-62 half-light O'Brien", [["27/X-62"], ["half-light"], ["O'Brien"]], []),
        ("or lamp or", [["or"], ["lamp"], ["or"]], []),
        ("OR lamp OR", [["OR"], ["lamp"], ["OR"]], []),
        ("lamp OR OR quay", [["lamp", "OR"], ["quay"]], []),
        ("lamp OR -fog", [["lamp"]], ["fog"]),
        ("lamp AND NOT NEAR(quay, 3)", [["lamp"], ["AND"], ["NOT"], ["NEAR(quay,"], ["3)"]], []),
        ('"lamp quay', [["lamp"], ["quay"]], []),
        ('lamp"quay mole"pier', [["lamp"], ["quay mole"], ["pier"]], []),
        ("text:lamp ^quay {a} + b", [["text:lamp"], ["^quay"], ["{a}"], ["b"]], []),
        ("-fog", [], ["fog"]),
        ("", [], []),
        ('  * - -- "" "*" «» . — \x00', [], []),
        ("lamp\x00quay \ud800", [["lamp"], ["quay"]], []),
    ],
)
def test_a_query_is_read_as(typed: str, wanted: list[list[str]], unwanted: list[str]) -> None:
    assert asked(typed) == (wanted, unwanted)


@given(st.text(st.characters()))
def test_no_query_raises_and_every_term_has_a_word(typed: str) -> None:
    query = read_query(typed)
    for term in (*(t for group in query.wanted for t in group), *query.unwanted):
        assert any(c.isalnum() or ord(c) > 127 for c in term.text)
        assert not term.text.endswith("*") or term.prefix or " " in term.text


@given(st.text(st.characters()))
def test_findable_text_keeps_every_place(text: str) -> None:
    found = findable(text)
    assert len(found) == len(text)
    assert all(a == b or b == " " for a, b in zip(text, found, strict=True))
    found.encode()


def test_a_pasted_book_is_cut_not_refused() -> None:
    assert 0 < len(read_query("lamp quay " * 100_000).wanted) <= 1000
    assert read_query("lamp") == Query(wanted=((Term(text="lamp"),),), unwanted=())
