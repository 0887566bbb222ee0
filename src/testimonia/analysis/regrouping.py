"""Which events may be one, and which accounts may tell of something else than the event they are grouped with?"""

from collections.abc import Mapping, Sequence
from statistics import median

from testimonia.analysis.events import mean_of, nearness, weigh_accounts
from testimonia.analysis.told import AccountText
from testimonia.chronology.extent import extent_of
from testimonia.model.comparison import Event, EventChange
from testimonia.model.findings import Account
from testimonia.model.steps import Step
from testimonia.text.anchoring import finding_id

STEP = Step(name="regrouping", version="1")
# Events that are joined by themselves are nearer; strangers are farther apart.
_NEAR_ENOUGH_TO_ASK, _SAME_DAY_HELPS = 0.25, 0.1
# An account this much farther from the others than they are from each other may not be of their event.
_FAR, _FARTHEST = 0.4, 0.12
_FEWEST_TO_SPLIT = 3


def propose_changes(
    events: Sequence[Event], accounts: Mapping[str, Account], texts: Mapping[str, AccountText]
) -> tuple[EventChange, ...]:
    """The merges and splits of events that an editor should look at, the surest first, each with its reason.

    Two events may be one where their words are near and no dates speak against it. An account may be of another event
    where its words are far from those of all others, or where it was told before the thing happened. `accounts` and
    `texts` are by the ids of accounts.
    """
    known = [e for e in events if all(a in texts for a in e.accounts)]
    weights = weigh_accounts([accounts[a] for e in known for a in e.accounts], texts)
    means = [mean_of([weights[a] for a in e.accounts]) for e in known]
    found = []
    for i, one in enumerate(known):
        for j in range(i + 1, len(known)):
            change = _merge(one, known[j], nearness(means[i], means[j]))
            found += [change] if change is not None else []
        for name in one.accounts:
            change = _split(one, accounts[name], weights)
            found += [change] if change is not None else []
    return tuple(sorted(found, key=lambda c: (-c.confidence, c.id)))


def _merge(one: Event, other: Event, near: float) -> EventChange | None:
    same_day = one.when is not None and one.when == other.when
    if near + _SAME_DAY_HELPS * same_day < _NEAR_ENOUGH_TO_ASK or _days_apart(one.when, other.when):
        return None
    reason = f"their accounts have many rare words in common (likeness {near:.2f})"
    if same_day:
        reason += f", and both are of {one.when}"
    return _change("merge", (one, other), (), 0.3 + near + _SAME_DAY_HELPS * same_day, reason)


def _split(event: Event, account: Account, weights: Mapping[str, Mapping[str, float]]) -> EventChange | None:
    if (early := _told_before(account, event.when)) is not None:
        return _change("split", (event,), (account,), 0.7, early)
    others = [a for a in event.accounts if a != account.id]
    if len(others) < _FEWEST_TO_SPLIT:
        return None
    own = nearness(weights[account.id], mean_of([weights[a] for a in others]))
    usual = median(nearness(weights[a], mean_of([weights[b] for b in event.accounts if b != a])) for a in others)
    if own >= _FARTHEST or own >= _FAR * usual:
        return None
    reason = f"its words are far from those of the other accounts (likeness {own:.2f}, theirs {usual:.2f})"
    return _change("split", (event,), (account,), 0.5 - own, reason)


def _told_before(account: Account, when: str | None) -> str | None:
    """Was it told before the event, so that it can't tell of it?"""
    told, happened = extent_of(account.told or ""), extent_of(when or "")
    if told is None or happened is None:
        return None
    if told.latest.replace(tzinfo=None) >= happened.earliest.replace(tzinfo=None):
        return None
    return f"it was told {account.told}, before {when}"


def _days_apart(one: str | None, other: str | None) -> bool:
    """Are both dated, and on days that do not meet?"""
    first, second = extent_of(one or ""), extent_of(other or "")
    if first is None or second is None:
        return False
    return first.latest.date() < second.earliest.date() or second.latest.date() < first.earliest.date()


def _change(
    what: str, events: Sequence[Event], accounts: Sequence[Account], confidence: float, reason: str
) -> EventChange:
    cited = accounts or events
    return EventChange(
        id=finding_id("event change", events[0].source, what, *(e.id for e in events), *(a.id for a in accounts)),
        source=events[0].source,
        anchors=tuple(x for c in cited for x in c.anchors[:1]),
        step=STEP,
        confidence=round(min(0.9, confidence), 3),
        reason=reason,
        what=what,
        events=tuple(e.id for e in events),
        accounts=tuple(a.id for a in accounts),
    )
