"""One sentence of an account as a claim: who, did or said what, to whom, when, where, how many, on whose word."""

from dataclasses import dataclass
from typing import ClassVar

from testimonia.errors import InvalidRecordError
from testimonia.model.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time that a claim names, as printed. `of` is `day`, `weekday`, `time of day` or `deadline`; `edtf` is set for
    days. For the others `earliest` and `latest` are bounds: days of the week from 0, or minutes after midnight."""

    printed: str
    of: str
    edtf: str | None
    earliest: float
    latest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HowMany:
    """A number of something, as printed, and between which bounds it lies (`most` is None where it is open)."""

    printed: str
    of: str
    least: float
    most: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Finding):
    """One clause of an account, read as a claim; `anchors` cite it.

    `account` is the id of the account. `act` is the kind of act (offer, promise, request, statement, arrival, ...;
    `act` where the table of verbs has none), `verb` its plain form. `who` and `to_whom` are resolved as far as the
    text makes that clear, `who_printed` is as printed. `denied` is its polarity. `certainty` is `sure`, `hedged`,
    `conditional`, `intended` or `asked`. `attribution` is who says that who said, the teller first; `hearsay` is how
    many stand between the teller and the claim. `told_as` is `narrative`, `comment`, `paraphrase` or `quotation`.
    """

    kind: ClassVar[str] = "claim"

    account: str
    act: str
    verb: str
    who: str | None
    who_printed: str | None
    to_whom: str | None
    what: tuple[str, ...]
    when: tuple[When, ...]
    where: tuple[str, ...]
    how_many: tuple[HowMany, ...]
    denied: bool
    certainty: str
    attribution: tuple[str, ...]
    told_as: str

    def __post_init__(self) -> None:
        Finding.__post_init__(self)
        if not self.attribution:
            raise InvalidRecordError("a claim stands on somebody's word", where=self.id)

    @property
    def hearsay(self) -> int:
        """How many stand between the teller and what is claimed; 0 for the teller's own word."""
        return len(self.attribution) - 1
