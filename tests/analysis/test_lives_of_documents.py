"""Provenance, reliance and lost records in an invented dossier on an invented night."""

import pytest

from testimonia.analysis.handing_on import acts
from testimonia.analysis.lost_records import find_lost_records
from testimonia.analysis.provenance import find_provenance
from testimonia.analysis.reliance import find_reliances, independent
from testimonia.analysis.subject import Subject
from testimonia.model.layers import ORIGINAL, Layer
from testimonia.model.provenance import ACTS, Reliance
from testimonia.model.steps import Step
from testimonia.text.anchoring import Anchorer
from testimonia.text.lines import LineTable
from testimonia.text.recovery import recover
from testimonia.text.structure.find import find_structure

DOSSIER = """The Night of the Lugger: Papers from the Harbour Archive
by Eva Lie

Most of these papers were declassified by Harbour authorities in 1951-1952 and provided to Radio Oslo. Prof. Kari Berg
(Harbour College), in turn, gave copies of the documents to the Pilots' Society. Many of them were translated by Nils
Vik of the Customs House. The minutes of the board have still not emerged. A fragment of notes of the meeting says that
the lamp was out.1 Similarly, a harbour report prepared in 1961 evidently relies on those notes in stating (without
citation) that the lamp was out.2

The harbour master decided to destroy all logbooks of the pier between 1930 and 1935. He failed to destroy the letters.

Anna Brink's Description

I went down to the pier at nine. I said to the pilot, "You must put out the lamp before the lugger comes round the
point tonight." He said nothing.

[Anna Brink, The Lamp: A Memoir of the Pier (Oslo: Lie & Sons, 1931), 12-14.]

Ola Dahl's Description

Anna Brink's report went something like this: she had gone to the pier. In her own words she told him, "You must put
out the lamp before the lugger comes round the point tonight." Nobody knew more.

[Ola Dahl, Pilots and Keepers, trans. by Per Moe (Bergen: Harbour Press, 1933), pp. 40-41, translation from copy
provided by Radio Oslo, with minor revisions.]

Kari Holm's Confession

I was there when the lugger came. And I have to say that I was the editor of Anna
Brink's book. I took the lamp out of it.

[Kari Holm comments, in Ola Dahl, ed., The Lamp Again (Bergen: Harbour Press, 1935), p. 9.]

NOTES

1 "Notes Taken from the Meetings of the Board (handwritten in 1940)," released by the Harbour Office.

2 Harbour Board, April 1961, "Historical Study of the Lamp," pp. 11-12.
"""


@pytest.fixture(scope="module")
def dossier() -> Subject:
    return _subject(DOSSIER)


def _subject(text: str) -> Subject:
    original = Layer(source="cd" * 32, name=ORIGINAL, text=text, step=Step(name="read", version="1"))
    recovered = recover(original, page_starts=None)
    anchorer = Anchorer(recovered.reading, LineTable(text), recovered.pages, to_original=recovered.reading.offset_map)
    return Subject(
        name="dossier.txt", recovered=recovered, structure=find_structure(recovered, name="dossier"), anchorer=anchorer
    )


def test_what_editors_say_of_a_group_of_papers_becomes_steps(dossier: Subject) -> None:
    steps = [p for p in find_provenance(dossier) if p.document is None]
    told = [(p.act, p.agents, p.recipients, p.when) for p in steps]
    assert ("declassified", ("Harbour authorities",), (), "1951/1952") in told
    assert ("given", (), ("Radio Oslo",), None) in told
    assert ("given", ("Prof. Kari Berg (Harbour College)",), ("Pilots' Society",), None) in told
    assert ("translated", ("Nils Vik of the Customs House",), (), None) in told
    assert all(p.anchors[0].quote and p.reason for p in steps)


def test_the_steps_of_a_document_stand_in_the_order_in_which_they_must_have_happened(dossier: Subject) -> None:
    account = next(a for a in dossier.structure.accounts if a.teller == "Ola Dahl")
    steps = [p for p in find_provenance(dossier) if p.document == account.document]
    assert [p.order for p in steps] == list(range(len(steps)))
    acts_done = [p.act for p in steps]
    assert acts_done == ["written", "given", "translated", "published", "edited"]
    by_act = {p.act: p for p in steps}
    assert by_act["given"].agents == ("Radio Oslo",)
    assert (by_act["published"].agents, by_act["published"].when) == (("Ola Dahl",), "1933")
    assert by_act["edited"].agents == ()  # nobody is named, and nobody is made up


def reliances(subject: Subject) -> list[tuple[str, str, str, bool]]:
    return [(r.rests_name, r.how, r.on_name, r.stated) for r in find_reliances(subject)]


def test_a_report_that_an_account_says_it_gives_is_its_informant(dossier: Subject) -> None:
    found = [r for r in find_reliances(dossier) if r.how == "informant"]
    assert [(r.rests_name, r.on_name, r.stated) for r in found] == [
        ("Ola Dahl's Description", "Anna Brink's report", True)
    ]
    assert found[0].on == next(a.id for a in dossier.structure.accounts if a.teller == "Anna Brink")


def test_who_says_to_have_edited_another_account_is_relied_on_by_it(dossier: Subject) -> None:
    (found,) = [r for r in find_reliances(dossier) if r.how == "edits" and r.on is None]
    assert (found.rests_name, found.on_name) == ("Anna Brink's Description", "Kari Holm, who edited it")
    assert found.stated


def test_a_later_report_that_relies_on_earlier_notes_rests_on_them(dossier: Subject) -> None:
    (found,) = [r for r in find_reliances(dossier) if r.how == "paraphrases"]
    assert found.rests_name == "a harbour report prepared in 1961"
    assert found.on_name == "those notes"
    assert "evidently" in found.reason
    assert [v.quote[:6] for v in found.via] == ["Harbou", '"Notes']


def test_accounts_that_rest_on_one_another_are_one_source(dossier: Subject) -> None:
    accounts = [a.id for a in dossier.structure.accounts]
    assert len(independent(accounts, ())) == 3
    assert len(independent(accounts, list(find_reliances(dossier)))) == 2


def test_a_book_that_both_are_printed_in_is_no_common_source() -> None:
    assert independent(("a", "b"), tuple(_rests(x, "book", "quotes") for x in "ab")) == (("a",), ("b",))
    assert independent(("a", "b"), tuple(_rests(x, "diary", "paraphrases") for x in "ab")) == (("a", "b"),)


def _rests(rests: str, on: str, how: str) -> Reliance:
    return Reliance(
        id=f"{rests}-{on}", source="cd" * 32, anchors=(), step=Step(name="test", version="1"), confidence=0.5,
        reason="invented", rests=rests, rests_name=rests, on=on, on_name=on, how=how, stated=True,
    )  # fmt: skip


CABLE = DOSSIER.replace(
    "The harbour master decided",
    """Now Holm's original and dramatic cable, long alluded to, has been declassified and is open at the Harbour
Archive. The Holm cable's first publication, a copy obtained by the Oslo network NRKA, came last year. This issue has
more translated papers from the Pilots' Archive. Most were given to the Customs House-a public office of the town.

The harbour master decided""",
).replace(
    "NOTES",
    """Holm's Cable to the Customs House, 14 March 1931:

TOP SECRET Making Copies Prohibited Copy

No. 1

CIPHERED TELEGRAM

Tonight the lamp went out at nine, and the lugger came round the point. I told the pilot that the Board would hear of
it before the morning. He said nothing, and went home.

14/III-31 K. HOLM

[Source: Harbour Archive, translation from copy provided by Radio Oslo.]

NOTES""",
)


def test_what_editors_say_of_one_named_cable_is_part_of_its_life() -> None:
    subject = _subject(CABLE)
    steps = list(find_provenance(subject))
    cable = next(d for d in subject.structure.documents if d.type == "cable")
    life = [p for p in steps if p.document == cable.id]
    assert [(p.act, p.agents) for p in life if p.act in ("declassified", "obtained")] == [
        ("obtained", ("Oslo network NRKA",)), ("declassified", ()),
    ]  # fmt: skip
    assert [p.order for p in life] == list(range(len(life)))


def test_an_archive_is_no_translator_and_a_dash_no_part_of_a_name() -> None:
    steps = list(find_provenance(_subject(CABLE)))
    assert not [p for p in steps if p.act == "translated" and "Pilots' Archive" in " ".join(p.agents)]
    assert ("Customs House",) in [p.recipients for p in steps if p.act == "given"]


def test_what_was_said_at_a_conference_was_spoken_not_written(dossier: Subject) -> None:
    told = {p.about: p.act for p in find_provenance(dossier) if p.act in ("spoken", "written")}
    assert told["Kari Holm's Confession"] == "spoken"
    assert told["Anna Brink's Description"] == "written"


def test_records_that_are_destroyed_or_have_not_emerged_are_gaps(dossier: Subject) -> None:
    gaps = list(find_lost_records(dossier))
    assert [g.label for g in gaps] == ["minutes of the board (not found)", "all logbooks of the pier (destroyed)"]
    assert gaps[1].extent == "between 1930 and 1935"
    assert all(g.evidence in " ".join(DOSSIER.split()) for g in gaps)


FIRE = """A Study of the Harbour Fire

by Eva Lie

The evidence is thin, owing to a case of destruction of historical evidence by the Harbour Board (see the note for
details).1 The lamp list was kept by the widow of the keeper, who showed it to nobody until she died.

The papers of the pilots are not yet released. The keepers say that all records were destroyed by the sea.

NOTES

1 In 1961 the Board said that its clerk had decided to destroy all minutes of its meetings between 1930 and 1935. It
noted that "all materials were subsequently destroyed." The only exception to this destruction of records was a card.

2 The register of lamps is printed below.
"""


def test_sentences_that_speak_of_one_loss_are_one_gap_with_the_evidence_of_all() -> None:
    gaps = list(find_lost_records(_subject(FIRE)))
    minutes = [g for g in gaps if g.label == "all minutes of its meetings (destroyed)"]
    assert len(minutes) == 1 and minutes[0].extent == "between 1930 and 1935"
    assert len(minutes[0].anchors) == 4
    for said in ("historical evidence", "all materials were", "this destruction of records"):
        assert said in minutes[0].evidence
    assert "papers of the pilots (not yet released)" in [g.label for g in gaps]


def test_words_that_speak_of_no_loss_told_of_there_stay_a_gap_of_their_own() -> None:
    told = [g.label for g in find_lost_records(_subject(FIRE)) if "by the sea" in g.evidence]
    assert told == ["all records (destroyed)"]


@pytest.mark.parametrize(
    "text", ["", "The ship was destroyed.", "He gave up.", "given to", "declassified by", "by by by"]
)
def test_what_is_not_said_of_documents_is_no_step(text: str) -> None:
    assert list(acts(text, 0, len(text))) == []


def test_the_acts_are_in_an_order() -> None:
    assert ACTS.index("written") < ACTS.index("sent") < ACTS.index("published") < ACTS.index("printed from the web")
