"""Passages that two sources share are found without quotation marks and over misread letters."""

from pathlib import Path

from testimonia.analysis.reuse import shared_passages
from testimonia.services.reuse import Reuse
from testimonia.services.workbench import Workbench
from testimonia.text.wording import hashed_words

TOLD = (
    "At ten the wind went round to the north, and the keeper lit the great lamp with his own hand, though the harbour "
    "master had forbidden it. Nobody saw him do it but the pilot’s wife, who was waiting for the mail packet."
)
MISREAD = TOLD.replace("north", "nortb").replace("harbour", "barhour").replace("packet", "paeket")
LOG = f"A log of the year 1901.\n\n{TOLD}\n\nThen it rained for a week and no boat came in.\n"
BOOK = f"They say much on the coast of that night. {MISREAD} So the story goes, and it has been printed twice since.\n"
OTHER = "The harvest was poor this year, and most of the barley went to pay what was owed on the mill by the ford.\n"


def test_what_two_sources_share_is_found_over_misread_letters(tmp_path: Path) -> None:
    with Workbench.open(tmp_path / "library", now=lambda: "1931-03-14T02:10:00Z") as made:
        made.intake.add_contents([("log.txt", LOG.encode()), ("book.txt", BOOK.encode()), ("o.txt", OTHER.encode())])
        (found,) = Reuse(made.store).find()
        (record,) = Reuse(made.store).records()
    quotes = {a.source_name: a.anchor.quote for a in (found.earlier, found.later)}
    assert quotes.keys() == {"log.txt", "book.txt"}
    assert all("though the" in " ".join(q.split()) for q in quotes.values())
    assert (found.dated, record["kind"], record["judgement"]) == (False, "reuse", "proposed")


def test_only_what_a_new_text_shares_is_looked_for() -> None:
    texts = {name: hashed_words(text)[0] for name, text in (("a", LOG), ("b", BOOK), ("c", LOG + OTHER), ("d", OTHER))}
    assert {(p.one, p.other) for p in shared_passages(texts, only=["d"])} == {("c", "d")}
    assert ("a", "b") in {(p.one, p.other) for p in shared_passages(texts)}


def test_formulas_and_short_texts_share_nothing() -> None:
    formula = {str(n): hashed_words(f"I have the honour to be your servant {n}")[0] for n in range(40)}
    assert shared_passages(formula) == ()
    assert shared_passages({"a": hashed_words("")[0], "b": hashed_words("one two")[0]}) == ()
