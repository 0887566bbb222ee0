"""Words that stand elsewhere: what one version has here, another has there."""

from collections.abc import Sequence

from testimonia.model.collation import Move, Token

# Three words in a row, and letters enough that they don't meet by chance.
_RUN = 3
_LETTERS = 14


def find_moves(tokens: Sequence[Sequence[Token]], columns: Sequence[tuple[int, ...]]) -> tuple[Move, ...]:
    """Which words stand in one version at another place than in another?

    Only words that no other version has opposite them are looked at, on both sides: the longest runs first. Each word
    moves once. In the order of the first version's words.

    >>> from testimonia.text.collation.aligning import align
    >>> from testimonia.text.collation.tokens import tokenise
    >>> versions = ["At dawn the guns fell silent. We marched on to the river and slept.",
    ...             "We marched on to the river and slept. At dawn the guns fell silent."]
    >>> tokens = [tokenise(v) for v in versions]
    >>> [(m.tokens, m.other_tokens) for m in find_moves(tokens, align(tokens))]
    [((0, 6), (8, 14))]
    """
    alone = _unmatched(tokens, columns)
    places: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for w, free in enumerate(alone):
        for n in range(len(free) - _RUN + 1):
            if all(free[n : n + _RUN]):
                places.setdefault(tuple(t.form for t in tokens[w][n : n + _RUN]), []).append((w, n))
    found: list[tuple[int, Move]] = []
    seen: set[tuple[int, int, int, int]] = set()
    for run in places.values():
        for a, (w, n) in enumerate(run[:8]):
            for v, k in run[a + 1 : 8]:
                if v == w or (w, n, v, k) in seen:
                    continue
                length = _length(tokens, alone, (w, n), (v, k), seen)
                letters = sum(len(t.form) for t in tokens[w][n : n + length])
                if letters >= _LETTERS:
                    found.append(
                        (letters, Move(witness=w, tokens=(n, n + length), other=v, other_tokens=(k, k + length)))
                    )
    taken: set[tuple[int, int, int]] = set()
    kept = []
    for _, move in sorted(found, key=lambda f: (-f[0], f[1].tokens, f[1].witness, f[1].other)):
        mine = {(move.witness, move.other, n) for n in range(*move.tokens)}
        theirs = {(move.other, move.witness, n) for n in range(*move.other_tokens)}
        if not taken & (mine | theirs):
            taken |= mine | theirs
            kept.append(move)
    return tuple(sorted(kept, key=lambda m: (m.witness, m.tokens, m.other)))


def _unmatched(tokens: Sequence[Sequence[Token]], columns: Sequence[tuple[int, ...]]) -> list[list[bool]]:
    """For each token: is there no other version that has its word opposite?"""
    alone = [[True] * len(version) for version in tokens]
    for column in columns:
        here: dict[str, list[int]] = {}
        for w, token in enumerate(column):
            if token >= 0:
                here.setdefault(tokens[w][token].form, []).append(w)
        for form, witnesses in here.items():
            for w in witnesses:
                if len(witnesses) > 1 or not form.strip("\0\1"):
                    alone[w][column[w]] = False
    return alone


def _length(
    tokens: Sequence[Sequence[Token]], alone: list[list[bool]], one: tuple[int, int], other: tuple[int, int],
    seen: set[tuple[int, int, int, int]],
) -> int:  # fmt: skip
    """How many words from here on are the same in both?"""
    (w, n), (v, k) = one, other
    length = 0
    while (
        n + length < len(alone[w])
        and k + length < len(alone[v])
        and alone[w][n + length]
        and alone[v][k + length]
        and tokens[w][n + length].form == tokens[v][k + length].form
    ):
        seen.add((w, n + length, v, k + length))
        length += 1
    return length
