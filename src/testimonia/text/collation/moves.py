"""Words that stand elsewhere: what one version has here, another has there."""

from collections.abc import Sequence

from testimonia.model.collation import Move, Token

# Three words in a row, and letters enough that they don't meet by chance.
_RUN = 3
_LETTERS = 14
# So many words within a moved passage may be others than in its old place.
_CHANGED = 3
_PLACES = 8
# Which versions have the same word opposite: one bit for each.
_Opposite = list[list[int]]


def find_moves(tokens: Sequence[Sequence[Token]], columns: Sequence[tuple[int, ...]]) -> tuple[Move, ...]:
    """Which words stand in one version at another place than in another?

    Only words are looked at that neither of the two versions has opposite the other's: the longest runs first. Each
    word moves once between two versions; where several versions have a passage at one place, the first of them is
    named. A few words in it may have changed. In the order of the first version's words.

    >>> from testimonia.text.collation.aligning import align
    >>> from testimonia.text.collation.tokens import tokenise
    >>> versions = ["At dawn the guns fell silent. We marched on to the river and slept.",
    ...             "We marched on to the river and slept. At dawn the guns fell silent."]
    >>> tokens = [tokenise(v) for v in versions]
    >>> [(m.tokens, m.other_tokens) for m in find_moves(tokens, align(tokens))]
    [((0, 6), (8, 14))]
    """
    opposite = _opposite(tokens, columns)
    found: list[tuple[int, Move]] = []
    seen: set[tuple[int, int, int, int]] = set()
    for places in _places(tokens, columns, opposite):
        for a, (w, n) in enumerate(places):
            for v, k in places[a + 1 :]:
                if v == w or (w, n, v, k) in seen:
                    continue
                length = _length(tokens, opposite, (w, n), (v, k), seen)
                if length >= _RUN:
                    one, other = sorted([(w, n), (v, k)])
                    move = _move(one, other, length)
                    found.append((_letters(tokens, move), move))
    taken: set[tuple[int, int, int]] = set()
    kept = []
    for _, move in sorted(found, key=lambda f: (-f[0], f[1].tokens, f[1].witness, f[1].other)):
        mine = {(move.witness, move.other, n) for n in range(*move.tokens)}
        theirs = {(move.other, move.witness, n) for n in range(*move.other_tokens)}
        if not taken & (mine | theirs):
            taken |= mine | theirs
            kept.append(move)
    kept.sort(key=lambda m: (m.witness, m.other, m.tokens))
    passages = [m for m in _passages(kept) if _letters(tokens, m) >= _LETTERS]
    return tuple(sorted(passages, key=lambda m: (m.witness, m.tokens, m.other)))


def _move(one: tuple[int, int], other: tuple[int, int], length: int) -> Move:
    (w, n), (v, k) = one, other
    return Move(witness=w, tokens=(n, n + length), other=v, other_tokens=(k, k + length))


def _letters(tokens: Sequence[Sequence[Token]], move: Move) -> int:
    return sum(len(t.form) for t in tokens[move.witness][slice(*move.tokens)])


def _opposite(tokens: Sequence[Sequence[Token]], columns: Sequence[tuple[int, ...]]) -> _Opposite:
    """For each token: which versions have its word opposite? A mark for withheld words is opposite all."""
    everyone = (1 << len(tokens)) - 1
    out = [[0] * len(version) for version in tokens]
    for column in columns:
        here: dict[str, int] = {}
        for w, token in enumerate(column):
            if token >= 0:
                form = tokens[w][token].form
                here[form] = here.get(form, 0) | 1 << w
        for w, token in enumerate(column):
            if token >= 0:
                form = tokens[w][token].form
                out[w][token] = here[form] if form.strip("\0\1") else everyone
    return out


def _places(
    tokens: Sequence[Sequence[Token]], columns: Sequence[tuple[int, ...]], opposite: _Opposite
) -> list[list[tuple[int, int]]]:
    """Where the same run of words begins that some version has not opposite: version and token, one for each place.

    Versions that agree there stand in the same columns; the first of them stands for all.
    """
    everyone = (1 << len(tokens)) - 1
    column_of = [[0] * len(version) for version in tokens]
    for c, column in enumerate(columns):
        for w, token in enumerate(column):
            if token >= 0:
                column_of[w][token] = c
    places: dict[tuple[str, ...], dict[tuple[int, int], tuple[int, int]]] = {}
    for w, version in enumerate(tokens):
        for n in range(len(version) - _RUN + 1):
            if opposite[w][n] | opposite[w][n + 1] | opposite[w][n + 2] != everyone:
                run = tuple([t.form for t in version[n : n + _RUN]])
                places.setdefault(run, {}).setdefault((column_of[w][n], column_of[w][n + 2]), (w, n))
    return [list(at.values())[:_PLACES] for at in places.values() if len(at) > 1]


def _length(
    tokens: Sequence[Sequence[Token]], opposite: _Opposite, one: tuple[int, int], other: tuple[int, int],
    seen: set[tuple[int, int, int, int]],
) -> int:  # fmt: skip
    """How many words from here on are the same in both, and not opposite each other's?"""
    (w, n), (v, k) = one, other
    length = 0
    while (
        n + length < len(tokens[w])
        and k + length < len(tokens[v])
        and not opposite[w][n + length] >> v & 1
        and not opposite[v][k + length] >> w & 1
        and tokens[w][n + length].form == tokens[v][k + length].form
    ):
        seen.add((w, n + length, v, k + length))
        length += 1
    return length


def _passages(moves: Sequence[Move]) -> list[Move]:
    """Moves that follow each other in both versions are one, with what changed between them."""
    out: list[Move] = []
    for move in moves:
        last = out[-1] if out else None
        if (
            last is not None
            and (last.witness, last.other) == (move.witness, move.other)
            and 0 <= move.tokens[0] - last.tokens[1] <= _CHANGED
            and 0 <= move.other_tokens[0] - last.other_tokens[1] <= _CHANGED
        ):
            out[-1] = Move(
                witness=last.witness, tokens=(last.tokens[0], move.tokens[1]), other=last.other,
                other_tokens=(last.other_tokens[0], move.other_tokens[1]),
            )  # fmt: skip
        else:
            out.append(move)
    return out
