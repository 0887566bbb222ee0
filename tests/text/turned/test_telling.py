"""Words and lines of a turned page, made of what was parsed."""

from testimonia.text.turned.glyphs import turn
from testimonia.text.turned.parsing import Parse, Piece
from testimonia.text.turned.records import DocumentLexicon
from testimonia.text.turned.telling import tell


def test_glyphs_kept_over_a_line_end_are_one_line_of_the_reading() -> None:
    rows = ["ab", "cd"]
    scrap = Parse(pieces=(Piece(kind="junk", start=0, end=5, text=""),), logp=-1.0, shares={})
    reading = tell(turn(rows, first_row=0), rows, 0, [scrap], DocumentLexicon())
    assert [line.text for line in reading.lines] == ["cd ab"]
    assert reading.words[0].raw == "cd\nab"
