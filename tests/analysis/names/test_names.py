"""Names in invented texts: found by models and by the source's own evidence, and told apart by it."""

from collections.abc import Iterable, Iterator, Sequence

import pytest

from testimonia.analysis.names.deciding import decide
from testimonia.analysis.names.entities import Mention, group
from testimonia.analysis.names.find import find_names
from testimonia.analysis.names.recognising import Recognised
from testimonia.analysis.subject import Subject
from testimonia.model.layers import ORIGINAL, Layer
from testimonia.model.names import Name
from testimonia.model.steps import Step
from testimonia.services.recognisers import load_recogniser
from testimonia.text.anchoring import Anchorer
from testimonia.text.lines import LineTable
from testimonia.text.recovery import recover
from testimonia.text.structure.find import find_structure

SOURCE = "ab" * 32


def subject(text: str) -> Subject:
    original = Layer(source=SOURCE, name=ORIGINAL, text=text, step=Step(name="read", version="1"))
    recovered = recover(original, page_starts=None)
    anchorer = Anchorer(recovered.reading, LineTable(text), recovered.pages, to_original=recovered.reading.offset_map)
    return Subject(name="story.txt", recovered=recovered, structure=find_structure(recovered), anchorer=anchorer)


def names(text: str) -> list[Name]:
    return list(find_names(subject(text), load_recogniser))


def mentions(text: str, **recognised: str) -> tuple[Mention, ...]:
    """What the source's own evidence makes of words that a model took for names of these types."""
    found = []
    for name, kind in recognised.items():
        printed = name.replace("_", " ").replace("DOT", ".")
        at = text.find(printed)
        while at >= 0:
            found.append(Recognised(start=at, end=at + len(printed), type=kind))
            at = text.find(printed, at + len(printed))
    # Models give stretches that don't overlap: the longest.
    found = [r for r in found if not any(o is not r and o.start <= r.start and r.end <= o.end for o in found)]
    return group(SOURCE, text, decide(text, sorted(found, key=lambda r: r.start)))


def entity_of(found: Sequence[Mention], name: str) -> str:
    return next(m.entity for m in found if m.name == name)


def test_every_mention_is_cited_as_it_is_printed() -> None:
    text = "Ambassador Anna Brandt left Lisbon on Monday.\n\nBrandt said that she would not come back.\n"
    found = names(text)
    assert [(n.name, n.type) for n in found] == [("Anna Brandt", "person"), ("Lisbon", "place"), ("Brandt", "person")]
    for name in found:
        (anchor,) = name.anchors
        assert anchor.quote == name.name
        assert 0 < name.confidence < 1
        assert name.reason


def test_russian_names_are_found() -> None:
    found = names("Посол Смирнов сообщил в Москву, что Анна Петрова встретилась с ним в порту.\n")
    assert ("Смирнов", "person") in [(n.name, n.type) for n in found]
    assert ("Анна Петрова", "person") in [(n.name, n.type) for n in found]


def test_a_name_that_the_model_sees_once_is_found_everywhere() -> None:
    text = "Mr. Halvorsen came. We gave it to Halvorsen. Then HALVORSEN left."
    found = mentions(text, Halvorsen="person")
    assert [text[m.sighting.start : m.sighting.end] for m in found] == ["Halvorsen", "Halvorsen", "HALVORSEN"]
    assert len({m.entity for m in found}) == 1


def test_what_speaks_is_a_person_whatever_the_model_says() -> None:
    found = mentions("Tolvik said no. Tolvik replied that Tolvik was closed.", Tolvik="organisation")
    assert {m.type for m in found} == {"person"}


def test_short_forms_are_joined_to_the_full_name_by_the_sources_evidence() -> None:
    text = "Robert Quarles spoke. R. Quarles was late. Bobby Quarles smiled. RJQ wrote. Robert J. Quarles signed."
    found = mentions(
        text, Robert_Quarles="person", RDOT_Quarles="person", Bobby_Quarles="person", RJQ="organisation",
        Robert_JDOT_Quarles="person",
    )  # fmt: skip
    assert len({m.entity for m in found}) == 1
    assert {m.entity_name for m in found} == {"Robert J. Quarles"}


def test_a_surname_that_two_people_share_joins_nobody() -> None:
    text = "Robert Quarles spoke. John Quarles listened. Then Quarles left."
    found = mentions(text, Robert_Quarles="person", John_Quarles="person", Quarles="person")
    alone = next(m for m in found if m.name == "Quarles")
    assert alone.entity not in (entity_of(found, "Robert Quarles"), entity_of(found, "John Quarles"))
    assert set(alone.rivals) == {entity_of(found, "Robert Quarles"), entity_of(found, "John Quarles")}


def test_a_title_that_one_of_them_bears_tells_two_people_of_a_surname_apart() -> None:
    text = "Admiral John Quarles spoke. Robert Quarles listened. Then Admiral Quarles left."
    found = mentions(text, John_Quarles="person", Robert_Quarles="person", Quarles="person")
    assert entity_of(found, "Quarles") == entity_of(found, "John Quarles")


def test_offices_tell_two_people_apart_of_whom_only_one_is_named_in_full() -> None:
    text = (
        "Attorney General Robert Quarles left. He was to tell President Quarles nothing.\n\nPresident Quarles slept. "
        "Attorney General Quarles did not.\n"
    )
    found = mentions(text, Robert_Quarles="person", Quarles="person")
    robert = entity_of(found, "Robert Quarles")
    titled = {(m.title, m.entity == robert) for m in found if m.name == "Quarles" and m.type == "person"}
    assert titled == {("President", False), ("Attorney General", True)}


def test_a_full_name_and_a_titled_surname_side_by_side_are_two_people() -> None:
    text = "Robert Quarles told Lind what President Quarles wanted."
    found = mentions(text, Robert_Quarles="person", Quarles="person", Lind="person")
    assert entity_of(found, "Quarles") != entity_of(found, "Robert Quarles")
    apart = f"Robert Quarles wrote this.\n\n{'The sea was calm. ' * 40}\n\nThen Secretary Quarles left."
    found = mentions(apart, Robert_Quarles="person", Quarles="person")
    assert entity_of(found, "Quarles") == entity_of(found, "Robert Quarles")


def test_of_two_people_the_only_one_named_shortly_before_is_meant() -> None:
    far = "The sea was calm and the lamps were lit. " * 60
    text = f"Robert Quarles spoke. {far}\n\nJohn Quarles listened. Then Quarles left."
    found = mentions(text, Robert_Quarles="person", John_Quarles="person", Quarles="person")
    alone = next(m for m in found if m.name == "Quarles")
    assert alone.entity == entity_of(found, "John Quarles")
    assert "only 'John Quarles' is named shortly before" in alone.reason


def test_a_name_that_an_editor_added_behind_an_office_is_whoever_holds_it() -> None:
    text = "President John Quarles and Robert Quarles rose. Robert Quarles said that the president [Quarles] was ill."
    found = mentions(text, John_Quarles="person", Robert_Quarles="person", Quarles="person")
    assert next(m.entity for m in found if m.name == "Quarles") == entity_of(found, "John Quarles")


def test_a_surname_that_has_named_nobody_known_goes_on_to_do_so() -> None:
    far = "The sea was calm and the lamps were lit. " * 60
    text = f"John Quarles and Robert Quarles met. Quarles wrote. {far} Robert Quarles spoke. Quarles answered."
    found = mentions(text, John_Quarles="person", Robert_Quarles="person", Quarles="person")
    assert all(m.rivals for m in found if m.name == "Quarles")


def test_nobody_named_in_another_document_is_meant() -> None:
    text = "Robert Quarles spoke.\n\nJohn Quarles listened.\n\nThen Quarles left."
    recognised = [Recognised(start=text.index(n), end=text.index(n) + len(n), type="person") for n in
                  ("Robert Quarles", "John Quarles")]  # fmt: skip
    last = text.rindex("Quarles")
    recognised.append(Recognised(start=last, end=last + 7, type="person"))
    documents = [(0, text.index("John")), (text.index("John"), len(text))]
    found = group(SOURCE, text, decide(text, recognised), documents)
    assert found[-1].entity == entity_of(found, "John Quarles")


def test_the_secretary_is_whom_the_source_called_so_shortly_before() -> None:
    far = "The sea was calm and the lamps were lit. " * 90
    text = f"Secretary Moe came. The Secretary sat down. {far} Secretary Lind rose. The Secretary spoke."
    found = mentions(text, Moe="person", Lind="person")
    roles = [m.entity for m in found if m.type == "role"]
    assert roles == [entity_of(found, "Moe"), entity_of(found, "Lind")]


def test_an_office_of_two_people_named_together_is_nobodys() -> None:
    found = mentions("Secretary Moe met Secretary Lind. The Secretary spoke.", Moe="person", Lind="person")
    assert [m for m in found if m.type == "role"] == []


def test_an_office_names_the_only_person_who_holds_it() -> None:
    text = "Robert Quarles, the Attorney General, spoke. The Attorney General left."
    found = mentions(text, Robert_Quarles="person")
    role = [m for m in found if m.type == "role"]
    assert [m.entity for m in role] == [entity_of(found, "Robert Quarles")] * len(role)
    assert role


def test_a_library_is_no_person_but_is_named_for_one() -> None:
    text = "President Quarles spoke. It is in the Quarles Library."
    found = mentions(text, Quarles="person", Quarles_Library="person")
    assert [(m.name, m.type) for m in found] == [
        ("Quarles", "person"),
        ("Quarles Library", "organisation"),
        ("Quarles", "person"),
    ]


def test_words_of_the_apparatus_are_no_names() -> None:
    assert mentions("See Ibid and Top Secret. Editorial Note.", Ibid="person", Top_Secret="person") == ()


def test_nothing_is_found_on_pages_that_cannot_be_read() -> None:
    class Never:
        def recognise(self, texts: Iterable[str]) -> Iterator[Sequence[Recognised]]:
            pytest.fail(f"asked for {list(texts)}")

    assert list(find_names(subject("\n"), lambda _: Never())) == []


def types(found: Sequence[Mention], text: str) -> list[tuple[str, str]]:
    return [(text[m.sighting.start : m.sighting.end], m.type) for m in found]


@pytest.mark.parametrize("kind", ["organisation", "place", "people"])
def test_a_rare_surname_is_a_person_s_where_the_source_shows_it(kind: str) -> None:
    text = "We had lunch with Ulvhaugen. Ulvhaugen said no. The talk with Ulvhaugen, for Ulvhaugen, was short."
    assert set(types(mentions(text, Ulvhaugen=kind), text)) == {("Ulvhaugen", "person")}


def test_a_surname_with_a_slavic_ending_is_a_person_s_though_a_model_takes_it_for_a_nation_s() -> None:
    text = "A letter from Gromarev was handed over."
    assert types(mentions(text, Gromarev="people"), text) == [("Gromarev", "person")]
    text = "A letter from the Livonians was handed over."
    assert types(mentions(text, Livonians="people"), text) == [("Livonians", "people")]


def test_a_title_gives_a_name_that_no_model_saw() -> None:
    text = "The policy of President Ngu Danh Lim is known, and MR. HALVORSEN left; so did the General Staff."
    assert types(mentions(text), text) == [("Ngu Danh Lim", "person"), ("HALVORSEN", "person")]


def test_two_people_who_talk_are_two_people() -> None:
    text = "It began with the Ulvhaugen-Gromarev talks and with the Sino-Soviet talks."
    found = types(mentions(text, Ulvhaugen="organisation"), text)
    assert found == [("Ulvhaugen", "person"), ("Gromarev", "person")]


def test_headings_are_nobody() -> None:
    text = "Nuclear Testing\n\nHe spoke of testing, and of nuclear arms."
    assert types(mentions(text, Nuclear_Testing="person"), text) == []


def test_well_known_places_are_found_where_no_model_sees_them() -> None:
    text = "The packet from Liverpool, for Mr. London, and a turkey dinner in Turkey."
    assert ("Liverpool", "place") in types(mentions(text), text)
    assert ("London", "place") not in types(mentions(text, London="person"), text)


def test_a_misread_name_is_the_one_that_the_source_has_elsewhere() -> None:
    text = "Mr. Olav Haldorsen came. Haldorsen spoke. Then Haldorscn left, and Haldorsson did not."
    found = mentions(text, Olav_Haldorsen="person", Haldorsson="person")
    misread = next(m for m in found if m.name == "Haldorscn")
    assert misread.entity == entity_of(found, "Haldorsen")
    assert "misread" in misread.reason


def test_a_president_is_not_a_namesake_whom_the_source_names_later_without_the_office() -> None:
    text = (
        "A message to President Brandt. The President was away.\n\n" + "The lamp burned. " * 40 + "Olav Brandt called."
    )
    found = mentions(text, Brandt="person", Olav_Brandt="person")
    assert entity_of(found, "Brandt") != entity_of(found, "Olav Brandt")
