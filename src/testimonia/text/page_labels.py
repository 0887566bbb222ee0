"""Numbers that stand where pages are numbered, and the runs that they make."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from testimonia.text.recovery_rows import skeleton

_DIGITS = str.maketrans({"l": "1", "I": "1", "i": "1", "|": "1", "O": "0", "o": "0"})
_NUMBER = r"(?:\d{1,5}|(?<![^\W\d_])[\dlIi|Oo]{1,5}(?![^\W\d_]))"
_WORD = r"(?:(?P<word>[^\W\d_]{1,10})\.?\s{0,2})?"
_TOTAL = rf"{_WORD}(?P<number>{_NUMBER})\s{{0,2}}(?P<of>/|[^\W\d_]{{1,4}})\s{{0,2}}(?P<total>{_NUMBER})"
_TOTAL_AT_END = re.compile(rf"(?<!\S){_TOTAL}\W{{0,3}}$")
_TOTAL_AT_START = re.compile(rf"^\W{{0,3}}{_TOTAL}(?!\S)")
_ALONE = re.compile(
    r"^(?:[\W_]{1,3}\s?)?(?:(?P<word>[^\W\d_]{2,10}|[pPsSсС])\.?\s{0,2})?"
    r"(?P<number>(?=\S*\d)[\dlIiOo|]{1,4})[\W_]{0,4}$"
)
_ROMAN_ALONE = re.compile(r"^\W{0,3}(?P<number>[ivxlc]{1,7}|[IVXLC]{1,7})\W{0,3}$")
_ROMAN = re.compile(r"^(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})$")
_AT_END = re.compile(r"\s(?P<number>\d{1,4})$")
_AT_START = re.compile(r"^(?P<number>\d{1,4})\s")
_DIGIT = re.compile(r"\d")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

# Words that are printed before a page's number: they decide where a printed label begins, never what is furniture.
_PAGE_WORDS = frozenset(
    {
        "p", "pp", "pg", "page", "pag", "pagina", "página", "pág", "seite", "s", "стр", "с", "страница",
        "strona", "str", "side", "sida", "sivu", "oldal",
    }
)  # fmt: skip

WITH_TOTAL = "with total"
ALONE = "alone"
ROMAN = "roman"
RUN_IN = "run in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A number at an end of a row, or alone on it, that may be its page's.

    `start` and `end` are the printed label's half-open place in the row's text. `form` and `group` are what the labels
    of one run of pages share: how they are printed, and the total or the word printed with them. `wording` is the
    skeleton of the words printed with a total; `paged` is false where a word beside the number need not be a page's
    ('Part 3 of 15', 'Letter 3').
    """

    row: int
    start: int
    end: int
    number: int
    total: int | None
    form: str
    group: str
    wording: str = ""
    paged: bool = True

    def rest(self, text: str) -> str:
        """What stands on the row beside the label?"""
        return f"{text[: self.start]} {text[self.end :]}".strip(" \t-–—|·•[]().")


def labels_in(row: int, text: str) -> Iterator[Label]:
    """Which page labels may this row bear?

    The forms: 'Page 3 of 15' and '3/15', alone or at an end of the row; a number alone with or without a word, in
    Arabic or Roman digits; a number run into the start or the end of a row. A digit read as a letter counts where a
    total stands beside it ('Page l of 15').

    >>> [(x.number, x.total, x.form) for x in labels_in(0, "The Harbour Inquiry Page 3 of 14")]
    [(3, 14, 'with total')]
    >>> [(x.number, x.form) for x in labels_in(0, "- 12 -")]
    [(12, 'alone')]
    >>> [x.number for x in labels_in(0, "xiv")]
    [14]
    """
    if len(text) > 200 or (len(text) > 12 and _DIGIT.search(text) is None):
        return
    with_total = _with_total(row, text)
    if with_total is not None:
        yield with_total
        return
    alone = _ALONE.match(text) if len(text) <= 24 else None
    if alone is not None:
        word = alone["word"] or ""
        start = alone.start("word") if word else alone.start("number")
        yield Label(
            row=row,
            start=start,
            end=alone.end("number"),
            number=int(alone["number"].translate(_DIGITS)),
            total=None,
            form=ALONE,
            group="" if word.casefold() in _PAGE_WORDS else skeleton(word) if word else "",
            paged=not word or word.casefold() in _PAGE_WORDS,
        )
        return
    roman = _ROMAN_ALONE.match(text) if len(text) <= 12 else None
    if roman is not None and _ROMAN.match(roman["number"].lower()):
        span = roman.span("number")
        number = _roman(roman["number"].lower())
        yield Label(row=row, start=span[0], end=span[1], number=number, total=None, form=ROMAN, group="")
        return
    for pattern in (_AT_END, _AT_START):
        found = pattern.search(text)
        if found is not None:
            yield _run_in(row, text, found)


def _with_total(row: int, text: str) -> Label | None:
    """The label 'word N of M' at an end of the row, if one stands there."""
    found = None
    if text[-1:].isdigit() or text[-2:-1].isdigit() or text[-1:] in "lIOo|":
        found = _TOTAL_AT_END.search(text)
    if found is None and any(c.isdigit() for c in text[:20]):
        found = _TOTAL_AT_START.match(text)
    if found is None or not any(c.isdigit() for c in found["number"] + found["total"]):
        return None
    number, total = int(found["number"].translate(_DIGITS)), int(found["total"].translate(_DIGITS))
    if not 1 <= number <= total:
        return None
    word = found["word"] or ""
    # In 'A Long Night 3/15' the word belongs to the title; in 'A Long Night Page 3 of 15' it belongs to the label.
    own = word.casefold() in _PAGE_WORDS or not text[: found.start()].strip()
    start = found.start("word") if word and own else found.start("number")
    return Label(
        row=row,
        start=start,
        end=found.end("total"),
        number=number,
        total=total,
        form=WITH_TOTAL,
        group=str(total),
        wording=skeleton(f"{word if own else ''}{found['of']}"),
        paged=not (word and own) or word.casefold() in _PAGE_WORDS,
    )


def _run_in(row: int, text: str, found: re.Match[str]) -> Label:
    start, end = found.span("number")
    before = text[:start].split()
    if before and before[-1].rstrip(".").casefold() in _PAGE_WORDS:
        start = text.rindex(before[-1], 0, start)
    return Label(row=row, start=start, end=end, number=int(found["number"]), total=None, form=RUN_IN, group="")


def _roman(digits: str) -> int:
    values = [_VALUES[d] for d in digits]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def runs(labels: Sequence[Label], near: Callable[[Label, Label], bool]) -> list[list[Label]]:
    """Which of these labels count up together?

    `labels` are in the order of the source. `near` says whether the second may follow the first at their distance,
    given how far apart their numbers are. A run starts again where numbers do; a number that does not fit is left out.
    Longest runs first; no label and no row stands in two.

    >>> texts = ["- 1 -", "- 2 -", "- 7 -", "- 3 -"]
    >>> labels = [x for row, text in enumerate(texts) for x in labels_in(row, text)]
    >>> [[x.number for x in run] for run in runs(labels, lambda a, b: True)]
    [[1, 2, 3], [7]]
    """
    latest: dict[tuple[str, str], dict[int, int]] = {}
    length = [1] * len(labels)
    before: list[int | None] = [None] * len(labels)
    for i, label in enumerate(labels):
        seen = latest.setdefault((label.form, label.group), {})
        # A lost page leaves a gap in the numbers; where a total is printed, a larger gap can be believed.
        reach = 40 if label.form == WITH_TOTAL else 4
        for number in range(label.number - 1, max(0, label.number - reach) - 1, -1):
            j = seen.get(number)
            if j is not None and length[j] + 1 > length[i] and near(labels[j], label):
                length[i], before[i] = length[j] + 1, j
        seen[label.number] = i
    return list(_longest_first(labels, length, before))


def _longest_first(
    labels: Sequence[Label], length: Sequence[int], before: Sequence[int | None]
) -> Iterator[list[Label]]:
    used_rows: set[int] = set()
    for i in sorted(range(len(labels)), key=lambda i: (-length[i], i)):
        run: list[Label] = []
        at: int | None = i
        while at is not None and labels[at].row not in used_rows:
            run.append(labels[at])
            at = before[at]
        if run:
            used_rows.update(x.row for x in run)
            yield run[::-1]
