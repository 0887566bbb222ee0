"""What is only asked about: divided and glued words, phrases, marks. Every text is invented."""

from collections.abc import Callable

import pytest

from testimonia.model.layers import Layer
from testimonia.text.misreadings.repairing import repair_misreadings
from testimonia.text.recovery import recover

Original = Callable[[str], Layer]
AROUND = (
    "The keeper said that the boat had come into the harbour before midnight, and that nobody on the quay had seen "
    "the signal. He was asked about the letter which the captain had written in the morning. "
)


@pytest.fixture
def asked(original: Original) -> Callable[[str], dict[str, str]]:
    def ask(text: str) -> dict[str, str]:
        found = repair_misreadings(recover(original(AROUND + text + " " + AROUND), page_starts=None))
        assert not any(r.applied for r in found.repairs if r.how == "confusion")
        return {r.before: r.after for r in found.repairs if r.how == "confusion"}

    return ask


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("She told th e mate of it.", "th e", "the"),
        ("The end ofthe rope was gone.", "ofthe", "of the"),
        ("It was read again on October.26 by the clerk.", "October.", "October "),
        ("The lamp , which was old, went out.", " ,", ","),
        ("They went up to. in the dark, the gate.", ".", ","),
        ("He left at 7:45.1 told her so.", ".1", ". I"),
        ("The lamp was put oft' today by him.", "oft'", "off"),
        ("It is in a book {The Quiet Harbour ) of his.", "{", "("),
        ("He had gone out. [pp. 432-441 There was no more.", "pp. 432-441", "pp. 432-44]"),
        ("It is in The Quiet Harbour ), his book.", " )", ")"),
        ("All went [home], Moved by the storm they left.", ",", "."),
        ("The mate said, 'we left at nine." + '"', "'", '"'),
        ("However, he said. The lamp was out.", ".", ","),
        ("He was upset; in any case. He had left.", ".", ","),
        ("The H-7 came, the H-7 went, and 1 -7 was lost.", "1 -7", "H-7"),
        ("The U.S. fleet and the U.S. flag, but no U.S sailor.", "U.S", "U.S."),
        ("He came — late — and went — early, the pilot-a stranger.", "-", "—"),
        ("It was a bargain, [p. 40] and he knew.", ",", "."),
    ],
)
def test_what_looks_misread_is_asked_about(
    asked: Callable[[str], dict[str, str]], text: str, before: str, after: str
) -> None:
    assert asked(text)[before] == after


def test_the_same_phrase_elsewhere_tells_the_word(asked: Callable[[str], dict[str, str]]) -> None:
    text = "We All Lost the Old Harbour is its name. We All Lost the Old Harbour it is. We AH Lost the Old Harbour."
    assert asked(text)["AH"] == "All"


def test_good_prose_is_not_asked_about(asked: Callable[[str], dict[str, str]]) -> None:
    text = (
        "In vol. ii of his papers (London, 1931), p. 14, the businesslike Mrs. Orme, who was no friend, e.g. of the "
        "mate's, wrote: 'He came back ... and left again'. It was about 7.15 in the morning; nothing was said."
    )
    assert asked(text) == {}


def test_a_title_with_an_initial_is_no_divided_word(asked: Callable[[str], dict[str, str]]) -> None:
    assert asked("Mr. A Tavergne and a board of men came on board with a way of their own.") == {}


def test_a_foot_that_most_pages_have_tells_what_the_others_were(original: Original) -> None:
    feet = ["http://papers.test/LAMP/log .htm", "http://papers.test/LAMP/log.htm", "http://papers.test/LAMP/log.htm"]
    told = ("the pilot slept", "no boat was at sea", "oil was dear", "a packet was expected", "the wind went round")
    text = "".join(
        f"The Lamp at Corran Point Page {n} of 5\n\n\nand {what}, as the ledger of that year has it on leaf {7 * n};\n"
        f"others deny this. At {n} in the morning the clerk went to see, and\n\n\n{feet[n % 3]}\n\n\n3/4/1961\n\n\n\n"
        for n, what in enumerate(told, 1)
    )
    found = repair_misreadings(recover(original(text), page_starts=None))
    asked = [r for r in found.repairs if "papers.test" in r.after]
    assert {(r.before, r.after, r.applied) for r in asked} == {
        ("http://papers.test/LAMP/log .htm", "http://papers.test/LAMP/log.htm", False)
    }
    assert "papers.test" not in found.reading.text
