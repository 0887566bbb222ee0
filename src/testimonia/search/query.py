"""What does a typed query ask for?"""

import re
import unicodedata
from dataclasses import dataclass

# More than anyone types; a pasted page is cut here rather than refused.
_MOST_TERMS = 200
_MOST_CHARACTERS = 4000
_PIECE = re.compile(
    r"""(?P<without>(?<!\S)-+)?
        (?: (?: "(?P<straight>[^"]*)" | “(?P<curly>[^”]*)” | „(?P<low>[^“”]*)[“”] | «(?P<angle>[^»]*)» ) (?P<more>\*)?
          | (?P<word>[^\s"“”„«»]+) )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word, or several that stand together; `prefix` where the last one is only the beginning of a word."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """All of `wanted` (of each group at least one term), and none of `unwanted`."""

    wanted: tuple[tuple[Term, ...], ...]
    unwanted: tuple[Term, ...]


def read_query(typed: str) -> Query:
    """What does this query ask for? Never raises: what is no operator where it stands is a word.

    >>> query = read_query('lamp* OR lantern "the quay" -fog')
    >>> [[term.text for term in group] for group in query.wanted], query.wanted[0][0].prefix, query.unwanted[0].text
    ([['lamp', 'lantern'], ['the quay']], True, 'fog')
    """
    wanted: list[list[Term]] = []
    unwanted: list[Term] = []
    either = False
    pieces = list(_PIECE.finditer(findable(typed[:_MOST_CHARACTERS])))[:_MOST_TERMS]
    for n, piece in enumerate(pieces):
        # An OR with nothing before or after it, or a second one, is the word.
        if piece[0] == "OR" and wanted and not either and n + 1 < len(pieces):
            either = True
            continue
        term = _term(piece)
        if term is None:
            continue
        if piece["without"]:
            unwanted.append(term)
        elif either:
            wanted[-1].append(term)
        else:
            wanted.append([term])
        either = False
    return Query(wanted=tuple(tuple(group) for group in wanted), unwanted=tuple(unwanted))


def findable(text: str) -> str:
    """The text, character for character, with a blank for each that an index can't hold (controls, lone surrogates).

    >>> findable("a\\x00b\\ud800c")
    'a b c'
    """
    return _UNFINDABLE.sub(" ", text)


_UNFINDABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


def _term(piece: "re.Match[str]") -> Term | None:
    word = piece["word"]
    if word is not None:
        text, prefix = word.rstrip("*"), word.endswith("*")
    else:
        text = next(t for t in piece.group("straight", "curly", "low", "angle") if t is not None)
        prefix = piece["more"] is not None
    text = " ".join(text.split())
    return Term(text=text, prefix=prefix) if any(map(_in_a_word, text)) else None


def _in_a_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LN" or category == "Co"
