"""What do statements become when their passages are put together or taken apart?"""

from collections.abc import Sequence
from dataclasses import replace

from testimonia.model.comparison import Statement
from testimonia.model.spans import Anchor
from testimonia.text.anchoring import finding_id

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def join_statements(own: Statement, other: Statement) -> Statement:
    """Two statements of one account as one: passages in the order of the text, each once; stance, version and value
    are the first one's."""
    cited: dict[tuple[str, int, int], Anchor] = {}
    clashes: dict[tuple[str, int, int], set[tuple[int, int]]] = {}
    for statement in (own, other):
        for n, anchor in enumerate(statement.anchors):
            key = (anchor.layer, anchor.start, anchor.end)
            cited.setdefault(key, anchor)
            clashes.setdefault(key, set()).update((s, e) for at, s, e in statement.clashes if at == n)
    order = sorted(cited)
    anchors = tuple(cited[key] for key in order)
    return replace(
        own,
        id=_named(own, anchors),
        anchors=anchors,
        attribution=tuple(dict.fromkeys((*own.attribution, *other.attribution))),
        clashes=tuple((n, s, e) for n, key in enumerate(order) for s, e in sorted(clashes[key])),
    )


def only_anchors(statement: Statement, numbers: Sequence[int]) -> Statement:
    """The statement with only these of its passages; itself where they are all."""
    if len(numbers) == len(statement.anchors):
        return statement
    anchors = tuple(statement.anchors[n] for n in numbers)
    now = {n: at for at, n in enumerate(numbers)}
    quoted = " ".join(a.quote for a in anchors)
    return replace(
        statement,
        id=_named(statement, anchors),
        anchors=anchors,
        value=statement.value if statement.value in quoted else anchors[0].quote,
        clashes=tuple((now[n], s, e) for n, s, e in statement.clashes if n in now),
    )


def version_called(number: int) -> str:
    """What the version of this number is called: letters, in the order of the alphabet also beyond the 26th.

    >>> [version_called(n) for n in (0, 25, 26, 52)]
    ['a', 'z', 'za', 'zza']
    """
    beyond, letter = divmod(number, len(_LETTERS))
    return "z" * beyond + _LETTERS[letter]


def with_versions(statements: Sequence[Statement]) -> list[Statement]:
    """The same with letters for their versions, "a" for the first; what had one letter keeps one letter."""
    order = list(dict.fromkeys(s.version for s in statements))
    return [replace(s, version=version_called(order.index(s.version))) for s in statements]


def _named(statement: Statement, anchors: Sequence[Anchor]) -> str:
    return finding_id("statement", anchors[0].source, statement.account, [(a.start, a.end) for a in anchors])
