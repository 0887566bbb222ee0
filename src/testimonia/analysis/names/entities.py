"""Which mentions in one source name the same person, organisation or place?

The source's own evidence decides: a full name printed somewhere, a title that only one of them bears, initials. A
surname that two people share joins nobody: the mention stays by itself, with both as its rivals.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from testimonia.analysis.names.namesakes import Alone, Choice, Person, choose, surname_alone
from testimonia.analysis.names.offices import family_of, is_same_office, office_after, office_before, offices_alone
from testimonia.analysis.names.printed_names import is_initial, listed, surname_of, transliterated, words_of
from testimonia.analysis.names.votes import Sighting, fold
from testimonia.text.anchoring import finding_id

_SPECK = re.compile(r"[\[\]{}|<>*^~_=]")
_SPACE = re.compile(r"\s+")
_NEAR_OFFICE = 3_000
"""Characters before "the Secretary" in which whoever was called so may be meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A sighting, and whom or what it names."""

    sighting: Sighting
    name: str
    type: str
    entity: str
    entity_name: str
    confidence: float
    reason: str
    rivals: tuple[str, ...] = ()
    title: str = ""


def group(
    source: str, text: str, sightings: Sequence[Sighting], documents: Sequence[tuple[int, int]] = ()
) -> tuple[Mention, ...]:
    """Whom or what does each of these sightings name? In their order; offices that name a person come in between.

    `documents` are the half-open offsets of the documents of the source.
    """
    sightings = _with_initials(sightings, text)
    persons = _persons(text, sightings)
    by_form = {form: person for person in persons for form in person.forms}
    alone = [
        Alone(start=s.start, surname=surname_alone(name), office=office_before(text, s.start))
        for s in sightings
        if s.type == "person" and (name := _printed(text, s)) not in by_form
    ]
    choices = choose(text, alone, persons, documents)
    mentions = [
        _person_mention(source, text, s, persons, by_form, choices) if s.type == "person" else _other_mention(text, s)
        for s in sightings
    ]
    mentions += _roles(text, mentions, documents)
    mentions = [replace(m, name=_shown(text, m.sighting)) if m.sighting.read_as else m for m in mentions]
    return tuple(sorted(mentions, key=lambda m: (m.sighting.start, -m.sighting.end)))


def _printed(text: str, sighting: Sighting) -> str:
    """The name as printed, without specks that OCR reads as signs ("John F ] Brandt"); as it is read, where misread."""
    return sighting.read_as or _shown(text, sighting)


def _shown(text: str, sighting: Sighting) -> str:
    return _SPACE.sub(" ", _SPECK.sub(" ", fold(text[sighting.start : sighting.end]))).strip()


def given_names(name: str) -> list[str]:
    """The given names and initials of a full name, initials one by one."""
    surname = surname_of(name) or ""
    words = words_of(name.removesuffix(surname).strip() if name.endswith(surname) else name.split(surname)[0])
    given: list[str] = []
    for word in words:
        given.extend(f"{letter}." for letter in word.replace("-", "").split(".") if letter) if is_initial(
            word
        ) else given.append(word)
    return given


@cache
def _nicknames() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in listed("nicknames.txt"):
        full, *short = row.split(" ")
        for name in short:
            found[name].add(full)
    return {name: frozenset(full) for name, full in found.items()}


def same_given(one: str, other: str) -> bool:
    """May these two given names be one person's?

    >>> same_given("R.", "Robert"), same_given("Bobby", "Robert"), same_given("John", "Robert")
    (True, True, False)
    >>> same_given("Anatoliy", "Anatoly")
    True
    """
    a, b = one.rstrip(".").lower(), other.rstrip(".").lower()
    if is_initial(one) or is_initial(other):
        return a[0] == b[0]
    nicknames = _nicknames()
    return (
        a == b
        or (len(a) > 4 and transliterated(a) == transliterated(b))
        or b in nicknames.get(a, ())
        or a in nicknames.get(b, ())
        or bool(nicknames.get(a, frozenset()) & nicknames.get(b, frozenset()))
    )


def same_names(one: Sequence[str], other: Sequence[str]) -> bool:
    """May these given names be one person's? Middle names and initials must not clash where both have them.

    A first name that is always an initial may be left out.

    >>> same_names(["Robert"], ["R.", "F."]), same_names(["Harald"], ["W.", "Harald"]), same_names(["H."], ["W.", "H."])
    (True, True, False)
    """
    for a, b in ((one, other), (other, one)):
        middle = len(a) > 1 and b and is_initial(a[0]) and not is_initial(a[1]) and not is_initial(b[0])
        if middle and same_names(a[1:], b):
            return True
    return bool(one and other) and all(same_given(a, b) for a, b in zip(one, other, strict=False))


def _persons(text: str, sightings: Sequence[Sighting]) -> list[Person]:
    """The people named in full, those spelt out first, so that initials find whom they may be."""
    full = [
        (s, name)
        for s in sightings
        if s.type == "person" and len(words_of(name := _printed(text, s))) > 1 and surname_of(name)
    ]
    full.sort(key=lambda x: (-sum(not is_initial(w) for w in words_of(x[1])), -len(x[1]), x[0].start))
    persons: list[Person] = []
    for sighting, name in full:
        surname = surname_of(name) or ""
        fitting = [
            p
            for p in persons
            if p.surname.lower() == surname.lower() and same_names(given_names(p.name), given_names(name))
        ]
        person = fitting[0] if len(fitting) == 1 else next((p for p in fitting if name in p.forms), None)
        if person is None:
            person = Person(surname)
            persons.append(person)
        person.forms[name] += 1
        person.places.append(sighting.start)
        person.offices.update(_offices(text, sighting))
    for person in persons:
        person.given = tuple(given_names(person.name))
    return persons


def _offices(text: str, sighting: Sighting) -> list[str]:
    both = office_before(text, sighting.start), office_after(text, sighting.end)
    return [office for office in both if office is not None]


def _person_mention(
    source: str,
    text: str,
    sighting: Sighting,
    persons: Sequence[Person],
    by_form: Mapping[str, Person],
    choices: Mapping[int, Choice],
) -> Mention:
    name = _printed(text, sighting)
    offices = _offices(text, sighting)
    title = next((o for o in offices if family_of(o)), offices[0] if offices else "")
    made = partial(_mention, sighting, name, title=title)
    if (own := by_form.get(name)) is not None:
        why = "" if own.name == name else f"may be {own.name!r}, named in full in this source; nothing clashes"
        return made(own.entity(source), own.name, 1.0 if own.name == name else 0.85, why)
    if (initialled := _by_initials(name, persons)) is not None:
        why = f"the initials of {initialled.name!r}, named in full in this source"
        return made(initialled.entity(source), initialled.name, 0.85, why)
    surname = surname_alone(name).lower()
    choice = choices.get(sighting.start)
    if choice is not None and choice.person is not None:
        return made(choice.person.entity(source), choice.person.name, choice.share, choice.why)
    if choice is not None:
        entity = finding_id("entity", source, "person", surname, title.lower())
        rivals = tuple(sorted(p.entity(source) for p in choice.rivals))
        shown = f"{title} {name}" if title else name
        return replace(made(entity, shown, choice.share, choice.why), rivals=rivals)
    given = _by_given_name(name, persons)
    if given is not None:
        why = f"a given name or short form of it that only {given.name!r} bears here"
        return made(given.entity(source), given.name, 0.6, why)
    return made(finding_id("entity", source, "person", surname, ""), name, 1.0, "")


def _by_initials(name: str, persons: Sequence[Person]) -> Person | None:
    letters = name.replace(".", "")
    if not (letters.isupper() and len(letters) >= 3):
        return None
    fitting = [p for p in persons if any("".join(w[0].upper() for w in words_of(form)) == letters for form in p.forms)]
    return fitting[0] if len(fitting) == 1 else None


def _by_given_name(name: str, persons: Sequence[Person]) -> Person | None:
    if len(words_of(name)) != 1:
        return None
    fitting = [
        p for p in persons if (given := given_names(p.name)) and not is_initial(given[0]) and same_given(name, given[0])
    ]
    return fitting[0] if len(fitting) == 1 else None


def _mention(
    sighting: Sighting, name: str, entity: str, entity_name: str, share: float, why: str, *, title: str = ""
) -> Mention:
    return Mention(
        sighting=sighting,
        name=name,
        type=sighting.type,
        entity=entity,
        entity_name=entity_name,
        confidence=round(sighting.confidence * share, 4),
        reason="; ".join(part for part in (why, sighting.reason) if part),
        title=title,
    )


def _other_mention(text: str, sighting: Sighting) -> Mention:
    name = _printed(text, sighting)
    return _mention(sighting, name, finding_id("entity", "", sighting.type, name.lower()), name, 1.0, "")


def _with_initials(sightings: Sequence[Sighting], text: str) -> list[Sighting]:
    """Initials that models take for an organisation's ("RFK") are a person's whom the source names in full."""
    initials: dict[str, set[str]] = defaultdict(set)
    for s in sightings:
        name = _printed(text, s)
        words = words_of(name)
        if s.type == "person" and len(words) > 2:
            initials["".join(w[0].upper() for w in words)].add(surname_of(name) or "")
    found = []
    for s in sightings:
        printed = text[s.start : s.end].replace(".", "")
        if s.type != "person" and len(printed) >= 3 and len(initials.get(printed, ())) == 1:
            s = replace(s, type="person", reason="the initials of a person named in full in this source")
        found.append(s)
    return found


def _roles(text: str, mentions: Sequence[Mention], documents: Sequence[tuple[int, int]]) -> list[Mention]:
    """Mentions by an office alone ("the Secretary") of whom the source calls by it: the only one in the source, or the
    only one shortly before in the same document."""
    called = [m for m in mentions if m.title and family_of(m.title) and not m.rivals]
    taken = {n for m in mentions for n in range(m.sighting.start, m.sighting.end)}
    starts = sorted({start for start, _ in documents})
    found: list[Mention] = []
    for start, end, office in offices_alone(text):
        if any(n in taken for n in range(start, end)):
            continue
        bearers = [m for m in called if is_same_office(office, m.title)]
        first = starts[at - 1] if (at := bisect_right(starts, start)) else 0
        near = [m for m in bearers if max(first, start - _NEAR_OFFICE) <= m.sighting.start < start]
        if len({m.entity for m in bearers}) == 1:
            why, share = "the source gives this office to {!r} and to nobody else", 0.7
        elif len({m.entity for m in near}) == 1:
            bearers, why, share = near, "shortly before the source calls {!r} so and nobody else", 0.6
        else:
            continue
        named = max((m.entity_name for m in bearers), key=len)
        sighting = Sighting(start=start, end=end, type="role", confidence=share, reason=why.format(named))
        found.append(_mention(sighting, office, bearers[0].entity, named, 1.0, "", title=office))
    return found
