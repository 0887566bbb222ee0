"""Accounts as passages."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.analysis.told import AccountText, Passage, read_account, split_passages
from testimonia.errors import InvalidRecordError
from testimonia.model.spans import Span
from testimonia.text.recovered import Paragraph

Telling = Callable[..., AccountText]


def sentences(text: str) -> list[str]:
    return [p.text for p in split_passages(text, 0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "We met R. Hale and N.S. Ott on the pier.",
        "Mr. Ott and Dr. Hale came with Gen. Brandt.",
        "The U.S. Navy was told at 7:45 P.M. and again at 8.",
        "It is said on pp. 12-14 of vol. 2 that he left.",
        "He went ... and came back.",
        '"Where is the pilot?" Hale asked.',
        '"Stop!" cried the mate, who was pale.',
        "It was no. 7 of the series.",
    ],
)
def test_a_sentence_is_not_broken_inside(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("He left at 7 P.M. The ferry stayed.", ["He left at 7 P.M.", "The ferry stayed."]),
        ('He said "no." Then he left.', ['He said "no."', "Then he left."]),
        ('"Who?" "The pilot."', ['"Who?"', '"The pilot."']),
        ("He left.... Nobody saw it.", ["He left....", "Nobody saw it."]),
        ("He left. [He came back] later.", ["He left.", "[He came back] later."]),
        ("Was it he? It was.", ["Was it he?", "It was."]),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_leading_ellipses_are_no_sentence() -> None:
    assert sentences("... Later the pilot left.") == ["... Later the pilot left."]


def test_page_references_in_brackets_belong_to_no_passage() -> None:
    assert sentences("He called it a price. [p. 160] The order lay there. [pp. 163-64]") == [
        "He called it a price.",
        "The order lay there.",
    ]


def test_very_long_sentences_fall_into_clauses() -> None:
    text = "The ferry lay in the fog and nobody moved; " * 12 + "then she sailed."
    pieces = sentences(text)
    assert len(pieces) > 1
    assert all(8 <= len(p.split()) <= 80 for p in pieces)
    assert " ".join(pieces).count("fog") == 12


def test_a_long_sentence_without_clauses_stays_whole() -> None:
    text = "He went " + "very " * 100 + "far."
    assert sentences(text) == [text]


def test_verses_are_passages_without_their_numbers() -> None:
    text = "1:1 In the beginning he came. He left.\n1:2 And she stayed,\n1:3 alone."
    starts = [0, text.index("1:2"), text.index("1:3")]
    found = split_passages(text, 0, len(text), 0, starts)
    assert [p.text for p in found] == ["In the beginning he came. He left.", "And she stayed", "alone."]
    assert all(p.alone for p in found)


def test_what_stands_in_quotation_marks_is_known() -> None:
    found = split_passages('"He left. She stayed," said Ott. Then it rained.', 0, 48)
    assert [p.text for p in found] == ['"He left.', 'She stayed," said Ott.', "Then it rained."]
    assert found[0].quoted > 0.8 > found[1].quoted > 0.3 > found[2].quoted == 0.0


def test_an_open_quotation_runs_to_the_end_of_its_paragraph() -> None:
    assert all(p.quoted > 0.8 for p in split_passages('"He left. She stayed. It rained.', 0, 32))


@given(st.text(alphabet="aB .?!\"'[]\n1:—,;“”…", max_size=120))
def test_passages_are_in_order_and_to_the_character(text: str) -> None:
    at = 0
    for p in split_passages(text, 0, len(text)):
        assert at <= p.start < p.end <= len(text)
        assert p.text == text[p.start : p.end]
        assert not p.text[0].isspace() and not p.text[-1].isspace()
        at = p.end


def test_paragraphs_are_counted_and_passages_lie_in_them(tell: Telling) -> None:
    account = tell("Ott", "He left. She stayed.", "It rained.")
    assert [(p.paragraph, p.text) for p in account.passages] == [(0, "He left."), (0, "She stayed."), (1, "It rained.")]


def test_an_unreadable_paragraph_is_a_loss_and_its_passages_are_uncertain(tell: Telling) -> None:
    account = tell("Ott", "He left.", "dsp !q ajoq.", lost={1: "upside down"})
    assert [p.uncertain for p in account.passages] == [False, True]
    assert [(x.reason, x.evidence) for x in account.losses] == [("page lost", "page 1 of the file: upside down")]


def test_a_redaction_inside_the_account_is_a_loss(tell: Telling) -> None:
    account = tell("Ott", "He left [two lines whited out] and came back.", withheld=("[two lines whited out]",))
    assert [(x.reason, x.evidence) for x in account.losses] == [("redacted", "printed as [two lines whited out]")]


def test_openers_and_signatures_are_not_told(tell: Telling) -> None:
    account = tell("Ott", "TOP SECRET", "He left.").account
    text = "TOP SECRET\n\nHe left."
    blocks = [block(0, 10), block(12, 20)]
    read = read_account(account, text, blocks, skip=[Span(layer="reading", start=0, end=10)])
    assert [p.text for p in read.passages] == ["He left."]


def test_only_the_body_is_read(tell: Telling) -> None:
    account = tell("Ott", "He left.").account
    text = "Ott's heading.\n\nHe left.\n\n[Source: a book.]"
    blocks = [block(0, 14), block(16, 24), block(26, 43)]
    body = (Span(layer="reading", start=16, end=24),)
    whole = replace(account, span=Span(layer="reading", start=0, end=43), body=body)
    assert [p.text for p in read_account(whole, text, blocks).passages] == ["He left."]


def test_an_account_without_words_has_no_passages(tell: Telling) -> None:
    assert tell("Ott", "").passages == ()


def test_overlapping_passages_are_refused(tell: Telling) -> None:
    account = tell("Ott", "He left.").account
    one = Passage(start=0, end=5, text="He le", paragraph=0)
    with pytest.raises(InvalidRecordError, match="overlaps"):
        AccountText(account=account, passages=(one, one))


def block(start: int, end: int) -> Paragraph:
    return Paragraph(
        start=start,
        end=end,
        first_line=1,
        last_line=1,
        line_starts=(start,),
        blank_lines_before=1,
        page_index=0,
        indent=0,
        width=80,
    )


def test_a_page_that_is_wanting_inside_an_account_is_a_loss_where_the_hole_is(tell: Telling) -> None:
    account = tell("Cask", "He left.", "It rained.").account
    text = "He left.\n\nIt rained."
    blocks = [
        replace(block(0, 8), page_index=3),
        replace(block(10, 20), page_index=4),
    ]
    read = read_account(account, text, blocks, missing=[(3, "page 5 is missing")])
    assert [(x.start, x.reason, x.evidence) for x in read.losses] == [(10, "page lost", "page 5 is missing")]
    assert read_account(account, text, blocks, missing=[(2, "x"), (4, "y")]).losses == ()


def test_a_page_that_waits_is_not_read_yet(tell: Telling) -> None:
    account = tell("Cask", "He left.").account
    blocks = [replace(block(0, 8), uncertain="upside down")]
    assert read_account(account, "He left.", blocks, waiting=frozenset({0})).losses[0].reason == "not read"
