"""References as RIS, which Zotero, EndNote and library catalogues open.

Source of the rules: Research Information Systems, RIS Format Specifications (2011), types and tags, and the tags for
archives that Zotero reads (DB, AV). Lines end with CR LF.
"""

import re
from typing import Any, BinaryIO

from testimonia.exports.library_edition import LibraryEdition, evidence, one_line
from testimonia.text.csl import csl_item

_TYPES = {
    "article": "JOUR",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "manuscript": "MANSCPT",
    "paper-conference": "CPAPER",
    "personal_communication": "PCOMM",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
}
_NAMES = (("author", "AU"), ("editor", "A2"), ("translator", "A4"), ("recipient", "C2"))
_TAGS = (
    ("title", "TI"),
    ("container-title", "T2"),
    ("collection-title", "T3"),
    ("edition", "ET"),
    ("volume", "VL"),
    ("issue", "IS"),
    ("publisher", "PB"),
    ("publisher-place", "CY"),
    ("genre", "M3"),
    ("archive", "DB"),
    ("archive_collection", "C1"),
    ("archive_location", "AV"),
    ("URL", "UR"),
)
_PAGES = re.compile(r"(\d+)\s*[-–—]\s*(\d+)")


class Ris:
    """One record for each work referred to, in the order in which they are printed."""

    name = "ris"
    title = "RIS"
    media_type = "application/x-research-info-systems"
    suffix = ".ris"

    def export(self, edition: LibraryEdition, sink: BinaryIO) -> None:
        """Each record's note (N1) says from which words it was read, where they stand, and how sure that is."""
        for reference in edition.works():
            item = csl_item(reference)
            rows = [*_rows(item), ("N1", evidence(edition, reference)), ("ID", item["id"]), ("ER", "")]
            lines = "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in rows)
            sink.write(f"{lines}\r\n".encode())


def _rows(item: dict[str, Any]) -> list[tuple[str, str]]:
    rows = [("TY", _TYPES.get(item["type"], "GEN"))]
    for role, tag in _NAMES:
        rows += [(tag, _name(name)) for name in item.get(role, ())]
    rows += [(tag, str(item[variable])) for variable, tag in _TAGS if variable in item]
    if "page" in item:
        pages = _PAGES.fullmatch(item["page"].strip())
        rows += [("SP", pages[1]), ("EP", pages[2])] if pages else [("SP", item["page"])]
    issued = item.get("issued", {})
    if parts := issued.get("date-parts", [[]])[0]:
        year, month, day = (*(f"{part:02}" for part in parts), "", "")[:3]
        rows += [("PY", year), ("DA", f"{year}/{month}/{day}/")]
    elif "literal" in issued:
        rows.append(("DA", f"///{issued['literal']}"))
    return rows


def _name(name: dict[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    return ", ".join(name[part] for part in ("family", "given") if name.get(part))
