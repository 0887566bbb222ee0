"""Collations as printed for programs; the field names are an interface that scripts rely on."""

from collections.abc import Iterator

from testimonia.services.collating import COLLATE_STEP, Collated, Entry, MovedWords, Witness, WitnessReading
from testimonia.services.records import Record, anchor_record


def collation_records(collated: Collated) -> Iterator[Record]:
    """The witnesses, then every place of the apparatus in the order of the text, then what was moved."""
    for number, witness in enumerate(collated.witnesses):
        yield _witness(witness, len(collated.collation.tokens[number]))
    yield from (_entry(e) for e in collated.entries)
    yield from (_move(m) for m in collated.moves)


def _common(kind: str, finding_id: str, at: WitnessReading, confidence: float | None) -> Record:
    return {
        "id": finding_id,
        "kind": kind,
        "source": at.witness.source,
        "source_name": at.witness.source_name,
        "anchors": _anchors(at),
        "step": str(COLLATE_STEP),
        "confidence": confidence,
        "judgement": "proposed",
    }


def _anchors(reading: WitnessReading) -> list[Record]:
    return [anchor_record(reading.anchor)] if reading.anchor is not None else []


def _witness(witness: Witness, words: int) -> Record:
    return {
        "id": f"witness-{witness.siglum}",
        "kind": "witness",
        "source": witness.source,
        "source_name": witness.source_name,
        "anchors": [],
        "step": str(COLLATE_STEP),
        "confidence": None,
        "judgement": "accepted",
        "siglum": witness.siglum,
        "title": witness.title,
        "document": witness.document,
        "first_line": witness.first_line,
        "last_line": witness.last_line,
        "words": words,
    }


def _reading(reading: WitnessReading) -> Record:
    return {
        "witness": reading.witness.siglum,
        "source": reading.witness.source,
        "text": reading.text,
        "class": reading.difference,
        "anchors": _anchors(reading),
    }


def _entry(entry: Entry) -> Record:
    return {
        **_common("reading", entry.id, entry.lemma, entry.confidence),
        "explanation": entry.reason,
        "number": entry.number,
        "varies": entry.varies,
        "moved": entry.moved,
        "lemma": entry.lemma.text,
        "readings": [_reading(r) for r in entry.readings],
    }


def _move(move: MovedWords) -> Record:
    return {
        **_common("move", move.id, move.one, 0.9),
        "explanation": "the same words stand at another place, and nothing like them stands opposite",
        "witness": move.one.witness.siglum,
        "text": move.one.text,
        "to": _reading(move.other),
    }
