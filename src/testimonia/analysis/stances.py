"""Does a statement affirm, deny or qualify its point?"""

import re
from collections.abc import Sequence

from testimonia.analysis.claims import read_claims
from testimonia.analysis.told import Passage

# 'While there could be no bargain, they would be let go': what is granted in passing is no plain denial.
_GRANTED = re.compile(
    r"\b(?:while|although|though|even\s+if|in\s+the\s+narrowest\s+sense|so\s+long\s+as|as\s+long\s+as)\b", re.I
)
_REACH = 60


def is_granted(text: str, at: int) -> bool:
    """Does what stands here stand under a 'while' or 'although', or with a proviso?"""
    return _GRANTED.search(text, max(0, at - _REACH), at) is not None


def stance_of(passages: Sequence[Passage], label: str, ignored: frozenset[str]) -> str:
    """How does a statement stand to the words by which its point is called?

    `denies` where it denies what the label says (or says what the label denies), `qualifies` where it does both or
    hedges what it shares with the label, else `affirms`.
    """
    point = read_claims(label)
    denied = {t.key for t in point.terms if t.denied and t.head} - ignored
    against = agreeing = hedged = 0
    for passage in passages:
        claims = read_claims(passage.text)
        against += bool(denied) and denied <= claims.asserted
        for term in claims.terms:
            if term.key in ignored:
                continue
            if term.denied:
                granted = is_granted(passage.text, term.cue_start)
                against += term.head and term.key in point.asserted
                hedged += granted and term.key in point.asserted
                agreeing += term.key in denied
            else:
                agreeing += term.key in point.asserted
                hedged += term.hedged and term.key in point.asserted
    if against and hedged >= against:
        return "qualifies"
    if against:
        return "denies" if against >= agreeing else "qualifies"
    return "qualifies" if hedged and 2 * hedged > agreeing else "affirms"
