"""On whose word does an account say what it says?"""

import re
from collections.abc import Sequence

from testimonia.analysis.told import AccountText, Passage

_SAYING = (
    r"(?:said|says|told|tells|reported|reports|states?|stated|testified|recalled|recalls|wrote|writes|claimed|claims|"
    r"replied|added|stressed|insisted|warned|noted|answered|asked|began|went\s+on|continued|explained|revealed|"
    r"indicates|indicated|mentioned|repeated|declared)"
)
_NAME = r"(?:(?:[A-Z]\.\s?)+|[A-Z][\w’'-]+\s+(?:[A-Z]\.\s+)?){0,3}[A-Z][\w’-]*[a-z]"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\b(?P<who>{_NAME})\s+(?:\w+ly\s+|then\s+|also\s+)?{_SAYING}\b",
        rf"\b[Aa]ccording\s+to\s+(?P<who>{_NAME})",
        rf"[\"”’']\s*{_SAYING}\s+(?P<who>{_NAME})",
        rf"\b(?P<who>{_NAME})[’']s\s+(?:report|account|letter|diary|telegram|cable|story|words|version)\b",
    )
)
_NO_NAME_WORDS = (
    "I He She We They It You Who That This There What When Then If In As But And So The A An Nobody Everyone"
)
_NO_NAMES = frozenset(_NO_NAME_WORDS.split())
_QUOTED = 0.6


def attribute(account: AccountText) -> tuple[tuple[str, ...], ...]:
    """For each passage, the chain of who says that who said: the teller first, then those named as speaking.

    A passage inside quotation marks that names no speaker belongs to the one who spoke before it in its paragraph, or
    whose report the words before it announce. Names are as printed; pronouns are not resolved.
    """
    chains: list[tuple[str, ...]] = []
    speakers: tuple[str, ...] = ()
    announced: tuple[str, ...] = ()
    paragraph = -1
    for passage in account.passages:
        if passage.paragraph != paragraph:
            paragraph, speakers = passage.paragraph, announced
            announced = ()
        named = speakers_of(passage)
        if passage.quoted >= _QUOTED:
            speakers = _joined(speakers, named)
            chains.append(_joined((account.account.teller,), speakers))
        else:
            chains.append(_joined((account.account.teller,), named))
            speakers = named
        if passage.text.rstrip().endswith(":") and passage.quoted < _QUOTED:
            announced = named
    return tuple(chains)


def speakers_of(passage: Passage) -> tuple[str, ...]:
    """Who is named as speaking in this passage, in the order of its words?"""
    found = {m.start("who"): m["who"] for form in _FORMS for m in form.finditer(passage.text)}
    return _joined((), tuple(_plain(found[at]) for at in sorted(found)))


def _plain(name: str) -> str:
    words = name.split()
    while words and words[0] in _NO_NAMES:
        words = words[1:]
    return " ".join(words)


def _joined(chain: tuple[str, ...], more: Sequence[str]) -> tuple[str, ...]:
    """The chain with those who are not in it yet, by their last names."""
    out = list(chain)
    for name in more:
        if name and name.split()[-1] not in {known.split()[-1] for known in out}:
            out.append(name)
    return tuple(out)
