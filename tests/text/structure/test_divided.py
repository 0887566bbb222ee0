"""Documents that a file marks are taken as they are marked."""

from testimonia.model.divisions import Division
from testimonia.model.layers import Layer
from testimonia.model.steps import Step
from testimonia.text.recovery import recover
from testimonia.text.structure.find import find_structure

PARTS = (
    "Preface\n\nHow these papers were chosen, and by whom.\n\n",
    "1. Letter From the Pilot to the Mayor [1]\n\nHavn, 3 March 1907.\n\nI saw the lamp go out. I told the Mayor."
    "\n\n[1] Source: Town Archives, Box 4.\n\n",
    "2. Minutes\n\nWhat Was Asked\n\nIt was asked who had seen the ferry leave. Nobody had, and the meeting rose.\n",
)
ORIGINAL = Layer(source="0" * 64, name="original", text="".join(PARTS), step=Step(name="read", version="1"))


def divisions() -> tuple[Division, ...]:
    ends = [sum(len(part) for part in PARTS[: n + 1]) for n in range(3)]
    starts = [0, *ends]
    titles = ("Preface", "1. Letter From the Pilot to the Mayor", "2. Minutes")
    return (
        Division(start=starts[0], end=ends[0], title=titles[0], type="section"),
        Division(
            start=starts[1],
            end=ends[1],
            title=titles[1],
            type="document",
            date="1907-03-03",
            place="Havn",
            notes=("[1]",),
        ),
        Division(start=starts[2], end=ends[2], title=titles[2], type="minutes", author="Anna Moe"),
    )


def test_bounds_titles_and_dates_are_those_of_the_file() -> None:
    found = find_structure(recover(ORIGINAL, page_starts=None), divisions=divisions())
    assert [(d.title, d.first_line) for d in found.documents] == [
        ("Preface", 1), ("1. Letter From the Pilot to the Mayor", 5), ("2. Minutes", 13),
    ]  # fmt: skip
    preface, letter, minutes = found.documents
    assert (preface.type, minutes.type, minutes.author) == ("section", "minutes", "Anna Moe")
    assert (letter.date, letter.place) == ("1907-03-03", "Havn")
    assert letter.last_line < minutes.first_line
    assert all("marked" in d.reason for d in found.documents)


def test_each_marked_document_is_an_account_told_when_it_was_written_and_a_preface_is_none() -> None:
    found = find_structure(recover(ORIGINAL, page_starts=None), divisions=divisions())
    assert [(a.title, a.document) for a in found.accounts] == [(d.title, d.id) for d in found.documents[1:]]
    assert found.accounts[0].told == "1907-03-03"
    assert found.accounts[1].teller == "Anna Moe"


def test_without_marks_nothing_changes() -> None:
    recovered = recover(ORIGINAL, page_starts=None)
    assert find_structure(recovered, divisions=()) == find_structure(recovered)


def test_the_notes_of_a_marked_document_are_those_with_its_labels() -> None:
    found = find_structure(recover(ORIGINAL, page_starts=None), divisions=divisions())
    (note,) = found.notes
    assert (note.label, note.text, note.document) == ("1", "Source: Town Archives, Box 4.", found.documents[1].id)
    assert [(a.quote, a.first_line) for a in note.called_at] == [("[1]", 5)]


def test_a_label_that_is_used_again_belongs_to_its_own_call() -> None:
    text = "1. Log\n\nThe lamp went out.* Nobody saw it.\n\n* So the pilot.\n\nIt was lit again.*\n\n* So the mayor.\n"
    original = Layer(source="0" * 64, name="original", text=text, step=Step(name="read", version="1"))
    mark = Division(start=0, end=len(text), title="1. Log", type="document", notes=("*", "*"))
    found = find_structure(recover(original, page_starts=None), divisions=(mark,))
    assert [(n.text, n.called_at[0].first_line) for n in found.notes] == [("So the pilot.", 3), ("So the mayor.", 7)]
