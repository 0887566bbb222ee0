"""Write the reading text, and keep a record of everything that was done to it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from testimonia.model.findings import Notice, Repair
from testimonia.model.layers import READING, Layer
from testimonia.model.pages import Page
from testimonia.model.steps import Step
from testimonia.text.anchoring import Anchorer, finding_id
from testimonia.text.editing import LayerEditor
from testimonia.text.furniture import FOOT, HEAD, Furniture
from testimonia.text.hyphens import Break, Verdict, broken_word, judge
from testimonia.text.lines import LineTable
from testimonia.text.paragraphs import Block, Shape, between
from testimonia.text.readability import UNREADABLE
from testimonia.text.recovered import Paragraph, Recovered, RunningHead
from testimonia.text.recovery_rows import Rows
from testimonia.text.recovery_turned import TurnedPage
from testimonia.text.recovery_turned_text import TurnedWriter
from testimonia.text.recovery_words import Words

STEP = Step(name="recovery", version="1")
ROTATION = "rotation"
_UNDECODED = "\ufffd"

TURNED_LATER = "turned-later"
"""The code of the notice that a page may lie upside down and is still to be read."""


def repair_id(source: str, how: str, start: int, end: int) -> str:
    """The name of a repair, from what was done and where in the original.

    >>> repair_id("0" * 64, "hyphen", 3, 9) == repair_id("0" * 64, "hyphen", 3, 9)
    True
    """
    return finding_id("repair", source, how, start, end)


class Recorder:
    """Which repairs are made, and what does the reading layer become by them?

    Repairs whose ids are in `refused` are kept as not applied, and the text they were about stays as it stands.
    """

    def __init__(
        self,
        original: Layer,
        lines: LineTable,
        rows: Rows,
        pages: tuple[Page, ...],
        page_of: Mapping[int, int],
        words: Words,
        refused: frozenset[str],
    ) -> None:
        self.original, self.lines, self.rows, self.pages, self.page_of = original, lines, rows, pages, page_of
        self.words, self.refused = words, refused
        self.repairs: list[Repair] = []
        self._turned: list[TurnedPage] = []
        self._told_turned: list[tuple[TurnedPage, str]] = []
        self._waiting: list[range] = []
        self._anchorer = Anchorer(original, lines, pages)
        self._editor = LayerEditor(original)

    def remove(self, furniture: Mapping[int, Furniture]) -> set[int]:
        """The rows of furniture that are taken out: all but those whose removal was refused."""
        out = set()
        for row in sorted(furniture):
            found = furniture[row]
            start, end = self.rows.starts[row], self.rows.ends[row]
            before = self.original.text[start:end]
            made = self._record("furniture", (start, end), [(start, end)], before, "", found.reason, found.confidence)
            if made:
                out.add(row)
        return out

    def turn(self, turned: Sequence[TurnedPage]) -> set[int]:
        """The rows that are read upside down: all but those of pages whose turning was refused."""
        out: set[int] = set()
        for page in turned:
            start, end = self.rows.starts[page.rows[0]], self.rows.ends[page.rows[-1]]
            before, stretch = self.original.text[start:end], page.stretch
            place = [(start, end)]
            if self._record(
                ROTATION, (start, end), place, before, page.reading.text, stretch.reason, stretch.confidence
            ):
                out.update(page.rows)
                self._turned.append(page)
        return out

    def wait(self, rows: range) -> None:
        """These rows may be upside down and are not read yet: a notice says so."""
        self._waiting.append(rows)

    def refuses_join(self, above: int, below: int, why: tuple[float, str]) -> bool:
        """Has an editor refused that these two rows be joined over a gap, as there is reason to? Is a page between?"""
        if any(above < page.rows[0] < below for page in self._turned):
            return True
        if self._id("paragraph", self.rows.ends[above], self.rows.starts[below]) not in self.refused:
            return False
        self._record_join(above, below, *why)
        return True

    def finish(self, blocks: Sequence[Block], furniture: Mapping[int, Furniture]) -> Recovered:
        """The whole: the reading layer, its paragraphs, the running heads, the repairs and the notices."""
        paragraphs: list[Paragraph] = []
        at = -1
        for block in blocks:
            first = block.rows[0]
            at = self._turn_to(first, at, paragraphs)
            blank = sum(self.rows.blanks[row] for row in range(at + 1, first + 1))
            paragraphs.append(self._paragraph(block, blank))
            at = block.rows[-1]
        self._turn_to(self.rows.count, at, paragraphs)
        self._editor.delete_to(len(self.original.text))
        self.repairs.sort(key=lambda r: (r.anchors[0].start, r.anchors[0].end, r.how))
        return Recovered(
            original=self.original,
            reading=self._editor.finish(READING, STEP),
            pages=self.pages,
            paragraphs=tuple(paragraphs),
            running_heads=self._running_heads(furniture),
            repairs=tuple(self.repairs),
            notices=(
                *self._turned_pages(),
                *self._turned_later(),
                *self._unreadable_pages(),
                *self._pages_run_together(),
                *self._unreadable_characters(),
            ),
        )

    def _turn_to(self, row: int, at: int, paragraphs: list[Paragraph]) -> int:
        """Write the pages that stand upside down before this row; the last row written, `at` where there are none."""
        while self._turned and self._turned[0].rows[0] < row:
            page = self._turned.pop(0)
            self._gap_to(self.rows.starts[page.rows[0]], "\n\n" if self._editor.length else "")
            writer = TurnedWriter(self.original, self.rows, self._editor, self._record)
            told = _why_turned(page, self.pages[self.page_of[page.rows[0]]])
            self._told_turned.append((page, told))
            paragraphs += writer.write(page, self.page_of[page.rows[0]], told)
            at = page.rows[-1]
        return at

    def _paragraph(self, block: Block, blank: int) -> Paragraph:
        first = block.rows[0]
        page = self.pages[self.page_of[first]]
        self._gap_to(self.rows.starts[first], "\n\n" if self._editor.length else "")
        starts = [self._editor.length]
        for i, row in enumerate(block.rows[1:]):
            above = block.rows[i]
            why = block.joins[i]
            if why is not None:
                self._record_join(above, row, *why)
            self._over(block, above, row)
            starts.append(self._editor.length)
        self._editor.keep_to(self.rows.ends[block.rows[-1]])
        return Paragraph(
            start=starts[0],
            end=self._editor.length,
            first_line=self.rows.numbers[first],
            last_line=self.rows.numbers[block.rows[-1]],
            line_starts=tuple(starts),
            blank_lines_before=blank,
            page_index=page.page_index,
            indent=self.rows.indent(first),
            width=max(self.rows.width(row) for row in block.rows),
            uncertain=None if page.readable >= UNREADABLE else _why_unreadable(page),
        )

    def _over(self, block: Block, above: int, row: int) -> None:
        """Write the end of one row and go to the start of the next of its paragraph."""
        one, other = self.rows.text(above), self.rows.text(row)
        end, start = self.rows.ends[above], self.rows.starts[row]
        broken = None if block.shape is Shape.LINES else broken_word(one, other)
        if broken is not None:
            verdict = judge(broken, self.words)
            if self._record_hyphen(broken, verdict, end, start):
                if verdict.keep and broken.sign == "-":
                    self._editor.keep_to(end)
                else:
                    self._editor.keep_to(end - 1)
                    self._editor.replace_to(end, "-" if verdict.keep else "")
                self._editor.delete_to(start)
                return
        self._editor.keep_to(end)
        self._gap_to(start, "\n" if block.shape is Shape.LINES else between(one, other))

    def _gap_to(self, start: int, separator: str) -> None:
        """Leave out what stands before `start` (white space, furniture), and put the separator in its place.

        The separator replaces white space that stands there in the source; a space of the source is kept as it is.
        """
        at = self._editor.at
        gap = self.original.text[at:start]
        if separator == " " and gap.startswith(" "):
            self._editor.keep_to(at + 1)
            self._editor.delete_to(start)
            return
        self._editor.delete_to(at + len(gap.rstrip()) if separator else start)
        self._editor.replace_to(start, separator)

    def _record_join(self, above: int, row: int, confidence: float, reason: str) -> None:
        one, other = self.rows.text(above).split()[-1], self.rows.text(row).split(None, 1)[0]
        end, start = self.rows.ends[above], self.rows.starts[row]
        places = [(end - len(one), end), (start, start + len(other))]
        self._record("paragraph", (end, start), places, f"{one}\n\n{other}", f"{one} {other}", reason, confidence)

    def _record_hyphen(self, broken: Break, verdict: Verdict, end: int, start: int) -> bool:
        first, last = end - len(broken.first) - 1, start + len(broken.second)
        places = [(first, last)] if not self.original.text[end:start].strip() else [(first, end), (start, last)]
        before = f"{broken.first}{broken.sign}\n{broken.second}"
        after = f"{broken.first}{'-' if verdict.keep else ''}{broken.second}"
        return self._record("hyphen", (first, last), places, before, after, verdict.reason, verdict.confidence)

    def _record(
        self,
        how: str,
        key: tuple[int, int],
        places: Iterable[tuple[int, int]],
        before: str,
        after: str,
        reason: str,
        confidence: float,
    ) -> bool:
        """Keep a repair; is it applied, or was it refused?"""
        name = self._id(how, *key)
        applied = name not in self.refused
        self.repairs.append(
            Repair(
                id=name,
                source=self.original.source,
                anchors=tuple(self._anchorer.anchor(*place) for place in places),
                step=STEP,
                confidence=confidence,
                reason=reason,
                before=before,
                after=after,
                how=how,
                applied=applied,
            )
        )
        return applied

    def _id(self, how: str, start: int, end: int) -> str:
        return repair_id(self.original.source, how, start, end)

    def _running_heads(self, furniture: Mapping[int, Furniture]) -> tuple[RunningHead, ...]:
        """The lines that come back on the pages of each sequence, heads before feet, as most pages print them."""
        printed: defaultdict[tuple[int, bool, int], list[int]] = defaultdict(list)
        for row, found in furniture.items():
            if found.line is not None and found.text:
                sequence = self.pages[self.page_of[row]].sequence
                printed[sequence, found.edge == FOOT, found.line].append(row)
        out = []
        for (sequence, foot, _), on in sorted(printed.items()):
            text = Counter(furniture[row].text for row in sorted(on)).most_common(1)[0][0]
            pages = tuple(sorted({self.page_of[row] for row in on}))
            out.append(RunningHead(sequence=sequence, text=text, page_indexes=pages, edge=FOOT if foot else HEAD))
        return tuple(out)

    def _turned_pages(self) -> Iterator[Notice]:
        for page, told in self._told_turned:
            start, end = self.rows.starts[page.rows[0]], self.rows.ends[page.rows[-1]]
            yield self._notice("turned-page", start, end, told, page.stretch.confidence)

    def _turned_later(self) -> Iterator[Notice]:
        for rows in self._waiting:
            first, last = self.rows.numbers[rows[0]], self.rows.numbers[rows[-1]]
            told = f"Lines {first} to {last} may be a page that was scanned upside down. They are still to be read"
            yield self._notice(TURNED_LATER, self.rows.starts[rows[0]], self.rows.ends[rows[-1]], told, 0.7)

    def _unreadable_pages(self) -> Iterator[Notice]:
        for page in self.pages:
            if page.readable < UNREADABLE and page.orientation_deg != 180:
                yield self._notice("unreadable-page", page.start, page.end, _why_unreadable(page), 1 - page.readable)

    def _pages_run_together(self) -> Iterator[Notice]:
        """Pages that hold the text of those whose numbers are missing after them: too long for one, and no more marked.

        A page as long as its neighbours before a missing number tells of a lost page, and is no notice of this kind.
        """
        lengths: defaultdict[int, list[int]] = defaultdict(list)
        for page in self.pages:
            lengths[page.sequence].append(page.end - page.start)
        usual = {sequence: median(found) for sequence, found in lengths.items()}
        for page, after in pairwise(self.pages):
            if page.sequence != after.sequence or page.number is None or after.number is None:
                continue
            missing = after.number - page.number - 1
            if missing > 0 and page.end - page.start >= (missing + 0.6) * usual[page.sequence]:
                message = (
                    f"{_name(page)} runs together with what follows it: nothing parts it from page {after.number - 1}"
                )
                yield self._notice("pages-run-together", page.start, page.end, message[0].upper() + message[1:], 0.7)

    def _unreadable_characters(self) -> Iterator[Notice]:
        text = self.original.text
        for page in self.pages:
            count = text.count(_UNDECODED, page.start, page.end)
            if count:
                first = text.index(_UNDECODED, page.start)
                last = text.rindex(_UNDECODED, page.start, page.end) + 1
                signs = "one character" if count == 1 else f"{count} characters"
                message = f"{signs[0].upper()}{signs[1:]} of {_name(page)} could not be decoded"
                yield self._notice("unreadable-characters", first, last, message, 1.0)

    def _notice(self, code: str, start: int, end: int, message: str, confidence: float) -> Notice:
        return Notice(
            id=finding_id("notice", self.original.source, code, start, end),
            source=self.original.source,
            anchors=(self._anchorer.anchor(start, end),),
            step=STEP,
            confidence=round(confidence, 2),
            reason=message,
            code=code,
            message=message,
        )


def _name(page: Page) -> str:
    """What to call a page in a sentence."""
    if page.number is None:
        return f"page {page.page_index + 1} of the file"
    return f"page {page.number}" + (f" of {page.total}" if page.total else "")


def _why_turned(turned: TurnedPage, page: Page) -> str:
    name, stretch = _name(page), turned.stretch
    return (
        f"{name[0].upper()}{name[1:]} (lines {stretch.first_line} to {stretch.last_line}) was scanned upside down. "
        f"Its words are read from the glyphs: {turned.sure_words} of {turned.words} are sure, the others are marked"
    )


def _why_unreadable(page: Page) -> str:
    name = _name(page)
    return (
        f"{name[0].upper()}{name[1:]} (lines {page.first_line} to {page.last_line}) can't be read as it stands: "
        f"{page.readable:.0%} of its letters stand in words"
    )
