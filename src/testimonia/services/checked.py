"""What checking says of each quotation, and the records that programs get."""

from collections.abc import Iterable
from dataclasses import dataclass

from testimonia.analysis.quotations.found import WORST_FIRST, Citation, Difference, Elision, Quotation
from testimonia.model.spans import Anchor
from testimonia.services.records import Record, anchor_record


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPlace:
    """A place of the library that a quotation was found at.

    `teller` is who speaks in the document or account there, None where nothing says; `text` is the source's text with
    some words around it, `text_start` where in the reading layer it begins.
    """

    source: str
    source_name: str
    anchors: tuple[Anchor, ...]
    differences: tuple[Difference, ...]
    title: str | None
    teller: str | None
    told: str | None
    text: str
    text_start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One quotation and what came of looking for it.

    `places` are where it was found, the chosen one first. `attribution_agrees` and `page_agrees` are None where
    nothing can be said. `warnings` are what must be said loudly, the gravest first; `reason` explains the verdict.
    """

    quotation: Quotation
    text: str
    anchors: tuple[Anchor, ...]
    verdict: str
    citation: Citation
    places: tuple[CheckedPlace, ...]
    elisions: tuple[Elision, ...]
    attribution_agrees: bool | None
    page_agrees: bool | None
    found_pages: tuple[str, ...]
    goes_on: str
    too_short: bool
    warnings: tuple[str, ...]
    reason: str
    confidence: float

    @property
    def attributed_to(self) -> str | None:
        """Who is said to speak, as printed."""
        return self.citation.speakers[0] if self.citation.speakers else None

    @property
    def differences(self) -> tuple[Difference, ...]:
        """How the quotation differs from the place that was chosen."""
        return self.places[0].differences if self.places else ()

    @property
    def wrong(self) -> bool:
        """Must somebody look at it: altered, or not found though its source is here?"""
        return self.verdict in ("altered", "not found")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """The quotations of one file or source, in the order of its text. `titles` counts the titles of works in quotation
    marks, which are not checked. `sha256` is None for a file that is not in the library."""

    name: str
    sha256: str
    in_library: bool
    checked: tuple[Checked, ...]
    titles: int
    searched_words: int
    text: str

    @property
    def wrong(self) -> int:
        """How many are altered or not found?"""
        return sum(c.wrong for c in self.checked)


def said_of(d: Difference) -> str:
    """A difference in words: what the quotation leaves out, puts in, or has otherwise."""
    if d.kind == "omission":
        return f"left out “{d.source}”"
    if d.kind == "addition":
        return f"put in “{d.quoted}”"
    return f"{d.kind} “{d.quoted}” for “{d.source}”"


def worst_first(checked: Iterable[Checked]) -> list[Checked]:
    """The order of reports: altered before not found, turned sense before a changed letter, then as in the text."""

    def key(c: Checked) -> tuple[int, int, int, int]:
        turned = any(d.negation for d in c.differences) or any(e.negation for e in c.elisions)
        grave = sum(d.altering and d.kind != "case" for d in c.differences)
        return WORST_FIRST.index(c.verdict), -int(turned), -int(grave > 0) - len(c.warnings), c.quotation.start

    return sorted(checked, key=key)


def check_records(report: CheckReport) -> list[Record]:
    """The quotations as `testimonia check --json` prints them, in the order of the text."""
    return [_record(report, checked) for checked in report.checked]


def _record(report: CheckReport, c: Checked) -> Record:
    first = c.anchors[0] if c.anchors else None
    return {
        "id": f"quotation-{report.sha256[:16]}-{c.quotation.start}",
        "kind": "quotation",
        "source": report.sha256,
        "source_name": report.name,
        "anchors": [anchor_record(a) for a in c.anchors],
        "step": "check 1",
        "confidence": round(c.confidence, 4),
        "judgement": "proposed",
        "quote": c.text,
        "verdict": c.verdict,
        "source_anchors": [anchor_record(a) for place in c.places for a in place.anchors],
        "differences": [_difference(d) for d in c.differences],
        "attributed_to": c.attributed_to,
        "attribution_agrees": c.attribution_agrees,
        "cited": c.citation.text or None,
        "cited_by": c.citation.how or None,
        "cited_pages": list(c.citation.pages),
        "found_pages": list(c.found_pages),
        "page_agrees": c.page_agrees,
        "elisions": [{"left_out": e.left_out, "negation": e.negation} for e in c.elisions],
        "goes_on": c.goes_on or None,
        "too_short": c.too_short,
        "style": c.quotation.style,
        "depth": c.quotation.depth,
        "closed": c.quotation.closed,
        "warning": " ".join(c.warnings) or None,
        "explanation": c.reason,
        "places": [
            {
                "source": p.source,
                "source_name": p.source_name,
                "title": p.title,
                "teller": p.teller,
                "told": p.told,
                "anchors": [anchor_record(a) for a in p.anchors],
                "differences": [_difference(d) for d in p.differences],
            }
            for p in c.places
        ],
        "page_label": first.page_label if first else None,
    }


def _difference(d: Difference) -> Record:
    return {
        "quoted": d.quoted,
        "source": d.source,
        "kind": d.kind,
        "altering": d.altering,
        "negation": d.negation,
        "misread": d.misread,
    }
