"""A report on quotations as one page of HTML that needs nothing beside it."""

from collections.abc import Iterable
from html import escape

from testimonia.exports.quotation_report import SIGNS, QuotationReport, ReportRow

_STYLE = """
:root { color-scheme: light dark; --ink: #1d1d1b; --paper: #fffdf8; --line: #8a8577; --bad: #8f1d14; --mark: #ffe08a; }
@media (prefers-color-scheme: dark) { :root { --ink: #eeeae0; --paper: #191a1c; --line: #908b7e; --bad: #ff9d8f;
  --mark: #6b5200; } }
body { font: 1rem/1.5 Georgia, serif; color: var(--ink); background: var(--paper); margin: 2rem auto; max-width: 70rem;
  padding: 0 1rem; }
article { border-top: 1px solid var(--line); padding: 1rem 0; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; }
@media (max-width: 45rem) { .pair { grid-template-columns: 1fr; } }
h2 { font-size: 1rem; margin: 0 0 .5rem; } h3 { font-size: .9rem; margin: 0; font-weight: normal; }
.altered h2, .not-found h2, .warning { color: var(--bad); } .warning { font-weight: bold; }
mark { background: var(--mark); color: inherit; text-decoration: underline; } blockquote { margin: .3rem 0; }
"""


def quotation_report_html(report: QuotationReport) -> str:
    """The report as a page: quotation beside source, worst first. It runs no script and asks for nothing."""
    counts = ", ".join(f"{n} {verdict}" for verdict, n in report.counts()) or "no quotations"
    left = f"; {report.too_short} too short to be checked" if report.too_short else ""
    left += f"; {report.titles} titles of works left aside" if report.titles else ""
    rows = "\n".join(_row(n, row) for n, row in enumerate(report.rows, 1))
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Quotations of {escape(report.name)}</title><style>{_STYLE}</style></head>
<body><main><h1>Quotations of {escape(report.name)}</h1>
<p>Checked against a library of {report.searched_words:,} words: {counts}{left}. All are proposals.</p>
{rows}
</main></body></html>
"""


def _row(number: int, row: ReportRow) -> str:
    kind = row.verdict.replace(" ", "-")
    warnings = "".join(f'<p class="warning">{escape(w)}</p>' for w in row.warnings)
    beside = (
        f"<div><h3>{escape(row.source_where)}</h3><blockquote>{escape(row.before)}<mark>{_found(row)}</mark>"
        f"{escape(row.after)}</blockquote></div>"
        if row.found
        else "<div><h3>No source</h3></div>"
    )
    also = "".join(f"<p>Also in {escape(where)}: {escape(differs)}</p>" for where, _, differs in row.also)
    said = f"; said to be {escape(row.attributed_to)}’s" if row.attributed_to else ""
    cited = f"<p>Cited: {escape(row.cited)}</p>" if row.cited else ""
    return (
        f'<article class="{kind}" id="q{number}"><h2>{SIGNS[row.verdict]} {escape(row.verdict)}</h2>{warnings}'
        f'<div class="pair"><div><h3>{escape(row.where)}{said}</h3><blockquote>{_marked(row)}</blockquote>{cited}</div>'
        f"{beside}</div><p>{escape(row.reason)}</p>{also}</article>"
    )


def _marked(row: ReportRow) -> str:
    return _cut(row.quote, row.marked, "mark")


def _found(row: ReportRow) -> str:
    return _cut(row.found, row.found_marked, "strong")


def _cut(text: str, marked: Iterable[tuple[int, int]], tag: str) -> str:
    out, at = [], 0
    for start, end in marked:
        if start >= at:
            out.append(f"{escape(text[at:start])}<{tag}>{escape(text[start:end])}</{tag}>")
            at = end
    return "".join(out) + escape(text[at:])
