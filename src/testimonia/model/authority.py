"""Who a person, an organisation or a place is, as an authority file says."""

from dataclasses import dataclass
from typing import ClassVar

from testimonia.model.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityRow:
    """One entry of an authority file as it stands there. `type` is one of `AUTHORITY_TYPES`; "" is what it lacks.

    `name` may be as lists of persons print it, surname first ("Brink, Anna L., Harbour Master until 1931").
    """

    entry: str
    name: str
    type: str
    variants: tuple[str, ...] = ()
    wikidata: str = ""
    viaf: str = ""
    description: str = ""


AUTHORITY_TYPES = ("person", "organisation", "place")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityEntry(Finding):
    """One entry of an authority file that an editor brought in; it belongs to no source and cites no anchor.

    `entry` is the file's own id, `name` has given names first, `type` is "person", "organisation" or "place".
    `wikidata` ("Q42") and `viaf` (digits) are "" where the file gives none.
    """

    kind: ClassVar[str] = "authority"

    entry: str
    name: str
    type: str
    variants: tuple[str, ...] = ()
    wikidata: str = ""
    viaf: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityLink:
    """An entity of the library may be this entry: how sure that is (0 to 1), and why."""

    entity: str
    entry: AuthorityEntry
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Whom or what mentions name, as it stands after the decisions of editors.

    `forms` are the names as printed, each once, sorted; `sources` the SHA-256 of each source with a mention, sorted;
    `undecided` says that another of the same name is meant by some mentions, and nothing says by which. `titles` are
    the titles and offices that stand beside the name, each once, sorted. `mentions` may be left out where there are
    many: `mention_count` says how many.
    """

    id: str
    name: str
    type: str
    forms: tuple[str, ...]
    sources: tuple[str, ...]
    mentions: tuple[str, ...]
    undecided: bool = False
    titles: tuple[str, ...] = ()
    mention_count: int = 0
