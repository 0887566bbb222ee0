"""On whose word."""

from collections.abc import Callable

import pytest

from testimonia.analysis.attribution import attribute
from testimonia.analysis.told import AccountText

Telling = Callable[..., AccountText]


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("The lamp was dark.", ("Cask",)),
        ("R. Hale said that the lamp was dark.", ("Cask", "R. Hale")),
        ("According to Ellery the lamp was dark.", ("Cask", "Ellery")),
        ('"It was dark," replied Brody.', ("Cask", "Brody")),
        ("Brody's report says that Hale told Ott of it.", ("Cask", "Brody", "Hale")),
        ("I said that it was dark. He said no.", ("Cask",)),
        ("Cask said that the lamp was dark.", ("Cask",)),
    ],
)
def test_named_speakers_follow_the_teller(tell: Telling, text: str, chain: tuple[str, ...]) -> None:
    assert attribute(tell("Cask", text))[0] == chain


def test_a_speaker_goes_on_inside_quotation_marks(tell: Telling) -> None:
    account = tell("Cask", '"The lamp is dark," R. Hale said, "and the fog is thick. Nobody can see the pier."')
    assert attribute(account)[1] == ("Cask", "R. Hale")


def test_a_report_that_is_announced_is_whose_it_is(tell: Telling) -> None:
    account = tell("Cask", "Brody's report went like this:", '"The lamp was dark. Hale said so."')
    assert attribute(account) == (("Cask", "Brody"), ("Cask", "Brody"), ("Cask", "Brody", "Hale"))


def test_a_speaker_goes_on_in_the_next_paragraph_that_opens_with_a_quotation(tell: Telling) -> None:
    account = tell("Cask", "Brody's report went like this:", '"The lamp was dark."', '"It rained."', "It rained.")
    assert attribute(account)[2:] == (("Cask", "Brody"), ("Cask",))


def test_who_answers_a_question_is_not_who_asked_it(tell: Telling) -> None:
    account = tell("Cask", '"And what about the salt?" I asked R. Hale.', '"It will be paid for."')
    assert attribute(account)[1] == ("Cask", "R. Hale")


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("I met Captain Ott. He said that the lamp was dark.", ("Cask", "Captain Ott")),
        ("I told Captain Ott of Hale's ship. He replied that it had sailed.", ("Cask", "Captain Ott")),
        ("The lamp, Captain Ott began, is dark.", ("Cask", "Captain Ott")),
        ("Our envoy, Anton Hale, reported that Ott was dead.", ("Cask", "Anton Hale")),
        ("Captain Ott did not say that the lamp was dark.", ("Cask",)),
        ("Captain Ott thought of the lamp.", ("Cask",)),
    ],
)
def test_pronouns_turns_and_asides_are_followed(tell: Telling, text: str, chain: tuple[str, ...]) -> None:
    assert attribute(tell("Cask", text))[-1] == chain


def test_words_within_words_make_a_longer_chain(tell: Telling) -> None:
    account = tell(
        "Cask", "Brody's report went like this:", "\"Hale came. 'I am in a bad temper,' Hale said, 'and wet.'\""
    )
    assert attribute(account)[-1] == ("Cask", "Brody", "Hale")
