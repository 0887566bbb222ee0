"""Typed claims."""

from collections.abc import Callable

import pytest

from testimonia.analysis.claims.find import TypedClaim, confidence_of, find_claims, reason_of
from testimonia.analysis.told import AccountText

Telling = Callable[..., AccountText]


def claim(account: AccountText, verb: str) -> TypedClaim:
    return next(c for c in find_claims(account).claims if c.verb == verb)


def test_a_claim_says_who_did_what_to_whom_when_and_where(tell: Telling) -> None:
    found = claim(tell("Cask", "I met Captain Ott in the customs shed at half past nine on Friday."), "meet")
    assert (found.kind, found.who, found.who_printed, found.whom) == ("meeting", "Cask", "I", "Captain Ott")
    assert [m.of for m in found.moments] == ["time of day", "weekday"]
    assert found.places[0].text == "the customs shed"
    assert (found.denied, found.certainty, found.told, found.depth) == (False, "sure", "narrative", 0)


def test_offsets_are_of_the_reading_layer(tell: Telling) -> None:
    account = tell("Cask", "It rained all day.", "Captain Ott signed the paper.")
    found = claim(account, "sign")
    text = "It rained all day.\n\nCaptain Ott signed the paper."
    assert text[found.verb_start : found.verb_end] == "signed"
    assert found.who_span is not None
    assert text[slice(*found.who_span)] == "Captain Ott"


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Ott signed it.", "sure"),
        ("Perhaps Ott signed it.", "hedged"),
        ("If Ott signed it, he lied.", "conditional"),
        ("Ott wanted to sign it.", "intended"),
        ("Who signed it?", "asked"),
    ],
)
def test_how_sure_a_claim_is_meant(tell: Telling, text: str, certainty: str) -> None:
    assert claim(tell("Cask", text), "sign").certainty == certainty


def test_what_was_refused_was_not_done(tell: Telling) -> None:
    found = claim(tell("Cask", "Ott refused to sign it."), "sign")
    assert (found.denied, found.certainty) == (True, "sure")


def test_two_denials_make_none(tell: Telling) -> None:
    assert not claim(tell("Cask", "Nothing was hidden that was not found."), "find").denied


def test_a_denial_of_a_part_is_told_apart(tell: Telling) -> None:
    assert claim(tell("Cask", "Ott did not sign it at once."), "sign").partly
    assert not claim(tell("Cask", "Ott did not sign it."), "sign").partly


def test_an_hour_said_before_the_act_is_the_hour_of_the_act(tell: Telling) -> None:
    assert claim(tell("Cask", "It was about nine when Ott came."), "come").moments


def test_hearsay_is_counted_and_the_reason_says_on_whose_word(tell: Telling) -> None:
    found = claim(tell("Cask", "R. Hale said that Brody told Captain Ott that he had signed it."), "sign")
    assert (found.depth, found.told) == (2, "paraphrase")
    assert "Cask > R. Hale > Brody" in reason_of(found)
    own = claim(tell("Cask", "Captain Ott signed it."), "sign")
    assert 0 < confidence_of(found) < confidence_of(own) <= 1
