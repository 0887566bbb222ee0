"""How would these words be spelled, had nothing been misread? Only for comparing: nobody is shown it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log10
from string import ascii_lowercase

from rapidfuzz.distance import OSA

from testimonia.text.english_words import zipf

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
# On the Zipf scale: a word below the first is doubtful; one from the second on may be what was meant.
_DOUBTFUL, _COMMON = 2.3, 3.0
# So often in the accounts themselves, and a strange word is theirs: a name, mostly.
_THEIRS = 3
_ONE_EDIT, _TWO_EDITS, _SPLIT = 1.2, 3.0, 2.4
_SHORTEST, _LONG = 3, 7
_SHORTEST_PART = 2
_OWNING = ("'s", "’s")


class Spelling:
    """Spells doubtful words as the accounts of the same event spell them elsewhere, else as English does.

    A misread 'Harwlck' in one account is 'Harwick' in the others. Words that English knows, numbers and words that
    the accounts use often are left alone, so that clean text stays as it is.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        forms = Counter(t for text in texts for t in _TOKEN.findall(text))
        self._held: Counter[str] = Counter()
        self._printed: dict[str, str] = {}
        for form, count in sorted(forms.items()):
            word = form.lower()
            self._held[word] += count
            if word not in self._printed or forms[self._printed[word]] < count:
                self._printed[word] = form
        self._total = max(1000, sum(self._held.values()))
        self._long: dict[int, list[str]] = {}
        for word in sorted(self._held):
            if len(word) >= _LONG - 2 and self._is_ours(word):
                self._long.setdefault(len(word), []).append(word)
        self._spelled: dict[str, str] = {}

    def spell(self, text: str) -> str:
        """The text with its doubtful words as they are spelled elsewhere.

        >>> known = ["Captain Ott lay in Harwick.", "From Harwick he sailed.", "Nobody in Harwick knew."]
        >>> Spelling([*known, "He left Harwlck that nigbt."]).spell("He left Harwlck that nigbt.")
        'He left Harwick that night.'
        """
        return _TOKEN.sub(lambda m: self._word(m.group()), text)

    def _word(self, printed: str) -> str:
        spelled = self._spelled.get(printed)
        if spelled is None:
            word = printed.lower()
            spelled = printed if self._is_sure(word) else self._meant(word, printed)
            self._spelled[printed] = spelled
        return spelled

    def _is_ours(self, word: str) -> bool:
        return self._held[word] >= _THEIRS or (self._held[word] > 0 and zipf(word) >= _COMMON)

    def _is_sure(self, word: str) -> bool:
        return (
            len(word) < _SHORTEST
            or word.isdigit()
            or not word.isascii()
            or self._held[word] >= _THEIRS
            or zipf(word) >= _DOUBTFUL
            or (word[-2:] in _OWNING and self._is_sure(word[:-2]))
        )

    def _worth(self, word: str) -> float:
        """How likely is this word here, on the Zipf scale? A word that the accounts use is the likelier."""
        return max(zipf(word), log10(self._held[word] / self._total) + 9 if self._is_ours(word) else 0.0)

    def _meant(self, word: str, printed: str) -> str:
        found = [
            (self._worth(c) - _ONE_EDIT, c) for c in _one_edit(word) if self._held[c] >= _THEIRS or zipf(c) >= _COMMON
        ]
        if len(word) >= _LONG:
            near = (c for size in range(len(word) - 2, len(word) + 3) for c in self._long.get(size, ()))
            found += [(self._worth(c) - _TWO_EDITS, c) for c in near if OSA.distance(word, c, score_cutoff=2) == 2]
        found += [(min(map(self._worth, parts)) - _SPLIT, " ".join(parts)) for parts in _parted(word)]
        least = max(zipf(word), _COMMON - _ONE_EDIT)
        best = max(((worth, c) for worth, c in found if worth > least), default=None)
        return printed if best is None else self._cased(best[1], printed)

    def _cased(self, word: str, printed: str) -> str:
        """In capitals where the accounts print it so, or where this one begins with one."""
        usual = self._printed.get(word, word)
        if usual != word and self._held[word] >= _THEIRS:
            return usual
        return word[:1].upper() + word[1:] if printed[:1].isupper() else word


def _one_edit(word: str) -> Iterator[str]:
    """All words that one letter makes: left out, put in, another one, two exchanged."""
    halves = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    seen = {word}
    for a, b in halves:
        made: list[str] = []
        if b:
            made.append(a + b[1:])
            made += [a + c + b[1:] for c in ascii_lowercase]
        if len(b) > 1:
            made.append(a + b[1] + b[0] + b[2:])
        made += [a + c + b for c in ascii_lowercase]
        for other in made:
            if other not in seen and len(other) >= _SHORTEST - 1:
                seen.add(other)
                yield other


def _parted(word: str) -> Iterator[tuple[str, str]]:
    """Two words run together, a letter between them or none."""
    for n in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        yield word[:n], word[n:]
        if n + 1 <= len(word) - _SHORTEST_PART:
            yield word[:n], word[n + 1 :]


def spell_alike(accounts: Sequence[Sequence[str]]) -> list[list[str]]:
    """The passages of all accounts with doubtful words spelled as elsewhere in them, or as in English."""
    spelling = Spelling(text for passages in accounts for text in passages)
    return [[spelling.spell(text) for text in passages] for passages in accounts]
