"""Which characters does OCR take for which, and how often?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from math import log

Option = tuple[int, str, float]
"""How many characters were read, what was printed there (lower-case), and the log of how often."""

_CASE_RATE = log(1e-3)


class Channel:
    """The confusions of OCR, by what was read.

    `printed` gives for what was read (its case kept, "" where a character was lost) what may have been printed
    (lower-case, "" where OCR saw a character that is none) with the log of its rate; `edits_per_letter` is how often
    any confusion was seen in the pages that the rates come from.
    """

    def __init__(self, printed: Mapping[str, Sequence[tuple[str, float]]], edits_per_letter: float) -> None:
        self.printed, self.edits_per_letter = printed, edits_per_letter
        self.longest = max(map(len, printed))
        self._options = {read: tuple((len(read), p, rate) for p, rate in found) for read, found in printed.items()}
        self._lost = self._options.get("", ())
        self._at: dict[tuple[str, bool], tuple[Option, ...]] = {}
        self._by_letter: dict[tuple[str, bool], Mapping[str, Sequence[Option]]] = {}

    def options(self, word: str) -> list[tuple[Option, ...]]:
        """For each place of the word, what may have been printed there instead of what was read."""
        return [self._of(place) for place in self._places(word)]

    def options_by_letter(self, word: str) -> list[Mapping[str, Sequence[Option]]]:
        """The same by the first letter of what may have been printed, the likeliest first."""
        out = []
        for place in self._places(word):
            known = self._by_letter.get(place)
            if known is None:
                found: defaultdict[str, list[Option]] = defaultdict(list)
                for option in sorted(self._of(place), key=lambda o: -o[2]):
                    found[option[1][:1]].append(option)
                known = self._by_letter[place] = dict(found)
            out.append(known)
        return out

    def _places(self, word: str) -> list[tuple[str, bool]]:
        """What stands at each place of the word and after it, and whether it is a capital that stands there oddly."""
        capitals = word.isupper() and len(word) > 1
        longest = self.longest
        return [
            (word[i : i + longest], i > 0 and not capitals and word[i : i + 1].isupper()) for i in range(len(word) + 1)
        ]

    def _of(self, place: tuple[str, bool]) -> tuple[Option, ...]:
        known = self._at.get(place)
        if known is None:
            read, odd = place
            found = [*self._lost]
            if odd:
                found.append((1, read[0].lower(), _CASE_RATE))
            for size in range(1, len(read) + 1):
                found += self._options.get(read[:size], ())
            known = self._at[place] = tuple(found)
        return known


@lru_cache(maxsize=1)
def ocr_channel() -> Channel:
    """The confusions that the package ships, counted on newspapers of the nineteenth and twentieth centuries.

    >>> "m" in dict(ocr_channel().printed["rn"])
    True
    """
    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    edits_per_letter = 0.0
    for row in files(__package__).joinpath("confusions.tsv").read_text(encoding="utf-8").splitlines():
        if row.startswith("# "):
            continue
        read, printed, rate = row.split("\t")
        if read == "edits a letter":
            edits_per_letter = float(rate)
        elif not any(sign.isdigit() for sign in printed):
            found[read].append((printed, log(float(rate))))
    return Channel(dict(found), edits_per_letter)
