"""All accounts of one event, point by point: what each says, who agrees, who contradicts, who is silent and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from testimonia.analysis.alignment import Group, align
from testimonia.analysis.labels import label_of
from testimonia.analysis.likeness import Encoder
from testimonia.analysis.relations import relate
from testimonia.analysis.stances import attribution_of, stance_of, value_of
from testimonia.analysis.told import AccountText, Passage
from testimonia.model.comparison import Comparison, Event, Point, Silence, Statement
from testimonia.model.spans import Anchor
from testimonia.text.anchoring import finding_id

Anchoring = Callable[[str, int, int], Anchor]
VERSIONS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A point before it is judged: the passages of each account that speaks on it, and where in the story it stands."""

    said: dict[int, tuple[int, ...]]
    place: float
    score: float


def compare_accounts(
    event: Event, accounts: Sequence[AccountText], anchor: Anchoring, encoder: Encoder | None = None
) -> Comparison:
    """What does each account say on each point, and how do they stand to each other?

    Points come in the order of the story; a passage that no other account has is a point of one account. The order in
    which accounts are given changes nothing: they are taken in the order of their sources and places. `anchor` cites
    a stretch of a source's reading layer. Without an encoder passages are matched by their words alone.
    """
    ordered = sorted(accounts, key=lambda a: (a.account.source, a.account.span.start, a.account.id))
    rows = [_row_of(g, ordered) for g in align(ordered, encoder)]
    rows += _single_rows(ordered, {m for r in rows for i, ps in r.said.items() for m in ((i, p) for p in ps)})
    rows.sort(key=lambda r: (r.place, sorted(r.said.items())))
    return Comparison(
        event=event,
        accounts=tuple(a.account for a in ordered),
        points=tuple(_point(event, r, ordered, anchor) for r in rows),
    )


def _row_of(group: Group, accounts: Sequence[AccountText]) -> _Row:
    said: dict[int, tuple[int, ...]] = {}
    for account, passage in group.members:
        said[account] = (*said.get(account, ()), passage)
    places = [p / max(1, len(accounts[a].passages)) for a, p in group.members]
    return _Row(said=said, place=sum(places) / len(places), score=group.score)


def _single_rows(accounts: Sequence[AccountText], spoken: set[tuple[int, int]]) -> list[_Row]:
    """The passages that no other account has, those next to each other in a paragraph together."""
    rows = []
    for i, account in enumerate(accounts):
        run: list[int] = []
        for n, passage in enumerate((*account.passages, None)):
            alone = passage is not None and not passage.uncertain and (i, n) not in spoken
            apart = run and passage is not None and account.passages[run[-1]].paragraph != passage.paragraph
            if run and (not alone or apart):
                rows.append(_Row(said={i: tuple(run)}, place=run[0] / len(account.passages), score=0.0))
                run = []
            if alone:
                run.append(n)
    return rows


def _point(event: Event, row: _Row, accounts: Sequence[AccountText], anchor: Anchoring) -> Point:
    said = {i: [accounts[i].passages[n] for n in row.said[i]] for i in sorted(row.said)}
    related = relate([said[i] for i in said], [accounts[i].account for i in said])
    where = [(accounts[i].account.id, p.start, p.end) for i, ps in said.items() for p in ps]
    point_id = finding_id("point", event.id, where)
    statements = []
    for n, (i, passages) in enumerate(said.items()):
        account = accounts[i].account
        statements.append(
            Statement(
                id=finding_id("statement", account.source, account.id, [(p.start, p.end) for p in passages]),
                account=account.id,
                stance=stance_of(passages),
                value=value_of(passages),
                attribution=attribution_of(passages, account),
                anchors=tuple(anchor(account.source, a, b) for a, b in _joined(passages)),
                version=VERSIONS[min(related.versions[n], len(VERSIONS) - 1)],
                clashes=(),
            )
        )
    silences = tuple(_silence(accounts[i]) for i in range(len(accounts)) if i not in said)
    return Point(
        id=point_id,
        label=label_of(list(said.values())),
        relation=related.relation,
        statements=tuple(statements),
        silences=silences,
        confidence=related.confidence,
        reason=related.reason,
    )


def _joined(passages: Sequence[Passage]) -> list[tuple[int, int]]:
    """The stretches to cite: passages of one paragraph that follow on one another are cited together."""
    out: list[tuple[int, int]] = []
    last: Passage | None = None
    for p in passages:
        if last is not None and last.paragraph == p.paragraph and p.start - last.end <= 4:
            out[-1] = (out[-1][0], p.end)
        else:
            out.append((p.start, p.end))
        last = p
    return out


def _silence(account: AccountText) -> Silence:
    for loss in account.losses:
        return Silence(account=account.account.id, reason=loss.reason, evidence=loss.evidence)
    return Silence(account=account.account.id, reason="silent", evidence="no passage of this account speaks of it")
