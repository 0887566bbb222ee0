"""Authority files: who people, organisations and places are, as CSV, followthemoney entities, or a list of persons.

Source of the rules: RFC 4180 (CSV; semicolons and tabs are understood too); followthemoney's JSON lines and its schemas
Person, Organization and Address; TEI P5, `person` and
`persName` with `xml:id`. A file is taken whole or refused with its line: nothing in it is passed over silently.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from testimonia.errors import TestimoniaError
from testimonia.model.authority import AuthorityRow
from testimonia.readers.markup import local_name, parse_xml

COLUMNS = ("id", "name", "type", "variants", "wikidata", "viaf", "description")
MAX_BYTES = 64 << 20
MAX_ROWS = 500_000
MAX_CHARACTERS = 1_000
"""How long a name, a variant or an id may be."""

_TYPES = {
    "": "person",
    **dict.fromkeys(("person", "people", "per"), "person"),
    **dict.fromkeys(("organisation", "organization", "org"), "organisation"),
    **dict.fromkeys(("place", "location", "loc", "address"), "place"),
}
_SCHEMAS = {
    "Person": "person",
    **dict.fromkeys(("Organization", "LegalEntity", "Company", "PublicBody"), "organisation"),
    "Address": "place",
}
_WIKIDATA = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d{0,14})")
_VIAF = re.compile(r"(?:https?://(?:www\.)?viaf\.org/viaf/)?([1-9]\d{0,24})/?")
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_VIAF_PAGE = re.compile(r"https?://(?:www\.)?viaf\.org/viaf/\d")


class AuthorityFileError(TestimoniaError):
    """An authority file can't be taken in as it is."""

    code = "authority-file"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityRows:
    """The entries of a file in its order, and in words what in it is of a kind that Testimonia has no use for."""

    rows: tuple[AuthorityRow, ...]
    passed_over: tuple[str, ...] = ()


def read_authority(content: bytes, name: str) -> AuthorityRows:
    """The entries of an authority file: JSON and TEI by their first sign, a list of names if it ends in .txt, or CSV.

    Raises AuthorityFileError, which names the line.
    """
    if len(content) > MAX_BYTES:
        raise AuthorityFileError(f"the file is over {MAX_BYTES >> 20} MiB", where=name, hint="Split it")
    text = _decoded(content, name)
    if not text.strip():
        raise AuthorityFileError("the file is empty", where=name, hint=f"The columns are {', '.join(COLUMNS)}")
    passed_over: list[str] = []
    if text.lstrip()[0] in "{[":
        found = _entities(text, name, passed_over)
    elif text.lstrip().startswith("<"):
        found = _listed_in_tei(content, name)
    elif name.lower().endswith(".txt"):
        found = ((n, AuthorityRow(entry="", name=line, type="person")) for n, line in _lines(text))
    else:
        found = _table(text, name, passed_over)
    rows: list[AuthorityRow] = []
    ids: dict[str, int] = {}
    for line, row in found:
        where = f"{name}, line {line}"
        checked = _checked(row, where)
        if checked.entry and checked.entry in ids:
            raise AuthorityFileError(
                f"the id {checked.entry!r} stands in line {ids[checked.entry]} too", where=where, hint=_AGAIN
            )
        ids[checked.entry] = line
        rows.append(checked)
        if len(rows) > MAX_ROWS:
            raise AuthorityFileError(f"the file has more than {MAX_ROWS:,} entries", where=name, hint="Split it")
    return AuthorityRows(rows=tuple(rows), passed_over=tuple(passed_over))


_AGAIN = "Correct it and import the file again; nothing was taken in"


def _decoded(content: bytes, name: str) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise AuthorityFileError(
            f"the file is not UTF-8 (byte {error.start})", where=name, hint='Save it as "CSV UTF-8" or as UTF-8 text'
        ) from error


_HOLDERS = frozenset({"item", "person"})


def _listed_in_tei(content: bytes, name: str) -> Iterator[tuple[int, AuthorityRow]]:
    """The lists of persons of a TEI file: what holds a `persName` with an `xml:id`, or a `person` with one."""
    found = False
    for element in parse_xml(content, name=name, what="a TEI file").iter():
        if local_name(element) not in _HOLDERS:
            continue
        names = [e for e in element.iter() if local_name(e) == "persName"]
        entry = element.get(_XML_ID) or next((i for e in names if (i := e.get(_XML_ID))), "")
        if not names or not entry:
            continue
        found = True
        listed = local_name(element) == "item"
        if listed and any(local_name(e) in ("item", "ref", "list") for e in element.iterdescendants()):
            continue  # an entry of the index
        printed = "".join((element if listed else names[0]).itertext())
        others = () if listed else tuple(" ".join("".join(e.itertext()).split()) for e in names[1:])
        yield (
            element.sourceline or 0,
            AuthorityRow(entry=entry, name=" ".join(printed.split()), type="person", variants=others),
        )
    if not found:
        hint = "It should hold items or persons with a persName and an xml:id"
        raise AuthorityFileError("the file holds no list of persons", where=name, hint=hint)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip())


def _checked(row: AuthorityRow, where: str) -> AuthorityRow:
    """The row with its identifiers alone. Raises AuthorityFileError."""
    if not row.name:
        raise AuthorityFileError("an entry without a name", where=where, hint=_AGAIN)
    for value in (row.entry, row.name, *row.variants):
        if len(value) > MAX_CHARACTERS or not value.isprintable():
            raise AuthorityFileError(
                f"a name or an id of over {MAX_CHARACTERS:,} characters, or with some that can't be printed",
                where=where, hint=_AGAIN,
            )  # fmt: skip
    wikidata, viaf = _WIKIDATA.fullmatch(row.wikidata), _VIAF.fullmatch(row.viaf)
    if row.wikidata and wikidata is None:
        raise AuthorityFileError(f"{row.wikidata[:60]!r} is no Wikidata identifier (Q42)", where=where, hint=_AGAIN)
    if row.viaf and viaf is None:
        raise AuthorityFileError(f"{row.viaf[:60]!r} is no VIAF identifier (digits)", where=where, hint=_AGAIN)
    return AuthorityRow(
        entry=row.entry,
        name=row.name,
        type=row.type,
        variants=tuple(v for v in dict.fromkeys(row.variants) if v and v != row.name),
        wikidata=wikidata[1] if wikidata else "",
        viaf=viaf[1] if viaf else "",
        description=row.description,
    )


def _table(text: str, name: str, passed_over: list[str]) -> Iterator[tuple[int, AuthorityRow]]:
    head = text.lstrip().splitlines()[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = [cell.strip().lower() for cell in cells]
                if "name" not in columns:
                    hint = f"Its first line names the columns: {', '.join(COLUMNS)}"
                    raise AuthorityFileError("the file has no column `name`", where=name, hint=hint)
                continue
            where = f"{name}, line {reader.line_num}"
            if len(cells) > len(columns):
                hint = "Put quotation marks around a name that holds a comma"
                raise AuthorityFileError("the line has more cells than columns", where=where, hint=hint)
            row = {column: " ".join(cell.split()) for column, cell in zip(columns, cells, strict=False)}
            kind = _TYPES.get(row.get("type", "").lower())
            if kind is None:
                passed_over.append(f"line {reader.line_num}: {row['type'][:40]!r} is no type")
                continue
            variants = tuple(v.strip() for v in re.split(r"[|;]", row.get("variants", "")))
            yield reader.line_num, AuthorityRow(
                entry=row.get("id", ""), name=row.get("name", ""), type=kind, variants=variants,
                wikidata=row.get("wikidata", ""), viaf=row.get("viaf", ""), description=row.get("description", ""),
            )  # fmt: skip
    except csv.Error as error:
        raise AuthorityFileError(f"the table is broken ({error})", where=f"{name}, line {reader.line_num}") from error


def _entities(text: str, name: str, passed_over: list[str]) -> Iterator[tuple[int, AuthorityRow]]:
    for line, value in _objects(text, name):
        where = f"{name}, line {line}"
        properties = value.get("properties") if isinstance(value, dict) else None
        if not isinstance(value, dict) or not isinstance(properties, dict):
            raise AuthorityFileError("this is no entity of followthemoney", where=where, hint=_AGAIN)
        schema = str(value.get("schema", ""))
        if schema not in _SCHEMAS:
            passed_over.append(f"line {line}: no use for the schema {schema[:40]!r}")
            continue
        names = [*_values(properties, "name"), *_values(properties, "full")]
        others = [n for key in ("alias", "weakAlias", "previousName") for n in _values(properties, key)]
        said = [*_values(properties, "summary"), *_values(properties, "position"), *_values(properties, "description")]
        viaf = [page for page in _values(properties, "sourceUrl") if _VIAF_PAGE.match(page)]
        yield line, AuthorityRow(
            entry=str(value.get("id") or ""), name=names[0] if names else "", type=_SCHEMAS[schema],
            variants=(*names[1:], *others), wikidata=next(iter(_values(properties, "wikidataId")), ""),
            viaf=viaf[0] if viaf else "", description="; ".join(dict.fromkeys(said)),
        )  # fmt: skip


def _objects(text: str, name: str) -> Iterator[tuple[int, Any]]:
    """The values of JSON lines, or of one array, with their lines (of an array their numbers)."""
    line = 1
    try:
        if text.lstrip().startswith("["):
            yield from enumerate(json.loads(text), 1)
            return
        for line, printed in _lines(text):
            yield line, json.loads(printed)
    except (ValueError, RecursionError) as error:
        raise AuthorityFileError(f"this is no JSON ({error})", where=f"{name}, line {line}", hint=_AGAIN) from error


def _values(properties: dict[str, Any], key: str) -> Iterable[str]:
    value = properties.get(key, ())
    several = value if isinstance(value, list) else [value]
    return [" ".join(one.split()) for one in several if isinstance(one, str) and one.strip()]
