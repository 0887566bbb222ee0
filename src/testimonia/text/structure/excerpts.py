"""Where the accounts stand that an article reprints: each from its heading to its source note."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from testimonia.text.structure.account_headings import AccountHeading, read_account_heading, recipient_of
from testimonia.text.structure.blocks import Block
from testimonia.text.structure.cable import is_classification, is_salutation, read_dateline
from testimonia.text.structure.letters import find_letters
from testimonia.text.structure.shapes import is_separator, looks_like_title, words_of
from testimonia.text.structure.source_notes import SourceNote, find_source_notes
from testimonia.text.structure.titles import is_link_line

# What starts the editor's own words again after an account.
_EDITOR_AGAIN = re.compile(
    r"(?:(?:editor(?:ial|'s|s')?|concluding|final|closing)\s+)?(?:conclusions?|comment(?:ary)?|remarks?|notes?|epilogue|afterword"
    r"|discussion|appendix|bibliography|references|sources|literature|about\s+the|further\s+reading|chronology|glossary)\b",
    re.IGNORECASE,
)
_SMALL_WORD = re.compile(r"(?<![^\W_])[^\W\d_A-Z][^\W\d_]+")
HEADING_BLOCKS = 3
FEWEST_WORDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """An announced account: its heading as read, its half-open reading offsets, its blocks (half-open; the last one is
    also where the text goes on where `inside`), and its second line, where that names the work."""

    heading: AccountHeading
    start: int
    end: int
    first: int
    last: int
    inside: bool
    printed: str
    work: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """One reprinted account: half-open block numbers of its text (heading and source note not counted), its heading
    and its source note where it has them."""

    first: int
    last: int
    head: Head | None
    note: SourceNote | None

    @property
    def starts_at(self) -> int:
        """The block of its heading, else of its text."""
        return self.first if self.head is None else self.head.first


@dataclass(frozen=True, slots=True, kw_only=True)
class Anthology:
    """The accounts of one article, and the headings that stand above groups of them (first and last excerpt)."""

    excerpts: tuple[Excerpt, ...]
    groups: tuple[tuple[Head, int, int], ...]


def find_excerpts(blocks: Sequence[Block], first: int, last: int) -> Anthology:
    """Which accounts does this article (half-open block numbers of its own text) reprint?

    An account starts at its heading, or after the account before it, and ends with its source note, or before the
    next account's heading, or with the article. One account alone makes no anthology.

    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading()
    >>> found = find_excerpts(reading.blocks, 2, len(reading.blocks))
    >>> [excerpt.head.heading.who for excerpt in found.excerpts]
    ['Holm', 'Lind']
    """
    notes = find_source_notes(blocks, first, last)
    noted = {
        n for note in notes for n in range(note.first, note.last + 1) if note.start == blocks[n].start or n > note.first
    }
    heads = _only_names(blocks, first, last, _heads(blocks, first, last, noted))
    heads, groups = _believed(blocks, heads, notes, last)
    excerpts = _cut(blocks, first, last, heads, notes)
    if len(excerpts) < 2:
        return Anthology(excerpts=tuple(_letters(blocks, first, last)), groups=())
    return Anthology(excerpts=tuple(excerpts), groups=tuple(_grouped(groups, excerpts)))


def without_notes(excerpt: Excerpt, notes: Collection[int]) -> Excerpt:
    """The excerpt without the numbered notes (block numbers) at its end.

    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading()
    >>> telegram = find_excerpts(reading.blocks, 2, len(reading.blocks)).excerpts[1]
    >>> telegram.last, without_notes(telegram, {12, 13}).last
    (12, 12)
    """
    last = excerpt.last
    while excerpt.note is None and last - 1 > excerpt.first and last - 1 in notes:
        last -= 1
    return replace(excerpt, last=last)


def _letters(blocks: Sequence[Block], first: int, last: int) -> Iterator[Excerpt]:
    for letter in find_letters(blocks, first, last):
        head = None
        if letter.heading is not None:
            block = blocks[letter.heading]
            named = AccountHeading(
                form="letter", who=None, telling="letter", recipient=recipient_of(block.plain)
            )  # fmt: skip
            head = Head(
                heading=named, start=block.start, end=block.end, first=block.number, last=block.number + 1,
                inside=False, printed=block.plain, work=None,
            )  # fmt: skip
        yield Excerpt(first=letter.first if head is None else head.last, last=letter.last, head=head, note=None)


def _heads(blocks: Sequence[Block], first: int, last: int, noted: set[int]) -> list[Head]:
    heads: list[Head] = []
    n = first
    while n < last:
        block = blocks[n]
        head = None if n in noted or not block.words_can_be_trusted else _head_at(blocks, n, last, noted)
        if head is not None:
            heads.append(head)
        n = max(n + 1, head.last if head else 0)
    return heads


def _only_names(blocks: Sequence[Block], first: int, last: int, heads: list[Head]) -> list[Head]:
    """The headings without those of bare capitalised words that the text also writes small: 'Economic Aspect' is no
    person. Before a colon one such word is let pass ('Dean Holt:')."""
    if not any(h.heading.form in ("name", "name and colon") for h in heads):
        return heads
    small = {w for b in blocks[first:last] for w in _SMALL_WORD.findall(b.text)}
    kept = []
    for head in heads:
        words = [w.strip(".,").lower() for w in (head.heading.who or "").split()]
        written_small = sum(1 for w in words if w in small)
        let_pass = {"name": 0, "name and colon": len(words) - 1}.get(head.heading.form, len(words))
        if written_small <= let_pass:
            kept.append(head)
    return kept


def _head_at(blocks: Sequence[Block], n: int, last: int, noted: set[int]) -> Head | None:
    block = blocks[n]
    if len(block.text) > 240:
        return _head_inside(block)
    if is_classification(block.plain) or read_dateline(block.plain) is not None:
        return None
    end = n + 1
    # The lines of one heading may be blocks of their own that no empty line parts.
    while end < last and end - n < HEADING_BLOCKS and blocks[end].gap_before == 0 and len(blocks[end].text) <= 120:
        end += 1
    heading = None
    while heading is None and end > n:
        heading = read_account_heading(" ".join(b.plain for b in blocks[n:end]))
        end -= heading is None
    if heading is None:
        return _head_inside(block)
    work = heading.work
    # 'X comments.' above 'Title of the Book (excerpt):' is one heading.
    if heading.form in ("verb", "name", "name and colon", "possessive") and end < last and end not in noted:
        text = blocks[end].plain
        is_work = looks_like_title(text.rstrip(":"), 14) and not is_classification(text) and not is_separator(text)
        if is_work and read_dateline(text) is None and not _announces(text, heading) and not is_salutation(text):
            work = text.strip(" :")
            end += 1
    return Head(
        heading=heading,
        start=block.start,
        end=blocks[end - 1].end,
        first=n,
        last=end,
        inside=False,
        printed=" ".join(b.plain for b in blocks[n:end]),
        work=work,
    )


def _announces(text: str, above: AccountHeading) -> bool:
    """Is the second line a heading of its own? A bare name below 'Statement of' or the like is part of the first."""
    below = read_account_heading(text)
    return below is not None and not (above.is_strong and below.form == "name")


def _head_inside(block: Block) -> Head | None:
    """A heading that no empty line parts from its text: the short first line of a paragraph."""
    if block.line_count < 3:
        return None
    lines = block.lines()
    line = lines[0]
    if len(line) > 0.8 * block.paragraph.width or not lines[1][:1].isupper():
        return None
    heading = read_account_heading(line)
    if heading is None or heading.form not in ("possessive", "telling of"):
        return None
    return Head(
        heading=heading,
        start=block.start,
        end=block.start + len(line),
        first=block.number,
        last=block.number,
        inside=True,
        printed=line,
        work=None,
    )


def _believed(
    blocks: Sequence[Block], heads: list[Head], notes: Sequence[SourceNote], last: int
) -> tuple[list[Head], list[Head]]:
    """The headings that announce accounts here, and the group headings above them.

    A heading that names a telling is believed wherever text follows. A name alone is believed where a source note
    closes the text below it, or where other headings of the same form stand here, all of different people: the same
    name again and again is a turn in a conversation.
    """
    groups = [h for h in heads if h.heading.form == "group"]
    named = [h for h in heads if h.heading.form != "group"]
    turns = Counter(h.heading.who for h in named if not h.heading.is_strong)
    ends = [n.first for n in notes]
    kept: list[Head] = []
    weak = {"name and colon": 0, "name": 0}
    for at, head in enumerate(named):
        stop = named[at + 1].first if at + 1 < len(named) else last
        if not _text_follows(blocks, head, stop):
            continue
        closed = any(head.last <= n < stop for n in ends)
        form = head.heading.form
        if head.heading.is_strong or (closed and turns[head.heading.who] == 1):
            kept.append(head)
        elif turns[head.heading.who] == 1 and _is_long(blocks, head, stop):
            kept.append(head)
            weak[form] += 1
    for form, fewest in (("name and colon", 2), ("name", 3)):
        alike = [h for h in kept if h.heading.form == form]
        repeated = sum(1 for h in named if h.heading.form == form and turns[h.heading.who] > 1)
        if weak[form] and (len(alike) < fewest or repeated >= len(alike)):
            kept = [h for h in kept if h.heading.form != form or any(h.last <= n for n in ends)]
    return kept, groups


def _text_follows(blocks: Sequence[Block], head: Head, stop: int) -> bool:
    if head.inside:
        return True
    below = blocks[head.last : stop]
    return sum(len(words_of(b.text)) for b in below[:12]) >= FEWEST_WORDS and any(b.is_running_text for b in below[:8])


def _is_long(blocks: Sequence[Block], head: Head, stop: int) -> bool:
    return sum(len(words_of(b.text)) for b in blocks[head.last : min(stop, head.last + 12)]) >= 50


def _cut(
    blocks: Sequence[Block], first: int, last: int, heads: list[Head], notes: Sequence[SourceNote]
) -> list[Excerpt]:
    out: list[Excerpt] = []
    open_head: Head | None = None
    free = first
    marks: list[tuple[int, int, Head | SourceNote]] = [(h.start, 0, h) for h in heads] + [
        (n.start, 1, n) for n in notes
    ]
    for _, _, mark in sorted(marks, key=lambda m: m[:2]):
        if isinstance(mark, Head):
            if open_head is not None:
                end = _end_without_note(blocks, open_head, mark.first)
                out.append(Excerpt(first=open_head.last, last=end, head=open_head, note=None))
            open_head = mark
            free = mark.last
            continue
        stop = mark.first if mark.start == blocks[mark.first].start else mark.first + 1
        if open_head is not None:
            out.append(Excerpt(first=open_head.last, last=stop, head=open_head, note=mark))
        else:
            begin = _begin_without_heading(blocks, free, stop, bool(out))
            if begin is not None:
                out.append(Excerpt(first=begin, last=stop, head=None, note=mark))
        open_head, free = None, mark.last + 1
    if open_head is not None:
        end = _end_without_note(blocks, open_head, last)
        out.append(Excerpt(first=open_head.last, last=end, head=open_head, note=None))
    return out


def _begin_without_heading(blocks: Sequence[Block], free: int, stop: int, follows_another: bool) -> int | None:
    """The first block of an account that only its source note tells of: after a rule or a title-like line above it, or
    right after the account before it."""
    for n in range(stop - 1, free - 1, -1):
        text = blocks[n].plain
        if is_separator(text):
            return n + 1 if n + 1 < stop else None
        if n < stop - 1 and looks_like_title(text) and blocks[n].gap_before >= 1:
            return n + 1
    return free if follows_another and free < stop else None


def _end_without_note(blocks: Sequence[Block], head: Head, last: int) -> int:
    """Where an account ends that no source note closes: before the editor's own words, the next heading (`last`), or
    the end of the article."""
    end = head.last + 1
    while end < last:
        text = blocks[end].plain
        if is_link_line(text):
            break
        if looks_like_title(text.rstrip(":"), 8) and _EDITOR_AGAIN.match(text) and blocks[end].gap_before >= 1:
            break
        end += 1
    while end > head.last + 1 and is_separator(blocks[end - 1].plain):
        end -= 1
    return end


def _grouped(groups: Sequence[Head], excerpts: Sequence[Excerpt]) -> list[tuple[Head, int, int]]:
    """Each group heading with the excerpts under it: those after it whose headings are names, up to another form."""
    out = []
    for group in groups:
        first = next((i for i, e in enumerate(excerpts) if e.head is not None and e.head.first >= group.last), None)
        if first is None or (e := excerpts[first].head) is None or e.first - group.last > 2:
            continue
        form = e.heading.form
        stop = first + 1
        while stop < len(excerpts) and (h := excerpts[stop].head) is not None and h.heading.form == form:
            stop += 1
        out.append((group, first, stop))
    return out
