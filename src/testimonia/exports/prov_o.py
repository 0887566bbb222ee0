"""The lives of documents, and what each rests on, as PROV-O in JSON-LD.

Source of the rules: W3C PROV-O (2013): entities, activities, agents, qualified associations; JSON-LD 1.1; RFC 6920 for
the names of sources by their hash; the Library of Congress's datatype for EDTF. A step of a life is an activity; when
it was is said in EDTF and as the start of the activity only where day and time are known, so that nothing is more
exact than the source. Their order is a position and no statement about causes. That one document rests on another is a
qualified derivation; what is quoted a quotation, an informant a primary source.
"""

import base64
import hashlib
import json
import re
from typing import Any, BinaryIO

from testimonia.exports.library_edition import LibraryEdition, one_line
from testimonia.model.findings import Document
from testimonia.model.provenance import Provenance, Reliance

_CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?")
_MADE_BY = ("written", "spoken")
_DERIVATIONS = {"quotes": "prov:Quotation", "informant": "prov:PrimarySource"}
_QUALIFIED = {"quotes": "prov:qualifiedQuotation", "informant": "prov:qualifiedPrimarySource"}


class ProvO:
    """One graph: sources, documents, what happened to them, and who did it."""

    name = "prov-o"
    title = "PROV-O (JSON-LD)"
    media_type = "application/ld+json"
    suffix = ".prov.jsonld"

    def export(self, edition: LibraryEdition, sink: BinaryIO) -> None:
        """Nodes in the order of their identifiers; each activity has the words that say so as its comment."""
        graph: dict[str, dict[str, Any]] = {}
        wanted = {step.document for step in edition.provenance}
        wanted |= {end for reliance in edition.reliances for end in (reliance.rests, reliance.on)}
        for source in edition.sources:
            node = {"@id": name_of(source.sha256), "@type": "prov:Entity", "rdfs:label": one_line(source.name)}
            graph[node["@id"]] = node
        for document in edition.documents:
            if document.id in wanted:
                graph[name_of(document.source, document.id)] = _document(document)
        for step in edition.provenance:
            for node in _step(edition, step, graph):
                graph.setdefault(node["@id"], node)
        for reliance in edition.reliances:
            _rest(edition, reliance, graph)
        used = {node_id: graph[node_id] for node_id in sorted(graph)}
        made = json.dumps({"@context": _CONTEXT, "@graph": list(used.values())}, ensure_ascii=False, indent=1)
        sink.write((made + "\n").encode("utf-8", "replace"))


def name_of(sha256: str, part: str = "") -> str:
    """The name of a source by its hash (RFC 6920), or of a part of what is known of it.

    >>> name_of("00" * 32)
    'ni:///sha-256;AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    """
    try:
        digest = bytes.fromhex(sha256)
    except ValueError:
        digest = b""
    text = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return f"ni:///sha-256;{text}" + (f"#{part}" if part else "")


def _document(document: Document) -> dict[str, Any]:
    node = {
        "@id": name_of(document.source, document.id),
        "@type": "prov:Entity",
        "rdfs:label": one_line(document.title),
        "dcterms:type": document.type,
        "dcterms:isPartOf": {"@id": name_of(document.source)},
    }
    if document.date is not None:
        node["dcterms:date"] = _edtf(document.date)
    return node


def _edtf(when: str) -> dict[str, str]:
    return {"@type": "edtf:EDTF", "@value": when}


def _step(edition: LibraryEdition, step: Provenance, known: dict[str, Any]) -> list[dict[str, Any]]:
    """The activity of one step, its agents, and the documents that it speaks of where these are not known by now."""
    activity: dict[str, Any] = {
        "@id": name_of(step.source, step.id),
        "@type": "prov:Activity",
        "rdfs:label": step.act,
        "schema:position": step.order,
        "rdfs:comment": _evidence(edition, step),
    }
    nodes = [activity]
    document = name_of(step.source, step.document) if step.document is not None else ""
    if document not in known:
        # A group of documents, as the source speaks of it.
        about = one_line(step.about)
        document = name_of(step.source, f"about-{short_hash(about)}")
        label = about or "a document that the source does not name"
        nodes.append({"@id": document, "@type": "prov:Entity", "rdfs:label": label})
    activity["prov:generated" if step.act in _MADE_BY else "prov:used"] = {"@id": document}
    if step.when is not None:
        activity["dcterms:date"] = _edtf(step.when)
        if _MOMENT.fullmatch(step.when):
            moment = step.when if step.when[16:17] == ":" else _with_seconds(step.when)
            activity["prov:startedAtTime"] = {"@type": "xsd:dateTime", "@value": moment}
    if step.agents:
        activity["prov:wasAssociatedWith"] = [{"@id": _agent(step, name)} for name in step.agents]
    if step.recipients:
        role = {"@id": name_of(step.source, "recipient"), "@type": "prov:Role", "rdfs:label": "recipient"}
        nodes.append(role)
        activity["prov:qualifiedAssociation"] = [
            {
                "@type": "prov:Association",
                "prov:agent": {"@id": _agent(step, name)},
                "prov:hadRole": {"@id": role["@id"]},
            }
            for name in step.recipients
        ]
    nodes += [
        {"@id": _agent(step, name), "@type": "prov:Agent", "rdfs:label": one_line(name)}
        for name in (*step.agents, *step.recipients)
    ]
    return nodes


def _rest(edition: LibraryEdition, reliance: Reliance, graph: dict[str, dict[str, Any]]) -> None:
    """Add to what rests on another the derivation that says so; both become entities where they are none by now."""
    ends = []
    for given, name in ((reliance.rests, reliance.rests_name), (reliance.on, reliance.on_name)):
        label = one_line(name)
        node_id = name_of(reliance.source, given or f"about-{short_hash(label)}")
        graph.setdefault(node_id, {"@id": node_id, "@type": "prov:Entity", "rdfs:label": label})
        ends.append(node_id)
    standing = "stated" if reliance.stated else "inferred"
    derivation = {
        "@id": name_of(reliance.source, reliance.id),
        "@type": _DERIVATIONS.get(reliance.how, "prov:Derivation"),
        "prov:entity": {"@id": ends[1]},
        "rdfs:label": f"{reliance.how} ({standing})",
        "rdfs:comment": _evidence(edition, reliance),
    }
    graph[ends[0]].setdefault(_QUALIFIED.get(reliance.how, "prov:qualifiedDerivation"), []).append(derivation)


def _with_seconds(when: str) -> str:
    """xsd:dateTime wants seconds.

    >>> _with_seconds("1931-03-14T02:10"), _with_seconds("1931-03-14T02:10Z")
    ('1931-03-14T02:10:00', '1931-03-14T02:10:00Z')
    """
    return f"{when[:16]}:00{when[16:]}"


def _agent(step: Provenance, name: str) -> str:
    """Who is named alike in one source is one agent there, and no one is taken for the same in two."""
    return name_of(step.source, f"agent-{short_hash(one_line(name))}")


def short_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _evidence(edition: LibraryEdition, step: Provenance | Reliance) -> str:
    quoted = " … ".join(anchor.quote for anchor in step.anchors)
    return one_line(f"{edition.where(step)}: {quoted} ({edition.standing(step)})")
