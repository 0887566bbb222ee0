"""Where, in the words of a clause; and can it have been in both of two places?"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from testimonia.analysis.words import stem

_STOPS = (
    r"(?!(?:at|in|on|of|and|or|but|when|that|by|for|to|with|from|he|she|i|we|they|was|were|had|while|before|after)\b)"
)
_PLACED = re.compile(
    r"\b(?P<how>on\s+board|aboard|at|in|inside|outside|on|from|near|to)\s+(?P<place>(?:(?:the|a|an|his|her|my|our|their|your|"
    rf"its)\s+)?(?:{_STOPS}[A-Za-z][\w’'.-]*\s+){{0,3}}{_STOPS}[A-Za-z][\w’'-]+"
    r"(?:\s+of\s+(?:the\s+)?[A-Z]?[\w’'-]+(?:\s+[A-Z][\w’'-]+)*)?)"
)
_NAME_AFTER = re.compile(r"\b(?P<how>at|in)\s+(?P<place>(?:the\s+)?(?:[A-Z][\w’'-]+)(?:\s+(?:of\s+)?[A-Z][\w’'-]+)*)")
_NO_PLACES = re.compile(
    r"^(?:the\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December|Spring|Summer|"
    r"Autumn|Winter|God|Christ|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that a clause names: half-open offsets, as printed, its kinds (see places.toml), the innermost first,
    whether it is a name, and how it stands to it ('in', 'at', 'from')."""

    start: int
    end: int
    text: str
    kinds: tuple[str, ...]
    named: bool
    how: str

    def clashes(self, other: "Place") -> bool:
        """Can't it have been in both? Names of towns shut each other out after 'in'; kinds where none holds the
        other."""
        if self.kinds and other.kinds:
            return not _holds_it(self.kinds, other.kinds[0]) and not _holds_it(other.kinds, self.kinds[0])
        if self.kinds or other.kinds or not (self.named and other.named):
            return False
        return self.how == other.how == "in" and not _words(self.text) & _words(other.text)


def find_places(text: str) -> tuple[Place, ...]:
    """The places that a sentence says something to be at, in or on, in order.

    >>> [(p.text, p.kinds) for p in find_places("They met in the garden of the legation, in Lomas.")]
    [('the garden of the legation', ('garden', 'embassy')), ('Lomas', ())]
    """
    found: dict[int, Place] = {}
    for form in (_PLACED, _NAME_AFTER):
        for m in form.finditer(text):
            printed = m["place"]
            kinds = _kinds_of(printed) if form is _PLACED else ()
            named = form is _NAME_AFTER and not _NO_PLACES.match(printed)
            if m.start("place") in found or not (kinds or named):
                continue
            start = m.start("place")
            end = _last_word(printed, start) if form is _PLACED else m.end("place")
            found[start] = Place(
                start=start, end=end, text=text[start:end], kinds=kinds, named=named, how=m["how"].lower()
            )
    return tuple(found[at] for at in sorted(found))


def _last_word(printed: str, start: int) -> int:
    """Where the place ends: with its last word of a kind, or with the name after its 'of'."""
    if re.search(r"\sof\s", printed):
        return start + len(printed)
    kinds = _kinds()
    return start + max(m.end() for m in re.finditer(r"[A-Za-z]+", printed) if m[0].lower() in kinds)


def _holds_it(kinds: tuple[str, ...], inner: str) -> bool:
    """Can a place of these kinds be or hold one of that kind? Of its kinds only the innermost holds anything else."""
    return inner in kinds or inner in _holds(kinds[0])


def _kinds_of(printed: str) -> tuple[str, ...]:
    kinds = _kinds()
    return tuple(dict.fromkeys(kinds[w] for w in re.findall(r"[a-z]+", printed.lower()) if w in kinds))


def _words(printed: str) -> set[str]:
    return {stem(w) for w in re.findall(r"[A-Z][\w’'-]+", printed)}


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(
        files("testimonia.analysis.claims").joinpath("places.toml").read_text(encoding="utf-8")
    )
    return found


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    return {word: kind for kind, words in _table()["kinds"].items() for word in words.split()}


def _holds(kind: str) -> frozenset[str]:
    return frozenset(_table()["holds"].get(kind, "").split())
