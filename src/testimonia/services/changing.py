"""What an editor changed in a finding: kept as a judgement's value, laid over the finding wherever it is shown.

The finding stays as its step made it, so that taking the judgement back gives it back.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from testimonia.chronology.extent import extent_of
from testimonia.errors import InvalidRecordError
from testimonia.model.citations import Reference
from testimonia.model.comparison import Judgement
from testimonia.model.dates import NamedDate
from testimonia.model.findings import Finding, Gap
from testimonia.model.provenance import Provenance, Reliance

F = TypeVar("F", bound=Finding)
_YEAR = re.compile(r"\b(?:1[4-9]|20)\d\d\b")
_LISTS = ("agents", "recipients")
_FIELDS: Mapping[type[Finding], tuple[str, ...]] = {
    Provenance: ("about", "act", "agents", "recipients", "when"),
    Reliance: ("rests_name", "on_name", "how"),
    Gap: ("label", "extent"),
    NamedDate: ("edtf",),
    Reference: (
        "type", "title", "container_title", "collection_title", "edition", "volume", "issue", "page", "publisher",
        "publisher_place", "issued", "genre", "archive", "archive_collection", "archive_location", "url",
    ),
}  # fmt: skip


def as_changed(finding: F, decision: Judgement | None) -> F:
    """The finding as the decision that stands about it has it: changed where an editor changed it."""
    if decision is None or decision.decision != "changed" or not decision.value:
        return finding
    try:
        return _laid_over(finding, json.loads(decision.value))
    except (ValueError, TypeError, AttributeError, InvalidRecordError):
        return finding  # a change of another version of the program, or of another kind of finding


def changeable(finding: Finding) -> dict[str, str]:
    """The fields of this finding that an editor can change, as words; several agents are parted by ";"."""
    found = {name: getattr(finding, name) for name in _FIELDS.get(type(finding), ())}
    return {name: "; ".join(v) if isinstance(v, tuple) else str(v or "") for name, v in found.items()}


def value_of_change(finding: Finding, fields: Mapping[str, str]) -> str:
    """The changes as a judgement keeps them. Raises InvalidRecordError where that can't be changed, or not into that.

    Several agents or recipients are parted by ";"; an empty word takes the field's value away.
    """
    allowed = _FIELDS.get(type(finding), ())
    for name in fields:
        if name not in allowed:
            hint = f"Can be changed: {', '.join(allowed)}" if allowed else "It can be accepted or rejected"
            raise InvalidRecordError(f"{name[:40]!r} can't be changed in this finding", where=finding.id, hint=hint)
    if not fields:
        raise InvalidRecordError("nothing is to be changed", where=finding.id, hint=f"Give {', '.join(allowed)}")
    when = fields.get("when") or fields.get("edtf")
    if when and _limits(when) is None:
        raise InvalidRecordError(f"{when[:40]!r} is no date in EDTF", where=finding.id, hint="For example 1962-10-27")
    made = {name: " ".join(value.split()) for name, value in fields.items()}
    _laid_over(finding, made)
    return json.dumps(made, ensure_ascii=False, sort_keys=True)


def _limits(edtf: str) -> tuple[str | None, str | None] | None:
    """The first and last moment of a date, in ISO 8601, None for an open side; None where the words are no date."""
    first, _, last = edtf.partition("/")
    sides = [
        extent_of(side) if side not in ("", "..") else None for side in ((first, last) if last else (first, first))
    ]
    if not any(sides):
        return None
    return (
        sides[0].earliest.isoformat() if sides[0] else None,
        sides[1].latest.isoformat() if sides[1] else None,
    )


def _laid_over(finding: F, made: Mapping[str, str]) -> F:
    changes: dict[str, Any] = {}
    for name, value in made.items():
        if name not in _FIELDS.get(type(finding), ()):
            continue
        if name in _LISTS:
            changes[name] = tuple(part.strip() for part in value.split(";") if part.strip())
        else:
            changes[name] = value or (None if name in ("when", "extent", "edtf") else "")
    if "edtf" in changes:
        limits = _limits(changes["edtf"] or "")
        changes["earliest"], changes["latest"] = limits or (None, None)
        changes["value"] = None
    if "issued" in changes:
        year = _YEAR.search(changes["issued"])
        changes["year"] = int(year[0]) if year else None
    return replace(finding, **changes)
