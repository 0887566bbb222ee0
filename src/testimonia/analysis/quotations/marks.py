"""Where do quotations stand in a text?"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from testimonia.analysis.quotations.found import Quotation

# LaTeX's commands and OCR's wreckage of a mark come before the single signs that they are made of.
_MARK = re.compile(r"\\(?:enquote|textquote|textcquote|foreignquote)\*?(?:\[[^\]]*\])?\{|\\glqq\b ?|\\grqq\b ?|"
                   r"\\flqq\b ?|\\frqq\b ?|``|''|´´|,,|‘‘|’’|‚‚|[\"“”„‟«»‹›‘’‚‛'`´}{＂「」『』]")  # fmt: skip
_PARAGRAPHS = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]*)*")
_OPENERS = frozenset("([{<—–-/…=\u2012\u2015")
_AFTER_CLOSE = frozenset(".,;:!?)]}>—–-/…\u2012\u2015*†‡¹²³⁰⁴⁵⁶⁷⁸⁹|\\&")
_SENTENCE_END = re.compile(r"[.!?…][)\]]?(?=\s|$)")
_ELISIONS = re.compile(r"(?:tis|twas|em|til|cause|bout|n|round|\d0s|\d\d)\b", re.IGNORECASE)
_BLOCK_SIGN = re.compile(r"\s*>")
_LATEX_BLOCK = re.compile(r"\\begin\{((?:display)?quot(?:e|ation|ing))\}(.*?)\\end\{\1\}", re.DOTALL)
# Which closing signs end what each opening sign began; the family says which marks are of one kind.
_OPEN = {
    "“": ("double", '”“"″'),
    "„": ("low", '“”‟"'),
    "‟": ("double", "”"),
    "«": ("guillemet", "»"),
    "»": ("reversed", "«"),
    "‹": ("single guillemet", "›"),
    "›": ("single reversed", "‹"),
    "‘": ("single", "’'"),
    "‚": ("single low", "‘’'"),
    "‛": ("single", "’"),
    "「": ("corner", "」"),
    "『": ("white corner", "』"),
}
_SINGLE = frozenset({"single", "single low", "straight single"})
# What stands for a typographic mark, by OCR or by the conventions of plain text and LaTeX.
_STANDS_FOR = {"``": "“", "´´": "”", ",,": "„", "‘‘": "“", "’’": "”", "‚‚": "„", "\\glqq": "„", "\\grqq": "“",
               "\\flqq": "«", "\\frqq": "»", "＂": '"', "`": "‘", "´": "’"}  # fmt: skip
_MAX_UNCLOSED = 1200


@dataclass(slots=True)
class _Opened:
    family: str
    closers: str
    outer: int
    start: int
    depth: int
    pieces: list[tuple[int, int]]


def paragraphs_of(text: str) -> tuple[tuple[int, int], ...]:
    """The paragraphs of a text, where nothing else says: stretches parted by blank lines."""
    return tuple((m.start(), m.end()) for m in _PARAGRAPHS.finditer(text) if m.group().strip())


def find_quotations(text: str, paragraphs: Iterable[tuple[int, int]] | None = None) -> tuple[Quotation, ...]:
    """Where do the quotations of a text stand, in the order of their beginnings?

    Knows the marks of English, Russian, German and French print, straight ones, LaTeX's, and what OCR makes of them
    (two single signs, two commas). A quotation runs on over paragraphs where each opens with its mark again (Chicago
    Manual of Style, 13.32), and one that is never closed ends with a sentence. Apostrophes open and close nothing.
    `paragraphs` are half-open stretches in order; where they are not given, blank lines part them.
    """
    bounds = list(paragraphs if paragraphs is not None else paragraphs_of(text))
    blocks = _blocks(text, bounds)
    scanner = _Scanner(text)
    for number, (start, end) in enumerate(bounds):
        scanner.paragraph(start, end, bounds[number + 1] if number + 1 < len(bounds) else None)
    found = [q for q in scanner.found if any(c.isalnum() for c in text[q.start : q.end])]
    placed = [
        replace(q, depth=q.depth + 1) if any(b.start <= q.start and q.end <= b.end for b in blocks) else q
        for q in found
    ]
    return tuple(sorted([*placed, *blocks], key=lambda q: (q.start, -q.end)))


def _blocks(text: str, bounds: Sequence[tuple[int, int]]) -> list[Quotation]:
    """Quotations that are set apart: Markdown's `>`, and LaTeX's environments."""
    out = [_block(text, m.start(2), m.end(2), m.start(), m.end()) for m in _LATEX_BLOCK.finditer(text)]
    last: Quotation | None = None
    for start, end in bounds:
        sign = _BLOCK_SIGN.match(text, start, end)
        if sign is None:
            last = None
            continue
        block = _block(text, sign.end(), end, start, end)
        if last is not None:
            out.pop()
            block = replace(
                block, start=last.start, outer_start=last.outer_start,
                paragraphs=(*(last.paragraphs or ((last.start, last.end),)), (block.start, block.end)),
            )  # fmt: skip
        out.append(block)
        last = block
    return out


def _block(text: str, start: int, end: int, outer_start: int, outer_end: int) -> Quotation:
    while start < end and (text[start].isspace() or text[start] == ">"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quotation(start=start, end=end, outer_start=outer_start, outer_end=outer_end, style="block")


class _Scanner:
    """Reads the marks of a text from its start to its end, and remembers which are open."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._stack: list[_Opened] = []
        self.found: list[Quotation] = []

    def paragraph(self, start: int, end: int, following: tuple[int, int] | None) -> None:
        """Read one paragraph; what is still open at its end goes on, or ends there."""
        at = self._repeated(start)
        latex = 0
        while (mark := _MARK.search(self._text, at, end)) is not None:
            sign = mark.group()
            at = mark.end()
            if sign[0] == "\\" and sign.endswith("{"):
                self._open("latex", "}", mark.start(), mark.end())
                latex = 0
            elif sign in "{}":
                latex = self._brace(sign, mark.start(), mark.end(), latex)
            else:
                self._sign(_STANDS_FOR.get(sign.strip(), sign), sign, mark.start(), mark.end(), start, end)
        self._end_paragraph(end, following)

    def _brace(self, sign: str, start: int, end: int, depth: int) -> int:
        if not any(o.family == "latex" for o in self._stack):
            return 0
        if sign == "{":
            return depth + 1
        if depth:
            return depth - 1
        while self._stack[-1].family != "latex":
            self._stack.pop()
        self._close(len(self._stack) - 1, start, end)
        return 0

    def _sign(self, sign: str, printed: str, start: int, end: int, first: int, last: int) -> None:
        text = self._text
        before = text[start - 1] if start > first else " "
        after = text[end] if end < last else " "
        can_open = (before.isspace() or before in _OPENERS or before in "“‘„«\"'‚‹") and not after.isspace()
        can_close = not before.isspace() and (
            after.isspace() or after in _AFTER_CLOSE or after in "”’»\"'“‹›" or after.isdigit()
        )
        if printed in ("'", "‘", "’", "`", "´", "‛", "‚"):
            self._single(sign, start, end, before, after, can_open, can_close)
            return
        if sign in ('"', "''", "”", "‟", "“"):
            self._double(sign, start, end, can_open, can_close, after)
            return
        if sign == "„" and printed == ",," and not can_open:
            sign = "”"
            self._double(sign, start, end, can_open, can_close, after)
            return
        open_at = self._opened_by(sign)
        if open_at is not None and (sign not in _OPEN or not can_open or can_close or not after.isalnum()):
            self._close(open_at, start, end)
        elif sign in _OPEN and (can_open or sign in "„«‹「『"):
            if sign in "»›" and not after.isalnum() and after not in "[(.…":
                return
            family, closers = _OPEN[sign]
            self._open(family, closers, start, end)

    def _double(self, sign: str, start: int, end: int, can_open: bool, can_close: bool, after: str) -> None:
        open_at = self._opened_by(sign)
        if open_at is None and sign in ('"', "''", "”", "“") and can_close:
            open_at = next((n for n in reversed(range(len(self._stack)))
                            if self._stack[n].family in ("straight", "double", "low")), None)  # fmt: skip
        directed = sign in "“‟" and sign != "''"
        if open_at is not None and (can_close or not can_open) and not (directed and can_open):
            self._close(open_at, start, end)
        elif can_open and not (sign == "”" and can_close):
            same = next((n for n, o in enumerate(self._stack) if o.family in ("straight", "double")), None)
            if same is not None and (sign != "“" or self._stack[same].family == "straight"):
                self._break_off(same, start)
            if sign in ("“", "‟"):
                self._open("double", '”"″', start, end)
            else:
                self._open("straight", "\"”“''", start, end)

    def _single(
        self, sign: str, start: int, end: int, before: str, after: str, can_open: bool, can_close: bool
    ) -> None:
        if before.isalnum() and after.isalnum():
            return  # an apostrophe
        open_at = next((n for n in reversed(range(len(self._stack))) if self._stack[n].family in _SINGLE), None)
        if open_at is not None and can_close and (sign != "‘" or self._stack[open_at].family == "single low"):
            if before.isalpha() and self._closes_later(end):
                return  # the apostrophe of a plural: a better end follows
            self._close(open_at, start, end)
        elif (
            can_open
            and (after.isalnum() or after in '[(.…¿¡“"')
            and not (sign in "’'" and _ELISIONS.match(self._text, end))
        ):
            if open_at is not None or not self._closes_later(end):
                return
            self._open(*_OPEN.get(sign, ("straight single", "'’")), start, end)

    def _closes_later(self, at: int) -> bool:
        """Does a single mark that may close stand further on in this paragraph, before another one opens?"""
        for m in re.finditer(r"['’‘]", self._text[at : at + _MAX_UNCLOSED].split("\n\n", 1)[0]):
            here = at + m.start()
            before, after = self._text[here - 1], self._text[here + 1 : here + 2] or " "
            if before.isalnum() and after.isalnum():
                continue
            if before.isspace() or before in _OPENERS:
                return False
            if not before.isspace() and (after.isspace() or after in _AFTER_CLOSE or after in '"”»' or after.isdigit()):
                return True
        return False

    def _opened_by(self, sign: str) -> int | None:
        return next((n for n in reversed(range(len(self._stack))) if sign and sign in self._stack[n].closers), None)

    def _open(self, family: str, closers: str, outer: int, start: int) -> None:
        self._stack.append(
            _Opened(family=family, closers=closers, outer=outer, start=start, depth=len(self._stack) + 1, pieces=[])
        )

    def _close(self, number: int, at: int, outer_end: int) -> None:
        opened = self._stack[number]
        del self._stack[number:]
        self._keep(opened, at, outer_end, closed=True)

    def _break_off(self, number: int, before: int) -> None:
        """End a quotation that was never closed: with the last sentence that ends before this offset."""
        opened = self._stack[number]
        del self._stack[number:]
        stop = min(before, opened.start + _MAX_UNCLOSED)
        ends = [m.end() for m in _SENTENCE_END.finditer(self._text, opened.start, stop)]
        at = ends[-1] if ends else stop
        self._keep(opened, at, at, closed=False)

    def _keep(self, opened: _Opened, end: int, outer_end: int, *, closed: bool) -> None:
        text, start = self._text, opened.start
        while end > start and text[end - 1].isspace():
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        if start >= end:
            return
        pieces = (*opened.pieces, ((opened.pieces and self._piece) or start, end)) if opened.pieces else ()
        self.found.append(
            Quotation(
                start=opened.pieces[0][0] if opened.pieces else start,
                end=end,
                outer_start=opened.outer,
                outer_end=max(outer_end, end),
                depth=opened.depth,
                closed=closed,
                paragraphs=pieces,
            )
        )

    def _repeated(self, start: int) -> int:
        """Where does reading begin in this paragraph: after the marks that its first words repeat?"""
        self._piece = start
        at = start
        while at < len(self._text) and self._text[at].isspace():
            at += 1
        while self._stack and at < len(self._text) and self._text[at] in "“„\"«»‘‚'`":
            at += 2 if self._text.startswith(("``", "''"), at) else 1
        self._piece = at
        return at

    def _end_paragraph(self, end: int, following: tuple[int, int] | None) -> None:
        for number in reversed(range(len(self._stack))):
            if self._stack[number].family in _SINGLE:
                del self._stack[number:]
        if not self._stack:
            return
        opened = self._stack[0]
        if following is not None and self._goes_on(opened, following):
            opened.pieces.append((self._piece if opened.pieces else opened.start, end))
            opened.start = opened.start if not opened.pieces else opened.pieces[0][0]
            del self._stack[1:]
            return
        if opened.family == "latex" and following is not None:
            opened.pieces.append((self._piece if opened.pieces else opened.start, end))
            return
        self._break_off(0, end)

    def _goes_on(self, opened: _Opened, following: tuple[int, int]) -> bool:
        """Does the next paragraph open with this quotation's mark again?"""
        head = self._text[following[0] : following[1]].lstrip()
        repeated = {"straight": ('"', "''", "``", "“", "”"), "double": ("“", '"', "``", "”"), "low": ("„", ",,", "“"),
                    "guillemet": ("«", "»"), "reversed": ("»", "«")}  # fmt: skip
        return head.startswith(repeated.get(opened.family, ()))
