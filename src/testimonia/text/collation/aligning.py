"""Align two and more versions: each joins the columns of those before it, the likest first."""

from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from testimonia.model.collation import Token
from testimonia.text.collation.blocks import align_block, settle
from testimonia.text.collation.seeds import Pair, longest_chain, once_in_each

# The alignment is pinned where a run of four words stands once in a version and at one place of the others.
_BLOCK = 400_000
_LARGE_BLOCK = 10_000
# How often a version has a word that says little, and one that says next to nothing, of its place.
_FEW, _MANY = 3, 12


class _Column:
    """One column while the alignment grows: which token of which version stands in it, and with which forms."""

    __slots__ = ("at", "cells", "forms")

    def __init__(self) -> None:
        self.at = 0
        self.cells: dict[int, int] = {}
        self.forms: dict[int, int] = {}

    def put(self, witness: int, token: int, form: int) -> None:
        self.cells[witness] = token
        self.forms[form] = self.forms.get(form, 0) + 1


def align(versions: Sequence[Sequence[Token]]) -> tuple[tuple[int, ...], ...]:
    """Which words of these versions stand opposite each other?

    Columns in order; each has for every version the number of one of its tokens, or -1. Every token stands in exactly
    one column, the tokens of a version in their order. The order in which the versions are given makes no difference
    but to the order within a column.

    >>> from testimonia.text.collation.tokens import tokenise
    >>> align([tokenise("the dog barks"), tokenise("the big dog barks")])
    ((0, 0), (-1, 1), (1, 2), (2, 3))
    """
    ranks = sorted(range(len(versions)), key=lambda v: [t.form for t in versions[v]])
    growing = _Growing([versions[v] for v in ranks])
    back = {rank: given for given, rank in enumerate(ranks)}
    order = [back[given] for given in range(len(versions))]
    return tuple(tuple(column.cells.get(rank, -1) for rank in order) for column in growing.columns)


class _Growing:
    """Columns to which one version after the other is added."""

    def __init__(self, versions: Sequence[Sequence[Token]]) -> None:
        numbers: dict[str, int] = {}
        self.forms: list[str] = []
        self.words: list[list[int]] = []
        for version in versions:
            here = []
            for token in version:
                form = token.form if not token.withheld else "\0"
                number = numbers.setdefault(form, len(numbers))
                if number == len(self.forms):
                    self.forms.append(form)
                here.append(number)
            self.words.append(here)
        counts = Counter(word for version in self.words for word in version)
        self.weights = [_weight(form, counts[n] / len(versions)) for n, form in enumerate(self.forms)]
        self.columns: list[_Column] = []
        self.column_of: dict[int, list[_Column]] = {}
        # For each run of words the version and token where it starts; None once it stands in two places.
        self._runs: dict[tuple[int, ...], tuple[int, int] | None] = {}
        for witness in _likest_first(self.words):
            self._add(witness)

    def _add(self, witness: int) -> None:
        words = self.words[witness]
        same = next((w for w in self.column_of if self.words[w] == words), None)
        if same is not None:
            columns = self.column_of[same]
            for token, column in enumerate(columns):
                column.put(witness, token, words[token])
            self.column_of[witness] = list(columns)
            return
        for at, column in enumerate(self.columns):
            column.at = at
        chain = longest_chain(self._seeds(words))
        pairs: list[Pair] = []
        token, at = 0, 0
        for pair in (*chain, (len(words), len(self.columns))):
            pairs += self._fill(words, (token, pair[0]), (at, pair[1]))
            if pair[0] < len(words):
                pairs.append(pair)
            token, at = pair[0] + 1, pair[1] + 1
        self._insert(witness, pairs)
        self._index(witness)

    def _seeds(self, words: list[int]) -> set[Pair]:
        runs = _runs(words)
        counts = Counter(runs)
        pairs: set[Pair] = set()
        for n, run in enumerate(runs):
            place = self._runs.get(run)
            if place is not None and counts[run] == 1:
                columns, first = self.column_of[place[0]], place[1]
                pairs.add((n, columns[first].at))
                pairs.add((n + 1, columns[first + 1].at))
                pairs.add((n + 2, columns[first + 2].at))
                pairs.add((n + 3, columns[first + 3].at))
        return pairs

    def _fill(self, words: list[int], left: tuple[int, int], right: tuple[int, int]) -> list[Pair]:
        """Align what lies between two fixed points: first what is equal at both ends of it, then the rest."""
        token, at = left[0], right[0]
        end, last = left[1], right[1]
        pairs: list[Pair] = []
        while token < end and at < last and words[token] in self.columns[at].forms:
            pairs.append((token, at))
            token, at = token + 1, at + 1
        behind: list[Pair] = []
        while token < end and at < last and words[end - 1] in self.columns[last - 1].forms:
            end, last = end - 1, last - 1
            behind.append((end, last))
        if token < end and at < last:
            pairs += self._fill_unequal(words, (token, end), (at, last))
        return pairs + behind[::-1]

    def _fill_unequal(self, words: list[int], left: tuple[int, int], right: tuple[int, int]) -> list[Pair]:
        """Large stretches are pinned by shorter runs first."""
        rows, columns = left[1] - left[0], right[1] - right[0]
        if rows * columns > _LARGE_BLOCK:
            inner = self._inner_chain(words[left[0] : left[1]], self.columns[right[0] : right[1]])
            if inner:
                pairs: list[Pair] = []
                token, at = left[0], right[0]
                for a, b in (*((left[0] + a, right[0] + b) for a, b in inner), (left[1], right[1])):
                    pairs += self._fill(words, (token, a), (at, b))
                    if a < left[1]:
                        pairs.append((a, b))
                    token, at = a + 1, b + 1
                return pairs
        forms = [tuple(self.forms[f] for f in column.forms) for column in self.columns[right[0] : right[1]]]
        if rows * columns > _BLOCK:
            # Nothing in common: what there is stands opposite in order.
            return [(left[0] + n, right[0] + n) for n in range(min(rows, columns))]
        block = align_block([self.forms[w] for w in words[left[0] : left[1]]], forms)
        here = words[left[0] : left[1]]
        block = settle(block, [self.forms[w] for w in here], forms, [self.weights[w] for w in here])
        return [(left[0] + a, right[0] + b) for a, b in block]

    def _inner_chain(self, words: list[int], columns: list[_Column]) -> list[Pair]:
        sets = [frozenset(column.forms) for column in columns]
        for size in (3, 2):
            chain = longest_chain(once_in_each(words, sets, size))
            if chain:
                return chain
        if len(words) * len(columns) <= _BLOCK:
            return []
        chain = longest_chain(once_in_each(words, sets, 1))
        if chain:
            return chain
        common = [max(column.forms, key=lambda f: (column.forms[f], f)) for column in columns]
        pairs: list[Pair] = []
        for block in LCSseq.opcodes(words, common):
            if block.tag == "equal":
                pairs += zip(
                    range(block.src_start, block.src_end), range(block.dest_start, block.dest_end), strict=True
                )
        return pairs

    def _insert(self, witness: int, pairs: list[Pair]) -> None:
        """Put the version's tokens into the columns of their pairs, and new columns between for the others."""
        words = self.words[witness]
        grown: list[_Column] = []
        mine: list[_Column] = []
        at = 0
        paired = dict(pairs)
        for token, word in enumerate(words):
            if token in paired:
                grown += self.columns[at : paired[token] + 1]
                at = paired[token] + 1
            else:
                grown.append(_Column())
            grown[-1].put(witness, token, word)
            mine.append(grown[-1])
        self.columns = grown + self.columns[at:]
        self.column_of[witness] = mine

    def _index(self, witness: int) -> None:
        words, columns = self.words[witness], self.column_of[witness]
        known, column_of = self._runs, self.column_of
        for n, run in enumerate(_runs(words)):
            place = known.setdefault(run, (witness, n))
            if place is not None and column_of[place[0]][place[1]] is not columns[n]:
                known[run] = None


def _runs(words: Sequence[int]) -> list[tuple[int, ...]]:
    """Every run of four words."""
    return list(zip(words, words[1:], words[2:], words[3:], strict=False))


def _weight(form: str, times: float) -> float:
    """How much does it say that this word stands at one place in two versions? `times`: how often a version has it."""
    if times > _MANY:
        return 0.2
    if len(form) <= 3:
        return 0.4
    return 0.6 if times > _FEW else 1.0


def _likest_first(versions: Sequence[Sequence[int]]) -> list[int]:
    """The version that is most like all others, then always the one that is most like one that is in already."""
    sets = [set(zip(words, words[1:], words[2:], strict=False)) or {(w, 0, 0) for w in words} for words in versions]
    count = len(versions)
    alike = [[0.0] * count for _ in range(count)]
    for a in range(count):
        for b in range(a + 1, count):
            shared = len(sets[a] & sets[b])
            alike[a][b] = alike[b][a] = 2 * shared / max(1, len(sets[a]) + len(sets[b]))
    order = [max(range(count), key=lambda v: (sum(alike[v]), -v))]
    nearest = dict(enumerate(alike[order[0]]))
    del nearest[order[0]]
    while nearest:
        chosen = max(nearest, key=lambda v: (nearest[v], -v))
        del nearest[chosen]
        order.append(chosen)
        for v in nearest:
            nearest[v] = max(nearest[v], alike[chosen][v])
    return order
