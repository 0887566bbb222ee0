"""How do the accounts of one point stand to each other?"""

from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.analysis.stances import stance_of
from testimonia.analysis.told import Passage
from testimonia.model.findings import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """The relation, the version number of each account's statement, how sure, and why in words."""

    relation: str
    versions: tuple[int, ...]
    confidence: float
    reason: str


def relate(said: Sequence[Sequence[Passage]], accounts: Sequence[Account]) -> Related:
    """Do these statements, one an account, agree?"""
    if len(said) == 1:
        return Related(relation="single", versions=(0,), confidence=0.5, reason="no other account speaks of it")
    stances = [stance_of(p) for p in said]
    order = sorted(set(stances), key=stances.index)
    versions = tuple(order.index(s) for s in stances)
    if len(order) == 1:
        return Related(relation="agree", versions=versions, confidence=0.4, reason="nothing in them clashes")
    who = [f"{a.teller} {s}" for a, s in zip(accounts, stances, strict=True)]
    return Related(relation="differ", versions=versions, confidence=0.4, reason="; ".join(who))
