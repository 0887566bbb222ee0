"""All accounts of one event, point by point: what each says, who agrees, who contradicts, who is silent and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from testimonia.analysis.alignment import STRETCH_WORDS, align
from testimonia.analysis.claims.find import TypedClaim, find_claims
from testimonia.analysis.claims.persons import Persons
from testimonia.analysis.happenings import describe_event, find_scenes
from testimonia.analysis.joining import version_called
from testimonia.analysis.labels import Labels
from testimonia.analysis.likeness import Encoder
from testimonia.analysis.people import People
from testimonia.analysis.relations import DENIAL, Related, Words, relate
from testimonia.analysis.relations.agreement import are_answers, relate_answers
from testimonia.analysis.silences import Around, comings_and_goings, explain_silence, neighbours
from testimonia.analysis.stances import is_granted, stance_of
from testimonia.analysis.story import order_rows
from testimonia.analysis.told import AccountText, Passage
from testimonia.analysis.words import stem
from testimonia.model.comparison import Comparison, Event, Point, Silence, Statement
from testimonia.model.spans import Anchor
from testimonia.text.anchoring import finding_id

Anchoring = Callable[[str, int, int], Anchor]
_MOST_WORDS_ALONE = 2 * STRETCH_WORDS
# A difference of stances alone is less sure than one of values.
_UNSURE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A point before it is judged: the numbers of each account's passages that speak on it, and how near they are."""

    said: dict[int, tuple[int, ...]]
    near: float
    whole: bool = False  # each account as a whole: an answer


def compare_accounts(
    event: Event, accounts: Sequence[AccountText], anchor: Anchoring, encoder: Encoder | None = None
) -> Comparison:
    """What does each account say on each point, and how do they stand to each other?

    Points come in the order of the story; a passage that no other account has is a point of one account. The order in
    which accounts are given changes nothing: they are taken in the order of their sources and places. `anchor` cites
    a stretch of a source's reading layer. Without an encoder passages are matched by their letters alone. Many short
    answers to one question are one point, whose versions say who agrees.
    """
    ordered = sorted(accounts, key=lambda a: (a.account.source, a.account.span.start, a.account.id))
    rows = (
        [_one_row(ordered)]
        if are_answers(ordered)
        else [_Row(said=_by_account(g.members), near=g.score) for g in align(ordered, encoder)]
    )
    rows += _single_rows(ordered, {(a, n) for r in rows for a, said in r.said.items() for n in said})
    order = order_rows([{a: said[0] for a, said in r.said.items()} for r in rows])
    writer = _Writer(event, ordered, anchor, encoder)
    points = writer.points([rows[n] for n in order])
    return Comparison(
        event=writer.event(),
        accounts=tuple(a.account for a in ordered),
        points=points,
        scenes=find_scenes(points, writer.claims_of(points, [rows[n] for n in order])),
    )


def _one_row(answers: Sequence[AccountText]) -> _Row:
    """All that can be read of all answers."""
    said = {a: tuple(n for n, p in enumerate(x.passages) if not p.uncertain) for a, x in enumerate(answers)}
    return _Row(said={a: numbers for a, numbers in said.items() if numbers}, near=0.0, whole=True)


def _by_account(members: Sequence[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    said: dict[int, tuple[int, ...]] = {}
    for account, passage in sorted(members):
        said[account] = (*said.get(account, ()), passage)
    return said


def _single_rows(accounts: Sequence[AccountText], spoken: set[tuple[int, int]]) -> list[_Row]:
    """The passages that no other account has, those next to each other in a paragraph together."""
    rows = []
    for i, account in enumerate(accounts):
        run: list[int] = []
        words = 0
        for n, passage in enumerate((*account.passages, None)):
            alone = passage is not None and not passage.uncertain and (i, n) not in spoken
            size = len(passage.text.split()) if passage is not None else 0
            apart = run and passage is not None and account.passages[run[-1]].paragraph != passage.paragraph
            if run and (not alone or apart or words + size > _MOST_WORDS_ALONE):
                rows.append(_Row(said={i: tuple(run)}, near=0.0))
                run, words = [], 0
            if alone:
                run.append(n)
                words += size
    return rows


class _Writer:
    """Makes points of rows."""

    def __init__(
        self, event: Event, accounts: Sequence[AccountText], anchor: Anchoring, encoder: Encoder | None
    ) -> None:
        self._event = event
        self._encoder = encoder
        self._accounts = accounts
        self._anchor = anchor
        texts = [[p.text for p in a.passages] for a in accounts]
        people = People(texts, [a.account.teller for a in accounts])
        self._ignored = frozenset(stem(n) for n in people.principals)
        self._labels = Labels([t for ts in texts for t in ts], self._ignored)
        persons = self._persons = Persons(texts, [a.account.teller for a in accounts], people)
        self._claims = [find_claims(a, persons) for a in accounts]
        # Asked for each silence: all claims of a long account would be gone through a thousand times.
        self._moves = [comings_and_goings(c.claims) for c in self._claims]

    def event(self) -> Event:
        """The event with what its accounts say of it."""
        return describe_event(self._event, self._accounts, [c.claims for c in self._claims], self._persons)

    def claims_of(self, points: Sequence[Point], rows: Sequence[_Row]) -> dict[str, tuple[TypedClaim, ...]]:
        """The claims of each point, by its id."""
        return {
            point.id: tuple(c for a in sorted(row.said) for c in self._claims[a].of(row.said[a]))
            for point, row in zip(points, rows, strict=True)
        }

    def points(self, rows: Sequence[_Row]) -> tuple[Point, ...]:
        """The points of the rows, in their order."""
        around = [neighbours([row.said.get(a) for row in rows], account)
                  for a, account in enumerate(self._accounts)]  # fmt: skip
        return tuple(self._point(row, [near[n] for near in around]) for n, row in enumerate(rows))

    def _point(self, row: _Row, around: Sequence[Around]) -> Point:
        accounts = sorted(row.said)
        said = [[self._accounts[a].passages[n] for n in row.said[a]] for a in accounts]
        tellers = [self._accounts[a].account.teller for a in accounts]
        claims = [self._claims[a].of(row.said[a]) for a in accounts]
        if row.whole and len(said) > 1:
            related = relate_answers(said, tellers, self._ignored, claims, self._encoder)
        else:
            related = relate(said, tellers, self._ignored, row.near, claims)
        asserted = [c.words[1].text for c in related.clashes] if related.clashes else []
        label = self._labels.name(said, asserted)
        stances = [_stance(place, passages, label, related, self._ignored) for place, passages in enumerate(said)]
        if related.relation == "agree" and not row.whole and "denies" in stances and set(stances) != {"denies"}:
            related = _differing(stances, tellers, label, related)
        silences: list[Silence] = []
        others = [p.text for passages in said for p in passages]
        for a, account in enumerate(self._accounts):
            if a not in row.said:
                silences.append(explain_silence(account, around[a], others, self._moves[a]))
        where = [
            (self._accounts[a].account.id, p.start, p.end) for a, ps in zip(accounts, said, strict=True) for p in ps
        ]
        return Point(
            id=finding_id("point", self._event.id, where),
            label=label,
            relation=related.relation,
            statements=tuple(
                self._statement(a, row.said[a], place, label, stances[place], related)
                for place, a in enumerate(accounts)
            ),
            silences=tuple(silences),
            confidence=related.confidence,
            reason=related.reason,
            weight=related.weight,
            clash_kind=related.clashes[0].kind if related.clashes else "",
        )

    def _statement(
        self, a: int, numbers: Sequence[int], place: int, label: str, stance: str, related: Related
    ) -> Statement:
        account = self._accounts[a].account
        passages = [self._accounts[a].passages[n] for n in numbers]
        stretches = _joined(passages)
        chains = self._claims[a].chains
        chain = list(chains[numbers[0]])
        for n in numbers[1:]:
            chain += [who for who in chains[n] if who not in chain]
        claims = self._claims[a].of(numbers)
        mine = [w for c in related.clashes for at, w in zip((c.one, c.other), c.words, strict=True) if at == place]
        clashes = {
            (k, w.start - start, w.end - start)
            for w in mine
            for k, (start, end) in enumerate(stretches)
            if start <= w.start and w.end <= end
        }
        return Statement(
            id=finding_id("statement", account.source, account.id, [(p.start, p.end) for p in passages]),
            account=account.id,
            stance=stance,
            value=mine[0].text if mine else self._labels.central(passages, label),
            attribution=tuple(chain),
            anchors=tuple(self._anchor(account.source, start, end) for start, end in stretches),
            version=version_called(related.versions[place]),
            clashes=tuple(sorted(clashes)),
            hearsay=min((len(chains[n]) - 1 for n in numbers), default=0),
            told_as=_told_as(claims),
        )


def _told_as(claims: Sequence[TypedClaim]) -> str:
    """How most of the claims are told; narrative where there are none."""
    kinds = [c.told for c in claims]
    return max(dict.fromkeys(kinds), key=kinds.count, default="narrative")


def _stance(place: int, passages: Sequence[Passage], label: str, related: Related, ignored: frozenset[str]) -> str:
    """Who denies in a clash denies the point, which is called by what the other says; else the words decide."""
    denials = [c for c in related.clashes if c.kind == DENIAL]
    denying, saying = any(c.one == place for c in denials), any(c.other == place for c in denials)
    if denying != saying:
        granted = [_is_granted(passages, c.words[0]) for c in denials if c.one == place]
        return ("qualifies" if all(granted) else "denies") if denying else "affirms"
    return stance_of(passages, label, ignored)


def _is_granted(passages: Sequence[Passage], words: Words) -> bool:
    """Are these words of a denial only granted in passing?"""
    return any(p.start <= words.start < p.end and is_granted(p.text, words.start - p.start) for p in passages)


def _differing(stances: Sequence[str], tellers: Sequence[str], label: str, related: Related) -> Related:
    """What is left where no two values clash, but one account denies what the point says and another does not."""
    order = list(dict.fromkeys(stances))
    sides = "; ".join(
        f"{', '.join(t for t, s in zip(tellers, stances, strict=True) if s == stance)}: {stance}" for stance in order
    )
    return Related(
        relation="differ",
        versions=tuple(order.index(s) for s in stances),
        clashes=(),
        confidence=round(related.confidence * _UNSURE, 3),
        reason=f"they stand differently to “{label}”: {sides}",
    )


def _joined(passages: Sequence[Passage]) -> list[tuple[int, int]]:
    """The stretches to cite: passages of one paragraph that follow on one another are cited together."""
    out: list[tuple[int, int]] = []
    last: Passage | None = None
    for p in passages:
        if last is not None and last.paragraph == p.paragraph and not p.alone and p.start - last.end <= 4:
            out[-1] = (out[-1][0], p.end)
        else:
            out.append((p.start, p.end))
        last = p
    return out
