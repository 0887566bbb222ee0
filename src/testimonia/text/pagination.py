"""Where the pages of a source begin, when nothing but its text says so."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from testimonia.text.page_labels import ALONE, RUN_IN, WITH_TOTAL, Label, labels_in, runs
from testimonia.text.paragraphs import ends_sentence
from testimonia.text.recovery_likeness import alike, digits_of, families, supports
from testimonia.text.recovery_rows import Rows, skeleton

_FEWEST_ROWS, _MOST_ROWS = 8, 400
_LONG_GAP = 3
_FAR = 6
_EDGE_ROWS = 4
_NOTE = re.compile(r"^[\d*†‡]")


def page_begins(rows: Rows) -> list[int]:
    """On which rows do pages begin? The first row always does; one page where nothing shows more.

    The evidence, strongest first: labels that count up ('Page 3 of 15', a number alone, a number run into a repeated
    line); lines that come back at the distance of a page and stand across sentences or at long gaps; long gaps that
    come back so. A line that comes back irregularly, as a refrain or a heading does, shows nothing. Linear in rows.

    >>> from testimonia.text.lines import LineTable
    >>> w = "harbour tide lantern rope midnight quarrel boatman".split()
    >>> told = [f"and {w[n % 7]} {w[n // 7 % 7]} and {w[n * n % 5]} it" for n in range(80)]
    >>> text = "\\n".join(f"{line}\\n- {n // 20 + 1} -" if n % 20 == 19 else line for n, line in enumerate(told))
    >>> page_begins(Rows(text, LineTable(text)))
    [0, 21, 42, 63]
    """
    if not rows.count:
        return [0]
    search = _Search(rows)
    search.mark_labels()
    search.mark_repeated()
    if not search.keys:
        return [0, *_long_gaps(rows)]
    search.grow()
    search.mark_lost_bands()
    bands = search.bands()
    begins = {0, *_begins_of(rows, bands, search.keys, search.label_runs)}
    begins.update(_between(rows, search.label_runs, begins))
    return sorted(b for b in begins if b < rows.count)


@dataclass(slots=True)
class _Search:
    """The rows marked so far as standing between pages: `keys` gives the skeleton of each, '#' for a bare label."""

    rows: Rows
    keys: dict[int, str] = field(default_factory=dict)
    label_runs: list[list[Label]] = field(default_factory=list)
    skeletons: list[str] = field(init=False)
    counts: Counter[str] = field(init=False)
    usual_gap: float = field(init=False)
    full_width: float = field(init=False)

    def __post_init__(self) -> None:
        self.usual_gap = _usual_gap(self.rows)
        self.full_width = 0.6 * median([self.rows.width(row) for row in range(self.rows.count)] or [0])
        self.skeletons = [skeleton(self.rows.text(row)) for row in range(self.rows.count)]
        self.counts = Counter(self.skeletons)

    def mark_labels(self) -> None:
        """Mark the rows of every run of labels that can only be page labels."""
        rests: dict[tuple[int, int], str] = {}
        found: list[Label] = []
        for row in range(self.rows.count):
            text = self.rows.text(row)
            for label in labels_in(row, text):
                if label.form == RUN_IN:
                    rests[row, label.start] = skeleton(label.rest(text))
                found.append(label)
        often = Counter(rests.values())
        found = [
            x
            for x in found
            if (x.form != RUN_IN or (often[rests[x.row, x.start]] >= 3 and len(rests[x.row, x.start]) > 3))
            and (x.form != ALONE or not x.group)
        ]
        usual = _usual_distances(found)
        unproven = []
        for run in runs(found, lambda a, b: _may_follow(a, b, usual)):
            if self._proves_pages(run):
                self.label_runs.append(run)
            else:
                unproven.append(run)
        # An article of one or two pages is known by the wording of the labels beside it.
        wordings = {run[0].wording for run in self.label_runs} - {""}
        self.label_runs += [run for run in unproven if run[0].wording in wordings and all(map(self._set_apart, run))]
        for label in (label for run in self.label_runs for label in run):
            self.keys[label.row] = skeleton(label.rest(self.rows.text(label.row))) or "#"

    def _proves_pages(self, run: Sequence[Label]) -> bool:
        if run[0].form == WITH_TOTAL and run[0].paged:
            return len(run) >= 3 or (len(run) == 2 and all(map(self._stands_alone, run)))
        steps = [(b.row - a.row) / (b.number - a.number) for a, b in pairwise(run)]
        return len(run) >= 3 and _regular(steps) and self._stands_between_pages([x.row for x in run])

    def _stands_alone(self, label: Label) -> bool:
        """Does nothing else stand on this label's row, or does a long gap set the row apart?"""
        blanks = self.rows.blanks
        below = blanks[label.row + 1] if label.row + 1 < self.rows.count else _LONG_GAP
        return not label.rest(self.rows.text(label.row)) or max(blanks[label.row], below) >= _LONG_GAP

    def _set_apart(self, label: Label) -> bool:
        """Does nothing else stand on this label's row, or do empty lines stand on both sides of it?"""
        row, blanks = label.row, self.rows.blanks
        above, below = not row or blanks[row], row + 1 == self.rows.count or blanks[row + 1]
        return not label.rest(self.rows.text(row)) or bool(above and below)

    def _stands_between_pages(self, marked: Sequence[int]) -> bool:
        """Do sentences go on across these rows? Or do long gaps set them apart, and cut some sentences short?"""
        rows = self.rows
        long_gap, full = max(_LONG_GAP, 2 * self.usual_gap), self.full_width
        flowing = gaps = cut = 0
        for row in marked:
            above, below = row - 1, row + 1
            while above > max(0, row - 4) and self.counts[self.skeletons[above]] >= 3:
                above -= 1
            while below < min(rows.count - 1, row + 4) and self.counts[self.skeletons[below]] >= 3:
                below += 1
            if above >= 0 and below < rows.count:
                text = rows.text(below)
                flowing += flows(rows.text(above), text) or flows(rows.text(self._above_notes(above)), text)
                cut += rows.width(above) >= full and not ends_sentence(rows.text(above))
            around = range(above + 1, min(below + 1, rows.count))
            gaps += max((rows.blanks[r] for r in around), default=0) >= long_gap
        return flowing >= 0.3 * len(marked) or (gaps >= 0.6 * len(marked) and cut >= 0.25 * len(marked))

    def _above_notes(self, row: int) -> int:
        """The last row of the text above the notes at the foot of a page, if such stand there; else the row itself."""
        first = row
        while first > max(0, row - 2 * _EDGE_ROWS) and not self.rows.blanks[first]:
            first -= 1
        return first - 1 if first and _NOTE.match(self.rows.text(first)) else row

    def mark_repeated(self) -> None:
        """Mark lines that come back at the distance of a page, where no label has marked them."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for row, key in enumerate(self.skeletons):
            if self.counts[key] >= 3 and len(key) > 3 and row not in self.keys:
                places[key].append(row)
        for key, found in places.items():
            at = [row for i, row in enumerate(found) if not i or row - found[i - 1] > _EDGE_ROWS]  # head and foot
            steps = [float(b - a) for a, b in pairwise(at)]
            if len(at) >= 3 and _regular(steps) and self._stands_between_pages(at):
                self.keys.update(dict.fromkeys(found, key))
        # A form filled in again and again comes back whole: what surrounds a page is a few lines.
        for band in self.bands():
            if len(band) > 2 * _EDGE_ROWS:
                for row in band:
                    self.keys.pop(row)

    def grow(self) -> None:
        """Mark the rows beside the marked ones that come back with them, OCR's variants of them too."""
        for _ in range(_EDGE_ROWS):
            count = self.rows.count
            around = [range(max(0, b[0] - 1), min(count, b[-1] + 2)) for b in self.bands()]
            # The head of the first page and the foot of the last have no other edge beside them.
            around = [range(min(_EDGE_ROWS, count)), *around, range(max(0, count - _EDGE_ROWS), count)]
            skeletons = {row: self.keys.get(row, self.skeletons[row]) for rows in around for row in rows}
            digits = {row: digits_of(self.rows.text(row)) for row in skeletons if row not in self.keys}
            digits.update((row, digits_of(key)) for row, key in self.keys.items())
            support = supports(around, families(around, skeletons), digits)
            needed = 3 if len(around) > 5 else 2
            new = {row: key for row, key in skeletons.items() if row not in self.keys and support[row] >= needed}
            if not new:
                return
            self.keys.update(new)

    def mark_lost_bands(self) -> None:
        """Mark what stands between two pages of which neither bears a label that can be read.

        Two neighbouring rows that both come back elsewhere between pages; or, where labels skip a number, a row like
        those that bear them. Both far from any marked row.
        """
        known = {key for key, n in Counter(self.keys.values()).items() if n >= 3 and key != "#"}
        marked = sorted(self.keys)
        at = 0
        for row in range(self.rows.count - 1):
            while at < len(marked) and marked[at] < row - _FAR:
                at += 1
            near = at < len(marked) and marked[at] <= row + 1 + _FAR
            if not near and self.skeletons[row] in known and self.skeletons[row + 1] in known:
                self.keys.update({r: self.skeletons[r] for r in (row, row + 1)})
        for run in self.label_runs:
            for i, (a, b) in enumerate(pairwise(run)):
                if b.number - a.number > 1:
                    self._mark_unlabelled(a.row, b.row, {self.keys[x.row] for x in run[max(0, i - 3) : i + 5]} - {"#"})

    def _mark_unlabelled(self, above: int, below: int, keys: set[str]) -> None:
        """Mark the rows between two labelled ones that are like the lines which bear the labels around."""
        for row in range(above + _FAR, below - _FAR):
            key = self.skeletons[row]
            if row not in self.keys and any(alike(key, other) for other in keys):
                self.keys[row] = key

    def bands(self) -> list[list[int]]:
        """The marked rows, those together that follow on each other."""
        out: list[list[int]] = []
        for row in sorted(self.keys):
            if out and out[-1][-1] == row - 1:
                out[-1].append(row)
            else:
                out.append([row])
        return out


def flows(above: str, below: str) -> bool:
    """Does a sentence go on from one line of prose to the other?

    >>> flows("and then the harbour", "master came down"), flows("So it was over.", "the end of it")
    (True, False)
    """
    first = next((c for c in below if c.isalpha()), "")
    prose = len(above.split()) >= 3 and len(below.split()) >= 3
    return prose and first.islower() and not ends_sentence(above)


def _usual_distances(labels: Iterable[Label]) -> dict[tuple[str, str], float]:
    """How many rows apart do labels of one kind stand whose numbers follow on each other?"""
    last: dict[tuple[str, str], Label] = {}
    steps: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for label in labels:
        kind = (label.form, label.group)
        before = last.get(kind)
        if before is not None and label.number == before.number + 1:
            steps[kind].append(label.row - before.row)
        last[kind] = label
    return {kind: median(found) for kind, found in steps.items()}


def _may_follow(a: Label, b: Label, usual: Mapping[tuple[str, str], float]) -> bool:
    distance, pages = b.row - a.row, b.number - a.number
    expected = usual.get((b.form, b.group), float(_MOST_ROWS))
    fewest = 2 if b.form == WITH_TOTAL else _FEWEST_ROWS // 2
    return fewest <= distance <= 2.2 * expected * pages + 10


def _regular(steps: Sequence[float]) -> bool:
    """Are these distances those of pages, most of one length, some twice that where one was missed?"""
    middle = median(steps)
    if not _FEWEST_ROWS <= middle <= _MOST_ROWS:
        return False
    fits = sum(0.5 <= step / middle / max(1, round(step / middle)) <= 1.6 and step / middle < 3.5 for step in steps)
    return fits >= 0.75 * len(steps)


def _usual_gap(rows: Rows) -> float:
    """How many empty lines stand between paragraphs?"""
    gaps = [n for n in rows.blanks if 0 < n <= _LONG_GAP]
    return median(gaps) if gaps else 1


def _long_gaps(rows: Rows) -> list[int]:
    """The rows after long gaps, where these come back at the distance of a page and sentences go on across them."""
    long_gap = max(_LONG_GAP + 1, 3 * _usual_gap(rows))
    at = [row for row in range(1, rows.count) if rows.blanks[row] >= long_gap]
    if len(at) < 3 or not _regular([float(b - a) for a, b in pairwise([0, *at])]):
        return []
    flowing = sum(flows(rows.text(row - 1), rows.text(row)) for row in at)
    return at if flowing >= 0.4 * len(at) else []


def _begins_of(
    rows: Rows, bands: Sequence[Sequence[int]], keys: Mapping[int, str], label_runs: Sequence[Sequence[Label]]
) -> list[int]:
    """The row that begins a page in or after each band: the first that belongs to the head of the next page."""
    family = families(bands, keys)
    for run in label_runs:  # the labels of one run stand at one edge, though lines of two kinds may bear them
        family.update((label.row, run[0].row) for label in run)
    by_ends = _at_ends(rows, bands, family)
    first = min(label_runs, key=lambda run: run[0].row, default=None)
    if first is not None:
        step = median([b.row - a.row for a, b in pairwise(first)] or [0])
        unlabelled = first[0].row - (first[0].number - 1) * step  # of page 1, or of a first page numbered 2
        if step and -0.5 * step < unlabelled:
            by_ends[first[0].row] += -1 if unlabelled >= 0.5 * step else 1
    heads = _heads(rows, bands, family, by_ends)
    out = []
    for band in bands:
        if band[0] > 0 and band[-1] < rows.count - 1:
            kin = [family[row] for row in band]
            again = (row for i, row in enumerate(band) if kin[i] in kin[:i])  # one line at the foot and at the head
            out.append(next(again, next((row for row in band if heads[family[row]]), band[-1] + 1)))
    return out


def _at_ends(rows: Rows, bands: Sequence[Sequence[int]], family: Mapping[int, int]) -> Counter[int]:
    """What do the source's ends tell of each family of lines: more than 0 a head, less a foot?

    The first page has a head above it and no foot of another; what the next band has beside is a foot. The last page
    has a foot and no head of another.
    """
    votes: Counter[int] = Counter()
    for end, other, sign in ((bands[0], bands[1:2], 1), (bands[-1], bands[-2:-1], -1)):
        if (sign > 0 and end[0] == 0) or (sign < 0 and end[-1] == rows.count - 1):
            here = {family[row] for row in end}
            beside = {family[row] for band in other for row in band} - here
            votes.update(dict.fromkeys(here, sign))
            votes.update(dict.fromkeys(beside, -sign))
    return votes


def _heads(
    rows: Rows, bands: Sequence[Sequence[int]], family: Mapping[int, int], by_ends: Mapping[int, int]
) -> dict[int, bool]:
    """Which families of lines stand at the head of a page, and which at its foot?

    The longest gap in a band or at its ends is where the page ends, if it is longer than one between paragraphs. Else
    the source's ends tell; then the longest gap of any length; then where most of the other lines stand; where nothing
    tells, a line stands at the foot.
    """
    by_long_gap: Counter[int] = Counter()
    by_gap: Counter[int] = Counter()
    for band in bands:
        if band[0] == 0 or band[-1] == rows.count - 1:
            continue
        gaps = [rows.blanks[row] for row in (*band, band[-1] + 1)]
        if gaps.count(max(gaps)) > 1:
            continue
        longest = gaps.index(max(gaps))
        votes = by_long_gap if gaps[longest] >= _LONG_GAP else by_gap
        for i, row in enumerate(band):
            votes[family[row]] += 1 if longest <= i else -1
    told = {
        kin: next((votes[kin] > 0 for votes in (by_long_gap, by_ends, by_gap) if votes.get(kin)), None)
        for kin in set(family.values())
    }
    others = sum({True: 1, False: -1, None: 0}[told[family[row]]] for band in bands for row in band) > 0
    return {kin: others if head is None else head for kin, head in told.items()}


def _between(rows: Rows, label_runs: Iterable[Sequence[Label]], begins: set[int]) -> list[int]:
    """More begins, at longer gaps, where the labels count further than the pages found between them.

    A gap counts near the place where a page must end, if the pages between two labels are about of one length.
    """
    known = sorted(begins)
    usual_break = median([rows.blanks[b] for b in known if 0 < b < rows.count] or [0])
    needed = max(_usual_gap(rows) + 1, 0.6 * usual_break)
    out: list[int] = []
    for run in label_runs:
        for a, b in pairwise(run):
            pages, found = b.number - a.number, bisect_right(known, b.row) - bisect_right(known, a.row)
            if pages <= found or found > 1:
                continue
            step = (b.row - a.row) / pages
            known_one = next((k for k in known[bisect_right(known, a.row) :][:1] if k <= b.row), a.row)
            forward = known_one - a.row < b.row - known_one
            for n in range(1, pages):
                at = known_one + (n if forward else -n) * step
                near = range(max(a.row + 2, round(at - 0.3 * step)), min(b.row - 1, round(at + 0.3 * step)))
                longest = max(near, key=lambda r: rows.blanks[r], default=0)
                if longest and rows.blanks[longest] >= needed:
                    out.append(longest)
    return out
