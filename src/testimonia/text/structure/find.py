"""The structure step: from the recovered text to the parts of the source."""

from testimonia.model.findings import Document, Gap, Mark, Redaction
from testimonia.text.recovered import Recovered
from testimonia.text.structure.articles import find_articles
from testimonia.text.structure.blocks import STEP, Block, Reading
from testimonia.text.structure.documents import article_document
from testimonia.text.structure.found import Structure
from testimonia.text.structure.marks import find_marks
from testimonia.text.structure.page_gaps import find_page_gaps
from testimonia.text.structure.redactions import find_withheld


def find_structure(recovered: Recovered, *, name: str | None = None) -> Structure:
    """Which documents, accounts, notes, gaps, redactions and marks does this source hold?

    `name` is what to call a source that is one text without a title of its own (its file name, say). Pure: the same
    input gives the same records. Nothing is looked for on pages that can't be read. An empty source holds nothing.

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
    articles = find_articles(reading)
    articles_by_block: list[str | None] = [None] * len(reading.blocks)
    documents: list[Document] = []
    by_page: dict[int, str] = {}
    for article in articles:
        document = article_document(reading, article, alone=len(articles) == 1, name=name)
        documents.append(document)
        for n in range(article.first, article.last):
            articles_by_block[n] = document.id
        by_page.update(dict.fromkeys(article.pages, document.id))
    redactions, redaction_gaps = _redactions(reading, articles_by_block)
    return Structure(
        documents=tuple(documents),
        accounts=(),
        notes=(),
        gaps=(*find_page_gaps(reading, by_page), *redaction_gaps),
        redactions=redactions,
        marks=_marks(reading, articles_by_block, redactions),
        notices=(),
    )


def _redactions(reading: Reading, documents: list[str | None]) -> tuple[tuple[Redaction, ...], tuple[Gap, ...]]:
    redactions: list[Redaction] = []
    gaps: list[Gap] = []
    for block in reading.blocks:
        if not block.words_can_be_trusted:
            continue
        for withheld in find_withheld(block.text):
            start, end = block.start + withheld.start, block.start + withheld.end
            anchor = reading.anchor(start, end)
            amount = None
            if withheld.unit is not None:
                figure = "an unknown number of" if withheld.quantity is None else f"{withheld.quantity:g}"
                amount = f"{figure} {withheld.unit}{'' if withheld.quantity == 1 else 's'}"
            redactions.append(
                Redaction(
                    id=reading.name("redaction", start, end),
                    source=reading.source,
                    anchors=(anchor,),
                    step=STEP,
                    confidence=withheld.confidence,
                    reason="the source says that words were taken out",
                    printed=withheld.printed,
                    quantity=withheld.quantity,
                    unit=withheld.unit,
                    document=documents[block.number],
                )
            )
            gaps.append(
                Gap(
                    id=reading.name("gap", start, end, "redaction"),
                    source=reading.source,
                    anchors=(anchor,),
                    step=STEP,
                    confidence=withheld.confidence,
                    reason="withheld text",
                    what="redaction",
                    label=withheld.printed,
                    extent=amount,
                    evidence=f"The source prints {withheld.printed}.",
                    document=documents[block.number],
                )
            )
    return tuple(redactions), tuple(gaps)


def _marks(reading: Reading, documents: list[str | None], redactions: tuple[Redaction, ...]) -> tuple[Mark, ...]:
    withheld = {r.anchors[0].start for r in redactions}
    return tuple(
        _mark(reading, block, found.start, found.end, found.role, found.confidence, found.reason, documents)
        for block in reading.blocks
        if block.words_can_be_trusted
        for found in find_marks(block.text)
        if block.start + found.start not in withheld
    )


def _mark(
    reading: Reading, block: Block, start: int, end: int, role: str, confidence: float, reason: str,
    documents: list[str | None],
) -> Mark:  # fmt: skip
    start, end = block.start + start, block.start + end
    anchor = reading.anchor(start, end)
    return Mark(
        id=reading.name("mark", start, end, role),
        source=reading.source,
        anchors=(anchor,),
        step=STEP,
        confidence=confidence,
        reason=reason,
        role=role,
        text=anchor.quote,
        document=documents[block.number],
    )
