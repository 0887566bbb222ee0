"""Whom does a name, a title or a pronoun mean?"""

import re
from collections.abc import Iterable, Sequence

from testimonia.analysis.people import TITLES, People

_ROLES = frozenset(t.lower() for t in TITLES) | frozenset(
    "consul commissioner premier bishop verger sergeant pilot officer engineer clerk foreman mate doctor lawyer envoy "  # noqa: SIM905
    "delegate notary harbourmaster chief director manager editor brother sister father mother wife husband son "
    "daughter".split()
)
_LED = re.compile(r"\b(?P<role>[A-Z][a-z]+)\.?\s+(?:(?:[A-Z]\.\s?)+|[A-Z][a-z]+\s+)?(?P<name>[A-Z][\w’'-]*[a-z])\b")
_APPOSED = re.compile(
    r"\b(?:the|our|his|my|their)\s+(?:\w+['’]s\s+)?(?P<role>[a-z]+)\b(?:\s+(?:of|to|at|in)\s+[A-Z]\w+)?,\s+"
    r"(?P<name>(?:(?:[A-Z]\.\s?)+|[A-Z][\w’'-]+\s+){0,2}[A-Z][\w’-]*[a-z])\b"
)
_TITLE_WORDS = frozenset(t.lower() for t in TITLES)
_MARKS = " \t\n.,;:'\"“”‘’()[]"


class Persons:
    """The persons of a group of accounts: their names, and who is meant by a title alone."""

    def __init__(self, texts: Sequence[Sequence[str]], tellers: Iterable[str], people: People | None = None) -> None:
        tellers = tuple(tellers)
        self._names = (people or People(texts, tellers)).names
        self._by_role: dict[str, set[str]] = {}
        for text in (t for account in texts for t in account):
            for form in (_LED, _APPOSED):
                for m in form.finditer(text):
                    role = m["role"].lower()
                    if role in _ROLES and m["name"].split()[-1] in self._names:
                        self._by_role.setdefault(role, set()).add(m["name"].split()[-1])

    def is_person(self, printed: str) -> bool:
        """Is this the name of a person, or a title that stands for one?"""
        words = [w.strip(_MARKS) for w in printed.split()]
        return any(w in self._names for w in words) or (bool(words) and words[-1].lower() in _ROLES)

    def meant_by(self, printed: str) -> str:
        """The name that this means: a title alone means the one person of that title, else it stays as it is.

        'the ambassador' is the ambassador where only one is named; names lose articles and possessive endings.
        """
        words = [re.sub(r"['’]s?$", "", w).strip(_MARKS) if n == len(printed.split()) - 1 else w
                 for n, w in enumerate(printed.split())]  # fmt: skip
        while len(words) > 1 and words[0].lower() in ("the", "our", "a", "an", "my", "his", "old", "young", "then"):
            words = words[1:]
        if len(words) == 1 and words[0].lower() in _ROLES:
            named = self._by_role.get(words[0].lower(), set())
            return f"{words[0].capitalize()} {next(iter(named))}" if len(named) == 1 else f"the {words[0].lower()}"
        return " ".join(words)


def same_person(one: str, other: str) -> bool | None:
    """Are these one person? None where the names do not tell.

    >>> same_person("R. Hale", "Robert Hale"), same_person("Captain Ott", "Major Tolley"), same_person("he", "Ott")
    (True, False, None)
    >>> same_person("John Hale", "Robert Hale"), same_person("Mr. Hale and his son", "Mr. Hale")
    (False, None)
    >>> same_person("President Hale", "Robert Hale")
    """
    first, second = _parts(one), _parts(other)
    if first is None or second is None or " and " in one or " and " in other:
        return None
    (given, last), (given_too, last_too) = first, second
    if last != last_too:
        return None if given is None and given_too is None and (last in _TITLE_WORDS or last_too in _TITLE_WORDS) else (
            False if _is_name(one) and _is_name(other) else None
        )  # fmt: skip
    if given is None or given_too is None:
        titled = _is_titled(one if given is None else other)
        return None if titled and (given is None) != (given_too is None) else True
    short = min(len(given), len(given_too))
    return given[:short] == given_too[:short] if short == 1 else given == given_too


def _parts(name: str) -> tuple[str | None, str] | None:
    words = [w.strip(_MARKS) for w in name.split()]
    words = [w for w in words if w and w.lower() not in _TITLE_WORDS]
    if not words or not words[-1][:1].isupper():
        return None
    return (words[0].lower() if len(words) > 1 else None), words[-1].lower()


def _is_titled(name: str) -> bool:
    """A title and a surname: 'President Hale' may be another than Robert Hale."""
    return name.split()[0].strip(_MARKS).lower() in _TITLE_WORDS - {"mr", "mrs", "ms", "dr"}


def _is_name(name: str) -> bool:
    return all(w[:1].isupper() for w in name.split() if w.strip(_MARKS) and w not in ("of", "de", "von", "van"))
