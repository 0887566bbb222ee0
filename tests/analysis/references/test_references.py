"""References in invented notes and lists, read into their fields."""

import json

import pytest

from testimonia.analysis.references.find import find_references
from testimonia.analysis.references.printed import read_note_reference
from testimonia.analysis.subject import Subject
from testimonia.model.citations import Reference
from testimonia.model.layers import ORIGINAL, Layer
from testimonia.model.steps import Step
from testimonia.text.anchoring import Anchorer
from testimonia.text.csl import csl_item
from testimonia.text.lines import LineTable
from testimonia.text.recovery import recover
from testimonia.text.structure.find import find_structure

BODY = """The night of the lugger
by Eva Lie

Nobody knew who had put out the lamp on the pier that night.1 The pilot told another story, and the keeper said
nothing at all about it.2 The third note says where the letter is.3 And the fourth goes back.4 The fifth is no
reference at all, but a remark.5

NOTES

1 See Anna Brink and Jon Aas, The Lamp: A History of the Pier, 2nd ed. (Oslo: Lie & Sons, 1931), 12-14; Ola Dahl, ed.,
Pilots and Keepers (Bergen: Harbour Press, 1933); and Per Moe, "Fog," Harbour Review 3 (Spring 1932), 4-9.

2 In Harbour Review 4 (Fall 1933), see Kari Berg, "What the Keeper Said," pp. 1-7; Nils Vik, "The Dog," pp. 9, 11-12.

3 Letter from Brink to the Harbour Board, 4 May 1930, in Harbour Review 5 (Spring 1934), 63.

4 Brink and Aas, The Lamp, cited above, p. 77; Ibid., 79.

5 Nobody asked the dog.
"""
LIST = """The lugger

It was long ago (Brink 1931).

References

Brink, A., & Aas, J. (1931). The night of the lugger. Harbour Review, 3(2), 4-9.

Dahl, O. (1933). Pilots and keepers. Bergen: Harbour Press.
"""


def references(text: str) -> list[Reference]:
    original = Layer(source="ab" * 32, name=ORIGINAL, text=text, step=Step(name="read", version="1"))
    recovered = recover(original, page_starts=None)
    anchorer = Anchorer(recovered.reading, LineTable(text), recovered.pages, to_original=recovered.reading.offset_map)
    structure = find_structure(recovered)
    return list(
        find_references(Subject(name="lugger.txt", recovered=recovered, structure=structure, anchorer=anchorer))
    )


@pytest.fixture(scope="module")
def noted() -> list[Reference]:
    return references(BODY)


def people(reference: Reference) -> list[str]:
    return [n.family or n.literal for n in (*reference.author, *reference.editor)]


def test_a_note_is_cut_into_its_references(noted: list[Reference]) -> None:
    assert [r.title for r in noted[:3]] == ["The Lamp: A History of the Pier", "Pilots and Keepers", "Fog"]
    assert [people(r) for r in noted[:3]] == [["Brink", "Aas"], ["Dahl"], ["Moe"]]
    book = noted[0]
    assert (book.type, book.publisher_place, book.publisher, book.year) == ("book", "Oslo", "Lie & Sons", 1931)
    assert (book.page, book.edition) == ("12-14", "2nd ed.")
    assert not noted[1].author
    article = noted[2]
    assert (article.type, article.container_title, article.volume) == ("article-journal", "Harbour Review", "3")
    assert (article.issued, article.page) == ("Spring 1932", "4-9")


def test_articles_of_one_volume_share_what_is_printed_once(noted: list[Reference]) -> None:
    keeper, dog = noted[3:5]
    assert (keeper.title, keeper.page, keeper.year) == ("What the Keeper Said", "1-7", 1933)
    assert (dog.title, dog.page) == ("The Dog", "9, 11-12")
    assert (dog.container_title, dog.volume, dog.year) == ("Harbour Review", "4", 1933)


def test_a_letter_has_sender_recipient_and_day(noted: list[Reference]) -> None:
    letter = noted[5]
    assert letter.type == "personal_communication"
    assert (letter.author[0].family, letter.recipient[0].literal) == ("Brink", "Harbour Board")
    assert csl_item(letter)["issued"] == {"date-parts": [[1930, 5, 4]]}


def test_short_forms_point_to_what_they_stand_for(noted: list[Reference]) -> None:
    short, ibid = noted[6:8]
    assert (short.refers_to, short.page, people(short)) == (noted[0].id, "77", ["Brink", "Aas"])
    assert (ibid.refers_to, ibid.page) == (short.id, "79")


def test_a_remark_is_no_reference(noted: list[Reference]) -> None:
    assert len(noted) == 8


def test_every_reference_cites_its_words_and_its_note(noted: list[Reference]) -> None:
    for reference in noted:
        (anchor,) = reference.anchors
        assert " ".join(anchor.quote.split()) == reference.printed
        assert reference.note is not None
        assert 0 < reference.confidence < 1
        json.dumps(csl_item(reference))


def test_entries_of_a_reference_list_are_read_by_the_model() -> None:
    found = references(LIST)
    assert [(people(r), r.year) for r in found] == [(["Brink", "Aas"], 1931), (["Dahl"], 1933)]
    assert found[0].type == "article-journal"
    assert found[1].publisher == "Harbour Press"


def test_where_a_document_is_kept_is_read_from_its_source_note() -> None:
    text = "Letter\n\nI saw it.\n\nSource: Harbour Museum, Pilots' Papers, Box 3, Folder 9. Secret. Drafted by Lie.\n"
    (place,) = references(text)
    assert (place.archive, place.archive_collection) == ("Harbour Museum", "Pilots' Papers")
    assert (place.archive_location, place.genre) == ("Box 3, Folder 9", "Secret")


@pytest.mark.parametrize(
    "text", ["", "(", '"', "((((((", "Anna Brink, The Lamp (Oslo: ", "a" * 5000, "1 (2): 3, 4 (5)"]
)
def test_wreckage_is_no_reference(text: str) -> None:
    assert read_note_reference(text) is None
