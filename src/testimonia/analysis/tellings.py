"""Who told it more than once, how long after the event, and what was dropped or added between?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from testimonia.analysis.claims.persons import same_person
from testimonia.chronology.extent import extent_of
from testimonia.model.comparison import Comparison
from testimonia.model.findings import Account

_DAYS_A_YEAR = 365.25
_LATE = "9999"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One account as a telling. `after_years` is from the earliest to the latest that it can have been told after the
    event (the first is None where nothing says how early), None where a date is missing. `dropped` are the points on
    which the telling before it by the same teller speaks and this one does not, `added` the other way round, `kept`
    those on which both speak: ids of points; all are empty for a teller's first telling."""

    account: Account
    after_years: tuple[float | None, float] | None
    dropped: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tellings:
    """All tellings of one event by one teller, in the order of their time, the undated last."""

    teller: str
    told: tuple[Told, ...]


def find_tellings(comparison: Comparison) -> tuple[Tellings, ...]:
    """The tellings of an event, teller by teller: who told it first comes first."""
    event = comparison.event
    out = []
    for group in group_tellers(comparison.accounts):
        told = []
        for earlier, account in zip((None, *group), group, strict=False):
            here, there = _points(comparison, account), _points(comparison, earlier) if earlier is not None else ()
            again = earlier is not None
            told.append(
                Told(
                    account=account,
                    after_years=told_after_years(event.when, account.told or account.published),
                    dropped=tuple(p for p in there if p not in here),
                    added=tuple(p for p in here if p not in there) if again else (),
                    kept=tuple(p for p in here if p in there),
                )
            )
        out.append(Tellings(teller=max((a.teller for a in group), key=lambda t: (len(t), t)), told=tuple(told)))
    return tuple(sorted(out, key=lambda t: (_time(t.told[0].account), t.teller)))


def group_tellers(accounts: Iterable[Account]) -> list[list[Account]]:
    """The accounts by teller, each group in the order of telling.

    One teller's name may be printed in several ways ('R. Hale', 'Robert Hale'). A name that fits two others, which do
    not fit each other, is grouped with neither.
    """
    ordered = sorted(accounts, key=lambda a: (_time(a), a.source, a.span.start, a.id))
    groups: list[list[Account]] = []
    for account in sorted(ordered, key=lambda a: (-len(a.teller), a.teller)):
        fitting = [g for g in groups if all(is_same_teller(account.teller, a.teller) for a in g)]
        if len(fitting) == 1:
            fitting[0].append(account)
        else:
            groups.append([account])
    rank = {a.id: n for n, a in enumerate(ordered)}
    for group in groups:
        group.sort(key=lambda a: rank[a.id])
    return sorted(groups, key=lambda g: rank[g[0].id])


def is_same_teller(one: str, other: str) -> bool:
    """Do these names mean one teller? Two who tell together are one only with the same two.

    >>> is_same_teller("R. Hale", "Robert Hale"), is_same_teller("Ott and Hale", "Hale"), is_same_teller("Ott", "OTT")
    (True, False, True)
    """
    if " ".join(one.split()).casefold() == " ".join(other.split()).casefold():
        return True
    return bool(same_person(one, other))


def told_after_years(happened: str | None, told: str | None) -> tuple[float | None, float] | None:
    """From how many to how many years after it happened was it told (both EDTF)? None where a date says too little.

    >>> told_after_years("1884-02-03", "1899"), told_after_years("1884-02-03", "../1902")
    ((14.9, 15.9), (None, 18.9))
    >>> told_after_years(None, "1899")
    """
    if happened is None or told is None or (event := extent_of(happened)) is None:
        return None
    open_start = told.startswith("../")
    telling = extent_of(told.removeprefix("../"))
    if telling is None:
        return None
    began, ended = event.earliest.replace(tzinfo=None), event.latest.replace(tzinfo=None)
    first, last = telling.earliest.replace(tzinfo=None), telling.latest.replace(tzinfo=None)
    latest = round(max(0.0, (last - began).days / _DAYS_A_YEAR), 1)
    return (None if open_start else round(max(0.0, (first - ended).days / _DAYS_A_YEAR), 1)), latest


def _points(comparison: Comparison, account: Account) -> tuple[str, ...]:
    return tuple(p.id for p in comparison.points if any(s.account == account.id for s in p.statements))


def _time(account: Account) -> str:
    """When it was told, as far as it can be put in order: the latest moment; else when it was published."""
    when = account.told or account.published
    extent = extent_of(when.removeprefix("../")) if when else None
    return extent.latest.replace(tzinfo=None).isoformat() if extent is not None else _LATE


def same_teller_as(accounts: Sequence[Account]) -> dict[str, tuple[str, ...]]:
    """For each account the ids of the others by the same teller, in the order of telling."""
    return {a.id: tuple(b.id for b in g if b is not a) for g in group_tellers(accounts) for a in g}
