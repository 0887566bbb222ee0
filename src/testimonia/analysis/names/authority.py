"""Which entry of an authority file is whom or what a library names?

Full names and given names that fit decide. A surname alone is nobody's, unless only one person bears it in the
authority file and only one in the sources; then the link says so, and is less sure.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from testimonia.analysis.names.entities import given_names, same_names
from testimonia.analysis.names.offices import family_of
from testimonia.analysis.names.printed_names import is_initial, surname_of, transliterated, trimmed, words_of
from testimonia.analysis.names.votes import fold
from testimonia.model.authority import AuthorityEntry, AuthorityLink, Entity

FULL, SPELT, OFFICE, INITIALS, NEARLY, SURNAME = 0.95, 0.85, 0.75, 0.7, 0.6, 0.5
"""How sure a link is: by the full name, given names spelt out, surname and office, initials, a surname spelt nearly so
beside given names that fit, or the surname of an only bearer."""

_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|esq)\.?$", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_ASIDE = re.compile(r"\([^()]*\)")
_MARKS = re.compile(r"[-.'’]")
_ARTICLE = re.compile(r"^the ", re.IGNORECASE)
_LAST_GIVEN = 4
_LONG_SURNAME = 6
_INITIALS = 4


def person_entry(printed: str) -> tuple[str, str]:
    """The name, given names first, and the description of a person as lists of persons print it.

    >>> person_entry("Brink, Anna L., Harbour Master until 1931")
    ('Anna L. Brink', 'Harbour Master until 1931')
    >>> person_entry("Brink, Captain Olav, Jr.")
    ('Olav Brink Jr.', '')
    >>> person_entry("Anna L. Brink")
    ('Anna L. Brink', '')
    """
    parts = [part.strip() for part in printed.split(",")]
    if len(parts) < 2 or not parts[0] or not _is_surname(parts[0]):
        return _SPACE.sub(" ", printed).strip(), ""
    aside = _ASIDE.findall(parts[1])
    printed_given = _SPACE.sub(" ", _ASIDE.sub(" ", parts[1])).strip()
    start, end = trimmed(printed_given, 0, len(printed_given))
    given = printed_given[start:end]
    rest = [*aside, *parts[2:]]
    if not _is_given(given):
        return parts[0], ", ".join(parts[1:])
    suffix = ""
    at = len(aside)
    if len(rest) > at and _SUFFIX.fullmatch(rest[at]):
        suffix = f" {rest.pop(at)}"
    return f"{given} {parts[0]}{suffix}", ", ".join(part for part in rest if part)


def _is_surname(words: str) -> bool:
    found = words_of(words)
    return 0 < len(found) <= _LAST_GIVEN and not is_initial(found[-1])


def _is_given(words: str) -> bool:
    """Capitalised words and initials, nothing else: "Anna L.", not "the harbour master"."""
    found = words.split()
    return 0 < len(found) <= _LAST_GIVEN and all(w[0].isupper() and _MARKS.sub("", w).isalpha() for w in found)


def link_entities(entries: Sequence[AuthorityEntry], entities: Sequence[Entity]) -> Iterator[AuthorityLink]:
    """The entry that each of these entities may be; none for those to which none fits, or several do equally.

    In the order of the entities, which are all of the library.
    """
    by_name: dict[tuple[str, str], list[AuthorityEntry]] = defaultdict(list)
    by_surname: dict[str, list[AuthorityEntry]] = defaultdict(list)
    for entry in entries:
        for name in {_plain(n) for n in (entry.name, *entry.variants)}:
            by_name[entry.type, name].append(entry)
        if entry.type == "person":
            for surname in sorted({s for n in _full_names(entry) if (s := _surname(n))}):
                by_surname[surname].append(entry)
    people = _People(entities)
    for entity in entities:
        found = _person(entity, by_name, by_surname, people) if entity.type == "person" else _thing(entity, by_name)
        if found is not None:
            yield found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    entry: AuthorityEntry
    confidence: float
    reason: str


_SEGMENT = re.compile(r"[;,]|\b(?:thereafter|then|formerly|later|previously|and)\b")
_NATION = r"(?:(?:the\s)?(?:[A-Z][a-z]+|[A-Z](?:\.[A-Z])+\.?)\s)?"
_BELOW = re.compile(r"^(?:Vice|Deputy|Under|Assistant|Acting|Former)\b", re.IGNORECASE)


def holds(description: str, office: str) -> bool:
    """Does this description of a person in a list of persons give this office?

    >>> told = "Vice President of the Board until May 1931; thereafter President"
    >>> holds(told, "President"), holds("the President's Deputy Assistant", "President"), holds(told, "Secretary")
    (True, False, False)
    """
    if family_of(office) is None:
        return False
    wanted = re.compile(rf"{_NATION}{re.escape(office)}\b(?!['’]s)", re.IGNORECASE)
    for part in _SEGMENT.split(description):
        said = part.strip()
        if wanted.match(said) and (not _BELOW.match(said) or _BELOW.match(office)):
            return True
    return False


def _nearly(surname: str, given: Sequence[str], by_surname: Mapping[str, Sequence[AuthorityEntry]]) -> Iterator[_Fit]:
    """Entries whose surname differs in one letter or in its transliteration, and whose given names fit."""
    if is_initial(given[0]) or len(surname) < _LONG_SURNAME:
        return
    for other, entries in by_surname.items():
        if other == surname or Levenshtein.distance(transliterated(surname), transliterated(other), score_cutoff=1) > 1:
            continue
        for entry in entries:
            fitting = [n for n in _full_names(entry) if _surname(n) == other and same_names(given, _given(n))]
            if fitting:
                why = f"a surname spelt nearly so, and given names that fit: {fitting[0]!r}"
                yield _Fit(entry=entry, confidence=NEARLY, reason=why)


def _full_names(entry: AuthorityEntry) -> list[str]:
    return [entry.name, *(v for v in entry.variants if len(words_of(v)) > 1)]


def _plain(name: str) -> str:
    return _ARTICLE.sub("", _SPACE.sub(" ", fold(name).replace(".", " ")).strip().casefold())


def _surname(name: str) -> str:
    # A particle may begin a surname that stands alone ("De Gaulle"); Al is more often a given name.
    return (surname_of(name if name.startswith("Al ") else f"X {name}") or "").casefold()


def _given(name: str) -> list[str]:
    return [] if _surname(name) == name.casefold() else given_names(name)


def _without_titles(entity: Entity) -> str:
    """The name without the office that tells its bearer from others ("President Brandt")."""
    title = next((t for t in entity.titles if entity.name.startswith(f"{t} ")), "")
    return entity.name[len(title) :].strip()


class _People:
    """The people of the library by surname, with the sources that mention them."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.by_surname: dict[str, list[Entity]] = defaultdict(list)
        for entity in entities:
            if entity.type == "person" and (surname := _surname(_without_titles(entity))):
                self.by_surname[surname].append(entity)

    def is_only_one(self, entity: Entity) -> bool:
        """Does nobody else bear this surname in the sources that mention this person?"""
        bearers = self.by_surname[_surname(_without_titles(entity))]
        # Whoever is told apart by an office alone may be the same after all; another given name is another person.
        others = [e for e in bearers if e.id != entity.id and _given(_without_titles(e))]
        return not entity.undecided and not any(set(e.sources) & set(entity.sources) for e in others)

    def clashing(self, surname: str, names: Sequence[str]) -> bool:
        """Do these names of an entry fit two people of the library who can't be one?"""
        fitting = [
            given for e in self.by_surname[surname] if (given := _given(_without_titles(e)))
            and any(same_names(given, _given(n)) for n in names)
        ]  # fmt: skip
        return any(not same_names(a, b) for n, a in enumerate(fitting) for b in fitting[n + 1 :])


def _best(entity: Entity, fits: Sequence[_Fit]) -> AuthorityLink | None:
    """The only fit that is surest; None where another entry fits as well."""
    if not fits:
        return None
    best = max(fits, key=lambda f: (f.confidence, f.entry.entry))
    if any(f.confidence == best.confidence and f.entry.id != best.entry.id for f in fits):
        return None
    return AuthorityLink(entity=entity.id, entry=best.entry, confidence=best.confidence, reason=best.reason)


def _thing(entity: Entity, by_name: dict[tuple[str, str], list[AuthorityEntry]]) -> AuthorityLink | None:
    fits = [
        _Fit(entry=entry, confidence=FULL, reason=f"named {form!r} in the authority file as in the source")
        for form in (entity.name, *entity.forms)
        for entry in by_name.get((entity.type, _plain(form)), ())
    ]
    return _best(entity, fits)


def _person(
    entity: Entity,
    by_name: dict[tuple[str, str], list[AuthorityEntry]],
    by_surname: dict[str, list[AuthorityEntry]],
    people: _People,
) -> AuthorityLink | None:
    printed = _without_titles(entity)
    surname = _surname(printed)
    given = _given(printed)
    fits: list[_Fit] = []
    for form in dict.fromkeys((entity.name, *entity.forms)):
        for entry in by_name.get(("person", _plain(form)), ()):
            spelt = any(not is_initial(w) for w in _given(form))
            if len(words_of(form)) > 1 and spelt:
                fits.append(_Fit(entry=entry, confidence=FULL, reason=f"{form!r} stands in the authority file"))
                continue
            # A word alone may be a surname as well, unless it is somebody's initials ("ALB").
            initials = form.isupper() and len(form) <= _INITIALS
            of_entry = not given and _plain(form) not in {_surname(n) for n in _full_names(entry)}
            if of_entry and (initials or people.is_only_one(entity)):
                confidence = INITIALS if initials else SURNAME
                fits.append(_Fit(entry=entry, confidence=confidence, reason=f"{form!r} is a variant of {entry.name!r}"))
    if not given:
        bearers = by_surname.get(surname, [])
        holding = [(e, t) for e in bearers for t in entity.titles if holds(e.description, t)]
        if not fits and not entity.undecided and len({e.id for e, _ in holding}) == 1:
            why = f"the surname and the office {holding[0][1]!r}: {holding[0][0].description}"
            fits.append(_Fit(entry=holding[0][0], confidence=OFFICE, reason=why))
        if not fits and surname and len(bearers) == 1 and people.is_only_one(entity):
            why = "by the surname alone: nobody else bears it in the authority file, and nobody else in the source"
            fits.append(_Fit(entry=bearers[0], confidence=SURNAME, reason=why))
        return _best(entity, fits)
    for entry in by_surname.get(surname, ()):
        names = [n for n in _full_names(entry) if _surname(n) == surname]
        fitting = [n for n in names if same_names(given, _given(n))]
        if not fitting or people.clashing(surname, names):
            continue
        spelt = not is_initial(given[0]) and any(not is_initial(_given(n)[0]) for n in fitting)
        what = "the given names fit" if spelt else "the initials fit"
        reason = f"the surname and, as {fitting[0]!r} has them, {what}"
        fits.append(_Fit(entry=entry, confidence=SPELT if spelt else INITIALS, reason=reason))
    if not fits:
        fits.extend(_nearly(surname, given, by_surname))
    if len({f.entry.id for f in fits if f.confidence < FULL}) > 1 and not any(f.confidence == FULL for f in fits):
        return None
    return _best(entity, fits)
