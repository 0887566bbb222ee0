"""Who tells an account: the name in its heading, in the fuller form that the source gives elsewhere."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from testimonia.text.structure.shapes import NAME
from testimonia.text.structure.words import NAME_PARTICLES, RANKS, SENTENCE_STARTERS, SMALL_WORDS

_NAMES = re.compile(NAME)
_BETWEEN = re.compile(r",\s+(?:and\s+)?|\s+(?:and|&)\s+")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii"})

People = Mapping[str, Counter[str]]


def people_named(texts: Iterable[str]) -> People:
    """Which full names do these paragraphs give for each surname, and how often?

    Titles before a name and the first word of a sentence are no part of it. Keys are surnames in lower case.

    >>> sorted(people_named(["Then Captain Lars E. Holm spoke. Holm knew Mette Lind."])["holm"].items())
    [('Lars E. Holm', 1)]
    """
    out: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for match in (m for text in texts for m in _NAMES.finditer(text)):
        words = match[0].split()
        if len(words) < 2:
            continue
        while words and _is_no_name(words[0]):
            words = words[1:]
        if len(words) < 2 or len(words) > 5 or any(w.strip(".,").lower() in RANKS for w in words):
            continue
        surname = _surname(words)
        given = words[0].strip(".,")
        if not surname.isalpha() and not re.fullmatch(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", surname):
            continue
        if given and surname.lower() != given.lower():
            out[surname.lower()][" ".join(words).rstrip(",")] += 1
    return out


def fuller_name(printed: str, people: People) -> str:
    """The fuller form of a name, or of several joined by 'and', where the source gives one person of that surname.

    A name with a given name of its own stays as printed, and so does a surname that two people bear.

    >>> people = people_named(["It was Mette Lind and Lars E. Holm; later Erik Lind came, but L. Holm left."])
    >>> fuller_name("Holm and Lind", people), fuller_name("Karl Holm", people)
    ('Lars E. Holm and Lind', 'Karl Holm')
    """
    parts = _BETWEEN.split(" ".join(printed.split()))
    return (
        " and ".join(_fuller(p, people) for p in parts)
        if len(parts) <= 2
        else ", ".join(_fuller(p, people) for p in parts)
    )


def surnames_of(name: str) -> tuple[str, ...]:
    """The surnames, in lower case, of one or more names.

    >>> surnames_of("Lars E. Holm and Jan van der Berg, Jr.")
    ('holm', 'berg')
    """
    return tuple(
        _surname(part.split()).lower()
        for part in _BETWEEN.split(name)
        if part and part.strip(". ").lower() not in _SUFFIXES
    )


def _fuller(name: str, people: People) -> str:
    words = [w for w in name.split() if w.strip(".,").lower() not in RANKS]
    if len(words) != 1:
        return name
    forms = people.get(words[0].strip(".,").lower(), Counter())
    firsts = {form.split()[0] for form in forms}
    full = [f for f in firsts if "." not in f and len(f) > 1]
    initials = {f[0] for f in firsts}
    if len(initials) != 1 or len(full) > 1:
        return name
    return max(forms, key=lambda f: (len(f.split()), forms[f], f))


def _surname(words: list[str]) -> str:
    kept = [w.strip(".,") for w in words if w.strip(".,").lower() not in _SUFFIXES]
    return kept[-1] if kept else ""


def _is_no_name(word: str) -> bool:
    plain = word.strip(".,").lower()
    return plain in RANKS or plain in SENTENCE_STARTERS or (plain in SMALL_WORDS and plain not in NAME_PARTICLES)
