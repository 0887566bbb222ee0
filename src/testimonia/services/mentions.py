"""Who and what is named in the library, how often, and where: quick however many mentions there are.

The entities are counted source by source and kept until a source changes; the words around a mention are read only for
the page that shows them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

from testimonia.errors import NotFoundError
from testimonia.model.authority import AuthorityLink, Entity
from testimonia.model.comparison import Judgement
from testimonia.model.layers import READING
from testimonia.model.names import Name
from testimonia.services.analysing import Analysing
from testimonia.services.by_source import BySource
from testimonia.services.describing import Judged
from testimonia.services.entities import Named, follow, gather_entities, part_of
from testimonia.services.reading import Reading
from testimonia.store.library import LibraryStore

CONTEXT = 90
"""Characters shown before and after a mention."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedEntity:
    """One row of the list. `folded` is what a search looks through: all its names in lower case."""

    entity: Entity
    folded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One mention with the words around it, on one line; `rivals` are the other entities that it may name."""

    judged: Judged[Name]
    source_name: str
    before: str
    after: str
    rivals: tuple[Entity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    rows: tuple[NamedEntity, ...]
    by_id: dict[str, NamedEntity]


class Mentions:
    """Lists entities and their mentions, as editors left them. It runs no analysis: see `Analysing.due`."""

    def __init__(self, store: LibraryStore, analysing: Analysing, named: Named, reading: Reading) -> None:
        self._store = store
        self._analysing = analysing
        self._named = named
        self._reading = reading
        self._undecided: BySource[Name, tuple[Entity, ...], _Index] = BySource(
            lambda: store.stamps("names"), lambda source: store.findings(Name, source), gather_entities, _joined,
            at_once=False,
        )  # fmt: skip
        self._decided: tuple[object, _Index] | None = None
        self._lock = Lock()

    def entities(
        self, *, entity_type: str | None = None, words: str = "", source: str | None = None
    ) -> tuple[Entity, ...]:
        """Those of one type, with these letters in one of their names, named in one source; most mentions first."""
        sought = " ".join(words.casefold().split())
        return tuple(
            row.entity
            for row in self._index().rows
            if (entity_type is None or row.entity.type == entity_type)
            and (not sought or sought in row.folded)
            and (source is None or source in row.entity.sources)
        )

    def counts(self) -> dict[str, int]:
        """How many entities of each type are there?"""
        counts: dict[str, int] = {}
        for row in self._index().rows:
            counts[row.entity.type] = counts.get(row.entity.type, 0) + 1
        return counts

    def entity(self, entity_id: str) -> Entity:
        """One entity. Raises NotFoundError."""
        row = self._index().by_id.get(entity_id)
        if row is None:
            hint = "It may have been merged into another, or its source read again: look it up in the list"
            raise NotFoundError("nobody and nothing has this id", where=entity_id[:80], hint=hint)
        return row.entity

    def mentions(self, entity: Entity, start: int, end: int) -> tuple[Mention, ...]:
        """Its mentions from `start` up to `end` (0-based), in the order of sources and places."""
        by_id, decisions = self._index().by_id, self._store.current_decisions()
        found = []
        for name_id in entity.mentions[start:end]:
            try:
                name = self._store.finding(name_id)
            except NotFoundError:
                continue  # its source was read again since: the next request counts anew
            if isinstance(name, Name):
                rivals = tuple(by_id[r].entity for r in name.rivals if r in by_id)
                judged = Judged(finding=name, decision=decisions.get(name.id))
                before, after = self._around(name)
                source_name = self._store.source(name.source).source.name
                found.append(Mention(judged=judged, source_name=source_name, before=before, after=after, rivals=rivals))
        return tuple(found)

    def edits(self, entity: Entity) -> tuple[Judgement, ...]:
        """What editors decided about it that stands, oldest first."""
        return tuple(e for e in self._named.edits() if entity.id in (e.finding, part_of(e)))

    def link(self, entity: Entity) -> AuthorityLink | None:
        """The entry of an authority file that it may be."""
        return self._named.links().get(entity.id)

    def unread(self) -> int:
        """In how many sources have names not been looked for yet?"""
        return sum("names" in steps for steps in self._analysing.due().values())

    def _around(self, name: Name) -> tuple[str, str]:
        anchor = name.anchors[0]
        if anchor.layer != READING:
            return "", ""
        text = self._reading.text(anchor.source)
        if text[anchor.start : anchor.end] != anchor.quote:
            return "", ""
        return text[max(0, anchor.start - CONTEXT) : anchor.start], text[anchor.end : anchor.end + CONTEXT]

    def _index(self) -> _Index:
        edits = self._named.edits()
        if not edits:
            return self._undecided.now()
        key = (edits, self._store.stamps("names"))
        with self._lock:
            if self._decided is None or self._decided[0] != key:
                entities = gather_entities(follow(self._store.findings(Name), edits))
                self._decided = (key, _joined([entities]))
            return self._decided[1]


def _joined(of_sources: Iterable[Sequence[Entity]]) -> _Index:
    parts: dict[str, list[Entity]] = {}
    for entity in (e for entities in of_sources for e in entities):
        parts.setdefault(entity.id, []).append(entity)
    entities = sorted(map(_one, parts.values()), key=lambda e: (-len(e.mentions), e.name.casefold(), e.id))
    rows = tuple(
        NamedEntity(entity=e, folded="\n".join(dict.fromkeys(n.casefold() for n in (e.name, *e.forms))))
        for e in entities
    )
    return _Index(rows=rows, by_id={row.entity.id: row for row in rows})


def _one(parts: Sequence[Entity]) -> Entity:
    """The entity that sources know parts of: its fullest name, and the type of most of its mentions."""
    if len(parts) == 1:
        return parts[0]
    named: dict[str, int] = {}
    for part in parts:
        named[part.type] = named.get(part.type, 0) + len(part.mentions)
    return Entity(
        id=parts[0].id,
        name=max((p.name for p in parts), key=lambda n: (len(n.split()), len(n), n)),
        type=max(sorted(named), key=lambda t: named[t]),
        forms=tuple(sorted({form for p in parts for form in p.forms})),
        sources=tuple(sorted({source for p in parts for source in p.sources})),
        mentions=tuple(mention for p in parts for mention in p.mentions),
        undecided=any(p.undecided for p in parts),
        titles=tuple(sorted({title for p in parts for title in p.titles})),
    )
