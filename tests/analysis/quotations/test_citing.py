"""A quotation's note, bracket, page and speaker are found beside it."""

import pytest

from testimonia.analysis.quotations.citing import CalledNote, cite, same_person
from testimonia.analysis.quotations.found import Citation
from testimonia.analysis.quotations.marks import find_quotations


def cited(text: str, notes: tuple[CalledNote, ...] = ()) -> Citation:
    return cite(text, find_quotations(text)[0], (0, len(text)), notes)


@pytest.mark.parametrize(
    ("text", "pages", "speakers"),
    [
        ('As Orme wrote to Hallam, "we will go" (Hall, p. 77).', ("77",), ("Orme",)),
        ('"We will go," said Ida Orme on p. 4 of it.', ("4",), ("Ida Orme",)),
        ("Капитан Орлов писал: «Мы пойдём» (с. 12–14).", ("12", "13", "14"), ("Капитан Орлов",)),
        ("Orme schrieb: „Wir gehen“ (S. 141-6).", ("141", "142", "143", "144", "145", "146"), ("Orme",)),
        ("\\enquote{we will go}\\footnote{Orme, Memoir, p.~12} and on", ("12",), ()),
        ('It was "a dark night" there.', (), ()),
    ],
)
def test_pages_and_speakers(text: str, pages: tuple[str, ...], speakers: tuple[str, ...]) -> None:
    found = cited(text)
    assert (found.pages, found.speakers) == (pages, speakers)


def test_the_note_that_is_called_after_a_quotation_cites_it() -> None:
    text = 'Orme said "we will go."12 Then he went.'
    found = cited(text, (CalledNote(called_at=23, label="12", text="Orme, Memoir, 33."),))
    assert (found.text, found.how, found.pages) == ("Orme, Memoir, 33.", "note 12", ("33",))


def test_a_note_in_the_same_text_is_found_by_its_label() -> None:
    assert cited('Orme: "We will go."[3]\n\nMore.\n\n[3] Harbour log, p. 9.').pages == ("9",)


def test_persons_are_told_apart_by_their_initials() -> None:
    assert same_person("Captain Orme", "Ida B. Orme")
    assert not same_person("J. Orme", "Ida B. Orme")
    assert not same_person("Hallam", "Orme")
