"""References as BibTeX, in UTF-8.

Source of the rules: Patashnik, BibTeXing (1988), entry types and fields; `translator` and `url` as in BibLaTeX. What
BibTeX has no field for keeps a field of its own, which other programs pass over.
"""

import re
import unicodedata
from typing import Any, BinaryIO

from testimonia.exports.library_edition import LibraryEdition, evidence, one_line
from testimonia.text.csl import csl_item

_TYPES = {
    "article": "article",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "manuscript": "unpublished",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_FIELDS = (
    ("title", "title"),
    ("collection-title", "series"),
    ("edition", "edition"),
    ("volume", "volume"),
    ("issue", "number"),
    ("page", "pages"),
    ("publisher", "publisher"),
    ("publisher-place", "address"),
    ("genre", "type"),
    ("archive", "archive"),
    ("archive_collection", "archivecollection"),
    ("archive_location", "archivelocation"),
    ("URL", "url"),
)
_NAMES = ("author", "editor", "translator", "recipient")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Braces would have to match, even behind a backslash.
_ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_SIGN = re.compile(r"[\\{}~^&%$#_]")
_AND = re.compile(r"\band\b|,", re.IGNORECASE)


class BibTeX:
    """One entry for each work referred to, in the order in which they are printed."""

    name = "bibtex"
    title = "BibTeX"
    media_type = "application/x-bibtex"
    suffix = ".bib"

    def export(self, edition: LibraryEdition, sink: BinaryIO) -> None:
        """Each entry's `annote` says from which words it was read, where they stand, and how sure that is."""
        for reference in edition.works():
            item = csl_item(reference)
            fields = [*_fields(item), ("annote", _escaped(evidence(edition, reference)))]
            body = "".join(f",\n  {name} = {{{value}}}" for name, value in fields)
            kind = _TYPES.get(item["type"], "misc")
            sink.write(f"@{kind}{{{_key(item)}{body}\n}}\n\n".encode())


def _fields(item: dict[str, Any]) -> list[tuple[str, str]]:
    fields = [(role, " and ".join(_name(name) for name in item[role])) for role in _NAMES if role in item]
    for variable, field in _FIELDS:
        if variable in item:
            value = _escaped(one_line(str(item[variable])))
            fields.append((field, re.sub(r"(?<=\d)\s*[-–—]\s*(?=\d)", "--", value) if field == "pages" else value))
    if "container-title" in item:
        container = "journal" if item["type"].startswith("article") else "booktitle"
        fields.append((container, _escaped(one_line(item["container-title"]))))
    issued = item.get("issued", {})
    if parts := issued.get("date-parts", [[]])[0]:
        fields.append(("year", str(parts[0])))
        if len(parts) > 1:
            fields.append(("month", _MONTHS[parts[1] - 1]))
        if len(parts) > 2:
            fields.append(("day", str(parts[2])))
    elif "literal" in issued:
        fields.append(("date", _escaped(one_line(issued["literal"]))))
    held = [one_line(item[v]) for v in ("archive", "archive_collection", "archive_location") if v in item]
    if held:
        fields.append(("note", _escaped(", ".join(held))))
    return fields


def _name(name: dict[str, str]) -> str:
    """A name as BibTeX reads it; braces keep what it would take apart."""
    if "literal" in name:
        return f"{{{_escaped(one_line(name['literal']))}}}"
    parts = [_escaped(one_line(name[part])) for part in ("family", "given") if name.get(part)]
    return ", ".join(f"{{{part}}}" if _AND.search(part) else part for part in parts)


def _escaped(text: str) -> str:
    return _SIGN.sub(lambda sign: _ESCAPED[sign[0]], text)


def _key(item: dict[str, Any]) -> str:
    """A key that a person can read and that only this reference has: who, when, and the end of its id."""
    first: dict[str, str] = next((item[role][0] for role in _NAMES if role in item), {})
    who = unicodedata.normalize("NFKD", first.get("family") or first.get("literal") or "anon")
    word = re.sub(r"[^a-z]", "", who.lower()) or "anon"
    year = str(item.get("issued", {}).get("date-parts", [[""]])[0][0])
    return f"{word[:20]}{year}-{item['id'].rpartition('-')[2]}"
