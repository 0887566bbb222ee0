"""Numbered notes linked with their calls, and the notes that are called and not there."""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from testimonia.model.findings import Document, Gap, Note
from testimonia.text.structure.articles import Article
from testimonia.text.structure.blocks import STEP, Block, Reading
from testimonia.text.structure.calls import GLUED, Call, best_chain, possible_calls
from testimonia.text.structure.note_bodies import Body, NoteRun, find_note_runs
from testimonia.text.structure.shapes import ends_sentence

# Calls without any note left: fewer than this could be chance.
FEWEST_ORPHAN_CALLS = 4
# So many possible calls before a run of notes are looked at: numbered lists without calls must not cost a whole book.
MOST_CALLS = 3000
_STAR_NOTE = re.compile(r"(?P<mark>[*†‡§]{1,3})\s*(?=[^\W\d_]|[\"“(\[])")
_STAR_CALL = re.compile(r"(?<=[\w.,;:!?\"”’')])[*†‡§]{1,3}(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesFound:
    """The notes of one article, the gaps of those that are lost, and the blocks that hold notes."""

    notes: tuple[Note, ...]
    gaps: tuple[Gap, ...]
    blocks: frozenset[int]


def find_notes(
    reading: Reading, article: Article, document: Document, taken: Collection[int], pages_lost: str | None
) -> NotesFound:
    """Which notes does this article have, where is each called, and which are called but absent?

    `taken` are blocks that are headings or source notes; `pages_lost` says in words which pages of the article are
    missing, None where none is.

    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading()
    >>> from testimonia.text.structure.articles import find_articles
    >>> from testimonia.text.structure.documents import article_document
    >>> article = find_articles(reading)[0]
    >>> document = article_document(reading, article, alone=True, name=None)
    >>> [(n.label, n.text, n.called_at[0].first_line) for n in find_notes(reading, article, document, (), None).notes]
    [('1', 'The log of the keepers, 12.', 5)]
    """
    blocks = reading.blocks
    notes: list[Note] = []
    gaps: list[Gap] = []
    held: set[int] = set()
    calls = _calls(blocks[article.body : article.last], taken)
    begin = article.body
    runs = find_note_runs(blocks, article.body, article.last, taken)
    for at, run in enumerate(runs):
        own = {n for body in run.bodies for n in range(body.first, body.last + 1)}
        if run.headed:
            own.add(run.first - 1)
        limit = runs[at + 1].first if at + 1 < len(runs) else article.last
        stop = _page_end(blocks, run.last, limit) if run.at_foot else run.first
        chain = _chain(calls, blocks[begin].start, blocks[stop - 1].end, held, own, [b.number for b in run.bodies])
        if not _are_notes(run, chain):
            continue
        by_number = {c.number: c for c in chain}
        notes += [_note(reading, b, by_number.get(b.number), document, article) for b in run.bodies]
        gaps += _lost(reading, run, chain, document, pages_lost)
        held |= own
        begin = min(run.last, article.last - 1)
    if not notes:
        chain = best_chain([call for _, call in calls])
        if len(chain) >= FEWEST_ORPHAN_CALLS and _is_sure(chain):
            gaps += _lost(reading, None, chain, document, pages_lost)
    starred = _starred(reading, article, document, held.union(taken))
    held |= {n for _, n in starred}
    notes = sorted([*notes, *(note for note, _ in starred)], key=lambda n: n.anchors[0].start)
    return NotesFound(notes=tuple(notes), gaps=tuple(gaps), blocks=frozenset(held))


def _calls(blocks: Sequence[Block], taken: Collection[int]) -> list[tuple[int, Call]]:
    """Every possible call of these blocks with its block, offsets in the reading layer."""
    return [
        (block.number, Call(number=c.number, start=block.start + c.start, end=block.start + c.end, weight=c.weight))
        for block in blocks
        if block.words_can_be_trusted and block.number not in taken
        for c in possible_calls(block.text)
    ]


def _chain(
    calls: Sequence[tuple[int, Call]], start: int, end: int, held: set[int], own: set[int], wanted: Sequence[int]
) -> tuple[Call, ...]:
    """The best chain of calls in this stretch of the text, those inside notes left out."""
    first = bisect_left(calls, start, key=lambda c: c[1].start)
    last = bisect_left(calls, end, key=lambda c: c[1].start)
    here = calls[max(first, last - MOST_CALLS) : last]
    return best_chain([c for n, c in here if n not in own and n not in held], set(wanted))


def _page_end(blocks: Sequence[Block], at: int, last: int) -> int:
    while at < last and blocks[at].page_index == blocks[at - 1].page_index:
        at += 1
    return at


def _are_notes(run: NoteRun, chain: Sequence[Call]) -> bool:
    """Are these numbered paragraphs notes? A heading says so, or calls of most of them."""
    called = {c.number for c in chain if c.weight > 0}
    both = sum(1 for b in run.bodies if b.number in called)
    if run.headed and (both or len(run.bodies) >= 2):
        return True
    if len(run.bodies) == 1:
        return both == 1 and chain[0].number == 1 and chain[0].weight >= GLUED
    return both >= 2 and 2 * both >= len(run.bodies)


def _is_sure(chain: Sequence[Call]) -> bool:
    steps = [b.number - a.number for a, b in pairwise(chain)]
    return (
        chain[0].number == 1
        and sum(c.weight for c in chain) >= 0.75 * len(chain)
        and sum(1 for s in steps if s == 1) >= 0.75 * len(steps)
    )


def _note(reading: Reading, body: Body, call: Call | None, document: Document, article: Article) -> Note:
    anchor = reading.anchor(body.start, body.end)
    reason = "called once in the text" if call else "no call of it was found: the text or OCR lost it"
    if not ends_sentence(anchor.quote) or anchor.quote.rstrip().endswith(":"):
        at_end = body.last + 1 >= article.last
        reason += "; breaks off" + (" at the end of the last page" if at_end else "")
    return Note(
        id=reading.name("note", body.start, body.start + 1, body.number),
        source=reading.source,
        anchors=(anchor,),
        step=STEP,
        confidence=(0.95 if call.weight > 0 else 0.7) if call else 0.6,
        reason=reason,
        label=str(body.number),
        text=_without_label(anchor.quote),
        called_at=(reading.anchor(call.start, call.end),) if call else (),
        document=document.id,
    )


def _without_label(text: str) -> str:
    return re.sub(r"\A(?:\[\d+\]|\(\d+\)|[\d⁰¹²³⁴-⁹]+[.)]?|l[.)]?|[*†‡§]+)\s*", "", text)


def _lost(
    reading: Reading, run: NoteRun | None, chain: Sequence[Call], document: Document, pages_lost: str | None
) -> list[Gap]:
    have = {b.number for b in run.bodies} if run else set()
    out = []
    for call in chain:
        if call.number in have or call.weight <= 0:
            continue
        anchor = reading.anchor(call.start, call.end)
        before = reading.text[max(0, call.start - 60) : call.start].split()[-6:]
        where = f"Note {call.number} is called after '{' '.join(before)}'"
        last = f"the notes end with {max(have)}" if have and call.number > max(have) else "no such note is there"
        lost = f"; {pages_lost}" if pages_lost and (not have or call.number > max(have)) else ""
        out.append(
            Gap(
                id=reading.name("gap", call.start, call.end, "note", call.number),
                source=reading.source,
                anchors=(anchor,),
                step=STEP,
                confidence=0.95 if call.weight >= 0.7 else 0.75,
                reason="a note called but absent",
                what="note",
                label=str(call.number),
                extent="1 note",
                evidence=f"{where}, and {last}{lost}.",
                document=document.id,
            )
        )
    return out


def _starred(reading: Reading, article: Article, document: Document, taken: Collection[int]) -> list[tuple[Note, int]]:
    """Notes marked with a star or dagger at the foot of the page whose text calls them."""
    blocks = reading.blocks
    out = []
    for n in range(article.body, article.last):
        block = blocks[n]
        match = _STAR_NOTE.match(block.text)
        if match is None or n in taken or not block.words_can_be_trusted:
            continue
        # A paragraph with a star among its like is an item of a list.
        near = blocks[max(article.first, n - 1) : min(article.last, n + 2)]
        if any(b.number != n and b.text.startswith(match["mark"]) for b in near):
            continue
        call = _star_call(blocks, article, n, match["mark"])
        if call is None:
            continue
        anchor = reading.anchor(block.start, block.end)
        note = Note(
            id=reading.name("note", block.start, block.start + 1, match["mark"]),
            source=reading.source,
            anchors=(anchor,),
            step=STEP,
            confidence=0.8,
            reason="called by the same mark on its page",
            label=match["mark"],
            text=_without_label(anchor.quote),
            called_at=(reading.anchor(*call),),
            document=document.id,
        )
        out.append((note, n))
    return out


def _star_call(blocks: Sequence[Block], article: Article, note: int, mark: str) -> tuple[int, int] | None:
    page = blocks[note].page_index
    n = note - 1
    while n >= article.first and blocks[n].page_index >= page - 1:
        for found in _STAR_CALL.finditer(blocks[n].text):
            if found[0] == mark and blocks[n].words_can_be_trusted:
                return blocks[n].start + found.start(), blocks[n].start + found.end()
        n -= 1
    return None
