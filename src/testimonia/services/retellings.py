"""In which order was an event told, and what did one teller drop or add when telling it again?"""

from collections import Counter
from dataclasses import dataclass

from testimonia.analysis.tellings import Told, find_tellings
from testimonia.chronology.extent import extent_of
from testimonia.model.comparison import Comparison, Point
from testimonia.model.findings import Account
from testimonia.services.timeline import bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Retelling:
    """One account in the order of telling.

    `when` is EDTF: when it was told, else published; None where nobody knows. `again` is the teller's telling before
    this one, None for the first; then `dropped` are points that the earlier one speaks on and this one does not,
    `added` the other way round, and `kept` is how many both speak on.
    """

    account: Account
    when: str | None
    years: str
    points: int
    again: Account | None = None
    dropped: tuple[Point, ...] = ()
    added: tuple[Point, ...] = ()
    kept: int = 0


def retellings(comparison: Comparison) -> tuple[Retelling, ...]:
    """The accounts by the latest moment at which each can have been told, the undated last."""
    points = {p.id: p for p in comparison.points}
    spoken = Counter(s.account for p in comparison.points for s in p.statements)
    found = []
    for teller in find_tellings(comparison):
        earlier: Told | None = None
        for told in teller.told:
            account = told.account
            when = account.told or account.published
            found.append(
                Retelling(
                    account=account,
                    when=when,
                    years=years_between(comparison.event.when, when),
                    points=spoken[account.id],
                    again=earlier.account if earlier is not None else None,
                    dropped=tuple(points[name] for name in told.dropped),
                    added=tuple(points[name] for name in told.added),
                    kept=len(told.kept),
                )
            )
            earlier = told
    return tuple(sorted(found, key=lambda r: (_told_by(r.account), r.account.first_line)))


def years_between(event: str | None, told: str | None) -> str:
    """How long after it happened was it told, in words? "" where one of the dates says too little.

    >>> years_between("1884-02-03", "1899~"), years_between("1884-02-03", "1884-03"), years_between(None, "1899")
    ('about 15 years later', 'the same year', '')
    >>> years_between("1884-02-03", "../1902")
    'at most 18 years later'
    >>> years_between("1884-02-03", "1884-02-04"), years_between("1884-02-03", "1884-12-01")
    ('1 day later', '10 months later')
    """
    if event is None or told is None or (happened := extent_of(event)) is None:
        return ""
    earliest, latest = bounds(told)
    if latest is None:
        return ""
    began, ended = happened.earliest.replace(tzinfo=None), happened.latest.replace(tzinfo=None)
    if earliest is not None and earliest.date() == latest.date() and began.date() == ended.date():
        days = (latest.date() - began.date()).days
        if 0 < days < 366:
            return f"{_counted(days, 'day')} later" if days < 60 else f"{round(days / 30.44)} months later"
    years = latest.year - began.year
    if earliest is None:
        return f"at most {_counted(years, 'year')} later" if years > 0 else "the same year"
    least = earliest.year - began.year
    if years < 0:
        return "before it happened"
    if years == 0:
        return "the same year"
    if least == years:
        return f"{_counted(years, 'year')} later"
    middle = (least + years) // 2
    return (
        f"about {_counted(max(1, middle), 'year')} later"
        if years - least <= 6
        else f"{max(0, least)} to {years} years later"
    )


def _counted(count: int, unit: str) -> str:
    return f"1 {unit}" if count == 1 else f"{count} {unit}s"


def _told_by(account: Account) -> str:
    when = account.told or account.published
    latest = bounds(when)[1] if when else None
    return latest.isoformat() if latest is not None else "9999"
