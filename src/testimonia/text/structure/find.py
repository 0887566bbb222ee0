"""The structure step: from the recovered text to the parts of the source."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from testimonia.model.divisions import Division
from testimonia.model.findings import Account, Document, Gap, Mark, Note
from testimonia.text.recovered import Recovered
from testimonia.text.structure.accounts import tell
from testimonia.text.structure.articles import Article, ending_title_before, find_articles
from testimonia.text.structure.blocks import Reading
from testimonia.text.structure.divided import divided_articles, told_as_divided
from testimonia.text.structure.divided_notes import divided_notes
from testimonia.text.structure.documents import article_document, group_document, section_document
from testimonia.text.structure.elsewhere import Elsewhere
from testimonia.text.structure.excerpts import Anthology, find_excerpts
from testimonia.text.structure.found import Structure, Told
from testimonia.text.structure.marked import record_marks, record_redactions
from testimonia.text.structure.notes import find_notes
from testimonia.text.structure.page_gaps import find_page_gaps
from testimonia.text.structure.sections import find_sections
from testimonia.text.structure.whole import whole_account


@dataclass(slots=True)
class _Parts:
    documents: list[Document] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    # Which document each block lies in, and which blocks are no running text of theirs (headings, source notes).
    holder: list[str | None] = field(default_factory=list)
    framed: set[int] = field(default_factory=set)


def find_structure(recovered: Recovered, *, name: str | None = None, divisions: Sequence[Division] = ()) -> Structure:
    """Which documents, accounts, notes, gaps, redactions and marks does this source hold?

    `name` is what to call a source that is one text without a title of its own (its file name, say). `divisions` are
    the documents that the file itself marks: where there are some, they are the documents, and none is looked for.
    Pure: the same input gives the same records. Nothing is looked for on pages that can't be read. An empty source
    holds nothing. Where no article reprints accounts, each article is one account itself, of low confidence.

    >>> from testimonia.model.layers import Layer
    >>> from testimonia.model.steps import Step
    >>> from testimonia.text.recovery import recover
    >>> text = "The ferry left the quay at nine.\\nNobody saw it turn back [one line deleted] before midnight.\\n"
    >>> original = Layer(source="0" * 64, name="original", text=text, step=Step(name="read", version="1"))
    >>> structure = find_structure(recover(original, page_starts=None), name="ferry")
    >>> structure.documents[0].title, structure.redactions[0].quantity, structure.gaps[0].what
    ('ferry', 1.0, 'redaction')
    """
    reading = Reading(recovered)
    marked = dict(divided_articles(reading, divisions))
    articles, anthologies = (list(marked), [_NOTHING] * len(marked)) if marked else _articles(reading)
    documents = [article_document(reading, a, alone=len(articles) == 1, name=name) for a in articles]
    by_page = {page: d.id for a, d in zip(articles, documents, strict=True) for page in a.pages}
    page_gaps = find_page_gaps(reading, by_page)
    parts = _Parts(holder=[None] * len(reading.blocks))
    elsewhere = Elsewhere(reading)
    reprints = any(a.excerpts for a in anthologies)
    for article, document, anthology in zip(articles, documents, anthologies, strict=True):
        for n in range(article.first, article.last):
            parts.holder[n] = document.id
        headings = _headings(reading, anthology)
        lost = [g for g in page_gaps if g.document == document.id]
        if article in marked:
            notes = divided_notes(reading, article, document, marked[article])
        else:
            notes = find_notes(reading, article, document, headings, _pages_lost(lost))
        parts.notes.extend(notes.notes)
        parts.gaps.extend(notes.gaps)
        parts.framed |= headings
        if reprints:
            parts.documents.append(document)
            told = tell(reading, article, document, anthology, notes.blocks, elsewhere)
            inside = _accounts(reading, document, anthology, told, parts)
        else:
            told = whole_account(reading, article, document, notes.blocks)
            told = told_as_divided(told, marked[article]) if article in marked else told
            parts.documents.extend(told.documents)
            parts.accounts.extend(told.accounts)
            parts.marks.extend(told.marks)
            framing = {mark.anchors[0].start for mark in told.marks}
            inside = {b.number for b in reading.blocks[article.first : article.last] if b.start in framing}
        if article.head is not None and article.head.title.is_message:
            # What stands alone in a letter or cable is its greeting and its signature.
            continue
        if article in marked:
            continue
        sections = find_sections(reading.blocks, article.body, article.last, headings | inside | notes.blocks)
        parts.documents.extend(section_document(reading, s, document) for s in sections)
    redactions, redaction_gaps = record_redactions(reading, parts.holder)
    marks = record_marks(reading, parts.holder, parts.framed, {r.anchors[0].start for r in redactions})
    return Structure(
        documents=tuple(parts.documents),
        accounts=tuple(parts.accounts),
        notes=tuple(parts.notes),
        gaps=(*page_gaps, *parts.gaps, *redaction_gaps),
        redactions=redactions,
        marks=tuple(sorted([*parts.marks, *marks], key=lambda m: (m.anchors[0].start, m.anchors[0].end))),
        notices=(),
    )


_NOTHING = Anthology(excerpts=(), groups=())


def _articles(reading: Reading) -> tuple[list[Article], list[Anthology]]:
    """The articles, and what each of them reprints."""
    articles, anthologies = [], []
    for article in find_articles(reading):
        # Without a byline the heading of a first account may have been read as part of the title.
        begin = article.first if article.title.author is None else article.body
        # What an edited document quotes is its own words.
        edited = article.head is not None
        anthology = Anthology(excerpts=(), groups=()) if edited else find_excerpts(reading.blocks, begin, article.last)
        if anthology.excerpts:
            article = ending_title_before(reading, article, anthology.excerpts[0].starts_at)
        articles.append(article)
        anthologies.append(anthology)
    return articles, anthologies


def _headings(reading: Reading, anthology: Anthology) -> set[int]:
    """The blocks that are headings or source notes of reprinted accounts."""
    out: set[int] = set()
    for excerpt in anthology.excerpts:
        if excerpt.head is not None:
            out.update(range(excerpt.head.first, excerpt.head.last))
        if excerpt.note is not None:
            whole = reading.blocks[excerpt.note.first].start == excerpt.note.start
            out.update(range(excerpt.note.first + (0 if whole else 1), excerpt.note.last + 1))
    for head, _, _ in anthology.groups:
        out.update(range(head.first, head.last))
    return out


def _accounts(reading: Reading, document: Document, anthology: Anthology, told: Told, parts: _Parts) -> set[int]:
    """Adds the accounts that the article reprints; gives the blocks of their texts."""
    inside: set[int] = set()
    for excerpt, own in zip(anthology.excerpts, told.documents, strict=True):
        inside.update(range(excerpt.first, excerpt.last))
        for n in range(excerpt.first, excerpt.last):
            parts.holder[n] = own.id
    documents = list(told.documents)
    for head, first, stop in anthology.groups:
        group = group_document(reading, head, documents[stop - 1].span.end, document)
        parts.documents.append(group)
        documents[first:stop] = [replace(d, parent=group.id) for d in documents[first:stop]]
    parts.documents.extend(documents)
    parts.accounts.extend(told.accounts)
    parts.marks.extend(told.marks)
    return inside


def _pages_lost(gaps: Sequence[Gap]) -> str | None:
    if not gaps:
        return None
    labels = [g.label or "" for g in gaps]
    return f"{', '.join(labels)} {'is' if len(labels) == 1 else 'are'} missing"
