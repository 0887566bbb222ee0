"""Collations as printed for programs; the field names are an interface that scripts rely on."""

from collections.abc import Iterator, Mapping

from testimonia.model.comparison import Judgement
from testimonia.model.steps import Step
from testimonia.services.collated import Collated, Entry, MovedWords, Witness, WitnessReading
from testimonia.services.records import Record, anchor_record, finding_record
from testimonia.services.releases import RESTORE_STEP, Releases

COLLATE_STEP = Step(name="collate", version="1")


def collation_records(collated: Collated, decisions: Mapping[str, Judgement]) -> Iterator[Record]:
    """The witnesses, every place of the apparatus in the order of the text, what was moved, and what is withheld."""
    for number, witness in enumerate(collated.witnesses):
        yield _witness(witness, len(collated.collation.tokens[number]))
    yield from (_entry(e) for e in collated.entries)
    yield from (_move(m) for m in collated.moves)
    if collated.releases is not None:
        yield from _releases(collated, collated.releases, decisions)


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
        "repaired": reading.repaired or None,
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


def _releases(collated: Collated, releases: Releases, decisions: Mapping[str, Judgement]) -> Iterator[Record]:
    names = {w.source: w.source_name for w in collated.witnesses}
    for restoration in releases.restorations:
        yield finding_record(restoration, names[restoration.source], decisions.get(restoration.id))
    for hidden in releases.hidden:
        witness = collated.witnesses[hidden.witness]
        yield {
            "id": f"hidden-{witness.siglum}-{hidden.anchor.start}",
            "kind": "hidden",
            "source": witness.source,
            "source_name": witness.source_name,
            "anchors": [anchor_record(hidden.anchor)],
            "step": str(RESTORE_STEP),
            "confidence": 0.8 if hidden.extent.most is not None else 0.5,
            "judgement": "proposed",
            "explanation": hidden.extent.reason,
            "witness": witness.siglum,
            "printed": " ".join(hidden.anchor.quote.split()),
            "characters": [hidden.extent.least, hidden.extent.most],
        }
    for number, stretch in enumerate(releases.fullest, 1):
        witness = collated.witnesses[stretch.witness]
        yield {
            "id": f"fullest-{number}",
            "kind": "fullest",
            "source": witness.source,
            "source_name": witness.source_name,
            "anchors": [anchor_record(stretch.anchor)],
            "step": str(RESTORE_STEP),
            "confidence": 0.9,
            "judgement": "proposed",
            "number": number,
            "witness": witness.siglum,
            "text": stretch.text,
            "withheld": stretch.withheld,
        }
