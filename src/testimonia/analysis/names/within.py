"""Names within names: two people joined by a hyphen, and whom an institution is named for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from testimonia.analysis.names.printed_names import WORD, institutions, listed, trimmed
from testimonia.analysis.names.surnames import is_rare
from testimonia.analysis.names.votes import Sighting, Votes, fold
from testimonia.text.english_words import zipf

_HYPHEN = re.compile(
    r"([^\W\d_a-z][\w'’]+)[-–]([^\W\d_a-z][\w'’]+)\b(?P<talks>\s(?:talks?|summits?|meetings?|conversations?|exchanges?|letters|"
    r"correspondence|pact|agreement|discussions?)\b)?"
)
_TALKS = 3.9
COMMON = 4.3
"""From here on a word is so common in English that it is hardly a surname behind a rare one."""


def joined(
    text: str, start: int, end: int, names: Mapping[str, Votes], persons: Mapping[str, str]
) -> Iterable[Sighting]:
    """The two people of "the Brandt-Moe talks", where both are named elsewhere in the source."""
    parts = _HYPHEN.match(text, start)
    if parts is None or (parts.end(2) > end and not parts["talks"]):
        return
    both = (fold(parts[1]), fold(parts[2]))
    if all(_is_person(p, names, persons) for p in both):
        why = "one of two people joined by a hyphen, both of whom this source names elsewhere"
    elif parts["talks"] and all(_may_talk(p) for p in both):
        why = "one of two people joined by a hyphen, who talk or write to each other"
    else:
        return
    for n in (1, 2):
        yield Sighting(start=parts.start(n), end=parts.end(n), type="person", confidence=0.8, reason=why)


def _may_talk(word: str) -> bool:
    known = word in listed("known_places.txt") or word in listed("known_organisations.txt")
    nation = word.lower() in listed("nationalities.txt") or word.endswith("o")
    return zipf(word) < _TALKS and not known and not nation


def _is_person(key: str, names: Mapping[str, Votes], persons: Mapping[str, str]) -> bool:
    return key in persons or (key in names and names[key].best()[0] == "person")


def namesake(
    text: str, institution: Sighting, names: Mapping[str, Votes], persons: Mapping[str, str], lower: frozenset[str]
) -> Sighting | None:
    """The person whose name an institution bears ("the Brandt Library"), where the source names that person."""
    if institution.type == "person":
        return None
    for word in WORD.finditer(text, institution.start, institution.end):
        small = word[0].lower()
        common = small in lower or (zipf(small) > COMMON and is_rare(text[institution.start : word.start()].strip()))
        if (small in institutions() or common) and word.start() > institution.start:
            start, end = trimmed(text, institution.start, word.start())
            key = fold(text[start:end])
            if (key in names and names[key].best()[0] == "person") or key in persons:
                why = f"the person for whom {text[institution.start : institution.end]!r} is named"
                return replace(institution, start=start, end=end, type="person", confidence=0.6, reason=why)
    return None
