"""What was printed where a word looks misread? Every reading is weighed against all others, and against the word."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log

from testimonia.text.english_words import english_frequencies
from testimonia.text.misreadings.channel import Channel, ocr_channel
from testimonia.text.misreadings.english import English, english
from testimonia.text.misreadings.names import Names
from testimonia.text.misreadings.search import Match, matches, single_matches
from testimonia.text.misreadings.tokens import Token, may_be_asked

# Before anything is seen, a source is taken to have three hundredths of the misreadings of the pages that the
# confusions were counted on, as far as a page and a half of its letters would tell.
_PRIOR_SHARE, _PRIOR_LETTERS = 0.03, 1500
_ROUNDS = 4
# From this share of those misreadings on, words of the language are asked about as well ('us' for 'as').
HEAVY = 0.07
_ENOUGH = 8.0
_COMMON = log(0.04)
# Words of this length are looked for among those that more than one confusion makes, where none nearer is this likely.
_FAR_FROM, _NEAR_ENOUGH = 4, -17.0
_OWN_SHARE = 0.3
_OWN_FROM = 3
_VERY_COMMON = log(5e-4)
_SUGGEST_FROM = 0.5
# The words beside it and the source's own words make a word likelier by so much at most.
_LIKELIER_HERE = 12.0
_STRANGE_FROM, _ONLY_ONE = 5, 0.75
_LIKELIEST = 4
_UNKNOWN_BELOW = 1e-7
_NAME_BELOW = 1e-6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may have been printed: its match, its log probability in this source, and whether it is a name."""

    match: Match
    alone: float
    is_name: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The best reading of the word at `index`: how sure it is, and how many times likelier its neighbours make it."""

    index: int
    candidate: Candidate
    confidence: float
    gain: float


@lru_cache(maxsize=1 << 16)
def _single(word: str) -> Sequence[Match]:
    return single_matches(word, english().tree, ocr_channel())


@lru_cache(maxsize=1 << 16)
def _matches(word: str, heavy: bool) -> tuple[Match, ...]:
    """The words that may have been printed for this one; those further off only where no near one is likely.

    Where little is misread (not `heavy`), two confusions in one word are too rare to explain a word that is spelt as
    words are.
    """
    tree = english().tree
    found = _single(word)
    size = len(word)
    known = english().frequency(word.lower()) > _UNKNOWN_BELOW
    if size < _FAR_FROM or known or any(m.rate + tree.words[m.word] > _NEAR_ENOUGH for m in found):
        return tuple(found)
    edits, rate = (2, -14.0) if size < 6 else (3, -20.0)
    least = english().genuine(word) - (_LIKELIER_HERE if heavy else _LIKELIER_HERE + 2 * log(HEAVY))
    further = matches(word, tree, ocr_channel(), most_edits=edits, least_rate=rate, least=least)
    near = {m.word for m in further}
    return (*further, *(m for m in found if m.word not in near))


class Weigher:
    """Which words of this source are misread, and how much of it is?

    `share` is how many of its letters are misread, against the pages that the confusions were counted on: 1 is as bad
    as these (one letter in thirty). It is estimated from the source itself, and is what makes one and the same word
    ('tho') a certain misreading in one source and a word to be left alone in another. `expected` is how many
    misreadings that makes. Where it is known to be `heavy`, words of the language are asked about as well.
    """

    def __init__(self, tokens: Sequence[Token], *, heavy: bool = False) -> None:
        self.tokens = tokens
        self.times = Counter(token.text for token in tokens)
        self._small_times = Counter(token.text.lower() for token in tokens)
        self.names = Names(self.times)
        self.english: English = english()
        self._channel: Channel = ocr_channel()
        self._candidates: dict[str, tuple[Candidate, ...]] = {}
        self._genuine: dict[str, float] = {}
        self._by_itself: dict[str, float] = {}
        self._ranked: dict[tuple[str, bool], Sequence[tuple[float, Candidate]]] = {}
        self._proper = {token.text for token in tokens if not token.english}
        self.expected = 0.0
        self.share = HEAVY if heavy else 0.0
        self._find(all_words=heavy)
        self.share = self._estimated()

    @property
    def bad_print(self) -> bool:
        """Is this source misread throughout? A few misreadings in a few lines don't say so."""
        return self.share >= HEAVY and self.expected >= _ENOUGH

    def weigh(self) -> Iterator[Weighed]:
        """The words that something else is likelier to have been printed for, in the order of the text."""
        best = [token.text.lower() for token in self.tokens]
        asked = [i for i, token in enumerate(self.tokens) if token.text in self._candidates and self._of(token)]
        found: dict[int, Weighed] = {}
        for _ in range(2):
            for i in asked:
                weighed = self._weigh(i, best)
                sure = weighed is not None and weighed.confidence >= _SUGGEST_FROM
                best[i] = weighed.candidate.match.word if weighed and sure else self.tokens[i].text.lower()
                if weighed and sure:
                    found[i] = weighed
                else:
                    found.pop(i, None)
            self._learn(best)
        if not self.bad_print:
            for i in asked:
                strange = self._strange(i, best) if i not in found else None
                if strange is not None:
                    found[i] = strange
        return (found[i] for i in sorted(found))

    def printed_for(self, read: str) -> Sequence[Match]:
        """What may have been printed for these characters if they are one word, itself included where it is one."""
        low = read.lower()
        itself = (Match(low, 0.0, 0),) if low in self.english.tree.words else ()
        return (*itself, *_matches(read, True))

    def likelihood(self, words: Sequence[str], before: str | None, after: str | None) -> float:
        """The log probability that these words are printed between those two."""
        found = 0.0
        for word in (*words, *([after] if after is not None else [])):
            found += self.english.follows(before, word, self._alone(word))
            before = word
        return found

    def apart(self, index: int, before: str | None, after: str | None) -> float:
        """The log probability of the likeliest two words that were printed for this token and the next one."""
        one, other = (self._readings(self.tokens[i]) for i in (index, index + 1))
        return max(
            a + b + self.likelihood((word, next_word), before, after) for a, word in one for b, next_word in other
        )

    def _readings(self, token: Token) -> Sequence[tuple[float, str]]:
        """What may have been printed for this token alone, with the log rates of the confusions; the likeliest few."""
        low = token.text.lower()
        genuine = self._genuine.get(token.text)
        if genuine is None:
            genuine = self.english.genuine(token.text)
        more = log(self.share)
        as_read = (genuine - self._alone(low), low)
        found = self._of(token) if token.text in self._candidates else ()
        return (as_read, *((c.match.rate + c.match.edits * more, c.match.word) for _, c in found[:_LIKELIEST]))

    def _strange(self, index: int, best: Sequence[str]) -> Weighed | None:
        """What may a string be that stands once and is in no list, if only one word is likely? A question, no more."""
        token = self.tokens[index]
        low = token.text
        short_name = low.isupper() and len(low) > 2 and any(c.is_name for _, c in self._of(token))
        if not (short_name or (low.islower() and len(low) >= _STRANGE_FROM)):
            return None
        if not token.english or self.times[low] > 1 or low.lower() in english_frequencies():
            return None
        before = best[index - 1] if index else None
        after = best[index + 1] if index + 1 < len(best) else None
        scores = sorted(
            (base + self._neighbours(c.match.word, self._alone(c.match.word), before, after), n, c)
            for n, (base, c) in enumerate(self._of(token))
        )
        if not scores:
            return None
        share = 1 / sum(exp(score - scores[-1][0]) for score, _, _ in scores)
        if share < _ONLY_ONE:
            return None
        return Weighed(index=index, candidate=scores[-1][2], confidence=_SUGGEST_FROM, gain=1.0)

    def _learn(self, best: Sequence[str]) -> None:
        """What the source says as read so far is what it is like: 'tho' is no word of it where it was printed 'the'."""
        self._small_times = Counter(best)
        self._by_itself.clear()
        self._ranked.clear()

    def _of(self, token: Token) -> Sequence[tuple[float, Candidate]]:
        """The candidates for this token with their log probabilities before its neighbours are asked, the best first.

        Outside English prose only the source's own names. Those are left out that no neighbour makes likely.
        """
        found = self._ranked.get((token.text, token.english))
        if found is None:
            more, genuine = log(self.share), self._genuine[token.text]
            scored = [
                (self._alone(c.match.word) + c.match.rate + c.match.edits * more, c)
                for c in self._candidates[token.text]
                if token.english or c.is_name
            ]
            scored.sort(key=lambda s: (-s[0], s[1].match.word))
            floor = max(genuine, scored[0][0] if scored else genuine) - _LIKELIER_HERE
            found = self._ranked[token.text, token.english] = [s for s in scored if s[0] >= floor]
        return found

    def _find(self, *, all_words: bool) -> None:
        """Look for what may have been printed for the words that no list has, or for all but the commonest."""
        tree = self.english.tree.words
        for word in self.times:
            low = word.lower()
            if not may_be_asked(word):
                continue
            known = self.english.frequency(low)
            if tree.get(low, -99.0) > _COMMON if all_words else known > _UNKNOWN_BELOW and not _mixed(word):
                continue
            genuine = self.english.genuine(word)
            named, short = self.names.times, self.names.short_times if word.isupper() else {}
            likely = [(m, self._alone(m.word)) for m in _matches(word, all_words)]
            floor = max([genuine, *(m.rate + alone for m, alone in likely)]) - _LIKELIER_HERE
            found = {
                m.word: Candidate(m, alone, m.word.capitalize() in named or m.word.upper() in short)
                for m, alone in likely
                if m.rate + alone >= floor
            }
            if known < _NAME_BELOW:
                for m in self.names.like(word, self.times[word], self._channel):
                    if m.word not in found or found[m.word].match.rate < m.rate:
                        found[m.word] = Candidate(m, self._alone(m.word), True)
            if found and not self._is_own(word, found.values()):
                self._candidates[word] = tuple(found.values())
                self._genuine[word] = genuine

    def _is_own(self, word: str, found: Collection[Candidate]) -> bool:
        """Does the source print this word so often that no confusion of another word explains it?

        A misreading of one of the commonest words ('tho') may stand oftener than the word itself.
        """
        times = self._small_times[word.lower()]
        if times < _OWN_FROM or (self.share >= HEAVY and word.islower()):
            return False
        return not any(
            c.alone > _VERY_COMMON or 4 * self._small_times[c.match.word] * exp(c.match.rate) >= times for c in found
        )

    def _alone(self, word: str) -> float:
        """The log probability of a word of this source, before its neighbours are asked."""
        known = self._by_itself.get(word)
        if known is None:
            general = exp(self.english.tree.words.get(word, -18.0))
            own = max(0.0, self._small_times[word] - 0.5) / len(self.tokens)
            known = self._by_itself[word] = log((1.0 - _OWN_SHARE) * general + _OWN_SHARE * own + 1e-12)
        return known

    def _estimated(self) -> float:
        """The share of misreadings, by expectation-maximisation over the words that are asked about."""
        times = Counter(token.text for token in self.tokens if token.english)
        letters = sum(len(word) * n for word, n in times.items())
        usual = self._channel.edits_per_letter
        share = 2 * _PRIOR_SHARE
        for _ in range(_ROUNDS):
            expected = 0.0
            more = log(share)
            for word, candidates in self._candidates.items():
                if not times[word]:
                    continue
                scores = [(c.alone + c.match.rate + c.match.edits * more, c.match.edits) for c in candidates]
                top = max(self._genuine[word], max(s for s, _ in scores))
                total = exp(self._genuine[word] - top) + sum(exp(s - top) for s, _ in scores)
                expected += times[word] * sum(e * exp(s - top) for s, e in scores) / total
            self.expected = expected
            share = (expected / usual + _PRIOR_SHARE * _PRIOR_LETTERS) / (letters + _PRIOR_LETTERS)
        return min(share, 3.0)

    def _weigh(self, index: int, best: Sequence[str]) -> Weighed | None:
        """The best reading at this place, with its neighbours as they are read so far; None where the word stays."""
        token = self.tokens[index]
        before = best[index - 1] if index else None
        after = best[index + 1] if index + 1 < len(best) else None
        low, genuine = token.text.lower(), self._genuine[token.text]
        context = self._neighbours(low, genuine, before, after)
        stays = genuine + context
        scores = []
        for base, c in self._of(token):
            gain = self._neighbours(c.match.word, self._alone(c.match.word), before, after)
            scores.append((base + gain, gain, c))
        if not scores:
            return None
        score, gain, winner = max(scores, key=lambda s: (s[0], s[2].match.word))
        if score <= stays:
            return None
        total = exp(stays - score) + sum(exp(s - score) for s, _, _ in scores)
        gain -= context
        return Weighed(index=index, candidate=winner, confidence=1 / total, gain=exp(min(gain, 20.0)))

    def _neighbours(self, word: str, alone: float, before: str | None, after: str | None) -> float:
        """How much likelier do the words beside it make this word, as a log?"""
        gain = self.english.follows(before, word, alone) - alone
        if after is not None:
            by_itself = self._alone(after)
            gain += self.english.follows(word, after, by_itself) - by_itself
        return gain


def _mixed(word: str) -> bool:
    """Is a word written in large and small letters as no one writes, like 'returnB'?"""
    return not (word.islower() or word.isupper() or word[1:].islower())
