"""The words that join and order others in an English sentence, and a sentence as words and marks."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_TOKEN = re.compile(
    r"(?:\d{1,2}:\d\d(?!\d)|\d+(?:[:.,]\d+)*)(?:\s?[AaPp]\.\s?[Mm]\b\.?)?|(?:[A-Z]\.)+(?=[\s\w])|"
    r"[^\W_]+(?:[-'’][^\W_]+)*\.?(?<=\b(?:Mr|Dr|St)\.)|[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]"
)


def _words(name: str) -> frozenset[str]:
    return frozenset(_TABLE[name].split())


_TABLE: dict[str, str] = tomllib.loads(
    files("testimonia.analysis.claims").joinpath("grammar.toml").read_text(encoding="utf-8")
)
SUBJECTS = _words("subjects")
OBJECTS = _words("objects")
RELATIVE = _words("relatives")
BE = _words("be")
HAVE = _words("have")
MODAL = _words("modals")
DO = _words("do")
NEGATIVE = _words("negatives")
DETERMINERS = _words("determiners")
PREPOSITIONS = _words("prepositions")
BREAKS = _words("breaks")
ADVERBS = _words("adverbs")
TIMES = _words("times")
CONDITION = _words("conditions")
AUXILIARIES = BE | HAVE | MODAL | DO


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark: half-open offsets in the sentence, and its text."""

    start: int
    end: int
    text: str

    @property
    def low(self) -> str:
        """The word in small letters, with a straight apostrophe."""
        return _low(self.text)


@lru_cache(maxsize=1 << 16)
def _low(text: str) -> str:
    return text.lower().replace("’", "'")


def tokenise(text: str) -> list[Token]:
    """The words and marks of a sentence; an hour with its minutes is one word.

    >>> [t.text for t in tokenise("He can't come at 7:15 P.M., R. Hale said.")]
    ['He', "can't", 'come', 'at', '7:15 P.M.', ',', 'R.', 'Hale', 'said', '.']
    """
    return [Token(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text)]
