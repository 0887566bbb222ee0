"""Which number does each page bear, and where does the numbering start again?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from testimonia.text.page_labels import ALONE, RUN_IN, WITH_TOTAL, Label, labels_in, runs
from testimonia.text.recovery_likeness import alike
from testimonia.text.recovery_rows import Rows, skeleton


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """What a page's number is. `printed` is the label as printed; `sequence` counts the runs of numbering from 0."""

    printed: str | None
    number: int | None
    total: int | None
    inferred: bool
    sequence: int


def trusted_labels(rows: Rows, heads: Sequence[Sequence[int]], feet: Sequence[Sequence[int]]) -> dict[int, Label]:
    """Which rows at the edges of pages bear page labels that can be believed?

    `heads` and `feet` are the rows at the edges of each page. A run of labels is believed where its numbers count as
    its pages do: two with a total (one, where another run has its wording), three without. A number run into a line
    also needs that line to come back; one beside a word that need not be a page's ('Letter 3') counts at the foot only,
    where no heading stands. Gives the labels by row.
    """
    found: list[Label] = []
    page_of: dict[int, int] = {}
    for page, (head, foot) in enumerate(zip(heads, feet, strict=True)):
        at_head = set(head)
        for row in sorted(at_head.union(foot)):
            page_of[row] = page
            labels = labels_in(row, rows.text(row))
            found.extend(x for x in labels if x.paged or row not in at_head)

    def may_follow(a: Label, b: Label) -> bool:
        pages, numbers = page_of[b.row] - page_of[a.row], b.number - a.number
        if b.form == WITH_TOTAL:
            return 1 <= pages <= numbers + 1
        # A plate or a blank leaf may bear no number, and be counted or not.
        return pages >= 1 and abs(pages - numbers) <= 1

    out: dict[int, Label] = {}
    numbered: set[int] = set()
    wordings: set[str] = set()
    for run in runs(found, may_follow):
        first, last = page_of[run[0].row], page_of[run[-1].row]
        if _counts_as_pages(rows, run, page_of):
            fresh = [x for x in run if page_of[x.row] not in numbered]
            numbered.update(range(first, last + 1))  # another number among these pages is misread
        elif run[0].form == WITH_TOTAL and run[0].wording in wordings and numbered.isdisjoint(range(first, last + 1)):
            fresh = run
            numbered.update(page_of[x.row] for x in run)
        else:
            continue
        wordings.update(x.wording for x in run)
        out.update((x.row, x) for x in fresh)
    return out


def _counts_as_pages(rows: Rows, run: Sequence[Label], page_of: Mapping[int, int]) -> bool:
    if run[0].form == WITH_TOTAL:
        return len(run) >= 2
    if len(run) < 3:
        return False
    exact = sum(page_of[b.row] - page_of[a.row] == b.number - a.number for a, b in pairwise(run))
    if exact < 0.7 * (len(run) - 1):
        return False
    if not run[0].paged:
        return exact == len(run) - 1
    if run[0].form != RUN_IN:
        return True
    rests = [skeleton(x.rest(rows.text(x.row))) for x in run]
    again = sum(
        any(len(rest) > 3 and alike(rest, other) for other in rests[max(0, i - 2) : i] + rests[i + 1 : i + 3])
        for i, rest in enumerate(rests)
    )
    return again >= 0.6 * len(run)


def unproven_labels(
    rows: Rows, edges: Sequence[Sequence[int]], labels: Mapping[int, Label], numbers: Sequence[Numbered]
) -> dict[int, Label]:
    """Which rows are page labels too, on pages whose numbers are only inferred from the pages around?

    A row at the edge that bears just that number; or one that is like the labels standing alone on the pages around,
    its number misread by OCR. Gives labels with the number inferred, by row.
    """
    alone = [
        [skeleton(rows.text(row)) for row in at if row in labels and not labels[row].rest(rows.text(row))]
        for at in edges
    ]
    wordings = {label.wording for label in labels.values()} - {""}
    out: dict[int, Label] = {}
    for page, number in enumerate(numbers):
        if not number.inferred or number.number is None:
            continue
        around = [key for near in alone[max(0, page - 2) : page + 3] for key in near]
        for row in edges[page]:
            text = rows.text(row)
            own = (x for x in labels_in(row, text) if x.form != RUN_IN)
            label = next((x for x in own if x.number == number.number or x.wording in wordings), None)
            if label is None and any(alike(skeleton(text), key) for key in around):
                label = Label(
                    row=row,
                    start=0,
                    end=len(text),
                    number=number.number,
                    total=number.total,
                    form=WITH_TOTAL if number.total else ALONE,
                    group="",
                )
            if label is not None and label.paged:
                out[row] = label
                break
    return out


def sequences_by_heads(heads: Sequence[frozenset[int | None]]) -> list[int]:
    """Where no page bears a label: to which run of pages does each belong, by its running heads?

    `heads` are the lines at the head of each page. A page starts the next sequence where its lines are others than
    those of the two pages before it, and come back on the page after it; left and right pages that take turns do not.

    >>> a, b = frozenset({1}), frozenset({2})
    >>> sequences_by_heads([a, a, a, b, b]), sequences_by_heads([a, b, a, b])
    ([0, 0, 0, 1, 1], [0, 0, 0, 0])
    """
    out: list[int] = []
    for page, lines in enumerate(heads):
        before = frozenset().union(*heads[max(0, page - 2) : page])
        after = heads[page + 1] if page + 1 < len(heads) else frozenset()
        new = bool(before) and bool(lines & after) and not lines & before
        out.append((out[-1] if out else 0) + new)
    return out


def number_pages(rows: Rows, pages: int, page_of: Mapping[int, int], labels: Mapping[int, Label]) -> list[Numbered]:
    """Which number and which sequence does each page have?

    Numbers that are missing between two that count on are inferred where pages and numbers agree; so are those before
    the first and after the last. A number that does not count on from the one before, or another total, starts the
    next sequence; pages without a label between two sequences belong to the one whose numbers leave room for them.
    """
    read = sorted(((page_of[row], label) for row, label in labels.items()), key=lambda item: item[0])
    out: list[Numbered | None] = [None] * pages
    sequence = 0
    for i, (page, label) in enumerate(read):
        if i and not _goes_on(read[i - 1][1], label):
            sequence += 1
        printed = rows.text(label.row)[label.start : label.end]
        out[page] = Numbered(printed=printed, number=label.number, total=label.total, inferred=False, sequence=sequence)
    known = [page for page, _ in read]
    for before, after in pairwise((-1, *known, pages)):
        _infer(out, before, after)
    return [page or Numbered(printed=None, number=None, total=None, inferred=False, sequence=0) for page in out]


def _goes_on(a: Label, b: Label) -> bool:
    return b.number > a.number and (a.total is None or b.total is None or a.total == b.total)


def _infer(out: list[Numbered | None], before: int, after: int) -> None:
    """Number the pages that lie between two that bear labels, or before the first, or after the last."""
    a = out[before] if before >= 0 else None
    b = out[after] if after < len(out) else None
    if a is not None and b is not None and a.sequence == b.sequence:
        agree = b.number is not None and a.number is not None and b.number - a.number == after - before
        for page in range(before + 1, after):
            out[page] = _counted(a, page - before if agree else None)
        return
    room = after - before - 1
    if a is not None and b is not None:
        room = min(room, max(0, (b.number or 1) - 1))
    for page in range(before + 1, after):
        if b is not None and after - page <= room:
            out[page] = _counted(b, page - after)
        elif a is not None:
            out[page] = _counted(a, page - before)


def _counted(label: Numbered, steps: int | None) -> Numbered:
    """A page so many steps from one whose number is known; without a number where that can't be."""
    number = None if steps is None or label.number is None else label.number + steps
    if number is not None and not 1 <= number <= (label.total or number):
        number = None
    return Numbered(
        printed=None, number=number, total=label.total, inferred=number is not None, sequence=label.sequence
    )
