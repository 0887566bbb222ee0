"""Quotations are found by the marks of many conventions, and apostrophes are none."""

import pytest

from testimonia.analysis.quotations.marks import find_quotations, paragraphs_of


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('The keeper said "the lamp was lit," and "I saw it."12 So he said.', ["the lamp was lit,", "I saw it."]),
        ("“The lamp was lit.”", ["The lamp was lit."]),
        ("«Маяк горел», — писал смотритель.", ["Маяк горел"]),
        ("„Das Feuer brannte“, sagte er; »nein«, sagte sie.", ["Das Feuer brannte", "nein"]),
        ("Il dit : « Le feu brûlait », et sortit.", ["Le feu brûlait"]),
        ("``The lamp was lit'' and ,,no lamp burned''", ["The lamp was lit", "no lamp burned"]),
        ("It says ''none at all'' there", ["none at all"]),
        ("the log—\"lamp out\"—says so", ["lamp out"]),
        ("\\enquote{the {\\em lamp} was lit} he wrote", ["the {\\em lamp} was lit"]),
        ("'The lamp was lit,' said the keeper.", ["The lamp was lit,"]),
    ],
)  # fmt: skip
def test_marks_of_every_convention(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Don't. The keepers' lamps weren’t lit; 'tis so since the '60s.",
        'A pipe of 5" and one of 6" long.',
        "It’s the boats’ fault.",
        "",
    ],
)
def test_apostrophes_and_inches_are_no_quotations(text: str) -> None:
    assert quoted(text) == []


def test_a_quotation_within_a_quotation_is_deeper() -> None:
    text = "“He said ‘the lamp was lit’ and left.”"
    assert [(text[q.start : q.end], q.depth) for q in find_quotations(text)] == [
        ("He said ‘the lamp was lit’ and left.", 1),
        ("the lamp was lit", 2),
    ]


def test_a_quotation_runs_on_where_the_next_paragraph_opens_with_its_mark() -> None:
    text = "“The lamp was lit.\n\n“Nobody saw it.” So he wrote."
    (found,) = find_quotations(text)
    assert [text[a:b] for a, b in found.paragraphs] == ["The lamp was lit.", "Nobody saw it."]


def test_a_quotation_that_is_never_closed_ends_with_its_sentence() -> None:
    text = '"The lamp was lit. It burned on. And then he said "none" of it'
    first, second = find_quotations(text)
    assert (text[first.start : first.end], first.closed) == ("The lamp was lit. It burned on.", False)
    assert text[second.start : second.end] == "none"


def test_a_closing_mark_without_its_opening_one_closes_nothing() -> None:
    assert quoted('him and seize the lamp." The second "flat statement" came') == ["flat statement"]


def test_blocks_are_set_apart() -> None:
    text = "He wrote:\n\n> The lamp was lit\n> all night.\n\nSo it was.\n\n\\begin{quote}\nNobody came.\n\\end{quote}"
    assert [(text[q.start : q.end], q.style) for q in find_quotations(text)] == [
        ("The lamp was lit\n> all night.", "block"),
        ("Nobody came.", "block"),
    ]


def test_offsets_stay_inside_the_text_whatever_it_is() -> None:
    for text in ('"' * 50, "“‘„«" * 40, "a'b\"c»d«" * 30, "\n\n\"\n\n'\n\n", "\\enquote{" * 20, "}" * 20, "''" * 33):
        for q in find_quotations(text, paragraphs_of(text)):
            assert 0 <= q.outer_start <= q.start < q.end <= q.outer_end <= len(text)
