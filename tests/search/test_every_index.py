"""What every search backend must do; a new one takes its place in conftest.BACKENDS and runs through all of it."""

import threading
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testimonia.search.index import Hit, Passage, SearchIndex

OpenIndex = Callable[[], SearchIndex]
FIRST, SECOND = "a" * 64, "b" * 64
TEXTS = (
    "The lamp on the mole went out at two, the harbour master wrote.",
    "Nobody on the quay saw the ferry leave; the lamp was lit again.",
    "Der Hafenmeister schrieb: «Über die Brücke ging niemand.»",
    "O'Brien's log of 27/X-31 says half-light, and no fog.",
)


def passages(source: str, texts: tuple[str, ...] = TEXTS) -> Iterator[Passage]:
    at = 0
    for n, text in enumerate(texts):
        yield Passage(
            source=source, source_name=f"{source[0]}.txt", start=at, end=at + len(text), first_line=10 * n + 1,
            last_line=10 * n + 4, page_index=n, page_label=None if n % 2 else f"Page {n + 1} of 4", text=text,
            uncertain="the page lies upside down" if n % 3 == 2 else None,
        )  # fmt: skip
        at += len(text) + 2


def fill(index: SearchIndex, source: str, texts: tuple[str, ...] = TEXTS, layer: str = "1" * 64) -> None:
    index.put_source(source, f"{source[0]}.txt", passages(source, texts), layer_sha256=layer)


def found(index: SearchIndex, query: str, source: str | None = None) -> set[int]:
    """The numbers of the passages that answer."""
    hits = index.search(query, source=source)
    assert len(hits) == index.count(query, source=source)
    return {h.passage.page_index for h in hits}


def marked(hit: Hit) -> list[str]:
    return [hit.snippet[a:b] for a, b in hit.highlights]


def test_an_empty_index_finds_nothing(index: SearchIndex) -> None:
    assert index.search("lamp") == ()
    assert index.count("lamp") == 0
    assert index.sources() == {}


def test_a_hit_says_why_its_words_are_uncertain(index: SearchIndex) -> None:
    uncertain = next(p for p in passages(FIRST) if p.uncertain)
    fill(index, FIRST)
    found = {hit.passage.text: hit.passage.uncertain for hit in index.search(uncertain.text)}
    assert found[uncertain.text] == "the page lies upside down"


def test_a_hit_is_the_passage_with_its_place_and_its_matches(open_index: OpenIndex) -> None:
    fill(open_index(), FIRST)
    (hit,) = open_index().search("lit lamp")
    assert hit.passage == list(passages(FIRST))[1]
    assert (hit.snippet, hit.snippet_start) == (TEXTS[1], 0)
    assert marked(hit) == ["lamp", "lit"]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("lamp", {0, 1}), ("LAMP", {0, 1}), ("lamp quay", {1}), ('"the lamp was"', {1}), ('"was lamp the"', set()),
        ("lamp*", {0, 1}), ("harb*", {0}), ("hafen* OR harb*", {0, 2}), ("lamp -quay", {0}), ('lamp -"at two"', {1}),
        ("uber brucke", {2}), ("ÜBER", {2}), ("U\u0308ber", {2}), ("O'Brien", {3}), ("27/X-31", {3}),
        ("half-light", {3}), ("-lamp", set()), ("", set()), ('""', set()), ("lamp lighthouse", set()),
        ("lamp OR lighthouse", {0, 1}), ("nobody AND", set()), ('"lamp', {0, 1}), ("lamp)", {0, 1}),
        ("text:lamp", set()), ("lamp\x00", {0, 1}), ("'; DROP TABLE passage; --", set()), ("*", set()),
    ],
)  # fmt: skip
def test_a_query_finds(index: SearchIndex, query: str, numbers: set[int]) -> None:
    fill(index, FIRST)
    assert found(index, query) == numbers


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(st.characters()),
        st.lists(
            st.sampled_from(["lamp", "AND", "OR", "NOT", "NEAR(", ")", '"', "*", "-", "^", ":", "{", "\x00", "“", "+"])
        ).map(" ".join),
    )
)  # fmt: skip
def test_nothing_that_is_typed_raises(index: SearchIndex, query: str) -> None:
    if not index.sources():
        fill(index, FIRST)
    for hit in index.search(query):
        assert hit.passage.text[hit.snippet_start :].startswith(hit.snippet)
        assert all(marked(hit))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(), max_size=40))
def test_every_text_comes_back_to_the_letter(index: SearchIndex, text: str) -> None:
    fill(index, FIRST, (f"lamp {text} lamp",))
    (hit,) = index.search("lamp")
    assert hit.passage.text == f"lamp {text} lamp" == hit.snippet
    assert hit.highlights[0] == (0, 4)


def test_marks_in_a_text_are_no_matches(index: SearchIndex) -> None:
    fill(index, FIRST, ("a \x02lamp\x03 \x00 and <b>lamp</b> \x02 again",))
    (hit,) = index.search("lamp")
    assert hit.passage.text == "a \x02lamp\x03 \x00 and <b>lamp</b> \x02 again"
    assert marked(hit) == ["lamp", "lamp"]


def test_a_long_passage_is_shown_around_its_matches(index: SearchIndex) -> None:
    text = "fog and again fog " * 200 + "then the signal lamp was seen " + "fog and again fog " * 200
    fill(index, FIRST, (text,))
    (hit,) = index.search('"signal lamp"')
    assert len(hit.snippet) <= 240
    assert hit.passage.text[hit.snippet_start : hit.snippet_start + len(hit.snippet)] == hit.snippet
    assert marked(hit) == ["signal lamp"]


def test_one_source_can_be_asked_alone(index: SearchIndex) -> None:
    fill(index, FIRST)
    fill(index, SECOND, (*TEXTS, "One more lamp."))
    assert index.count("lamp") == 5
    assert found(index, "lamp", FIRST) == {0, 1}
    assert found(index, "lamp", SECOND) == {0, 1, 4}
    assert found(index, "lamp", "c" * 64) == set()


def test_results_come_page_by_page_always_in_the_same_order(index: SearchIndex) -> None:
    fill(index, FIRST, tuple(f"the lamp number {n}" for n in range(25)))
    whole = index.search("lamp", limit=100)
    assert [*index.search("lamp", limit=10), *index.search("lamp", limit=10, offset=10),
            *index.search("lamp", limit=10, offset=20)] == list(whole)  # fmt: skip
    assert len(whole) == 25
    assert index.search("lamp", limit=0) == () == index.search("lamp", offset=25)


def test_the_passage_with_the_rarer_words_comes_first(index: SearchIndex) -> None:
    fill(index, FIRST, ("fog " * 30 + "lamp", "lamp lamp", "fog", "fog", "fog"))
    assert index.search("lamp")[0].passage.page_index == 1


def test_indexing_again_replaces(index: SearchIndex) -> None:
    fill(index, FIRST, layer="1" * 64)
    fill(index, SECOND)
    fill(index, FIRST, ("Only a buoy.",), layer="2" * 64)
    assert index.sources() == {FIRST: "2" * 64, SECOND: "1" * 64}
    assert index.count("lamp", source=FIRST) == 0
    assert index.count("buoy") == 1
    assert index.count("lamp") == 2


def test_a_removed_source_is_found_no_more(index: SearchIndex) -> None:
    fill(index, FIRST)
    index.remove_source(FIRST)
    index.remove_source(SECOND)
    assert index.sources() == {}
    assert index.count("lamp") == 0


def test_a_source_is_indexed_wholly_or_not_at_all(index: SearchIndex) -> None:
    fill(index, FIRST)

    def breaking() -> Iterator[Passage]:
        yield next(passages(FIRST, ("A buoy.",)))
        raise RuntimeError("the disk was pulled")

    with pytest.raises(RuntimeError):
        index.put_source(FIRST, "a.txt", breaking(), layer_sha256="2" * 64)
    assert index.sources() == {FIRST: "1" * 64}
    assert found(index, "lamp") == {0, 1}
    assert found(index, "buoy") == set()


def test_names_that_are_no_unicode_come_back(index: SearchIndex) -> None:
    passage = Passage(
        source=FIRST, source_name="nuit\udce9.txt", start=0, end=4, first_line=1, last_line=1, page_index=0,
        page_label="\ud800\x00", text="lamp",
    )  # fmt: skip
    index.put_source(FIRST, passage.source_name, [passage], layer_sha256="1" * 64)
    assert index.search("lamp")[0].passage == passage


def test_threads_can_search_while_another_indexes(index: SearchIndex) -> None:
    fill(index, FIRST)
    faults: list[BaseException] = []

    def searching() -> None:
        try:
            for _ in range(30):
                assert found(index, "lamp", FIRST) == {0, 1}
        except BaseException as error:
            faults.append(error)

    def indexing() -> None:
        try:
            for n in range(10):
                fill(index, f"{n:064}")
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=work) for work in (searching, searching, indexing)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert len(index.sources()) == 11


def test_a_search_is_not_kept_waiting_by_indexing(index: SearchIndex) -> None:
    fill(index, FIRST)
    seen: list[set[int]] = []

    def slow() -> Iterator[Passage]:
        yield from passages(SECOND)
        reader = threading.Thread(target=lambda: seen.append(found(index, "lamp")))
        reader.start()
        reader.join(10)

    index.put_source(SECOND, "b.txt", slow(), layer_sha256="1" * 64)
    assert seen == [{0, 1}]
