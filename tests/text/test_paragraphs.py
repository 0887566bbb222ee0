"""Paragraphs from lines."""

from collections.abc import Callable

import pytest

from testimonia.model.layers import Layer
from testimonia.text.paragraphs import between, ends_sentence
from testimonia.text.recovery import recover

Prose = Callable[..., list[str]]
Original = Callable[[str], Layer]


@pytest.fixture
def paragraphs(original: Original) -> Callable[[str], list[str]]:
    """The paragraphs of a text on one page."""

    def make(text: str) -> list[str]:
        found = recover(original(text), page_starts=[0])
        return [found.reading.text[p.start : p.end] for p in found.paragraphs]

    return make


Paragraphs = Callable[[str], list[str]]


def test_lines_become_paragraphs_at_blank_lines(paragraphs: Paragraphs) -> None:
    text = "The pilot came down to the quay at \nmidnight, and nobody saw him. \n\nIn the morning he was gone.\n"
    assert paragraphs(text) == [
        "The pilot came down to the quay at midnight, and nobody saw him.",
        "In the morning he was gone.",
    ]


COLUMN = """The commission sat for eleven days in the long room over the customs
house, and heard the master of the tug, the two boatmen, and Prof.

Henk Woldering, who had stood on the quay. It found that the lantern
had been lit before the tide turned, whatever the inspector had said,

and that nobody had asked the pilot (who was by then at sea, or so the
harbour office said when the telegram was shown to it on Friday

1938, and again in the spring) what he had seen of the boat that night.
The report was not printed.

Signals in the Harbour That Night

Nobody had counted the signals. The keeper of the light had gone home.
"""


def test_a_blank_line_inside_a_sentence_is_closed(paragraphs: Paragraphs) -> None:
    found = paragraphs(COLUMN)
    assert len(found) == 3
    assert "Prof. Henk Woldering" in found[0]
    assert "had said, and that" in found[0]
    assert "Friday 1938, and again" in found[0]
    assert found[1] == "Signals in the Harbour That Night"


def test_a_page_with_double_spacing_has_paragraphs_too(paragraphs: Paragraphs, prose: Prose) -> None:
    parts = [prose(n, 8, ends=True) for n in range(3)]
    text = "\n\n\n".join("\n\n".join(part) for part in parts)
    assert paragraphs(text) == [" ".join(part) for part in parts]


def test_short_speeches_parted_by_blank_lines_stay_apart(paragraphs: Paragraphs) -> None:
    speeches = [f"“Was it you{' then' * (n % 3)}?” he said." for n in range(20)]
    assert paragraphs("\n\n".join(speeches)) == speeches


def test_every_join_over_a_gap_is_a_repair_that_can_be_refused(original: Original) -> None:
    found = recover(original(COLUMN), page_starts=[0])
    joins = [r for r in found.repairs if r.how == "paragraph"]
    assert [r.before.split("\n\n")[0] for r in joins] == ["Prof.", "said,", "Friday"]
    assert all(len(r.anchors) == 2 for r in joins)
    refused = recover(original(COLUMN), page_starts=[0], refused=frozenset({joins[0].id}))
    assert "Prof.\n\nHenk" in refused.reading.text
    assert [r.id for r in refused.repairs] == [r.id for r in found.repairs]
    assert [r.id for r in refused.repairs if not r.applied] == [joins[0].id]


def test_a_heading_of_two_lines_is_one_paragraph_and_joins_nothing(paragraphs: Paragraphs, prose: Prose) -> None:
    body = "\n".join(prose(1, 8, ends=True))
    text = f"{body}\n\nThe Harbour Master's Telegram\nto the Inspector\n\n{body}"
    assert paragraphs(text)[1] == "The Harbour Master's Telegram to the Inspector"


def test_list_items_stay_apart(paragraphs: Paragraphs) -> None:
    text = (
        "Three boats were out:\n* the pilot's own boat, which had\nthe lantern;\n* the tug;\n"
        "* and a boat that nobody knew.\n"
    )
    assert paragraphs(text) == [
        "Three boats were out:",
        "* the pilot's own boat, which had the lantern;",
        "* the tug;",
        "* and a boat that nobody knew.",
    ]


def test_one_verse_a_line_stays_so(paragraphs: Paragraphs) -> None:
    verses = [f"{c}:{v} {'and the boat went out ' * (1 + v % 4)}at night." for c in (1, 2) for v in range(1, 9)]
    assert paragraphs("\n".join(verses)) == verses


def test_long_lines_are_paragraphs_by_themselves(paragraphs: Paragraphs) -> None:
    lines = [("The boat went out at night and came back. " * n).strip() for n in (4, 7, 3, 9)]
    assert paragraphs("\n".join(lines)) == lines


def test_a_poem_keeps_its_lines(paragraphs: Paragraphs) -> None:
    stanza = (
        "The tide was out, the lantern dim,\nNo boat lay on the sand,\n"
        "And nobody had word of him\nWho went, a rope in hand."
    )
    assert paragraphs(f"{stanza}\n\n{stanza}") == [stanza, stanza]


def test_tables_and_code_keep_their_lines(paragraphs: Paragraphs) -> None:
    table = "Boat     Master     Tons\nHeron    Woldering    40\nPlover   Tvardovich   65"
    assert paragraphs(table) == [table]
    code = "def tide(hour):\n    if hour < 6:\n        return 'out'\n    return 'in at last, and it stays for a while'"
    assert paragraphs(code)[0].count("\n") == 3


def test_indented_paragraphs_without_blank_lines(paragraphs: Paragraphs, prose: Prose) -> None:
    parts = [prose(n, 6, ends=True) for n in range(3)]
    text = "\n".join("\n".join(["   " + part[0], *part[1:]]) for part in parts)
    assert paragraphs(text) == [" ".join(part) for part in parts]


def test_paragraphs_go_on_across_pages(original: Original, prose: Prose) -> None:
    pages = ["\n".join([*prose(n, 20), "", f"- {n} -"]) for n in range(1, 5)]
    found = recover(original("\f".join(pages)), page_starts=None)
    assert len(found.paragraphs) == 1
    assert [r.how for r in found.repairs].count("paragraph") == 3
    assert "- 2 -" not in found.reading.text


def test_paragraphs_know_their_lines(original: Original) -> None:
    found = recover(original("\n\n  A title\n\n\nThe pilot came down to\nthe quay and went.\n"), page_starts=None)
    title, body = found.paragraphs
    assert (title.first_line, title.last_line, title.blank_lines_before, title.indent) == (3, 3, 2, 2)
    assert (body.first_line, body.last_line, body.blank_lines_before, body.width) == (6, 7, 2, 22)
    text = found.reading.text
    assert [text[at : at + 3] for at in body.line_starts] == ["The", "the"]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("as he said.", True),
        ('as he said."', True),
        ("as he said.12", True),
        ("had he said so?)", True),
        ("он сказал.", True),
        ("何も言わなかった。", True),
        ("as he said,", False),
        ("as he said", False),
        ("with Prof.", False),
        ("by James G.", False),
        ("of the U.S.", False),
        ("so said I.", True),
    ],
)
def test_ends_of_sentences(text: str, ends: bool) -> None:
    assert ends_sentence(text) is ends


def test_what_stands_between_joined_lines() -> None:
    assert between("the harbour", "master") == " "
    assert between("from Malta—", "a matter") == ""
    assert between("so he said —", "a matter") == " "
    assert between("http://archive.example/", "b8.htm") == ""
    assert between("港の", "夜") == ""
