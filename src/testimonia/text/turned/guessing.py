"""What may an unknown word be, letter by letter?"""

from dataclasses import dataclass, field

from testimonia.text.turned.language import LetterModel
from testimonia.text.turned.spelling import Speller, Spelling

_BEAM = 5
_LONGEST = 24
# What a word that no list knows costs, besides its letters.
UNKNOWN_LOGP = -8.0
_END = "$"
_MARKS_AFTER = 2

State = tuple[float, float, str, tuple[tuple[str, int], ...]]


@dataclass(slots=True, kw_only=True)
class Guesser:
    """How may words that no vocabulary has be spelt?"""

    speller: Speller
    letters: LetterModel
    _found: dict[int, tuple[Spelling, ...]] = field(default_factory=dict)

    def guesses(self, start: int) -> tuple[Spelling, ...]:
        """Which unknown words may begin at this place?"""
        found = self._found.get(start)
        if found is None:
            found = self._found[start] = _guess(self.speller, self.letters, start)
        return found


def _guess(speller: Speller, letters: LetterModel, start: int) -> tuple[Spelling, ...]:
    """How may the glyphs from `start` to the next space be spelt, if no vocabulary has the word?

    One guess for each end: at the space, and up to two glyphs before it, where a mark may stand.
    """
    glyphs = speller.glyphs
    end = start
    while end < len(glyphs) and glyphs[end] not in " \n":
        end += 1
    if not 0 < end - start <= _LONGEST:
        return ()
    layers: dict[int, dict[str, State]] = {start: {"^^": (0.0, 0.0, "", ())}}
    found: list[Spelling] = []
    for at in range(start, end + 1):
        layer = layers.pop(at, None)
        if not layer:
            continue
        states = sorted(layer.items(), key=lambda item: (-item[1][0] - item[1][1], item[0]))[:_BEAM]
        if at > start and at >= end - _MARKS_AFTER:
            found.extend(_ended(states, letters, at))
        if at < end:
            _step(speller, letters, at, end, states, layers)
    return tuple(found)


def _ended(states: list[tuple[str, State]], letters: LetterModel, at: int) -> list[Spelling]:
    ended = [
        (glyph_logp, letter_logp + letters.after(last).get(_END, -9.0), text, units)
        for last, (glyph_logp, letter_logp, text, units) in states
        if text
    ]
    if not ended:
        return []
    glyph_logp, letter_logp, text, units = max(ended, key=lambda e: (e[0] + e[1], e[2]))
    return [Spelling(at, text, text.lower(), glyph_logp, UNKNOWN_LOGP + letter_logp, units)]


def _step(
    speller: Speller,
    letters: LetterModel,
    at: int,
    end: int,
    states: list[tuple[str, State]],
    layers: dict[int, dict[str, State]],
) -> None:
    options = speller.options(at)
    for last, (glyph_logp, letter_logp, text, units) in states:
        after = letters.after(last)
        for size, readings in options.letters:
            if at + size > end:
                break
            layer = layers.setdefault(at + size, {})
            for rate, letter, is_capital in readings:
                follows = after.get(letter)
                if follows is None or not letter.isalnum():
                    continue
                reached = (glyph_logp + rate - (1.0 if is_capital and text else 0.0), letter_logp + follows)
                known = layer.get(last[1] + letter)
                if known is None or known[0] + known[1] < reached[0] + reached[1]:
                    sign = letter.upper() if is_capital else letter
                    layer[last[1] + letter] = (*reached, text + sign, (*units, (sign, size)))
        for rate, size in options.skips:
            if at + size <= end:
                layer = layers.setdefault(at + size, {})
                known = layer.get(last)
                if known is None or known[0] + known[1] < glyph_logp + rate + letter_logp:
                    layer[last] = (glyph_logp + rate, letter_logp, text, (*units, ("", size)))
