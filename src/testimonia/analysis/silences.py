"""Why does an account say nothing on a point?"""

from collections.abc import Sequence

from testimonia.analysis.told import AccountText, Loss
from testimonia.chronology.printed import find_dates
from testimonia.model.comparison import Silence


def explain_silence(account: AccountText, before: int | None, after: int | None, others: Sequence[str]) -> Silence:
    """Which reason can be given, and on what evidence?

    `before` and `after` are where, in its reading layer, the account stands on the points before and after this one in
    the story (None where it says nothing there any more); `others` is what other accounts say on the point. What was
    whited out between its neighbours is `redacted`; with a page of the account lost nobody can say that it is silent;
    what happened after the telling it could not know. Else it is silent.
    """
    name = account.account.id
    for loss in account.losses:
        if loss.reason == "redacted" and _between(loss, before, after):
            return Silence(account=name, reason="redacted", evidence=f"a stretch is withheld here, {loss.evidence}")
    lost = [x for x in account.losses if x.reason == "page lost"]
    if lost:
        nearest = next((x for x in lost if _between(x, before, after)), lost[0])
        return Silence(account=name, reason="page lost", evidence=nearest.evidence)
    told = account.account.told
    if told is not None and (later := _later_date(told, others)) is not None:
        return Silence(account=name, reason="could not know", evidence=f"told {told}, before {later}")
    return Silence(account=name, reason="silent", evidence="no passage of this account was found to speak of it")


def _between(loss: Loss, before: int | None, after: int | None) -> bool:
    """Does the loss lie between the neighbours in the story? With none on a side the account's end is meant."""
    if before is None and after is None:
        return False
    return (before is None or before <= loss.start) and (after is None or loss.start <= after)


def _later_date(told: str, others: Sequence[str]) -> str | None:
    """A day that what the others say names, wholly after the telling."""
    last_day = told.rsplit("/", 1)[-1]
    if len(last_day) < 10 or not last_day[:4].isdigit():
        return None
    dates = [d.edtf for text in others for d in find_dates(text, near_year=int(last_day[:4]))]
    days = sorted(d.split("/", 1)[0] for d in dates if len(d) >= 10)
    return days[0] if days and days[0] > last_day else None
