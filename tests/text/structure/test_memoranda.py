"""Memoranda and minutes: what their heads list is no telling. Every text is invented."""

import pytest

from testimonia.text.structure.example import example_reading
from testimonia.text.structure.find import find_structure
from testimonia.text.structure.memorandum import read_memorandum_head

BODY = (
    "The consul said that the salt would be landed before the ice came. Mr. Lind asked who would pay for the carts.\n\n"
    "The harbour master said that he would, and that nobody else had been asked to pay for anything that winter.\n"
)
MINUTES = (
    "12. Memorandum of Conversation\n\nHavnsund, May 3, 1907, 5 p.m.\n\nSUBJECT\n\nThe landing of the salt\n\n"
    "PARTICIPANTS\n\nHavnsund\n\nThe Harbour Master\n\nMr. Lind\n\nBrannsey\n\nConsul Moe\n\nCaptain Ott\n\n"
)


def test_what_the_head_of_minutes_lists_is_no_telling() -> None:
    reading = example_reading(MINUTES + BODY)
    found = find_structure(reading.recovered)
    (account,) = found.accounts
    told = "".join(reading.text[s.start : s.end] for s in account.body)
    assert told.startswith("The consul said") and "PARTICIPANTS" not in told and "Captain Ott" not in told
    assert "Mr. Lind asked" in told and "that winter" in told
    openers = [m.text for m in found.marks if m.role == "opener"]
    assert "SUBJECT" in openers and "Captain Ott" in openers


def test_its_document_says_who_was_present() -> None:
    (document,) = find_structure(example_reading(MINUTES + BODY).recovered).documents
    assert document.participants == ("The Harbour Master", "Mr. Lind", "Consul Moe", "Captain Ott")
    assert (document.place, document.date) == ("Havnsund", "1907-05-03T17:00:00")


def test_sender_and_recipient_stand_beside_labels() -> None:
    text = "MEMORANDUM\n\nTO: The Harbour Board\nFROM: Consul Moe\nSUBJECT: The salt\n\n" + BODY
    reading = example_reading(text)
    head = read_memorandum_head(reading.blocks, 1, len(reading.blocks))
    assert head is not None
    assert (head.sender, head.recipient, head.subject) == ("Consul Moe", "The Harbour Board", "The salt")


@pytest.mark.parametrize(
    "text",
    [
        "To the harbour they went, and nobody knew from where.\n\n" + BODY,
        "Present at the table were all who had signed.\n\n" + BODY,
        "From: here it looked like rain, and the men on the quay said so to each other until night came over them.\n\n",
        "SUBJECT\n\nThe salt\n",
        "PARTICIPANTS\n\nConsul Moe\n\nMr. Lind\n",
    ],
)
def test_sentences_are_no_head_and_a_list_alone_keeps_its_words(text: str) -> None:
    reading = example_reading(text)
    assert read_memorandum_head(reading.blocks, 0, len(reading.blocks)) is None


def test_a_list_of_surnames_alone_is_a_list_of_people() -> None:
    text = "PRESENT: Moe\nLind\nOtt\n\n" + BODY
    reading = example_reading(text)
    head = read_memorandum_head(reading.blocks, 0, len(reading.blocks))
    assert head is not None and head.participants == ("Moe", "Lind", "Ott")
