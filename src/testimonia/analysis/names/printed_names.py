"""How names are printed: their words, titles before them, and what is none though it looks like one."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

WORD = re.compile(r"[^\W\d_](?:[\w'’]|-(?=\w))*\.?")
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)+$")
_ARTICLES = frozenset({"the", "a", "an", "our", "and"})
_PARTICLES = frozenset(
    {"al", "bin", "da", "de", "del", "den", "der", "di", "du", "la", "le", "ten", "van", "von", "zu"}
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "esq"})


@cache
def listed(name: str) -> frozenset[str]:
    """The entries of one of this folder's word lists."""
    return frozenset(_rows(name))


@cache
def institutions() -> Mapping[str, str]:
    """Head words of names of institutions, each with the type of what it names ("other" where that is none of ours)."""
    return {row.rpartition(" ")[0]: row.rpartition(" ")[2] for row in _rows("institutions.txt")}


@cache
def common_given_names() -> frozenset[str]:
    """Given names that have short forms, and these short forms, in small letters."""
    return frozenset(name for row in _rows("nicknames.txt") for name in row.split(" "))


def _rows(name: str) -> list[str]:
    text = files("testimonia.analysis.names").joinpath(name).read_text(encoding="utf-8")
    return [row for row in text.splitlines() if row and not row.startswith("##")]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without what is no part of the name: possessives, articles, marks and titles at its ends.

    >>> text = "the Ambassador Brandt's"
    >>> text[slice(*trimmed(text, 0, len(text)))]
    'Brandt'
    """
    while start < end and not (text[start].isalnum()):
        start += 1
    while end > start and not (text[end - 1].isalnum() or (text[end - 1] == "." and _INITIAL.search(text[start:end]))):
        end -= 1
    if found := _POSSESSIVE.search(text, start, end):
        end = found.start() if found.end() == end else end
    while True:
        found = WORD.match(text, start, end)
        if found is None or found.end() >= end:
            return start, end
        word = found[0].rstrip(".").lower()
        if not ((word in _ARTICLES and not found[0].endswith(".")) or word in listed("titles.txt")):
            return start, end
        start = found.end()
        while start < end and not text[start].isalnum():
            start += 1


def words_of(name: str) -> tuple[str, ...]:
    """The words of a printed name, initials with their points.

    >>> words_of("Anna L. van der Brink, Jr.")
    ('Anna', 'L.', 'van', 'der', 'Brink', 'Jr.')
    """
    return tuple(m[0] for m in WORD.finditer(name))


def is_initial(word: str) -> bool:
    """Is this word one initial or several ("L.", "N.S.")?"""
    return bool(_INITIAL.fullmatch(word)) or (len(word) == 1 and word.isupper())


def surname_of(name: str) -> str | None:
    """The surname of a person's full or short name in the order of given names first; None where it has none.

    >>> surname_of("Anna L. van der Brink"), surname_of("Brink"), surname_of("A. L.")
    ('van der Brink', 'Brink', None)
    """
    words = [w for w in words_of(name) if w.rstrip(".").lower() not in _SUFFIXES]
    if not words or is_initial(words[-1]):
        return None
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    return " ".join(w.rstrip(".") if n == len(words) - 1 else w for n, w in enumerate(words) if n >= first)


def transliterated(surname: str) -> str:
    """A surname as one way of writing Cyrillic letters would have it, for names that are written in several.

    >>> transliterated("Kuznetzov") == transliterated("Kuznetsov"), transliterated("Zhukovskiy")
    (True, 'zhukovski')
    """
    plain = surname.casefold().replace("'", "").replace("’", "")
    for one, other in (("tz", "ts"), ("yi", "i"), ("iy", "i"), ("ey", "ei"), ("ij", "i"), ("yu", "iu"), ("ya", "ia")):
        plain = plain.replace(one, other)
    return re.sub(r"y$", "i", plain)


def title_before(text: str, start: int) -> str | None:
    """The title that stands before this place ("Ambassador"), or None.

    >>> title_before("by Prime Minister Brandt", 18)
    'Prime Minister'
    """
    before = re.search(r"((?:[^\W\d_]+[- ])?)([^\W\d_]+)(?:\.\s*|\s+)$", text[max(0, start - 40) : start])
    if before is None:
        return None
    for printed in (before[1] + before[2], before[2]):
        if printed[:1].isupper() and printed.lower().replace("-", " ").strip() in listed("titles.txt"):
            return printed
    return None
