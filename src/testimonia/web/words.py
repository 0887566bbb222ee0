"""How dates, pages and hostile characters are put into words and marks that a reader can see."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from testimonia.model.findings import Gap
from testimonia.model.pages import Page
from testimonia.model.scans import PageScan
from testimonia.model.spans import Anchor

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_PAGE_LABEL = re.compile(r"\s*(?:page|p\.?)\s*(\d+)\b", re.IGNORECASE)
_DATE = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T(\d\d):(\d\d).*)?$")
# ISO 8601-2, 4.8: what can stand in place of a month.
_PERIODS = {
    "21": "spring", "22": "summer", "23": "autumn", "24": "winter", "33": "first quarter of", "34": "second quarter of",
    "35": "third quarter of", "36": "fourth quarter of", "40": "first half of", "41": "second half of",
}  # fmt: skip
_DOUBT = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}
# Characters that a page must show instead of obeying: controls (HTML drops NUL), bidirectional overrides and isolates
# (they make a line read otherwise than it is written), and halves of surrogate pairs (UTF-8 can't hold them).
_SHOWN_CODES = (*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000))
VISIBLE: Mapping[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)},
    0x7F: "\u2421",
    **{code: f"\u27e8U+{code:04X}\u27e9" for code in _SHOWN_CODES},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A stretch of a text, marked or not."""

    text: str
    marked: bool


def cut_words(text: str, stretches: Iterable[tuple[int, int]]) -> Iterator[Words]:
    """The text, cut where a stretch begins or ends; stretches that overlap are joined. Nothing is lost."""
    at = 0
    for start, end in sorted(stretches):
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        if start > at:
            yield Words(text=text[at:start], marked=False)
        yield Words(text=text[start:end], marked=True)
        at = end
    if at < len(text):
        yield Words(text=text[at:], marked=False)


def shown(value: object) -> object:
    """What a template prints for a value: text with its control characters made visible, other things as they are.

    Markup made by a template has gone through here already.
    """
    # Nothing of what must be made visible counts as printable, and most text is: a page may have 100,000 values.
    if not isinstance(value, str) or value.isprintable() or isinstance(value, Markup):
        return value
    return value.translate(VISIBLE)


def page_words(label: str | None, page_index: int) -> str:
    """How is a page cited: by the number printed on it, by its whole label, or by its place in the file?"""
    if label is None:
        return f"file p. {page_index + 1}"
    printed = _PAGE_LABEL.match(label)
    return f"p. {printed[1]}" if printed else label


def page_name(page: Page) -> str:
    """What is a page called at its head? The label as printed, else what is known of it."""
    if page.page_label is not None:
        return page.page_label
    if page.number is not None:
        of = f" of {page.total}" if page.total is not None else ""
        return f"Page {page.number}{of} (not printed; inferred)"
    return f"Page {page.page_index + 1} of the file"


def one_line(text: str) -> str:
    """A text of several lines in one, with a mark where each line ended."""
    return re.sub(r"\s*\n\s*", " \u23ce ", text.strip())


def gap_words(gap: Gap) -> str:
    """What is it that is missing? Its kind and its label; its extent where no label says how much it is."""
    label = gap.label or ""
    if gap.what == "record" and label:
        return f"Record: {label}"  # its label is a phrase of the source
    kind = "" if label.lower().startswith(gap.what) else gap.what.capitalize()
    return " ".join(word for word in (kind, label) if word) + (f", {gap.extent}" if gap.extent and not label else "")


def lines_words(first_line: int, last_line: int) -> str:
    """How are lines cited?"""
    return f"l. {first_line}" if first_line == last_line else f"l. {first_line}\u2013{last_line}"


def citation(anchor: Anchor) -> str:
    """How is an anchor cited? By page and first line."""
    return f"{page_words(anchor.page_label, anchor.page_index)}, l. {anchor.first_line}"


def date_words(edtf: str) -> str:
    """How is an EDTF date said? What this does not know stays as it is."""
    if "/" in edtf:
        first, last = edtf.split("/", 1)
        if first in ("", ".."):
            return f"before {date_words(last)}"
        return f"after {date_words(first)}" if last in ("", "..") else f"{date_words(first)} to {date_words(last)}"
    doubt = _DOUBT.get(edtf[-1:], "")
    if edtf[:1] == "[" and edtf[-1:] == "]" and ".." not in edtf:
        return " or ".join(date_words(part.strip()) for part in edtf[1:-1].split(","))
    if (decade := re.fullmatch(r"(\d{3})X|(\d{2})XX", edtf)) is not None:
        return f"the {edtf.replace('X', '0')}s" if decade[1] else f"the years {decade[2]}00 to {decade[2]}99"
    date = _DATE.fullmatch(edtf[:-1] if doubt else edtf)
    if date is not None and date[2] in _PERIODS and date[3] is None:
        return f"{doubt}{_PERIODS[date[2]]} {date[1]}"
    if date is None or (date[2] is not None and not 1 <= int(date[2]) <= 12):
        return edtf
    day = f"{int(date[3])} " if date[3] else ""
    month = f"{MONTHS[int(date[2]) - 1]} " if date[2] else ""
    time = f", {date[4]}:{date[5]}" if date[4] else ""
    return f"{doubt}{day}{month}{date[1]}{time}"


def count_words(count: int, one: str, many: str = "") -> str:
    """One account, two accounts?"""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def duration_words(elapsed_s: float) -> str:
    """How long is that, roughly?"""
    if elapsed_s < 90:
        return f"{max(1, round(elapsed_s))} s"
    return f"{round(elapsed_s / 60)} min" if elapsed_s < 5400 else f"{elapsed_s / 3600:.1f} h"


def size_words(size_bytes: int) -> str:
    """How large is a file?"""
    size: float = size_bytes
    for unit in ("bytes", "KiB", "MiB"):
        if size < 1024:
            return f"{size:.0f} {unit}"
        size /= 1024
    return f"{size:.1f} GiB"


def how_read(scan: PageScan) -> str:
    """What read this page, how sure it was, and how the page lay; as sentences."""
    if scan.engine is None:
        said = "The words came with the file." if scan.boxes else "No words were read from this image."
    else:
        sure = "" if scan.confidence is None else f" with a confidence of {scan.confidence:.2f} out of 1"
        said = f"Read by {scan.engine}{sure}."
    lay = {90: "on its right side", 180: "upside down", 270: "on its left side"}.get(scan.turned_deg)
    return said + (f" It lay {lay} and is shown turned back." if lay else "")
