"""Collate versions of one text: sources of the library, or documents in them, word by word."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from testimonia.errors import InvalidRecordError, NotFoundError
from testimonia.model.collation import MOST_WITNESSES, Collation, Unit
from testimonia.model.comparison import Judgement
from testimonia.model.findings import Account, Document
from testimonia.model.layers import READING
from testimonia.model.spans import Anchor, Span
from testimonia.model.steps import Step
from testimonia.services.catalogue import Catalogue
from testimonia.services.clock import Clock
from testimonia.services.opened import OpenedSource
from testimonia.services.records import Record
from testimonia.services.releases import RESTORE_STEP, Releases, compare_releases
from testimonia.services.witnessing import REPAIRED, WitnessText
from testimonia.store.library import LibraryStore
from testimonia.text.anchoring import finding_id

COLLATE_STEP = Step(name="collate", version="1")
KEPT_COLLATIONS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One version: its siglum, what it is, and the stretch of its layer that is collated.

    `document` is the id of the document or account that was named, None where the whole source was.
    """

    siglum: str
    title: str
    source: str
    source_name: str
    span: Span
    document: str | None
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessReading:
    """What one witness reads at one place; `difference` from the lemma is None where there is none.

    `text` is "" and `anchor` None where it has no words there. `repaired` is what recovery reads in its place, where
    that is something else.
    """

    witness: Witness
    text: str
    difference: str | None
    anchor: Anchor | None
    repaired: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place of the apparatus, numbered from 1 in the order of the text; `moved` where words of it stand elsewhere
    in another witness."""

    id: str
    number: int
    lemma: WitnessReading
    readings: tuple[WitnessReading, ...]
    moved: bool
    confidence: float
    reason: str

    @property
    def varies(self) -> bool:
        """Do the witnesses differ here?"""
        return any(r.difference for r in self.readings)

    @property
    def grouped(self) -> tuple[tuple[WitnessReading, str], ...]:
        """Each other reading than the lemma once, with the sigla of all that have it."""
        sigla: dict[str, list[WitnessReading]] = {}
        for reading in self.readings:
            if reading.difference is not None:
                sigla.setdefault(reading.text, []).append(reading)
        return tuple((same[0], " ".join(r.witness.siglum for r in same)) for same in sigla.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedWords:
    """The same words, at one place in one witness and at another in the other."""

    id: str
    one: WitnessReading
    other: WitnessReading


class Collated:
    """A collation with its witnesses, every reading cited by page and line."""

    def __init__(
        self, witnesses: Sequence[Witness], collation: Collation, texts: Sequence[WitnessText],
        releases: Releases | None,
    ) -> None:  # fmt: skip
        self.witnesses = tuple(witnesses)
        self.collation = collation
        self.releases = releases
        self._texts = tuple(texts)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every place in the order of the text, agreeing and differing."""
        moved = [set[int]() for _ in self.witnesses]
        for move in self.collation.moves:
            moved[move.witness].update(range(*move.tokens))
            moved[move.other].update(range(*move.other_tokens))
        return tuple(self._entry(n, unit, moved) for n, unit in enumerate(self.collation.units, 1))

    @cached_property
    def moves(self) -> tuple[MovedWords, ...]:
        """Words that stand at another place in another witness."""
        return tuple(
            MovedWords(
                id=finding_id("move", self.witnesses[m.witness].source, m.tokens, m.other_tokens, m.other),
                one=self.reading(m.witness, m.tokens),
                other=self.reading(m.other, m.other_tokens),
            )
            for m in self.collation.moves
        )

    def reading(self, witness: int, cell: tuple[int, int], difference: str | None = None) -> WitnessReading:
        """What a witness reads with these tokens, and where."""
        place = self.collation.offsets(witness, cell)
        text = self._texts[witness]
        return WitnessReading(
            witness=self.witnesses[witness],
            text=self.collation.words(witness, cell),
            difference=difference,
            anchor=text.anchor(*place) if place else None,
            repaired=text.repaired(*place) if place else "",
        )

    def witness_of(self, anchor: Anchor) -> Witness:
        """The witness that this anchor cites. Raises NotFoundError where it cites none of them."""
        for witness in self.witnesses:
            if witness.source == anchor.source and witness.span.start <= anchor.start < witness.span.end:
                return witness
        raise NotFoundError("this is no place in one of the versions", where=anchor.source)

    def _entry(self, number: int, unit: Unit, moved: Sequence[set[int]]) -> Entry:
        readings = tuple(self.reading(w, cell, unit.classes[w]) for w, cell in enumerate(unit.cells))
        confidence, reason = _confidence(unit)
        places = [r.anchor and (r.witness.source, r.anchor.start, r.anchor.end) for r in readings]
        return Entry(
            id=finding_id("reading", readings[unit.lemma].witness.source, *sorted(map(str, places))),
            number=number,
            lemma=readings[unit.lemma],
            readings=readings,
            moved=any(moved[w].intersection(range(*cell)) for w, cell in enumerate(unit.cells)),
            confidence=confidence,
            reason=reason,
        )


class Collating:
    """Collations are computed when asked for, and the last ones kept in memory."""

    def __init__(self, store: LibraryStore, catalogue: Catalogue, now: Clock) -> None:
        self._store = store
        self._catalogue = catalogue
        self._now = now
        self._kept: OrderedDict[tuple[object, ...], Collated] = OrderedDict()
        self._lock = Lock()

    def collate(self, names: Sequence[str], layer: str = READING) -> Collated:
        """The versions that these names mean, side by side: sources, documents or accounts (by id) of the library.

        `layer` says which text of them: the reading text, free of running heads and broken words, with every word as
        its source has it; the same with the words that recovery repaired (`REPAIRED`), which may hide a variant; or the
        original, to the letter. A repair that an editor accepted is the editor's reading, and stays. Raises
        NotFoundError, AmbiguousError, and InvalidRecordError where there are not two to twenty versions.
        """
        if not 2 <= len(names) <= MOST_WITNESSES:
            raise InvalidRecordError(
                f"{len(names)} versions can't be collated", hint=f"Name 2 to {MOST_WITNESSES} versions of one text"
            )
        opened: dict[str, OpenedSource] = {}
        witnesses = tuple(self._witness(n, name, layer, opened) for n, name in enumerate(names))
        decisions = self._store.current_decisions()
        accepted = {name for name, judged in decisions.items() if judged.decision == "accepted"}
        texts = [WitnessText(opened[w.source], w.span, layer, accepted) for w in witnesses]
        key = tuple((w.source, w.span, t.text) for w, t in zip(witnesses, texts, strict=True))
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                found = self._kept[key] = _computed(witnesses, texts, [opened[w.source] for w in witnesses])
                self._propose(found)
                if len(self._kept) > KEPT_COLLATIONS:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
        return found

    def records(self, collated: Collated) -> Iterator[Record]:
        """The collation as printed for programs."""
        from testimonia.services.collation_records import collation_records

        return collation_records(collated, self._store.current_decisions())

    def decisions(self) -> Mapping[str, Judgement]:
        """For each judged finding the decision that stands."""
        return self._store.current_decisions()

    def apparatus_tei(self, collated: Collated) -> bytes:
        """The collation as a TEI document with a parallel-segmented apparatus."""
        from testimonia.exports.apparatus_tei import write_apparatus

        names = [(w.siglum, w.title) for w in collated.witnesses]
        return write_apparatus(collated.collation, names, f"Collation of {', '.join(name for _, name in names)}")

    def _propose(self, collated: Collated) -> None:
        """Keep what one release shows of what another withholds, for an editor to judge."""
        if collated.releases is not None:
            versions = sorted((w.source, w.span.start, w.span.end) for w in collated.witnesses)
            scope = finding_id("collation", "", *versions)
            self._store.keep_findings(RESTORE_STEP.name, scope, collated.releases.restorations, self._now())

    def _witness(self, number: int, name: str, layer: str, opened: dict[str, OpenedSource]) -> Witness:
        part = self._part(name)
        sha256 = part.source if part is not None else self._catalogue.find_source(name).source.sha256
        source = opened.get(sha256) or opened.setdefault(sha256, OpenedSource(self._store, sha256))
        return Witness(
            siglum=chr(ord("A") + number),
            title=part.title if part is not None else source.stored.source.name,
            source=sha256,
            source_name=source.stored.source.name,
            span=_span(source, part, layer),
            document=part.id if part is not None else None,
            first_line=part.first_line if part is not None else 1,
            last_line=part.last_line if part is not None else source.lines.count,
        )

    def _part(self, name: str) -> Document | Account | None:
        """The document or account with this id, if the name is one."""
        if not name.startswith(("document-", "account-")):
            return None
        try:
            found = self._store.finding(name)
        except NotFoundError:
            return None
        return found if isinstance(found, Document | Account) else None


def _span(source: OpenedSource, part: Document | Account | None, layer: str) -> Span:
    """Which stretch of the layer is the whole source, or this part of it?"""
    layer = READING if layer == REPAIRED else layer
    if part is None:
        return Span(layer=layer, start=0, end=len(source.layer(layer).text))
    if layer == READING:
        return part.span
    return Span(layer=layer, start=source.lines.start(part.first_line), end=source.lines.end(part.last_line))


def _computed(witnesses: Sequence[Witness], texts: Sequence[WitnessText], sources: Sequence[OpenedSource]) -> Collated:
    # Numerics take longer to load than most commands to run: only where something is collated.
    from testimonia.text.collation.collating import collate

    for witness, text in zip(witnesses, texts, strict=True):
        if not text.text.strip():
            raise InvalidRecordError("this version holds no words", where=witness.title, hint="Leave it out")
    collation = collate([text.text for text in texts])
    return Collated(witnesses, collation, texts, compare_releases(collation, texts, sources))


def _confidence(unit: Unit) -> tuple[float, str]:
    """How sure is it that these words stand opposite each other?"""
    kinds = {kind for kind in unit.classes if kind}
    if not kinds:
        return 0.99, "all versions read the same here"
    if kinds <= {"punctuation", "case", "spelling"}:
        return 0.95, "the same words stand here, written otherwise"
    longest = max(end - first for first, end in unit.cells)
    shared = "what stands before and behind agrees"
    return (0.85, shared) if longest <= 12 else (0.6, f"{shared}; within so long a stretch nothing is paired")


def sigla_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """The readings of a place other than its lemma in the field's form: the words, or "om.", and who has them."""
    for reading, sigla in entry.grouped:
        yield reading.text or "om.", sigla
