"""Whom the library names, counted: from the store's counts of mentions and the decisions of editors, never from the
findings themselves, of which there may be a million."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

from testimonia.model.authority import Entity
from testimonia.model.comparison import Judgement
from testimonia.model.names import MentionCount
from testimonia.services.by_source import BySource
from testimonia.store.library import LibraryStore

_NAME, _TYPE = "name: ", "type: "
_ROLE = "role"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedEntity:
    """One row of the list. `folded` is what a search looks through: all its names in lower case.

    `found_as` are the entities, as steps found them, whose mentions it has, and `brought` the ids of single mentions
    that a split gave it.
    """

    entity: Entity
    folded: str
    found_as: tuple[str, ...]
    brought: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Everybody and everything named, most mentions first; the owners of single mentions that were split off, and
    which these are by the entities as steps found them, and how many mentions steps gave to each of these."""

    rows: tuple[NamedEntity, ...]
    by_id: Mapping[str, NamedEntity]
    owners: Mapping[str, str]
    split_from: Mapping[str, Sequence[str]]
    found: Mapping[str, int]


@dataclass(slots=True)
class _Tally:
    """What is known of one entity while it is counted."""

    names: set[str] = field(default_factory=set)
    own_names: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    types: dict[str, int] = field(default_factory=dict)
    undecided: bool = False
    count: int = 0

    def add(self, row: MentionCount, count: int, *, own: bool) -> None:
        """So many mentions of this form; its `own` where a step found it to be this entity."""
        self.names.add(row.entity_name)
        if own:
            self.own_names.add(row.entity_name)
        self.sources.add(row.source)
        self.count += count
        if row.type != _ROLE:
            self.forms.add(row.name)
            self.types[row.type] = self.types.get(row.type, 0) + count
            if row.title:
                self.titles.add(row.title)
        self.undecided = self.undecided or row.undecided


class MentionIndex:
    """The entities of a library as editors left them. `part_of` gives the id of the entity that a split makes."""

    def __init__(
        self, store: LibraryStore, edits: Callable[[], tuple[Judgement, ...]], part_of: Callable[[Judgement], str]
    ) -> None:
        self._store = store
        self._edits = edits
        self._part_of = part_of
        self._counts: BySource[MentionCount, tuple[MentionCount, ...], tuple[MentionCount, ...]] = BySource(
            lambda: store.stamps("names"), store.mention_counts, tuple,
            lambda digests: tuple(row for rows in digests for row in rows),
        )  # fmt: skip
        self._kept: tuple[tuple[Judgement, ...], tuple[MentionCount, ...], Counted] | None = None
        self._lock = Lock()

    def now(self) -> Counted:
        """The entities as the library stands; the same object, as long as nothing has changed."""
        edits, counts = self._edits(), self._counts.now()
        with self._lock:
            if self._kept is None or self._kept[0] != edits or self._kept[1] is not counts:
                self._kept = (edits, counts, self._counted(counts, edits))
            return self._kept[2]

    def mention_ids(self, entity: str, start: int, end: int) -> tuple[str, ...]:
        """The ids of its mentions from `start` up to `end` (0-based); those that a split brought stand first."""
        counted = self.now()
        row = counted.by_id.get(entity)
        if row is None:
            return ()
        found, at = list(row.brought[start:end]), max(0, start - len(row.brought))
        for base in row.found_as:
            if len(found) == end - start:
                break
            # Whatever was split off stands among those brought to somebody, if need be to this one again.
            gone = counted.split_from.get(base, ())
            here = counted.found[base] - len(gone)
            if at < here:
                found.extend(self._store.mention_ids(base, end - start - len(found), at, without=gone))
            at = max(0, at - here)
        return tuple(found)

    def owns(self, entity: str, mention: str) -> bool:
        """Is this one of its mentions?"""
        counted = self.now()
        owner = counted.owners.get(mention)
        if owner is not None:
            return owner == entity
        key = self._store.mention_keys((mention,)).get(mention)
        row = counted.by_id.get(entity)
        return key is not None and row is not None and key.entity in row.found_as

    def _counted(self, counts: Sequence[MentionCount], edits: Sequence[Judgement]) -> Counted:
        decided = _Decided(self._store, counts, edits, self._part_of)
        tallies: dict[str, _Tally] = {}
        bases: dict[str, dict[str, None]] = {}
        split = decided.split_counts()
        found: Counter[str] = Counter()
        for row in counts:
            found[row.entity] += row.count
            owner = decided.of_base.get(row.entity, row.entity)
            bases.setdefault(owner, {})[row.entity] = None
            left = row.count - split.get(_form(row), 0) if split else row.count
            if left > 0:
                tallies.setdefault(owner, _Tally()).add(row, left, own=row.entity == owner)
        brought: dict[str, list[str]] = {}
        for mention, owner in decided.of_mention.items():
            tallies.setdefault(owner, _Tally()).add(decided.keys[mention], 1, own=False)
            brought.setdefault(owner, []).append(mention)
        rows = sorted(
            (
                _row(entity, tally, decided, tuple(bases.get(entity, ())), tuple(brought.get(entity, ())))
                for entity, tally in tallies.items()
            ),
            key=lambda r: (-r.entity.mention_count, r.entity.name.casefold(), r.entity.id),
        )
        split_from: dict[str, list[str]] = {}
        for mention in decided.of_mention:
            split_from.setdefault(decided.keys[mention].entity, []).append(mention)
        return Counted(
            rows=tuple(rows), by_id={r.entity.id: r for r in rows}, owners=decided.of_mention, split_from=split_from,
            found=found,
        )  # fmt: skip


class _Decided:
    """Decisions applied in their order: who owns the mentions that a step gave to whom, and which single ones."""

    def __init__(
        self, store: LibraryStore, counts: Sequence[MentionCount], edits: Sequence[Judgement],
        part_of: Callable[[Judgement], str],
    ) -> None:  # fmt: skip
        wanted = [m for e in edits if e.decision == "split" for m in (e.value or "").split(" ")]
        self.keys = store.mention_keys(list(dict.fromkeys(wanted)))
        self.of_base: dict[str, str] = {}
        self.of_mention: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.types: dict[str, str] = {}
        self.touched: set[str] = set()
        known = _main_types(counts, {e.finding for e in edits} | {e.value or "" for e in edits}) if edits else {}
        for edit in edits:
            self._apply(edit, part_of, known)

    def _apply(self, edit: Judgement, part_of: Callable[[Judgement], str], known: Mapping[str, str]) -> None:
        entity, value = edit.finding, edit.value or ""
        if edit.decision == "merged" and value != entity:
            for base, owner in ((value, value), *self.of_base.items()):
                if owner == value and self.of_base.get(base, base) == value:
                    self.of_base[base] = entity
            self.of_mention.update({m: entity for m, owner in self.of_mention.items() if owner == value})
            kept = self.types.get(entity) or known.get(entity) or self.types.pop(value, "") or known.get(value, "")
            if kept:
                self.types[entity] = kept
            self.names.pop(value, None)
            self.touched.add(entity)
        elif edit.decision == "split":
            part = part_of(edit)
            for mention in value.split(" "):
                key = self.keys.get(mention)
                if key is not None and self._owner(mention, key) == entity:
                    self.of_mention[mention] = part
            if entity in self.types:
                self.types[part] = self.types[entity]
            members = [self.keys[m].name for m, owner in self.of_mention.items() if owner == part]
            if members:
                self.names[part] = max(members, key=lambda n: (len(n.split()), len(n), n))
                self.touched.add(part)
        elif edit.decision == "changed" and value.startswith(_NAME):
            self.names[entity] = value.removeprefix(_NAME)
            self.touched.add(entity)
        elif edit.decision == "changed" and value.startswith(_TYPE):
            self.types[entity] = value.removeprefix(_TYPE)
            self.touched.add(entity)

    def _owner(self, mention: str, key: MentionCount) -> str:
        return self.of_mention.get(mention) or self.of_base.get(key.entity, key.entity)

    def split_counts(self) -> Mapping[tuple[object, ...], int]:
        """How many mentions of each form were taken out one by one?"""
        taken: dict[tuple[object, ...], int] = {}
        for mention in self.of_mention:
            key = _form(self.keys[mention])
            taken[key] = taken.get(key, 0) + 1
        return taken


def _form(row: MentionCount) -> tuple[object, ...]:
    return row.source, row.entity, row.type, row.name, row.entity_name, row.title, row.undecided


def _main_types(counts: Iterable[MentionCount], entities: set[str]) -> dict[str, str]:
    found: dict[str, dict[str, int]] = {}
    for row in counts:
        if row.entity in entities and row.type != _ROLE:
            here = found.setdefault(row.entity, {})
            here[row.type] = here.get(row.type, 0) + row.count
    return {entity: max(sorted(types), key=lambda t: types[t]) for entity, types in found.items()}


def _row(
    entity: str, tally: _Tally, decided: _Decided, found_as: tuple[str, ...], brought: tuple[str, ...]
) -> NamedEntity:
    name = decided.names.get(entity) or max(tally.own_names or tally.names, key=lambda n: (len(n.split()), len(n), n))
    kind = decided.types.get(entity) or max(sorted(tally.types), key=lambda t: tally.types[t], default="person")
    made = Entity(
        id=entity, name=name, type=kind, forms=tuple(sorted(tally.forms)), sources=tuple(sorted(tally.sources)),
        mentions=(), undecided=tally.undecided and entity not in decided.touched, titles=tuple(sorted(tally.titles)),
        mention_count=tally.count,
    )  # fmt: skip
    folded = "\n".join(dict.fromkeys(n.casefold() for n in (made.name, *made.forms)))
    return NamedEntity(entity=made, folded=folded, found_as=found_as, brought=brought)
