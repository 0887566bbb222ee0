"""What does an OCR engine make of a printed sign that stands on its head?"""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

# Raw glyphs that say the same: engines differ in which one of them they print.
_ALIKE = str.maketrans("‘’‚“”„«»¦¬–•■", '\'\',"""<>|--**')
_LEAST_RATE = 1e-5
LONGEST_RAW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """How likely is each reading of each run of raw glyphs?

    `rates` maps (true characters, raw glyphs), both in the order of the true text, to the chance that these true
    characters come out as these glyphs: up to two true characters, up to three glyphs, either side may be empty (a sign
    that left no glyph, a glyph that no sign stands behind).
    """

    rates: Mapping[tuple[str, str], float]
    _readings: Mapping[str, tuple[tuple[str, float], ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        readings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for (true, raw), rate in self.rates.items():
            if rate >= _LEAST_RATE:
                readings[raw].append((true, math.log(rate)))
        ordered = {raw: tuple(sorted(found, key=lambda e: (-e[1], e[0]))) for raw, found in readings.items()}
        object.__setattr__(self, "_readings", ordered)

    def readings(self, raw: str) -> tuple[tuple[str, float], ...]:
        """Which true characters may these glyphs stand for, each with its log probability, the likeliest first?

        >>> [true for true, _ in Channel(rates={("n", "u"): 0.9, ("h", "u"): 0.1}).readings("u")]
        ['n', 'h']
        """
        found = self._readings.get(raw)
        return found if found is not None else self._readings.get(raw.translate(_ALIKE), ())

    def adapted(self, counts: Mapping[tuple[str, str], float], *, trust: float) -> "Channel":
        """The channel of a page on which these pairs were seen. Its own rates weigh as much as `trust` sightings.

        >>> Channel(rates={("n", "u"): 1.0}).adapted({("n", "U"): 10.0}, trust=10.0).rates[("n", "U")]
        0.5
        """
        seen: dict[str, float] = defaultdict(float)
        for (true, _), count in counts.items():
            for sign in true:
                seen[sign] += count
        rates: dict[tuple[str, str], float] = {}
        for pair in self.rates.keys() | counts.keys():
            own, count = self.rates.get(pair, 0.0), counts.get(pair, 0.0)
            of = min((seen[sign] for sign in pair[0]), default=0.0)
            rates[pair] = own if not pair[0] else (trust * own + count) / (trust + of)
        return Channel(rates=rates)


@lru_cache(maxsize=1)
def learned_channel() -> Channel:
    """What was learned from rendered, turned and read print? `tools/train_turned_channel.py` says how.

    The table has a line for each pair: true characters, raw glyphs, rate in millionths, between tabulators; lines that
    begin with two hash signs are its header.
    """
    table = files("testimonia.text.turned").joinpath("glyph_rates.tsv").read_text(encoding="utf-8")
    rates: dict[tuple[str, str], float] = {}
    for row in table.split("\n"):
        if row and not row.startswith("##"):
            true, raw, rate = row.split("\t")
            rates[true, raw] = int(rate) / 1e6
    return Channel(rates=rates)
