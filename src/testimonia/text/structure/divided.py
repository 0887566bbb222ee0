"""Documents that the file itself marks: nothing about their bounds, titles and dates needs to be guessed."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from testimonia.model.divisions import Division
from testimonia.model.findings import Document
from testimonia.text.lines import LineTable
from testimonia.text.structure.articles import Article
from testimonia.text.structure.blocks import Reading
from testimonia.text.structure.found import Told
from testimonia.text.structure.titles import TitleBlock

REASON = "marked as a document in the file"
_SURE = 0.98


def divided_articles(reading: Reading, divisions: Sequence[Division]) -> Iterator[tuple[Article, Division]]:
    """The article of each of these divisions, in their order; those whose words are all on lost pages are left out.

    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading("7. Letter\\n\\nHavn, 3 May.\\n\\nI saw it.\\n\\n8. Telegram\\n\\nSo did I.\\n")
    >>> marks = (Division(start=0, end=35, title="7. Letter", type="letter"),)
    >>> [(article.first, article.body, article.last) for article, _ in divided_articles(reading, marks)]
    [(0, 1, 3)]
    """
    lines = LineTable(reading.recovered.original.text)
    first_lines = [block.paragraph.first_line for block in reading.blocks]
    for division in divisions:
        first = bisect_left(first_lines, lines.at(division.start))
        last = bisect_right(first_lines, lines.at(division.end - 1))
        if first >= last:
            continue
        blocks = reading.blocks[first:last]
        title = TitleBlock(
            title=division.title, author=division.author, published_in=None, first=first, last=first + 1,
            start=blocks[0].start, end=blocks[0].end, reason=REASON,
        )  # fmt: skip
        sequence = blocks[0].sequence
        pages = range(blocks[0].page_index, blocks[-1].page_index + 1)
        article = Article(
            first=first, body=min(first + 1, last), last=last, title=title, sequence=sequence, pages=tuple(pages),
            numbered=False,
        )  # fmt: skip
        yield article, division


def as_divided(document: Document, division: Division) -> Document:
    """The document with what the file says of it; what it does not say stays as it was found.

    >>> from testimonia.text.structure.documents import article_document
    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading("7. Letter\\n\\nHavn, 3 May.\\n\\nI saw it.\\n")
    >>> mark = Division(start=0, end=35, title="7. Letter", type="letter", date="1907-05-03", place="Havn")
    >>> ((article, _),) = divided_articles(reading, (mark,))
    >>> made = as_divided(article_document(reading, article, alone=False, name=None), mark)
    >>> made.title, made.type, made.date, made.place
    ('7. Letter', 'letter', '1907-05-03', 'Havn')
    """
    return replace(
        document,
        title=division.title,
        type=_type(document, division),
        author=division.author or document.author,
        recipient=division.recipient or document.recipient,
        place=division.place or document.place,
        date=division.date or document.date,
        confidence=_SURE,
        reason=f"{REASON}; {document.reason}" if REASON not in document.reason else document.reason,
    )


def _type(document: Document, division: Division) -> str:
    """The word "document" says nothing of the kind: what its own words say is more."""
    if division.type != "document":
        return division.type
    return document.type if document.type not in ("article", "text") else "document"


def told_as_divided(told: Told, division: Division) -> Told:
    """The account that a marked document is, told when the file says that the document was written.

    A part that the file marks as no document (a preface, an index) is no account.
    """
    documents = tuple(as_divided(document, division) for document in told.documents)
    if division.type == "section":
        return replace(told, accounts=(), documents=documents)
    accounts = tuple(
        replace(
            account,
            title=division.title,
            told=division.date or account.told,
            published=account.published if account.published != division.date else None,
            teller=division.author or account.teller,
        )
        for account in told.accounts
    )
    return replace(told, accounts=accounts, documents=documents)
