"""Does a passage affirm, deny or qualify what it speaks of, and on whose word?"""

import re
from collections.abc import Sequence

from testimonia.analysis.labels import shorten
from testimonia.analysis.told import Passage
from testimonia.model.findings import Account

_DENIES = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|\w+n['’]t|cannot|denie[sd]|deny|refuse[sd]?|reject\w*)\b",
    re.IGNORECASE,
)
_QUALIFIES = re.compile(
    r"\b(?:if|unless|perhaps|probably|possibl[ey]|might|may|could|seem\w*|appear\w*|apparent(?:ly)?|likely|in part|"
    r"as far as|as long as|somewhat|suggest\w*|only as|however|although|while)\b",
    re.IGNORECASE,
)
_SAYING = (
    r"(?:said|says|told|reported|reports|stated|states|testified|recalled|recalls|wrote|writes|claimed|claims|"
    r"replied|added|stressed|insisted|warned|noted)"
)
_NAME = r"(?:[A-Z]\.\s?)*[A-Z][\w'’-]+(?:\s+(?:[A-Z]\.\s?)*[A-Z][\w'’-]+)*"
_SAYS = re.compile(rf"\b(?P<who>{_NAME})\s+(?:\w+ly\s+)?{_SAYING}\b")
_ACCORDING = re.compile(rf"\b[Aa]ccording to\s+(?P<who>{_NAME})")
_AFTERWARDS = re.compile(rf"\b{_SAYING}\s+(?P<who>{_NAME})")
_NO_NAMES = frozenset({"I", "He", "She", "We", "They", "It", "You", "Who", "That", "This"})


def stance_of(passages: Sequence[Passage]) -> str:
    """`denies` where the words deny, `qualifies` where they hedge, else `affirms`."""
    text = " ".join(p.text for p in passages)
    if _DENIES.search(text):
        return "denies"
    return "qualifies" if _QUALIFIES.search(text) else "affirms"


def value_of(passages: Sequence[Passage]) -> str:
    """The short words that carry the answer."""
    return shorten(passages[0].text)


def attribution_of(passages: Sequence[Passage], account: Account) -> tuple[str, ...]:
    """Who says that who said: the teller first, then each named speaker of these passages in order."""
    chain = [account.teller]
    for p in passages:
        found = [(m.start(), m["who"]) for form in (_SAYS, _ACCORDING, _AFTERWARDS) for m in form.finditer(p.text)]
        for _, who in sorted(found):
            if who not in _NO_NAMES and who not in chain:
                chain.append(who)
    return tuple(chain)
