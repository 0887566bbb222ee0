"""A comparison as a Word document (DOCX, ECMA-376): a table on landscape paper."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from testimonia.exports.comparison_edition import Cell, ComparisonEdition, told_words
from testimonia.exports.markup import escaped
from testimonia.model.comparison import Point, Statement

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
# A4 on its side, in twentieths of a point (ISO 216; ECMA-376, part 1, 17.6.13), with margins of 1.5 cm.
_WIDTH, _HEIGHT, _MARGIN = 16838, 11906, 850
# ZIP's first moment: the same comparison gives the same bytes.
_WHEN = (1980, 1, 1, 0, 0, 0)
_FORMATS = {"b": "<w:b/>", "i": "<w:i/>", "u": '<w:u w:val="single"/>', "small": '<w:sz w:val="15"/>'}


@dataclass(frozen=True, slots=True)
class ComparisonDocx:
    """A table with quotations, page and line in every cell; clashing words are underlined, its head repeats."""

    name: str = "comparison-docx"
    title: str = "DOCX"
    media_type: str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    suffix: str = ".docx"

    def export(self, edition: ComparisonEdition, sink: BinaryIO) -> None:
        """Write the comparison."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in (
                ("[Content_Types].xml", _TYPES),
                ("_rels/.rels", _RELS),
                ("word/document.xml", _document(edition)),
            ):
                packed.writestr(zipfile.ZipInfo(name, _WHEN), content.encode(), zipfile.ZIP_DEFLATED)
        sink.write(made.getvalue())


def _document(edition: ComparisonEdition) -> str:
    event, accounts = edition.comparison.event, edition.comparison.accounts
    width = (_WIDTH - 2 * _MARGIN) // (len(accounts) + 1)
    columns = f'<w:gridCol w:w="{width}"/>' * (len(accounts) + 1)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    head = [_cell([_run("Question", "b")])] + [
        _cell([_run(a.teller, "b")], [_run(told_words(a), "small")]) for a in accounts
    ]
    rows = "".join(_row(edition, number, point) for number, point in edition.points())
    title = event.title + (f", {event.when}" if event.when else "")
    return (
        f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{_paragraph([_run(title, "b")])}'
        f"{_paragraph([_run(edition.whose() + ' Underlined words clash with another version.', 'small')])}"
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(head)}</w:tr>{rows}</w:tbl>{_paragraph([])}"
        f'<w:sectPr><w:pgSz w:w="{_WIDTH}" w:h="{_HEIGHT}" w:orient="landscape"/>'
        f'<w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}" w:bottom="{_MARGIN}" w:left="{_MARGIN}" w:header="400" '
        'w:footer="400" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _row(edition: ComparisonEdition, number: int, point: Point) -> str:
    judged = edition.judged.get(point.id)
    notes = [[_run(note, "i", "small")] for note in judged.notes] if judged is not None else []
    question = _cell(
        [_run(f"{number}. {point.label}", "b")],
        [_run(f"{point.relation}; {edition.standing(point)}", "small")],
        *notes,
    )
    cells = "".join(_said(edition, cell) for cell in edition.cells(point))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{question}{cells}</w:tr>"


def _said(edition: ComparisonEdition, cell: Cell) -> str:
    said = cell.statement
    if said is None:
        reason = cell.silence.reason if cell.silence is not None else "not read"
        evidence = cell.silence.evidence if cell.silence is not None and reason != "silent" else ""
        return _cell([_run(reason, "i")], *([[_run(evidence, "small")]] if evidence else []), shaded=True)
    stance = f" ({said.stance})" if said.stance != "affirms" else ""
    paragraphs = [[_run(f"{said.version}{stance}", "b")]]
    for n, anchor in enumerate(said.anchors):
        paragraphs += [list(_quoted(said, n)), [_run(edition.cited(anchor), "i", "small")]]
    if len(said.attribution) > 1:
        paragraphs.append([_run(" < ".join(said.attribution), "small")])
    return _cell(*paragraphs)


def _quoted(said: Statement, number: int) -> Iterable[str]:
    quote, at = said.anchors[number].quote, 0
    for _, start, end in sorted(c for c in said.clashes if c[0] == number):
        if start >= at and end <= len(quote):
            yield _run(quote[at:start])
            yield _run(quote[start:end], "u")
            at = end
    yield _run(quote[at:])


def _cell(*paragraphs: Iterable[str], shaded: bool = False) -> str:
    shade = '<w:tcPr><w:shd w:val="thinDiagStripe" w:color="D0C8B8" w:fill="auto"/></w:tcPr>' if shaded else ""
    return f"<w:tc>{shade}{''.join(_paragraph(p) for p in paragraphs)}</w:tc>"


def _paragraph(runs: Iterable[str]) -> str:
    return f'<w:p><w:pPr><w:spacing w:after="40"/></w:pPr>{"".join(runs)}</w:p>'


def _run(text: str, *formats: str) -> str:
    given = "".join(_FORMATS[name] for name in ("b", "i", "small", "u") if name in formats)
    if "small" not in formats:
        given = given.replace("<w:u ", '<w:sz w:val="18"/><w:u ') if "<w:u " in given else f'{given}<w:sz w:val="18"/>'
    shown = " ".join(text.split())
    lead, trail = " " * text[:1].isspace(), " " * (text[-1:].isspace() and bool(shown))
    return f'<w:r><w:rPr>{given}</w:rPr><w:t xml:space="preserve">{escaped(lead + shown + trail)}</w:t></w:r>'
