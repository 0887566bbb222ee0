"""Sources and the documents in them as a finding aid in EAD3.

Source of the rules: Society of American Archivists, Encoded Archival Description, Tag Library EAD3 1.1. A source is a
component of the level file, a document one of the level item inside it. The life of a document is its custodial
history, sentence by sentence with the place that says so; what it rests on is related material. EAD3 has no element for
an addressee: he stands among the access points with his role.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import BinaryIO

from testimonia.exports.library_edition import LibraryEdition, one_line
from testimonia.exports.markup import attributes, escaped
from testimonia.exports.ric_o import step_in_words
from testimonia.model.findings import Document
from testimonia.model.provenance import Reliance

NAMESPACE = "http://ead3.archivists.org/schema/"
# What the attribute `normal` may hold: a year, month or day, or two of them as an interval.
_NORMAL = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?)?")


class Ead3:
    """One finding aid for all sources of the edition."""

    name = "ead3"
    title = "EAD3"
    media_type = "application/xml"
    suffix = ".ead.xml"

    def export(self, edition: LibraryEdition, sink: BinaryIO) -> None:
        """Sources and documents in their order; documents inside documents are components inside components."""
        for line in _finding_aid(edition):
            sink.write((line + "\n").encode("utf-8", "replace"))


def _finding_aid(edition: LibraryEdition) -> Iterator[str]:
    title = "Sources and documents"
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<ead xmlns="{NAMESPACE}">'
    yield "<control>"
    yield f"<recordid>{escaped('-'.join(s.sha256[:12] for s in edition.sources[:5]) or 'empty')}</recordid>"
    yield f"<filedesc><titlestmt><titleproper>{title}</titleproper></titlestmt></filedesc>"
    yield '<maintenancestatus value="new"/>'
    yield "<maintenanceagency><agencyname>not stated</agencyname></maintenanceagency>"
    # The same library gives the same bytes at any hour: no moment is written.
    yield (
        '<maintenancehistory><maintenanceevent><eventtype value="created"/><eventdatetime>not recorded</eventdatetime>'
        '<agenttype value="machine"/><agent>Testimonia</agent></maintenanceevent></maintenancehistory>'
    )
    yield "</control>"
    yield f'<archdesc level="collection"><did><unittitle>{title}</unittitle></did>'
    if edition.sources:
        yield "<dsc>"
        yield from _sources(edition)
        yield "</dsc>"
    yield "</archdesc>"
    yield "</ead>"


def _sources(edition: LibraryEdition) -> Iterator[str]:
    below: dict[tuple[str, str | None], list[Document]] = defaultdict(list)
    known = {(d.source, d.id) for d in edition.documents}
    for document in edition.documents:
        parent = document.parent if (document.source, document.parent) in known else None
        below[document.source, parent].append(document)
    for source in edition.sources:
        yield (
            f'<c level="file"><did><unitid>{source.sha256}</unitid>'
            f"<unittitle>{escaped(one_line(source.name))}</unittitle></did>"
        )
        for document in below[source.sha256, None]:
            yield from _component(edition, document, below)
        yield "</c>"


def _component(
    edition: LibraryEdition, document: Document, below: dict[tuple[str, str | None], list[Document]]
) -> Iterator[str]:
    yield f'<c level="item"{attributes(id=document.id)}><did><unitid>{escaped(document.id)}</unitid>'
    yield f"<unittitle>{escaped(one_line(document.title))}</unittitle>"
    if document.date is not None:
        normal = document.date if _NORMAL.fullmatch(document.date) else None
        yield f"<unitdate{attributes(normal=normal)}>{escaped(document.date)}</unitdate>"
    if document.author:
        yield f"<origination>{_named(document.author, 'author')}</origination>"
    yield "</did>"
    steps = [s for s in edition.provenance if (s.source, s.document) == (document.source, document.id)]
    if steps:
        yield "<custodhist>"
        yield from (f"<p>{escaped(step_in_words(edition, step))}</p>" for step in steps)
        yield "</custodhist>"
    rests = [r for r in edition.reliances if (r.source, r.rests) == (document.source, document.id)]
    if rests:
        yield "<relatedmaterial>"
        yield from (f"<p>{escaped(_reliance(edition, r))}</p>" for r in rests)
        yield "</relatedmaterial>"
    if document.recipient:
        yield f"<controlaccess>{_named(document.recipient, 'addressee')}</controlaccess>"
    for child in below[document.source, document.id]:
        yield from _component(edition, child, below)
    yield "</c>"


def _reliance(edition: LibraryEdition, reliance: Reliance) -> str:
    stated = "stated" if reliance.stated else "inferred"
    where = f"{edition.where(reliance)} ({edition.standing(reliance)})"
    return one_line(f"{reliance.how} {reliance.on_name} ({stated}). {where}")


def _named(who: str, role: str) -> str:
    return f"<name{attributes(relator=role)}><part>{escaped(one_line(who))}</part></name>"
