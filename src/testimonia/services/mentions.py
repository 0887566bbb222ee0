"""Who and what is named in the library, how often, and where: quick however many mentions there are.

The store counts the mentions, source by source; a finding and the words around it are read only for the page that shows
them.
"""

from dataclasses import dataclass

from testimonia.errors import NotFoundError
from testimonia.model.authority import AuthorityLink, Entity
from testimonia.model.comparison import Judgement
from testimonia.model.layers import READING
from testimonia.model.names import Name
from testimonia.services.analysing import Analysing
from testimonia.services.describing import Judged
from testimonia.services.entities import Named, part_of
from testimonia.store.library import LibraryStore

CONTEXT = 90
"""Characters shown before and after a mention."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One mention with the words around it, on one line; `rivals` are the other entities that it may name."""

    judged: Judged[Name]
    source_name: str
    before: str
    after: str
    rivals: tuple[Entity, ...]


class Mentions:
    """Lists entities and their mentions, as editors left them. It runs no analysis: see `Analysing.due`."""

    def __init__(self, store: LibraryStore, analysing: Analysing, named: Named) -> None:
        self._store = store
        self._analysing = analysing
        self._named = named

    def entities(
        self, *, entity_type: str | None = None, words: str = "", source: str | None = None
    ) -> tuple[Entity, ...]:
        """Those of one type, with these letters in one of their names, named in one source; most mentions first."""
        sought = " ".join(words.casefold().split())
        return tuple(
            row.entity
            for row in self._named.index.now().rows
            if (entity_type is None or row.entity.type == entity_type)
            and (not sought or sought in row.folded)
            and (source is None or source in row.entity.sources)
        )

    def counts(self) -> dict[str, int]:
        """How many entities of each type are there?"""
        counts: dict[str, int] = {}
        for row in self._named.index.now().rows:
            counts[row.entity.type] = counts.get(row.entity.type, 0) + 1
        return counts

    def entity(self, entity_id: str) -> Entity:
        """One entity. Raises NotFoundError."""
        row = self._named.index.now().by_id.get(entity_id)
        if row is None:
            hint = "It may have been merged into another, or its source read again: look it up in the list"
            raise NotFoundError("nobody and nothing has this id", where=entity_id[:80], hint=hint)
        return row.entity

    def mentions(self, entity: Entity, start: int, end: int) -> tuple[Mention, ...]:
        """Its mentions from `start` up to `end` (0-based), in the order of sources and places."""
        by_id, decisions = self._named.index.now().by_id, self._store.current_decisions()
        texts: dict[str, str] = {}
        found = []
        for name_id in self._named.index.mention_ids(entity.id, start, end):
            try:
                name = self._store.finding(name_id)
            except NotFoundError:
                continue  # its source was read again since: the next request counts anew
            if isinstance(name, Name):
                rivals = tuple(by_id[r].entity for r in name.rivals if r in by_id)
                judged = Judged(finding=name, decision=decisions.get(name.id))
                before, after = self._around(name, texts)
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

    def _around(self, name: Name, texts: dict[str, str]) -> tuple[str, str]:
        """The words before and after; `texts` has the reading texts that this page needed already."""
        anchor = name.anchors[0]
        if anchor.layer != READING:
            return "", ""
        if anchor.source not in texts:
            texts[anchor.source] = self._store.layer(anchor.source, READING).text
        text = texts[anchor.source]
        if text[anchor.start : anchor.end] != anchor.quote:
            return "", ""
        return text[max(0, anchor.start - CONTEXT) : anchor.start], text[anchor.end : anchor.end + CONTEXT]
