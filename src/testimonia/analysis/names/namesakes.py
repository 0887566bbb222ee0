"""Which of several people of one surname does a surname alone name?

Told apart by their offices ("Attorney General Brandt", "President Brandt"), and then by which of them alone was named
shortly before, or in this document at all. Where none of this decides, nobody is chosen.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from testimonia.analysis.names.offices import family_of
from testimonia.analysis.names.printed_names import is_initial, surname_of, words_of
from testimonia.text.anchoring import finding_id

NEAR = 1_200
"""Characters before a surname in which whoever is named may be meant by it."""
_BESIDE = 300
_ONE_HOLDER = frozenset({"president", "vice president", "premier", "monarch", "attorney"})
"""Offices that one person holds at a time and is commonly called by."""


@dataclass(slots=True)
class Person:
    """One person named in this source: in full (all full forms), or by an office and the surname. Where they stand."""

    surname: str
    given: tuple[str, ...] = ()
    forms: Counter[str] = field(default_factory=Counter)
    places: list[int] = field(default_factory=list)
    offices: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The fullest form: spelt-out given names before initials, then the longest, then the most frequent."""
        if not self.forms:
            office = max(self.offices, key=lambda o: (self.offices[o], o), default="")
            return f"{office} {self.surname}".strip()
        return max(self.forms, key=lambda f: (sum(not is_initial(w) for w in words_of(f)), len(f), self.forms[f], f))

    @property
    def families(self) -> set[str]:
        """The kinds of office that the source gives this person."""
        return {family for office in self.offices if (family := family_of(office)) is not None}

    def entity(self, source: str) -> str:
        """Its id: the same in every source that prints a given name and the surname; else of this source alone."""
        if not self.forms:
            return finding_id("entity", source, "person", self.surname.lower(), *sorted(self.families))
        where = source if not self.given or is_initial(self.given[0]) else ""
        return finding_id("entity", where, "person", *(w.lower() for w in self.given[:1]), self.surname.lower())


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """A surname that stands alone, or after an office, at this place."""

    start: int
    surname: str
    office: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Whom it names, how sure that is (0 to 1), and why; nobody where nothing decides between the `rivals`."""

    person: Person | None
    share: float
    why: str
    rivals: tuple[Person, ...] = ()


UNSAID = "two or more people of this surname are named here, and nothing says which is meant"


def choose(
    text: str, alone: Sequence[Alone], persons: Sequence[Person], documents: Sequence[tuple[int, int]]
) -> Mapping[int, Choice]:
    """For each surname that stands alone, by its place: whom it names. Those whom nobody bears in full are left out,
    unless offices tell two of them apart.

    `documents` are the half-open offsets of the documents of the source, which may lie within one another.
    """
    of_surname: dict[str, list[Alone]] = defaultdict(list)
    for one in alone:
        of_surname[one.surname.lower()].append(one)
    full: dict[str, list[Person]] = defaultdict(list)
    for person in persons:
        full[person.surname.lower()].append(person)
    found: dict[int, Choice] = {}
    for surname, here in of_surname.items():
        owners = _owners(text, here, full.get(surname, []))
        bearers = [*full.get(surname, ()), *_others(owners, full.get(surname, []))]
        if bearers:
            found.update(_chosen(here, bearers, owners, documents))
    return found


def _others(owners: Mapping[str, Person], full: Sequence[Person]) -> list[Person]:
    others: list[Person] = []
    for person in owners.values():
        if not any(p is person for p in (*full, *others)):
            others.append(person)
    return others


def _owners(text: str, here: Sequence[Alone], full: Sequence[Person]) -> dict[str, Person]:
    """Who holds which kind of office, among those of one surname; people known by their office alone come to them."""
    places: dict[str, list[Alone]] = defaultdict(list)
    for one in here:
        if (family := family_of(one.office)) is not None:
            places[family].append(one)
    owners: dict[str, Person] = {}
    for family in places:
        holding = [p for p in full if family in p.families]
        if len(holding) == 1:
            owners[family] = holding[0]
    unowned = [family for family in places if family not in owners]
    for family in unowned:
        only = full[0] if len(full) == 1 else None
        may_be_one = only is not None and len(unowned) == 1 and not only.families
        if only is not None and family in _ONE_HOLDER and min(only.places) > min(o.start for o in places[family]):
            # Whoever is known by such an office is not first called by it and then by a full name without it.
            may_be_one = False
        if only is not None and may_be_one and not _beside(text, only.places, [o.start for o in places[family]]):
            owners[family] = only
        elif full or len(unowned) > 1:
            owners[family] = Person(here[0].surname, offices=Counter(o.office or "" for o in places[family]))
    return owners


def _beside(text: str, some: Sequence[int], others: Sequence[int]) -> bool:
    """Do two names stand in one paragraph and near each other? No text calls one person two ways in a breath."""
    ordered = sorted(some)
    for other in others:
        at = bisect_left(ordered, other)
        for near in ordered[max(0, at - 1) : at + 1]:
            between = text[min(near, other) : max(near, other)]
            if len(between) <= _BESIDE and "\n\n" not in between:
                return True
    return False


def _chosen(
    here: Sequence[Alone], bearers: Sequence[Person], owners: Mapping[str, Person], documents: Sequence[tuple[int, int]]
) -> dict[int, Choice]:
    named: list[tuple[int, int]] = sorted((place, n) for n, p in enumerate(bearers) for place in p.places)
    found: dict[int, Choice] = {}
    unsaid: list[int] = []
    for one in sorted(here, key=lambda o: o.start):
        family = family_of(one.office)
        owner = owners.get(family) if family is not None else None
        if len(bearers) == 1:
            choice = _only(bearers[0], one, family)
        elif owner is not None:
            why = f"the office {one.office!r} tells {owner.name!r} from others of this surname in this source"
            choice = Choice(person=owner, share=0.85, why=why)
        else:
            choice = _nearest(one, bearers, named, unsaid, documents)
        found[one.start] = choice
        if choice.person is None:
            unsaid.append(one.start)
        else:
            number = next(n for n, p in enumerate(bearers) if p is choice.person)
            named.append((one.start, number))
            named.sort()
    return found


def _only(person: Person, one: Alone, family: str | None) -> Choice:
    if not person.forms:
        return Choice(person=person, share=0.9, why="")
    why = f"the only person of this surname who is named in full here is {person.name!r}"
    if family is not None and family not in person.families:
        return Choice(person=person, share=0.8, why=f"{why}, though not with the title {one.office!r}")
    return Choice(person=person, share=0.9, why=why)


def _nearest(
    one: Alone,
    bearers: Sequence[Person],
    named: Sequence[tuple[int, int]],
    unsaid: Sequence[int],
    documents: Sequence[tuple[int, int]],
) -> Choice:
    """The only one of them who is named shortly before, or else in the smallest document around.

    `unsaid` is where the surname stood alone before and nobody knows for whom.
    """
    around = sorted((d for d in documents if d[0] <= one.start < d[1]), key=lambda d: d[1] - d[0])
    first = around[0][0] if around else 0
    before = {n for at, n in named if max(first, one.start - NEAR) <= at < one.start}
    # A text that has called somebody by the surname alone, nobody knows whom, may go on to do so.
    undecided = any(first <= at for at in unsaid)
    if len(before) == 1 and not undecided:
        person = bearers[before.pop()]
        why = f"of several people of this surname only {person.name!r} is named shortly before"
        return Choice(person=person, share=0.7, why=why)
    if around and not before and not undecided:
        inside = {n for at, n in named if around[0][0] <= at < around[0][1]}
        if len(inside) == 1:
            person = bearers[inside.pop()]
            why = f"of several people of this surname only {person.name!r} is named in this document"
            return Choice(person=person, share=0.6, why=why)
    return Choice(person=None, share=0.5, why=UNSAID, rivals=tuple(bearers))


def surname_alone(name: str) -> str:
    """The surname under which a mention is looked up: the last words of "Brandt", "de Brandt"."""
    return surname_of(name) or name
