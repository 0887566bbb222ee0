"""Does a statement affirm, deny or qualify its point?"""

from collections.abc import Sequence

from testimonia.analysis.claims import read_claims
from testimonia.analysis.told import Passage


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
                against += term.head and term.key in point.asserted
                agreeing += term.key in denied
            else:
                agreeing += term.key in point.asserted
                hedged += term.hedged and term.key in point.asserted
    if against:
        return "denies" if against >= agreeing else "qualifies"
    return "qualifies" if hedged and 2 * hedged > agreeing else "affirms"
