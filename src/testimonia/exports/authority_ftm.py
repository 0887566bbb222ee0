"""Authority files as followthemoney entities, one JSON object a line.

Source of the rules: followthemoney's schemas Person, Organization and Address, and their properties name, alias,
wikidataId, summary. It has no property for VIAF: the entry's page there is a sourceUrl.
"""

import json
from collections.abc import Iterable
from typing import BinaryIO

from testimonia.exports.library_edition import one_line
from testimonia.model.authority import AuthorityRow

_SCHEMAS = {"person": "Person", "organisation": "Organization", "place": "Address"}


def write_authority_ftm(rows: Iterable[AuthorityRow], sink: BinaryIO) -> None:
    """The entries in their order; what an entry lacks is left out."""
    for row in rows:
        properties = {
            "name": [row.name],
            "alias": [*row.variants],
            "full": [row.name] if row.type == "place" else [],
            "wikidataId": [row.wikidata],
            "sourceUrl": [f"https://viaf.org/viaf/{row.viaf}"] if row.viaf else [],
            "summary": [row.description],
        }
        said = {key: [one_line(v) for v in values if v] for key, values in properties.items()}
        entity = {
            "id": one_line(row.entry), "schema": _SCHEMAS[row.type], "properties": {k: v for k, v in said.items() if v},
        }  # fmt: skip
        sink.write((json.dumps(entity, ensure_ascii=False) + "\n").encode())
