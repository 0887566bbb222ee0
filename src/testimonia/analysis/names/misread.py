"""Which name of the source may a word be that OCR read wrongly?"""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

from testimonia.text.english_words import zipf

_SHORTEST = 6
_LONG = 10
_KNOWN = 1.0


class Misread:
    """Looks names up by words that differ from them in one letter (in two, where they are long)."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_part: dict[str, list[str]] = defaultdict(list)
        for name in sorted(set(names)):
            if len(name) >= _SHORTEST and name.isalpha():
                for part in _parts(name):
                    self._by_part[part].append(name)

    def name(self, word: str) -> str | None:
        """The only name that this word may be; None where English has the word, or where two names are as near.

        >>> seen = Misread(["Gromarev", "Haldorsen"])
        >>> seen.name("Gromarcv"), seen.name("Haldorsen"), seen.name("Haldor"), seen.name("6romarev")
        ('Gromarev', None, None, 'Gromarev')
        """
        if len(word) < _SHORTEST - 1:
            return None
        near = {name for part in _parts(word) for name in self._by_part.get(part, ())}
        if not near or word in near or zipf(word) > _KNOWN:
            return None
        found: dict[int, list[str]] = defaultdict(list)
        for name in near:
            bound = 2 if len(name) >= _LONG else 1
            distance = Levenshtein.distance(word, name, score_cutoff=bound)
            if distance <= bound:
                found[distance].append(name)
        best = found[min(found)] if found else []
        return best[0] if len(best) == 1 else None


def _parts(word: str) -> tuple[str, ...]:
    """The beginning and the end of a word: one of them stays as it is, where one letter is misread."""
    half = len(word) // 2
    return (f"<{word[: min(3, half)]}", f"{word[-min(3, half) :]}>")
