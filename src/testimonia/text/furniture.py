"""Which lines belong to the page and not to the text: running heads, feet, addresses, print dates, page labels."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from rapidfuzz import fuzz

from testimonia.text.page_labels import Label
from testimonia.text.pagination import flows
from testimonia.text.paragraphs import ends_sentence, has_columns
from testimonia.text.recovery_likeness import digits_of, families, supports
from testimonia.text.recovery_numbering import Numbered
from testimonia.text.recovery_rows import Rows, skeleton

DEPTH = 6
_TITLE_ROWS = 15
HEAD, FOOT = "head", "foot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """One row that is not text. `edge` is where it stands; `line` numbers the line that it repeats, None where it is a
    page label alone or stands once; `text` is what it says beside the label."""

    row: int
    edge: str
    text: str
    line: int | None
    confidence: float
    reason: str


def edge_rows(pages: Sequence[range]) -> tuple[list[range], list[range]]:
    """Which rows stand at the head, and which at the foot, of each page? From the edge inward, up to `DEPTH`.

    >>> edge_rows([range(0, 20)])
    ([range(0, 6)], [range(19, 13, -1)])
    """
    heads = [page[:DEPTH] for page in pages]
    feet = [page[: -DEPTH - 1 : -1] for page in pages]
    return heads, feet


def find_furniture(
    rows: Rows, pages: Sequence[range], labels: Mapping[int, Label], numbers: Sequence[Numbered]
) -> dict[int, Furniture]:
    """Which rows are furniture, where, and why?

    `pages` are the rows of each page, `labels` the believed page labels by row, `numbers` the number of each page.
    A line is furniture where it stands at the same edge of pages near by, peeled from the edge inward: a line of the
    body behind the first that does not come back stays, and so does a second copy of a line on one page (a title equal
    to the running head) and a new head that may be a title. Where hardly a sentence is cut by a page's end, each page
    may be a thing of its own (a letter, a form) whose lines are like the others': all stay but the labels.
    """
    heads, feet = edge_rows(pages)
    search = _Search(rows, pages, labels, numbers)
    found = search.feet = search.at_edge(FOOT, feet)
    found = {**found, **search.at_edge(HEAD, heads)}
    found = search.between_pages(found)
    found.update(search.navigation(found))
    return found


class _Search:
    def __init__(
        self, rows: Rows, pages: Sequence[range], labels: Mapping[int, Label], numbers: Sequence[Numbered]
    ) -> None:
        self.rows, self.pages, self.labels, self.numbers = rows, pages, labels, numbers
        sequences = self.sequences = [n.sequence for n in numbers]
        self.in_sequence = Counter(sequences)
        self.feet: Mapping[int, Furniture] = {}
        self.firsts = {p for p in range(len(pages)) if not p or sequences[p] != sequences[p - 1]}

    def at_edge(self, edge: str, places: Sequence[range]) -> dict[int, Furniture]:
        """The furniture at one edge of all pages."""
        text = {row: self._words(row) for at in places for row in at}
        keys = {row: skeleton(words) for row, words in text.items()}
        keyed = [[row for row in at if keys[row]] for at in places]
        family = families(keyed, keys)
        digits = {row: self._digits(text[row], page) for page, at in enumerate(places) for row in at}
        support = supports(keyed, family, digits)
        needed = 3 if len(self.pages) > 3 else 2
        repeated = {row for row, n in support.items() if n >= needed}
        peeled = [self._peel(at, repeated, family) for at in places]
        kept = []
        for page, rows in enumerate(peeled):
            near = peeled[max(0, page - 2) : page] if page not in self.firsts else []
            before = {family[row] for at in near for row in at if row in family}
            new = {row for row in rows if row in family and family[row] not in before}
            kept.append(self._without_titles(page, rows, new, keys) if edge == HEAD else rows)
        counted = self._counts(kept, family)
        out = {}
        for page, at in enumerate(kept):
            for row in at:
                out[row] = self._furniture(row, edge, page, family.get(row), counted, row in repeated)
        return out

    def _digits(self, words: str, page: int) -> str:
        """The digits of a line, without the page's number where OCR ran it into the line unseen."""
        digits, number = digits_of(words), self.numbers[page]
        if number.inferred and digits.endswith(str(number.number)):
            return digits.removesuffix(str(number.number))
        return digits.removeprefix(str(number.number)) if number.inferred else digits

    def _peel(self, at: Sequence[int], repeated: set[int], family: Mapping[int, int]) -> list[int]:
        """The rows to take from one edge of a page, from the edge inward, until the text begins."""
        out: list[int] = []
        seen: set[int] = set()
        stray = False
        for row in at:
            again = row in repeated and family[row] not in seen
            if again or row in self.labels:
                out.append(row)
                if row in family:
                    seen.add(family[row])
            elif stray or sum(c.isalnum() for c in self.rows.text(row)) > 3:
                break
            else:  # a speck that OCR read as a sign or two may stand before the furniture, and stays
                stray = True
        # Where everything comes back (a form, a page twice in the file) nothing shows what belongs to the page.
        return [row for row in out if row in self.labels] if len(out) >= DEPTH else out

    def _without_titles(self, page: int, peeled: list[int], new: set[int], keys: Mapping[int, str]) -> list[int]:
        """Where a running head is `new`, on the first page of an article or a chapter, it may be the title itself.

        It goes only where the page shows it to be the head: it bears the page's label, the whole frame stands there on
        the first page of a sequence, the title follows below, or a sentence goes on past it from the page before.
        """
        framed = page in self.firsts and any(row in self.labels for row in peeled)
        if framed or not new or self._goes_on_past(page, peeled):
            return peeled
        below = [skeleton(self.rows.text(row)) for row in self.pages[page][len(peeled) : _TITLE_ROWS]]

        def is_head(row: int) -> bool:
            size = len(keys[row])
            return row in self.labels or any(
                max(5, 0.3 * size) <= len(key) <= 1.3 * size and fuzz.partial_ratio(key, keys[row], score_cutoff=85)
                for key in below
            )

        return [row for row in peeled if row not in new or is_head(row)]

    def _goes_on_past(self, page: int, peeled: Sequence[int]) -> bool:
        """Does a sentence of the page before go on below these rows at the head of a page?"""
        first = max(peeled) + 1
        last = next((row for row in self.pages[page - 1][::-1] if row not in self.feet), None) if page else None
        if last is None or first not in self.pages[page]:
            return False
        return flows(self.rows.text(last), self.rows.text(first))

    def _counts(self, kept: Sequence[Sequence[int]], family: Mapping[int, int]) -> Counter[tuple[int | None, int]]:
        """On how many pages of each sequence does each line stand? Bare labels count as one line, None."""
        counted: Counter[tuple[int | None, int]] = Counter()
        for page, at in enumerate(kept):
            counted.update({(family.get(row), self.sequences[page]) for row in at})
        return counted

    def _furniture(
        self, row: int, edge: str, page: int, line: int | None, counted: Counter[tuple[int | None, int]], again: bool
    ) -> Furniture:
        sequence = self.sequences[page]
        of = self.in_sequence[sequence]
        times = counted[line, sequence]
        confidence = 1 - 1 / (1 + times * max(times / of, 0.5))
        reason = f"stands at the {edge} of {times} of {of} pages"
        if row in self.labels:
            confidence = max(confidence, 0.9)
            reason = f"is the page's label, and {reason}" if line is not None and again else "is the page's label"
        text = self._words(row)
        confidence = round(min(confidence, 0.99), 2)
        return Furniture(row=row, edge=edge, text=text, line=line, confidence=confidence, reason=reason)

    def _words(self, row: int) -> str:
        """What a row says beside its page label."""
        text = self.rows.text(row)
        return self.labels[row].rest(text) if row in self.labels else text

    def between_pages(self, found: dict[int, Furniture]) -> dict[int, Furniture]:
        """The furniture of sequences in which some sentences are cut by a page's end; of others the labels alone.

        None where most pages would be left empty: then numbers were all that stood on them.
        """
        usual = median([self.rows.width(row) for row in range(self.rows.count)]) if self.rows.count else 0
        ends: Counter[int] = Counter()
        cut: Counter[int] = Counter()
        filled: Counter[int] = Counter()
        last: dict[int, str] = {}
        for page, on_page in enumerate(self.pages):
            sequence = self.sequences[page]
            body = [row for row in on_page if row not in found]
            if not body:
                continue
            filled[sequence] += 1
            above = last.get(sequence)
            if above is not None:
                ends[sequence] += 1
                prose = len(above) >= 0.6 * usual and not has_columns(above)
                cut[sequence] += prose and not ends_sentence(above)
            last[sequence] = self.rows.text(body[-1])
        share = cut.total() / max(1, ends.total())
        shown = {s for s in self.in_sequence if (cut[s] / ends[s] if ends[s] else share) >= 0.2}
        labelled = {s for s, pages in self.in_sequence.items() if 2 * filled[s] >= pages}
        return {
            row: furniture
            for page, on_page in enumerate(self.pages)
            for row in on_page
            if (furniture := found.get(row)) is not None
            and self.sequences[page] in labelled
            and (self.sequences[page] in shown or row in self.labels)
        }

    def navigation(self, found: Mapping[int, Furniture]) -> dict[int, Furniture]:
        """Lines that stand at both ends of a sequence, just inside its furniture, and nowhere else in it."""
        ends: defaultdict[int, list[int]] = defaultdict(list)
        for page, sequence in enumerate(self.sequences):
            ends[sequence].append(page)
        out = {}
        for pages in ends.values():
            if len(pages) < 3:
                continue
            first = self._innermost(self.pages[pages[0]], found)
            last = self._innermost(self.pages[pages[-1]][::-1], found)
            if first is None or last is None or first == last:
                continue
            if skeleton(self.rows.text(first)) == skeleton(self.rows.text(last)) and self._set_apart(first, last):
                reason = "stands at both ends of the pages that belong together, beside their furniture"
                for row, edge in ((first, HEAD), (last, FOOT)):
                    out[row] = Furniture(
                        row=row, edge=edge, text=self.rows.text(row), line=None, confidence=0.6, reason=reason
                    )
        return out

    def _innermost(self, page: Sequence[int], found: Mapping[int, Furniture]) -> int | None:
        """The first row that is text behind the furniture of this edge; None where the edge has no furniture."""
        if not page or page[0] not in found:
            return None
        return next((row for row in page if row not in found), None)

    def _set_apart(self, first: int, last: int) -> bool:
        """Do empty lines set both rows apart, and are they no sentences?"""
        blanks, count = self.rows.blanks, self.rows.count
        text = self.rows.text(first)
        around = (first, first + 1, last, last + 1)
        return all(blanks[row] for row in around if row < count) and len(text) <= 60 and text[-1] not in '.!?,;:"”»'
