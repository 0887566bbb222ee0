"""Sources of an invented harbour, and what recovery would make of them: always the same for the same numbers."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from testimonia.model.comparison import Event
from testimonia.model.findings import Account, Document, Finding, Gap, Mark, Note, Notice, Redaction, Repair
from testimonia.model.layers import Layer
from testimonia.model.pages import Page
from testimonia.model.sources import Source
from testimonia.model.spans import Anchor
from testimonia.model.steps import Step
from testimonia.store.library import F, LibraryStore
from testimonia.text.anchoring import Anchorer, finding_id
from testimonia.text.editing import LayerEditor
from testimonia.text.lines import LineTable
from testimonia.text.recovered import Paragraph, Recovered

NOW = "1931-03-14T02:10:00Z"
LATER = "1931-03-15T09:00:00Z"
Taken = tuple[Source, Recovered, tuple[Finding, ...]]
READ = Step(name="read", version="1")
RECOVER = Step(name="recover", version="1", settings=(("hyphens", "joined"),))
FIND = Step(name="structure", version="2")
LINES_OF_A_PAGE = 40
PARAGRAPH_LINES = 6
WORDS = (
    "lamp",
    "mole",
    "seen",
    "from",
    "quay",
    "ferry",
    "left",
    "before",
    "two",
    "nor",
    "pilot",
    "said",
    "again",
    "light",
    "harbour",
)


def received(seed: int, pages: int = 3) -> tuple[Source, bytes]:
    """A source as a reader would hand it on: every page with a running head that recovery takes out."""
    chance = random.Random(seed)
    lines = []
    for page in range(pages):
        lines.append(f"HARBOUR NIGHTS {seed} Page {page + 1} of {pages}")
        lines.extend(" ".join(chance.choices(WORDS, k=10)) for _ in range(LINES_OF_A_PAGE - 1))
    content = ("\n".join(lines) + "\n").encode()
    sha256 = hashlib.sha256(content).hexdigest()
    name = f"night-{seed}.txt"
    source = Source(
        sha256=sha256, name=name, path=f"/quay/{name}", size_bytes=len(content), media_type="text/plain",
        encoding="utf-8",
    )  # fmt: skip
    return source, content


def recovered(source: Source, content: bytes) -> tuple[Recovered, tuple[Finding, ...]]:
    """What recovery and structure would make of it: running heads out, one account a page, a repair a paragraph."""
    original = Layer(source=source.sha256, name="original", text=content.decode(), step=READ)
    lines = LineTable(original.text)
    pages = tuple(_pages(lines))
    editor = LayerEditor(original)
    for page in pages:
        editor.delete_to(lines.next_start(page.first_line))
        for line in range(page.first_line + 1, page.last_line + 1):
            editor.keep_to(lines.end(line))
            joined = (line - page.first_line) % PARAGRAPH_LINES
            editor.replace_to(lines.next_start(line), " " if joined else "\n\n")
    reading = editor.finish("reading", RECOVER)
    anchorer = Anchorer(reading, lines, pages, to_original=reading.offset_map)
    paragraphs = tuple(_paragraphs(anchorer))
    heads = Anchorer(original, lines, pages)
    repairs = tuple(_repairs(heads, anchorer, paragraphs))
    made = Recovered(
        original=original, reading=reading, pages=pages, paragraphs=paragraphs, running_heads=(), repairs=repairs,
        notices=(),
    )  # fmt: skip
    return made, (*_structure(anchorer, paragraphs), *repairs)


def _pages(lines: LineTable) -> Iterator[Page]:
    total = lines.count // LINES_OF_A_PAGE
    for n in range(total):
        first = n * LINES_OF_A_PAGE + 1
        last = first + LINES_OF_A_PAGE - 1
        yield Page(
            page_index=n, page_label=f"Page {n + 1} of {total}", number=n + 1, total=total, number_inferred=False,
            sequence=0, first_line=first, last_line=last, start=lines.start(first), end=lines.next_start(last),
            readable=0.75,
        )  # fmt: skip


def _paragraphs(anchorer: Anchorer) -> Iterator[Paragraph]:
    at = 0
    for text in anchorer.layer.text.split("\n\n"):
        if text:
            anchor = anchorer.anchor(at, at + len(text))
            yield Paragraph(
                start=at, end=at + len(text), first_line=anchor.first_line, last_line=anchor.last_line,
                line_starts=tuple(range(at, at + len(text), 50)), blank_lines_before=0, page_index=anchor.page_index,
                indent=2, width=72,
            )  # fmt: skip
        at += len(text) + 2


def _repairs(heads: Anchorer, anchorer: Anchorer, paragraphs: tuple[Paragraph, ...]) -> Iterator[Repair]:
    for page in heads.pages:
        anchor = heads.anchor(page.start, heads.lines.end(page.first_line))
        yield _repair(anchor, anchor.quote, "", "furniture")
    for p in paragraphs:
        yield _repair(anchorer.anchor(p.start, p.end), "\n", " ", "paragraph")


def _repair(anchor: Anchor, before: str, after: str, how: str) -> Repair:
    return Repair(
        id=finding_id("repair", anchor.source, how, anchor.start), source=anchor.source, anchors=(anchor,),
        step=RECOVER, confidence=0.9, reason=f"it repeats on every page, as {how} does", before=before, after=after,
        how=how,
    )  # fmt: skip


def _structure(anchorer: Anchorer, paragraphs: tuple[Paragraph, ...]) -> Iterator[Finding]:
    source = anchorer.layer.source
    for n, p in enumerate(paragraphs):
        anchor = anchorer.anchor(p.start, p.start + 30)
        common = _common(anchor, 0.8)
        lines: dict[str, Any] = {"first_line": p.first_line, "last_line": p.last_line}
        if n == 0:
            yield Document(
                id=finding_id("document", source, n), **common, **lines, title=anchor.quote, type="article",
                author="A pilot", recipient=None, place=None, date="1931-03~", parent=None, span=anchor.span,
                page_labels=("Page 1 of 3", "Page 2 of 3"),
            )  # fmt: skip
        if n % 5 == 0:
            yield Account(
                id=finding_id("account", source, n), **common, **lines, title=f"The pilot's telling {n}",
                teller="The pilot", told="1931", published=None, basis="took part",
                document=finding_id("document", source, 0), heading=None, source_note=None, span=anchor.span,
                body=(anchor.span,),
            )  # fmt: skip
    anchor = anchorer.anchor(paragraphs[0].start, paragraphs[0].start + 12)
    common = _common(anchor, 0.5)
    yield Note(id=finding_id("note", source, 1), **common, label="1", text="A note.", called_at=(anchor, anchor),
               document=None)  # fmt: skip
    yield Gap(id=finding_id("gap", source, 1), **common, what="note", label="2", extent=None,
              evidence="called and absent")  # fmt: skip
    yield Redaction(id=finding_id("redaction", source, 1), **common, printed="[two lines cut]", quantity=2.0,
                    unit="lines")  # fmt: skip
    yield Mark(id=finding_id("mark", source, 1), **common, role="ellipsis", text="...")
    yield Notice(id=finding_id("notice", source, 1), **common, code="bytes", message="One byte")


def _common(anchor: Anchor, confidence: float) -> dict[str, Any]:
    return {
        "source": anchor.source, "anchors": (anchor,), "step": FIND, "confidence": confidence, "reason": "as printed",
    }  # fmt: skip


def take_in(store: LibraryStore, seed: int, pages: int = 3) -> Taken:
    source, content = received(seed, pages)
    made, findings = recovered(source, content)
    store.add_source(source, content, NOW)
    store.keep_recovered(made, findings, NOW)
    return source, made, findings


def of_kind(findings: Sequence[Finding], kind: type[F]) -> tuple[F, ...]:
    return tuple(f for f in findings if isinstance(f, kind))


def event(accounts: Sequence[Finding], source: str = "", **changes: Any) -> Event:
    made = Event(
        id=finding_id("event", "", *(a.id for a in accounts)), source=source,
        anchors=tuple(a for account in accounts for a in account.anchors), step=FIND, confidence=0.6,
        reason="one night", title="The lamp on the mole", when="1931-03-14~", place="the mole",
        accounts=tuple(a.id for a in accounts),
    )  # fmt: skip
    return replace(made, **changes)
