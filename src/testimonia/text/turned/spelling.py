"""Which words of the vocabulary may the glyphs from here on spell?"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from testimonia.text.turned.channel import LONGEST_RAW, Channel
from testimonia.text.turned.glyphs import LINE_END
from testimonia.text.turned.vocabulary import Vocabulary

# A word printed over a line end: the hyphen is the page's, or the word's own.
_HYPHENS = "-~¬—–_="
_HYPHENED = -2.0
_BROKEN_LINE = -7.0
_STRANGE_GLYPH = -8.0
_ANY_LETTER = -8.0
# Capitals: first letter of a word, all of a word, one in the midst of small letters, a small one among capitals.
_CAPITAL, _ALL_CAPITALS, _STRAY_CAPITAL, _STRAY_SMALL = -2.5, -2.0, -5.0, -4.0
_SMALL, _ONE, _ALL = 0, 1, 2
_LEAST_LOGP = -10.0
_FARTHEST_WORSE = 9.0
_AT_BOUNDARY, _INSIDE = 8, 4
_NEVER = -1e9

# The letters spelt so far, last first: (trail before, true characters, number of glyphs), None at the start.
Trail = Any
Layer = dict[int, tuple[float, Trail]]


class Spelling(NamedTuple):
    """One word read from the glyphs up to `end`: as spelt, in small letters, and how well glyphs and word go with it.

    `units` pair true characters with the number of glyphs that they came out as, in order.
    """

    end: int
    text: str
    word: str
    glyph_logp: float
    word_logp: float
    units: tuple[tuple[str, int], ...]


class Options(NamedTuple):
    """What may the glyphs at one place stand for?

    `letters` are, for each number of glyphs, (log probability, small letter, is it a capital), the likeliest first;
    `doubles` map a first letter to the second, with log probability, number of glyphs and which are capitals; `skips`
    are glyphs that no letter stands behind; `marks` map a punctuation mark to log probability and number of glyphs.
    """

    letters: tuple[tuple[int, tuple[tuple[float, str, bool], ...]], ...]
    doubles: dict[str, list[tuple[str, float, int, bool, bool]]]
    skips: tuple[tuple[float, int], ...]
    marks: dict[str, list[tuple[float, int]]]


@dataclass(slots=True, kw_only=True)
class Speller:
    """Which words may stand at a place of the glyph stream? Searches the vocabulary through the channel.

    `beam` bounds the spellings followed at once, `slack` how much worse than the best they may be (in nats), and
    `glyph_weight` scales what the glyphs say against what the language says.
    """

    glyphs: str
    channel: Channel
    vocabulary: Vocabulary
    beam: int = 40
    slack: float = 8.0
    glyph_weight: float = 1.0
    _options: dict[int, Options] = field(default_factory=dict)
    _found: dict[int, tuple[Spelling, ...]] = field(default_factory=dict)
    _dropped: dict[str, float] = field(default_factory=dict)
    _reach: int = 0
    _least_drop: float = _NEVER

    def __post_init__(self) -> None:
        for true, logp in self.channel.readings(""):
            if (true == " " or true.isalpha()) and len(true) == 1 and logp > _LEAST_LOGP:
                self._dropped[true] = max(logp * self.glyph_weight, self._dropped.get(true, _NEVER))
        self._least_drop = max(self._dropped.values(), default=_NEVER)
        self._reach = self.vocabulary.longest + self.vocabulary.longest // 2 + 4

    def options(self, at: int) -> Options:
        """What may the glyphs at this place stand for?"""
        found = self._options.get(at)
        if found is None:
            found = self._options[at] = self._weigh(at)
        return found

    def spellings(self, start: int) -> tuple[Spelling, ...]:
        """Which words may begin at this place? In the order of their ends."""
        found = self._found.get(start)
        if found is None:
            found = self._found[start] = tuple(self._spell(start))
        return found

    def _weigh(self, at: int) -> Options:
        letters: list[tuple[int, tuple[tuple[float, str, bool], ...]]] = []
        doubles: dict[str, list[tuple[str, float, int, bool, bool]]] = {}
        skips: list[tuple[float, int]] = []
        marks: dict[str, list[tuple[float, int]]] = {}
        for size in range(1, LONGEST_RAW + 1):
            raw = self.glyphs[at : at + size]
            if len(raw) < size:
                break
            if LINE_END in raw:
                if size == 1:
                    skips.append((_BROKEN_LINE, 1))
                    letters.append((1, ((0.0, " ", False),)))
                elif size == 2 and raw[0] in _HYPHENS:
                    skips.append((_HYPHENED, 2))
                    marks.setdefault("-", []).append((_HYPHENED, 2))
                continue
            readings = self.channel.readings(raw)
            if size == 1 and not readings:
                skips.append((_STRANGE_GLYPH, 1))
            single = []
            for true, rate in readings:
                logp = rate * self.glyph_weight
                if logp < _LEAST_LOGP or (" " in true and true != " "):
                    continue
                small = true.lower()
                if not true:
                    skips.append((logp, size))
                elif len(true) == 2:
                    seconds = doubles.setdefault(small[0], [])
                    seconds.append((small[1], logp, size, small[0] != true[0], small[1] != true[1]))
                else:
                    single.append((logp, small, small != true))
                    if not true.isalnum() and true != " ":
                        marks.setdefault(true, []).append((logp, size))
            if single:
                letters.append((size, tuple(single)))
        return Options(tuple(letters), doubles, tuple(skips), marks)

    def _spell(self, start: int) -> list[Spelling]:
        layers: dict[int, Layer] = {start: {0: (0.0, None)}}
        tops: dict[int, float] = {}
        found: list[Spelling] = []
        stop = min(len(self.glyphs), start + self._reach)
        at = start
        while layers and at <= stop:
            layer = layers.pop(at, None)
            if layer:
                states = self._survivors(layer)
                if at > start and self._drop(states, layer):
                    states = self._survivors(layer)
                if at > start:
                    found.extend(self._ended(states, at))
                if at < stop:
                    self._step(at, states, layers, tops)
            at += 1
        return found

    def _drop(self, states: list[tuple[float, int, float, Trail]], layer: Layer) -> bool:
        """Add to the layer what comes of letters that left no glyph after these states; was there anything to add?"""
        best, children, dropped = self.vocabulary.best, self.vocabulary.children, self._dropped
        floor = states[0][0] - self.slack
        added = False
        for promise, key, logp, trail in states:
            node = key // 3
            if not node or promise + self._least_drop < floor:
                continue
            below = children[node]
            for letter, child in below.items():
                rate = dropped.get(letter)
                if rate is None:
                    continue
                reached = logp + rate
                if reached + best[child] < floor:
                    continue
                to = child * 3 + key % 3
                known = layer.get(to)
                if known is None or known[0] < reached:
                    layer[to] = (reached, (trail, letter, 0))
                    added = True
        return added

    def _survivors(self, layer: Layer) -> list[tuple[float, int, float, Trail]]:
        """The best states: their promise (with the likeliest word below), key, log probability, and trail."""
        best = self.vocabulary.best
        states = [(logp + best[key // 3], key, logp, trail) for key, (logp, trail) in layer.items()]
        floor = max(state[0] for state in states) - self.slack
        states = [state for state in states if state[0] >= floor]
        states.sort(key=lambda state: (-state[0], state[1]))
        return states[: self.beam]

    def _step(
        self, at: int, states: list[tuple[float, int, float, Trail]], layers: dict[int, Layer], tops: dict[int, float]
    ) -> None:
        options = self.options(at)
        children, best, slack = self.vocabulary.children, self.vocabulary.best, self.slack
        solid = self.glyphs[at] not in " \n"
        starts = self.vocabulary.starts
        for promise, key, logp, trail in states:
            node, case = divmod(key, 3)
            below = children[node]
            begins = node in starts
            small, capital = (0.0, _CAPITAL) if begins else _CASE_COSTS[case]
            upper = _ONE if begins else _ALL if case else _SMALL
            for size, readings in options.letters:
                to = at + size
                top = tops.get(to, _NEVER)
                layer = layers.setdefault(to, {})
                least = top - slack - promise
                for rate, letter, is_capital in readings:
                    if rate < least:
                        break
                    child = below.get(letter)
                    if child is None:
                        continue
                    reached = logp + rate + (capital if is_capital else small)
                    hoped = reached + best[child]
                    if hoped < top - slack:
                        continue
                    if hoped > top:
                        top = tops[to] = hoped
                    next_key = child * 3 + (upper if is_capital else _SMALL)
                    known = layer.get(next_key)
                    if known is None or known[0] < reached:
                        layer[next_key] = (reached, (trail, letter.upper() if is_capital else letter, size))
            if solid and promise + _ANY_LETTER * self.glyph_weight >= tops.get(at + 1, _NEVER) - slack:
                self._any_letter(at, below, logp, trail, layers, tops)
            if options.doubles:
                self._doubles(at, options, key, logp, trail, layers, tops)
            for rate, size in options.skips:
                if promise + rate >= tops.get(at + size, _NEVER) - slack:
                    layer = layers.setdefault(at + size, {})
                    known = layer.get(key)
                    if known is None or known[0] < logp + rate:
                        layer[key] = (logp + rate, (trail, "", size))

    def _any_letter(
        self,
        at: int,
        below: dict[str, int],
        logp: float,
        trail: Trail,
        layers: dict[int, Layer],
        tops: dict[int, float],
    ) -> None:
        """A glyph may stand for a letter that it was never seen for."""
        best, layer = self.vocabulary.best, layers.setdefault(at + 1, {})
        reached = logp + _ANY_LETTER * self.glyph_weight
        floor = tops.get(at + 1, _NEVER) - self.slack
        for letter, child in below.items():
            if reached + best[child] >= floor and (child * 3 not in layer or layer[child * 3][0] < reached):
                layer[child * 3] = (reached, (trail, letter, 1))

    def _doubles(
        self,
        at: int,
        options: Options,
        key: int,
        logp: float,
        trail: Trail,
        layers: dict[int, Layer],
        tops: dict[int, float],
    ) -> None:
        """Two letters may have come out as one run of glyphs."""
        children, best = self.vocabulary.children, self.vocabulary.best
        node, case = divmod(key, 3)
        for first, seconds in options.doubles.items():
            middle = children[node].get(first)
            if middle is None:
                continue
            for second, rate, size, first_capital, second_capital in seconds:
                child = children[middle].get(second)
                if child is None:
                    continue
                begins = node in self.vocabulary.starts
                reached = logp + rate + _double_cost(begins, case, first_capital, second_capital)
                hoped, to = reached + best[child], at + size
                top = tops.get(to, _NEVER)
                if hoped < top - self.slack:
                    continue
                if hoped > top:
                    tops[to] = hoped
                layer = layers.setdefault(to, {})
                next_key = child * 3 + (_ALL if second_capital else _SMALL)
                known = layer.get(next_key)
                if known is None or known[0] < reached:
                    text = (first.upper() if first_capital else first) + (second.upper() if second_capital else second)
                    layer[next_key] = (reached, (trail, text, size))

    def _ended(self, states: list[tuple[float, int, float, Trail]], at: int) -> list[Spelling]:
        words = self.vocabulary.words
        ended = []
        for _, key, logp, trail in states:
            word_logp = words[key // 3]
            if word_logp is not None:
                ended.append((logp + word_logp, logp, word_logp, trail))
        if not ended:
            return []
        ended.sort(key=lambda e: -e[0])
        boundary = at >= len(self.glyphs) or self.glyphs[at] in " \n"
        floor = ended[0][0] - _FARTHEST_WORSE
        found = []
        for total, logp, word_logp, trail in ended[: _AT_BOUNDARY if boundary else _INSIDE]:
            if total < floor:
                break
            units = _units(trail)
            text = "".join(true for true, _ in units)
            found.append(Spelling(at, text, text.lower(), logp, word_logp, units))
        return found


_CASE_COSTS = ((0.0, _STRAY_CAPITAL), (0.0, _ALL_CAPITALS), (_STRAY_SMALL, 0.0))


def _double_cost(begins: bool, case: int, first_capital: bool, second_capital: bool) -> float:
    if begins:
        return _CAPITAL if first_capital else _STRAY_SMALL if second_capital else 0.0
    small, capital = _CASE_COSTS[case]
    return capital if first_capital or second_capital else small


def _units(trail: Trail) -> tuple[tuple[str, int], ...]:
    units: list[tuple[str, int]] = []
    while trail is not None:
        trail, true, size = trail[0], trail[1], trail[2]
        units.append((true, size))
    units.reverse()
    return tuple(units)
