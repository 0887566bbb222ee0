"""What an event was as its accounts tell it: when, where, who took part, and its scenes in the order of the story."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from testimonia.analysis.claims.find import TypedClaim
from testimonia.analysis.claims.persons import Persons, same_person
from testimonia.analysis.people import TITLES
from testimonia.analysis.told import AccountText
from testimonia.analysis.words import content_words
from testimonia.chronology.extent import extent_of
from testimonia.model.comparison import Event, Point, Scene

_MOST_PARTICIPANTS = 8
_MOST_SCENES = 12
_FEWEST_POINTS = 2
# Bodies that act and speak, but take no part as persons.
_BODIES = frozenset(
    ("government", "union", "states", "party", "embassy", "department", "council", "secretary", "general")
)
# Where somebody comes, goes or meets somebody, a new scene may begin.
# What is done where the event is: 'we met in the vestry', not 'the bases in Norway'.
_PLACING = frozenset(("meeting", "arrival", "visit", "standing", "summons", "request"))
_TURNS = frozenset(("arrival", "departure", "return", "meeting", "summons", "call", "visit"))


def describe_event(
    event: Event, accounts: Sequence[AccountText], claims: Sequence[Sequence[TypedClaim]], persons: Persons
) -> Event:
    """The event with what its accounts say of it: when, where and who took part; the reason says from what.

    A date stands in the titles, else it is the one that most accounts print. The place and the persons are those of
    which most accounts speak in their own words, two accounts at least. `claims` are those of each account.
    """
    when = event.when or _when(accounts, claims)
    place = event.place or _place(claims)
    participants = _participants(accounts, claims, persons)
    reasons = [event.reason]
    if when is not None and event.when is None:
        reasons.append(f"most accounts print the date {when}")
    if place is not None and event.place is None:
        reasons.append(f"most accounts place it at {place}")
    return replace(event, when=when, place=place, participants=participants, reason="; ".join(reasons))


def find_scenes(points: Sequence[Point], told: Mapping[str, Sequence[TypedClaim]]) -> tuple[Scene, ...]:
    """The scenes of an event in the order of the story, each with the points that it holds.

    A scene begins at a point of several accounts where somebody comes, goes, meets or sends for somebody, or where
    another time or place is named than the one before. `told` are the claims of each point, by its id. A scene has two
    points at least, and an event no more than twelve scenes.
    """
    starts = [0]
    place = time = ""
    for n, point in enumerate(points):
        claims = told.get(point.id, ())
        here = next((p.text.lower() for c in claims for p in c.places), "")
        now = next((f"{m.of} {m.spans}" for c in claims for m in c.moments if m.of != "deadline"), "")
        turned = any(c.key in _TURNS and c.depth == 0 and c.certainty == "sure" for c in claims)
        moved = bool(here and place and here != place) + bool(now and time and now != time) + turned
        place, time = here or place, now or time
        shared = point.relation != "single"
        if moved and shared and n - starts[-1] >= max(_FEWEST_POINTS, len(points) // _MOST_SCENES):
            starts.append(n)
    ends = [*starts[1:], len(points)]
    return tuple(_scene(points[a:b], told) for a, b in zip(starts, ends, strict=True) if b > a)


def _scene(points: Sequence[Point], told: Mapping[str, Sequence[TypedClaim]]) -> Scene:
    shared = max(points, key=lambda p: len(p.statements))
    claims = [c for p in points for c in told.get(p.id, ())]
    places = Counter(p.text for c in claims for p in c.places)
    return Scene(
        label=shared.label,
        points=tuple(p.id for p in points),
        accounts=tuple(dict.fromkeys(s.account for p in points for s in p.statements)),
        place=min(places, key=lambda x: (-places[x], x), default=None),
    )


def _when(accounts: Sequence[AccountText], claims: Sequence[Sequence[TypedClaim]]) -> str | None:
    """The day that most accounts print, two at least, before any of them was told; of several the earliest."""
    told = [e.latest.date() for a in accounts if (e := extent_of(a.account.told or "")) is not None]
    held = Counter(d for own in claims for d in {m.edtf for c in own for m in c.moments if m.edtf})
    shared = {
        d: n for d, n in held.items()
        if n > 1 and (e := extent_of(d)) is not None and not (told and e.earliest.date() > min(told))
    }  # fmt: skip
    return min(shared, key=lambda d: (-shared[d], d), default=None)


def _place(claims: Sequence[Sequence[TypedClaim]]) -> str | None:
    """The place where most accounts say that they met, came or sat, two at least, as it is printed most often."""
    printed: Counter[str] = Counter()
    held: dict[frozenset[str], set[int]] = {}
    for n, own in enumerate(claims):
        for place in (p for c in own if c.depth == 0 and c.key in _PLACING and not c.denied for p in c.places):
            words = frozenset(content_words(place.text))
            if words:
                held.setdefault(words, set()).add(n)
                printed[place.text] += 1
    shared = [(len(who), words) for words, who in held.items() if len(who) > 1]
    if not shared:
        return None
    words = min(shared, key=lambda x: (-x[0], -len(x[1]), sorted(x[1])))[1]
    forms = [p for p in printed if frozenset(content_words(p)) == words]
    return min(forms, key=lambda p: (-printed[p], p))


def _participants(
    accounts: Sequence[AccountText], claims: Sequence[Sequence[TypedClaim]], persons: Persons
) -> tuple[str, ...]:
    """The persons who do something in at least half of the accounts (two at least), tellers who took part first."""
    tellers = [a.account.teller for a in accounts if a.account.basis == "took part" and a.account.teller[:1].isupper()]
    found: list[tuple[str, set[int]]] = [(t, set(range(len(accounts)))) for t in dict.fromkeys(tellers)]
    named = [_named(own, persons) for own in claims]
    given = {name for names in (tellers, *named) for name in names}
    for n, names in enumerate(named):
        for name in names:
            known = [entry for entry in found if _is_one(entry[0], name, given)]
            if not known:
                found.append((name, {n}))
            for entry in known[:1]:
                entry[1].add(n)
                if len(name) > len(entry[0]) and entry[0] not in tellers and same_person(entry[0], name):
                    found[found.index(entry)] = (name, entry[1])
    least = max(2, (len(accounts) + 1) // 2)
    ranked = sorted(
        (n for n in enumerate(found) if len(n[1][1]) >= least),
        key=lambda x: (x[1][0] not in tellers, -len(x[1][1]), x[0]),
    )
    return tuple(name for _, (name, _) in ranked[:_MOST_PARTICIPANTS])


def _is_title(name: str) -> bool:
    """Is this a form of address or an office without a name: 'Mr. President'?"""
    titles = {t.lower() for t in TITLES}
    return all(w.strip(".").lower() in titles for w in name.split())


def _is_one(one: str, other: str, given: Iterable[str]) -> bool:
    """Are these one person: by their names, or by a title and a surname that nobody else has?"""
    if one == other or same_person(one, other):
        return True
    last = one.split()[-1].lower()
    if last != other.split()[-1].lower() or same_person(one, other) is False:
        return False
    others = [n for n in given if n.split()[-1].lower() == last]
    return all(same_person(a, b) is not False for a in others for b in others)


def _named(claims: Iterable[TypedClaim], persons: Persons) -> list[str]:
    """Those who do something or to whom it is done, by name, longer forms of a name first."""
    names = {
        name
        for c in claims
        for name in (c.who, c.whom)
        if name is not None
        and name[:1].isupper()
        and " and " not in name
        and persons.is_person(name)
        and name.split()[-1].lower() not in _BODIES
        and not _is_title(name)
    }
    return sorted(names, key=lambda x: (-len(x.split()), x))
