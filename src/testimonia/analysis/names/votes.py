"""What speaks for each name of a source, counted, and a name where it was seen."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from testimonia.analysis.names.surnames import is_rare, may_be_slavic

_SPACE = re.compile(r"\s+")
_SLAVIC_WEIGHT = 1.0
_AGAINST_A_PERSON = 1.0
"""All that models may say against a rare word that titles, speech or a full name show to be a person's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A name that was seen in the text: half-open offsets in the reading layer, its type, and what speaks for it.

    `read_as` is the name as the source has it elsewhere, where it is misread here.
    """

    start: int
    end: int
    type: str
    confidence: float
    reason: str
    read_as: str = ""


@dataclass(slots=True)
class Votes:
    """For one name: how much speaks for each type, the titles before it, what is around it, a full name with it.

    `read_as` is the name that this one is, misread.
    """

    by_type: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    titles: Counter[str] = field(default_factory=Counter)
    cues: Counter[str] = field(default_factory=Counter)
    full: str | None = None
    known: bool = False
    read_as: str = ""

    def settle(self, key: str) -> None:
        """Let what the source shows of a rare word ("Mr. Gromarev said") outweigh what models take it for."""
        if self.known or not is_rare(key):
            return
        if may_be_slavic(key) and self.by_type.get("person", 0.0) >= 0.0:
            self.by_type["person"] += _SLAVIC_WEIGHT
        if self.by_type.get("person", 0.0) >= _AGAINST_A_PERSON:
            for kind in ("organisation", "place", "people"):
                if kind in self.by_type:
                    self.by_type[kind] = min(self.by_type[kind], _AGAINST_A_PERSON * 0.9)

    def best(self) -> tuple[str, float]:
        """The type with most votes, and its share of them."""
        total = sum(max(0.0, v) for v in self.by_type.values())
        kind, most = max(self.by_type.items(), key=lambda x: (x[1], x[0]))
        return kind, max(0.0, most) / total if total else 0.0


def fold(name: str) -> str:
    """The name as it is counted: white space as one space, capitals as the first letters only.

    >>> fold("ANNA\\n BRANDT")
    'Anna Brandt'
    """
    name = _SPACE.sub(" ", name)
    return name.title() if name.isupper() and len(name) > 4 else name
