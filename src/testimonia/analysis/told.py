"""What an account tells, sentence by sentence."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from testimonia.errors import InvalidRecordError
from testimonia.model.findings import Account
from testimonia.model.pages import Page
from testimonia.model.spans import Span
from testimonia.text.recovered import Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One sentence of an account (or one verse), and what must be known to judge it.

    `start` and `end` are half-open code points of the reading layer; `text` is that stretch to the character.
    `paragraph` counts the paragraphs of the account from 0. `quoted` says how much of it stands inside double
    quotation marks, from 0 to 1. `uncertain` is true where its page can't be read: it is never compared. `alone` is
    true for a verse: it is cited by itself, never together with its neighbours.
    """

    start: int
    end: int
    text: str
    paragraph: int
    quoted: float = 0.0
    uncertain: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something an account once said and that can't be read: where in the reading layer, why, the evidence in words.

    `reason` is one of the silences `page lost`, `not read` and `redacted`.
    """

    start: int
    end: int
    reason: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountText:
    """An account with its words: passages in the order of the telling, and what of it is lost."""

    account: Account
    passages: tuple[Passage, ...]
    losses: tuple[Loss, ...] = ()

    def __post_init__(self) -> None:
        ends = 0
        for p in self.passages:
            if p.start < ends or p.end <= p.start:
                raise InvalidRecordError(f"the passage at {p.start}-{p.end} overlaps another", where=self.account.id)
            ends = p.end


def read_account(
    account: Account,
    text: str,
    paragraphs: Sequence[Paragraph],
    pages: Sequence[Page] = (),
    redactions: Iterable[Span] = (),
    skip: Iterable[Span] = (),
    missing: Iterable[tuple[int, str]] = (),
    waiting: frozenset[int] = frozenset(),
) -> AccountText:
    """What does this account say, and what of it can't be read?

    `text` is the reading layer of its source, `paragraphs` those of the source (in order), `redactions` the spans of
    stretches withheld, `skip` the spans of what is not telling (openers, classification marks, signatures).
    `pages` are needed only to name an unreadable page. `missing` says after which pages (by their index) one is
    wanting, with the evidence; `waiting` are the pages that are still to be read.
    """
    passages: list[Passage] = []
    losses: list[Loss] = []
    bodies = sorted((s.start, s.end) for s in (account.body or (account.span,)))
    skipped = sorted((s.start, s.end) for s in skip)
    verses = None
    number = 0
    first = bisect_right(paragraphs, bodies[0][0], key=lambda p: p.end)
    last = bisect_left(paragraphs, max(b for _, b in bodies), key=lambda p: p.start)
    within = [p for p in paragraphs[first:last] if any(a < p.end and p.start < b for a, b in bodies)]
    verses = _is_verse(text, within)
    for paragraph in within:
        for a, b in bodies:
            start, end = max(a, paragraph.start), min(b, paragraph.end)
            pieces = _without(start, end, skipped)
            if start >= end or not pieces:
                continue
            if paragraph.uncertain is not None:
                where = _page_called(pages, paragraph.page_index)
                reason = "not read" if paragraph.page_index in waiting else "page lost"
                losses.append(Loss(start=start, end=end, reason=reason, evidence=f"{where}: {paragraph.uncertain}"))
            for s, e in pieces:
                cuts = [x for x in paragraph.line_starts if s < x < e] if verses else None
                passages += split_passages(text, s, e, number, cuts, uncertain=paragraph.uncertain is not None)
            number += 1
    for span in redactions:
        if any(a <= span.start and span.end <= b for a, b in bodies):
            printed = " ".join(text[span.start : span.end].split())
            losses.append(Loss(start=span.start, end=span.end, reason="redacted", evidence=f"printed as {printed}"))
    losses += _holes(within, missing)
    return AccountText(
        account=account, passages=tuple(passages), losses=tuple(sorted(losses, key=lambda x: (x.start, x.end)))
    )


def _holes(within: Sequence[Paragraph], missing: Iterable[tuple[int, str]]) -> list[Loss]:
    """Where pages are wanting inside an account: before its first paragraph that stands behind the hole."""
    out = []
    for page_index, evidence in missing:
        if within and within[0].page_index <= page_index < within[-1].page_index:
            at = next(p.start for p in within if p.page_index > page_index)
            out.append(Loss(start=at, end=at, reason="page lost", evidence=evidence))
    return out


def _page_called(pages: Sequence[Page], page_index: int) -> str:
    """What a person calls this page: its label as printed, else its place in the file. `pages` are in order."""
    label = pages[page_index].page_label if page_index < len(pages) else None
    return label or f"page {page_index + 1} of the file"


def _without(start: int, end: int, skipped: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretch without the skipped ones."""
    out = []
    for a, b in skipped:
        if a < end and start < b:
            out.append((start, a))
            start = b
    out.append((start, end))
    return [(a, b) for a, b in out if a < b]


# A verse number as scripture and plays print it: chapter, colon, verse, at the start of a line.
_VERSE = re.compile(r"\s*\d{1,3}:\d{1,3}[a-z]?\s+")
_PAGE_REFERENCE = re.compile(r"[\[(]\s*pp?\.\s*\d[^\])]{0,20}[\])]?")
_STOP = re.compile(r"""(?P<stop>[.?!…]+(?:\s\.+)*)(?P<close>["”’')\]]*)(?P<gap>\s+|(?=[\[(]\s*pp?\.))""")
_OPENING = " \t\n\"“‘'([…."
_ABBREVIATED = (
    "mr mrs ms messrs dr st sen rep gov gen col lt capt cmdr maj sgt adm prof hon rev pres amb sec vol vols no nos "
    "p pp ed eds trans vs etc cf jr sr co inc ltd dept fig ch chap art ibid op cit al viz approx ca "
    "jan feb mar apr jun jul aug sep sept oct nov dec mme mlle fr bros"
)
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
_SPEECH = re.compile(
    r"""(?:[^\s.?!]+\s+){0,3}?(?:said|says|asked|replied|answered|added|stressed|continued|began|cried|shouted|exclaimed|
    remarked|observed|demanded|whispered|inquired|wondered|insisted|repeated|noted|warned|wrote)\b""",
    re.VERBOSE,
)


def _is_verse(text: str, paragraphs: Sequence[Paragraph]) -> bool:
    """Are most lines numbered verses?"""
    starts = [x for p in paragraphs for x in (p.line_starts or (p.start,))]
    return len(starts) > 1 and 2 * sum(1 for x in starts if _VERSE.match(text, x)) > len(starts)


def split_passages(
    text: str,
    start: int,
    end: int,
    paragraph: int = 0,
    verse_starts: Sequence[int] | None = None,
    *,
    uncertain: bool = False,
) -> list[Passage]:
    """Into which sentences does this stretch fall?

    An initial, a title or an abbreviation ends no sentence, nor does a question inside quotation marks that a word of
    saying follows. A sentence of more than eighty words falls into two or more at its clauses. Page references in
    brackets belong to no passage. Where `verse_starts` is given (offsets at which lines start), each numbered verse is
    one passage without its number.

    >>> text = 'He saw R. Hale at 7 P.M. on Mr. Ott. "Where?" I asked.'
    >>> [p.text for p in split_passages(text, 0, len(text))]
    ['He saw R. Hale at 7 P.M. on Mr. Ott.', '"Where?" I asked.']
    """
    if verse_starts is not None:
        cuts = [start, *(x for x in verse_starts if _VERSE.match(text, x)), end]
    else:
        ends = [start, *sentence_starts(text, start, end), end]
        cuts = [start, *(c for a, b in pairwise(ends) for c in (*_clause_starts(text, a, b), b))]
    inside = _quotation_marks(text, start, end)
    out = []
    for a, b in pairwise(cuts):
        a, b = _trim(text, a, b)
        if b > a and any(c.isalpha() for c in text[a:b]):
            out.append(
                Passage(
                    start=a,
                    end=b,
                    text=text[a:b],
                    paragraph=paragraph,
                    quoted=_share_quoted(inside, a, b),
                    uncertain=uncertain,
                    alone=verse_starts is not None,
                )
            )
    return out


def sentence_starts(text: str, start: int, end: int) -> list[int]:
    """At which offsets between these do new sentences start (the first not counted)?"""
    out = []
    begun = start
    for m in _STOP.finditer(text, start, end):
        if m.end() < end and any(c.isalpha() for c in text[begun : m.start()]) and _ends_sentence(text, m, end):
            out.append(m.end())
            begun = m.end()
    return out


# Where a long sentence may be cut: after a semicolon, colon or dash, or at a comma before a word that joins clauses.
_CLAUSE = re.compile(r"[;:—–]\s*|,[\"”’')\]]*\s+(?=(?:and|but|or|so|yet|that|which|who|where|while|because|as|if)\b)")
_LONG_WORDS, _SHORT_WORDS = 80, 8


def _clause_starts(text: str, start: int, end: int) -> list[int]:
    """Where to cut a sentence that is too long to be read in one piece: nearest its middle, again while too long."""
    words = [start + m.end() for m in re.finditer(r"\S+", text[start:end])]
    if len(words) <= _LONG_WORDS:
        return []
    low, high = words[_SHORT_WORDS - 1], words[-_SHORT_WORDS]
    middle = words[len(words) // 2]
    places = [m.end() for m in _CLAUSE.finditer(text, start, end) if low <= m.end() <= high]
    if not places:
        return []
    cut = min(places, key=lambda c: (abs(c - middle), c))
    return [*_clause_starts(text, start, cut), cut, *_clause_starts(text, cut, end)]


def _ends_sentence(text: str, stop: re.Match[str], end: int) -> bool:
    at = stop.end()
    while at < end and text[at] in _OPENING:
        at += 1
    following = text[at : at + 1]
    if _PAGE_REFERENCE.match(text, stop.end()):
        return True
    if not (following.isupper() or following.isdigit()):
        return False
    marks = stop["stop"]
    if stop["close"] and _SPEECH.match(text, stop.end(), min(end, stop.end() + 80)):
        return marks == "."
    if marks != ".":
        return True
    word = text[max(0, stop.start() - 16) : stop.start()].split()
    last = word[-1].strip(_OPENING + "-–—") if word else ""
    if stop["close"]:
        return True
    if re.fullmatch(r"[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]", last):
        # 'at 7 P.M. The' ends a sentence, 'R. Hale', 'U.S. Navy' and 'N.S. Ott' do not.
        return last.lower() in ("a.m", "p.m") and following.isupper()
    if re.search(r"[—–-][A-Z]$", last):
        return False
    return last.lower() not in _ABBREVIATIONS


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space, a verse number and page references at the ends."""
    while start < end and text[start].isspace():
        start += 1
    for pattern in (_VERSE, _PAGE_REFERENCE):
        if (m := pattern.match(text, start, end)) is not None:
            start = m.end()
    for m in _PAGE_REFERENCE.finditer(text, start, end):
        if not any(c.isalpha() for c in text[m.end() : end]):
            end = m.start()
            break
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    return start, end


def _quotation_marks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches inside double quotation marks; one left open runs to the end of the paragraph."""
    out: list[tuple[int, int]] = []
    opened: int | None = None
    for m in re.finditer('["“”]', text[start:end]):
        if opened is None:
            opened = start + m.end()
        else:
            out.append((opened, start + m.start()))
            opened = None
    if opened is not None:
        out.append((opened, end))
    return out


def _share_quoted(inside: Sequence[tuple[int, int]], start: int, end: int) -> float:
    covered = sum(max(0, min(b, end) - max(a, start)) for a, b in inside)
    return round(covered / (end - start), 3)
