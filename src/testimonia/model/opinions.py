"""What a model outside proposes about a comparison, where the user has one."""

from dataclasses import dataclass
from typing import ClassVar

from testimonia.model.findings import Finding

KINDS = ("label", "relation", "stance", "claim")
SLOTS = ("who", "did", "to_whom", "when", "where", "how_many", "polarity")
POLARITIES = ("affirmed", "denied")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion(Finding):
    """One thing that a model proposes about a point; its anchors are the words that it rests on.

    `about` is one of `KINDS`; `value` is the label, the relation, the stance, or for a claim what was done. `account`
    is None for what is said of the whole point. `slots` of a claim are `(name of SLOTS, value)`. `model` is the name
    under which the endpoint knows the model.
    """

    kind: ClassVar[str] = "opinion"

    point: str
    about: str
    value: str
    account: str | None
    model: str
    slots: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Something that a model answered and that is not kept: which rule it broke (a stable code), and how in words."""

    code: str
    why: str
