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
_ROUNDS, _LEAST_SHARE = 60, 0.02
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

    def mixed(self, other: "Channel", share: float) -> "Channel":
        """The channel of print of which this share is the other's.

        >>> Channel(rates={("n", "u"): 1.0}).mixed(Channel(rates={("n", "U"): 1.0}), 0.25).rates[("n", "u")]
        0.75
        """
        pairs = self.rates.keys() | other.rates.keys()
        return Channel(
            rates={p: (1.0 - share) * self.rates.get(p, 0.0) + share * other.rates.get(p, 0.0) for p in pairs}
        )

    def share_of(self, other: "Channel", counts: Mapping[tuple[str, str], float]) -> float:
        """Which share of the other channel, mixed into this one, explains best that these pairs were seen so often?

        From 0.02 to 0.98, found by expectation-maximisation.

        >>> print = Channel(rates={("n", "u"): 0.9, ("n", "U"): 0.1})
        >>> round(print.share_of(Channel(rates={("n", "u"): 0.1, ("n", "U"): 0.9}), {("n", "u"): 3, ("n", "U"): 7}), 2)
        0.75
        """
        seen = [(n, self.rates.get(pair, 0.0), other.rates.get(pair, 0.0)) for pair, n in counts.items()]
        seen = [(n, own, others) for n, own, others in seen if own + others > 0]
        total = sum(n for n, _, _ in seen)
        share = 0.5
        for _ in range(_ROUNDS if total else 0):
            share = sum(n * share * others / ((1 - share) * own + share * others) for n, own, others in seen) / total
            share = min(1.0 - _LEAST_SHARE, max(_LEAST_SHARE, share))
        return share


@lru_cache(maxsize=1)
def typed_channel() -> Channel:
    """What was learned from typewritten pages, turned and read? `tools/train_turned_typescripts.py` says how."""
    return _learned("typed_glyph_rates.tsv")


@lru_cache(maxsize=1)
def learned_channel() -> Channel:
    """What was learned from rendered, turned and read print? `tools/train_turned_channel.py` says how."""
    return _learned("glyph_rates.tsv")


def _learned(name: str) -> Channel:
    """The channel of a table, which has a line for each pair: true characters, raw glyphs, rate in millionths, between
    tabulators; lines that begin with two hash signs are its header."""
    table = files("testimonia.text.turned").joinpath(name).read_text(encoding="utf-8")
    rates: dict[tuple[str, str], float] = {}
    for row in table.split("\n"):
        if row and not row.startswith("##"):
            true, raw, rate = row.split("\t")
            rates[true, raw] = int(rate) / 1e6
    return Channel(rates=rates)
