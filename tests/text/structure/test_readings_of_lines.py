"""What single lines and paragraphs say: redactions, marks, headings, source notes, frames, names, basis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.text.structure.account_headings import read_account_heading
from testimonia.text.structure.basis import find_basis, fold, participants_of
from testimonia.text.structure.cable import is_classification, is_salutation, read_dateline, read_signature
from testimonia.text.structure.marks import find_marks
from testimonia.text.structure.redactions import find_withheld, read_quantity
from testimonia.text.structure.shapes import ends_sentence, is_name, is_separator, looks_like_title
from testimonia.text.structure.source_notes import author_of, published_year, signs_of_citation, told_at
from testimonia.text.structure.tellers import fuller_name, people_named
from testimonia.text.structure.titles import byline, is_link_line


@pytest.mark.parametrize(
    ("words", "quantity", "unit"),
    [
        ("one-and-a-half lines whited out", 1.5, "line"),
        ("one and a half lines deleted", 1.5, "line"),
        ("2½ pages withheld", 2.5, "page"),
        ("1-1/2 lines not declassified", 1.5, "line"),
        ("3 1/4 lines excised", 3.25, "line"),
        ("twenty-one words deleted", 21.0, "word"),
        ("half a line deleted", 0.5, "line"),
        ("a paragraph removed", 1.0, "paragraph"),
        ("less than 1 line not declassified", 1.0, "line"),
        ("name excised", 1.0, "name"),
        ("names excised", None, "name"),
        ("several lines blacked out", None, "line"),
        ("text deleted", None, None),
        ("0.5 page deleted", 0.5, "page"),
    ],
)
def test_quantities_of_withheld_text(words: str, quantity: float | None, unit: str | None) -> None:
    assert read_quantity(words) == (quantity, unit)


@pytest.mark.parametrize(
    "text",
    [
        "He said [6 lines not declassified] and left",
        "He said [deleted] and left",
        "He said (one line blotted out) and left",
        "He said [one line blotted\nout] and left",
        "He said [two lines deleted",
        "He said ████ and left",
        "He said XXXXXX and left",
        "He said [XXXX] and left",
    ],
)
def test_withheld_text_is_found(text: str) -> None:
    (found,) = find_withheld(text)
    assert text[found.start : found.end].strip() and 0 < found.confidence < 1


@pytest.mark.parametrize(
    "text",
    [
        "The mines were removed (as we had been told by him).",
        "[The boat had been removed from its place on the quay before he came]",
        "Henry XXIII and Louis XXX",
        "He deleted one line.",
        "[on Saturday]",
    ],
)
def test_removal_in_the_story_is_no_redaction(text: str) -> None:
    assert find_withheld(text) == ()


def marks(text: str) -> list[tuple[str, str]]:
    return [(m.role, text[m.start : m.end]) for m in find_marks(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("he left [on Saturday] at", [("insertion", "[on Saturday]")]),
        ("he left [Dean]", [("insertion", "[Dean]")]),
        ("[He asked him] not to", [("insertion", "[He asked him]")]),
        ("he left [p. 406] and [pp. 432-441 \nand", []),
        ("the lamp[3] and [*]", []),
        ("he left [...] at", [("ellipsis", "...")]),
        (".. .The other", [("ellipsis", ".. .")]),
        (".. There was", [("ellipsis", "..")]),
        ("he left . . . at", [("ellipsis", ". . .")]),
        ("he left… at", [("ellipsis", "…")]),
        ("he left.... [p. 4]", [("ellipsis", "....")]),
        ("Chapter One ............ 12", []),
        ("eds.. Back to", []),
        ("* * *", [("separator", "* * *")]),
    ],
)
def test_marks_of_the_editor(text: str, found: list[tuple[str, str]]) -> None:
    assert marks(text) == found


@given(st.text(alphabet="[](){} .…abc12\n*█X½-", max_size=80))
def test_no_text_breaks_the_line_readers(text: str) -> None:
    for withheld in find_withheld(text):
        assert 0 <= withheld.start < withheld.end <= len(text)
    for mark in find_marks(text):
        assert 0 <= mark.start < mark.end <= len(text)
    read_account_heading(text)
    read_dateline(text)
    read_signature(text)
    signs_of_citation(text)


@pytest.mark.parametrize(
    ("text", "form", "who"),
    [
        ("Lars E. Holm's (edited) Description", "possessive", "Lars E. Holm"),
        ('Moe\'s "Confession":', "possessive", "Moe"),
        ("Holm’s Cable to the Harbour Board, 9 April 1907:", "possessive", "Holm"),
        ("The Pilot's Wife's Version", "possessive", "The Pilot's Wife"),
        ("Statement of Peder Holt", "telling of", "Peder Holt"),
        ("Sworn Testimony of Mette Lind, taken on 4 May 1907", "telling of", "Mette Lind"),
        ("Letter from Jan van der Berg to the Board", "telling of", "Jan van der Berg"),
        ("12. Telegram From the Consulate to the Board1", "telling of", "the Consulate"),
        ("Interview with Anna Moe", "telling of", "Anna Moe"),
        ("Memorandum of Conversation", "telling of", None),
        ("Holm and Lind comment.", "verb", "Holm and Lind"),
        ("Anna Moe recalls:", "verb", "Anna Moe"),
        ("Anna Moe:", "name and colon", "Anna Moe"),
        ("Erik Dahl, customs clerk", "name", "Erik Dahl"),
        ("Accounts of Former Harbour Officials:", "group", None),
        ("Eyewitness Accounts", "group", None),
    ],
)
def test_headings_that_announce_an_account(text: str, form: str, who: str | None) -> None:
    heading = read_account_heading(text)
    assert heading is not None and (heading.form, heading.who) == (form, who)


@pytest.mark.parametrize(
    "text",
    [
        "At the Harbour Board",
        "The Story of the Night",
        "Report of an Evening",
        "He described what Holm's report had said to him.",
        "Holm's report said that the boat was lost, and so on.",
        "the keeper's account",
        "A Quarrel in Town",
        "",
    ],
)
def test_other_headings_announce_none(text: str) -> None:
    assert read_account_heading(text) is None


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("[Lars Holm, A Life (Lund: Sten, 1911), pp. 1-2]", "1911"),
        ("[Lars Holm, A Life (Lund: Sten, 1911; paperback, Bergen: Fjord, 1950), 3]", "1911"),
        ("[Talks, May 3-4, 1949 (Lund: Sten, 1950), p. 9]", "1950"),
        ("[Lars Holm, A Life (Lund: Sten, 1911", "1911"),
        ("[Lars Holm, A Life, 1911]", "1911"),
        ("[Source: Board archives, telegram 1183, 9 April 1907]", None),
        ("[p. 406]", None),
    ],
)
def test_first_year_of_the_imprint_is_the_publication(printed: str, year: str | None) -> None:
    assert published_year(printed) == year


def test_occasion_named_in_a_source_note() -> None:
    told = told_at("[Holm's remarks, in Talks at the Lund Conference, May 3-4, 1949 (Lund: Sten, 1950)]")
    assert told is not None and told.edtf == "1949-05-03/1949-05-04"
    assert told_at("[Lars Holm, The Night of 9 April 1907 (Lund: Sten, 1911)]") is None
    assert author_of("[Source: Board archives, box 7]") is None


@pytest.mark.parametrize(
    "text",
    [
        "TOP SECRET",
        "SECRET  Making Copies Prohibited  Copy No. 3",
        "CIPHERED TELEGRAM",
        "Eyes Only",
        "Top Secret; Urgent",
    ],
)
def test_classification_lines(text: str) -> None:
    assert is_classification(text)


@pytest.mark.parametrize(
    "text", ["The Secret of the Quay", "secret", "He kept it secret.", "Copy", "No. 1", "URGENT BUSINESS"]
)
def test_lines_that_classify_nothing(text: str) -> None:
    assert not is_classification(text)


def test_datelines_greetings_and_signatures() -> None:
    assert read_dateline("Havnsund, Sunday, 9 April 1907, 7 p.m.") == ("Havnsund", "1907-04-09T19:00:00")
    assert read_dateline("9 April 1907") == (None, "1907-04-09")
    assert read_dateline("the boat was lost on 9 April 1907") is None
    assert read_dateline("Lind's Telegram, 9 April 1907:") is None
    assert is_salutation("Dear Sir or Madam:") and is_salutation("Gentlemen,")
    assert not is_salutation("Dear me, that was a long and lonely night on the quay")
    assert read_signature("(signed) Lars Holm") == ("Lars Holm", None)
    assert read_signature("Havnsund. 9 April 1907") == ("Havnsund", "1907-04-09")
    assert read_signature("Did he see it?") == (None, None)
    assert read_signature("The boat was lost in the night.") == (None, None)


def test_bylines_and_links() -> None:
    assert byline("by Jonas Lie Berg") == "Jonas Lie Berg"
    assert byline("hy Jonas Lie Berg") == "Jonas Lie Berg"
    assert byline("Edited by Anna Moe, Erik Dahl, and Karen Sund*") == "Anna Moe, Erik Dahl, and Karen Sund"
    assert byline("by the time he came") is None
    assert byline("By Tuesday the boat was lost and nobody knew it") is None
    assert is_link_line("Back to top") and not is_link_line("Back at the harbour nobody spoke")


def test_shapes_of_lines() -> None:
    assert is_separator("* * *") and is_separator("———") and not is_separator("12") and not is_separator("I.")
    assert is_name("Jan van der Berg, Jr.") and not is_name("Harbour") and not is_name("Captain General")
    assert looks_like_title("A NIGHT ON THE QUAY") and not looks_like_title("A night on the quay, and")
    assert not looks_like_title("Chapter One ........ 12")
    assert ends_sentence("was lost.12") and ends_sentence("“lost.”") and not ends_sentence("the lost")


def test_full_names_come_from_the_source_and_only_where_one_person_bears_them() -> None:
    people = people_named(
        ["Then Captain Lars E. Holm met Pilot Mette Lind.", "Lars Holm left. Karl Lind stayed. L. Holm"]
    )
    assert fuller_name("Holm", people) == "Lars E. Holm"
    assert fuller_name("Captain Holm", people) == "Lars E. Holm"
    assert fuller_name("Lind", people) == "Lind"
    assert fuller_name("Moe and Holm", people) == "Moe and Lars E. Holm"


def test_participants_come_from_the_title() -> None:
    assert participants_of("A Night: Lars Holm's Secret Talk With Mette Lind, 9 April") == {"holm", "lind"}
    assert participants_of("The Meeting of Lars Holm and Mette Lind") == {"holm", "lind"}
    assert participants_of("Lars Holm's House With a View") == frozenset()


TITLE = "Lars Holm's Talk With Mette Lind"


@pytest.mark.parametrize(
    ("text", "teller", "basis"),
    [
        ("I met her on the quay. I told her to wait, and she asked me for a boat.", "Lars Holm", "took part"),
        ("1 met her on the quay. 1 told her to wait.", "Lars Holm", "took part"),
        ("Holm told me at supper that he had met her. I believed him.", "Anna Moe", "was told"),
        ("His report went something like this: he met her and left.", "Karl Moe", "was told"),
        ("We in the office had agreed. I was sure of him, and we said so to all.", "Erik Dahl", "infers"),
        ("The ferry was lost.", "Erik Dahl", None),
    ],
)
def test_basis_by_the_tellers_own_words(text: str, teller: str, basis: str | None) -> None:
    found = find_basis(text, teller, None, TITLE, ())
    assert found.basis == basis and found.reason


def test_words_in_quotation_marks_are_not_the_tellers_own() -> None:
    text = 'He wrote: "I met her on the quay, and I told her to wait, and we parted." It is likely that he did.'
    assert find_basis(text, "Otto Brandt", None, TITLE, ()).basis is None
    other = fold("I met her on the quay, and I told her to wait, and we parted.")
    commented = find_basis(text + " This suggests a plan.", "Otto Brandt", None, TITLE, (other,))
    assert commented.basis == "comments" and "quotes" in commented.reason
