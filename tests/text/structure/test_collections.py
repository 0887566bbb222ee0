"""Sources of other make-up than a bulletin: a dossier, an oral history, letters, telegrams, and texts that hold none
of these."""

from collections.abc import Callable

import pytest

from testimonia.text.recovered import Recovered
from testimonia.text.structure.find import find_structure

Made = Callable[..., Recovered]

DOSSIER = """\
INQUIRY INTO THE LOSS OF THE FERRY MAREN

Papers Laid Before the Board

Statement of Peder Holt, Boatswain
I was at the wheel when the bell rang, and I saw the captain go below.
He came up again with the lamp in his hand and told me to hold the course.
We struck within the hour. I did not see him again after that.

Testimony of Mette Lind, taken on 4 December 1907

Q. Were you on the quay?
A. I was on the quay at seven, and I spoke with the captain there.

He asked me for a second boat. I told him that there was none to be had
before midnight, and he laughed and said the bell would not wait for him.

Deposition of the Harbour Master

My book shows that the ferry left at ten past seven. Nobody reported to
me that the lamp was out, and no one asked me for a second boat that day.

Statement of
ANNA MOE

I keep the inn above the quay. Dahl told me at supper that the captain
had sworn to wait, and that the pilot had laughed at him for saying so.
"""

ORAL_HISTORY = """\
Voices from the Quay

collected by Nils Moe

These talks were taken down in the winter of 1949 from people who had
been on the quay or in the town on the night that the ferry was lost.

Anna Holt

I was nine years old, and we lived above the chandler's shop. My father
went out with the lantern when the bell rang, and he did not come home
before the morning. He never told us what he saw there, not once in all
the years that he lived, and my mother never asked him about it either.

Erik Dahl, customs clerk

I was in the customs house. I saw the ferry leave and I heard the bell.
The pilot came in wet to the skin and asked me for the telephone, and I
told her that the line was down. She sat by the stove until the morning
and she said nothing more about the captain or about the second boat.

Karen Sund

My mother kept the lamp in those days. She always said that the lamp was
lit and that the wick was new, and that the inspector never looked at it
at all. He wrote his report at the inn, she said, and paid for the wine.
I believe her, since she had no reason to tell a lie to her own children.
"""

LETTERS = """\
Letters of a Pilot

To Her Brother

Havnsund, 3 November 1907

Dear Karl,

The new lamp on the skerry was lit on Sunday, and the keepers say that it
will burn for a week without a hand on it. I do not believe a word of it.

Your loving sister,

Mette

To the Board

10 November 1907

Gentlemen,

I have to report that the ferry left the quay against my word, and that
no boat could be had before midnight. I await your instructions here.

Your obedient servant,

Mette Lind
"""

VERSES = "".join(
    f"{chapter}:{verse} And the keeper said to the pilot, Light {verse} lamps; and she lit {chapter} of them.\n"
    for chapter in range(1, 9)
    for verse in range(1, 30)
)


def tellers(text: str, made: Made) -> list[tuple[str, str | None]]:
    return [(a.teller, a.told) for a in find_structure(made(text)).accounts]


def test_dossier_of_depositions_without_brackets(made: Made) -> None:
    found = find_structure(made(DOSSIER))
    assert [(a.heading, a.teller, a.told) for a in found.accounts] == [
        ("Statement of Peder Holt, Boatswain", "Peder Holt", None),
        ("Testimony of Mette Lind, taken on 4 December 1907", "Mette Lind", "1907-12-04"),
        ("Deposition of the Harbour Master", "the Harbour Master", None),
        ("Statement of ANNA MOE", "ANNA MOE", None),
    ]
    assert [a.basis for a in found.accounts][:2] == ["took part", "took part"]
    assert found.accounts[3].basis == "was told"
    assert [d.type for d in found.documents] == ["article", *["testimony"] * 4]
    assert found.notes == () and found.gaps == ()


def test_heading_inside_its_paragraph_is_cut_from_the_body(made: Made) -> None:
    recovered = made(DOSSIER)
    first = find_structure(recovered).accounts[0]
    assert recovered.reading.text[first.body[0].start :].startswith("I was at the wheel")


def test_oral_history_under_bare_names(made: Made) -> None:
    assert tellers(ORAL_HISTORY, made) == [("Anna Holt", None), ("Erik Dahl", None), ("Karen Sund", None)]


def test_letters_start_with_dateline_and_greeting(made: Made) -> None:
    found = find_structure(made(LETTERS))
    assert [(a.heading, a.teller, a.told) for a in found.accounts] == [
        ("To Her Brother", "Mette", "1907-11-03"),
        ("To the Board", "Mette Lind", "1907-11-10"),
    ]
    letters = [d for d in found.documents if d.type == "letter"]
    assert [(d.recipient, d.place, d.date) for d in letters] == [
        ("Her Brother", "Havnsund", "1907-11-03"),
        ("the Board", None, "1907-11-10"),
    ]
    roles = [(m.role, m.text) for m in found.marks if m.document == letters[0].id]
    assert roles == [
        ("opener", "Havnsund, 3 November 1907"),
        ("opener", "Dear Karl,"),
        ("signature", "Your loving sister,"),
        ("signature", "Mette"),
    ]


def test_numbered_telegrams_of_a_documentary_edition(made: Made) -> None:
    text = "\n".join(
        f"{n}. Telegram From the Consulate in Havnsund to the Board of Trade\n\nHavnsund, {n} May 1907, 7:15 p.m.\n\n"
        f"I saw the pilot today. She told me that the lamp on the skerry was out for {n} nights and\n"
        "that the keepers had been warned of it twice. I shall ask the Board for a boat of our own.1\n\n"
        f"{n + 20}. Memorandum of Conversation\n\nThe pilot said that there was no boat before midnight, and\n"
        "the captain answered that the bell would not wait for anyone, and so it ended.\n"
        for n in range(3, 7)
    )
    found = find_structure(made(text))
    assert len(found.accounts) == 8
    first = found.accounts[0]
    assert (first.teller, first.told) == ("Consulate in Havnsund", "1907-05-03T19:15:00")
    document = next(d for d in found.documents if d.id == first.document)
    assert (document.type, document.recipient, document.place) == ("cable", "Board of Trade", "Havnsund")


def test_text_without_structure_is_one_document_and_one_account(made: Made) -> None:
    found = find_structure(made(VERSES), name="keeper")
    (document,) = found.documents
    assert (document.type, document.title, document.first_line) == ("text", "keeper", 1)
    (account,) = found.accounts
    assert account.confidence <= 0.3 and account.document == document.id
    assert found.notes == () and found.gaps == ()


def test_articles_without_excerpts_are_accounts_themselves(made: Made) -> None:
    text = "The Lamp\n\nby Anna Moe\n\n" + "I saw the lamp go out at seven. I told my father of it at once.\n" * 4
    found = find_structure(made(text))
    assert [(a.teller, a.basis) for a in found.accounts] == [("Anna Moe", "took part")]


def test_byline_joined_to_its_title_is_told_from_it(made: Made) -> None:
    found = find_structure(made("The Lamp on\nthe Skerry\nby Anna Moe\n\n" + LETTERS.split("\n\n")[4] + "\n"))
    assert (found.documents[0].title, found.documents[0].author) == ("The Lamp on the Skerry", "Anna Moe")


def test_heading_of_the_notes_is_no_word_of_the_last_account(made: Made) -> None:
    last = DOSSIER.replace("saying so.\n", "saying so.1\n") + "\nNotes\n\n1 The book of the inn, 12.\n"
    recovered = made(last)
    found = find_structure(recovered)
    assert [n.label for n in found.notes] == ["1"]
    body = found.accounts[-1].body[-1]
    assert recovered.reading.text[body.start : body.end].endswith("saying so.1")
    assert found.accounts[-1].last_line == last[: last.index("Notes")].count("\n") - 1


def test_one_letter_in_its_file_is_a_letter(made: Made) -> None:
    found = find_structure(made(LETTERS[LETTERS.index("To the Board") :]))
    (document,) = found.documents
    assert (document.type, document.author, document.recipient) == ("letter", "Mette Lind", "the Board")
    assert [(a.teller, a.told) for a in found.accounts] == [("Mette Lind", "1907-11-10")]
    assert [m.role for m in found.marks] == ["opener", "opener", "signature", "signature"]


def test_one_deposition_in_its_file_names_its_teller(made: Made) -> None:
    text = DOSSIER[DOSSIER.index("Testimony of") : DOSSIER.index("Deposition")]
    found = find_structure(made(text + "[From the papers of the Board (Bergen: Fjord, 1922), pp. 4-5]\n"))
    (account,) = found.accounts
    assert (account.teller, account.told, account.published) == ("Mette Lind", "1907-12-04", "1922")
    assert account.source_note is not None and found.documents[0].type == "testimony"


def test_turns_of_a_conversation_are_no_accounts(made: Made) -> None:
    turns = "".join(
        f"{who}:\n\nI have said before that the lamp was lit, and I say it again now, at the {n} bell.\n\n"
        for n in range(12)
        for who in ("Captain Holm", "Mette Lind")
    )
    found = find_structure(made("Minutes\n\n" + turns))
    assert [a.heading for a in found.accounts] == [None]
    assert [d.type for d in found.documents] == ["article"]


def test_table_and_list_make_no_sections_and_no_notes(made: Made) -> None:
    table = "".join(f"Vessel {n}\n\nLamp Oil\n\n{n * 3}\n\n" for n in range(30))
    numbered = "".join(
        f"{n}. Light the lamp and write the hour into the book before the bell.\n\n" for n in range(1, 9)
    )
    found = find_structure(made(table + numbered))
    assert [d.type for d in found.documents if d.type == "section"] == []
    assert found.notes == () and found.gaps == ()


@pytest.mark.parametrize("text", ["", "\n\n\n", "\f\f", "x", "[", "1", "[one line deleted"])
def test_next_to_nothing_is_no_error(text: str, made: Made) -> None:
    found = find_structure(made(text))
    assert len(found.documents) == (1 if text.strip() else 0)
    assert len(found.accounts) == len(found.documents)


def test_nothing_is_looked_for_on_unreadable_pages(made: Made) -> None:
    page = "Anna Moe's Statement\n\nI saw the lamp [one line deleted] and told my father what I had seen there.\n\n"
    found = find_structure(made(page + "\f" + page, uncertain=(0, 1)))
    assert found.redactions == () and found.marks == ()
    assert [a.confidence for a in found.accounts] == [0.3]
