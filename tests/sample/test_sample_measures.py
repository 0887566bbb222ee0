"""Does the pipeline find in the sample what its truth file says is there?"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from testimonia.model.comparison import Comparison
from testimonia.model.findings import Account, Document, Gap, Mark, Note, Notice, Redaction, Repair
from testimonia.model.layers import ORIGINAL, READING
from testimonia.services.sample import sample_path
from testimonia.services.workbench import Workbench
from testimonia.text.lines import LineTable

TRUTH: dict[str, Any] = json.loads(sample_path().with_name("truth.json").read_text(encoding="utf-8"))
ACCOUNTS: dict[str, Any] = TRUTH["accounts"]
ORIGINAL_LINES = LineTable(sample_path().read_text(encoding="utf-8"))
TURNED = range(TRUTH["turned_page"]["first_line"], TRUTH["turned_page"]["last_line"] + 1)
SOURCE = TRUTH["sha256"]


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with Workbench.open(tmp_path_factory.mktemp("measured") / "library") as opened:
        opened.intake.add([sample_path()])
        opened.comparing.regroup()
        yield opened


@pytest.fixture(scope="module")
def kept(workbench: Workbench) -> dict[int, str]:
    """What the reading text keeps of each line of the source, white space left out."""
    reading = workbench.store.layer(SOURCE, READING)
    original = workbench.store.layer(SOURCE, ORIGINAL).text
    stays = bytearray(len(original))
    for piece in workbench.reading.trace(SOURCE, READING, 0, len(reading.text)):
        if reading.text[piece.start : piece.end].strip():
            stays[piece.anchor.span.start : piece.anchor.span.end] = b"\1" * (
                piece.anchor.span.end - piece.anchor.span.start
            )
    lines: dict[int, str] = {}
    for n in range(1, ORIGINAL_LINES.count + 1):
        start, end = ORIGINAL_LINES.start(n), ORIGINAL_LINES.end(n)
        lines[n] = "".join(c for c, here in zip(original[start:end], stays[start:end], strict=True) if here)
    return {n: "".join(text.split()) for n, text in lines.items()}


@pytest.fixture(scope="module")
def comparison(workbench: Workbench) -> Comparison:
    return workbench.comparing.compare()


@pytest.fixture(scope="module")
def accounts(workbench: Workbench) -> dict[str, Account]:
    """The accounts found, under the name of the true account that each shares most lines with."""

    def shared(name: str, account: Account) -> int:
        first: int = ACCOUNTS[name]["lines"][0]
        last: int = ACCOUNTS[name]["lines"][1]
        return min(last, account.last_line) - max(first, account.first_line)

    found = workbench.store.findings(Account, SOURCE)
    return {max(ACCOUNTS, key=lambda name: shared(name, account)): account for account in found}


def test_all_pages_are_found_with_their_lines_and_numbers(workbench: Workbench) -> None:
    pages = workbench.store.pages(SOURCE)
    assert len(pages) == len(TRUTH["pages"])
    for page, true in zip(pages, TRUTH["pages"], strict=True):
        assert (page.sequence, page.number, page.total) == (true["sequence"], true["number"], true["total"])
        if true["readable"]:
            assert page.page_label == true["page_label"]
            assert page.first_line == true["first_line"]
        else:
            assert page.number_inferred
            assert page.readable < 1.0
            assert page.orientation_deg == 180
            assert abs(page.first_line - true["first_line"]) <= 12  # empty lines belong to either page


def test_furniture_is_out_of_the_reading_text(kept: dict[int, str]) -> None:
    assert {n: kept[n] for n in TRUTH["furniture"] if kept[n]} == {}


def test_no_body_line_is_lost(kept: dict[int, str]) -> None:
    furniture = set(TRUTH["furniture"]) | set(TRUTH["navigation"])
    hyphens = {h["line"] for h in TRUTH["hyphens"]}
    lost = {}
    for n in range(1, ORIGINAL_LINES.count + 1):
        whole = "".join(ORIGINAL_LINES.text(n).split())
        if n in furniture or n in TURNED or kept[n] == whole:
            continue
        if not (n in hyphens and kept[n] == whole[:-1]):
            lost[n] = (whole, kept[n])
    assert lost == {}


def test_words_broken_at_line_ends_are_joined_and_compounds_keep_their_hyphen(workbench: Workbench) -> None:
    reading = workbench.store.layer(SOURCE, READING).text
    wrong = [h for h in TRUTH["hyphens"] if not re.search(rf"(?<!\w){re.escape(h['joined'])}", reading)]
    assert wrong == []


def test_articles_have_their_titles_authors_and_pages(workbench: Workbench) -> None:
    articles = [d for d in workbench.store.findings(Document, SOURCE) if d.type == "article"]
    assert len(articles) == 2
    for article, true in zip(articles, TRUTH["articles"], strict=True):
        assert article.title.startswith(true["title"])
        assert article.author == true["author"]
        if true["published_in"]:
            assert article.published_in is not None
            assert "COAST HISTORY BULLETIN" in article.published_in


def test_section_headings_are_found(workbench: Workbench) -> None:
    sections = {(d.first_line, d.title) for d in workbench.store.findings(Document, SOURCE) if d.type == "section"}
    assert {(s["line"], s["title"]) for s in TRUTH["sections"]} <= sections


def test_group_heading_spans_its_accounts(workbench: Workbench, accounts: dict[str, Account]) -> None:
    documents = workbench.store.findings(Document, SOURCE)
    for group in TRUTH["groups"]:
        (heading,) = (d for d in documents if d.first_line == group["line"])
        assert heading.title.rstrip(":") == group["title"].rstrip(":")
        inside = {n for n, a in accounts.items() if heading.first_line < a.first_line <= heading.last_line}
        assert inside == set(group["accounts"])


@pytest.mark.parametrize("name", ACCOUNTS)
def test_account_is_found_with_its_lines_heading_and_source_note(name: str, accounts: dict[str, Account]) -> None:
    assert name in accounts
    account, true = accounts[name], ACCOUNTS[name]
    assert abs(account.first_line - true["lines"][0]) <= 1
    assert abs(account.last_line - true["lines"][1]) <= 1
    assert " ".join((account.heading or "").split()) == true["heading"]
    if true["source_note"] is None:
        assert account.source_note is None
    else:
        assert "".join((account.source_note or "").split()) == "".join(true["source_note"].split())


@pytest.mark.parametrize("name", ACCOUNTS)
def test_account_has_its_teller_and_its_times(name: str, accounts: dict[str, Account]) -> None:
    assert name in accounts
    account, true = accounts[name], ACCOUNTS[name]
    assert set(re.findall(r"\w+", account.teller)) & set(re.findall(r"\w+", true["teller"])) - {"and"}
    assert account.published is None or account.published[:4] == true["published"][:4]
    earliest, _, latest = (account.told or "../..").partition("/")
    year = true["told"][:4]
    assert (earliest if earliest != ".." else "0000")[:4] <= year <= (latest or earliest).replace("..", "9999")[:4]


def test_notes_are_linked_to_their_calls(workbench: Workbench) -> None:
    notes = {n.label: n for n in workbench.store.findings(Note, SOURCE)}
    assert sorted(notes, key=int) == [n["label"] for n in TRUTH["notes"]]
    calls = {c["label"]: c for c in TRUTH["calls"]}
    for true in TRUTH["notes"]:
        note = notes[true["label"]]
        assert note.anchors[0].first_line == true["first_line"]
        assert note.anchors[-1].last_line == true["last_line"]
        assert [a.first_line for a in note.called_at] == [calls[true["label"]]["line"]]


def test_missing_notes_and_pages_are_gaps(workbench: Workbench) -> None:
    gaps = workbench.store.findings(Gap, SOURCE)
    assert [g.label for g in gaps if g.what == "note"] == TRUTH["missing_notes"]
    true = [f"Page {m['number']} of {m['total']}" for m in TRUTH["missing_pages"]]
    assert sorted(g.label or "" for g in gaps if g.what == "page") == sorted(true)
    calls = {c["label"]: c["line"] for c in TRUTH["calls"]}
    for gap in gaps:
        if gap.what == "note":
            assert gap.anchors[0].first_line == calls[gap.label or ""]


def test_turned_page_is_told_of(workbench: Workbench) -> None:
    notices = workbench.store.findings(Notice, SOURCE)
    assert any(n.anchors and n.anchors[0].first_line in TURNED for n in notices)


def test_redaction_has_its_quantity(workbench: Workbench) -> None:
    (redaction,) = workbench.store.findings(Redaction, SOURCE)
    (true,) = TRUTH["redactions"]
    assert [redaction.anchors[0].first_line, redaction.anchors[-1].last_line] == true["lines"]
    assert (redaction.printed, redaction.quantity, redaction.unit) == (true["printed"], true["quantity"], true["unit"])


def test_telegram_has_its_classification_and_signature(workbench: Workbench) -> None:
    marks = workbench.store.findings(Mark, SOURCE)
    cable = TRUTH["cable"]
    assert any(
        m.role == "classification"
        and cable["classification"] in m.text
        and m.anchors[0].first_line in range(cable["opener_lines"][0], cable["opener_lines"][1] + 1)
        for m in marks
    )
    assert any(
        m.role == "signature" and cable["signature"] in m.text and m.anchors[0].first_line == cable["signature_line"]
        for m in marks
    )


def test_authors_spellings_stay(workbench: Workbench) -> None:
    reading = workbench.store.layer(SOURCE, READING).text
    assert [own["printed"] for own in TRUTH["own_spellings"] if own["printed"] not in reading] == []


def test_every_character_kept_is_the_character_received(workbench: Workbench) -> None:
    reading = workbench.store.layer(SOURCE, READING).text
    original = workbench.store.layer(SOURCE, ORIGINAL).text
    for piece in workbench.reading.trace(SOURCE, READING, 0, len(reading)):
        if piece.change in ("kept", "moved"):
            assert reading[piece.start : piece.end] == original[piece.anchor.span.start : piece.anchor.span.end]


def test_every_removal_is_a_repair(workbench: Workbench, kept: dict[int, str]) -> None:
    removed = {n for r in workbench.store.findings(Repair, SOURCE) for n in (r.anchors[0].first_line,) if not r.after}
    assert set(TRUTH["furniture"]) <= removed


def test_comparison_sets_all_seven_accounts_side_by_side(comparison: Comparison) -> None:
    assert len(comparison.accounts) == 7


def test_a_lost_page_is_a_reason_only_for_accounts_that_lost_one_and_not_for_all_their_silences(
    comparison: Comparison, accounts: dict[str, Account]
) -> None:
    reasons: dict[str, set[str]] = {a.id: set() for a in comparison.accounts}
    for point in comparison.points:
        for silence in point.silences:
            reasons[silence.account].add(silence.reason)
    assert reasons[accounts["kroy"].id] == {"page lost", "silent"}
    assert reasons[accounts["brenn"].id] == {"silent"}
    lost = {name for name, account in accounts.items() if "page lost" in reasons[account.id]}
    assert lost <= {"kroy", "vask"}, "only these two have lost a page"


def test_half_of_the_true_conflicts_are_found(comparison: Comparison, accounts: dict[str, Account]) -> None:
    """A first bar for the first version: two accounts of a true conflict in one row that differs or contradicts."""
    names = {account.id: name for name, account in accounts.items()}
    hits = set()
    for true in TRUTH["points"]:
        for point in comparison.points:
            if point.relation not in ("differ", "contradict"):
                continue
            here = {
                names[s.account]
                for s in point.statements
                for _, *ranges in [true["says"].get(names[s.account], [""])]
                if any(a.first_line <= last and first <= a.last_line for a in s.anchors for first, last in ranges)
            }
            if len(here) >= 2 and true["id"] in TRUTH["conflicts"]:
                hits.add(true["id"])
    assert len(hits) >= len(TRUTH["conflicts"]) // 2, hits
