"""Turned pages are read once for the same glyphs and the same words around them."""

from pathlib import Path

import pytest

from testimonia.services import turned_pages
from testimonia.services.turned_pages import TurnedPages
from testimonia.store.sqlite import SqliteLibrary
from testimonia.text.turned.records import DocumentLexicon, RawPlace, TurnedLine, TurnedReading, TurnedWord

WORD = TurnedWord(
    text="lamp", raw="dwel", places=(RawPlace(row=4, start=0, end=4),), confidence=0.9, certain=True, reason="invented"
)


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
