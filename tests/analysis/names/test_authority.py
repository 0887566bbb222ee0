"""Entries of authority files and whom a library names: matched by full and given names, not by surnames. Invented."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from testimonia.analysis.names.authority import (
    FULL,
    INITIALS,
    NEARLY,
    OFFICE,
    SPELT,
    SURNAME,
    link_entities,
    person_entry,
)
from testimonia.model.authority import AuthorityEntry, AuthorityLink, Entity
from testimonia.model.steps import Step


def entry(number: int, name: str, *variants: str, kind: str = "person") -> AuthorityEntry:
    return AuthorityEntry(
        id=f"authority-{number}", source="", anchors=(), step=Step(name="authority", version="1"), confidence=1.0,
        reason="", entry=f"e{number}", name=name, type=kind, variants=variants,
    )  # fmt: skip


def entity(name: str, *forms: str, kind: str = "person", source: str = "one", undecided: bool = False) -> Entity:
    return Entity(
        id=f"entity-{name}-{source}", name=name, type=kind, forms=(name, *forms), sources=(source,), mentions=("n",),
        undecided=undecided,
    )  # fmt: skip


def links(entries: Sequence[AuthorityEntry], entities: Sequence[Entity]) -> list[AuthorityLink]:
    return list(link_entities(entries, entities))


def one(entries: Sequence[AuthorityEntry], *entities: Entity) -> tuple[str, float] | None:
    """The entry of the first of these entities, and how sure it is."""
    found = [link for link in links(entries, entities) if link.entity == entities[0].id]
    return (found[0].entry.entry, found[0].confidence) if found else None


ANNA, OLAV = entry(1, "Anna L. Brink"), entry(2, "Olav Brink")


def test_a_full_name_or_a_variant_of_it_links_surely() -> None:
    assert one([ANNA, OLAV], entity("Anna L Brink")) == ("e1", FULL)
    assert one([entry(1, "Anna Moe", "Anna Brink")], entity("Anna Brink")) == ("e1", FULL)


def test_given_names_and_initials_that_fit_link_less_surely() -> None:
    assert one([ANNA, OLAV], entity("Anna Brink")) == ("e1", SPELT)
    assert one([ANNA, OLAV], entity("A. Brink")) == ("e1", INITIALS)
    assert one([entry(1, "Robert Brink")], entity("Bobby Brink")) == ("e1", SPELT)
    assert one([ANNA, OLAV], entity("Anna M. Brink")) is None
    assert one([ANNA, OLAV], entity("Ida Brink")) is None


def test_initials_that_fit_two_link_nobody() -> None:
    assert one([ANNA, entry(2, "Anton Brink")], entity("A. Brink")) is None
    assert links([entry(1, "A. Brink")], [entity("Anna Brink"), entity("Anton Brink")]) == []


def test_a_surname_links_only_where_nobody_else_bears_it_here_or_there_and_says_so() -> None:
    assert one([ANNA], entity("Brink")) == ("e1", SURNAME)
    assert "surname alone" in links([ANNA], [entity("Brink")])[0].reason
    assert one([ANNA, OLAV], entity("Brink")) is None
    assert one([ANNA], entity("Brink"), entity("Ida Brink")) is None
    assert one([ANNA], entity("Brink"), entity("Ida Brink", source="two")) == ("e1", SURNAME)
    assert one([ANNA], entity("Brink", undecided=True)) is None
    assert one([entry(1, "Anna Brink", "Brink"), OLAV], entity("Brink")) is None


def test_a_short_variant_links_a_mention_that_has_no_other_name() -> None:
    anna = entry(1, "Anna Brink", "ALB", "Bea")
    assert one([anna], entity("ALB")) == ("e1", INITIALS)
    assert one([anna], entity("Bea")) == ("e1", SURNAME)
    assert one([anna], entity("Bea"), entity("Ida Bea")) is None
    assert one([anna], entity("Ida Moe", "ALB")) is None


def test_a_particle_at_the_head_of_a_surname_is_no_given_name() -> None:
    ida = entry(1, "Ida de Stoll")
    assert one([ida], entity("De Stoll")) == ("e1", SURNAME)
    assert one([ida], entity("I. de Stoll")) == ("e1", INITIALS)
    assert one([ida, entry(2, "Olav de Stoll")], entity("De Stoll")) is None
    assert one([entry(1, "Al T. Moe")], entity("Al Moe")) == ("e1", SPELT)


def test_two_entries_of_one_name_link_nobody() -> None:
    assert one([entry(1, "Anna Brink"), entry(2, "Anna Brink")], entity("Anna Brink")) is None


def test_organisations_and_places_are_matched_by_name_and_type() -> None:
    port = entry(1, "The Port Office", kind="organisation")
    assert one([port], entity("Port Office", kind="organisation")) == ("e1", FULL)
    assert one([port], entity("Port Office", kind="place")) is None


@pytest.mark.parametrize(
    ("printed", "name", "role"),
    [
        ("Brink, Anna L., Harbour Master until 1931", "Anna L. Brink", "Harbour Master until 1931"),
        (
            "Moe, Admiral Olav T., Jr., Chief of the Coast, then at sea",
            "Olav T. Moe Jr.",
            "Chief of the Coast, then at sea",
        ),
        ("Brink, Anna K.L., Keeper", "Anna K.L. Brink", "Keeper"),
        ("Brink, Anna (Bea) L., Jr., Keeper", "Anna L. Brink Jr.", "(Bea), Keeper"),
        ("van der Brink, Ida", "Ida van der Brink", ""),
        ("Stoll, the harbour master", "Stoll", "the harbour master"),
        ("Anna Brink", "Anna Brink", ""),
        (", ,", ", ,", ""),
        ("", "", ""),
    ],
)
def test_entries_of_printed_lists_are_taken_apart(printed: str, name: str, role: str) -> None:
    assert person_entry(printed) == (name, role)


def described(number: int, name: str, description: str) -> AuthorityEntry:
    return replace(entry(number, name), description=description)


def test_an_office_beside_a_surname_chooses_among_its_bearers() -> None:
    entries = [described(1, "Anna Brink", "Harbour Master; thereafter President of the Board"),
               described(2, "Olav Brink", "the President's Deputy Assistant"),
               described(3, "Nils Brink", "Vice President of the Board")]  # fmt: skip
    assert one(entries, replace(entity("Brink"), titles=("President",))) == ("e1", OFFICE)
    assert one(entries, replace(entity("President Brink"), titles=("President",))) == ("e1", OFFICE)
    assert one(entries, replace(entity("Brink"), titles=("Mr",))) is None
    assert one(entries, replace(entity("Brink"), titles=("Secretary",))) is None


def test_a_surname_in_another_transliteration_needs_given_names_that_fit() -> None:
    entries = [entry(1, "Vasili Brinkov")]
    assert one(entries, entity("Vasili Brinkoff")) is None
    assert one(entries, entity("Vasili Brinkow")) == ("e1", NEARLY)
    assert one(entries, entity("Ivan Brinkow")) is None
    assert one(entries, entity("Brinkow")) is None


def test_whoever_an_office_alone_tells_apart_may_be_the_only_entry_of_that_surname() -> None:
    two = [
        replace(entity("President Brink"), titles=("President",)),
        replace(entity("Consul Brink"), titles=("Consul",)),
    ]
    assert one([ANNA], *two) == ("e1", SURNAME)


def test_given_names_fit_in_another_spelling_and_behind_a_first_initial() -> None:
    listed = [entry(1, "Anatoly F. Gromarev"), entry(2, "W. Harald Moe")]
    found = links(listed, [entity("Anatoliy F. Gromarev"), entity("Harald Moe")])
    assert [(link.entry.id, link.confidence) for link in found] == [("authority-1", SPELT), ("authority-2", INITIALS)]
