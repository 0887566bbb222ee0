"""What is asserted and what is denied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.analysis.claims import is_act, opposite, read_claims


@pytest.mark.parametrize(
    ("text", "denied", "asserted"),
    [
        ("There was no deal.", {"bargain"}, set()),
        ("It was part of a bargain.", set(), {"bargain"}),
        ("It was not a threat but a request.", {"threat"}, {"request"}),
        ("No lamp had been burning on the pier.", {"lamp", "burning"}, set()),
        ("He put nothing in writing.", {"writing"}, set()),
        ("She denied that there was any deal.", {"bargain"}, set()),
        ("The pilot came of his own accord.", {"summons"}, {"pilot"}),
        ("I sent for the pilot.", set(), {"summons", "pilot"}),
        ("There could be no quid pro quo.", {"bargain"}, set()),
        ("He wasn't pale.", {"pal"}, set()),
        ("There was no bargain over the salt.", {"bargain"}, {"salt"}),
        ("Not only the pilot came.", set(), {"pilot"}),
        ("He was not sure that the crew would not mutiny.", set(), {"mutiny"}),
        ("It ran, but no lamp burned.", {"lamp"}, {"ran"}),
    ],
)
def test_denials_reach_their_clause_and_no_further(text: str, denied: set[str], asserted: set[str]) -> None:
    claims = read_claims(text)
    assert denied <= claims.denied
    assert asserted <= claims.asserted
    assert not asserted & claims.denied


def test_what_editors_add_in_brackets_is_not_read() -> None:
    assert "crew" not in read_claims("They [the crew, forty men] left.").asserted
    assert read_claims("He left [forty men].").quantities == ()


def test_a_hedge_colours_what_follows() -> None:
    terms = {t.key: t.hedged for t in read_claims("The fog lifted; perhaps the pilot knew.").terms}
    assert not terms["fog"]
    assert terms["pilot"]


def test_quoted_and_reported_words_are_not_the_accounts_own() -> None:
    own = {t.key: t.own for t in read_claims('It was a bargain, or "a request".').terms}
    assert own == {"bargain": True, "request": False}
    assert not next(t for t in read_claims("Hale claims that a bargain was made.").terms if t.key == "bargain").own
    assert next(t for t in read_claims("I said that a bargain was made.").terms if t.key == "bargain").own


def test_acts_and_opposites_are_known() -> None:
    assert is_act("bargain")
    assert not is_act("lamp")
    assert opposite("dark") == "burning"
    assert opposite("lamp") is None


@given(st.text(max_size=100))
def test_terms_lie_inside_any_text(text: str) -> None:
    for term in read_claims(text).terms:
        assert 0 <= term.cue_start <= len(text)
        assert 0 <= term.start < term.end <= len(text)
