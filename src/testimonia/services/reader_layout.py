"""Lay out one page for the Reader: paragraphs cut into pieces at every line, page and role that begins or ends."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from testimonia.model.comparison import Judgement
from testimonia.model.findings import Account, Document, Repair
from testimonia.model.pages import Page
from testimonia.services.opened import OpenedSource
from testimonia.services.reader_page import (
    Block,
    ContentsEntry,
    Heading,
    OriginalLine,
    Piece,
    ReaderPage,
    Role,
    ShownRepair,
    Sought,
)
from testimonia.services.reader_roles import Roles, Stretches, repair_places
from testimonia.text.recovered import Paragraph

SOUGHT = Role(name="sought")
# The first of these that covers the start of a paragraph says what the whole paragraph is.
BLOCK_ROLES = ("note", "opener", "signature", "classification", "separator")


def lay_out(
    opened: OpenedSource, roles: Roles, page_index: int, sought: Sought, decisions: Mapping[str, Judgement],
    unsure: Iterable[tuple[int, int, float]] = (),
) -> ReaderPage:  # fmt: skip
    """What does the Reader show of this page?

    `unsure` are the stretches of the reading text of which their OCR engine was not sure, with its confidence. Raises
    NotFoundError where the source has no such page.
    """
    page = opened.page(page_index)
    before = opened.paragraph_before_page(page_index)
    stretches = sought.stretches or (opened.line_in_reading(sought.line) if sought.line else ())
    refused = frozenset(finding for finding, row in decisions.items() if row.decision == "rejected")
    doubts = Stretches((a, b, Role(name="unsure", words=f"{confidence:.2f}")) for a, b, confidence in unsure)
    blocks = tuple(
        _block(opened, roles, p, stretches, refused, doubts) for p in opened.paragraphs_of_page.get(page_index, ())
    )
    return ReaderPage(
        stored=opened.stored,
        page=page,
        page_count=len(opened.pages),
        blocks=blocks,
        lines=_original_lines(opened, page, sought),
        runs_on_from=opened.page(before.page_index) if before is not None else None,
        repairs=tuple(
            ShownRepair(repair=r, decision=decisions.get(r.id), in_text=bool(repair_places(opened, r)))
            for r in _repairs(roles, page_index, blocks)
        ),
        gaps=tuple(roles.gaps_of_page.get(page_index, ())),
        notices=tuple(roles.notices_of_page.get(page_index, ())),
        contents=tuple(_contents(opened, page)),
        gap_count=len(opened.gaps),
        left_out=sought.line if sought.line and not stretches else None,
    )


def _repairs(roles: Roles, page_index: int, blocks: tuple[Block, ...]) -> Iterable[Repair]:
    """The repairs of this page, and those of the next ones that its last paragraph runs on into."""
    found = {repair.id: repair for repair in roles.repairs_of_page.get(page_index, ())}
    for block in blocks:
        for piece in block.pieces:
            found.update(
                {
                    r.finding: roles.repairs[r.finding]
                    for r in piece.roles
                    if r.name in ("repaired", "doubted", "suggested")
                }
            )
    return found.values()


def _block(
    opened: OpenedSource, roles: Roles, paragraph: Paragraph, sought: tuple[tuple[int, int], ...],
    refused: frozenset[str], doubts: Stretches[Role],
) -> Block:  # fmt: skip
    """One paragraph; what was suggested for its words and `refused` is not shown in them."""
    start, end = paragraph.start, paragraph.end
    here = [r for r in roles.roles.within(start, end) if r[2].name != "suggested" or r[2].finding not in refused]
    here += doubts.within(start, end)
    covering = {role.name for a, b, role in here if a <= start < b}
    heading = _heading(roles, paragraph)
    here += [(a, b, SOUGHT) for a, b in sought if a < end and b > start]
    role = next((name for name in BLOCK_ROLES if name in covering), "paragraph")
    return Block(
        role="heading" if heading else role,
        level=heading.level if heading else 0,
        finding=heading.finding if heading else "",
        pieces=tuple(_pieces(opened, paragraph, here)),
        first_line=paragraph.first_line,
        last_line=paragraph.last_line,
        uncertain=None if paragraph.proposed else paragraph.uncertain,
        calls=tuple(
            call for a, _, role in here if role.name == "note" and a >= start for call in roles.calls[role.finding]
        ),
    )


def _heading(roles: Roles, paragraph: Paragraph) -> Heading | None:
    """The heading that makes up at least half of this paragraph: a run-in heading leaves its paragraph a paragraph."""
    for start, end, heading in roles.headings.within(paragraph.start, paragraph.end):
        if 2 * (min(end, paragraph.end) - max(start, paragraph.start)) >= paragraph.end - paragraph.start:
            return heading
    return None


def _pieces(opened: OpenedSource, paragraph: Paragraph, here: list[tuple[int, int, Role]]) -> Iterator[Piece]:
    start, end = paragraph.start, paragraph.end
    ids = _ids(here, start)
    lines = {at: opened.line_at(at) for at in (start, *paragraph.line_starts) if start <= at < end}
    edges = {start, end, *lines}
    for a, b, role in here:
        if role.name != "separator":
            edges.update((max(a, start), min(b, end)))
    page = opened.page(paragraph.page_index)
    for a, b in pairwise(sorted(edges)):
        line = lines.get(a)
        begins = opened.page_of_line(line) if line is not None else page
        yield Piece(
            text=opened.reading.text[a:b],
            start=a,
            end=b,
            roles=tuple(role for lo, hi, role in here if lo <= a and hi >= b),
            ids=ids.get(a, ()),
            line=line,
            page=begins if begins.page_index > page.page_index else None,
        )
        page = begins if begins.page_index > page.page_index else page


def _ids(here: list[tuple[int, int, Role]], start: int) -> dict[int, tuple[str, ...]]:
    """The names of what begins in a paragraph that starts at `start`, by where it begins."""
    found: dict[int, tuple[str, ...]] = {}
    for at, _, role in here:
        at = max(at, start)
        if role is SOUGHT:
            if not any("here" in ids for ids in found.values()):
                found[at] = (*found.get(at, ()), "here")
        elif role.name == "call":
            found[at] = (*found.get(at, ()), f"call-{role.finding}-{role.number}")
        elif role.name == "note":
            found[at] = (*found.get(at, ()), role.finding)
    return found


def _original_lines(opened: OpenedSource, page: Page, sought: Sought) -> tuple[OriginalLine, ...]:
    wanted = {sought.line} if sought.line else set()
    for start, end in sought.stretches:
        for a, b in opened.to_original.to_parent(start, end).ranges:
            wanted.update(range(opened.lines.at(a), opened.lines.at(max(a, b - 1)) + 1))
    return tuple(
        OriginalLine(number=n, text=opened.lines.text(n), sought=n in wanted)
        for n in range(page.first_line, page.last_line + 1)
    )


def _contents(opened: OpenedSource, page: Page) -> Iterator[ContentsEntry]:
    """All articles, and the parts of those that the page lies in: a long bulletin stays short enough to send.

    An account that is a whole document stands once, as an account.
    """
    documents = {d.id: d for d in opened.documents}
    shown = {d.id for d in opened.documents if d.parent not in documents or _on(documents[str(d.parent)], page)}
    told = {a.document for a in opened.accounts if _is_whole(a, documents)}
    entries = [
        (d.span.start, _entry(opened, d, page, "account" if d.id in told else d.type, _depth(d, documents)))
        for d in opened.documents
        if d.id in shown
    ]
    for account in opened.accounts:
        holder = documents.get(account.document)
        if not _is_whole(account, documents) and (holder is None or holder.id in shown):
            depth = _depth(holder, documents) + 1 if holder else 0
            entries.append((account.span.start, _entry(opened, account, page, "account", depth)))
    yield from (entry for _, entry in sorted(entries, key=lambda e: (e[0], e[1].level)))


def _entry(opened: OpenedSource, part: Document | Account, page: Page, kind: str, level: int) -> ContentsEntry:
    return ContentsEntry(
        title=part.title,
        kind=kind,
        level=level,
        page_index=opened.page_of_line(part.first_line).page_index,
        line=part.first_line,
        current=_on(part, page),
        finding=part.id,
    )


def _is_whole(account: Account, documents: Mapping[str, Document]) -> bool:
    holder = documents.get(account.document)
    return holder is not None and holder.parent is not None and holder.first_line == account.first_line


def _on(part: Document | Account, page: Page) -> bool:
    return part.first_line <= page.last_line and part.last_line >= page.first_line


def _depth(document: Document, documents: Mapping[str, Document]) -> int:
    depth, seen = 0, {document.id}
    while document.parent is not None and document.parent in documents and document.parent not in seen:
        seen.add(document.parent)
        document = documents[document.parent]
        depth += 1
    return depth
