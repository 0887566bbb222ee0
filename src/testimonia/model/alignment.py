"""What an editor makes of a comparison: acts over the machine's proposal, which itself is never changed."""

from dataclasses import dataclass, field

from testimonia.errors import InvalidRecordError
from testimonia.model.comparison import RELATIONS, STANCES, Comparison

ACTIONS = (
    "accept", "reject", "rename", "stance", "relation", "clash", "move", "merge", "split", "add", "cite", "renew",
    "undo",
)  # fmt: skip
CLASHES = ("real", "apparent")
LABEL_CHARACTERS = 500
PASSAGE_CHARACTERS = 4_000
NOTE_CHARACTERS = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a passage stands in the source as received, so that it is found again when the text was repaired since.

    `start` and `end` are half-open code points of the original layer; `quote` is the passage as it read then.
    """

    source: str
    start: int
    end: int
    quote: str

    def is_same(self, other: "Place") -> bool:
        """Do both cite one passage: is more than half of what either cites cited by both, and most of the words alike?

        The words count because a source that was read otherwise (by another OCR engine) has other words at an offset.
        """
        if self.source != other.source:
            return False
        shared = min(self.end, other.end) - max(self.start, other.start)
        whole = max(self.end, other.end) - min(self.start, other.start)
        if 2 * shared <= whole and (self.start, self.end) != (other.start, other.end):
            return False
        if self.quote == other.quote:
            return True
        one, two = set(self.quote.split()), set(other.quote.split())
        return 3 * len(one & two) >= min(len(one), len(two))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A comparison as the machine proposed it, kept as an editor met it.

    `places` are those of the anchors of all statements, point by point, in their order. `originals` are pairs of a
    source and the hash of its original layer: only while that is the same do places mean what they meant.
    """

    comparison: Comparison
    places: tuple[Place, ...]
    originals: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """One editor's reading of one event, by name; beside it there may be others of the same event.

    `proposal` is the key of the proposal over which its acts were made at first, `accounts` the ids of that proposal's
    accounts.
    """

    id: str
    name: str
    editor: str
    at: str
    event: str
    accounts: tuple[str, ...]
    proposal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that an editor did in an alignment: a row that is never overwritten; undo is another row.

    | action | means |
    | --- | --- |
    | accept, reject | the point (the statement, where one is named: rejected, it becomes a point of its own) |
    | rename | the point is called `value` |
    | stance | the statement's stance is `value` |
    | relation | the point's relation is `value` |
    | clash | the clash is `value`: real or apparent |
    | move | the passages `said` go to the point `target` |
    | merge | the point's statements go to the point `target`, and the point goes |
    | split | the passages `said` become a point of their own, called `value` |
    | add | a new point called `value`, behind `point` |
    | cite | the passage `said`, which the machine had missed, is said on the point by the account `target` |
    | renew | the acts go over the proposal whose key is `value` from now on |
    | undo | `undoes` is taken back |

    `was` are the places of all passages of the point when the editor acted on it, `into` those of the target: what an
    act means is found by them where a later proposal gives points other ids.
    """

    id: str
    alignment: str
    editor: str
    at: str
    action: str
    point: str = ""
    statement: str = ""
    target: str = ""
    value: str = ""
    note: str = ""
    was: tuple[Place, ...] = ()
    said: tuple[Place, ...] = ()
    into: tuple[Place, ...] = ()
    undoes: str | None = None

    def __post_init__(self) -> None:
        if self.action not in ACTIONS:
            raise InvalidRecordError(f"{self.action[:40]!r} is no action", hint=f"One of {', '.join(ACTIONS)}")
        allowed = {"stance": STANCES, "relation": RELATIONS, "clash": CLASHES}.get(self.action)
        if allowed is not None and self.value not in allowed:
            raise InvalidRecordError(f"{self.value[:40]!r} is no {self.action}", hint=f"One of {', '.join(allowed)}")
        if self.action in ("rename", "add") and not self.value.strip():
            raise InvalidRecordError("a point needs a name", hint="Write a short question or statement")
        longest = PASSAGE_CHARACTERS if self.action == "cite" else LABEL_CHARACTERS
        if len(self.value) > longest or len(self.note) > NOTE_CHARACTERS:
            raise InvalidRecordError(
                "that is too long",
                hint=f"It may have {longest} characters, a note {NOTE_CHARACTERS}",
            )
        if (self.action == "undo") != (self.undoes is not None):
            raise InvalidRecordError("only an undoing says what it undoes", where=self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What stands decided about a point: `accepted`, `rejected` or `changed`, by whom and when last; the notes made,
    oldest first; and whether its clash is real or apparent, "" where nobody said."""

    decision: str
    editor: str
    at: str
    notes: tuple[str, ...] = ()
    clash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """An act, or a passage, that has no place in the proposal or the text any more, and why. Nothing was done with
    it."""

    why: str
    act: Act | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """A comparison as an editor left it. Rejected points are in it, and `judged` says so; by point id."""

    comparison: Comparison
    judged: dict[str, Judged] = field(default_factory=dict)
    unplaced: tuple[Unplaced, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a later proposal does differently about one point: it is `new`, `gone`, or `changed`, and how, in words.

    `point` is its id in the proposal that has it, the later one where both do.
    """

    kind: str
    point: str
    label: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One act of an alignment: whether it stands, whether it found its place, and what it was about, in words."""

    act: Act
    stands: bool
    about: str
    why_unplaced: str = ""


def standing_acts(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """The acts that no later row undoes, without the undoings, oldest first; `acts` oldest first.

    An undoing can itself be undone: then what it had undone stands again.
    """
    undone: set[str] = set()
    standing: list[Act] = []
    for act in reversed(acts):
        if act.id in undone:
            continue
        if act.undoes is not None:
            undone.add(act.undoes)
        else:
            standing.append(act)
    return tuple(reversed(standing))
