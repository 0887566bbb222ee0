"""In what a quotation and its source differ, and what is only the scan's."""

from testimonia.analysis.quotations.aligning import Wording, align, word_quotation, word_source
from testimonia.analysis.quotations.differing import Compared, compare
from testimonia.analysis.quotations.noise import Noise

WORDS = frozenset(
    [
        "the",
        "ship",
        "shop",
        "left",
        "harbour",
        "government",
        "at",
        "dawn",
        "and",
        "did",
        "not",
        "return",
        "captain",
        "crew",
        "no",
        "to",
        "town",
    ]
)


def compared(quoted: str, source: str, received: dict[str, str] | None = None, noise: Noise | None = None) -> Compared:
    own, theirs = word_quotation(quoted, 0, len(quoted)), word_source(source, 0, len(source))
    if received:
        theirs = Wording(words=tuple(w._replace(received=received.get(w.text, "")) for w in theirs.words))
    aligned = align(own, theirs)
    assert aligned is not None
    return compare(own, theirs, aligned, noise or Noise(), WORDS.__contains__)


def test_a_word_that_recovery_put_for_a_misread_one_is_not_held_against_the_quotation() -> None:
    quoted, source = "the ship left the harbour at dawn", "the shop left the harbour at dawn"
    assert [d.kind for d in compared(quoted, source).altering] == ["word"]
    assert compared(quoted, source, {"shop": "sh1p"}).altering == ()


def test_another_word_is_seen_also_where_its_source_was_repaired() -> None:
    found = compared("the crew left the harbour at dawn", "the ship left the harbour at dawn", {"ship": "sh1p"})
    assert [(d.kind, d.quoted, d.source) for d in found.altering] == [("word", "crew", "ship")]


def test_the_case_of_a_letter_that_recovery_put_is_not_known() -> None:
    quoted, source = "the Government left the town", "the government left the town"
    assert [d.kind for d in compared(quoted, source).altering] == ["case"]
    assert compared(quoted, source, {"government": "9overnment"}).altering == ()
    assert [d.kind for d in compared(quoted, source, {"government": "govermnent"}).altering] == ["case"]


def test_a_first_letter_may_fit_its_new_sentence_and_one_within_may_not() -> None:
    source = "at dawn the crew left the town"
    found = compared("The crew left ... The town", source)
    assert [(d.kind, d.quoted, d.altering) for d in found.differences] == [
        ("case", "The", False),
        ("case", "The", False),
    ]
    assert [d.quoted for d in compared("the crew Left the town", source).altering] == ["Left"]


def test_a_dropped_denial_is_said_whatever_else_was_misread() -> None:
    found = compared("the captain did return to the harbour", "the captain did not return to tbe harbour",
                     noise=Noise(source=0.02))  # fmt: skip
    assert [(d.kind, d.source, d.negation) for d in found.altering] == [("omission", "not", True)]
