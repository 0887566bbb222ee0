"""Sources and documents with their makers, dates and lives as RiC-O in JSON-LD.

Source of the rules: International Council on Archives, Records in Contexts Ontology 1.0.2. A source is a record set
with its file as an instantiation, a document in it a record. RiC-O has a property for its makers, its addressee and its
date; the steps of its life are sentences of `rico:history`, each with the place that says so. What rests on another has
a genetic link to it where both are records here. Dates are EDTF in `rico:normalizedDateValue`.
"""

import json
from typing import Any, BinaryIO

from testimonia.exports.library_edition import LibraryEdition, one_line
from testimonia.exports.prov_o import name_of, short_hash
from testimonia.model.findings import Document
from testimonia.model.provenance import Provenance

_CONTEXT = {
    "rico": "https://www.ica.org/standards/RiC/ontology#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
}


class RicO:
    """One graph: sources, the documents in them, and who made them for whom."""

    name = "ric-o"
    title = "RiC-O (JSON-LD)"
    media_type = "application/ld+json"
    suffix = ".rico.jsonld"

    def export(self, edition: LibraryEdition, sink: BinaryIO) -> None:
        """Nodes in the order of their identifiers."""
        graph: dict[str, dict[str, Any]] = {}
        for source in edition.sources:
            _add(
                graph,
                {
                    "@id": name_of(source.sha256),
                    "@type": "rico:RecordSet",
                    "rico:title": one_line(source.name),
                    "rico:hasOrHadInstantiation": {"@id": name_of(source.sha256, "file")},
                },
            )
            _add(
                graph,
                {
                    "@id": name_of(source.sha256, "file"),
                    "@type": "rico:Instantiation",
                    "rico:identifier": f"sha-256 {source.sha256}",
                    "rico:title": one_line(source.path),
                },
            )
        for document in edition.documents:
            for node in _record(document):
                _add(graph, node)
        for step in edition.provenance:
            if step.document is not None and (record := graph.get(name_of(step.source, step.document))) is not None:
                record.setdefault("rico:history", []).append(step_in_words(edition, step))
        for reliance in edition.reliances:
            rests = graph.get(name_of(reliance.source, reliance.rests or ""))
            on = name_of(reliance.source, reliance.on or "")
            if rests is not None and on in graph and rests["@type"] == graph[on]["@type"] == "rico:Record":
                rests.setdefault("rico:hasGeneticLinkToRecordResource", []).append({"@id": on})
        made = {"@context": _CONTEXT, "@graph": [graph[name] for name in sorted(graph)]}
        sink.write((json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))


def step_in_words(edition: LibraryEdition, step: Provenance) -> str:
    """A step of a life as a sentence, with the words that say so and where they stand."""
    when = f", {step.when}" if step.when else ""
    by = f", by {'; '.join(step.agents)}" if step.agents else ""
    to = f", for {'; '.join(step.recipients)}" if step.recipients else ""
    quoted = " … ".join(anchor.quote for anchor in step.anchors)
    return one_line(f"{step.act}{when}{by}{to}. {edition.where(step)}: “{quoted}” ({edition.standing(step)})")


def _add(graph: dict[str, dict[str, Any]], node: dict[str, Any]) -> None:
    graph.setdefault(node["@id"], node)


def _record(document: Document) -> list[dict[str, Any]]:
    """A document as a record, its makers as agents and its date."""
    node: dict[str, Any] = {
        "@id": name_of(document.source, document.id),
        "@type": "rico:Record",
        "rico:title": one_line(document.title),
        "rico:isOrWasIncludedIn": {"@id": name_of(document.source)},
    }
    nodes = [node]
    for role, who in (("rico:hasAuthor", document.author), ("rico:hasAddressee", document.recipient)):
        if who:
            agent = name_of(document.source, f"agent-{short_hash(one_line(who))}")
            node[role] = {"@id": agent}
            nodes.append({"@id": agent, "@type": "rico:Agent", "rico:name": one_line(who)})
    if document.date is not None:
        date = name_of(document.source, f"date-{short_hash(document.date)}")
        node["rico:hasCreationDate"] = {"@id": date}
        value = {"@type": "edtf:EDTF", "@value": document.date}
        nodes.append({"@id": date, "@type": "rico:Date", "rico:normalizedDateValue": value})
    return nodes
