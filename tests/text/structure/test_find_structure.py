"""What holds of the structure of any source, and what page numbers say is missing."""

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.model.findings import Finding
from testimonia.model.layers import ORIGINAL, Layer
from testimonia.model.steps import Step
from testimonia.text.recovered import Recovered
from testimonia.text.recovery import recover
from testimonia.text.structure.find import find_structure
from testimonia.text.structure.found import Structure

Made = Callable[..., Recovered]

PROSE = (
    "The keepers lit the lamp at seven and wrote the hour into the book.\nNobody on the quay saw the ferry turn back.\n"
)

PIECES = (
    "Page 1 of 3\n\n",
    "Page 2 of 3\n\n",
    "\f",
    "A Night on the Quay\n\n",
    "by Anna Moe\n\n",
    "Lars Holm's Description\n\n",
    "Statement of Mette Lind\n\n",
    "Erik Dahl:\n\n",
    "Accounts of Two Officials:\n\n",
    "Havnsund, 9 April 1907\n\n",
    "Dear Karl,\n\n",
    "[Lars Holm, A Life (Lund: Sten, 1911), pp. 1-2]\n\n",
    "Notes\n\n",
    "1 The log of the keepers, 12.\n\n",
    "2 The book of the harbour, 40.\n\n",
    "He left the quay.1 She stayed.2\n\n",
    "the lamp [of the skerry] was out ... [two lines deleted] and so\n\n",
    "* * *\n\n",
    "SECRET\n\n",
    "Return to Contents\n\n",
    PROSE + "\n",
    PROSE,
    "\n\n\n",
)


def findings(found: Structure) -> list[Finding]:
    return [*found.documents, *found.accounts, *found.notes, *found.gaps, *found.redactions, *found.marks]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24))
def test_any_order_of_parts_gives_findings_that_cite_the_source(made: Made, pieces: list[str]) -> None:
    recovered = made("".join(pieces))
    found = find_structure(recovered)
    text = recovered.reading.text
    ids = [f.id for f in findings(found)]
    assert len(set(ids)) == len(ids)
    for finding in findings(found):
        assert finding.reason
        for anchor in finding.anchors:
            layer = text if anchor.layer == recovered.reading.name else recovered.original.text
            assert layer[anchor.start : anchor.end] == anchor.quote != ""
    seen: set[str | None] = {None}
    for document in found.documents:
        assert document.parent in seen and document.first_line <= document.last_line
        seen.add(document.id)
    assert {a.document for a in found.accounts} <= seen
    assert {m.document for m in found.marks} <= seen
    assert not recovered.paragraphs or found.accounts


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab AB.\n[]()1:'\"*-\f", max_size=300))
def test_no_text_is_an_error(made: Made, text: str) -> None:
    find_structure(made(text))


def test_accounts_do_not_overlap_and_lie_in_their_documents(made: Made) -> None:
    text = "".join(f"Statement of Lars {name}\n\n{PROSE}\n{PROSE}\n" for name in ("Holm", "Lind", "Moe"))
    found = find_structure(made(text))
    spans = [a.span for a in found.accounts]
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    for account in found.accounts:
        assert all(account.span.start <= s.start < s.end <= account.span.end for s in account.body)


def labels(made: Made, *pages: str) -> list[tuple[str | None, str | None]]:
    text = "\n\n".join(f"{page}\n\n{PROSE}" for page in pages)
    return [(g.label, g.extent) for g in find_structure(made(text)).gaps if g.what == "page"]


def test_pages_missing_before_between_and_after(made: Made) -> None:
    found = labels(made, "Page 2 of 6", "Page 3 of 6", "Page 5 of 6")
    assert found == [("Page 1 of 6", "1 page"), ("Page 4 of 6", "1 page"), ("Page 6 of 6", "1 page")]


def test_whole_runs_and_pages_without_numbers_have_no_gaps(made: Made) -> None:
    assert labels(made, "Page 1 of 2", "Page 2 of 2") == []
    assert labels(made, "One", "Two") == []


def test_a_misread_label_makes_one_gap_not_hundreds(made: Made) -> None:
    assert labels(made, "Page 1 of 900", "Page 900 of 900") == [("Page 2 of 900 to Page 899 of 900", "898 pages")]


def test_an_unreadable_page_is_no_gap(made: Made) -> None:
    text = "\n\n".join(f"Page {n} of 2\n\n{PROSE}" for n in (1, 2))
    assert find_structure(made(text, uncertain=(1,))).gaps == ()


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_recovered_source_is_read_the_same_with_any_line_ends(ends: str) -> None:
    lines = ["The Lamp", "", "by Anna Moe", ""]
    for who in ("Lars Holm", "Mette Lind"):
        lines += [
            f"{who}'s Description",
            "",
            *PROSE.strip().split("\n"),
            "",
            f"[{who}, A Life (Lund: Sten, 1911), 3]",
            "",
        ]
    text = ends.join(lines)
    original = Layer(source="7" * 64, name=ORIGINAL, text=text, step=Step(name="read", version="1"))
    found = find_structure(recover(original, page_starts=None))
    assert [(a.teller, a.first_line, a.last_line, a.published) for a in found.accounts] == [
        ("Lars Holm", 5, 10, "1911"),
        ("Mette Lind", 12, 17, "1911"),
    ]
