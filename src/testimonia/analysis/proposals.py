"""What does a later proposal of the machine do differently?"""

from collections.abc import Callable, Mapping, Sequence

from testimonia.model.alignment import Difference, Place
from testimonia.model.comparison import Comparison, Point
from testimonia.model.spans import Anchor

Placing = Callable[[Anchor], Place | None]


def differences(old: Comparison, new: Comparison, old_place: Placing, new_place: Placing) -> tuple[Difference, ...]:
    """Points that are new, gone, or changed, in the order of the later proposal, those that are gone last.

    A point is the same one where it has the same id, else where most of its passages are the same.
    """
    old_places = {p.id: _places(p, old_place) for p in old.points}
    new_places = {p.id: _places(p, new_place) for p in new.points}
    matched = _matched(old_places, new_places)
    before = {p.id: p for p in old.points}
    found = []
    for point in new.points:
        name = matched.get(point.id)
        if name is None:
            found.append(Difference(kind="new", point=point.id, label=point.label, how=_who(point, new)))
        elif how := _changes(before[name], point, old_places[name], new_places[point.id]):
            found.append(Difference(kind="changed", point=point.id, label=point.label, how="; ".join(how)))
    kept = set(matched.values())
    found += [
        Difference(kind="gone", point=p.id, label=p.label, how=_who(p, old)) for p in old.points if p.id not in kept
    ]
    return tuple(found)


def _places(point: Point, place_of: Placing) -> tuple[Place, ...]:
    found = (place_of(a) for s in point.statements for a in s.anchors)
    return tuple(p for p in found if p is not None)


def _matched(old: Mapping[str, Sequence[Place]], new: Mapping[str, Sequence[Place]]) -> dict[str, str]:
    """For points of the later proposal the earlier point that each is; each at most once."""
    matched = {name: name for name in new if name in old}
    used = set(matched.values())
    by_source: dict[str, list[tuple[Place, str]]] = {}
    for name, places in old.items():
        if name not in used:
            for place in places:
                by_source.setdefault(place.source, []).append((place, name))
    scored = []
    for name, places in new.items():
        if name in matched:
            continue
        shared: dict[str, int] = {}
        for place in places:
            for other, of in by_source.get(place.source, ()):
                if place.is_same(other):
                    shared[of] = shared.get(of, 0) + 1
        scored += [(both / (len(places) + len(old[of]) - both), name, of) for of, both in shared.items()]
    for score, name, of in sorted(scored, key=lambda x: (-x[0], x[1], x[2])):
        if score >= 0.5 and name not in matched and of not in used:
            matched[name] = of
            used.add(of)
    return matched


def _changes(old: Point, new: Point, old_places: Sequence[Place], new_places: Sequence[Place]) -> list[str]:
    how = []
    more = sum(not any(p.is_same(o) for o in old_places) for p in new_places)
    less = sum(not any(p.is_same(o) for o in new_places) for p in old_places)
    if more:
        how.append(f"{more} passage{'s' * (more > 1)} more")
    if less:
        how.append(f"{less} passage{'s' * (less > 1)} fewer")
    if old.relation != new.relation:
        how.append(f"{new.relation}, not {old.relation}")
    if old.label != new.label:
        how.append(f"called so, not “{old.label}”")
    stances = {s.account: s.stance for s in old.statements}
    turned = [s for s in new.statements if stances.get(s.account, s.stance) != s.stance]
    if turned:
        how.append(f"{len(turned)} stance{'s' * (len(turned) > 1)} otherwise")
    return how


def _who(point: Point, comparison: Comparison) -> str:
    tellers = {a.id: a.teller for a in comparison.accounts}
    return ", ".join(dict.fromkeys(tellers.get(s.account, s.account) for s in point.statements))
