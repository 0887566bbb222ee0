"""A comparison as one page of HTML that needs nothing beside it."""

from dataclasses import dataclass
from typing import BinaryIO

from testimonia.exports.comparison_edition import Cell, ComparisonEdition, told_words
from testimonia.exports.markup import escaped
from testimonia.model.comparison import Point, Statement

_SIGNS = {"contradict": "✕ contradict", "differ": "≠ differ", "agree": "= agree", "single": "○ one account only"}
_STYLE = """
:root { color-scheme: light dark; --ink: #1d1d1b; --paper: #fffdf8; --line: #8a8577; --band: #f3eee5; --mark: #ffe08a;
  --hatch: #e6dfd3; }
@media (prefers-color-scheme: dark) { :root { --ink: #eeeae0; --paper: #191a1c; --line: #908b7e; --band: #26221d;
  --mark: #6b5200; --hatch: #2b2721; } }
body { font: 1rem/1.45 Georgia, serif; color: var(--ink); background: var(--paper); margin: 1.5rem; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; min-width: 60rem; }
th, td { border: 1px solid var(--line); padding: .5rem; text-align: left; vertical-align: top;
  overflow-wrap: break-word; }
thead th { position: sticky; top: 0; background: var(--band); } th { font-weight: normal; background: var(--band); }
th b { display: block; } blockquote { margin: 0 0 .2rem; } cite { font-size: .85em; } small { display: block; }
mark { background: var(--mark); color: inherit; text-decoration: underline; }
.silent { background: repeating-linear-gradient(135deg, transparent 0 7px, var(--hatch) 7px 8px); font-style: italic; }
@media print { @page { size: landscape; margin: 10mm; } body { margin: 0; font-size: 8.5pt; } table { min-width: 0; }
  tr { break-inside: avoid; } thead th { position: static; } .silent, mark { print-color-adjust: exact; } }
"""


@dataclass(frozen=True, slots=True)
class ComparisonHtml:
    """A table with quotations, page and line in every cell. It runs no script and asks for nothing."""

    name: str = "comparison-html"
    title: str = "HTML"
    media_type: str = "text/html; charset=utf-8"
    suffix: str = ".html"

    def export(self, edition: ComparisonEdition, sink: BinaryIO) -> None:
        """Write the comparison."""
        event = edition.comparison.event
        title = escaped(event.title + (f", {event.when}" if event.when else ""))
        heads = "".join(
            f'<th scope="col"><b>{escaped(a.teller)}</b>{escaped(told_words(a))}</th>'
            for a in edition.comparison.accounts
        )
        rows = "\n".join(_row(edition, number, point) for number, point in edition.points())
        page = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title><style>{_STYLE}</style></head>
<body><main><h1>{title}</h1>
<p>{escaped(edition.whose())} Marked words clash with another version; letters name versions.</p>
<table><thead><tr><th scope="col">Question</th>{heads}</tr></thead>
<tbody>
{rows}
</tbody></table>
</main></body></html>
"""
        sink.write(page.encode("utf-8", "replace"))


def _row(edition: ComparisonEdition, number: int, point: Point) -> str:
    judged = edition.judged.get(point.id)
    notes = "".join(f"<small>{escaped(note)}</small>" for note in judged.notes) if judged is not None else ""
    cells = "".join(_cell(edition, cell) for cell in edition.cells(point))
    return (
        f'<tr id="{escaped(point.id)}"><th scope="row"><b>{number}. {escaped(point.label)}</b>'
        f"{_SIGNS[point.relation]}; {edition.standing(point)}{notes}</th>{cells}</tr>"
    )


def _cell(edition: ComparisonEdition, cell: Cell) -> str:
    if cell.statement is None:
        reason = cell.silence.reason if cell.silence is not None else "not read"
        evidence = cell.silence.evidence if cell.silence is not None and reason != "silent" else ""
        return f'<td class="silent">{escaped(reason)}<small>{escaped(evidence)}</small></td>'
    said = cell.statement
    stance = f" <i>{said.stance}</i>" if said.stance != "affirms" else ""
    quoted = "".join(
        f"<blockquote>{marked(said, n)}</blockquote><cite>{escaped(edition.cited(a))}</cite>"
        for n, a in enumerate(said.anchors)
    )
    chain = " &lt; ".join(escaped(who) for who in said.attribution)
    told = f"<small>{chain}</small>" if len(said.attribution) > 1 else ""
    return f"<td><b>{said.version}</b>{stance}{quoted}{told}</td>"


def marked(said: Statement, number: int) -> str:
    """The quotation of one anchor with its clashing words marked."""
    quote, out, at = said.anchors[number].quote, [], 0
    for _, start, end in sorted(c for c in said.clashes if c[0] == number):
        if start >= at and end <= len(quote):
            out.append(f"{escaped(quote[at:start])}<mark>{escaped(quote[start:end])}</mark>")
            at = end
    return "".join(out) + escaped(quote[at:])
