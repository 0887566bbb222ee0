"""In which order do points stand in the story?"""

from collections.abc import Mapping, Sequence

_ROUNDS = 12


def order_rows(rows: Sequence[Mapping[int, int]]) -> list[int]:
    """The numbers of the rows in the order of the story that the accounts together tell.

    A row maps account numbers to where the account comes to speak of it (any rising number). Every account gives its
    rows places in its own order; a row stands at the mean of its places, and the accounts are heard again until all
    have had their say twelve times. Ties keep the order of the rows.
    """
    accounts = sorted({a for row in rows for a in row})
    told = {a: sorted((n for n, row in enumerate(rows) if a in row), key=lambda n: (rows[n][a], n)) for a in accounts}
    length = {a: max(1, max(rows[n][a] for n in told[a])) for a in accounts}
    place = [sum(row[a] / length[a] for a in sorted(row)) / len(row) for row in rows]
    for _ in range(_ROUNDS):
        heard: list[list[float]] = [[] for _ in rows]
        for a in accounts:
            for n, at in zip(told[a], sorted(place[n] for n in told[a]), strict=True):
                heard[n].append(at)
        place = [sum(h) / len(h) for h in heard]
    return sorted(range(len(rows)), key=lambda n: (place[n], n))
