"""Passages that two sources share are found without quotation marks and over misread letters."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest

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


def test_a_source_that_is_added_is_compared_with_all_and_the_others_are_not_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, list[str] | None]] = []

    def counted(texts: Mapping[str, Sequence[int]], *, least_words: int, only: Iterable[str] | None = None) -> object:
        asked.append((len(texts), None if only is None else list(only)))
        return shared_passages(texts, least_words=least_words, only=only)

    monkeypatch.setattr("testimonia.services.reuse.shared_passages", counted)
    with Workbench.open(tmp_path / "library", now=lambda: "1931-03-14T02:10:00Z") as made:
        made.intake.add_contents([("log.txt", LOG.encode()), ("book.txt", BOOK.encode())])
        assert len(Reuse(made.store, made.checking).find()) == 1
        assert len(Reuse(made.store, made.checking).find()) == 1
        made.intake.add_contents([("late.txt", f"A late copy of what they told.\n\n{TOLD}\n".encode())])
        late = next(s.source.sha256 for s in made.store.sources() if s.source.name == "late.txt")
        by_steps = Reuse(made.store, made.checking).find()
    assert asked == [(2, None), (3, [late])]
    with Workbench.open(tmp_path / "at-once", now=lambda: "1931-03-14T02:10:00Z") as made:
        made.intake.add_contents(
            [("log.txt", LOG.encode()), ("book.txt", BOOK.encode()),
             ("late.txt", f"A late copy of what they told.\n\n{TOLD}\n".encode())]
        )  # fmt: skip
        assert by_steps == Reuse(made.store).find()
    assert len(by_steps) == 3


def test_the_earlier_told_comes_first_where_both_times_are_known(tmp_path: Path) -> None:
    def letter(year: int) -> str:
        return (
            '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div type="document"><head>Letter From Orme to Hallam'
            f'</head><opener><dateline><date when="{year}-03-02">March 2, {year}</date></dateline></opener>'
            f"<p>{TOLD}</p></div></body></text></TEI>"
        )

    with Workbench.open(tmp_path / "library", now=lambda: "1931-03-14T02:10:00Z") as made:
        made.intake.add_contents([("late.xml", letter(1911).encode()), ("early.xml", letter(1902).encode())])
        found = [r for r in Reuse(made.store).find() if r.dated]
    assert [(r.earlier.source_name, r.later.source_name) for r in found] == [("early.xml", "late.xml")]


def test_only_what_a_new_text_shares_is_looked_for() -> None:
    texts = {name: hashed_words(text)[0] for name, text in (("a", LOG), ("b", BOOK), ("c", LOG + OTHER), ("d", OTHER))}
    assert {(p.one, p.other) for p in shared_passages(texts, only=["d"])} == {("c", "d")}
    assert ("a", "b") in {(p.one, p.other) for p in shared_passages(texts)}


def test_formulas_and_short_texts_share_nothing() -> None:
    formula = {str(n): hashed_words(f"I have the honour to be your servant {n}")[0] for n in range(40)}
    assert shared_passages(formula) == ()
    assert shared_passages({"a": hashed_words("")[0], "b": hashed_words("one two")[0]}) == ()
