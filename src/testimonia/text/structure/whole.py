"""The account that a whole text is: an article without reprinted accounts, one letter, one deposition in its file."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from testimonia.chronology.printed import before, find_dates
from testimonia.model.findings import Account, Document
from testimonia.text.structure.account_headings import AccountHeading, read_account_heading, recipient_of
from testimonia.text.structure.accounts import document_type, framing_marks
from testimonia.text.structure.articles import Article
from testimonia.text.structure.basis import find_basis
from testimonia.text.structure.blocks import STEP, Reading
from testimonia.text.structure.cable import Frame, read_frame
from testimonia.text.structure.found import Told
from testimonia.text.structure.heads import Head, edited_type
from testimonia.text.structure.shapes import is_separator
from testimonia.text.structure.source_notes import SourceNote, find_source_notes, published_year

# So much of a text shows how its teller knows.
BASIS_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    """What a text without byline says of its own making."""

    heading: AccountHeading | None
    frame: Frame
    note: SourceNote | None
    head: Head | None


def whole_account(reading: Reading, article: Article, document: Document, notes: Collection[int]) -> Told:
    """The account that this article is itself, its document as far as opener, signature and source note tell of it,
    and the marks of those. `notes` are the blocks of its numbered notes.

    >>> from testimonia.text.structure.articles import find_articles
    >>> from testimonia.text.structure.documents import article_document
    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading("Statement of Mette Lind\\n\\nI was on the quay. I told him to wait.\\n")
    >>> article = find_articles(reading)[0]
    >>> document = article_document(reading, article, alone=True, name=None)
    >>> account = whole_account(reading, article, document, ()).accounts[0]
    >>> account.teller, account.basis
    ('Mette Lind', 'took part')
    """
    found = _evidence(reading, article, document, notes)
    own = _document(document, found)
    told, told_from = _told(own, found)
    blocks = reading.blocks
    body = tuple(
        reading.span(b.start, found.note.start if found.note and found.note.first == b.number else b.end)
        for b in blocks[found.frame.first : found.frame.last]
        if b.number not in notes and not is_separator(b.plain)
    )
    text = reading.text[blocks[article.first].start : blocks[article.last - 1].end][:BASIS_CHARACTERS]
    teller = own.author or own.title
    basis = find_basis(text, teller, found.heading.telling if found.heading else None, own.title, ())
    known = own.author is not None and document.author is None
    account = Account(
        id=reading.name("account", own.span.start, own.span.end),
        source=reading.source,
        anchors=own.anchors,
        step=STEP,
        confidence=0.6 if known else 0.3,
        reason=f"the whole {own.type} taken as one account, since it reprints none; told: {told_from};"
        f" basis: {basis.reason}",
        title=own.title,
        teller=teller,
        told=told,
        published=published_year(found.note.printed) if found.note else document.date,
        basis=basis.basis,
        document=own.id,
        first_line=own.first_line,
        last_line=own.last_line,
        heading=document.title if found.heading else None,
        source_note=found.note.printed if found.note else None,
        span=own.span,
        body=body,
    )
    return Told(accounts=(account,), documents=(own,), marks=framing_marks(reading, found.frame, own.id))


def _evidence(reading: Reading, article: Article, document: Document, notes: Collection[int]) -> _Evidence:
    blocks = reading.blocks
    first = article.body if article.body < article.last else article.first
    last = article.last
    while last - 1 > first and last - 1 in notes:
        last -= 1
    cited = find_source_notes(blocks, max(first, last - 3), last)
    note = cited[-1] if cited and cited[-1].last == last - 1 and cited[-1].first > first else None
    if note is not None:
        last = note.first if note.start == blocks[note.first].start else note.first + 1
    heading = None
    if document.author is None and article.title.end > article.title.start:
        heading = read_account_heading(document.title)
        heading = heading if heading is not None and heading.is_strong else None
    return _Evidence(heading=heading, frame=read_frame(blocks, first, last), note=note, head=article.head)


def _document(document: Document, found: _Evidence) -> Document:
    frame, heading = found.frame, found.heading
    if document.author is not None:
        return replace(document, participants=frame.participants)
    if found.head is not None:
        return _headed(document, found.head, frame)
    kind = document_type(heading.telling if heading else None, None, document.title, frame)
    to = heading.recipient if heading else recipient_of(document.title) if frame.greets else None
    return replace(
        document,
        type=document.type if kind in ("excerpt", "memoir") else kind,
        author=(heading.who if heading else None) or frame.signer or frame.sender,
        recipient=to or frame.addressee,
        participants=frame.participants,
        place=frame.place,
        date=document.date or frame.date,
    )


def _headed(document: Document, head: Head, frame: Frame) -> Document:
    """The document with what the head of its edition says; its own opener and signature say the rest."""
    title, line = head.title, head.dateline
    dated = line is not None and line.date is not None
    editorial = title.kind == "editorial"
    return replace(
        document,
        type=edited_type(title),
        author=title.sender or (None if editorial else frame.signer or frame.sender),
        participants=frame.participants,
        recipient=title.recipient or (None if editorial else frame.addressee),
        place=line.place if line is not None else frame.place,
        date=line.date if line is not None else frame.date,
        confidence=0.95 if dated and title.sender is not None else 0.85,
        reason=f"{document.reason}; {'a dateline under it' if dated else 'no dateline'}",
    )


def _told(document: Document, found: _Evidence) -> tuple[str | None, str]:
    dates = find_dates(document.title) if found.heading is not None else ()
    if dates:
        return dates[0].edtf, "the date in its heading"
    if found.head is not None and document.date is not None:
        return document.date, "its dateline"
    if found.frame.date is not None:
        return found.frame.date, "the date beside its opener or signature"
    if document.date is not None:
        return before(int(document.date[:4])), "undated, before its publication"
    return None, "nothing says when"
