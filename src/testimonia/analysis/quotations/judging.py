"""Does a stretch of a source say what a quotation says?"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from testimonia.analysis.quotations.aligning import Aligned, Wording, align, word_source
from testimonia.analysis.quotations.differing import Compared, moved_runs
from testimonia.analysis.quotations.found import Quotation
from testimonia.analysis.words import is_light

# Of a quotation's words this share must stand in the source in their order for it to be the same passage.
_SHARE = 0.72
# Where some of its words stand beside it in the source in another order, this share and all but a few with those.
_SHARE_MOVED = 0.45
_WITH_MOVED = 0.85
# Bits beyond what chance explains.
_SURE_BITS = 10.0
_SHORT_WORDS = 4
_TURNS = re.compile(
    r"^[\s,;:—–\"'”’-]*(?:but|however|except|unless|although|though|only\s+if|provided|if|aber|jedoch|sondern|"
    r"es\s+sei\s+denn|но|однако|если|mais|sauf|à\s+moins|pourtant)\b[^.!?]{0,160}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A stretch of a source on which a quotation was laid. `start` and `end` are code points of its text."""

    source: str
    start: int
    end: int
    wording: Wording
    aligned: Aligned
    bits: float
    share: float


def too_short(quoted: Wording) -> bool:
    """Has a quotation too few words to be looked for without a hint where?"""
    words = [w for w in quoted.words if not w.bracketed]
    return len(words) < _SHORT_WORDS or (len(words) < 2 * _SHORT_WORDS and sum(not is_light(w.text) for w in words) < 2)


def hopeless(quoted: Wording) -> bool:
    """Has it so few words that nothing can be said even with a hint?"""
    words = [w for w in quoted.words if not w.bracketed]
    return len(words) < 2 or all(is_light(w.text) for w in words)


def lay(quoted: Wording, source: str, text: str, start: int, end: int, count: Callable[[str], int],
        indexed: int) -> Match | None:  # fmt: skip
    """Lay a quotation on a stretch of a source; None where it does not stand there.

    `count` says how often a word stands in the library, `indexed` how many words that has.
    """
    wording = word_source(text, start, end)
    aligned = align(quoted, wording)
    if aligned is None or not aligned.matched:
        return None
    first, last = wording.words[aligned.first], wording.words[aligned.last - 1]
    asked = sum(not w.bracketed for w in quoted.words) or 1
    bits = sum(
        math.log2(max(2.0, indexed / max(1, count(quoted.words[i].text))))
        for i, j in aligned.pairs
        if i is not None and j is not None and quoted.words[i].folded == wording.words[j].folded
    )
    return Match(
        source=source, start=first.start, end=last.end, wording=wording, aligned=aligned, bits=bits,
        share=min(1.0, aligned.matched / asked),
    )  # fmt: skip


def stands(match: Match, quoted: Wording, indexed: int, *, hinted: bool) -> bool:
    """Is this where the quotation comes from, rather than a few words that happen to be the same?

    `hinted` where the passage is in an account by the one who is quoted, or in the one that the neighbouring quotations
    come from.
    """
    asked = sum(not w.bracketed for w in quoted.words)
    if hopeless(quoted):
        return False
    same = match.aligned.close / max(1, asked)
    if too_short(quoted):
        return hinted and same == 1.0 and not _apart(match, quoted)
    chance = math.log2(max(2, indexed))
    if asked <= 7:
        few_changed = same < 1.0 and asked < 6
        need = chance + _SURE_BITS - (6.0 if hinted and not few_changed else 0.0)
        return match.bits >= need and match.share >= (0.7 if hinted else 0.75) and (hinted or not few_changed)
    if match.bits < chance + 2 * _SURE_BITS or same < 0.25:
        return False
    if match.share >= _SHARE:
        return True
    moved = sum(len(run) for run, _ in moved_runs(quoted, match.wording, match.aligned))
    return match.share >= _SHARE_MOVED and match.share + moved / max(1, asked) >= _WITH_MOVED


def _apart(match: Match, quoted: Wording) -> bool:
    """Do words of the source stand between those of a short quotation?"""
    return match.aligned.last - match.aligned.first != len(quoted.words)


def turning(text: str, match: Match, quotation_goes_on: bool) -> str:
    """The words with which the source goes on and turns the sense of what was quoted; "" where it does not."""
    if quotation_goes_on:
        return ""
    found = _TURNS.match(text[match.end : match.end + 200])
    return " ".join(found.group().split()).strip(" ,;:—–-\"'”’") if found else ""


def is_title(text: str, quotation: Quotation) -> bool:
    """Is this the title of a work rather than words that somebody said? Capitals on most of its words, and nothing but
    a list of works around it."""
    words = re.findall(r"[^\W\d_]{4,}", text[quotation.start : quotation.end])
    if len(words) < 2 or sum(w[0].isupper() for w in words) < 0.75 * len(words):
        return False
    after = text[quotation.end : quotation.outer_end + 60]
    return quotation.style == "marks" and bool(
        re.match(r"[,.?!]?[\"”’'»“]*\s*(?:\(|,|in\b|pp?\.|[A-Z][\w ]+\d)", after)
        and (len(words) >= 4 or re.search(r"\bpp?\.|\bin\b|\d", after))
    )


def verdict_of(compared: Compared) -> str:
    """Exact, altered or elided? A short elision that drops a denial alters."""
    if compared.altering or any(e.negation for e in compared.elisions):
        return "altered"
    if compared.elisions or compared.bracketed:
        return "elided"
    return "exact"
