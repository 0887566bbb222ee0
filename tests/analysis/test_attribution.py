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


def test_an_announcement_does_not_reach_past_its_paragraph(tell: Telling) -> None:
    account = tell("Cask", "Brody's report went like this:", '"The lamp was dark."', '"It rained."')
    assert attribute(account)[2] == ("Cask",)
