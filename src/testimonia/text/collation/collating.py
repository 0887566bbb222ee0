"""Collate versions of one text: words, alignment, places of the apparatus, moves."""

from collections.abc import Sequence

from testimonia.errors import InvalidRecordError
from testimonia.model.collation import MOST_WITNESSES, Collation
from testimonia.text.collation.aligning import align
from testimonia.text.collation.moves import find_moves
from testimonia.text.collation.tokens import tokenise
from testimonia.text.collation.units import find_units


def collate(texts: Sequence[str]) -> Collation:
    """What do these versions of one text read, place by place?

    Two to twenty texts, of any length. Raises InvalidRecordError for another number, and for a text without words.
    The order in which they are given changes nothing but the order of the witnesses.

    >>> found = collate(["The dog barks.", "The hound barks.", "The dog barked."])
    >>> [[found.words(w, cell) for w, cell in enumerate(unit.cells)] for unit in found.units]
    [['The', 'The', 'The'], ['dog', 'hound', 'dog'], ['barks.', 'barks.', 'barked.']]
    """
    if not 2 <= len(texts) <= MOST_WITNESSES:
        raise InvalidRecordError(
            f"{len(texts)} versions can't be collated", hint=f"Name 2 to {MOST_WITNESSES} versions of one text"
        )
    tokens = tuple(tokenise(text) for text in texts)
    for number, words in enumerate(tokens, 1):
        if not words:
            raise InvalidRecordError(f"version {number} holds no words", hint="Leave it out")
    columns = align(tokens)
    return Collation(
        texts=tuple(texts),
        tokens=tokens,
        columns=columns,
        units=find_units(texts, tokens, columns),
        moves=find_moves(tokens, columns),
    )
