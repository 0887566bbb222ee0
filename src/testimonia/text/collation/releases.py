"""Releases of one document with different redactions: what each withholds, and what another shows in its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.model.collation import Collation
from testimonia.text.structure.redactions import read_quantity

_BARS = re.compile(r"[█■▇▆▊]")
_LESS = re.compile(r"\bless than\b|\bunder\b|\bup to\b", re.I)
LETTERS_OF_WORD = 6.0  # an English word of prose with the space behind it


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One mark for withheld words, and what other versions have in its place.

    `mark` is the number of the mark's token in `witness`. `shown` are the stretches of tokens (witness, first, end)
    that stand opposite it, the fullest first; `partly` is true where even the fullest has a mark of its own in there.
    """

    witness: int
    mark: int
    shown: tuple[tuple[int, int, int], ...]
    partly: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How long is what is hidden? Characters at least and at most, None where nothing says; the reason in words."""

    least: int | None
    most: int | None
    reason: str

    def fits(self, characters: int) -> bool | None:
        """Can words of this length have stood there? None where nothing says how long it was."""
        if self.least is None or self.most is None:
            return None
        return self.least <= characters <= self.most


def find_filled(collation: Collation) -> tuple[Filled, ...]:
    """Which withheld words does another version show?

    Every mark of every version, in the order of the columns; `shown` is empty where all withhold them. What stands
    opposite a mark is what the others have from the word before the mark to the word after it.

    >>> from testimonia.text.collation.collating import collate
    >>> found = collate(["He met [2 words deleted] at noon.", "He met Ilse Thornby at noon."])
    >>> [found.words(v, (a, z)) for filled in find_filled(found) for v, a, z in filled.shown]
    ['Ilse Thornby']
    """
    filled = []
    for n, column in enumerate(collation.columns):
        for w, token in enumerate(column):
            if token < 0 or not collation.tokens[w][token].withheld:
                continue
            start, end = _hidden_columns(collation.columns, w, n)
            shown = []
            for v in range(len(collation.texts)):
                here = [c[v] for c in collation.columns[start:end] if c[v] >= 0]
                if v != w and any(not collation.tokens[v][t].withheld for t in here):
                    shown.append((v, here[0], here[-1] + 1))
            shown.sort(key=lambda s: (-_shown_letters(collation, s), s[0]))
            partly = bool(shown) and any(t.withheld for t in collation.tokens[shown[0][0]][shown[0][1] : shown[0][2]])
            filled.append(Filled(witness=w, mark=token, shown=tuple(shown), partly=partly))
    return tuple(filled)


def put_together(collation: Collation) -> tuple[tuple[int, int, int], ...]:
    """What is the fullest text, and from which version comes every word?

    Stretches of tokens (witness, first, end) in the order of the text. It follows one version, the one that shows most,
    and takes from the next fullest what that one withholds; a mark stays where all withhold.

    >>> from testimonia.text.collation.collating import collate
    >>> found = collate(["He met [name deleted] at noon in Carrow.", "He met Ilse at noon in [place deleted]."])
    >>> " ".join(found.words(w, (a, z)) for w, a, z in put_together(found))
    'He met Ilse at noon in Carrow.'
    """
    count = len(collation.texts)
    hidden = [[False] * len(collation.columns) for _ in range(count)]
    for n, column in enumerate(collation.columns):
        for w, token in enumerate(column):
            if token >= 0 and collation.tokens[w][token].withheld:
                start, end = _hidden_columns(collation.columns, w, n)
                hidden[w][start:end] = [True] * (end - start)
    letters = [_shown_letters(collation, (w, 0, len(collation.tokens[w]))) for w in range(count)]
    fullest = sorted(range(count), key=lambda w: (-letters[w], collation.texts[w]))
    runs: list[tuple[int, int, int]] = []
    for n, column in enumerate(collation.columns):
        chosen = next((w for w in fullest if not hidden[w][n]), None)
        if chosen is None:  # all withhold: the mark of the fullest that has one here
            chosen = next((w for w in fullest if column[w] >= 0), None)
            if chosen is None or (runs and hidden[runs[-1][0]][n - 1] and _only_marks(collation, runs[-1])):
                continue
        token = column[chosen]
        if token < 0:
            continue
        if runs and runs[-1][0] == chosen and runs[-1][2] == token:
            runs[-1] = (chosen, runs[-1][1], token + 1)
        else:
            runs.append((chosen, token, token + 1))
    return tuple(runs)


def estimate_extent(printed: str, line_letters: float, assumed: bool = False) -> Extent:
    """How long was what this mark stands for?

    `line_letters` is how long a full line of the release is, in characters; `assumed` where it is not known. Half a
    line more or less is allowed for what is stated; a bar is as long as what it covers.

    >>> estimate_extent("[1½ lines not declassified]", 60)
    Extent(least=60, most=120, reason='1.5 lines are stated, and a full line has about 60 characters')
    >>> estimate_extent("[less than 1 line not declassified]", 60).most, estimate_extent("[Excised.]", 60).most
    (60, None)
    """
    bars = len(_BARS.findall(printed))
    if bars:
        return Extent(
            least=round(bars * 0.7), most=round(bars * 1.4) + 1, reason=f"a bar of {bars} characters covers it"
        )
    quantity, unit = read_quantity(printed)
    if quantity is None or unit is None:
        return Extent(least=None, most=None, reason="nothing says how long it was")
    letters = {"line": line_letters, "word": LETTERS_OF_WORD, "page": 40 * line_letters}.get(unit)
    stated = f"{quantity:g} {unit}{'' if quantity == 1 else 's'}"
    if letters is None:
        return Extent(least=None, most=None, reason=f"{stated} withheld: how long, nothing says")
    measure = {
        "line": f"a full line {'is taken to have' if assumed else 'has'} about {line_letters:.0f} characters",
        "word": f"a word has about {LETTERS_OF_WORD:.0f} letters with its space",
        "page": f"a page is taken to have 40 lines of about {line_letters:.0f} characters",
    }[unit]
    if _LESS.search(printed):
        return Extent(least=1, most=round(quantity * letters), reason=f"less than {stated}, and {measure}")
    spread = 0.5 if unit == "line" else 0.35 * quantity
    least, most = max(1, round((quantity - spread) * letters)), round((quantity + spread) * letters)
    return Extent(
        least=least, most=most, reason=f"{stated} are stated, and {measure}".replace("1 line are", "1 line is")
    )


def _hidden_columns(columns: Sequence[tuple[int, ...]], witness: int, mark: int) -> tuple[int, int]:
    """The columns for which a mark stands: its own and those beside it where its version has no words."""
    start, end = mark, mark + 1
    while start > 0 and columns[start - 1][witness] < 0:
        start -= 1
    while end < len(columns) and columns[end][witness] < 0:
        end += 1
    return start, end


def _shown_letters(collation: Collation, stretch: tuple[int, int, int]) -> int:
    witness, first, end = stretch
    return sum(len(t.form) for t in collation.tokens[witness][first:end] if not t.withheld)


def _only_marks(collation: Collation, run: tuple[int, int, int]) -> bool:
    return collation.tokens[run[0]][run[2] - 1].withheld
