"""The accounts of a source as records, each with the document that it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from testimonia.chronology.printed import before, find_dates
from testimonia.model.findings import Account, Document, Mark
from testimonia.model.spans import Span
from testimonia.text.structure.articles import Article
from testimonia.text.structure.basis import Basis, find_basis, fold
from testimonia.text.structure.blocks import STEP, Reading
from testimonia.text.structure.cable import Frame, read_frame
from testimonia.text.structure.elsewhere import Elsewhere
from testimonia.text.structure.excerpts import Anthology, Excerpt, without_notes
from testimonia.text.structure.found import Told
from testimonia.text.structure.shapes import is_separator
from testimonia.text.structure.source_notes import author_of, published_year, told_at
from testimonia.text.structure.tellers import People, people_named

_TYPES = {
    "cable": "cable", "telegram": "cable", "telegramme": "cable", "wire": "cable", "dispatch": "cable",
    "despatch": "cable", "letter": "letter", "memoir": "memoir", "memoirs": "memoir", "diary": "diary",
    "journal": "diary", "deposition": "testimony", "testimony": "testimony", "statement": "testimony",
    "affidavit": "testimony", "evidence": "testimony", "interview": "interview",
}  # fmt: skip
_MEMOIR_SIGNS = ("memoir", "remembers", "as told to", "autobiograph", "my life", "recollections", "reminiscences")
# A commentary quotes what stands near it: so many accounts on either side are looked at.
BESIDE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What all accounts of one article share."""

    reading: Reading
    article: Document
    people: People
    texts: tuple[str, ...]
    folded: tuple[str, ...]
    citations: tuple[str, ...]
    notes: Collection[int]
    elsewhere: Elsewhere


def tell(
    reading: Reading,
    article: Article,
    document: Document,
    anthology: Anthology,
    notes: Collection[int],
    elsewhere: Elsewhere,
) -> Told:
    """The records of the accounts that this article reprints, in their order. `notes` are the blocks of numbered
    notes, which are no words of an account.

    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading()
    >>> from testimonia.text.structure.articles import find_articles
    >>> from testimonia.text.structure.documents import article_document
    >>> from testimonia.text.structure.excerpts import find_excerpts
    >>> article = find_articles(reading)[0]
    >>> document = article_document(reading, article, alone=True, name=None)
    >>> anthology = find_excerpts(reading.blocks, article.body, article.last)
    >>> told = tell(reading, article, document, anthology, {12, 13}, Elsewhere(reading))
    >>> [(account.teller, account.told) for account in told.accounts]
    [('Lars Holm', '../1911'), ('M. LIND', '1907-04-09')]
    """
    blocks = reading.blocks
    excerpts = [without_notes(e, notes) for e in anthology.excerpts]
    texts = tuple(_words(reading, e, notes) for e in excerpts)
    around = _Around(
        reading=reading,
        article=document,
        people=people_named(b.text for b in blocks[article.first : article.last] if b.words_can_be_trusted),
        texts=texts,
        folded=tuple(fold(t) for t in texts),
        citations=tuple(e.note.printed for e in excerpts if e.note is not None),
        notes=notes,
        elsewhere=elsewhere,
    )
    accounts, documents = [], []
    marks: list[Mark] = []
    for at, excerpt in enumerate(excerpts):
        account, own, framing = _account(around, at, excerpt)
        accounts.append(account)
        documents.append(own)
        marks.extend(framing_marks(reading, framing, own.id))
    return Told(accounts=tuple(accounts), documents=tuple(documents), marks=tuple(marks))


def _account(around: _Around, at: int, excerpt: Excerpt) -> tuple[Account, Document, Frame]:
    reading = around.reading
    blocks = reading.blocks
    head, note = excerpt.head, excerpt.note
    frame = read_frame(blocks, excerpt.first, excerpt.last)
    start = head.start if head else blocks[excerpt.first].start
    end = note.end if note else blocks[excerpt.last - 1].end
    printed = note.printed if note else None
    teller, teller_from = _teller(around, excerpt, frame)
    published, published_by = _published(around, excerpt)
    told, told_from = _told(excerpt, frame, published)
    telling = head.heading.telling if head else None
    basis = find_basis(
        around.texts[at], teller, telling, around.article.title,
        (*around.folded[max(0, at - BESIDE) : at], *around.folded[at + 1 : at + 1 + BESIDE]),
    )  # fmt: skip
    kind = document_type(telling, printed, head.printed if head else "", frame)
    first_line, last_line = reading.source_lines(start, end)
    confidence = _confidence(excerpt)
    title = head.printed.rstrip(" :.") if head else f"{teller} to {frame.addressee}" if frame.addressee else teller
    reason = "; ".join(
        [
            f"starts at {'its heading' if head else 'the end of what stands before it'}",
            "ends with its source note" if note else "has no source note and ends before what follows",
            *(["the source note's brackets are broken"] if note and not note.whole else []),
            f"teller from {teller_from}",
            f"told: {told_from}",
            f"published: by {published_by}",
            f"basis: {basis.reason}",
            *(_unreadable(around, excerpt)),
        ]
    )
    cited = (head.start, head.end) if head else (blocks[excerpt.first].start, blocks[excerpt.first].end)
    document = Document(
        id=reading.name("document", start, end, "account"),
        source=reading.source,
        anchors=(reading.anchor(*cited),),
        step=STEP,
        confidence=confidence,
        reason=reason,
        title=title,
        type=kind,
        author=teller,
        recipient=(head.heading.recipient if head else None) or frame.addressee,
        place=frame.place,
        date=None if told is None or told.startswith("..") else told,
        parent=around.article.id,
        first_line=first_line,
        last_line=last_line,
        span=reading.span(start, end),
        published_in=printed,
    )
    account = _record(
        around, excerpt, frame, document, teller=teller, told=told, published=published, basis=basis, reason=reason
    )
    return account, document, frame


def _record(
    around: _Around, excerpt: Excerpt, frame: Frame, document: Document, *, teller: str, told: str | None,
    published: str | None, basis: Basis, reason: str,
) -> Account:  # fmt: skip
    reading = around.reading
    return Account(
        id=reading.name("account", document.span.start, document.span.end),
        source=reading.source,
        anchors=document.anchors,
        step=STEP,
        confidence=document.confidence,
        reason=reason,
        title=document.title,
        teller=teller,
        told=told,
        published=published,
        basis=basis.basis,
        document=document.id,
        first_line=document.first_line,
        last_line=document.last_line,
        heading=excerpt.head.printed if excerpt.head else None,
        source_note=excerpt.note.printed if excerpt.note else None,
        span=document.span,
        body=_body(reading, excerpt, frame, around.notes),
    )


def _words(reading: Reading, excerpt: Excerpt, notes: Collection[int]) -> str:
    return "\n\n".join(reading.text[s.start : s.end] for s in _body(reading, excerpt, None, notes))


def _body(reading: Reading, excerpt: Excerpt, frame: Frame | None, notes: Collection[int]) -> tuple[Span, ...]:
    """The account's own words, a span for each paragraph: without heading, notes, opener and signature."""
    first, last = (frame.first, frame.last) if frame else (excerpt.first, excerpt.last)
    out = []
    for block in reading.blocks[first:last]:
        start, end = block.start, block.end
        if excerpt.head is not None and excerpt.head.inside and block.number == excerpt.head.first:
            start = excerpt.head.end
        if excerpt.note is not None and excerpt.note.first == block.number:
            end = excerpt.note.start
        span = reading.span(start, end)
        if span.start < span.end and block.number not in notes and not is_separator(block.plain):
            out.append(span)
    return tuple(out)


def _teller(around: _Around, excerpt: Excerpt, frame: Frame) -> tuple[str, str]:
    if excerpt.head is not None and excerpt.head.heading.who:
        printed = excerpt.head.heading.who
        full = around.elsewhere.fuller(printed, around.people)
        return full, "its heading" + ("" if full == printed else ", the full name from elsewhere in the source")
    author = author_of(excerpt.note.printed) if excerpt.note is not None else None
    if author is not None:
        return author, "the source note"
    if frame.signer is not None:
        return frame.signer, "its signature"
    if around.article.author is not None:
        return around.article.author, "the article's byline, for want of another"
    return "unknown", "nothing: no heading, source note or signature names one"


def _published(around: _Around, excerpt: Excerpt) -> tuple[str | None, str]:
    """The year (EDTF) in which the account was published, and by what evidence."""
    if excerpt.note is not None:
        year = published_year(excerpt.note.printed)
        if year is not None:
            return year, "its source note"
    work = excerpt.head.work if excerpt.head is not None else None
    if work is not None:
        # 'Title of the Book (excerpt)': the book may be cited in full elsewhere in the source.
        year = around.elsewhere.year_of(work.split("(")[0].strip(' :,."“”'), around.citations)
        if year is not None:
            return year, "the work in its heading, cited in full elsewhere"
    if around.article.date is not None:
        return around.article.date[:4], "the article that prints it, for want of an earlier one"
    return None, "nothing"


def _told(excerpt: Excerpt, frame: Frame, published: str | None) -> tuple[str | None, str]:
    near = int(published[:4]) if published else None
    dates = find_dates(excerpt.head.printed, near) if excerpt.head is not None else ()
    if dates:
        return dates[0].edtf, "the date in its heading"
    if frame.date is not None:
        return frame.date, "the date beside its opener or signature"
    spoken = told_at(excerpt.note.printed) if excerpt.note is not None else None
    if spoken is not None:
        return spoken.edtf, "the date of the occasion in the source note"
    if near is not None:
        return before(near), "undated, before its publication"
    return None, "nothing says when"


def document_type(telling: str | None, note: str | None, heading: str, frame: Frame) -> str:
    """What kind of document is it, by the word for the telling, its frame, or the words of heading and source note?

    >>> from testimonia.text.structure.cable import read_frame
    >>> document_type("telegram", None, "Lind's Telegram", read_frame((), 0, 0))
    'cable'
    """
    if telling in _TYPES:
        return _TYPES[telling]
    if frame.classified:
        return "cable"
    if frame.greets:
        return "letter"
    cited = f"{heading} {note or ''}".lower()
    return "memoir" if any(sign in cited for sign in _MEMOIR_SIGNS) else "excerpt"


def _confidence(excerpt: Excerpt) -> float:
    if excerpt.head is not None and excerpt.note is not None:
        return 0.95 if excerpt.note.whole else 0.9
    if excerpt.head is not None:
        return 0.8 if excerpt.head.heading.is_strong else 0.6
    return 0.7


def _unreadable(around: _Around, excerpt: Excerpt) -> Sequence[str]:
    blocks = around.reading.blocks[excerpt.first : excerpt.last]
    lost = sorted({b.page_index for b in blocks if not b.words_can_be_trusted})
    return [f"part of it lies on {len(lost)} page{'s' if len(lost) > 1 else ''} that can't be read"] if lost else []


def framing_marks(reading: Reading, frame: Frame, document: str) -> tuple[Mark, ...]:
    """The opener, classification and signature of an account as records.

    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading()
    >>> from testimonia.text.structure.cable import read_frame
    >>> frame = read_frame(reading.blocks, 9, 12)
    >>> [(mark.role, mark.text) for mark in framing_marks(reading, frame, "document-1")]
    [('classification', 'SECRET'), ('signature', '9/IV-07 M. LIND')]
    """
    return tuple(
        Mark(
            id=reading.name("mark", part.start, part.end, part.role),
            source=reading.source,
            anchors=(anchor := reading.anchor(part.start, part.end),),
            step=STEP,
            confidence=0.85,
            reason=part.reason,
            role=part.role,
            text=anchor.quote,
            document=document,
        )
        for part in frame.parts
    )
