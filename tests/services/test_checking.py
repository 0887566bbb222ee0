"""Quotations are checked against an invented library."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from testimonia.errors import UnreadableSourceError
from testimonia.services.checked import Checked, check_records, worst_first
from testimonia.services.checking import Checking
from testimonia.services.workbench import Workbench

NOW = "1931-03-14T02:10:00Z"
LOG = """The Keeper's Log

by Ida Orme

At ten the wind went round to the north and the great lamp was lit by my own hand. The harbour master did not
come down to the pier that night, nor did he send word to any of the boats that lay outside. I saw three lights
beyond the bar, and I wrote their bearings in the margin before the glass fell. We kept the bell going until the
morning watch, but no boat answered it.
"""
LETTER = """My dear sister, the harvest was poor this year, and most of the barley went to pay what we owed on the
mill. Father says that we shall have to sell the lower meadow before the spring, whatever the notary advises us.
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "library", now=lambda: NOW) as made:
        made.intake.add_contents([("keepers-log.txt", LOG.encode()), ("letter.txt", LETTER.encode())])
        yield made


@pytest.fixture
def checking(library: Workbench, tmp_path: Path) -> Iterator[Checking]:
    made = Checking.open(library.store, tmp_path / "library")
    yield made
    made.close()


def one(checking: Checking, text: str) -> Checked:
    (found,) = checking.check_content("draft.txt", text.encode()).checked
    return found


def kinds(checked: Checked) -> list[tuple[str, str, str]]:
    return [(d.kind, d.quoted, d.source) for d in checked.differences if d.altering]


def test_words_that_stand_there_are_exact(checking: Checking) -> None:
    found = one(checking, 'Orme wrote: "the great lamp was lit by my own hand."\n')
    assert (found.verdict, found.places[0].source_name) == ("exact", "keepers-log.txt")
    assert found.places[0].anchors[0].quote == "the great lamp was lit by my own hand"
    assert found.anchors[0].quote == "the great lamp was lit by my own hand."


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        ("the great Lamp was lit by my own hand", [("case", "Lamp", "lamp")]),
        ("the great lamp was doused by my own hand", [("word", "doused", "lit")]),
        ("the lamp was lit by my own hand", [("omission", "", "great")]),
        ("the great old lamp was lit by my own hand", [("addition", "old", "")]),
        ("the great lamp was lit by my own hend", [("spelling", "hend", "hand")]),
        ("the lamp great was lit by my own hand", [("order", "great", "great")]),
    ],
)
def test_each_difference_is_named(checking: Checking, quotation: str, expected: list[tuple[str, str, str]]) -> None:
    found = one(checking, f'She wrote: "{quotation}"\n')
    assert (found.verdict, kinds(found)) == ("altered", expected)


def test_a_dropped_not_is_said_loudly(checking: Checking) -> None:
    found = one(checking, 'She wrote: "The harbour master did come down to the pier that night."\n')
    assert found.verdict == "altered"
    assert [d.source for d in found.differences if d.negation] == ["not"]
    assert "SENSE IS TURNED" in found.warnings[0]


def test_an_elision_is_licit_and_one_that_hides_a_not_is_no(checking: Checking) -> None:
    licit = one(checking, 'She wrote: "At ten the wind went round ... and the great lamp was lit."\n')
    assert licit.verdict == "elided"
    assert licit.elisions[0].left_out == "to the north"
    hidden = one(checking, 'She wrote: "The harbour master did ... come down to the pier that night."\n')
    assert (hidden.verdict, hidden.elisions[0].negation) == ("altered", True)


def test_words_in_brackets_are_the_editors(checking: Checking) -> None:
    found = one(checking, 'She wrote: "[T]he harbour master [Hallam] did not come down to the pier."\n')
    assert found.verdict == "elided"


def test_a_block_that_is_only_set_in_is_checked(checking: Checking) -> None:
    draft = (
        "What the keeper put down for that night is short, and leaves out the name of the boat. Orme wrote:\n\n"
        "      I saw three lights beyond the bar, and I wrote their\n"
        "      bearings in the ledger before the glass fell.\n\n"
        "Nobody ever asked for these bearings, and they are lost to us with the ledger in which they stood once.\n"
    )
    found = one(checking, draft)
    assert (found.quotation.style, kinds(found)) == ("block", [("word", "ledger", "margin")])


def test_of_two_printings_the_one_on_the_cited_page_is_taken(checking: Checking, library: Workbench) -> None:
    for name, page in (("first.xml", 7), ("second.xml", 19)):
        printed = (
            f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><pb n="{page}"/><p>Eleven oars were counted in the '
            "shed by the notary himself.</p></body></text></TEI>"
        )
        library.intake.add_contents([(name, printed.encode())])
    for page in (7, 19):
        found = one(checking, f'It reads "Eleven oars were counted in the shed by the notary himself" (p. {page}).\n')
        assert (found.page_agrees, found.found_pages) == (True, (str(page),))


def test_a_quotation_that_is_nowhere_is_never_found(checking: Checking) -> None:
    found = one(checking, 'She wrote: "the moon over the mountain was red, and all the dogs were howling at it."\n')
    assert (found.verdict, found.places) == ("source missing", ())


def test_not_found_where_the_cited_source_is_here(checking: Checking) -> None:
    text = 'She wrote: "the moon over the mountain was red, and all the dogs were howling" (The Keeper\'s Log, p. 3).\n'
    assert one(checking, text).verdict == "not found"


def test_few_words_are_too_short_and_not_missing(checking: Checking) -> None:
    found = one(checking, 'He called it a "great" thing.\n')
    assert (found.verdict, found.too_short) == ("source missing", True)


def test_the_wrong_speaker_is_said(checking: Checking) -> None:
    right = one(checking, 'Ida Orme wrote: "the great lamp was lit by my own hand."\n')
    wrong = one(checking, 'Tom Hallam wrote: "the great lamp was lit by my own hand."\n')
    assert (right.attribution_agrees, wrong.attribution_agrees) == (True, False)
    assert (right.verdict, wrong.verdict) == ("exact", "exact")


def test_two_common_words_are_not_found_only_because_their_speaker_is_here(checking: Checking) -> None:
    rare = one(checking, 'Orme wrote of the "morning watch" in the book.\n')
    common = one(checking, 'Orme wrote of "the bar" in the book.\n')
    assert (rare.verdict, common.verdict) == ("exact", "source missing")


def test_who_speaks_in_the_next_sentence_is_not_who_spoke(checking: Checking) -> None:
    text = 'Orme wrote: "The great lamp was lit by my own hand." Tom Hallam said nothing of the lamp.\n'
    assert one(checking, text).attributed_to == "Orme"
    assert one(checking, '"The great lamp was lit by my own hand," Ida Orme wrote.\n').attributed_to == "Ida Orme"


def test_a_quotation_cut_before_but_is_said(checking: Checking) -> None:
    found = one(checking, 'She wrote: "We kept the bell going until the morning watch."\n')
    assert (found.verdict, found.goes_on) == ("exact", "but no boat answered it")


def test_the_page_of_a_marked_up_edition_is_checked(checking: Checking, library: Workbench) -> None:
    edition = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><pb n="41"/><p>The ferry was moored at the lower '
        'steps all that winter.</p><pb n="42"/><p>Nobody would say who had paid for the painting of her hull.</p>'
        "</body></text></TEI>"
    )
    library.intake.add_contents([("edition.xml", edition.encode())])
    quoted = 'It reads: "Nobody would say who had paid for the painting of her hull" (Edition, p. %d).\n'
    right, wrong = one(checking, quoted % 42), one(checking, quoted % 41)
    assert (right.verdict, right.page_agrees, right.found_pages) == ("exact", True, ("42",))
    assert (wrong.verdict, wrong.page_agrees) == ("exact", False)
    assert wrong.warnings == ("Cited for p. 41, but it stands on p. 42.",)


def test_a_source_is_not_its_own_source(checking: Checking, library: Workbench) -> None:
    (log,) = [s for s in library.store.sources() if s.source.name == "keepers-log.txt"]
    assert checking.check_source(log.source.sha256).checked == ()


def test_the_index_follows_the_library(checking: Checking, library: Workbench) -> None:
    draft = 'It says: "seven herring barrels were left standing on the quay."\n'
    assert one(checking, draft).verdict == "source missing"
    library.intake.add_contents([("bill.txt", b"In all, seven herring barrels were left standing on the quay.\n")])
    assert one(checking, draft).verdict == "exact"


def test_the_records_keep_to_the_interface(checking: Checking) -> None:
    draft = 'Orme wrote: "the lamp was lit by my own hand" and she called it "great" too.\n'
    records = check_records(checking.check_content("draft.txt", draft.encode()))
    assert [r["verdict"] for r in records] == ["altered", "source missing"]
    first = records[0]
    assert first["differences"][0]["kind"] == "omission"
    assert first["attributed_to"] == "Orme"
    assert first["attribution_agrees"] is True
    assert first["anchors"][0]["first_line"] == 1
    assert first["source_anchors"][0]["first_line"] == 5


def test_the_worst_comes_first(checking: Checking) -> None:
    draft = 'A "the great lamp was lit by my own hand" B "the great lamp was doused by my own hand" C\n'
    report = checking.check_content("draft.txt", draft.encode())
    assert [c.verdict for c in worst_first(report.checked)] == ["altered", "exact"]
    assert report.wrong == 1


@pytest.mark.parametrize("content", [b"", b"\0\1\2\3" * 50, b"PK\x03\x04broken"])
def test_a_file_that_cannot_be_read_is_refused(checking: Checking, content: bytes) -> None:
    with pytest.raises(UnreadableSourceError):
        checking.check_content("draft.docx", content)


PRINTED = (
    "<p>I have asked the pilots to keep their boats within the bar until the signal is hoisted again,</p>",
    "<p>I have asked the pilots to keep their boats inside the bar until the signal is hoisted again,</p>",
    "<p>I have asked thc pilots to keep their boats within the bar until tbe signal is h0isted again,</p>",
)


def test_a_letter_in_three_volumes_is_found_in_each_with_its_differences(
    checking: Checking, library: Workbench
) -> None:
    for n, printed in enumerate(PRINTED, 1):
        volume = (
            '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div type="document"><head>Letter From Orme to '
            f'Hallam</head><pb n="{n}1"/><p>This is what the pilots of that coast were told.</p>{printed}'
            "</div></body></text></TEI>"
        )
        library.intake.add_contents([(f"volume-{n}.xml", volume.encode())])
    draft = 'She wrote: "keep their boats within the bar until the signal is hoisted again" (vol. 1).\n'
    found = one(checking, draft)
    altering = {p.source_name: [d.kind for d in p.differences if d.altering] for p in found.places}
    assert altering == {"volume-1.xml": [], "volume-2.xml": ["word"], "volume-3.xml": []}
    assert found.verdict == "exact"
    assert len(check_records(checking.check_content("draft.txt", draft.encode()))[0]["source_anchors"]) == 3
