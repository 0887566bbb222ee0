"""Headings of accounts whose letters were misread. The texts are invented."""

import pytest

from testimonia.text.structure.account_headings import read_account_heading
from testimonia.text.structure.misread_headings import mended_heading


@pytest.mark.parametrize(
    ("printed", "who", "telling"),
    [
        ("Vask's Telegraym to the Ministry", "Vask", "telegram"),
        ("Halvard zBrenn's shortened) Desription", "Halvard Brenn", "description"),
        ('Lisle\'s "hdmission":', "Lisle", "hdmission"),
        ("Deposifion of Mette Lind", "Mette Lind", "deposition"),
        ("Vask*s Telegram", "Vask", "telegram"),
        ("Sarn'sfDescription", "Sarn", "description"),
        ("Lisle's \"Admission:", "Lisle", "admission"),
    ],
)
def test_a_misread_heading_still_announces_its_account(printed: str, who: str, telling: str) -> None:
    heading = read_account_heading(printed)
    assert heading is not None
    assert (heading.who, heading.telling) == (who, telling)


@pytest.mark.parametrize(
    "printed", ["Quill ankd Harrow comment,", "Quill and Harrow commentd", "muill and Harrow comment."]
)
def test_a_misread_verb_or_name_still_comments(printed: str) -> None:
    heading = read_account_heading(printed)
    assert heading is not None and heading.form == "verb" and heading.who is not None and "Harrow" in heading.who


def test_names_run_together_with_and_still_comment() -> None:
    heading = read_account_heading("Quill andkHarrow comment, khe Boom and the Lamp (excerpt):")
    assert heading is not None
    assert (heading.form, heading.who) == ("verb", "Quill and Harrow")
    assert heading.work is not None and heading.work.startswith("Khe Boom")


@pytest.mark.parametrize(
    "printed",
    [
        "The Night of the Ferry",
        "Mette Lind",
        "Holm's Concession",
        "Brenn's Quay",
        "they said nothing to him",
        "Progress",
    ],
)
def test_what_is_well_printed_is_left_as_it_is(printed: str) -> None:
    assert mended_heading(printed) is None
