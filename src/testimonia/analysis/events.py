"""Which accounts tell of the same event?"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from testimonia.analysis.told import AccountText
from testimonia.analysis.words import content_words, name_words
from testimonia.chronology.printed import find_dates
from testimonia.model.comparison import Event
from testimonia.model.findings import Account, Document
from testimonia.model.steps import Step
from testimonia.text.anchoring import finding_id

STEP = Step(name="events", version="1")

# Accounts that stand in one collection are of one event unless their words have nothing in common.
_NEAR_IN_ONE_COLLECTION = 0.04
# Two accounts alone are near with less: the mean of many accounts is near to much.
_NEAR_ALONE = 0.18
_NEAR_ACROSS_COLLECTIONS = 0.4
_NEIGHBOURS = 40
_WORDS_LOOKED_UP = 40
_MOST_HOLDERS = 24
_NAMES_IN_TITLE = 4

_Weights = Mapping[str, float]


def group_accounts(
    accounts: Sequence[Account], documents: Mapping[str, Document], texts: Mapping[str, AccountText]
) -> tuple[Event, ...]:
    """The events that at least two accounts tell, the most told first; an account is in at most one.

    Accounts that stand in one collection belong together unless their words have nothing in common. Groups are then
    joined across collections where the means of their words (tf-idf over all accounts) are near: each join is judged
    by what both groups say as a whole, so that no chain of half-likeness ties strangers together. Likely groups are
    looked for through an index of their heaviest words, so that the cost grows with the accounts and not with their
    pairs. `documents` and `texts` are by document and account id.
    """
    ordered = sorted(accounts, key=lambda a: (a.source, a.span.start, a.id))
    weights = weigh_accounts(ordered, texts)
    homes = {a.id: _home(a, documents) for a in ordered}
    groups = _across(_in_collections(ordered, weights, homes), weights)
    events = [_event(g, documents, texts, homes, weights) for g in groups if len(g) > 1]
    return tuple(sorted(events, key=lambda e: (-len(e.accounts), e.source, e.id)))


def _in_collections(
    accounts: Sequence[Account], weights: Mapping[str, _Weights], homes: Mapping[str, str | None]
) -> list[list[Account]]:
    """The accounts that stand in one collection and have words in common, group by group."""
    root = {a.id: a.id for a in accounts}
    before: dict[str, list[str]] = defaultdict(list)
    for account in accounts:
        home = homes[account.id]
        if home is None:
            continue
        for other in before[home][-_NEIGHBOURS:]:
            if nearness(weights[other], weights[account.id]) >= _NEAR_IN_ONE_COLLECTION:
                root[_top(root, account.id)] = _top(root, other)
        before[home].append(account.id)
    groups: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        groups[_top(root, account.id)].append(account)
    return list(groups.values())


def _across(groups: list[list[Account]], weights: Mapping[str, _Weights]) -> list[list[Account]]:
    """The groups, those joined whose words as a whole are near; the nearest first."""
    means: list[_Weights] = [mean_of([weights[a.id] for a in g]) for g in groups]
    found = []
    for one, other in _candidates(means):
        near = nearness(means[one], means[other])
        if near >= _needed(groups[one], groups[other]):
            found.append((-near, one, other))
    now = list(range(len(groups)))
    for _, one, other in sorted(found):
        a, b = _number(now, one), _number(now, other)
        if a == b or nearness(means[a], means[b]) < _needed(groups[a], groups[b]):
            continue
        groups[a] = sorted(groups[a] + groups[b], key=lambda x: (x.source, x.span.start, x.id))
        groups[b] = []
        means[a] = mean_of([weights[x.id] for x in groups[a]])
        now[b] = a
    return [g for g in groups if g]


def _needed(one: Sequence[Account], other: Sequence[Account]) -> float:
    return _NEAR_ALONE if len(one) == len(other) == 1 else _NEAR_ACROSS_COLLECTIONS


def _candidates(means: Sequence[_Weights]) -> list[tuple[int, int]]:
    """Pairs of groups that share a heavy word which few others have."""
    holders: dict[str, list[int]] = defaultdict(list)
    for n, mean in enumerate(means):
        for word, _ in sorted(mean.items(), key=lambda x: (-x[1], x[0]))[:_WORDS_LOOKED_UP]:
            holders[word].append(n)
    pairs = {
        (held[i], held[j])
        for held in holders.values()
        if len(held) <= _MOST_HOLDERS
        for i in range(len(held))
        for j in range(i + 1, len(held))
    }
    return sorted(pairs)


def mean_of(vectors: Sequence[_Weights]) -> _Weights:
    """The mean direction of these weighed words, of length 1."""
    if len(vectors) == 1:
        return vectors[0]
    total: dict[str, float] = defaultdict(float)
    for vector in vectors:
        for word, weight in vector.items():
            total[word] += weight
    length = math.sqrt(sum(x * x for x in total.values())) or 1.0
    return {word: x / length for word, x in total.items()}


def nearness(one: _Weights, other: _Weights) -> float:
    """The cosine of two vectors of length 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(w * other.get(word, 0.0) for word, w in one.items())


def _number(now: list[int], n: int) -> int:
    while now[n] != n:
        n = now[n]
    return n


def weigh_accounts(accounts: Sequence[Account], texts: Mapping[str, AccountText]) -> dict[str, dict[str, float]]:
    """The weight of each account's words, as a vector of length 1."""
    counts = {a.id: Counter(w for p in texts[a.id].passages for w in content_words(p.text)) for a in accounts}
    held = Counter(w for c in counts.values() for w in c)
    out = {}
    for name, count in counts.items():
        weighed = {w: (1 + math.log(n)) * math.log(1 + len(counts) / held[w]) for w, n in count.items()}
        length = math.sqrt(sum(x * x for x in weighed.values())) or 1.0
        out[name] = {w: x / length for w, x in weighed.items()}
    return out


def _home(account: Account, documents: Mapping[str, Document]) -> str | None:
    """The collection in which the account stands: the article around it, over any section; None where it is whole."""
    document = documents.get(account.document)
    if document is None:
        return None
    is_whole = document.span.start >= account.span.start and document.span.end <= account.span.end
    home = documents.get(document.parent or "") if is_whole else document
    while home is not None and (above := documents.get(home.parent or "")) is not None:
        home = above
    return home.id if home is not None else None


def _top(root: dict[str, str], name: str) -> str:
    while root[name] != name:
        root[name] = root[root[name]]
        name = root[name]
    return name


def _event(
    group: Sequence[Account],
    documents: Mapping[str, Document],
    texts: Mapping[str, AccountText],
    homes: Mapping[str, str | None],
    weights: Mapping[str, _Weights],
) -> Event:
    mean = mean_of([weights[a.id] for a in group])
    near = [nearness(weights[a.id], mean) for a in group]
    shared_homes = {homes[a.id] for a in group}
    home = documents.get(next(iter(shared_homes)) or "") if len(shared_homes) == 1 else None
    names = _shared_names([texts[a.id] for a in group])
    if home is not None:
        title, reason = home.title, f"the accounts stand together in {home.title!r}"
    else:
        title, reason = ", ".join(names) or group[0].title, "the accounts share rare words"
    if names:
        reason += " and name " + ", ".join(names)
    return Event(
        id=finding_id("event", group[0].source, *(a.id for a in group)),
        source=group[0].source,
        anchors=tuple(x for a in group for x in a.anchors[:1]),
        step=STEP,
        confidence=round(min(0.99, 0.3 + sum(near) / len(near)), 3),
        reason=reason,
        title=title,
        when=_when([home.title] if home is not None else [a.title for a in group]),
        place=None,
        accounts=tuple(a.id for a in group),
    )


def _when(titles: Sequence[str]) -> str | None:
    """The date that the titles print, the one most of them have; None where they print none."""
    dates = Counter(d.edtf for title in titles for d in find_dates(title))
    return min(dates, key=lambda d: (-dates[d], d), default=None)


def _shared_names(texts: Sequence[AccountText]) -> list[str]:
    """The names that most of the accounts have, the most shared first; ties in the order of their spelling."""
    held = Counter(n for t in texts for n in {n for p in t.passages for n in name_words(p.text)})
    shared = [(n, c) for n, c in held.items() if c > 1 and 2 * c >= len(texts)]
    return [n for n, _ in sorted(shared, key=lambda x: (-x[1], x[0]))[:_NAMES_IN_TITLE]]
