"""The comparison as a matrix: stances and bases, a sign a cell."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from testimonia.model.alignment import Judged
from testimonia.model.comparison import RELATIONS, Comparison, Point, Statement
from testimonia.model.findings import Account
from testimonia.web.compare_grid import NOTHING, ordered_accounts

SIGNS = {"affirms": "+", "denies": "−", "qualifies": "±"}
SILENT_SIGNS = {
    "silent": "·",
    "not there": "○",
    "could not know": "∅",
    "page lost": "✂",
    "redacted": "█",
    "not read": "?",
}
BASES = {"took part": "saw", "was told": "told", "infers": "infers", "comments": "comments"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One cell: the sign of a stance with the letter of its version and its basis, or the sign of a silence.

    `words` say the same in words.
    """

    account: str
    stance: str
    sign: str
    version: str
    basis: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One point as signs."""

    point: Point
    number: int
    signs: tuple[Sign, ...]
    judged: Judged | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A comparison as signs; `accounts` are the columns."""

    accounts: tuple[Account, ...]
    rows: tuple[MatrixRow, ...]


def lay_out_matrix(
    comparison: Comparison, *, relations: Collection[str] = RELATIONS, by_telling: bool = False,
    judged: Mapping[str, Judged] = NOTHING,
) -> Matrix:  # fmt: skip
    """What does the Matrix show? Points of these relations, accounts in the order asked for."""
    accounts = ordered_accounts(comparison, by_telling=by_telling)
    return Matrix(
        accounts=accounts,
        rows=tuple(
            MatrixRow(point=p, number=n, signs=tuple(_sign(p, a) for a in accounts), judged=judged.get(p.id))
            for n, p in enumerate(comparison.points, 1)
            if p.relation in relations
        ),
    )


def basis_of(account: Account, statement: Statement) -> str:
    """On what does the teller's statement rest? What another said was told to them, whatever they took part in."""
    if statement.hearsay or len(statement.attribution) > 1:
        return "told"
    return BASES.get(account.basis or "", "")


def _sign(point: Point, account: Account) -> Sign:
    for s in point.statements:
        if s.account == account.id:
            basis = basis_of(account, s)
            words = f"{account.teller} {s.stance}, version {s.version}" + (f", {basis}" if basis else "")
            return Sign(
                account=account.id, stance=s.stance, sign=SIGNS[s.stance], version=s.version, basis=basis, words=words
            )
    reason = next((s.reason for s in point.silences if s.account == account.id), "not read")
    return Sign(
        account=account.id, stance="", sign=SILENT_SIGNS[reason], version="", basis="",
        words=f"{account.teller}: {reason}",
    )  # fmt: skip
