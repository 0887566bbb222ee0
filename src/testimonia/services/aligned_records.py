"""The records of alignments, as the command line and the web application print them for programs."""

from collections.abc import Mapping

from testimonia.model.alignment import Act, Aligned, Alignment, Difference, HistoryEntry, Judged, Place, Unplaced
from testimonia.services.records import Record


def alignment_record(alignment: Alignment) -> Record:
    """An alignment as printed."""
    return {
        "id": alignment.id,
        "kind": "alignment",
        "name": alignment.name,
        "editor": alignment.editor,
        "at": alignment.at,
        "event": alignment.event,
        "accounts": list(alignment.accounts),
    }


def aligned_record(comparison: Record, aligned: Aligned, alignment: Alignment | None) -> Record:
    """A comparison's record with what was decided about each point: its `judgement`, `notes` and `clash`, and with what
    has no place any more; `comparison` is the record of the aligned comparison."""
    return {
        **comparison,
        "alignment": alignment_record(alignment) if alignment is not None else None,
        "points": [_with_judgement(point, aligned.judged) for point in comparison["points"]],
        "unplaced": [unplaced_record(u) for u in aligned.unplaced],
    }


def _with_judgement(point: Record, judged: Mapping[str, Judged]) -> Record:
    decided = judged.get(point["id"])
    if decided is None:
        return {**point, "judgement": "proposed", "notes": [], "clash": None}
    return {
        **point,
        "confidence": None,
        "judgement": decided.decision or "proposed",
        "judged_by": decided.editor,
        "judged_at": decided.at,
        "notes": list(decided.notes),
        "clash": decided.clash or None,
    }


def act_record(act: Act) -> Record:
    """An act as printed."""
    return {
        "id": act.id,
        "kind": "act",
        "alignment": act.alignment,
        "editor": act.editor,
        "at": act.at,
        "action": act.action,
        "point": act.point or None,
        "statement": act.statement or None,
        "target": act.target or None,
        "value": act.value or None,
        "note": act.note,
        "passages": [_place(p) for p in act.said],
        "undoes": act.undoes,
    }


def history_record(entry: HistoryEntry) -> Record:
    """An act with whether it stands, as printed."""
    return {
        **act_record(entry.act), "stands": entry.stands, "about": entry.about, "unplaced": entry.why_unplaced or None,
    }  # fmt: skip


def unplaced_record(unplaced: Unplaced) -> Record:
    """What has no place any more, as printed."""
    return {
        "why": unplaced.why,
        "act": act_record(unplaced.act) if unplaced.act is not None else None,
        "passage": _place(unplaced.place) if unplaced.place is not None else None,
    }


def difference_record(difference: Difference) -> Record:
    """What the machine would now do differently about a point, as printed."""
    return {
        "difference": difference.kind, "point": difference.point, "label": difference.label, "how": difference.how,
    }  # fmt: skip


def _place(place: Place) -> Record:
    return {"source": place.source, "start": place.start, "end": place.end, "quote": place.quote}
