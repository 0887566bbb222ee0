"""A comparison as files: every format is read back, says where its words stand, and comes out the same twice."""

import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree, html

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.web.conftest import HOSTILE, Invented

from testimonia.exports.comparison_csv import COLUMNS
from testimonia.exports.comparison_edition import ComparisonEdition, ComparisonExporter
from testimonia.exports.table import COMPARISON_EXPORTERS
from testimonia.model.alignment import Judged

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CITED = "harle.txt, Page 1 of 4, l. 12"
every_exporter = pytest.mark.parametrize("exporter", COMPARISON_EXPORTERS, ids=lambda e: e.name)


def judged(decision: str, *notes: str) -> Judged:
    return Judged(decision=decision, editor="Ed", at="1902-05-06", notes=notes)


def edition(label: str = "When was the gate shut?") -> ComparisonEdition:
    invented = Invented()
    made = invented.comparison()
    first, *rest = made.points
    comparison = replace(made, points=(replace(first, label=label), *rest))
    return ComparisonEdition(
        comparison=comparison,
        names={invented.source.sha256: "harle.txt"},
        record={"points": [{"id": p.id, "label": p.label} for p in comparison.points]},
        judged={"point-gate-0": judged("accepted", "surely"), "point-gave-0": judged("rejected")},
        alignment="First <reading>",
        editor="Ed",
    )


def written(exporter: ComparisonExporter, made: ComparisonEdition | None = None) -> bytes:
    sink = io.BytesIO()
    exporter.export(made or edition(), sink)
    return sink.getvalue()


def exporter(name: str) -> ComparisonExporter:
    return next(e for e in COMPARISON_EXPORTERS if e.name == f"comparison-{name}")


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def docx_table(content: bytes) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        root = etree.fromstring(packed.read("word/document.xml"))
    return [
        ["\n".join("".join(p.itertext()) for p in cell.iter(f"{W}p")) for cell in row.iter(f"{W}tc")]
        for row in root.iter(f"{W}tr")
    ]


def html_table(content: bytes) -> list[list[str]]:
    root = html.document_fromstring(content)
    return [[cell.text_content() for cell in row.xpath("./th|./td")] for row in root.iter("tr")]


@every_exporter
def test_the_same_comparison_gives_the_same_bytes(exporter: ComparisonExporter) -> None:
    assert written(exporter) == written(exporter)


@every_exporter
def test_hostile_words_stay_words(exporter: ComparisonExporter) -> None:
    content = written(exporter, edition(f"{HOSTILE} =cmd()|' /C calc'!A0"))
    if exporter.name == "comparison-html":
        assert b"<script" not in content
        assert "<b>bold</b>" in html_table(content)[1][0]
    elif exporter.name == "comparison-docx":
        assert "<b>bold</b>" in docx_table(content)[1][0]
    elif exporter.name == "comparison-csv":
        assert csv_rows(content)[0]["question"].startswith("<script>")
    else:
        assert json.loads(content)["points"][0]["label"].startswith("<script>")


def test_csv_has_a_passage_or_a_silence_a_line() -> None:
    rows = csv_rows(written(exporter("csv")))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 9
    first = rows[0]
    assert (first["quotation"], first["clashing"]) == ("I shut the gate at ten.", "at ten")
    assert (first["source"], first["page"], first["first_line"]) == ("harle.txt", "Page 1 of 4", "12")
    assert (first["judgement"], first["notes"]) == ("accepted", "surely")
    silent = [r for r in rows if r["silence"]]
    assert {(r["teller"], r["silence"]) for r in silent} >= {("Mrs. Anne Coates", "page lost")}
    assert all(not r["quotation"] for r in silent)


def test_csv_gives_a_spreadsheet_no_formula() -> None:
    rows = csv_rows(written(exporter("csv"), edition("=HYPERLINK(1)")))
    assert rows[0]["question"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize(("name", "read"), [("docx", docx_table), ("html", html_table)])
def test_tables_have_a_column_an_account_and_citations_in_every_cell(
    name: str, read: Callable[[bytes], list[list[str]]]
) -> None:
    head, *rows = read(written(exporter(name)))
    assert [re.match(r"[\w. ]*?(?=took|infers|told|\n|$)", cell) is not None for cell in head] == [True] * 4
    assert "Thomas Wray" in head[1] and "told 1884-02-04" in head[1]
    assert [row[0].split(".")[0] for row in rows] == ["1", "2", "3"]
    assert "I shut the gate at ten." in rows[0][1] and CITED in rows[0][1]
    assert "accepted" in rows[0][0] and "surely" in rows[0][0]
    assert "page lost" in rows[1][2]


def test_clashing_words_are_marked() -> None:
    root = html.document_fromstring(written(exporter("html")))
    assert [m.text for m in root.iter("mark")][:2] == ["at ten", "open at half past nine"]
    with zipfile.ZipFile(io.BytesIO(written(exporter("docx")))) as packed:
        document = etree.fromstring(packed.read("word/document.xml"))
    underlined = ["".join(r.itertext()) for r in document.iter(f"{W}r") if r.find(f"{W}rPr/{W}u") is not None]
    assert underlined[:2] == ["at ten", "open at half past nine"]


def test_html_asks_for_nothing_and_says_whose_reading_it_is() -> None:
    content = written(exporter("html")).decode()
    assert "default-src &#39;none&#39;" in content or "default-src 'none'" in content
    assert not re.search(r"(?:src|href)=", content)
    assert "First &lt;reading&gt;" in content


def test_json_is_the_record() -> None:
    assert json.loads(written(exporter("json"))) == edition().record
