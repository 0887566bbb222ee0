"""A collation with its witnesses: what each reads at every place, cited by page and line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from testimonia.errors import NotFoundError
from testimonia.model.collation import Collation, Unit
from testimonia.model.spans import Anchor, Span
from testimonia.services.releases import Releases
from testimonia.services.witnessing import WitnessText
from testimonia.text.anchoring import finding_id


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
