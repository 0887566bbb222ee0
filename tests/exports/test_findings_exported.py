"""References and lives of documents as other programs read them. Everything in them is invented."""

import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest

from testimonia.exports.bibtex import BibTeX
from testimonia.exports.csl_json import CslJson
from testimonia.exports.library_edition import LibraryEdition, LibraryExporter
from testimonia.exports.prov_o import ProvO
from testimonia.exports.ris import Ris
from testimonia.exports.table import LIBRARY_EXPORTERS
from testimonia.model.citations import CitedName, Reference
from testimonia.model.findings import Document
from testimonia.model.provenance import Provenance, Reliance
from testimonia.model.sources import Source
from testimonia.model.spans import Anchor, Span
from testimonia.model.steps import Step

SHA = "ab" * 32
STEP = Step(name="references", version="1")
SOURCE = Source(
    sha256=SHA, name="log.txt", path="papers/log.txt", size_bytes=10, media_type="text/plain", encoding="utf-8"
)
every_exporter = pytest.mark.parametrize("exporter", LIBRARY_EXPORTERS, ids=lambda e: e.name)


def anchor(quote: str) -> Anchor:
    return Anchor(
        source=SHA, layer="reading", layer_sha256="cd" * 32, start=0, end=len(quote), first_line=12, last_line=13,
        page_index=2, page_label="Page 3 of 15", quote=quote,
    )  # fmt: skip


def reference(number: int, printed: str, **fields: Any) -> Reference:
    return Reference(
        id=f"reference-{number:04}", source=SHA, anchors=(anchor(printed),), step=STEP, confidence=0.83, reason="",
        printed=printed, **fields,
    )  # fmt: skip


BRINK, LIE = CitedName(family="van der Brink", given="Anna L."), CitedName(literal="Lie & Sons, Oslo and Bergen")
REFERENCES = (
    reference(1, "Anna L. van der Brink, Fog {100% true} (Oslo: Lie, 1931).", type="book", author=(BRINK, LIE),
              title="Fog {100% true} \\ ~x^2_#$", publisher="Lie & Sons", publisher_place="Oslo", issued="1931",
              year=1931, page="63–77", translator=(CitedName(family="Moe"),)),
    reference(2, "Ibid., p. 9.", type="book", author=(BRINK,), title="Fog", refers_to="reference-0001"),
    reference(3, "Lamps, Harbour Review 4:2 (14 March 1931), p. 5.", type="article-journal", title="Lamps\nat night",
              container_title="Harbour Review", volume="4", issue="2", issued="14 March 1931", year=1931, page="5"),
    reference(4, "Brink to Moe, Port Archive, fonds 3, box 9.", type="manuscript", author=(BRINK,),
              recipient=(CitedName(family="Moe", given="Olav"),), archive="Port Archive", archive_collection="fonds 3",
              archive_location="box 9", genre="letter", issued="n.d."),
)  # fmt: skip
DOCUMENT = Document(
    id="document-1", source=SHA, anchors=(), step=STEP, confidence=0.9, reason="", title="The harbour master's cable",
    type="cable", author="Anna Brink", recipient=None, place=None, date="1931-03-14", parent=None, first_line=1,
    last_line=20, span=Span(layer="reading", start=0, end=90),
)  # fmt: skip


def step(number: int, act: str, document: str | None = "document-1", **fields: Any) -> Provenance:
    made = {"about": "the cable", "agents": (), "recipients": (), "when": None, **fields}
    return Provenance(
        id=f"provenance-{number}", source=SHA, anchors=(anchor(f"it was {act}"),), step=STEP, confidence=0.7, reason="",
        document=document, act=act, order=number, **made,
    )  # fmt: skip


LIVES = (
    step(0, "written", agents=("Anna Brink",), when="1931-03-14T02:10"),
    step(1, "sent", agents=("Anna Brink", "the signal station"), recipients=("Olav Moe",), when="1931-03-14"),
    step(2, "given", None, about="copies of the logs", recipients=("Port Archive",), when="1956~"),
    step(3, "declassified", "document-gone", about=""),
)
EDITION = LibraryEdition(
    sources=(SOURCE,), documents=(DOCUMENT,), references=REFERENCES, provenance=LIVES,
    judged={"reference-0003": "accepted"},
)  # fmt: skip


def exported(exporter: LibraryExporter, edition: LibraryEdition = EDITION) -> str:
    sink = io.BytesIO()
    exporter.export(edition, sink)
    return sink.getvalue().decode("utf-8")


@every_exporter
def test_it_says_what_it_writes_and_writes_the_same_again(exporter: LibraryExporter) -> None:
    assert isinstance(exporter, LibraryExporter)
    assert exporter.suffix.startswith(".") and exporter.media_type.count("/") == 1
    assert exported(exporter) == exported(exporter)


@every_exporter
def test_a_library_in_which_nothing_was_found_gives_a_valid_file(exporter: LibraryExporter) -> None:
    made = exported(exporter, LibraryEdition(sources=(), judged={}))
    if exporter.name in ("csl-json", "prov-o", "ric-o"):
        json.loads(made)


@every_exporter
def test_what_can_not_be_written_as_utf8_is_marked_and_nothing_breaks(exporter: LibraryExporter) -> None:
    hostile = "a\ud800b\x00\r\nER  - \r\n@book{x,}"
    edition = LibraryEdition(
        sources=(SOURCE,), judged={}, provenance=(step(0, "sent", None, about=hostile, agents=(hostile,)),),
        references=(reference(1, hostile, type="book", title=hostile, author=(CitedName(literal=hostile),)),),
    )  # fmt: skip
    made = exported(exporter, edition)
    if exporter.name == "ris":
        assert len(ris(made)) == 1
    if exporter.name == "bibtex":
        assert len(bibtex(made)) == 1


def test_csl_json_reads_back_and_an_ibid_is_no_second_work() -> None:
    items = json.loads(exported(CslJson()))
    assert [item["id"] for item in items] == ["reference-0001", "reference-0003", "reference-0004"]
    assert items[0]["author"] == [
        {"family": "van der Brink", "given": "Anna L."}, {"literal": "Lie & Sons, Oslo and Bergen"}
    ]  # fmt: skip
    assert items[1]["issued"] == {"date-parts": [[1931, 3, 14]]}
    assert items[0]["note"].startswith("log.txt, Page 3 of 15, l. 12-13: Anna L. van der Brink")
    assert items[0]["note"].endswith("(proposed, confidence 0.83)") and items[1]["note"].endswith("(accepted)")


def test_an_ibid_whose_work_is_not_exported_stays() -> None:
    edition = LibraryEdition(sources=(SOURCE,), references=REFERENCES[1:2], judged={})
    assert [item["id"] for item in json.loads(exported(CslJson(), edition))] == ["reference-0002"]


def bibtex(text: str) -> list[dict[str, str]]:
    """Entries by matching braces, as BibTeX reads them; names of fields, and escapes taken back."""
    entries = []
    at = 0
    while (start := re.compile(r"@(\w+)\{([^,]+)").search(text, at)) is not None:
        entry = {"": start[1], "key": start[2]}
        at = start.end()
        while (field := re.compile(r",\s*(\w+) = \{").match(text, at)) is not None:
            at = field.end()
            depth, begin = 1, at
            while depth:
                depth += {"{": 1, "}": -1}.get(text[at], 0)
                at += 1
            entry[field[1]] = text[begin : at - 1]
        end = re.compile(r"\s*\}").match(text, at)
        assert end is not None
        at = end.end()
        entries.append(entry)
    return entries


def plain(value: str) -> str:
    for name, sign in (("braceleft", "{"), ("braceright", "}"), ("asciitilde", "~"), ("asciicircum", "^")):
        value = value.replace(f"\\text{name}{{}}", sign)
    return re.sub(r"\\([&%$#_])", r"\1", value).replace("\\textbackslash{}", "\\")


def test_bibtex_reads_back() -> None:
    book, article, letter = bibtex(exported(BibTeX()))
    assert (book[""], article[""], letter[""]) == ("book", "article", "unpublished")
    assert book["key"] == "vanderbrink1931-0001"
    assert plain(book["title"]) == "Fog {100% true} \\ ~x^2_#$"
    assert plain(book["author"]) == "van der Brink, Anna L. and {Lie & Sons, Oslo and Bergen}"
    assert (book["pages"], book["translator"], book["year"]) == ("63--77", "Moe", "1931")
    assert (article["journal"], article["number"], article["month"], article["day"]) == (
        "Harbour Review",
        "2",
        "mar",
        "14",
    )
    assert article["title"] == "Lamps at night"
    assert letter["note"] == "Port Archive, fonds 3, box 9" and letter["archivecollection"] == "fonds 3"
    assert letter["recipient"] == "Moe, Olav" and letter["date"] == "n.d."
    assert "proposed, confidence 0.83" in letter["annote"]


def ris(text: str) -> list[list[tuple[str, str]]]:
    records: list[list[tuple[str, str]]] = []
    for line in text.split("\r\n"):
        if not line:
            continue
        row = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert row is not None, line
        if row[1] == "TY":
            records.append([])
        records[-1].append((row[1], row[2]))
    assert all(record[-1] == ("ER", "") for record in records)
    return records


def test_ris_reads_back() -> None:
    book, article, letter = ris(exported(Ris()))
    assert [v for t, v in book if t == "AU"] == ["van der Brink, Anna L.", "Lie & Sons, Oslo and Bergen"]
    assert {("TY", "BOOK"), ("SP", "63"), ("EP", "77"), ("PY", "1931"), ("A4", "Moe"), ("CY", "Oslo")} <= set(book)
    assert {("T2", "Harbour Review"), ("DA", "1931/03/14/"), ("SP", "5"), ("TI", "Lamps at night")} <= set(article)
    assert {("TY", "MANSCPT"), ("DB", "Port Archive"), ("C1", "fonds 3"), ("AV", "box 9"), ("DA", "///n.d.")} <= set(
        letter
    )


def nodes() -> dict[str, dict[str, Any]]:
    made = json.loads(exported(ProvO()))
    assert made["@context"]["prov"] == "http://www.w3.org/ns/prov#"
    found = {node["@id"]: node for node in made["@graph"]}
    assert list(found) == sorted(found)
    return found


def test_lives_of_documents_are_a_whole_provenance_graph() -> None:
    found = nodes()
    kinds = {"prov:used": "prov:Entity", "prov:generated": "prov:Entity", "prov:agent": "prov:Agent"}
    kinds |= {"prov:hadRole": "prov:Role", "prov:wasAssociatedWith": "prov:Agent", "dcterms:isPartOf": "prov:Entity"}

    def look(node: dict[str, Any]) -> None:
        for name, value in node.items():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    if name in kinds:
                        assert found[one["@id"]]["@type"] == kinds[name]
                    look(one)

    for node in found.values():
        look(node)
    activities = [node for node in found.values() if node["@type"] == "prov:Activity"]
    assert [(a["rdfs:label"], a["schema:position"]) for a in activities] == [
        ("written", 0), ("sent", 1), ("given", 2), ("declassified", 3)
    ]  # fmt: skip


def test_dates_are_never_more_exact_than_the_source() -> None:
    written, sent, given, declassified = (n for n in nodes().values() if n["@type"] == "prov:Activity")
    assert written["prov:startedAtTime"] == {"@type": "xsd:dateTime", "@value": "1931-03-14T02:10:00"}
    assert sent["dcterms:date"] == {"@type": "edtf:EDTF", "@value": "1931-03-14"}
    assert given["dcterms:date"]["@value"] == "1956~"
    assert not any("prov:startedAtTime" in a for a in (sent, given, declassified))
    assert "dcterms:date" not in declassified


def test_who_did_it_who_got_it_and_the_words_that_say_so() -> None:
    found = nodes()
    sent = next(n for n in found.values() if n.get("rdfs:label") == "sent")
    assert [found[a["@id"]]["rdfs:label"] for a in sent["prov:wasAssociatedWith"]] == [
        "Anna Brink",
        "the signal station",
    ]
    (got,) = sent["prov:qualifiedAssociation"]
    assert found[got["prov:agent"]["@id"]]["rdfs:label"] == "Olav Moe"
    assert sent["rdfs:comment"] == "log.txt, Page 3 of 15, l. 12-13: it was sent (proposed, confidence 0.70)"
    given = next(n for n in found.values() if n.get("rdfs:label") == "given")
    assert found[given["prov:used"]["@id"]]["rdfs:label"] == "copies of the logs"


def test_what_rests_on_what_is_a_qualified_derivation_that_reads_back() -> None:
    told = Reliance(
        id="reliance-1", source=SHA, anchors=(anchor("as Moe reported"),), step=STEP, confidence=0.6, reason="",
        rests="document-1", rests_name="The cable", on=None, on_name="Moe's report", how="informant", stated=True,
    )  # fmt: skip
    quoted = replace(told, id="reliance-2", rests=None, rests_name="A later study", on="document-1", how="quotes",
                     on_name="The cable", stated=False)  # fmt: skip
    edition = LibraryEdition(sources=(SOURCE,), documents=(DOCUMENT,), reliances=(told, quoted), judged={})
    graph = {node["@id"]: node for node in json.loads(exported(ProvO(), edition))["@graph"]}
    cable = next(node for node in graph.values() if node["rdfs:label"] == "The harbour master's cable")
    (derivation,) = cable["prov:qualifiedPrimarySource"]
    assert derivation["@type"] == "prov:PrimarySource" and derivation["rdfs:label"] == "informant (stated)"
    assert graph[derivation["prov:entity"]["@id"]]["rdfs:label"] == "Moe's report"
    assert "as Moe reported" in derivation["rdfs:comment"]
    study = next(node for node in graph.values() if node["rdfs:label"] == "A later study")
    assert study["prov:qualifiedQuotation"][0]["prov:entity"]["@id"] == cable["@id"]
    assert study["prov:qualifiedQuotation"][0]["rdfs:label"] == "quotes (inferred)"
