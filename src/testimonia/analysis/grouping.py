"""Which accounts tell of which event, after what editors decided about it?

The machine groups accounts into events; what an editor decides is applied over that, act by act, whenever events are
listed: a rerun changes its groups and no decision. An act names the events that it concerns by id and by the accounts
that they had, so that it finds them under another id too.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from testimonia.model.comparison import Event, Judgement
from testimonia.model.findings import Account
from testimonia.model.steps import Step
from testimonia.text.anchoring import finding_id

STEP = Step(name="grouped by an editor", version="1")
"""The step of events that an editor has changed."""
ACTS = ("merge", "split", "move", "rename")
OF_EVENTS = ("event-", "event change-")
"""How the ids begin that decisions on events are about."""
_HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupingAct:
    """One act on events, as it stands in the `value` of a judgement.

    `event` is the event that stays, `was` its accounts when the editor saw it. `accounts` are those of the `other`
    event (merge), those that leave (split), or those that come (move); `title` is the new name (rename).
    """

    act: str
    event: str
    was: tuple[str, ...]
    accounts: tuple[str, ...] = ()
    other: str = ""
    title: str = ""

    def written(self) -> str:
        """The act as text, for a judgement."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """The events as editors left them; and for each decision that does nothing here, by its id, why."""

    events: tuple[Event, ...]
    unplaced: Mapping[str, str]


def read_act(judgement: Judgement) -> GroupingAct | None:
    """The act of a decision on an event; None where it only accepts or rejects.

    >>> act = GroupingAct(act="rename", event="event-1", was=("a", "b"), title="A talk")
    >>> row = Judgement(id="1", finding="event-1", decision="changed", editor="e", at="now", value=act.written())
    >>> read_act(row) == act
    True
    """
    if not judgement.value or not judgement.finding.startswith(OF_EVENTS):
        return None
    fields = json.loads(judgement.value)
    return GroupingAct(
        act=fields["act"], event=fields["event"], was=tuple(fields["was"]), accounts=tuple(fields["accounts"]),
        other=fields["other"], title=fields["title"],
    )  # fmt: skip


def standing_rows(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """The decisions on events that no later row takes back, oldest first; `judgements` oldest first."""
    undone: set[str] = set()
    standing = []
    for row in reversed(judgements):
        if row.id in undone or not row.finding.startswith(OF_EVENTS):
            continue
        if row.undoes is not None:
            undone.add(row.undoes)
        else:
            standing.append(row)
    return tuple(reversed(standing))


def part_of(judgement: Judgement) -> str:
    """The id of the event that this decision has split off."""
    return finding_id("event", "", "split", judgement.id)


@dataclass(slots=True)
class _Group:
    """One event while acts are applied."""

    id: str
    members: list[str]
    event: Event | None = None
    title: str = ""
    when: str | None = None
    why: list[str] = field(default_factory=list)


class _NotPlacedError(Exception):
    """An act has no place here; the words say why."""


def follow_acts(events: Sequence[Event], accounts: Mapping[str, Account], rows: Iterable[Judgement]) -> Grouped:
    """The events as these decisions leave them, in their order, those split off behind the others.

    `accounts` are all of the library, by id; `rows` are decisions that stand, oldest first. No account is lost: one
    that leaves an event stands in another. An event that has no account left is not listed.
    """
    groups = {e.id: _Group(id=e.id, members=list(e.accounts), event=e, title=e.title, when=e.when) for e in events}
    unplaced: dict[str, str] = {}
    for row in rows:
        act = read_act(row)
        if act is None:
            continue
        try:
            _DOES[act.act](groups, act, row, accounts)
        except _NotPlacedError as error:
            unplaced[row.id] = str(error)
    made = tuple(_event(g, accounts) for g in groups.values() if g.members)
    return Grouped(events=made, unplaced=unplaced)


def _merge(groups: dict[str, _Group], act: GroupingAct, row: Judgement, accounts: Mapping[str, Account]) -> None:
    kept = _found(groups, act.event, act.was)
    if set(act.accounts) <= set(kept.members):
        return  # the machine has joined them meanwhile
    other = _found(groups, act.other, act.accounts)
    if other is kept:
        return
    kept.members += [a for a in other.members if a not in kept.members]
    kept.when = kept.when or other.when
    kept.why += [*other.why, f"{row.editor} decided that {other.title!r} is the same"]
    del groups[other.id]


def _split(groups: dict[str, _Group], act: GroupingAct, row: Judgement, accounts: Mapping[str, Account]) -> None:
    whole = _found(groups, act.event, (*act.was,))
    leaving = [a for a in act.accounts if a in whole.members]
    if not leaving:
        raise _NotPlacedError("none of these accounts is in the event any more")
    whole.members = [a for a in whole.members if a not in leaving]
    whole.why.append(f"{row.editor} took {_tellers(leaving, accounts)} out")
    title = " / ".join(dict.fromkeys(accounts[a].title for a in leaving if a in accounts))
    part = _Group(id=part_of(row), members=leaving, title=title)
    part.why.append(f"{row.editor} decided that this is another event than {whole.title!r}")
    groups[part.id] = part


def _move(groups: dict[str, _Group], act: GroupingAct, row: Judgement, accounts: Mapping[str, Account]) -> None:
    target = _found(groups, act.event, act.was)
    coming = [a for a in act.accounts if a in accounts]
    if not coming:
        raise _NotPlacedError("these accounts are not in the library any more")
    for group in groups.values():
        left = [a for a in group.members if a not in coming]
        if group is not target and len(left) < len(group.members):
            group.why.append(f"{row.editor} moved {_tellers(coming, accounts)} to {target.title!r}")
            group.members = left
    target.members += [a for a in coming if a not in target.members]
    target.why.append(f"{row.editor} moved {_tellers(coming, accounts)} here")


def _rename(groups: dict[str, _Group], act: GroupingAct, row: Judgement, accounts: Mapping[str, Account]) -> None:
    group = _found(groups, act.event, act.was)
    group.title = act.title
    group.why.append(f"{row.editor} gave the title")


_DOES = {"merge": _merge, "split": _split, "move": _move, "rename": _rename}


def _found(groups: Mapping[str, _Group], name: str, was: Sequence[str]) -> _Group:
    """The event of this id; else the only one that has most of the accounts that it had, and few others."""
    if name in groups:
        return groups[name]
    had = set(was)
    alike = sorted(
        (
            (len(had & set(g.members)) / len(had | set(g.members)), g.id)
            for g in groups.values()
            if had | set(g.members)
        ),
        reverse=True,
    )
    if not alike or alike[0][0] <= _HALF:
        raise _NotPlacedError("no event has the accounts that this one had")
    return groups[alike[0][1]]


def _tellers(names: Iterable[str], accounts: Mapping[str, Account]) -> str:
    return ", ".join(accounts[a].teller for a in names if a in accounts)


def _event(group: _Group, accounts: Mapping[str, Account]) -> Event:
    if group.event is not None and not group.why:
        return group.event
    members = [accounts[a] for a in group.members if a in accounts]
    ordered = sorted(members, key=lambda a: (a.source, a.span.start, a.id))
    before = [group.event.reason] if group.event is not None else []
    made = Event(
        id=group.id,
        source=ordered[0].source if ordered else "",
        anchors=tuple(x for a in ordered for x in a.anchors[:1]),
        step=STEP,
        confidence=1.0,
        reason="; ".join([*group.why, *before]),
        title=group.title,
        when=group.when,
        place=None,
        accounts=tuple(a.id for a in ordered) or tuple(group.members),
    )
    return made if group.event is None else replace(made, place=group.event.place)
