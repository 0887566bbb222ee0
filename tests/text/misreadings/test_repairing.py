"""Misread words repaired in whole sources. Every text is invented."""

from collections.abc import Callable

import pytest

from testimonia.model.findings import Repair
from testimonia.model.layers import Layer
from testimonia.text.misreadings.repairing import repair_misreadings
from testimonia.text.recovered import Recovered
from testimonia.text.recovery import recover

Original = Callable[[str], Layer]

CLEAN = """The inspector came to the harbour office at half past nine and asked for the log of the night. Mrs. Tavergne,
who kept the books, said that the clerk Obadiah Prynnsworth had taken it home, as he did when the tide was late. The
inspector wrote this down. He asked whether the lamp on the mole had been burning, and who had given the order to put
it out. She did not know. She had gone to bed before the lugger came in, and the withdrawl of the watch had not been
told to her.

On page 1 was a drawing of the mole; on page 27 the names of the crew, with their wages to the 14th of March 1931. Of
the twelve men 1 had signed with a cross. Captain Zherebkov had signed in Russian letters, and a note of his in French
was pinned beside it: je suis content de vous dire que tout va bien avec nous dans cette petite ville."""

MISREAD = """Tho inspector camo to tho harbour offico at half past nine aud asked for tho log of tho night. Mrs.
Tavergne, who kept tho books, said that tho clerk had takon it homo, as ho did when tho tide was lato. Tho inspector
wroto this down. Ho askcd whether tho lamp on tho molo had beon burning, and who had givon tho order to put it out. She
did not kuow. She had gono to bod before tho luggor camo in, aud tho mon of tho watch had not boon told of tho chango.
On tho 27th of March 1931 thcy were all paid ofl, and there was an end of tho mattor so far as tho offico knew."""

NAMES = (
    "Ambassador Zherebkovsky came at noon. The minister received Zherebkovsky in the small room. Nobody heard what "
    "Zherebkovsky said. In the evening Zherebkovsky dined with us, and Zherebkovsky was silent. Zherebkovsky left at "
    "ten. In the morning a letter from Zhercbhovsky lay on the table, and with it the key of the lower gate."
)


@pytest.fixture
def recovered(original: Original) -> Callable[[str], Recovered]:
    def make(text: str) -> Recovered:
        return recover(original(text), page_starts=None)

    return make


def misreadings(found: Recovered) -> list[Repair]:
    return [r for r in found.repairs if r.step.name == "misreadings"]


def test_nothing_is_changed_in_clean_prose_with_names_figures_french_and_a_misspelling(
    recovered: Callable[[str], Recovered],
) -> None:
    before = recovered(CLEAN)
    after = repair_misreadings(before)
    assert after.reading.text == before.reading.text


def test_a_page_that_is_misread_throughout_is_repaired(recovered: Callable[[str], Recovered]) -> None:
    after = repair_misreadings(recovered(MISREAD))
    text = after.reading.text
    assert text.startswith("The inspector came to the harbour office at half past nine and asked for the log")
    assert "On the 27th of March 1931 they were all paid off" in text
    assert "Mrs. Tavergne" in text
    assert all(r.reason and 0.5 <= r.confidence < 1.0 for r in misreadings(after))


def test_a_name_printed_often_repairs_its_one_misreading(recovered: Callable[[str], Recovered]) -> None:
    after = repair_misreadings(recovered(NAMES))
    (repair,) = misreadings(after)
    assert (repair.before, repair.after, repair.how, repair.applied) == ("Zhercbhovsky", "Zherebkovsky", "name", True)
    assert "6 times" in repair.reason
    assert "Zhercbhovsky" not in after.reading.text


def test_a_name_in_a_text_that_is_not_english_is_repaired_and_nothing_else(
    recovered: Callable[[str], Recovered],
) -> None:
    text = (
        "Der Botschafter Zherebkovsky kam am Mittag in das Haus des Ministers. Niemand hat gehört, was Zherebkovsky "
        "sagte. Am Abend war Zherebkovsky mit uns bei Tisch, und Zherebkovsky schwieg. Zherebkovsky ging um zehn. Am "
        "Morgen lag ein Brief von Zhercbhovsky auf dem Tisch, aud der Schlüssel zu dem Tor, wie es ist tho war."
    )
    after = repair_misreadings(recovered(text))
    assert [(r.before, r.after) for r in misreadings(after)] == [("Zhercbhovsky", "Zherebkovsky")]


def test_i_read_as_a_figure_is_repaired_only_before_a_verb(recovered: Callable[[str], Recovered]) -> None:
    text = (
        "The lugger came in while 1 was on the quay, and 1 said nothing. The watch heard and l told them of it. Page "
        "1 was lost. There were 1 or 2 men in her, and at 1 the tide turned. On April 1 was the sale of the house."
    )
    after = repair_misreadings(recovered(text))
    expected = text.replace("while 1 was", "while I was").replace("1 said", "I said").replace("l told", "I told")
    assert after.reading.text == expected


def test_a_word_broken_at_a_line_end_is_repaired_as_one_and_cited_in_both_lines(
    recovered: Callable[[str], Recovered],
) -> None:
    broken = MISREAD + "\nTho clerk of tho harbour offico had givon all of his roport in the mor¬\nniug."
    after = repair_misreadings(recovered(broken))
    assert after.reading.text.endswith("The clerk of the harbour office had given all of his report in the morning.")
    (morning,) = (r for r in misreadings(after) if r.after == "morning")
    assert [a.quote for a in morning.anchors] == ["mor", "niug"]


def test_a_refused_repair_is_listed_and_the_word_stays(recovered: Callable[[str], Recovered]) -> None:
    before = recovered(NAMES)
    (made,) = misreadings(repair_misreadings(before))
    after = repair_misreadings(before, refused=frozenset({made.id}))
    (refused,) = misreadings(after)
    assert refused.id == made.id and not refused.applied
    assert after.reading.text == before.reading.text


def test_an_accepted_suggestion_is_made(recovered: Callable[[str], Recovered]) -> None:
    before = recovered(CLEAN.replace("whether the lamp", "whethor the lamp"))
    suggested = [r for r in misreadings(repair_misreadings(before)) if r.before == "whethor"]
    assert [r.applied for r in suggested] == [False]
    after = repair_misreadings(before, accepted=frozenset(r.id for r in suggested))
    assert "whether the lamp" in after.reading.text
    assert all(r.applied for r in misreadings(after) if r.before == "whethor")


def test_paragraphs_and_lines_keep_their_places(recovered: Callable[[str], Recovered]) -> None:
    text = MISREAD + "\n\n" + NAMES
    before, after = recovered(text), repair_misreadings(recovered(text))
    assert len(before.paragraphs) == len(after.paragraphs)
    for old, new in zip(before.paragraphs, after.paragraphs, strict=True):
        one, other = before.reading.text[old.start : old.end], after.reading.text[new.start : new.end]
        assert len(one.split()) == len(other.split())
        for a, b in zip(old.line_starts, new.line_starts, strict=True):
            assert before.reading.text[a - 1 : a].isspace() == after.reading.text[b - 1 : b].isspace()


@pytest.mark.parametrize("text", ["", " \n\n ", "x", "1", "« » | ^", "\x00\ufffd\x0c", "lI1 " * 3000, "a" * 100_000])
def test_any_text_is_taken(recovered: Callable[[str], Recovered], text: str) -> None:
    after = repair_misreadings(recovered(text))
    assert after.reading.offset_map is not None
    assert after.reading.offset_map.parent_length == len(text)


def test_a_spelling_that_a_person_may_have_written_is_only_suggested(recovered: Callable[[str], Recovered]) -> None:
    text = (
        "The guide Blancourt knew the pass. Blancourt led them, and Blancourt brought them back; nobody but Blancourt "
        "had seen the hut. The book spells him Blâncourt in one place. She wrote of the withdrawl and of the recieved "
        "letters, of a negotiatory manner, and of the freindship between the two houses in those years of the war."
    )
    after = repair_misreadings(recovered(text))
    assert after.reading.text == text
