"""Which passages of different accounts speak of the same thing?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from testimonia.analysis.likeness import USUAL, Encoder, Scores, Weights, score_likeness
from testimonia.analysis.matching.spelling import spell_alike
from testimonia.analysis.people import People
from testimonia.analysis.told import AccountText

# A stretch of an account is compared as one: sentences of one paragraph, up to about so many words.
STRETCH_WORDS = 40
STRETCH_SENTENCES = 4
_NEAR = 0.03
_SLACK = 0.12
_ROWS_PER_STRETCH = 2
# A sentence of a short report tells much at once: it may stand in more rows.
_SHORT_ACCOUNT, _ROWS_IF_SHORT = 3, 4
_STRETCHES_PER_ACCOUNT = 2

Member = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Passages that speak of the same thing: (account number, passage number), sorted; and how near they are."""

    members: tuple[Member, ...]
    score: float


def align(accounts: Sequence[AccountText], encoder: Encoder | None, weights: Weights = USUAL) -> tuple[Group, ...]:
    """Groups of passages, at least two accounts each, nearest first.

    A passage that speaks of several things may be in two groups. Passages on pages that can't be read are in
    none. Words that were misread are compared as the accounts spell them elsewhere. Persons whom most accounts speak
    of are masked: their names tell no topic from another.
    """
    stretches = [gather(a) for a in accounts]
    said = spell_alike([[p.text for p in a.passages] for a in accounts])
    people = People(said, [a.account.teller for a in accounts])
    texts = [
        [people.mask(" ".join(passages[n] for n in s)) for s in here]
        for passages, here in zip(said, stretches, strict=True)
    ]
    scores = score_likeness(texts, encoder, weights)
    groups = []
    for row in _merged(_rows(scores), scores):
        members = sorted((a, n) for a, s in row for n in stretches[a][s])
        groups.append(Group(members=tuple(members), score=_inner(scores, row)))
    return tuple(sorted(groups, key=lambda g: (-g.score, g.members)))


def gather(account: AccountText) -> list[tuple[int, ...]]:
    """Which passages are compared as one? Numbers of passages that follow on one another in a paragraph; a verse
    stands alone, and what can't be read is left out."""
    out: list[tuple[int, ...]] = []
    run: list[int] = []
    words = 0
    for n, passage in enumerate(account.passages):
        size = len(passage.text.split())
        last = account.passages[run[-1]] if run else None
        if last is not None and (
            last.paragraph != passage.paragraph
            or passage.alone
            or passage.uncertain
            or len(run) >= STRETCH_SENTENCES
            or words + size > STRETCH_WORDS
        ):
            out.append(tuple(run))
            run, words = [], 0
        if not passage.uncertain:
            run.append(n)
            words += size
    return [*out, tuple(run)] if run else out


def _rows(scores: Scores) -> list[list[Member]]:
    """Sets of stretches, one an account, that are all near each other on average.

    Each starts from the nearest pair that no row holds yet and takes in, account by account, the stretch that is
    nearest to all it has.
    """
    most = _most_rows(scores)
    links = sorted(
        (-float(matrix[x, y]), (i, int(x)), (j, int(y)))
        for (i, j), matrix in scores.items()
        for x, y in zip(*np.nonzero(matrix > _NEAR), strict=True)
    )
    held: set[tuple[Member, Member]] = set()
    uses: Counter[Member] = Counter()
    rows = []
    for _, one, other in links:
        if (one, other) in held or any(uses[m] >= most[m[0]] for m in (one, other)):
            continue
        row = [one, other]
        while (more := _nearest_to(row, scores, most, uses)) is not None:
            row.append(more)
        row.sort()
        uses.update(row)
        held.update((a, b) for n, a in enumerate(row) for b in row[n + 1 :])
        rows.append(row)
    return rows


def _most_rows(scores: Scores) -> list[int]:
    """In how many rows may a stretch of each account stand?"""
    stretches: dict[int, int] = {}
    for (i, j), matrix in scores.items():
        stretches[i], stretches[j] = matrix.shape
    return [_ROWS_IF_SHORT if n <= _SHORT_ACCOUNT else _ROWS_PER_STRETCH for _, n in sorted(stretches.items())]


def _nearest_to(row: Sequence[Member], scores: Scores, most: Sequence[int], uses: Counter[Member]) -> Member | None:
    best: tuple[float, Member] | None = None
    inside = {a for a, _ in row}
    for account in range(len(most)):
        if account in inside:
            continue
        parts = [scores[a, account][s] if a < account else scores[account, a][:, s] for a, s in row]
        mean = np.sum(parts, axis=0) / np.float32(len(row))
        for stretch in np.argsort(-mean, kind="stable")[:_ROWS_PER_STRETCH]:
            member = (account, int(stretch))
            if uses[member] < most[account]:
                if mean[stretch] > _NEAR and (best is None or mean[stretch] > best[0]):
                    best = (float(mean[stretch]), member)
                break
    return None if best is None else best[1]


def _merged(rows: Sequence[Sequence[Member]], scores: Scores) -> list[set[Member]]:
    """Rows that share a stretch made one, as long as each in it stays near and no account has more than two."""
    out: list[set[Member]] = []
    holding: dict[Member, list[int]] = {}
    for row in rows:
        best, most = None, 0
        for n in sorted({n for m in row for n in holding.get(m, ())}):
            both = out[n].union(row)
            shared = len(out[n].intersection(row))
            if shared > most and _is_one(both, scores):
                best, most = n, shared
        if best is None:
            best = len(out)
            out.append(set())
        for m in set(row) - out[best]:
            holding.setdefault(m, []).append(best)
        out[best].update(row)
    return out


def _is_one(row: set[Member], scores: Scores) -> bool:
    """May these stand in one row: no account with more than two stretches, and none that is far from the others?"""
    if max(Counter(a for a, _ in row).values()) > _STRETCHES_PER_ACCOUNT:
        return False
    return all(_attached(scores, m, row) > _NEAR - _SLACK for m in row)


def _attached(scores: Scores, member: Member, row: set[Member]) -> float:
    """How near is a stretch to those of the other accounts, on average?"""
    near = []
    for other in sorted(row):
        if other[0] != member[0]:
            a, b = min(member, other), max(member, other)
            near.append(float(scores[a[0], b[0]][a[1], b[1]]))
    return sum(near) / len(near)


def _inner(scores: Scores, row: set[Member]) -> float:
    """How near the stretches of different accounts are, on average."""
    inside = sorted(row)
    across = [
        float(scores[a[0], b[0]][a[1], b[1]]) for n, a in enumerate(inside) for b in inside[n + 1 :] if a[0] < b[0]
    ]
    return sum(across) / len(across)
