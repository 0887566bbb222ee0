"""Who did what to whom, by rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.analysis.claims.acts import act_of_noun, act_of_verb
from testimonia.analysis.claims.clauses import Clause, read_clauses


def short(clause: Clause) -> tuple[str, str | None, str | None]:
    return clause.key, clause.who.text if clause.who else None, clause.whom.text if clause.whom else None


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Captain Ott signed the paper.", [("signing", "Captain Ott", None)]),
        ("The paper was signed by Captain Ott.", [("signing", "Captain Ott", "The paper")]),
        ("The order to open the sluice was given by Major Tolley.", [
            ("opening", "The order", None), ("order", "Major Tolley", "The order"),
        ]),
        ("I telephoned Hale about 7:15 P.M. and asked him to come.", [
            ("call", "I", "Hale"), ("request", "I", "him"), ("arrival", "I", None),
        ]),
        ("It was the bishop who hid the papers.", [("be", "It", None), ("hiding", "the bishop", None)]),
        ("Mr. Hale and his son carried the box.", [("bringing", "Mr. Hale and his son", None)]),
        ("I sent for the notary.", [("summons", "I", None)]),
        ("The first shot was fired by Ott.", [("shooting", "Ott", "The first shot")]),
        ("Dull green candles.", []),
    ],
)  # fmt: skip
def test_clauses_say_who_did_what_to_whom(text: str, clauses: list[tuple[str, str | None, str | None]]) -> None:
    assert [short(c) for c in read_clauses(text)] == clauses


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Ott did not sign the paper.", True),
        ("Nobody signed the paper.", True),
        ("He never signed it.", True),
        ("He signed nothing.", True),
        ("Not a word was written down.", True),
        ("I made him no offer.", True),
        ("Ott signed the paper, not the letter.", False),
        ("He can't sign.", True),
    ],
)
def test_a_denial_belongs_to_its_clause(text: str, denied: bool) -> None:
    assert read_clauses(text)[0].denied is denied


def test_what_is_reported_intended_or_under_a_condition_is_told_apart() -> None:
    said, came = read_clauses("Hale said that Ott came.")
    assert (said.reports, came.reports) == (True, False)
    assert [c.infinitive for c in read_clauses("Ott wanted to sail.")] == [False, True]
    assert read_clauses("If Ott came, Hale left.")[0].conditional


def test_a_day_did_nothing_itself() -> None:
    assert read_clauses("The fort was given up by Sunday.")[0].who is None


def test_forms_of_verbs_are_known_and_nouns_stand_for_acts() -> None:
    for form, key in (("told", "statement"), ("begged", "request"), ("carries", "bringing"), ("hidden", "hiding")):
        act = act_of_verb(form)
        assert act is not None
        assert act.key == key
    assert act_of_verb("candle") is None
    assert (act_of_noun("orders"), act_of_noun("deal"), act_of_noun("lamp")) == ("order", "bargain", None)


@given(st.text(max_size=120))
def test_clauses_lie_inside_any_text(text: str) -> None:
    for clause in read_clauses(text):
        assert 0 <= clause.start <= clause.verb_start < clause.verb_end <= clause.end <= len(text)


_WORDS = ["the", "he", "Hale", "told", "not", "to", "be", "was", "and", "that", "who", "by", "signed", ",", ".", "if"]


@given(st.lists(st.sampled_from(_WORDS), max_size=14))
def test_clauses_are_read_from_any_order_of_words(words: list[str]) -> None:
    text = " ".join(words)
    for clause in read_clauses(text):
        assert text[clause.verb_start : clause.verb_end]
