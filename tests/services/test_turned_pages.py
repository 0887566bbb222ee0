"""Turned pages are read once for the same glyphs and the same words around them."""

from collections import OrderedDict
from dataclasses import replace
from pathlib import Path

import pytest

from testimonia.services import turned_pages
from testimonia.services.sample import sample_path
from testimonia.services.turned_pages import TurnedPages
from testimonia.services.workbench import Workbench
from testimonia.store.sqlite import SqliteLibrary
from testimonia.text.turned.records import DocumentLexicon, RawPlace, TurnedLine, TurnedReading, TurnedWord

WORD = TurnedWord(
    text="lamp", raw="dwel", places=(RawPlace(row=4, start=0, end=4),), confidence=0.9, certain=True, reason="invented"
)


@pytest.fixture(autouse=True)
def nothing_read_recently(monkeypatch: pytest.MonkeyPatch) -> None:
    """What this process has read elsewhere is not remembered here, and what is invented here not elsewhere."""
    monkeypatch.setattr(turned_pages, "_recent", OrderedDict())


def test_a_page_is_read_once_and_again_where_its_words_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[tuple[str, ...]] = []

    def reading(rows: list[str], lexicon: DocumentLexicon, first_row: int, quick: bool) -> TurnedReading:
        read.append(tuple(rows))
        return TurnedReading(lines=(TurnedLine(row=first_row, words=(WORD,)),))

    monkeypatch.setattr(turned_pages, "read_anew", reading)
    lexicon = DocumentLexicon(words={"lamp": 3}, pairs={("the", "lamp"): 2}, phrases={"Harbour Nights": 4})
    store = SqliteLibrary.open(tmp_path / "library", now=lambda: "1931-03-14T02:10:00Z")
    try:
        first = TurnedPages(store).read(["dwel"], lexicon, 4, False)
        turned_pages._recent.clear()  # as in another process
        assert TurnedPages(store).read(["dwel"], lexicon, 4, False) == first
        assert len(read) == 1
        TurnedPages(store).read(["dwel"], DocumentLexicon(words={"lamp": 4}), 4, False)
        TurnedPages(store).read(["dwol"], lexicon, 4, False)
        assert len(read) == 3
    finally:
        store.close()


def test_text_that_seems_to_lie_upside_down_can_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def reading(rows: list[str], lexicon: DocumentLexicon, first_row: int, quick: bool) -> TurnedReading:
        read.append(first_row)
        word = replace(WORD, places=(RawPlace(row=first_row, start=0, end=2),))
        return TurnedReading(lines=(TurnedLine(row=first_row, words=(word,)),))

    monkeypatch.setattr(turned_pages, "read_anew", reading)
    with Workbench.open(tmp_path / "library", now=lambda: "1931-03-14T02:10:00Z") as workbench:
        (stored,) = workbench.intake.add([sample_path()], turned_later=True).added
        assert not read
        assert [s.source for s in workbench.intake.waiting_turned()] == [stored.source]
        before = workbench.reading.text(stored.source.sha256)
        (lost,) = {p.uncertain for p in workbench.store.paragraphs(stored.source.sha256) if p.uncertain}
        glyphs = next(p for p in workbench.store.paragraphs(stored.source.sha256) if p.uncertain == lost)
        word = max(before[glyphs.start : glyphs.end].split(), key=lambda w: (w.isalpha(), len(w)))
        assert {hit.passage.uncertain for hit in workbench.searching.search(word).hits} == {lost}
        workbench.begin_serving()
        for job in workbench.store.jobs():
            workbench.jobs.wait(job.id)
        assert read
        assert workbench.intake.waiting_turned() == ()
        assert workbench.reading.text(stored.source.sha256) != before
        assert workbench.intake.add([sample_path()]).unchanged
