"""A check of quotations as a report for people, in the formats that it is written in."""

from testimonia.exports.quotation_report import SIGNS, QuotationReport, ReportRow
from testimonia.exports.quotation_report_docx import quotation_report_docx
from testimonia.exports.quotation_report_html import quotation_report_html
from testimonia.model.spans import Anchor
from testimonia.services.checked import Checked, CheckedPlace, CheckReport, said_of, worst_first

__all__ = ["SIGNS", "cited_words", "docx_report", "html_report", "report_of", "report_rows"]


def report_rows(report: CheckReport) -> tuple[ReportRow, ...]:
    """The rows of a report, worst first; what is too short to be checked is left out."""
    return tuple(_row(c) for c in worst_first(report.checked) if not c.too_short)


def report_of(report: CheckReport) -> QuotationReport:
    """The report as exporters take it."""
    return QuotationReport(
        name=report.name,
        rows=report_rows(report),
        searched_words=report.searched_words,
        too_short=sum(c.too_short for c in report.checked),
        titles=report.titles,
        paragraphs=tuple(p for p in report.text.split("\n\n") if p.strip()),
    )


def html_report(report: CheckReport) -> str:
    """The report as one page of HTML."""
    return quotation_report_html(report_of(report))


def docx_report(report: CheckReport, manuscript: bytes | None) -> bytes:
    """The report as comments in a copy of the manuscript; of a manuscript that is no DOCX file a plain copy is made."""
    is_docx = manuscript is not None and manuscript.startswith(b"PK\x03\x04") and b"word/document.xml" in manuscript
    return quotation_report_docx(report_of(report), manuscript if is_docx else None)


def cited_words(anchor: Anchor) -> str:
    """Page and line in words."""
    return f"{anchor.page_label or f'page {anchor.page_index + 1} of the file'}, l. {anchor.first_line}"


def _row(c: Checked) -> ReportRow:
    start = c.quotation.start
    place = c.places[0] if c.places else None
    anchor = place.anchors[0] if place else None
    first = anchor.start - place.text_start if place and anchor else 0
    last = anchor.end - place.text_start if place and anchor else 0
    simple = not c.quotation.paragraphs
    marked = sorted(
        (d.quoted_at[0] - start, d.quoted_at[1] - start) for d in c.differences if d.quoted and d.altering and simple
    )
    return ReportRow(
        verdict=c.verdict,
        quote=c.text,
        marked=tuple((a, b) for a, b in marked if 0 <= a < b <= len(c.text)),
        where=cited_words(c.anchors[0]) if c.anchors else "",
        attributed_to=c.attributed_to or "",
        cited=c.citation.text,
        before=place.text[:first] if place else "",
        found=place.text[first:last] if place else "",
        after=place.text[last:] if place else "",
        source_where=_cited(place) if place else "",
        source_link=_link(anchor) if anchor else "",
        differences=tuple((d.kind, d.quoted, d.source) for d in c.differences),
        warnings=c.warnings,
        reason=c.reason,
        found_marked=_differing(place) if place else (),
        also=tuple(_also(other) for other in c.places[1:]),
    )


def _differing(place: CheckedPlace) -> tuple[tuple[int, int], ...]:
    """The stretches of the words found that the quotation has not, or has otherwise."""
    start, end = place.anchors[0].start, place.anchors[0].end
    at = sorted((d.source_at[0] - start, d.source_at[1] - start) for d in place.differences if d.source and d.altering)
    return tuple((a, b) for a, b in at if 0 <= a < b <= end - start)


def _also(place: CheckedPlace) -> tuple[str, str, str]:
    """Another place where the words stand: citation, address, and what differs there."""
    differs = "; ".join(said_of(d) for d in place.differences if d.altering)
    return _cited(place), _link(place.anchors[0]), differs or "word for word"


def _cited(place: CheckedPlace) -> str:
    return f"{place.source_name}, {cited_words(place.anchors[0])}{f': {place.title}' if place.title else ''}"


def _link(anchor: Anchor) -> str:
    return f"/source/{anchor.source}?at={anchor.start}-{anchor.end}#here"
