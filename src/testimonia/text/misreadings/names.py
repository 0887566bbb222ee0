"""The names that a source prints often, and which of them a strange word may be."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from testimonia.text.misreadings.channel import Channel
from testimonia.text.misreadings.search import Match

_LEAST_TIMES = 3
_TIMES_MORE = 3
_SHORTEST = 5
_MOST_NAMES = 600
_LIKE_FROM = 0.62
_STRANGE_CONFUSION, _STRANGE_SIGN = log(1e-3), log(0.08)


class Names:
    """Which of the source's own names may have been misread as this word?

    A name is a word of five letters or more that stands at least three times, nearly always with a capital; or one in
    capitals of three letters or more.
    """

    def __init__(self, words: Counter[str]) -> None:
        small: Counter[str] = Counter()
        for word, times in words.items():
            if word[0].islower():
                small[word] += times
        names = Counter(
            {
                word: times
                for word, times in words.items()
                if times >= _LEAST_TIMES
                and len(word) >= _SHORTEST
                and word.isalpha()
                and word[0].isupper()
                and word[1:].islower()
                and 10 * small[word.lower()] <= times
            }
        )
        self.times = dict(names.most_common(_MOST_NAMES))
        self._names = list(self.times)
        shorts = Counter({w: n for w, n in words.items() if n >= _LEAST_TIMES and _is_short_name(w)})
        self.short_times = dict(shorts.most_common(_MOST_NAMES))

    def like(self, word: str, times: int, channel: Channel) -> Iterator[Match]:
        """The names that `word`, which stands `times` times, may be a misreading of.

        Not a name that begins with the word or that the word begins with: 'Jupiters' and 'Jupiter' are two words.

        >>> from testimonia.text.misreadings.channel import ocr_channel
        >>> names = Names(Counter({"Quillonsky": 12, "harbour": 30}))
        >>> [m.word for m in names.like("Quilhmsky", 1, ocr_channel())]
        ['quillonsky']
        """
        if _is_short_name(word):
            yield from self._like_short(word, times, channel)
        if len(word) < _SHORTEST or not word[0].isupper() or not self._names:
            return
        found = process.extract(word, self._names, scorer=Levenshtein.normalized_similarity, score_cutoff=_LIKE_FROM)
        low = word.lower()
        for name, _, _ in found:
            like = name.lower()
            if self.times[name] < _TIMES_MORE * times or like.startswith(low) or low.startswith(like):
                continue
            rates = [_rate(channel, read, printed) for read, printed in differences(word, like)]
            yield Match(like, sum(rates), len(rates))

    def _like_short(self, word: str, times: int, channel: Channel) -> Iterator[Match]:
        """Names in capitals that one known confusion makes of this word: they are too short for anything looser."""
        for name, often in self.short_times.items():
            if often < _TIMES_MORE * times or abs(len(name) - len(word)) > 2 or name == word:
                continue
            found = differences(word, name)
            if len(found) == 1:
                rate = dict(channel.printed.get(found[0][0], ())).get(found[0][1].lower())
                if rate is not None:
                    yield Match(name.lower(), rate, 1)


def _is_short_name(word: str) -> bool:
    return len(word) >= 3 and word.isalpha() and word.isupper()


def differences(read: str, printed: str) -> Sequence[tuple[str, str]]:
    """Where two words differ: what was read (its case kept) and what was printed, neighbouring differences as one.

    >>> differences("modem", "modern"), differences("wero", "were")
    ([('m', 'rn')], [('o', 'e')])
    """
    runs: list[tuple[int, int, int, int]] = []
    for block in Levenshtein.opcodes(read.lower(), printed.lower()):
        if block.tag == "equal":
            continue
        if runs and runs[-1][1] == block.src_start and runs[-1][3] == block.dest_start:
            runs[-1] = (runs[-1][0], block.src_end, runs[-1][2], block.dest_end)
        else:
            runs.append((block.src_start, block.src_end, block.dest_start, block.dest_end))
    return [(read[a:b], printed[c:d]) for a, b, c, d in runs]


def _rate(channel: Channel, read: str, printed: str) -> float:
    known = dict(channel.printed.get(read, ())).get(printed)
    signs = max(len(read), len(printed))
    return _STRANGE_CONFUSION + _STRANGE_SIGN * (signs - 1) if known is None else known
