"""Where the pronoun I was read as a figure or a small letter: '1 said', 'l was', "1'm"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from testimonia.text.misreadings.english import English
from testimonia.text.misreadings.tokens import Token

_FORMS = re.compile(r"[1l|]['’](?:m|ve|ll|d)")
_BEFORE = re.compile(r"(?:^|[\s\"'“‘(\[—-])$")
_BREAK = re.compile(r"[.,;:!?\"”“(\[—]|\n\n")
# After these a figure is a number: 'page 1 was lost'.
_COUNTED_THINGS = (
    "page pages p pp no nos number numbers chapter article articles section paragraph item point part volume vol "
    "book table figure fig note notes phase group level class type day week line act scene rule clause tape box "
    "folder file enclosure annex appendix option question january february march april may june july august "
    "september october november december"
)
_NUMBERED = frozenset(_COUNTED_THINGS.split())
_PRONOUNS, _COUNTED = ("i", "he", "they"), ("one", "two", "the", "a", "of")
_LEAST_GAIN, _CLEAR_GAIN, _LEAD = 0.25, 1.0, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronoun:
    """A word that should read `after`; `sure` where the word before it may stand before I as well."""

    index: int
    after: str
    confidence: float
    sure: bool
    reason: str


def pronouns(text: str, tokens: Sequence[Token], english: English) -> Iterator[Pronoun]:
    """Which figures and letters that stand alone are the pronoun I?

    Only where the next word is a verb, as it is after pronouns and not after numbers; never after a word that numbers
    something.
    """
    for index, token in enumerate(tokens):
        if not token.english or token.text[0] not in "1l":
            continue
        if _FORMS.fullmatch(token.text):
            yield Pronoun(
                index=index,
                after="I" + token.text[1:],
                confidence=0.97,
                sure=True,
                reason=f"read '{token.text[0]}' for 'I'; no other word ends in '{token.text[1:]}' here",
            )
        elif len(token.text) == 1 and index + 1 < len(tokens):
            found = _alone(text, tokens, index, english)
            if found is not None:
                yield found


def _alone(text: str, tokens: Sequence[Token], index: int, english: English) -> Pronoun | None:
    token, after = tokens[index], tokens[index + 1]
    if text[token.end : after.start].strip(" \n") or token.end == after.start or not after.text.islower():
        return None
    if not _BEFORE.search(text[max(0, token.start - 1) : token.start]):
        return None
    verb = _gain(english, _PRONOUNS, after.text)
    if verb < _LEAST_GAIN or verb < _gain(english, _COUNTED, after.text) + _LEAD:
        return None
    fits = True
    if index and not _BREAK.search(text[tokens[index - 1].end : token.start]):
        before = tokens[index - 1].text
        if before.lower() in _NUMBERED or before[-1].isdigit() or (before[0].isupper() and len(before) > 1):
            return None
        fits = _gain(english, (before.lower(),), "i") >= _CLEAR_GAIN
    sure = fits and verb >= _CLEAR_GAIN
    return Pronoun(
        index=index,
        after="I",
        confidence=0.97 if sure else 0.75,
        sure=sure,
        reason=f"read '{token.text}' for 'I'; '{after.text}' comes after pronouns, not after numbers",
    )


def _gain(english: English, firsts: Sequence[str], word: str) -> float:
    """How much commoner is the word after the one of these that it most often follows, as a log?"""
    alone = log(english.frequency(word) + 1e-12)
    paired = (english.pairs.after(first).get(word) for first in firsts)
    return max((logp - alone for logp in paired if logp is not None), default=-9.0)
