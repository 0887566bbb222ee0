"""The documents of a source as records: articles and their sections."""

from testimonia.chronology.printed import find_dates, find_years
from testimonia.model.findings import Document
from testimonia.text.structure.articles import Article
from testimonia.text.structure.blocks import STEP, Reading
from testimonia.text.structure.excerpts import Head
from testimonia.text.structure.sections import Section

FALLBACK_TITLE_WORDS = 12


def article_document(reading: Reading, article: Article, *, alone: bool, name: str | None) -> Document:
    """The record of one article; of type 'text' where the source is one text without title block and page numbers.

    `alone` says that the source holds no other article, `name` is what to call a text that has no title of its own.

    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading()
    >>> from testimonia.text.structure.articles import find_articles
    >>> document = article_document(reading, find_articles(reading)[0], alone=True, name=None)
    >>> document.title, document.author, document.first_line
    ('The Lamp on the Skerry', 'Anna Moe', 1)
    """
    blocks = reading.blocks[article.first : article.last]
    title = article.title
    start, end = blocks[0].start, blocks[-1].end
    is_text = alone and title.author is None and title.title is None
    words = title.title or name or _first_words(reading, article)
    cited = (title.start, title.end) if title.end > title.start else (blocks[0].start, blocks[0].end)
    first_line, last_line = reading.source_lines(start, end)
    confidence = 0.5 if is_text else 0.95 if title.author and title.title else 0.75
    return Document(
        id=reading.name("document", start, end, "article"),
        source=reading.source,
        anchors=(reading.anchor(*cited),),
        step=STEP,
        confidence=confidence,
        reason=title.reason + (f"; its own run of {len(article.pages)} page labels" if article.numbered else ""),
        title=words,
        type="text" if is_text else "article",
        author=title.author,
        recipient=None,
        place=None,
        date=_date(title.published_in),
        parent=None,
        first_line=first_line,
        last_line=last_line,
        span=reading.span(start, end),
        published_in=title.published_in,
        page_labels=tuple(label for p in article.pages if (label := reading.recovered.pages[p].page_label) is not None),
    )


def section_document(reading: Reading, section: Section, parent: Document) -> Document:
    """The record of one section.

    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading()
    >>> from testimonia.text.structure.articles import find_articles
    >>> from testimonia.text.structure.sections import find_sections
    >>> article = article_document(reading, find_articles(reading)[0], alone=True, name=None)
    >>> section = section_document(reading, find_sections(reading.blocks, 2, 5, ())[0], article)
    >>> section.title, section.first_line, section.last_line
    ('What Was Said', 8, 11)
    """
    heading = reading.blocks[section.first], reading.blocks[section.body - 1]
    return _section(
        reading, (heading[0].start, heading[1].end), reading.blocks[section.last - 1].end, section.title, parent,
        section.confidence, section.reason,
    )  # fmt: skip


def group_document(reading: Reading, head: Head, end: int, parent: Document) -> Document:
    """The record of the section under a heading that stands above several accounts; `end` is a reading offset.

    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading()
    >>> from testimonia.text.structure.articles import find_articles
    >>> from testimonia.text.structure.excerpts import find_excerpts
    >>> article = article_document(reading, find_articles(reading)[0], alone=True, name=None)
    >>> head = find_excerpts(reading.blocks, 2, 14).excerpts[0].head
    >>> group_document(reading, head, head.end, article).title
    "Holm's Description"
    """
    return _section(
        reading, (head.start, head.end), end, head.printed.rstrip(" :"), parent, 0.85,
        "a heading above several accounts",
    )  # fmt: skip


def _section(
    reading: Reading, heading: tuple[int, int], end: int, title: str, parent: Document, confidence: float, reason: str
) -> Document:
    first_line, last_line = reading.source_lines(heading[0], end)
    return Document(
        id=reading.name("document", *heading, "section"),
        source=reading.source,
        anchors=(reading.anchor(*heading),),
        step=STEP,
        confidence=confidence,
        reason=reason,
        title=title,
        type="section",
        author=None,
        recipient=None,
        place=None,
        date=None,
        parent=parent.id,
        first_line=first_line,
        last_line=last_line,
        span=reading.span(heading[0], end),
    )


def _first_words(reading: Reading, article: Article) -> str:
    words = reading.blocks[article.first].plain.split()
    return " ".join(words[:FALLBACK_TITLE_WORDS]) + ("…" if len(words) > FALLBACK_TITLE_WORDS else "")


def _date(published_in: str | None) -> str | None:
    if published_in is None:
        return None
    dates = find_dates(published_in) or find_years(published_in)
    return dates[-1].edtf if dates else None
