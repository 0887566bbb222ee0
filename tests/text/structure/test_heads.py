"""Heads of edited documents: who wrote to whom, where and when. All documents here are invented."""

import pytest

from testimonia.model.findings import Document
from testimonia.model.layers import ORIGINAL, Layer
from testimonia.model.steps import Step
from testimonia.text.recovery import recover
from testimonia.text.structure.find import find_structure
from testimonia.text.structure.found import Structure
from testimonia.text.structure.heads import read_dateline_of, read_head_title

BODY = "The pilot said that the lamp on the skerry had been out for nine nights and that nobody had been told of it."
SOURCE = "Source: Harbour Archive, Lighthouse Files, 12.3-4. Secret. Drafted by Lind. Another copy is ibid."


def structure(text: str) -> Structure:
    original = Layer(source="6" * 64, name=ORIGINAL, text=text, step=Step(name="read", version="1"))
    return find_structure(recover(original, page_starts=None), name="invented")


def only(text: str) -> Document:
    (document,) = (d for d in structure(text).documents if d.parent is None)
    return document


@pytest.mark.parametrize(
    ("title", "sender", "recipient"),
    [
        (
            "4. Telegram From the Consulate in Havnsund to the Board of Trade",
            "Consulate in Havnsund",
            "Board of Trade",
        ),
        ("5. Letter From Chairman Holm to President Lind", "Chairman Holm", "President Lind"),
        (
            "6. Memorandum From the Minister to Denmark (Moe) to the Harbour Master (Holm)",
            "Minister to Denmark (Moe)",
            "Harbour Master (Holm)",
        ),
        (
            "7. Memorandum From the Special Assistant to the President (Ott) to President Lind",
            "Special Assistant to the President (Ott)",
            "President Lind",
        ),
        ("8. Oral Statement by Chairman Holm to President Lind1", "Chairman Holm", "President Lind"),
        ("9. Memorandum Prepared by the Harbour Board", "Harbour Board", None),
        ("10. Memorandum for the Record", None, None),
        ("11. Memorandum of Conversation", None, None),
        ("12. Paper Prepared in the Department of Trade", None, None),
        ("13. Editorial Note", None, None),
        ("Message From Consul Moe to Pilot Lind", "Consul Moe", "Pilot Lind"),
    ],
)
def test_titles_say_who_wrote_to_whom(title: str, sender: str | None, recipient: str | None) -> None:
    found = read_head_title(title)
    assert found is not None
    assert (found.sender, found.recipient) == (sender, recipient)


@pytest.mark.parametrize(
    "text",
    [
        "The telegram from the consul to the board was lost.",
        "4. note that the lamp was out",
        "From here to there",
        "",
        "1907. Nothing was found",
    ],
)
def test_sentences_are_no_titles(text: str) -> None:
    assert read_head_title(text) is None


@pytest.mark.parametrize(
    ("line", "place", "date"),
    [
        ("Havnsund, May 3, 1907, 7 p.m.", "Havnsund", "1907-05-03T19:00:00"),
        ("Havnsund, May 3, 1907.", "Havnsund", "1907-05-03"),
        ("Havnsund, May 3, 1907, 4:30-5:10 p.m.", "Havnsund", "1907-05-03T16:30:00"),
        ("Havnsund, 3 May 1907", "Havnsund", "1907-05-03"),
        ("Port of Havnsund, May 3–4, 1907", "Port of Havnsund", "1907-05-03/1907-05-04"),
        ("Havnsund, undated.", "Havnsund", None),
        ("May 3, 1907.", None, "1907-05-03"),
    ],
)
def test_datelines_say_where_and_when(line: str, place: str | None, date: str | None) -> None:
    found = read_dateline_of(line)
    assert found is not None
    assert (found.place, found.date) == (place, date)


def test_a_sentence_with_a_date_is_no_dateline() -> None:
    assert read_dateline_of("On May 3, 1907, the lamp went out.") is None
    assert read_dateline_of("The lamp went out on May 3, 1907.") is None


HEAD = "4. Telegram From the Consulate in Havnsund to the Board of Trade"
LINE = "Havnsund, May 3, 1907, 7 p.m."


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n\n{LINE}\n\n{BODY}\n\n{BODY}\n\n{SOURCE}\n",
        f"{HEAD}\n\n{SOURCE}\n\n{LINE}\n\n{BODY}\n",
        f"{HEAD}\n{LINE}\n{BODY}\n{BODY}\n",
        f"{HEAD[:42]}\n{HEAD[43:]}1\n\n{LINE}\n\n{BODY}\n",
    ],
)
def test_however_it_is_set_the_head_is_read(text: str) -> None:
    document = only(text)
    assert document.author == "Consulate in Havnsund"
    assert document.recipient == "Board of Trade"
    assert (document.place, document.date, document.type) == ("Havnsund", "1907-05-03T19:00:00", "cable")
    assert document.anchors[0].quote.startswith("4. Telegram")


def test_a_volume_is_cut_into_its_documents() -> None:
    text = "\n\n".join(
        f"{n}. Letter From Consul Moe to Pilot Lind\n\nHavnsund, May {n}, 1907.\n\nDear Lind:\n\n{BODY}\n\n"
        "Sincerely,\n\nAnna Moe"
        if n % 2
        else f"{n}. Editorial Note\n\n{BODY} On May {n}, 1907, it was lit again."
        for n in range(1, 7)
    )
    documents = [d for d in structure(text).documents if d.parent is None]
    assert [d.title.split(".")[0] for d in documents] == ["1", "2", "3", "4", "5", "6"]
    assert [d.date for d in documents] == ["1907-05-01", None, "1907-05-03", None, "1907-05-05", None]
    assert [d.author for d in documents] == ["Consul Moe", None, "Consul Moe", None, "Consul Moe", None]
    assert {a.teller for a in structure(text).accounts if "Letter" in a.title} == {"Consul Moe"}


def test_a_head_cut_short_is_read_as_far_as_it_goes() -> None:
    assert only(f"{HEAD}\n\n{LINE}").place == "Havnsund"
    assert structure(HEAD).documents[0].title
    assert structure("4.").documents[0].title
