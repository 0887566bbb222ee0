"""Which accounts tell of the same event?"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from testimonia.analysis.told import AccountText
from testimonia.analysis.words import content_words, name_words
from testimonia.model.comparison import Event
from testimonia.model.findings import Account, Document
from testimonia.model.steps import Step
from testimonia.text.anchoring import finding_id

STEP = Step(name="events", version="1")

# Accounts that stand in one collection are of one event unless their words have nothing in common.
_NEAR_IN_ONE_COLLECTION = 0.04
_NEAR_ACROSS_SOURCES = 0.18
_WORDS_LOOKED_UP = 40
_MOST_HOLDERS = 200
_NAMES_IN_TITLE = 4


def group_accounts(
    accounts: Sequence[Account], documents: Mapping[str, Document], texts: Mapping[str, AccountText]
) -> tuple[Event, ...]:
    """The events that at least two accounts tell, the most told first; an account is in at most one.

    Accounts are near where their rare words are the same (cosine of tf-idf over all accounts); looked for through an
    index of each account's heaviest words, so that the cost grows with the accounts and not with their pairs.
    `documents` and `texts` are by document and account id.
    """
    ordered = sorted(accounts, key=lambda a: (a.source, a.span.start, a.id))
    weights = _weigh(ordered, texts)
    root = {a.id: a.id for a in ordered}
    nearness: dict[tuple[str, str], float] = {}
    homes = {a.id: _home(a, documents) for a in ordered}
    for one, other in _candidates(ordered, weights, homes):
        near = sum(w * weights[other].get(word, 0.0) for word, w in weights[one].items())
        same_home = homes[one] is not None and homes[one] == homes[other]
        if near >= (_NEAR_IN_ONE_COLLECTION if same_home else _NEAR_ACROSS_SOURCES):
            nearness[one, other] = near
            root[_top(root, other)] = _top(root, one)
    groups: dict[str, list[Account]] = defaultdict(list)
    for account in ordered:
        groups[_top(root, account.id)].append(account)
    events = [_event(g, documents, texts, homes, nearness) for g in groups.values() if len(g) > 1]
    return tuple(sorted(events, key=lambda e: (-len(e.accounts), e.source, e.id)))


def _weigh(accounts: Sequence[Account], texts: Mapping[str, AccountText]) -> dict[str, dict[str, float]]:
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


def _candidates(
    accounts: Sequence[Account], weights: Mapping[str, Mapping[str, float]], homes: Mapping[str, str | None]
) -> Iterable[tuple[str, str]]:
    """Pairs worth a look: neighbours in one collection, and accounts that share a heavy word."""
    position = {a.id: i for i, a in enumerate(accounts)}
    pairs: set[tuple[str, str]] = set()
    last_in: dict[str, list[str]] = defaultdict(list)
    holders: dict[str, list[str]] = defaultdict(list)
    for account in accounts:
        home = homes[account.id]
        if home is not None:
            pairs.update((x, account.id) for x in last_in[home][-_WORDS_LOOKED_UP:])
            last_in[home].append(account.id)
        heaviest = sorted(weights[account.id].items(), key=lambda x: (-x[1], x[0]))[:_WORDS_LOOKED_UP]
        for word, _ in heaviest:
            pairs.update((x, account.id) for x in holders[word][-_MOST_HOLDERS:])
            holders[word].append(account.id)
    return sorted(pairs, key=lambda p: (position[p[0]], position[p[1]]))


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
    nearness: Mapping[tuple[str, str], float],
) -> Event:
    inside = {a.id for a in group}
    near = [n for (one, other), n in nearness.items() if one in inside and other in inside]
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
        confidence=round(min(0.99, 0.5 + sum(near) / max(1, len(near))), 3),
        reason=reason,
        title=title,
        when=None,
        place=None,
        accounts=tuple(a.id for a in group),
    )


def _shared_names(texts: Sequence[AccountText]) -> list[str]:
    """The names that most of the accounts have, the most shared first; ties in the order of their spelling."""
    held = Counter(n for t in texts for n in {n for p in t.passages for n in name_words(p.text)})
    shared = [(n, c) for n, c in held.items() if c > 1 and 2 * c >= len(texts)]
    return [n for n, _ in sorted(shared, key=lambda x: (-x[1], x[0]))[:_NAMES_IN_TITLE]]
