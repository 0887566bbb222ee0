"""The dates that a source names, beside the date of the document that names them. All sources here are invented."""

from testimonia.analysis.dates import find_dates_named
from testimonia.analysis.subject import Subject
from testimonia.model.dates import NamedDate
from testimonia.model.layers import ORIGINAL, Layer
from testimonia.model.steps import Step
from testimonia.text.anchoring import Anchorer
from testimonia.text.lines import LineTable
from testimonia.text.recovery import recover
from testimonia.text.structure.find import find_structure


def subject_of(text: str) -> Subject:
    original = Layer(source="4" * 64, name=ORIGINAL, text=text, step=Step(name="read", version="1"))
    recovered = recover(original, page_starts=None)
    reading = recovered.reading
    return Subject(
        name="invented",
        recovered=recovered,
        structure=find_structure(recovered, name="invented"),
        anchorer=Anchorer(reading, LineTable(text), recovered.pages, reading.offset_map),
    )


def dates_in(text: str) -> dict[str, NamedDate]:
    return {d.printed: d for d in find_dates_named(subject_of(text))}


NEWS = """Ferry lost off Havnsund
May 3, 1907
The ferry was lost on Wednesday. Two days later its bell was found, and the owners
said today that the board will meet on Monday. Another ferry was lost on December 11.
"""


def test_relative_dates_lean_on_the_dateline() -> None:
    found = dates_in(NEWS)
    assert found["Wednesday"].edtf == "1907-05-01"
    assert found["Two days later"].edtf == "1907-05-03"
    assert found["today"].edtf == "1907-05-03"
    assert found["Monday"].edtf == "1907-05-06"
    assert found["December 11"].edtf == "1906-12-11"
    assert [a.quote for a in found["today"].resolved_from] == ["May 3, 1907"]
    assert [a.quote for a in found["Two days later"].resolved_from] == ["Wednesday"]


def test_each_date_cites_its_words_and_line() -> None:
    for date in find_dates_named(subject_of(NEWS)):
        (anchor,) = date.anchors
        assert " ".join(anchor.quote.split()) == date.printed
        assert date.document is not None and date.reason and 0 < date.confidence <= 1
    assert dates_in(NEWS)["May 3, 1907"].anchors[0].first_line == 2


def test_a_story_without_a_date_of_its_own_is_dated_from_within() -> None:
    found = dates_in(
        "The keeper's story was never dated. In the autumn the lamp was built.\n\n"
        "The boat came on 9 April 1907. That evening the bell rang, and the next day (Wednesday) it fell.\n"
        "On April 12 nobody came.\n"
    )
    assert found["That evening"].earliest == "1907-04-09T17:00:00"
    assert found["the next day (Wednesday)"].edtf == "1907-04-10"
    assert found["April 12"].edtf == "1907-04-12"
    assert found["the autumn"].edtf is None


def test_a_source_without_words_of_time_names_no_dates() -> None:
    assert dates_in("The lamp on the skerry was lit.\n") == {}
    assert dates_in("") == {}


def test_ids_differ_and_stay_the_same() -> None:
    first = [d.id for d in find_dates_named(subject_of(NEWS))]
    assert len(set(first)) == len(first)
    assert first == [d.id for d in find_dates_named(subject_of(NEWS))]


def test_times_are_read_by_the_clocks_of_the_place_that_their_sentence_names() -> None:
    found = dates_in(
        "4. Telegram From the Embassy in the Soviet Union to the Board of Trade\n\nMoscow, October 26, 1962, 7 p.m.\n\n"
        "The pilot came to the Embassy about 4:43 p.m. Moscow time October 26, and left at 6:10 p.m. with the lamp.\n\n"
        "Source: Harbour Archive, 12.3-4. Secret. Passed to the White House at 9:15 p.m. October 26."
        " Logged at 11:20 p.m.\n"
    )
    assert found["October 26, 1962, 7 p.m."].earliest == "1962-10-26T16:00:00Z"
    assert found["6:10 p.m."].earliest == "1962-10-26T15:10:00Z"
    assert found["9:15 p.m. October 26"].earliest == "1962-10-27T01:15:00Z"
    assert found["11:20 p.m."].zone is None
