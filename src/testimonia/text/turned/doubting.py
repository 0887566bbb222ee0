"""How sure is each word of a page that was read upside down?"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from testimonia.text.turned.parsing import Parse, Piece

_CERTAIN_SHARE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """How sure is a word, may it be quoted, and why?"""

    confidence: float
    certain: bool
    reason: str


def weigh(piece: Piece, attempts: Sequence[Parse]) -> Doubt:
    """How sure is this word of the first attempt, judged by the share that it has in the readings of every attempt?"""
    shares = [attempt.share(piece) for attempt in attempts]
    confidence = round(0.5 * fmean(shares) + 0.5 * min(shares), 3)
    agree = sum(share > 0.5 for share in shares)
    certain = piece.kind == "word" and confidence >= _CERTAIN_SHARE
    if piece.kind == "guess":
        return Doubt(
            confidence=min(confidence, 0.5), certain=False, reason="no word that is known goes with these glyphs"
        )
    if certain:
        return Doubt(
            confidence=confidence, certain=True, reason=f"{agree} of {len(attempts)} ways to read the glyphs agree"
        )
    return Doubt(
        confidence=min(confidence, 0.89), certain=False,
        reason=f"only {agree} of {len(attempts)} ways to read the glyphs say so, or not surely enough",
    )  # fmt: skip
