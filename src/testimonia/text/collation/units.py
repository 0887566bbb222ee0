"""From aligned words to the places of an apparatus: which stretch of columns is one place, and who reads what there."""

from collections.abc import Sequence

from testimonia.model.collation import Token, Unit
from testimonia.text.collation.classes import classify

# What the witnesses have in a column: for each a number of its reading, -1 where it has none.
Partition = tuple[int, ...]


def find_units(
    texts: Sequence[str], tokens: Sequence[Sequence[Token]], columns: Sequence[tuple[int, ...]]
) -> tuple[Unit, ...]:
    """At which places do the versions agree, and where do they differ?

    Columns run together where all agree, and where the same versions stand against the same others; differences of
    marks, case or spelling stay places of their own. What one version has opposite nothing and what the others have
    opposite nothing beside it is one place: the one in place of the other.

    >>> from testimonia.text.collation.aligning import align
    >>> from testimonia.text.collation.tokens import tokenise
    >>> texts = ["A small dog barks.", "A very big dog barks!"]
    >>> tokens = [tokenise(t) for t in texts]
    >>> [(u.cells, u.varies) for u in find_units(texts, tokens, align(tokens))]
    [(((0, 1), (0, 1)), False), (((1, 2), (1, 3)), True), (((2, 3), (3, 4)), False), (((3, 4), (4, 5)), True)]
    """
    words = [[" ".join(text[t.start : t.end].split()) for t in tokens[w]] for w, text in enumerate(texts)]
    kinds = [_kind(words, column) for column in columns]
    forms = [[t.form for t in version] for version in tokens]
    light = [_is_light(forms, column) for column in columns]
    runs = _joined(_alike_runs(kinds, light), columns, light)
    fullest = sorted(range(len(texts)), key=lambda w: (-len(tokens[w]), forms[w], texts[w]))
    at = [0] * len(texts)
    units = []
    for start, end in runs:
        begun = list(at)
        for column in columns[start:end]:
            for w, token in enumerate(column):
                if token >= 0:
                    at[w] = token + 1
        cells = tuple(zip(begun, at, strict=True))
        if any(kinds[start]):
            units.append(_unit(words, tokens, cells, fullest))
        else:
            units.append(Unit(cells=cells, lemma=fullest[0], classes=(None,) * len(cells)))
    return tuple(units)


def _kind(words: Sequence[Sequence[str]], column: tuple[int, ...]) -> Partition:
    """Which witnesses read the same here, to the letter?"""
    here = [version[token] if token >= 0 else "" for version, token in zip(words, column, strict=True)]
    if here.count(here[0]) == len(here):
        return (0,) * len(here)
    numbers = {"": -1}
    return tuple([numbers.setdefault(word, len(numbers) - 1) for word in here])


def _is_light(forms: Sequence[Sequence[str]], column: tuple[int, ...]) -> bool:
    """Do all have a word here, and the same one but for marks and case?"""
    first = forms[0][column[0]] if column[0] >= 0 else None
    return first is not None and all(t >= 0 and forms[w][t] == first for w, t in enumerate(column))


def _alike_runs(kinds: Sequence[Partition], light: Sequence[bool]) -> list[tuple[int, int]]:
    """Neighbouring columns with the same partition; a difference of marks alone is a place of its own."""
    runs: list[tuple[int, int]] = []
    for n, kind in enumerate(kinds):
        joins = bool(runs) and kinds[n - 1] == kind and light[n] == light[n - 1] and (not light[n] or not any(kind))
        runs[-1:] = [(runs[-1][0], n + 1)] if joins else [*runs[-1:], (n, n + 1)]
    return runs


def _joined(
    runs: Sequence[tuple[int, int]], columns: Sequence[tuple[int, ...]], light: Sequence[bool]
) -> list[tuple[int, int]]:
    """Neighbours that no witness shares are one place: one has this where the other has that."""
    joined: list[tuple[int, int]] = []
    present: set[int] = set()
    for start, end in runs:
        here = {w for column in columns[start:end] for w, token in enumerate(column) if token >= 0}
        if joined and not present & here and not light[start]:
            joined[-1] = (joined[-1][0], end)
            present |= here
        else:
            joined.append((start, end))
            present = here
    return joined


def _unit(
    words: Sequence[Sequence[str]], tokens: Sequence[Sequence[Token]], cells: tuple[tuple[int, int], ...],
    fullest: Sequence[int],
) -> Unit:  # fmt: skip
    """The place with its lemma: what most witnesses read; of equals words before none, then the fullest witness's."""
    readings = [_said(words[w], tokens[w], cell) for w, cell in enumerate(cells)]
    withheld = [any(t.withheld for t in tokens[w][first:end]) for w, (first, end) in enumerate(cells)]
    # What shows words comes before a mark for words withheld, however many have the mark.
    lemma = min(fullest, key=lambda w: (withheld[w], -readings.count(readings[w]), not readings[w]))
    if withheld != [False] * len(cells) and not readings[lemma]:
        lemma = min(fullest, key=lambda w: (not readings[w], -readings.count(readings[w])))
    found: dict[str, str | None] = {}
    for w, reading in enumerate(readings):
        if reading not in found:
            found[reading] = classify(readings[lemma], reading, withheld=withheld[w])
    return Unit(cells=cells, lemma=lemma, classes=tuple(found[reading] for reading in readings))


def _said(words: Sequence[str], tokens: Sequence[Token], cell: tuple[int, int]) -> str:
    """What these words say: with a space between them where there is white space in the text."""
    pieces: list[str] = []
    for n in range(*cell):
        if pieces and tokens[n].start > tokens[n - 1].end:
            pieces.append(" ")
        pieces.append(words[n])
    return "".join(pieces)
