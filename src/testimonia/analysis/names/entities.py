"""Which mentions in one source name the same person, organisation or place?

The source's own evidence decides: a full name printed somewhere, a title that only one of them bears, initials. A
surname that two people share joins nobody: the mention stays by itself, with both as its rivals.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from testimonia.analysis.names.deciding import Sighting, fold
from testimonia.analysis.names.printed_names import is_initial, listed, surname_of, title_before, words_of
from testimonia.text.anchoring import finding_id

_ROLE = re.compile(
    r"(?:(?:Attorney|Secretary|Governor|Inspector|Surgeon|Consul|Director|Solicitor|Postmaster) General"
    r"|(?:Prime|Foreign|Defense|Defence|First Deputy|Deputy) Minister"
    r"|(?:First )?Secretary of [A-Z]\w+|Chief of Staff|Vice President|[Cc]hairman|[Hh]arbour [Mm]aster"
    r"|[A-Z][a-z]+ (?:Master|Marshal|Commissioner|Ambassador|Keeper|Chief|Warden))"
)
_ROLE_BEFORE = re.compile(rf"({_ROLE.pattern})\s$")
_ROLE_AFTER = re.compile(rf",\s(?:the\s|then\s|who was\s)?({_ROLE.pattern})\b")
_THE_ROLE = re.compile(rf"\b[Tt]he\s({_ROLE.pattern})\b")
_SPECK = re.compile(r"[\[\]{}|<>*^~_=]")
_SPACE = re.compile(r"\s+")
_UNSAID = "two or more people of this surname are named here, and nothing says which is meant"


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


@dataclass(slots=True)
class _Person:
    """One person as named in full in this source: all full forms, where they stand, the titles before them."""

    surname: str
    forms: Counter[str] = field(default_factory=Counter)
    places: list[int] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The fullest form: spelt-out given names before initials, then the longest, then the most frequent."""
        return max(self.forms, key=lambda f: (sum(not is_initial(w) for w in words_of(f)), len(f), self.forms[f], f))

    def entity(self, source: str) -> str:
        """Its id: the same in every source that prints a given name and the surname; else of this source alone."""
        given = given_names(self.name)
        where = source if not given or is_initial(given[0]) else ""
        return finding_id("entity", where, "person", *(w.lower() for w in given[:1]), self.surname.lower())


def group(source: str, text: str, sightings: Sequence[Sighting]) -> tuple[Mention, ...]:
    """Whom or what does each of these sightings name? In their order; offices that name a person come in between."""
    sightings = _with_initials(sightings, text)
    persons = _persons(text, sightings)
    by_surname: dict[str, list[_Person]] = defaultdict(list)
    for person in persons:
        by_surname[person.surname.lower()].append(person)
    mentions = [
        _person_mention(source, text, s, persons, by_surname) if s.type == "person" else _other_mention(text, s)
        for s in sightings
    ]
    mentions += _roles(source, text, sightings, persons)
    return tuple(sorted(mentions, key=lambda m: (m.sighting.start, -m.sighting.end)))


def _printed(text: str, sighting: Sighting) -> str:
    """The name as printed, without specks that OCR reads as signs ("John F ] Brandt")."""
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
    """
    a, b = one.rstrip(".").lower(), other.rstrip(".").lower()
    if is_initial(one) or is_initial(other):
        return a[0] == b[0]
    nicknames = _nicknames()
    return (
        a == b
        or b in nicknames.get(a, ())
        or a in nicknames.get(b, ())
        or bool(nicknames.get(a, frozenset()) & nicknames.get(b, frozenset()))
    )


def _compatible(one: Sequence[str], other: Sequence[str]) -> bool:
    """May these given names be one person's? Middle names and initials must not clash where both have them."""
    return bool(one and other) and all(same_given(a, b) for a, b in zip(one, other, strict=False))


def _persons(text: str, sightings: Sequence[Sighting]) -> list[_Person]:
    """The people named in full, those spelt out first, so that initials find whom they may be."""
    full = [
        (s, name)
        for s in sightings
        if s.type == "person" and len(words_of(name := _printed(text, s))) > 1 and surname_of(name)
    ]
    full.sort(key=lambda x: (-sum(not is_initial(w) for w in words_of(x[1])), -len(x[1]), x[0].start))
    persons: list[_Person] = []
    for sighting, name in full:
        surname = surname_of(name) or ""
        fitting = [
            p
            for p in persons
            if p.surname.lower() == surname.lower() and _compatible(given_names(p.name), given_names(name))
        ]
        person = fitting[0] if len(fitting) == 1 else next((p for p in fitting if name in p.forms), None)
        if person is None:
            person = _Person(surname)
            persons.append(person)
        person.forms[name] += 1
        person.places.append(sighting.start)
        if (title := title_before(text, sighting.start)) is not None:
            person.titles.add(title.lower())
    return persons


def _person_mention(
    source: str, text: str, sighting: Sighting, persons: Sequence[_Person], by_surname: Mapping[str, list[_Person]]
) -> Mention:
    name = _printed(text, sighting)
    if (own := next((p for p in persons if name in p.forms), None)) is not None:
        why = "" if own.name == name else f"may be {own.name!r}, named in full in this source; nothing clashes"
        return _mention(sighting, name, own.entity(source), own.name, 1.0 if own.name == name else 0.85, why)
    if (initialled := _by_initials(name, persons)) is not None:
        why = f"the initials of {initialled.name!r}, named in full in this source"
        return _mention(sighting, name, initialled.entity(source), initialled.name, 0.85, why)
    surname = (surname_of(name) or name).lower()
    candidates = by_surname.get(surname, [])
    title = title_before(text, sighting.start)
    if len(candidates) > 1 and title is not None:
        titled = [p for p in candidates if title.lower() in p.titles]
        candidates = titled if len(titled) == 1 else candidates
    if len(candidates) == 1:
        person = candidates[0]
        clash = title is not None and person.titles and title.lower() not in person.titles
        why = f"the only person of this surname who is named in full here is {person.name!r}"
        if clash:
            why += f", though not with the title {title!r}"
        return _mention(sighting, name, person.entity(source), person.name, 0.6 if clash else 0.9, why)
    entity = finding_id("entity", source, "person", surname, (title or "").lower() if candidates else "")
    if candidates:
        rivals = tuple(sorted(p.entity(source) for p in candidates))
        shown = f"{title} {name}" if title else name
        return replace(_mention(sighting, name, entity, shown, 0.5, _UNSAID), rivals=rivals)
    given = _by_given_name(name, persons)
    if given is not None:
        why = f"a given name or short form of it that only {given.name!r} bears here"
        return _mention(sighting, name, given.entity(source), given.name, 0.6, why)
    return _mention(sighting, name, entity, name, 1.0, "")


def _by_initials(name: str, persons: Sequence[_Person]) -> _Person | None:
    letters = name.replace(".", "")
    if not (letters.isupper() and len(letters) >= 3):
        return None
    fitting = [p for p in persons if any("".join(w[0].upper() for w in words_of(form)) == letters for form in p.forms)]
    return fitting[0] if len(fitting) == 1 else None


def _by_given_name(name: str, persons: Sequence[_Person]) -> _Person | None:
    if len(words_of(name)) != 1:
        return None
    fitting = [
        p for p in persons if (given := given_names(p.name)) and not is_initial(given[0]) and same_given(name, given[0])
    ]
    return fitting[0] if len(fitting) == 1 else None


def _mention(sighting: Sighting, name: str, entity: str, entity_name: str, share: float, why: str) -> Mention:
    return Mention(
        sighting=sighting,
        name=name,
        type=sighting.type,
        entity=entity,
        entity_name=entity_name,
        confidence=round(sighting.confidence * share, 4),
        reason="; ".join(part for part in (why, sighting.reason) if part),
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


def _roles(source: str, text: str, sightings: Sequence[Sighting], persons: Sequence[_Person]) -> list[Mention]:
    """Mentions by an office ("the Attorney General") of persons to whom the source gives that office."""
    bearers: dict[str, dict[str, _Person]] = defaultdict(dict)
    by_form = {form: person for person in persons for form in person.forms}
    for s in sightings:
        person = by_form.get(_printed(text, s))
        if s.type != "person" or person is None:
            continue
        before, after = text[max(0, s.start - 45) : s.start], text[s.end : s.end + 60]
        for printed in (
            _ROLE_BEFORE.search(before),
            _ROLE_AFTER.match(after),
        ):
            if printed:
                bearers[printed[1].lower()][person.name] = person
    taken = {n for s in sightings for n in range(s.start, s.end)}
    found: list[Mention] = []
    for match in _THE_ROLE.finditer(text):
        named = list(bearers.get(match[1].lower(), {}).values())
        if len(named) != 1 or any(n in taken for n in range(*match.span(1))):
            continue
        why = f"the source gives this office to {named[0].name!r} and to nobody else"
        sighting = Sighting(start=match.start(1), end=match.end(1), type="role", confidence=0.7, reason=why)
        found.append(_mention(sighting, match[1], named[0].entity(source), named[0].name, 1.0, ""))
    return found
