"""How sure is each word of a page that was read upside down?"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from testimonia.text.turned.parsing import Parse, Piece

# Measured on typescripts that nothing was learned from: of the words that pass both, 97 of 100 are right.
_CERTAIN_SHARE = 0.8
_LEAST_FIT = -2.0
_MOST_DOUBTED = 0.89
_LETTER_WORDS = frozenset("ai")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """How sure is a word, may it be quoted, and why?"""

    confidence: float
    certain: bool
    reason: str


def weigh(piece: Piece, glyphs: str, attempts: Sequence[Parse]) -> Doubt:
    """How sure is this word of the first attempt, judged by the share that it has in the readings of every attempt?

    A word is certain where no attempt doubts it and its glyphs, of the whole page, are such as turned print has for its
    letters. Numbers never are, nor letters that stand alone: any glyph may be one; nor a word of more letters than its
    glyphs can tell apart.
    """
    shares = [attempt.share(piece) for attempt in attempts]
    agree = sum(share > 0.5 for share in shares)
    every = agree == len(attempts)
    apart = len(set(glyphs[piece.start : piece.end].casefold())) * 2 >= len(set(piece.word))
    fits = apart and piece.glyph_logp > _LEAST_FIT * (piece.end - piece.start)
    tells = piece.word in _LETTER_WORDS or (len(piece.word) > 1 and not any(c.isdigit() for c in piece.word))
    if piece.kind == "word" and min(shares) >= _CERTAIN_SHARE and fits and tells:
        reason = f"all {agree} ways to read the glyphs agree"
        return Doubt(confidence=round(0.9 + 0.09 * min(shares), 3), certain=True, reason=reason)
    confidence = min(round(0.5 * fmean(shares) + 0.5 * min(shares), 3), _MOST_DOUBTED)
    if piece.kind == "guess":
        reason = "no word that is known goes with these glyphs"
        return Doubt(confidence=min(confidence, 0.5), certain=False, reason=reason)
    if not tells:
        reason = "a number or a letter alone may be read from glyphs of any kind"
    elif not every:
        reason = f"{agree} of {len(attempts)} ways to read the glyphs say so"
    elif not fits:
        reason = "these glyphs are rarely seen for this word"
    else:
        reason = "the ways to read the glyphs are not sure enough of it"
    return Doubt(confidence=confidence, certain=False, reason=reason)
