"""The notes of a document that the file itself marks, by the labels that it gives them."""

import re
from collections import defaultdict
from collections.abc import Sequence

from testimonia.model.divisions import Division
from testimonia.model.findings import Document, Note
from testimonia.text.structure.articles import Article
from testimonia.text.structure.blocks import STEP, Reading
from testimonia.text.structure.notes import NotesFound

_Stretch = tuple[int, int]


def divided_notes(reading: Reading, article: Article, document: Document, division: Division) -> NotesFound:
    """The notes of this document, each with its call; a note is a paragraph that starts with one of the labels.

    Where a label is used again (on each page, say), its first note belongs to its first call.

    >>> from testimonia.text.structure.divided import divided_articles
    >>> from testimonia.text.structure.documents import article_document
    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading("7. Letter [1]\\n\\nI saw it.[2]\\n\\n[1] Box 4.\\n\\n[2] So the log.\\n")
    >>> mark = Division(start=0, end=54, title="7. Letter", type="letter", notes=("[1]", "[2]"))
    >>> ((article, _),) = divided_articles(reading, (mark,))
    >>> document = article_document(reading, article, alone=False, name=None)
    >>> [(n.label, n.text, n.called_at[0].first_line) for n in divided_notes(reading, article, document, mark).notes]
    [('1', 'Box 4.', 1), ('2', 'So the log.', 3)]
    """
    labels = sorted(set(division.notes), key=lambda label: (-len(label), label))
    if not labels:
        return NotesFound(notes=(), gaps=(), blocks=frozenset())
    any_label = re.compile("|".join(map(re.escape, labels)))
    bodies: list[tuple[str, int]] = []
    calls: dict[str, list[_Stretch]] = defaultdict(list)
    for block in reading.blocks[article.first : article.last]:
        own = any_label.match(block.text)
        if own is not None and block.text[own.end() : own.end() + 1].isspace() and block.number > article.first:
            bodies.append((own.group(), block.number))
        for found in any_label.finditer(block.text, own.end() if own is not None else 0):
            calls[found.group()].append((block.start + found.start(), block.start + found.end()))
    notes = []
    for label, number in bodies:
        call = calls[label].pop(0) if calls[label] else None
        notes.append(_note(reading, document, label, number, call))
    return NotesFound(notes=tuple(notes), gaps=(), blocks=frozenset(number for _, number in bodies))


def _note(reading: Reading, document: Document, label: str, number: int, call: Sequence[int] | None) -> Note:
    block = reading.blocks[number]
    return Note(
        id=reading.name("note", block.start, block.start + 1, label),
        source=reading.source,
        anchors=(reading.anchor(block.start, block.end),),
        step=STEP,
        confidence=0.98 if call else 0.8,
        reason="marked as a note in the file" + ("" if call else "; nothing in the text calls it"),
        label=label.strip("[]"),
        text=block.text[len(label) :].strip(),
        called_at=(reading.anchor(*call),) if call else (),
        document=document.id,
    )
