"""Which characters does OCR take for which, and how often?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import log

Option = tuple[int, str, float]
"""How many characters were read, what was printed there (lower-case), and the log of how often."""

_CASE_RATE = log(1e-3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """The confusions of OCR, by what was read.

    `printed` gives for what was read (its case kept, "" where a character was lost) what may have been printed
    (lower-case, "" where OCR saw a character that is none) with the log of its rate; `edits_per_letter` is how often
    any confusion was seen in the pages that the rates come from.
    """

    printed: Mapping[str, Sequence[tuple[str, float]]]
    edits_per_letter: float
    longest: int

    def options(self, word: str) -> list[list[Option]]:
        """For each place of the word, what may have been printed there instead of what was read."""
        capitals = word.isupper() and len(word) > 1
        out: list[list[Option]] = []
        for i, sign in enumerate(word):
            here = [(0, printed, rate) for printed, rate in self.printed.get("", ())]
            if i and sign.isupper() and not capitals:
                here.append((1, sign.lower(), _CASE_RATE))
            for size in range(1, min(self.longest, len(word) - i) + 1):
                here += [(size, printed, rate) for printed, rate in self.printed.get(word[i : i + size], ())]
            out.append(here)
        out.append([(0, printed, rate) for printed, rate in self.printed.get("", ())])
        return out


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
    return Channel(printed=dict(found), edits_per_letter=edits_per_letter, longest=max(map(len, found)))
