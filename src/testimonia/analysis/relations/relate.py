"""How do the accounts of one point stand to each other, and which words clash?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from testimonia.analysis.claims.find import TypedClaim
from testimonia.analysis.relations.acts import act_clashes
from testimonia.analysis.relations.clashes import CONTRADICTS, DIFFERS, Clash, Said, read_said
from testimonia.analysis.relations.sharing import shared_claim
from testimonia.analysis.relations.values import given_by_both, numbers, places, times
from testimonia.analysis.relations.words import denied_words, said_both_ways
from testimonia.analysis.told import Passage

EACH_ITS_OWN_WAY = "they speak of it, each in its own way"


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """The relation, the version number of each statement, the clashes (strongest first), how sure, and why.

    `weight` is how strong the strongest clash is, 0 where nothing clashes.
    """

    relation: str
    versions: tuple[int, ...]
    clashes: tuple[Clash, ...]
    confidence: float
    reason: str
    weight: float = 0.0


def relate(
    said: Sequence[Sequence[Passage]],
    tellers: Sequence[str],
    ignored: frozenset[str],
    near: float,
    claims: Sequence[Sequence[TypedClaim]] = (),
) -> Related:
    """Do these statements, one an account, agree, differ or contradict?

    `ignored` are keys that say nothing about the matter (the names of those who take part). `near` is how alike the
    passages are on average. `claims` are the typed claims of each statement; without them only words, numbers and
    denials are compared. Statements agree where they share a claim: the same act of the same things, with the same
    polarity. Where nothing clashes and they share none, they differ.
    """
    if len(said) == 1:
        return Related(
            relation="single", versions=(0,), clashes=(), confidence=0.5, reason="no other account speaks of it"
        )
    claims = claims or [() for _ in said]
    read = [read_said(passages, own) for passages, own in zip(said, claims, strict=True)]
    found = find_clashes(read, ignored)
    alike = min(0.3, max(0.0, near / 3))
    if not found or found[0].weight < DIFFERS:
        return _without_clash(read, tellers, ignored, alike)
    strongest = found[0]
    relation = "contradict" if strongest.weight >= CONTRADICTS else "differ"
    kept = tuple(c for c in found if c.kind == strongest.kind and c.key == strongest.key)
    sides = "; ".join(
        f"{tellers[n]}: “{words.text}”"
        for n, words in ((strongest.one, strongest.words[0]), (strongest.other, strongest.words[1]))
    )
    return Related(
        relation=relation,
        versions=_versions(len(said), kept),
        clashes=kept,
        confidence=round(min(0.9, 0.25 + 0.12 * strongest.weight + alike), 3),
        reason=f"{strongest.kind}: {sides}",
        weight=round(strongest.weight, 3),
    )


def find_clashes(read: Sequence[Sequence[Said]], ignored: frozenset[str]) -> list[Clash]:
    """All clashes of the statements, the strongest first."""
    kinds = (denied_words, numbers, times, places, act_clashes)
    found = [
        clash
        for i, j in combinations(range(len(read)), 2)
        for p in read[i]
        for q in read[j]
        for kind in kinds
        for clash in kind(i, j, p, q, ignored)
    ]
    found = [c for c in found if not said_both_ways(c, read) and not given_by_both(c, read)]
    return sorted(found, key=lambda c: (-c.weight, c.one, c.other, c.words[0].start, c.words[1].start, c.kind))


def _without_clash(
    read: Sequence[Sequence[Said]], tellers: Sequence[str], ignored: frozenset[str], alike: float
) -> Related:
    """They agree where each shares a claim with another, else they differ; who shares one tells one version."""
    shared: dict[tuple[int, int], str] = {}
    for i, j in combinations(range(len(read)), 2):
        words = [w for p in read[i] for q in read[j] if (w := shared_claim(p, q, ignored)) is not None]
        if words:
            shared[i, j] = max(words, key=lambda w: (len(w.split(", ")), w))
    version = list(range(len(read)))
    for i, j in sorted(shared):
        a, b = sorted((version[i], version[j]))
        version = [a if v == b else v for v in version]
    order = list(dict.fromkeys(version))
    alone = [n for n in range(len(read)) if version.count(version[n]) == 1]
    if len(order) == 1:
        best = max(shared.items(), key=lambda x: (len(x[1].split(", ")), -x[0][0], -x[0][1]))[1]
        reason = f"they share a claim and nothing in them clashes; all speak of {best}" if len(read) == 2 else (
            f"each shares a claim with another and nothing in them clashes; they speak of {best}")  # fmt: skip
    elif shared:
        apart = " and ".join(tellers[n] for n in alone) or "the others"
        reason = f"some share a claim ({next(iter(shared.values()))}); {apart} in another way"
    else:
        reason = EACH_ITS_OWN_WAY
    return Related(
        relation="agree" if len(order) == 1 else "differ",
        versions=tuple(order.index(v) for v in version),
        clashes=(),
        confidence=round((0.4 if shared else 0.3) + alike, 3),
        reason=reason,
    )


def _versions(count: int, clashes: Sequence[Clash]) -> tuple[int, ...]:
    """Who says the same? Statements that clash get different numbers; those outside the clash get one of their own."""
    apart: dict[int, set[int]] = {}
    for c in clashes:
        apart.setdefault(c.one, set()).add(c.other)
        apart.setdefault(c.other, set()).add(c.one)
    versions: dict[int, int] = {}
    for n in sorted(apart):
        taken = {versions[m] for m in apart[n] if m in versions}
        versions[n] = next(v for v in range(count) if v not in taken)
    outside = 1 + max(versions.values(), default=-1)
    return tuple(versions.get(n, outside) for n in range(count))
