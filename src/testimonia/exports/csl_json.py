"""References as CSL-JSON: the format from which citations of every style are made (CSL 1.0.2; Zotero opens it)."""

import json
from typing import BinaryIO

from testimonia.exports.library_edition import LibraryEdition, evidence
from testimonia.text.csl import csl_item


class CslJson:
    """One array of items, in the order in which they are printed."""

    name = "csl-json"
    title = "CSL-JSON"
    media_type = "application/vnd.citationstyles.csl+json"
    suffix = ".csl.json"

    def export(self, edition: LibraryEdition, sink: BinaryIO) -> None:
        """One item for each work referred to; its `note` says in which words, where, and how sure that is."""
        items = [{**csl_item(reference), "note": evidence(edition, reference)} for reference in edition.works()]
        sink.write((json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))
