"""An invented case for the tests of the web application: a sluice that gave way, told by four people.

Layers, findings and the comparison are made by hand, so that these tests hold whatever recovery and comparison find.
"""

import hashlib
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NoReturn

import httpx
import pytest
import uvicorn

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.web.scanned import Scanned

from testimonia.errors import NotFoundError
from testimonia.model.comparison import Comparison, Event, Point, Silence, Statement
from testimonia.model.findings import Account, Document, Finding, Gap, Mark, Note, Notice, Redaction, Repair
from testimonia.model.layers import ORIGINAL, READING, Layer
from testimonia.model.pages import Page
from testimonia.model.sources import Source
from testimonia.model.spans import Anchor, Span
from testimonia.model.steps import Step
from testimonia.services.comparing import Comparing
from testimonia.services.workbench import Workbench
from testimonia.text.anchoring import Anchorer
from testimonia.text.editing import LayerEditor
from testimonia.text.lines import LineTable
from testimonia.text.recovered import Paragraph, Recovered
from testimonia.web.app import create_app

NOW = "1902-05-06T07:08:09Z"
TOKEN = "a-token-for-tests"
STEP = Step(name="invented", version="1")
HOSTILE = "<script>document.title='broken'</script> javascript:alert(1) \u202eesrever\u202c nul\x00 <b>bold</b>"
PAGE_ONE = """The Sluice at Harle  Page 1 of 4

THE SLUICE AT HARLE
by Edith Marl

On the night of 3 February 1884 the sluice at Harle gave way. What fol-
lowed has been told in many ways.1 The keeper, who read the modem gauge
at ten, [two lines cut out] and was not heard.2

Thomas Wray, keeper

I shut the gate at ten. The water stood at nine feet, and I saw no man upon
the bank [of the Harle] until the bell
"""
PAGE_TWO = f"""The Sluice at Harle  Page 2 of 4

was rung ... Then I ran. {HOSTILE}

Mrs. Anne Coates

The gate stood open at half past nine, and I told him so to his face. Nobody
rang any bell that I heard.

Josiah Pell, engineer

The gate was sound. It was the bank that failed, and at eleven.

1. Harle Gazette, 9 February 1884.
"""
PAGE_THREE = """The Sluice at Harle  Page 3 of 4

¡ Ajq pǝ)ɐʇ s! ʇɥƃ!ɹ ou s! s!ɥʇ
"""
TEXT = PAGE_ONE + PAGE_TWO + PAGE_THREE
UNREADABLE = "page 3 can't be read: it seems to have been scanned upside down"


def source(name: str = "harle.txt", text: str = TEXT) -> tuple[Source, bytes]:
    """The source and its bytes; another name or text makes another source."""
    content = text.encode("utf-8")
    digest = hashlib.sha256(content).hexdigest()
    made = Source(
        sha256=digest, name=name, path=f"/invented/{name}", size_bytes=len(content), media_type="text/plain",
        encoding="utf-8",
    )  # fmt: skip
    return made, content


def _pages(text: str, lines: LineTable) -> tuple[Page, ...]:
    starts = [m.start() for m in re.finditer(r"^The Sluice at Harle  Page", text, re.MULTILINE)] or [0]
    ends = [*starts[1:], len(text)]
    return tuple(
        Page(
            page_index=n, page_label=f"Page {n + 1} of 4", number=n + 1, total=4, number_inferred=False, sequence=0,
            first_line=lines.at(start), last_line=lines.at(end - 1), start=start, end=end,
            readable=0.1 if n == 2 else 1.0,
        )
        for n, (start, end) in enumerate(zip(starts, ends, strict=True))
    )  # fmt: skip


class Invented:
    """One source of the invented case, recovered, with everything found in it."""

    def __init__(self, name: str = "harle.txt", text: str = TEXT) -> None:
        self.source, self.content = source(name, text)
        self.original = Layer(source=self.source.sha256, name=ORIGINAL, text=text, step=STEP)
        self.lines = LineTable(text)
        self.pages = _pages(text, self.lines)
        self.reading = self._recovered_text()
        self.anchorer = Anchorer(self.reading, self.lines, self.pages, to_original=self.reading.offset_map)
        self.originals = Anchorer(self.original, self.lines, self.pages)
        self.findings: tuple[Finding, ...] = (
            *self._documents(), *self._notes(), *self._gaps(), *self._marks(), *self._repairs(),
        )  # fmt: skip
        self.recovered = Recovered(
            original=self.original, reading=self.reading, pages=self.pages, paragraphs=self._paragraphs(),
            running_heads=(), repairs=(), notices=(),
        )  # fmt: skip

    def _recovered_text(self) -> Layer:
        text = self.original.text
        editor = LayerEditor(self.original)
        for m in re.finditer(r"The Sluice at Harle  Page \d of 4\n\n|fol-\n|modem|(?<=[^\n])\n(?=[^\n])", text):
            editor.keep_to(m.start())
            if m[0].startswith("The Sluice"):
                editor.delete_to(m.end())
            elif m[0] == "fol-\n":
                editor.keep_to(m.start() + 3)
                editor.delete_to(m.end())
            elif m[0] == "modem":
                editor.replace_to(m.end(), "modern")
            elif m.end() == len(text) or (
                text.startswith(("The Sluice", "by "), m.end()) and text[m.start() - 1] in ".E"
            ):
                editor.keep_to(m.end())
                editor.insert("\n" if text.startswith("The Sluice", m.end()) else "")
            else:
                editor.replace_to(m.end(), " ")
        editor.keep_to(len(text))
        return editor.finish(READING, STEP)

    def _paragraphs(self) -> tuple[Paragraph, ...]:
        found = []
        text = self.reading.text
        for m in re.finditer(r"[^\n]+(?:\n(?!\n|by )[^\n]+)*", text):
            traced = [self.anchorer.original_ranges(at, at + 1) for at in range(m.start(), m.end())]
            numbers = [self.lines.at(r[0][0]) for r in traced if r]
            starts = [m.start() + n for n in range(len(numbers)) if n == 0 or numbers[n] != numbers[n - 1]]
            page = self.anchorer.page_at(traced[0][0][0])
            found.append(
                Paragraph(
                    start=m.start(), end=m.end(), first_line=numbers[0], last_line=numbers[-1],
                    line_starts=tuple(starts), blank_lines_before=1, page_index=page.page_index, indent=0, width=70,
                    uncertain=UNREADABLE if page.page_index == 2 else None,
                )
            )  # fmt: skip
        return tuple(found)

    def cite(self, words: str) -> Anchor:
        """The anchor of the first place where the reading text has these words."""
        start = self.reading.text.index(words)
        return self.anchorer.anchor(start, start + len(words))

    def line_of(self, words: str) -> int:
        """The line of the source where these words begin."""
        return self.lines.at(self.original.text.index(words))

    def _id(self, name: str) -> str:
        return f"{name}-{self.source.sha256[:8]}"

    def _documents(self) -> tuple[Finding, ...]:
        text = self.reading.text
        last = self.lines.count
        article = Document(
            id=self._id("article"), source=self.source.sha256, anchors=(self.cite("THE SLUICE AT HARLE"),), step=STEP,
            confidence=0.9, reason="a title", title="The Sluice at Harle", type="article", author="Edith Marl",
            recipient=None, place=None, date="1899", parent=None, first_line=3, last_line=last,
            span=Span(layer=READING, start=0, end=len(text)),
        )  # fmt: skip
        heads = (
            ("Thomas Wray, keeper", "Thomas Wray", "1884-02-04", None, "took part", "Mrs. Anne Coates"),
            ("Mrs. Anne Coates", "Mrs. Anne Coates", "1884-03", "1885", "took part", "Josiah Pell, engineer"),
            ("Josiah Pell, engineer", "Josiah Pell", "1899~", "1902", "infers", "1. Harle"),
        )
        accounts: list[Account] = []
        for heading, teller, told, published, basis, until in heads:
            start, end = text.index(heading), text.index(until)
            anchor = self.cite(heading)
            accounts.append(
                Account(
                    id=self._id(f"account-{len(accounts)}"), source=self.source.sha256, anchors=(anchor,), step=STEP,
                    confidence=0.8, reason="a heading that names a teller", title=heading, teller=teller, told=told,
                    published=published, basis=basis, document=article.id, first_line=anchor.first_line,
                    last_line=self.line_of(until) - 2, heading=heading, source_note=None,
                    span=Span(layer=READING, start=start, end=end),
                    body=(Span(layer=READING, start=start + len(heading), end=end),),
                )
            )  # fmt: skip
        return (article, *accounts)

    def _notes(self) -> tuple[Finding, ...]:
        call = self.cite("ways.1")
        called = self.anchorer.anchor(call.end - 1, call.end)
        printed = self.cite("1. Harle Gazette, 9 February 1884.")
        return (
            Note(
                id=self._id("note-1"), source=self.source.sha256, anchors=(printed,),
                step=STEP, confidence=0.9, reason="a number at the start of a line", label="1",
                text="Harle Gazette, 9 February 1884.", called_at=(called,), document=None,
            ),
        )  # fmt: skip

    def _gaps(self) -> tuple[Finding, ...]:
        call = self.cite("heard.2")
        heads = [self.originals.anchor(p.start, p.start + 32) for p in self.pages[-1:]]
        return (
            Gap(
                id=self._id("gap-note"), source=self.source.sha256,
                anchors=(self.anchorer.anchor(call.end - 1, call.end),), step=STEP, confidence=0.9,
                reason="called, not found", what="note", label="2", extent=None, evidence="It is called in the text.",
            ),
            Gap(
                id=self._id("gap-page"), source=self.source.sha256, anchors=tuple(heads), step=STEP, confidence=0.9,
                reason="the labels end", what="page", label="4", extent="one page",
                evidence="The last label reads Page 3 of 4.",
            ),
            Redaction(
                id=self._id("redaction"), source=self.source.sha256, anchors=(self.cite("[two lines cut out]"),),
                step=STEP, confidence=0.9, reason="it says so", printed="[two lines cut out]", quantity=2, unit="lines",
            ),
            Notice(
                id=self._id("notice"), source=self.source.sha256,
                anchors=(self.originals.anchor(self.pages[2].start, self.pages[2].end),), step=STEP, confidence=1.0,
                reason="few words", code="unreadable-page", message="Page 3 can't be read.",
            ),
        )  # fmt: skip

    def _marks(self) -> tuple[Finding, ...]:
        return tuple(
            Mark(
                id=self._id(f"mark-{role}"), source=self.source.sha256, anchors=(self.cite(words),), step=STEP,
                confidence=0.9, reason="brackets", role=role, text=words,
            )
            for role, words in (("insertion", "[of the Harle]"), ("ellipsis", "..."))
        )  # fmt: skip

    def _repairs(self) -> tuple[Finding, ...]:
        head = self.originals.anchor(0, 32)
        return (
            Repair(
                id=self._id("repair-head"), source=self.source.sha256, anchors=(head,), step=STEP, confidence=0.97,
                reason="it stands at the head of 3 pages", before=head.quote, after="", how="furniture",
            ),
            Repair(
                id=self._id("repair-hyphen"), source=self.source.sha256, anchors=(self.cite("followed"),), step=STEP,
                confidence=0.95, reason="'followed' is a word", before="fol-\nlowed", after="followed", how="hyphen",
            ),
            Repair(
                id=self._id("repair-word"), source=self.source.sha256, anchors=(self.cite("modern"),), step=STEP,
                confidence=0.6, reason="'rn' is often read as 'm'", before="modem", after="modern", how="confusion",
            ),
            Repair(
                id=self._id("repair-one"), source=self.source.sha256, anchors=(self.cite("Then I ran"),), step=STEP,
                confidence=0.8, reason="'I' is often read as '1'", before="Then 1 ran", after="Then I ran",
                how="confusion",
            ),
        )  # fmt: skip

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The accounts, in the order of the source."""
        return tuple(f for f in self.findings if isinstance(f, Account))

    def comparison(self, *, copies: int = 1) -> Comparison:
        """The accounts side by side: four points, repeated `copies` times."""
        accounts = self.accounts
        event = Event(
            id=self._id("event"), source=self.source.sha256, anchors=accounts[0].anchors, step=STEP, confidence=0.8,
            reason="they name the same night", title="The sluice at Harle gives way", when="1884-02-03", place="Harle",
            accounts=tuple(a.id for a in accounts),
        )  # fmt: skip
        return Comparison(
            event=event, accounts=accounts, points=tuple(p for n in range(copies) for p in self._points(n))
        )

    def _points(self, copy: int) -> tuple[Point, ...]:
        wray, coates, pell = (a.id for a in self.accounts)

        def said(account: str, words: str, version: str, stance: str = "affirms", clash: str = "") -> Statement:
            anchor = self.cite(words)
            at = anchor.quote.find(clash)
            return Statement(
                id=f"statement-{copy}-{account}-{anchor.start}", account=account, stance=stance, value=words,
                attribution=(account,), anchors=(anchor,), version=version,
                clashes=((0, at, at + len(clash)),) if clash else (),
            )  # fmt: skip

        def silent(account: str, reason: str, evidence: str) -> Silence:
            return Silence(account=account, reason=reason, evidence=evidence)

        def point(name: str, label: str, relation: str, *cells: Statement | Silence) -> Point:
            return Point(
                id=f"point-{name}-{copy}", label=label, relation=relation, confidence=0.7, reason=f"because of {name}",
                statements=tuple(c for c in cells if isinstance(c, Statement)),
                silences=tuple(c for c in cells if isinstance(c, Silence)),
            )  # fmt: skip

        return (
            point(
                "gate", "When was the gate shut?", "contradict",
                said(wray, "I shut the gate at ten.", "a", clash="at ten"),
                said(coates, "The gate stood open at half past nine", "b", "denies", clash="open at half past nine"),
                said(pell, "The gate was sound.", "a"),
            ),
            point(
                "bank", "Did the bank fail?", "single",
                silent(wray, "silent", "He tells of the night until the bell."),
                silent(coates, "page lost", "Page 4 is missing."),
                said(pell, "It was the bank that failed, and at eleven.", "a"),
            ),
            point(
                "bell", "Was a bell rung?", "contradict",
                said(wray, "until the bell was rung", "a"),
                said(coates, "Nobody rang any bell that I heard.", "b", "denies", clash="Nobody rang any bell"),
                silent(pell, "could not know", "He came at noon the next day."),
            ),
            point(
                "gave", "Did it give way?", "agree",
                said(wray, "Then I ran.", "a"),
                said(coates, "I told him so to his face.", "a"),
                said(pell, "The gate was sound.", "a"),
            ),
        )  # fmt: skip


class Told(Comparing):
    """Gives one comparison made by hand."""

    def __init__(self, workbench: Workbench, comparison: Comparison) -> None:
        super().__init__(workbench.store, workbench.catalogue, _no_encoder, lambda: NOW)
        self._comparison = comparison

    def compare(self, event_id: str | None = None, sources: Sequence[str] = ()) -> Comparison:
        """The comparison, whatever sources are named."""
        if event_id not in (None, self._comparison.event.id):
            raise NotFoundError(f"there is no event {event_id!r}", hint="See the Library")
        return self._comparison


def _no_encoder() -> NoReturn:
    raise AssertionError("a comparison made by hand needs no encoder")


def keep(workbench: Workbench, invented: Invented) -> None:
    """Put a source and all that was found in it into a library."""
    workbench.store.add_source(invented.source, invented.content, NOW)
    workbench.store.keep_recovered(invented.recovered, invented.findings, NOW)


def library_of(folder: Path, invented: Invented) -> Workbench:
    """A library with this source, two copies of it that differ in a line, and the comparison of its accounts."""
    workbench = Workbench.open(folder, now=lambda: NOW)
    for made in (invented, *(Invented(f"copy-{n}.txt", f"{TEXT}\nCopy {n}.\n") for n in (1, 2))):
        keep(workbench, made)
    comparison = invented.comparison(copies=7)
    workbench.store.keep_findings("invented", "library", (comparison.event,), NOW)
    workbench.comparing = Told(workbench, comparison)
    return workbench


@pytest.fixture(scope="session")
def invented() -> Invented:
    """The source of the invented case."""
    return Invented()


@pytest.fixture(scope="session")
def workbench(tmp_path_factory: pytest.TempPathFactory, invented: Invented) -> Iterator[Workbench]:
    """A library that is only looked at."""
    with library_of(tmp_path_factory.mktemp("web") / "library", invented) as made:
        yield made


@contextmanager
def serve(workbench: Workbench, *, upload_limit_bytes: int = 10_000) -> Iterator[str]:
    """Serve a library on a free port; gives the address."""
    app = create_app(workbench, allowed_hosts=("archive.example",), token=TOKEN, upload_limit_bytes=upload_limit_bytes)
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def serving() -> Callable[..., AbstractContextManager[str]]:
    """Serves a library of a test's own."""
    return serve


@pytest.fixture(scope="session")
def site(workbench: Workbench) -> Iterator[str]:
    """The address of the library that is only looked at."""
    with serve(workbench) as address:
        yield address


@pytest.fixture(scope="session")
def client(site: str) -> Iterator[httpx.Client]:
    """Asks that library for pages, without a browser."""
    with httpx.Client(base_url=site, trust_env=False, timeout=60) as made:
        yield made


@pytest.fixture(scope="session")
def scanned() -> Scanned:
    """An invented scan of three pages."""
    return Scanned()


@pytest.fixture(scope="session")
def without_images() -> Scanned:
    """The same pages, of which only the words and their places were received."""
    return Scanned(images=False)


@pytest.fixture(scope="session")
def scan_site(tmp_path_factory: pytest.TempPathFactory, scanned: Scanned, without_images: Scanned) -> Iterator[str]:
    """The address of a library with both."""
    with Workbench.open(tmp_path_factory.mktemp("scans") / "library", now=lambda: NOW) as made:
        for one in (scanned, without_images):
            made.store.add_source(one.source, one.content, NOW)
            made.store.keep_recovered(one.recovered, one.findings, NOW, scans=one.scans)
        with serve(made) as address:
            yield address
