"""Authority files come in, are matched to whom the sources name, and go out again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO

from testimonia.analysis.names.authority import INITIALS, person_entry
from testimonia.errors import NotFoundError
from testimonia.exports.authority_csv import write_authority_csv
from testimonia.exports.authority_ftm import write_authority_ftm
from testimonia.model.authority import AUTHORITY_TYPES, AuthorityEntry, AuthorityRow
from testimonia.model.steps import Step
from testimonia.readers.authority import read_authority
from testimonia.services.clock import Clock
from testimonia.services.entities import Named
from testimonia.store.library import LibraryStore
from testimonia.text.anchoring import finding_id

AUTHORITY = Step(name="authority", version="1")
WRITERS: Mapping[str, Callable[[Iterable[AuthorityRow], BinaryIO], None]] = {
    ".csv": write_authority_csv,
    ".json": write_authority_ftm,
    ".jsonl": write_authority_ftm,
}
"""The formats by the endings of their files' names; a new one is a line here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityReport:
    """How many entries were taken in, how many entities of the library may be one of them, and what was passed over."""

    taken: int
    linked: int
    passed_over: tuple[str, ...]


class Authority:
    """Takes authority files in and writes them."""

    def __init__(self, store: LibraryStore, named: Named, now: Clock) -> None:
        self._store = store
        self._named = named
        self._now = now

    def import_file(self, name: str, content: bytes) -> AuthorityReport:
        """Keep the entries of a file, in place of those of an earlier file of this name.

        Raises AuthorityFileError; then nothing is changed.
        """
        read = read_authority(content, name)
        entries = {entry.id: entry for entry in (_entry(row, name) for row in read.rows)}
        self._store.keep_findings(AUTHORITY.name, name, entries.values(), self._now())
        self._named.look_for_names()
        linked = sum(link.entry.id in entries for link in self._named.links().values())
        return AuthorityReport(taken=len(entries), linked=linked, passed_over=read.passed_over)

    def rows(self) -> tuple[AuthorityRow, ...]:
        """The entities of the library and the entries that were brought in, as one authority file.

        An entity that is an entry has the entry's id, name and identifiers, and brings the forms in which sources
        print it; one that is linked by its surname alone keeps to itself. By type, name and id.
        """
        self._named.look_for_names()
        found = {entry.id: _row(entry) for entry in self._named.entries()}
        links = self._named.links()
        for entity in self._named.entities():
            if entity.type not in AUTHORITY_TYPES:
                continue
            forms = tuple(form for form in (entity.name, *entity.forms))
            link = links.get(entity.id)
            if link is not None and link.confidence >= INITIALS:
                found[link.entry.id] = _with_variants(found[link.entry.id], forms)
            else:
                row = AuthorityRow(entry=entity.id, name=entity.name, type=entity.type)
                found[entity.id] = _with_variants(row, forms)
        return tuple(sorted(found.values(), key=lambda r: (r.type, r.name.casefold(), r.name, r.entry)))

    def export(self, suffix: str, sink: BinaryIO) -> None:
        """Write the authority file in the format of this ending (".csv"). Raises NotFoundError."""
        write = WRITERS.get(suffix.lower())
        if write is None:
            raise NotFoundError(
                f"there is no format of authority files for {suffix[:20]!r}", hint=f"There are {', '.join(WRITERS)}"
            )
        write(self.rows(), sink)


def _entry(row: AuthorityRow, file_name: str) -> AuthorityEntry:
    name, role = person_entry(row.name) if row.type == "person" else (row.name, "")
    entry = row.entry or finding_id("entry", "", row.type, row.name)
    return AuthorityEntry(
        id=finding_id("authority", "", entry),
        source="",
        anchors=(),
        step=AUTHORITY,
        confidence=1.0,
        reason=f"stands in {file_name}",
        entry=entry,
        name=name,
        type=row.type,
        variants=_variants(row),
        wikidata=row.wikidata,
        viaf=row.viaf,
        description=row.description or role,
    )


def _variants(row: AuthorityRow) -> tuple[str, ...]:
    if row.type != "person":
        return tuple(dict.fromkeys(row.variants))
    variants = [person_entry(v)[0] for v in row.variants]
    # A surname of several words is as telling as a full name: "Berg Lund, Sir Olav".
    surname, comma, _ = row.name.partition(",")
    if comma and len(surname.split()) > 1 and surname.strip() != person_entry(row.name)[0]:
        variants.append(" ".join(surname.split()))
    return tuple(dict.fromkeys(variants))


def _row(entry: AuthorityEntry) -> AuthorityRow:
    return AuthorityRow(
        entry=entry.entry, name=entry.name, type=entry.type, variants=entry.variants, wikidata=entry.wikidata,
        viaf=entry.viaf, description=entry.description,
    )  # fmt: skip


def _with_variants(row: AuthorityRow, forms: Iterable[str]) -> AuthorityRow:
    return replace(row, variants=tuple(v for v in dict.fromkeys((*row.variants, *forms)) if v != row.name))
