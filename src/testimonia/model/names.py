"""Mentions of people, organisations and places, and whom or what they name."""

from dataclasses import dataclass
from typing import ClassVar

from testimonia.model.findings import Finding

NAME_TYPES = ("person", "organisation", "place", "role")
"""A `role` is an office ("the Attorney General") that names a person whom the source calls by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Finding):
    """One mention of a name: as printed, and the entity that it names.

    `entity` is the id of whom or what it names; `entity_name` the fullest form of its name, as printed somewhere.
    `type` is one of `NAME_TYPES`. `rivals` are the other entities that it may name as well ("Kennedy" alone, where two
    of them are named): it is given to none of these then. `title` is the title or office beside the name ("President").
    """

    kind: ClassVar[str] = "name"

    name: str
    entity: str
    entity_name: str
    type: str
    rivals: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionCount:
    """How often a source mentions an entity in one form: the fields of `Name`, and how many such mentions there are."""

    source: str
    entity: str
    type: str
    name: str
    entity_name: str
    title: str
    undecided: bool
    count: int
