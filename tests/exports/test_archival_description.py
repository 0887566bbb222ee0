"""Sources and documents as archives describe them: EAD3 and RiC-O, validated and read back. Everything is invented."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.exports.test_findings_exported import DOCUMENT, EDITION, SHA, SOURCE, STEP, anchor, exported

from testimonia.exports.ead3 import NAMESPACE, Ead3
from testimonia.exports.library_edition import LibraryEdition
from testimonia.exports.ric_o import RicO
from testimonia.model.provenance import Reliance

ENCLOSED = replace(
    DOCUMENT, id="document-2", title="The enclosed <list> & more", parent="document-1", recipient="Olav Moe",
    date="1931~", author=None,
)  # fmt: skip
RESTS = Reliance(
    id="reliance-1", source=SHA, anchors=(anchor("as the list has it"),), step=STEP, confidence=0.6, reason="",
    rests="document-1", rests_name="The cable", on="document-2", on_name="The enclosed list", how="quotes", stated=True,
)  # fmt: skip
WHOLE = replace(EDITION, documents=(DOCUMENT, ENCLOSED), reliances=(RESTS,))
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("ead3.rng")))
HOSTILE = replace(
    DOCUMENT, title="a\ud800b\x00\x0b</unittitle><evil/>", author="]]> & \x1f", recipient="<i>", date="??"
)


def finding_aid(edition: LibraryEdition) -> Any:
    made = etree.fromstring(exported(Ead3(), edition).encode("utf-8"))
    SCHEMA.assertValid(made)
    return made


def found(aid: Any, path: str) -> list[Any]:
    return list(aid.xpath(path, namespaces={"e": NAMESPACE}))


@pytest.mark.parametrize(
    "edition",
    [WHOLE, LibraryEdition(sources=(), judged={}), replace(WHOLE, documents=(HOSTILE,))],
    ids=["whole", "empty", "hostile"],
)
def test_a_finding_aid_is_valid(edition: LibraryEdition) -> None:
    assert finding_aid(edition).tag == f"{{{NAMESPACE}}}ead"


def test_a_finding_aid_reads_back() -> None:
    aid = finding_aid(WHOLE)
    assert found(aid, "//e:c[@level='file']/e:did/e:unittitle/text()") == [SOURCE.name]
    (cable,) = found(aid, "//e:c[@id='document-1']")
    assert found(cable, "e:did/e:unittitle/text()") == [DOCUMENT.title]
    assert found(cable, "e:did/e:unitdate/@normal") == ["1931-03-14"]
    assert found(cable, "e:did/e:origination/e:name[@relator='author']/e:part/text()") == ["Anna Brink"]
    (inside,) = found(cable, "e:c[@id='document-2']")
    assert found(inside, "e:did/e:unittitle/text()") == ["The enclosed <list> & more"]
    assert found(inside, "e:did/e:unitdate/text()") == ["1931~"] and not found(inside, "e:did/e:unitdate/@normal")
    assert found(inside, "e:controlaccess/e:name[@relator='addressee']/e:part/text()") == ["Olav Moe"]


def test_the_life_of_a_document_is_its_custodial_history_with_its_evidence() -> None:
    told = found(finding_aid(WHOLE), "//e:c[@id='document-1']/e:custodhist/e:p/text()")
    assert told == [
        "written, 1931-03-14T02:10, by Anna Brink. log.txt, Page 3 of 15, l. 12-13: “it was written” "
        "(proposed, confidence 0.70)",
        "sent, 1931-03-14, by Anna Brink; the signal station, for Olav Moe. log.txt, Page 3 of 15, l. 12-13: "
        "“it was sent” (proposed, confidence 0.70)",
    ]
    (rests,) = found(finding_aid(WHOLE), "//e:c[@id='document-1']/e:relatedmaterial/e:p/text()")
    assert rests.startswith("quotes The enclosed list (stated). log.txt, Page 3 of 15")


def test_ric_o_reads_back_and_points_to_nothing_that_is_not_there() -> None:
    graph = {node["@id"]: node for node in json.loads(exported(RicO(), WHOLE))["@graph"]}
    assert list(graph) == sorted(graph)
    records = {n["rico:title"]: n for n in graph.values() if n["@type"] == "rico:Record"}
    cable, enclosed = records[DOCUMENT.title], records["The enclosed <list> & more"]
    assert graph[cable["rico:hasAuthor"]["@id"]]["rico:name"] == "Anna Brink"
    assert graph[enclosed["rico:hasAddressee"]["@id"]]["rico:name"] == "Olav Moe"
    date = graph[enclosed["rico:hasCreationDate"]["@id"]]
    assert date["rico:normalizedDateValue"] == {"@type": "edtf:EDTF", "@value": "1931~"}
    assert cable["rico:hasGeneticLinkToRecordResource"] == [{"@id": enclosed["@id"]}]
    assert len(cable["rico:history"]) == 2 and "it was sent" in cable["rico:history"][1]
    source = graph[cable["rico:isOrWasIncludedIn"]["@id"]]
    assert source["@type"] == "rico:RecordSet" and source["rico:title"] == SOURCE.name
    assert SHA in graph[source["rico:hasOrHadInstantiation"]["@id"]]["rico:identifier"]
    pointed = [v["@id"] for n in graph.values() for v in n.values() if isinstance(v, dict) and "@id" in v]
    assert set(pointed) <= set(graph)
