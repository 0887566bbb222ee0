"""The names of authors and editors as references print them."""

import re
from collections.abc import Iterable

from testimonia.model.citations import CitedName

_PARTICLES = frozenset(
    {"al", "bin", "da", "de", "del", "den", "der", "des", "di", "du", "la", "le", "ten", "van", "von"}
)
_TITLES = re.compile(
    r"^(?:(?:Gen|Col|Lt|Maj|Capt|Adm|Dr|Prof|Sir|Lord|Amb|Gov|Sen|Rev|Mr|Mrs|Ms|Ambassador|General|President)\.?\s+)+"
)
_NEVER = frozenset(
    [
        "the",
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "he",
        "her",
        "his",
        "how",
        "i",
        "in",
        "is",
        "it",
        "its",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "she",
        "that",
        "this",
        "to",
        "was",
        "we",
        "what",
        "when",
        "with",
    ]
)
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|III|II|IV)\.?$")
_WORD = re.compile(r"(?:[^\W\d_]\.-?){1,4}|(?:Mc|Mac|O['’]|D['’]|d['’])?[^\W\d_a-z][\w'’\-]*\.?")
_BODY = re.compile(
    r"\b(?:Department|Ministry|Office|Committee|Commission|Council|Archives?|Agency|Institute|University|Staff|Division|"
    r"Secretariat|Bureau|Association|Society|Government|Congress|Senate|Party|Nations|Library|Press|Foundation|Center|"
    r"Centre|Board|Army|Navy|Project|Chiefs|Ministerium|Akademie|Amt)\b"
)


def is_person(text: str) -> bool:
    """Does this look like one person's name, given names first ("Anna L. van der Brink")?

    >>> is_person("Gen. Anna L. van der Brink, Jr."), is_person("The Long Night"), is_person("in Lisbon")
    (True, False, False)
    """
    text = _SUFFIX.sub("", _TITLES.sub("", text.strip()))
    words = text.split()
    if not 1 < len(words) <= 6 or any(w.lower() in _NEVER for w in words):
        return False
    return all(_WORD.fullmatch(w) or w.lower() in _PARTICLES for w in words) and bool(_WORD.fullmatch(words[-1]))


def is_body(text: str) -> bool:
    """Does this look like the name of an institution?

    >>> is_body("Harbour Department, Pilots' Office"), is_body("Anna Brink")
    (True, False)
    """
    return bool(_BODY.search(text)) and text[:1].isupper()


def cited(name: str) -> CitedName:
    """A printed name in its parts: "Anna van der Brink" or "Brink, Anna".

    >>> cited("Anna L. van der Brink")
    CitedName(family='van der Brink', given='Anna L.', literal='')
    >>> cited("Pilots' Office")
    CitedName(family='', given='', literal="Pilots' Office")
    """
    name = re.sub(r"\s+", " ", name).strip(" ,;")
    if is_body(name):
        return CitedName(literal=name)
    bare = _TITLES.sub("", name)
    suffix = _SUFFIX.search(bare)
    bare = _SUFFIX.sub("", bare)
    if "," in bare:
        family, _, given = bare.partition(",")
        return CitedName(family=family.strip(), given=given.strip()) if family.strip() else CitedName(literal=name)
    words = bare.split(" ")
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    family = " ".join(words[first:]) + (suffix[0] if suffix else "")
    return CitedName(family=family or name, given=" ".join(words[:first])) if words else CitedName(literal=name)


def names_before(text: str) -> tuple[tuple[str, ...], int]:
    """The people whose names this text begins with, parted by commas and "and", and where they end.

    >>> names_before("Anna Brink, Jon Aas, and Eva Lie, The Long Night")
    (('Anna Brink', 'Jon Aas', 'Eva Lie'), 32)
    >>> names_before("The Long Night")
    ((), 0)
    """
    found: list[str] = []
    at = end = 0
    while True:
        piece = re.compile(r"\s*(?:and\s+|&\s+)?([^,;:\"“]+?)(?=\s*,|\s+and\s|\s+&\s|$)").match(text, at)
        if piece is None or not is_person(piece[1]) or is_body(piece[1]):
            return tuple(found), end
        name, stop = piece[1].strip(), piece.end()
        if suffix := re.compile(r"\s*,\s+(?:Jr|Sr|III|II)\.?(?=,|\s)").match(text, stop):
            name, stop = name + suffix[0], suffix.end()
        found.append(name)
        end = stop
        joined = re.compile(r"\s*,\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+").match(text, stop)
        if joined is None:
            return tuple(found), end
        at = joined.end()


def all_cited(names: Iterable[str]) -> tuple[CitedName, ...]:
    """Printed names in their parts, in their order."""
    return tuple(cited(name) for name in names if name.strip(" ,;."))
