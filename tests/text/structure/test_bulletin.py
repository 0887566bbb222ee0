"""An invented bulletin: an introduction with glued note calls and lost notes, then reprinted accounts of one talk."""

from collections.abc import Callable

import pytest

from testimonia.text.recovered import Recovered
from testimonia.text.structure.find import find_structure
from testimonia.text.structure.found import Structure

BULLETIN = """\
Page 1 of 3

The Skerry Light: New Papers

from the Harbour Archive

by Ingrid T. Solvang

The loss of the mail ferry Maren in November 1907 has occupied the
coast for three generations. The papers that follow come from the
harbour archive, which was closed until last spring.1 Most of them
were known from quotation elsewhere2 and were copied in 1931,3 when
the B12 buoy was moved and the U-2 channel closed after 4-5 months.

What the Keepers Knew

The keepers wrote that "nobody on the skerry saw a light."4 They had
10,000 lamps in store, at 7:45.2 in the evening, and said so again on
page 3 of their log (see no.5 of this series).5 The inspector called
their log "a tidy fiction" and let the matter rest for the winter.

A Quarrel in Town

The town took sides at once (the doctor did not).6 In the spring the
council paid for a second inquiry and lost its minutes before
the summer was over.7 Nobody was ever charged with anything at all.

1 The archive opened in April; see its Guide, pp. 3-4.

2 Notably in Otto Brandt, Lamps and Lies (Lund: Sten, 1950), 12.

The edition of 1961 leaves the passage out.

Page 2 of 3

3. Copies by the pilot's daughter, Harbour Archive, box 7.

4 Keepers' log, entry for 9 November 1907, which goes on as

follows:
\f
Page 1 of 4

Return to Contents

THE COAST

IN LETTERS AND PAPERS

What Was Said on the Quay

Captain Holm's Meeting
With the Pilot, 9 November 1907

Reprinted from
COAST AND HARBOUR BULLETIN
Issue 12, Autumn 1988

hy Jonas Lie Berg

On the evening of 9 November 1907 Captain Lars E. Holm met the pilot
Mette Lind on the quay at Havnsund. What they agreed has been told in
five ways, which are set side by side here for the first time ever.

* j|c %


Holm's (shortened) Description

1 met the pilot on the quay at seven. I told her that the lamp on the
skerry was out, and I asked for a second boat. She said there could be
no boat before midnight. I returned to the ferry and we sailed.

[Lars E. Holm, A Life at Sea (Havnsund: Quay Press,
1911; cited from the reprint, Lund: Sten, 1950), pp. 40-41]

Page 2 of 4

The Pilot's Wife's Version

My wife told me that the captain had promised to wait. She said that
he gave his word twice [on the quay] and then broke it before the bell.

[Karl Lind's remarks, in Otto Brandt, ed.. Lamps and Lies: Talks at the
Havnsund Conference, May 3-4, 1949 (Lund: Sten,

1950), pp. 92-93)


Accounts of Two Harbour Officials:


Erik Dahl:

... The order [to Holm] was to wait. That we told him plainly, and the
harbour master was quite certain that he had understood, [p. 12]

There was no other order.... [pp. 14-151

{from Erik Dahl, Harbour Years (Bergen: Fjord, 1922), ch. 4]


Anna Moe:

I was not on the quay. Dahl told me at supper that the captain had
sworn to wait for the second boat, and that the pilot had laughed.

[Anna Moe as told to Nils Moe, Supper Talk (Bergen: Fjord, 1930)]

Page 4 of 4

Lind's Telegram to the Lighthouse Board,
9 November 1907:

SECRET  Copy

No. 2

CIPHERED TELEGRAM

Captain Holm came to see me at seven. I told him that no boat could
be had. He answered that "the bell will not wait for a boat." In this
I could do nothing [two-and-a-half lines blotted out]

9/XI-07 M. LIND

[Source: Lighthouse Board archives, copy provided by the museum, in
Otto Brandt, Lamps and Lies (Lund: Sten, 1950), appendix, p. 200.]


Brandt and Sand comment.

Lamps and Lies (excerpt):

The telegram suggests that the pilot had no boat to give. That the
captain said "the bell will not wait for a boat" is remarkable, and it
seems likely that he had been told of the storm by then.

Return to Contents _
"""


@pytest.fixture(scope="module")
def bulletin(made: Callable[..., Recovered]) -> Structure:
    return find_structure(made(BULLETIN))


def lines_of(text: str, words: str, after: int = 0) -> int:
    """The 1-based line of these words, the first one after line `after`."""
    return next(n for n, line in enumerate(text.split("\n"), 1) if n > after and words in line)


def test_articles_have_title_author_and_place_of_publication(bulletin: Structure) -> None:
    first, second = [d for d in bulletin.documents if d.type == "article"]
    assert (first.title, first.author) == ("The Skerry Light: New Papers from the Harbour Archive", "Ingrid T. Solvang")
    assert first.page_labels == ("Page 1 of 3", "Page 2 of 3")
    assert second.author == "Jonas Lie Berg"
    assert second.title.endswith("Captain Holm's Meeting With the Pilot, 9 November 1907")
    assert second.published_in == "COAST AND HARBOUR BULLETIN, Issue 12, Autumn 1988"
    assert second.date == "1988-23"


def test_running_head_says_where_the_title_starts(made: Callable[..., Recovered]) -> None:
    second = BULLETIN[BULLETIN.index("Page 1 of 4") :]
    found = find_structure(made(second, head="The Coast in Letters: What Was Said on the Quay"))
    assert found.documents[0].title == (
        "What Was Said on the Quay: Captain Holm's Meeting With the Pilot, 9 November 1907"
    )


def test_sections_are_found_by_layout(bulletin: Structure) -> None:
    article = bulletin.documents[0]
    sections = [d for d in bulletin.documents if d.type == "section" and d.parent == article.id]
    assert [s.title for s in sections] == ["What the Keepers Knew", "A Quarrel in Town"]
    assert sections[0].first_line == lines_of(BULLETIN, "What the Keepers Knew")
    assert sections[1].last_line == lines_of(BULLETIN, "the summer was over.7")


def test_accounts_run_from_heading_to_source_note(bulletin: Structure) -> None:
    def line(words: str, after: int = 0) -> int:
        return lines_of(BULLETIN, words, after)

    found = [(a.heading, a.first_line, a.last_line) for a in bulletin.accounts]
    assert found == [
        ("Holm's (shortened) Description", line("Holm's (shortened)"), line("1911; cited")),
        ("The Pilot's Wife's Version", line("The Pilot's Wife's"), line("1950), pp. 92")),
        ("Erik Dahl:", line("Erik Dahl:"), line("{from Erik Dahl")),
        ("Anna Moe:", line("Anna Moe:"), line("[Anna Moe as told")),
        (
            "Lind's Telegram to the Lighthouse Board, 9 November 1907:",
            line("Lind's Telegram"),
            line("appendix, p. 200"),
        ),
        ("Brandt and Sand comment. Lamps and Lies (excerpt):", line("Brandt and Sand"), line("seems likely that")),
    ]


def test_group_heading_is_a_section_over_its_accounts(bulletin: Structure) -> None:
    group = next(d for d in bulletin.documents if d.title == "Accounts of Two Harbour Officials")
    moe = next(a for a in bulletin.accounts if a.teller == "Anna Moe")
    assert (group.type, group.last_line) == ("section", moe.last_line)


def test_tellers_and_times_of_telling(bulletin: Structure) -> None:
    assert [(a.teller, a.told, a.published) for a in bulletin.accounts] == [
        ("Lars E. Holm", "../1911", "1911"),
        ("The Pilot's Wife", "1949-05-03/1949-05-04", "1950"),
        ("Erik Dahl", "../1922", "1922"),
        ("Anna Moe", "../1930", "1930"),
        ("Mette Lind", "1907-11-09", "1950"),
        ("Otto Brandt and Sand", "../1950", "1950"),
    ]


def test_basis_follows_from_the_words(bulletin: Structure) -> None:
    basis = {a.teller: a.basis for a in bulletin.accounts}
    assert basis["Lars E. Holm"] == "took part"
    assert basis["Anna Moe"] == "was told"
    assert basis["Otto Brandt and Sand"] == "comments"
    assert all(a.reason for a in bulletin.accounts)


def test_each_account_is_a_document_of_its_article(bulletin: Structure) -> None:
    article = [d for d in bulletin.documents if d.type == "article"][1]
    own = {d.id: d for d in bulletin.documents}
    documents = [own[a.document] for a in bulletin.accounts]
    groups = {d.id for d in bulletin.documents if d.type == "section" and d.parent == article.id}
    assert {d.parent for d in documents} <= {article.id} | groups
    assert documents[4].type == "cable"
    assert documents[4].recipient == "the Lighthouse Board"
    assert documents[4].date == "1907-11-09"


def test_body_holds_the_accounts_own_words_only(bulletin: Structure, made: Callable[..., Recovered]) -> None:
    text = made(BULLETIN).reading.text
    telegram = bulletin.accounts[4]
    words = " ".join(text[s.start : s.end] for s in telegram.body)
    assert words.startswith("Captain Holm came to see me")
    assert words.endswith("[two-and-a-half lines blotted out]")
    pages = " ".join(text[s.start : s.end] for s in bulletin.accounts[2].body)
    assert "[p. 12]" in pages and "Harbour Years" not in pages


def test_cable_parts_are_marked(bulletin: Structure) -> None:
    telegram = bulletin.accounts[4].document
    parts = [(m.role, m.text) for m in bulletin.marks if m.document == telegram and m.role != "ellipsis"]
    assert parts == [
        ("classification", "SECRET  Copy"),
        ("classification", "No. 2"),
        ("classification", "CIPHERED TELEGRAM"),
        ("signature", "9/XI-07 M. LIND"),
    ]


def test_insertions_are_neither_page_references_nor_source_notes(bulletin: Structure) -> None:
    assert [m.text for m in bulletin.marks if m.role == "insertion"] == ["[on the quay]", "[to Holm]"]
    assert [m.text for m in bulletin.marks if m.role == "separator"] == ["* j|c %"]
    assert [m.text for m in bulletin.marks if m.role == "ellipsis"] == ["...", "...."]


def test_calls_are_linked_with_their_notes(bulletin: Structure) -> None:
    notes = {n.label: n for n in bulletin.notes}
    assert sorted(notes) == ["1", "2", "3", "4"]
    calls = {label: n.called_at[0].first_line for label, n in notes.items()}
    assert calls == {
        "1": lines_of(BULLETIN, "last spring.1"),
        "2": lines_of(BULLETIN, "elsewhere2"),
        "3": lines_of(BULLETIN, "1931,3"),
        "4": lines_of(BULLETIN, 'light."4'),
    }
    assert all(n.called_at[0].quote == label for label, n in notes.items())


def test_further_paragraphs_belong_to_their_note(bulletin: Structure) -> None:
    second, last = bulletin.notes[1], bulletin.notes[3]
    assert second.text.endswith("leaves the passage out.")
    assert last.text.endswith("follows:") and "breaks off at the end" in last.reason


def test_called_and_absent_notes_are_gaps(bulletin: Structure) -> None:
    gaps = [g for g in bulletin.gaps if g.what == "note"]
    assert [g.label for g in gaps] == ["5", "6", "7"]
    assert gaps[2].anchors[0].first_line == lines_of(BULLETIN, "was over.7")
    assert "Page 3 of 3 is missing" in gaps[0].evidence


def test_missing_pages_are_gaps_with_the_label_beside_them(bulletin: Structure) -> None:
    gaps = [g for g in bulletin.gaps if g.what == "page"]
    assert [(g.label, g.anchors[0].quote) for g in gaps] == [
        ("Page 3 of 3", "Page 2 of 3"),
        ("Page 3 of 4", "Page 2 of 4"),
    ]


def test_redaction_has_a_quantity_and_is_a_gap(bulletin: Structure) -> None:
    (redaction,) = bulletin.redactions
    assert (redaction.quantity, redaction.unit) == (2.5, "line")
    assert redaction.document == bulletin.accounts[4].document
    assert [g.extent for g in bulletin.gaps if g.what == "redaction"] == ["2.5 lines"]


def test_accounts_and_articles_carry_page_and_line(bulletin: Structure) -> None:
    telegram = bulletin.accounts[4]
    assert telegram.anchors[0].page_label == "Page 4 of 4"
    assert telegram.anchors[0].first_line == telegram.first_line


def test_ids_survive_another_recovery(made: Callable[..., Recovered]) -> None:
    def ids(found: Structure) -> list[str]:
        return [x.id for x in (*found.documents, *found.accounts, *found.notes, *found.gaps, *found.marks)]

    once, again = find_structure(made(BULLETIN)), find_structure(made(BULLETIN))
    assert once == again
    assert len(set(ids(once))) == len(ids(once))
    joined = find_structure(made(BULLETIN, joint="\n"))
    assert ids(joined) == ids(once)
