"""The words that the rest of a document offers for a page that can hardly be read."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from testimonia.text.turned.records import DocumentLexicon

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W\d_]+)?|[.?!;:()\[\]\"]")
_APOSTROPHES = str.maketrans("’‘", "''")
_LINE_END_HYPHEN = re.compile(r"(?<=[^\W\d_])[-¬]\s*\n\s*(?=[^\W\d_])")
_SMALL_IN_NAMES = frozenset({"of", "the", "and", "for", "in", "on", "to", "a", "de", "von", "la"})
_LONGEST_NAME = 6
# A running head is sure to stand on the page: it weighs like a name of a whole document.
_HEAD_COUNT = 40
_EDGE_MARKS = ".,;:!?()\"'"


def document_lexicon(lines: Iterable[str], running_heads: Sequence[str] = ()) -> DocumentLexicon:
    """Which words, pairs of words, names and titles do these lines and running heads hold?

    `lines` are the document's own, without the page in question. A name or title is a row of words with capitals (small
    words like 'of' may stand between them) that is met at least twice.

    >>> lexicon = document_lexicon(["Old Captain Quillon left.", "Then Captain Quillon came."], ["Harbour Notes, 3"])
    >>> lexicon.words["Quillon"], lexicon.pairs["captain", "quillon"], sorted(lexicon.phrases)
    (2, 2, ['Captain Quillon', 'Harbour Notes 3'])
    """
    text = _LINE_END_HYPHEN.sub("", "\n".join(lines).translate(_APOSTROPHES))
    tokens = [match.group() for match in _TOKEN.finditer(text)]
    words = Counter(token for token in tokens if token[0].isalnum())
    pairs = Counter(
        (first.lower(), second.lower())
        for first, second in pairwise(tokens)
        if first[0].isalnum() and second[0].isalnum()
    )
    phrases = Counter({name: count for name, count in Counter(_names(tokens)).items() if count > 1})
    for head in running_heads:
        parts = [part for part in (word.strip(_EDGE_MARKS) for word in head.translate(_APOSTROPHES).split()) if part]
        words.update(dict.fromkeys(parts, _HEAD_COUNT))
        pairs.update({(a.lower(), b.lower()): _HEAD_COUNT for a, b in pairwise(parts)})
        if len(parts) > 1:
            phrases[" ".join(parts)] += _HEAD_COUNT
    return DocumentLexicon(words=words, pairs=pairs, phrases=phrases)


def _names(tokens: Sequence[str]) -> Iterator[str]:
    """Rows of words with capitals, each with every shorter row at its beginning or end that has two such words."""
    row: list[str] = []
    for at, token in enumerate((*tokens, "")):
        initial = len(row) > 0 and token == "." and len(row[-1]) == 1
        if token[:1].isupper() or (row and token in _SMALL_IN_NAMES):
            row.append(token)
        elif not initial or at + 1 >= len(tokens):
            yield from _rows(row)
            row = []


def _rows(row: Sequence[str]) -> Iterator[str]:
    found = set()
    for start in range(len(row)):
        for end in range(start + 2, min(len(row), start + _LONGEST_NAME) + 1):
            if row[start][0].isupper() and row[end - 1][0].isupper():
                found.add(" ".join(row[start:end]))
    yield from sorted(found)
