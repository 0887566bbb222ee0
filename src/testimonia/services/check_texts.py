"""The texts that are checked, and those that they are checked against: who speaks where."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from testimonia.analysis.quotations.citing import CalledNote, same_person
from testimonia.analysis.quotations.found import Quotation
from testimonia.analysis.quotations.layout import SetParagraph, find_blocks
from testimonia.analysis.quotations.marks import find_quotations
from testimonia.analysis.quotations.noise import repaired_share
from testimonia.model.findings import Account, Document, Note, Repair
from testimonia.model.layers import ORIGINAL, READING, Layer
from testimonia.model.sources import Source
from testimonia.model.steps import Step
from testimonia.readers.table import read
from testimonia.services.opened import OpenedSource
from testimonia.store.library import LibraryStore
from testimonia.text.anchoring import Anchorer
from testimonia.text.lines import LineTable
from testimonia.text.misreadings.proposing import CONFUSION, NAME
from testimonia.text.recovered import Paragraph
from testimonia.text.recovery import recover
from testimonia.text.structure.find import find_structure

_YEAR = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_FROM = re.compile(r"\b[Ff]rom\s+(.+?)\s+[Tt]o\b")
_NOT_A_PERSON = re.compile(
    r"(?:Embassy|Department|Ministry|Mission|Government|Office|Committee|Council|Bureau|Agency|Staff|Consulate|"
    r"Delegation|Board)"
)
_SIGNATURE = re.compile(r"^(?:\[?(?:signed|s/)\]?:?\s*)?((?:[A-Z]\.\s?)*(?:[A-Z][\w’'.-]+\s*){1,4}|[A-Z. ]{3,40})"
                        r"(?:\[?\d{0,3}\]?)?$")  # fmt: skip
_LAST_PARAGRAPHS = 60


class CheckText:
    """One text with its parts: the reading layer, its anchors, its accounts, documents and notes."""

    def __init__(
        self, *, sha256: str, name: str, reading: Layer, anchorer: Anchorer, paragraphs: Sequence[Paragraph],
        documents: Sequence[Document], accounts: Sequence[Account], notes: Sequence[Note], original: str,
        repairs: Sequence[Repair],
    ) -> None:  # fmt: skip
        self.sha256 = sha256
        self.name = name
        self.text = reading.text
        self.anchorer = anchorer
        self.paragraphs = tuple(paragraphs)
        self.notes = tuple(notes)
        self._original = original
        words = [(r.before, r.after) for r in repairs if r.applied and r.how in (CONFUSION, NAME)]
        self.repaired_share = repaired_share(words, len(self.text))
        parts: list[Account | Document] = [*accounts, *(d for d in documents if d.type != "section")]
        self._parts = sorted(parts, key=lambda p: p.span.end - p.span.start)
        self._starts = [p.start for p in self.paragraphs]

    @classmethod
    def of_source(cls, store: LibraryStore, sha256: str) -> "CheckText":
        """A source of the library. Raises NotFoundError."""
        opened = OpenedSource(store, sha256)
        return cls(
            sha256=sha256, name=opened.stored.source.name, reading=opened.reading,
            anchorer=Anchorer(opened.reading, opened.lines, opened.pages, to_original=opened.to_original),
            paragraphs=opened.paragraphs, documents=opened.documents, accounts=opened.accounts, notes=opened.notes,
            original=opened.original.text, repairs=opened.repairs,
        )  # fmt: skip

    @classmethod
    def of_file(cls, name: str, content: bytes) -> "CheckText":
        """A file that is not in the library. Raises UnreadableSourceError and its kinds."""
        found = read(content, name=name)
        sha256 = hashlib.sha256(content).hexdigest()
        original = Layer(source=sha256, name=ORIGINAL, text=found.text, step=Step(name="read", version="1"))
        recovered = recover(original, page_starts=found.page_starts, page_labels=found.page_labels)
        structure = find_structure(recovered, name=Path(name).stem)
        anchorer = Anchorer(
            recovered.reading, LineTable(original.text), recovered.pages, to_original=recovered.reading.offset_map
        )
        return cls(
            sha256=sha256, name=name, reading=recovered.reading, anchorer=anchorer, paragraphs=recovered.paragraphs,
            documents=structure.documents, accounts=structure.accounts, notes=structure.notes,
            original=original.text, repairs=recovered.repairs,
        )  # fmt: skip

    @cached_property
    def called_notes(self) -> tuple[CalledNote, ...]:
        """The notes by the places of their calls in the reading layer, in order."""
        calls = [
            CalledNote(called_at=anchor.start, label=note.label, text=" ".join(note.text.split()))
            for note in self.notes
            for anchor in note.called_at
            if anchor.layer == READING
        ]
        return tuple(sorted(calls, key=lambda c: c.called_at))

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """Where quotations stand in it, by their marks or their layout, in the order of the text."""
        sure = [p for p in self.paragraphs if not p.uncertain]
        marked = find_quotations(self.text, [(p.start, p.end) for p in sure])
        blocks = find_blocks(self.text, [self._set(p) for p in sure], marked)
        return tuple(sorted([*marked, *blocks], key=lambda q: (q.start, -q.end)))

    def _set(self, paragraph: Paragraph) -> SetParagraph:
        """A paragraph with how far its lines are set in, as received."""
        lines = [self.anchorer.lines.text(n) for n in range(paragraph.first_line, paragraph.last_line + 1)]
        insets = [len(row) - len(row.lstrip()) for row in (line.expandtabs(8) for line in lines) if row.strip()]
        return SetParagraph(start=paragraph.start, end=paragraph.end, inset=min(insets, default=0))

    def paragraph_at(self, offset: int) -> tuple[int, int]:
        """The half-open stretch of the paragraph that this offset stands in."""
        n = bisect_right(self._starts, offset) - 1
        return (self.paragraphs[n].start, self.paragraphs[n].end) if n >= 0 else (0, len(self.text))

    def received(self, start: int, end: int) -> str:
        """What did the source have in the place of this word, before any of its letters was repaired? "" where nothing
        was: a word that was only put together over a line end is the word that it is."""
        word = self.text[start:end]
        came = "".join(self._original[a:b] for a, b in self.anchorer.original_ranges(start, end))
        return "" if _letters(came) == _letters(word) else came

    def part_at(self, start: int, end: int) -> Account | Document | None:
        """The smallest account or document that this stretch stands in; sections of a document are parts of it."""
        return next((p for p in self._parts if p.span.start <= start and end <= p.span.end), None)

    def tellers_at(self, start: int, end: int) -> tuple[str, ...]:
        """Who tells, writes or signs what stands here? The persons that the parts around it name, the nearest first."""
        out: list[str] = []
        for part in self._parts:
            if part.span.start <= start and end <= part.span.end:
                out.extend(n for n in (teller_of(part), *self._signers(part, end)) if n)
        return tuple(dict.fromkeys(out))

    def _signers(self, part: Account | Document, after: int) -> tuple[str, ...]:
        """Who signs below this place? Short lines that are nothing but a name."""
        n = bisect_right(self._starts, after)
        out = []
        for paragraph in self.paragraphs[n : n + _LAST_PARAGRAPHS]:
            if paragraph.start >= part.span.end:
                break
            line = self.text[paragraph.start : min(paragraph.end, paragraph.start + 60)].strip()
            if paragraph.end - paragraph.start <= 50:
                found = _SIGNATURE.match(line)
                if found and len(found[1].split()) <= 5 and re.search(r"[A-Z][a-z]+\W*$|^[A-Z. ]+$", found[1].strip()):
                    out.append(found[1].strip())
        return tuple(out[:2])


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def teller_of(part: Account | Document) -> str | None:
    """Who tells in this account, or wrote this document; None where nothing says or it is no person."""
    who = part.teller if isinstance(part, Account) else part.author
    if who is None:
        sent = _FROM.search(part.title or "")
        who = sent[1] if sent else None
    return who if who and not _NOT_A_PERSON.search(who) else None


def told_of(part: Account | Document | None) -> str | None:
    """When was this told or written? EDTF, None where nothing says."""
    if part is None:
        return None
    return part.told or part.published if isinstance(part, Account) else part.date


def told_key(part: Account | Document | None) -> str:
    """What orders parts by the time of their telling, the unknown last."""
    found = _YEAR.findall(told_of(part) or "")
    return str(found[-1]) if found else "9999"


def named_alike(names: Sequence[str], others: Sequence[str]) -> bool:
    """Does one of these names mean one of those persons?"""
    return any(same_person(a, b) for a in names for b in others)


def titles_of(store: LibraryStore) -> tuple[tuple[str, str], ...]:
    """Everything by which a source of the library may be cited: its hash with a title, and its author before it."""
    out: list[tuple[str, str]] = []
    for stored in store.sources():
        source: Source = stored.source
        out.append((source.sha256, re.sub(r"[_\W]+", " ", Path(source.name).stem)))
    out.extend((d.source, d.title) for d in store.findings(Document) if d.title)
    out.extend((a.source, a.title) for a in store.findings(Account) if a.title)
    return tuple(dict.fromkeys(out))
