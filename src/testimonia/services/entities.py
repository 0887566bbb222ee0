"""Whom the names in the library name, after what editors decided about it.

Names carry the entity that a step gave them. What editors decide are judgements about entities, applied in their order
whenever names are listed: a step that runs again changes its names and no decision, and an undone decision is not
applied. Decisions on entities:

| decision | value |
| --- | --- |
| merged | the id of the other entity, whose mentions follow |
| split | the ids of the mentions that name another one, parted by spaces |
| changed | "name: " or "type: " and what it is from now on |
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from testimonia.errors import AmbiguousError, InvalidRecordError, NotFoundError
from testimonia.model.authority import AuthorityEntry, AuthorityLink, Entity
from testimonia.model.comparison import Judgement
from testimonia.model.names import NAME_TYPES, Name
from testimonia.services.analysing import Analysing
from testimonia.services.clock import Clock
from testimonia.services.mention_index import Counted, MentionIndex
from testimonia.services.remembering import Remembered
from testimonia.store.library import LibraryStore
from testimonia.text.anchoring import finding_id

ENTITY_TYPES = tuple(t for t in NAME_TYPES if t != "role")
_EDITS = ("merged", "split", "changed")
_OF_ENTITIES = "entity-"
_NAME, _TYPE = "name: ", "type: "
NAME_CHARACTERS = 300
"""How long a name may be that an editor gives."""


def entity_edits(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """The decisions on entities that no later row undoes, oldest first; `judgements` oldest first."""
    undone: set[str] = set()
    standing: list[Judgement] = []
    for row in reversed(judgements):
        if row.id in undone:
            continue
        if row.undoes is not None:
            undone.add(row.undoes)
        elif row.finding.startswith(_OF_ENTITIES) and row.decision in _EDITS:
            standing.append(row)
    return tuple(reversed(standing))


def part_of(judgement: Judgement) -> str:
    """The id of the entity that this decision has split off."""
    return finding_id("entity", "", "split", judgement.id)


@dataclass(slots=True)
class _Group:
    """One entity while decisions are applied: its mentions by their numbers, and what was decided about it."""

    members: list[int] = field(default_factory=list)
    name: str = ""
    type: str = ""
    why: list[str] = field(default_factory=list)


def follow(names: Sequence[Name], edits: Sequence[Judgement]) -> tuple[Name, ...]:
    """The names as the decisions of editors leave them; in their order. `names` are those of the whole library.

    A mention that a decision concerns has the entity, its name and type as decided, and its reason says so. An office
    stays an office, whoever bears it.
    """
    if not edits:
        return tuple(names)
    groups: dict[str, _Group] = defaultdict(_Group)
    for number, name in enumerate(names):
        groups[name.entity].members.append(number)
    fullest = {entity: fullest_name([names[n] for n in group.members]) for entity, group in groups.items()}
    moved: dict[str, str] = {}
    for edit in edits:
        _apply(edit, names, groups, fullest, moved)
    found = list(names)
    for entity, group in groups.items():
        if group.why:
            of_names = fullest.get(entity) or fullest_name([names[n] for n in group.members])
            for n in group.members:
                found[n] = _decided(names[n], entity, group, of_names)
    if moved:
        for n, name in enumerate(found):
            if name.rivals:
                found[n] = replace(name, rivals=tuple(sorted({_last(moved, r) for r in name.rivals})))
    return tuple(found)


def _last(moved: Mapping[str, str], entity: str) -> str:
    seen = set()
    while entity in moved and entity not in seen:
        seen.add(entity)
        entity = moved[entity]
    return entity


def _apply(
    edit: Judgement, names: Sequence[Name], groups: dict[str, _Group], fullest: dict[str, str], moved: dict[str, str]
) -> None:
    value = edit.value or ""
    group = groups[edit.finding]
    if edit.decision == "merged" and value != edit.finding:
        other = groups.pop(value, _Group())
        group.type = group.type or (names[group.members[0]].type if group.members else other.type)
        group.members = sorted([*group.members, *other.members])
        group.why += [*other.why, f"{edit.editor} decided that {fullest.get(value, value)!r} is the same"]
        moved[value] = edit.finding
        moved.pop(edit.finding, None)
    elif edit.decision == "split":
        wanted = set(value.split(" "))
        members = [n for n in group.members if names[n].id in wanted]
        if members:
            group.members = [n for n in group.members if names[n].id not in wanted]
            part = groups[part_of(edit)]
            part.members = members
            part.type = group.type
            part.why.append(f"{edit.editor} decided that this is another than {fullest.get(edit.finding, '')!r}")
            part.name = fullest_name([names[n] for n in members], printed=True)
    elif edit.decision == "changed" and value.startswith(_NAME):
        group.name = value.removeprefix(_NAME)
        group.why.append(f"{edit.editor} gave the name")
    elif edit.decision == "changed" and value.startswith(_TYPE):
        group.type = value.removeprefix(_TYPE)
        group.why.append(f"{edit.editor} decided what it is")


def _decided(name: Name, entity: str, group: _Group, of_names: str) -> Name:
    return replace(
        name,
        entity=entity,
        entity_name=group.name or of_names,
        type=name.type if name.type == "role" else group.type or name.type,
        reason="; ".join(part for part in (*group.why, name.reason) if part),
        rivals=(),
    )


def fullest_name(names: Iterable[Name], *, printed: bool = False) -> str:
    """The longest name that the mentions of one entity give it (or, `printed`, that stands there); "" without any."""
    shown = {name.name if printed else name.entity_name for name in names}
    return max(shown, key=lambda n: (len(n.split()), len(n), n), default="")


class Named:
    """The names of a library as editors left them, and the entries of authority files that they may be."""

    def __init__(self, store: LibraryStore, analysing: Analysing) -> None:
        self._store = store
        self._analysing = analysing
        self._edits = Remembered(store, lambda: entity_edits(store.judgements()))
        self.index = MentionIndex(store, self._edits.now, part_of)
        self._entries = Remembered(store, lambda: store.findings(AuthorityEntry))
        self._links: tuple[Counted, tuple[AuthorityEntry, ...], Mapping[str, AuthorityLink]] | None = None

    def names(self, source: str | None = None) -> tuple[Name, ...]:
        """The names of one source or of all, in the order of the text; the analysis runs where it is due."""
        self._analysing.bring_up_to_date((Name,), source)
        return self._kept(source)

    def _kept(self, source: str | None) -> tuple[Name, ...]:
        edits = self._edits.now()
        if not edits:
            return self._store.findings(Name, source)
        # What an entity is called may stand in another source.
        followed = follow(self._store.findings(Name), edits)
        return followed if source is None else tuple(n for n in followed if n.source == source)

    def look_for_names(self) -> None:
        """Run the analysis of names where it is due."""
        self._analysing.bring_up_to_date((Name,))

    def entities(self) -> tuple[Entity, ...]:
        """The entities of the whole library, by type and name; of the sources whose names are known. Their mentions are
        left out."""
        entities = (row.entity for row in self.index.now().rows)
        return tuple(sorted(entities, key=lambda e: (e.type, e.name.casefold(), e.id)))

    def edits(self) -> tuple[Judgement, ...]:
        """The decisions on entities that stand, oldest first."""
        return self._edits.now()

    def entries(self) -> tuple[AuthorityEntry, ...]:
        """The entries of the authority files that were brought in."""
        return self._entries.now()

    def links(self) -> Mapping[str, AuthorityLink]:
        """For each entity that may be an entry of an authority file, that entry, how sure that is, and why."""
        entries = self.entries()
        if not entries:
            return {}
        counted, kept = self.index.now(), self._links
        if kept is None or kept[0] is not counted or (kept[1] is not entries and kept[1] != entries):
            kept = self._links = (counted, entries, self._read_links(entries))
        return kept[2]

    def _read_links(self, entries: Sequence[AuthorityEntry]) -> Mapping[str, AuthorityLink]:
        from testimonia.analysis.names.authority import link_entities  # loads slowly, and few come to ask for it

        links = {link.entity: link for link in link_entities(entries, self.entities())}
        for edit in self.edits():
            # Whoever was split off is somebody else, of the same name as it may be.
            part, whole = links.get(part_of(edit)), links.get(edit.finding)
            if edit.decision == "split" and part is not None and whole is not None and part.entry.id == whole.entry.id:
                del links[part.entity]
        return links

    def decisions(self) -> Mapping[str, str]:
        """For each entity about which a decision stands, the last one: "merged", "split" or "changed"."""
        found: dict[str, str] = {}
        for edit in self.edits():
            found[edit.finding] = edit.decision
            if edit.decision == "split":
                found[part_of(edit)] = edit.decision
        return found


class Entities:
    """Merges, splits, renames and retypes entities, and takes it back."""

    def __init__(self, store: LibraryStore, named: Named, now: Clock) -> None:
        self._store = store
        self._named = named
        self._now = now

    def find(self, text: str) -> Entity:
        """The entity with this id, or the only one with this name. Raises NotFoundError, AmbiguousError."""
        self._named.look_for_names()
        entities = self._named.entities()
        wanted = " ".join(text.casefold().split())
        for matches in (
            [e for e in entities if e.id == text],
            [e for e in entities if e.name.casefold() == wanted],
            [e for e in entities if wanted in (form.casefold() for form in e.forms)],
        ):
            if len(matches) == 1:
                return matches[0]
            if matches:
                listed = ", ".join(f"{e.id} ({e.type} {e.name})" for e in matches[:5])
                raise AmbiguousError(
                    f"{text[:80]!r} names {len(matches)} entities: {listed}", hint="Give the id of one"
                )
        raise NotFoundError(
            f"nobody and nothing is named {text[:80]!r}", hint="`testimonia list people --json` shows who is named"
        )

    def merge(self, kept: str, other: str, editor: str) -> Judgement:
        """Two entities are one: every mention of the other follows. Raises NotFoundError, InvalidRecordError."""
        one, two = self.find(kept), self.find(other)
        if one.id == two.id:
            raise InvalidRecordError(f"{kept[:80]!r} and {other[:80]!r} are one entity already", where=one.id)
        return self._keep(one.id, "merged", two.id, editor, f"{two.name} is {one.name}")

    def split(self, entity: str, mentions: Sequence[str], editor: str) -> Judgement:
        """These mentions (ids of names) name another: they become an entity of their own (`part_of` has its id).

        Raises NotFoundError for a mention that isn't one of this entity, InvalidRecordError where none would be left.
        """
        one = self.find(entity)
        wanted = tuple(dict.fromkeys(mentions))
        for mention in wanted:
            if not self._named.index.owns(one.id, mention):
                raise NotFoundError(
                    f"{mention[:80]!r} is no mention of {one.name!r}", where=one.id,
                    hint="`testimonia list people --json` gives the id of each mention",
                )  # fmt: skip
        if not wanted or len(wanted) == one.mention_count:
            raise InvalidRecordError(
                "some mentions must go and some must stay", where=one.id, hint=f"It has {one.mention_count}"
            )
        return self._keep(one.id, "split", " ".join(wanted), editor, f"out of {one.name}")

    def rename(self, entity: str, name: str, editor: str) -> Judgement:
        """Give an entity another name. Raises NotFoundError, InvalidRecordError."""
        shown = " ".join(name.split())
        if not shown or len(shown) > NAME_CHARACTERS or not shown.isprintable():
            raise InvalidRecordError(f"a name has 1 to {NAME_CHARACTERS} characters that can be printed", where=entity)
        one = self.find(entity)
        return self._keep(one.id, "changed", _NAME + shown, editor, f"was {one.name}")

    def retype(self, entity: str, entity_type: str, editor: str) -> Judgement:
        """Say what an entity is. Raises NotFoundError, InvalidRecordError."""
        if entity_type not in ENTITY_TYPES:
            raise InvalidRecordError(
                f"{entity_type[:40]!r} is no type of entity", hint=f"There are {', '.join(ENTITY_TYPES)}"
            )
        one = self.find(entity)
        return self._keep(one.id, "changed", _TYPE + entity_type, editor, f"was {one.type}")

    def undo(self, entity: str, editor: str) -> Judgement:
        """Take the last decision that stands on this entity back: named by an id or a name, also one merged away.

        Raises NotFoundError where nothing was decided about it.
        """
        edits = self._named.edits()
        concerned = {entity}
        if not any(entity in (e.finding, e.value, part_of(e)) for e in edits):
            concerned = {self.find(entity).id}
        for edit in reversed(edits):
            of = {edit.finding}
            if edit.decision == "merged":
                of.add(edit.value or "")
            elif edit.decision == "split":
                of.add(part_of(edit))
            if of & concerned:
                undoing = Judgement(
                    id=uuid.uuid4().hex, finding=edit.finding, decision="undone", editor=editor, at=self._now(),
                    undoes=edit.id,
                )  # fmt: skip
                self._store.judge(undoing)
                return undoing
        raise NotFoundError("nothing was decided about this entity", where=entity[:80])

    def _keep(self, entity: str, decision: str, value: str, editor: str, note: str) -> Judgement:
        made = Judgement(
            id=uuid.uuid4().hex,
            finding=entity,
            decision=decision,
            editor=editor,
            at=self._now(),
            note=note,
            value=value,
        )
        self._store.judge(made)
        return made
