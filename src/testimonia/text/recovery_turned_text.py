"""Write the text of a page that was scanned upside down, each word on the glyphs that it was read from."""

from collections.abc import Callable, Sequence

from testimonia.model.layers import Layer
from testimonia.text.editing import LayerEditor
from testimonia.text.paragraphs import Shape, between
from testimonia.text.recovered import Paragraph
from testimonia.text.recovery_rows import Rows
from testimonia.text.recovery_turned import TurnedPage, runs_of, turned_blocks
from testimonia.text.turned.records import TurnedLine, TurnedWord

# how, key, places, before, after, reason, confidence: is the repair applied?
Record = Callable[[str, tuple[int, int], Sequence[tuple[int, int]], str, str, str, float], bool]
GLYPHS = "glyphs"
_FRAME_CONFIDENCE = 0.9


class TurnedWriter:
    """What does a turned page become in the reading text?

    Its words stand in the order in which they are read, each in the place of its own glyphs, so that every word leads
    back to them. A run of words that are certain is one repair, and so is every word that is not; where an editor
    refused one, the glyphs stand as they are.
    """

    def __init__(self, original: Layer, rows: Rows, editor: LayerEditor, record: Record) -> None:
        self._original, self._rows, self._editor, self._record = original, rows, editor, record
        self._used: list[tuple[int, int]] = []

    def write(self, page: TurnedPage, page_index: int, uncertain: str) -> list[Paragraph]:
        """The paragraphs of this page. The editor stands at its first glyph before, and after its last one then."""
        self._used = []
        for n, reason in page.frame.items():
            self._leave_out(page.reading.lines[n], reason)
        out: list[Paragraph] = []
        kept, blocks = turned_blocks(self._rows, page)
        for block in blocks:
            if out:
                self._editor.insert("\n\n")
            lines = [page.reading.lines[kept[n]] for n in block.rows]
            separator = "\n" if block.shape is Shape.LINES else ""
            starts = self._lines(lines, separator)
            numbers = [self._rows.numbers[line.row] for line in lines]
            out.append(
                Paragraph(
                    start=starts[0],
                    end=self._editor.length,
                    first_line=min(numbers),
                    last_line=max(numbers),
                    line_starts=tuple(starts),
                    blank_lines_before=1 if out else 0,
                    page_index=page_index,
                    indent=0,
                    width=max(len(line.text) for line in lines),
                    uncertain=uncertain,
                    proposed=True,
                )
            )
        self._leave_out_the_rest(self._rows.starts[page.rows[0]], self._rows.ends[page.rows[-1]])
        return out

    def _lines(self, lines: Sequence[TurnedLine], separator: str) -> list[int]:
        """Write the lines of one paragraph; where each of them starts in the reading text."""
        starts = []
        for n, line in enumerate(lines):
            if n:
                self._editor.insert(separator or between(lines[n - 1].text, line.text))
            starts.append(self._editor.length)
            for start, end in runs_of(line):
                if start:
                    self._editor.insert(" ")
                self._run(line.words[start:end])
        return starts

    def _run(self, words: Sequence[TurnedWord]) -> None:
        """Write words that are one repair, in the places of their glyphs; or the glyphs, where it was refused."""
        places = [self._place(word, n) for word in words for n in range(len(word.places))]
        text = " ".join(word.text for word in words)
        whole = (min(a for a, _ in places), max(b for _, b in places))
        cited = [whole] if len(words) > 1 else places
        before = "\n".join(self._original.text[a:b] for a, b in cited)
        sure = min(words, key=lambda word: word.confidence)
        applied = self._record(GLYPHS, whole, cited, before, text, sure.reason, sure.confidence)
        for at, word in enumerate(words):
            if at:
                self._editor.insert(" ")
            self._word(word, applied)

    def _word(self, word: TurnedWord, applied: bool) -> None:
        for n in range(len(word.places)):
            start, end = self._place(word, n)
            self._used.append((start, end))
            self._editor.jump(start)
            if not applied or self._original.text[start:end] == word.text:
                self._editor.keep_to(end)
            else:
                self._editor.replace_to(end, "" if n else word.text)

    def _place(self, word: TurnedWord, n: int) -> tuple[int, int]:
        place = word.places[n]
        row = self._rows.starts[place.row]
        return row + place.start, row + place.end

    def _leave_out(self, line: TurnedLine, reason: str) -> None:
        start, end = self._rows.starts[line.row], self._rows.ends[line.row]
        before = self._original.text[start:end]
        self._record("furniture", (start, end), [(start, end)], before, "", reason, _FRAME_CONFIDENCE)

    def _leave_out_the_rest(self, start: int, end: int) -> None:
        """Delete what stands between the words: spaces, line ends, furniture; the editor then stands at the end."""
        at = start
        for a, b in (*sorted(self._used), (end, end)):
            if a > at:
                self._editor.jump(at)
                self._editor.delete_to(a)
            at = max(at, b)
        self._editor.jump(end)
