"""A report on quotations as comments in a copy of the manuscript (DOCX)."""

import io
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import etree

from testimonia.exports.quotation_report import QuotationReport, ReportRow

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CONTROLS = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WRITER = "Testimonia"
# ZIP's first moment: the same report gives the same bytes.
_WHEN = (1980, 1, 1, 0, 0, 0)


def _w(name: str) -> str:
    return f"{{{_W}}}{name}"


def quotation_report_docx(report: QuotationReport, manuscript: bytes | None) -> bytes:
    """A copy of the manuscript with a comment at each quotation.

    `manuscript` is the manuscript where it is a DOCX file; else a plain one is made of its paragraphs. Comments that it
    has stay. A quotation whose words are not found in the copy is commented at its start. ECMA-376, part 1, 17.13.4.
    """
    files = _opened(manuscript) if manuscript is not None else _plain(report)
    document = _parsed(files["word/document.xml"])
    comments = _parsed(files.get("word/comments.xml") or f'<w:comments xmlns:w="{_W}"/>'.encode())
    used = [int(c.get(_w("id"), "0")) for c in comments.iter(_w("comment"))]
    first = max(used, default=-1) + 1
    for number, row in enumerate(report.rows, first):
        comments.append(_comment(number, row))
        _anchor(document, row.quote, number)
    files["word/document.xml"] = _bytes(document)
    files["word/comments.xml"] = _bytes(comments)
    _declare(files)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, _WHEN), content, zipfile.ZIP_DEFLATED)
    return sink.getvalue()


def _opened(manuscript: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(manuscript)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _plain(report: QuotationReport) -> dict[str, bytes]:
    root = etree.Element(_w("document"), nsmap={"w": _W})
    body = etree.SubElement(root, _w("body"))
    for text in report.paragraphs:
        body.append(_paragraph(text))
    types = (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        f'relationships+xml"/><Override PartName="/word/document.xml" ContentType="{_DOCUMENT_TYPE}"/></Types>'
    )
    rels = (
        f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        f'Target="word/document.xml"/></Relationships>'
    )
    return {"[Content_Types].xml": types.encode(), "_rels/.rels": rels.encode(), "word/document.xml": _bytes(root)}


def _paragraph(text: str) -> Any:
    paragraph = etree.Element(_w("p"))
    run = etree.SubElement(paragraph, _w("r"))
    etree.SubElement(run, _w("t"), {_SPACE: "preserve"}).text = _CONTROLS.sub("\ufffd", " ".join(text.split()))
    return paragraph


def _comment(number: int, row: ReportRow) -> Any:
    comment = etree.Element(_w("comment"), {_w("id"): str(number), _w("author"): _WRITER, _w("initials"): "T"})
    for line in row.comment.splitlines():
        comment.append(_paragraph(line))
    return comment


def _anchor(document: Any, quote: str, number: int) -> None:
    """Put the comment's range around the words of a quotation; at the start of the text where they are not found."""
    wanted = re.compile(r"\s+".join(re.escape(w) for w in quote.split()[:400]))
    for paragraph in document.iter(_w("p")):
        runs = list(_runs(paragraph))
        text = "".join(t for _, _, t in runs)
        found = wanted.search(text) if quote.strip() else None
        if found is None or _is_taken(paragraph, found.start(), runs):
            continue
        first = _cut(runs, found.start(), after=False)
        last = _cut(list(_runs(paragraph)), found.end(), after=True)
        if first is not None and last is not None:
            first.addprevious(etree.Element(_w("commentRangeStart"), {_w("id"): str(number)}))
            _end(last, number)
            return
    start = next(document.iter(_w("p")), None)
    if start is not None:
        place = etree.SubElement(start, _w("r"))
        etree.SubElement(place, _w("commentReference"), {_w("id"): str(number)})


def _is_taken(paragraph: Any, at: int, runs: list[tuple[Any, int, str]]) -> bool:
    """Does another comment of ours begin at this very place: the same words quoted twice?"""
    run = next((r for r, start, text in runs if start == at and text), None)
    before = run.getprevious() if run is not None else None
    return before is not None and before.tag == _w("commentRangeStart")


def _runs(paragraph: Any) -> Iterator[tuple[Any, int, str]]:
    """The runs of a paragraph that hold text alone, with where they start and what they say."""
    at = 0
    for run in paragraph.iter(_w("r")):
        texts = [t.text or "" for t in run.iterchildren(_w("t"))]
        if texts:
            text = "".join(texts)
            yield run, at, text
            at += len(text)


def _cut(runs: list[tuple[Any, int, str]], at: int, *, after: bool) -> Any:
    """The run that begins at this place (that ends there, with `after`), cut in two where it lies inside of one."""
    for run, start, text in runs:
        inside = start < at < start + len(text)
        if (at == start + len(text)) if after else (at == start):
            return run
        if inside:
            texts = list(run.iterchildren(_w("t")))
            second = deepcopy(run)
            for old in texts[1:]:
                run.remove(old)
            texts[0].text = text[: at - start]
            texts[0].set(_SPACE, "preserve")
            rest = list(second.iterchildren(_w("t")))
            for old in rest[1:]:
                second.remove(old)
            rest[0].text = text[at - start :]
            rest[0].set(_SPACE, "preserve")
            run.addnext(second)
            return run if after else second
    return None


def _end(run: Any, number: int) -> None:
    end = etree.Element(_w("commentRangeEnd"), {_w("id"): str(number)})
    run.addnext(end)
    reference = etree.Element(_w("r"))
    etree.SubElement(reference, _w("commentReference"), {_w("id"): str(number)})
    end.addnext(reference)


def _declare(files: dict[str, bytes]) -> None:
    """Name the comments among the parts of the package, where they are new."""
    types = _parsed(files["[Content_Types].xml"])
    if not any(o.get("PartName") == "/word/comments.xml" for o in types.iter(f"{{{_TYPES}}}Override")):
        etree.SubElement(
            types, f"{{{_TYPES}}}Override", {"PartName": "/word/comments.xml", "ContentType": _COMMENTS_TYPE}
        )
        files["[Content_Types].xml"] = _bytes(types)
    name = "word/_rels/document.xml.rels"
    rels = _parsed(files.get(name) or f'<Relationships xmlns="{_RELS}"/>'.encode())
    if not any(r.get("Type") == f"{_OFFICE}/comments" for r in rels):
        etree.SubElement(
            rels, f"{{{_RELS}}}Relationship",
            {"Id": "rIdTestimoniaComments", "Type": f"{_OFFICE}/comments", "Target": "comments.xml"},
        )  # fmt: skip
        files[name] = _bytes(rels)


def _parsed(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def _bytes(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
