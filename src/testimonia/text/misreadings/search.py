"""Which words may have been printed where OCR read this?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest

from testimonia.text.misreadings.channel import Channel, Option

_BEAM = 24
_WITHIN = 7.0


class Beginning:
    """What some words begin with.

    `best` is the log probability of the likeliest of these words, `logp` that of the word that ends here or None.
    """

    __slots__ = ("_all", "_next", "_words", "begun", "best", "logp")

    def __init__(self, begun: str, words: Sequence[tuple[str, float]], all_words: Mapping[str, float]) -> None:
        self.begun, self._words, self._all = begun, words, all_words
        self.best = words[0][1]
        self.logp = all_words.get(begun)
        self._next: dict[str, Beginning] | None = None

    def next(self) -> Mapping[str, "Beginning"]:
        """The beginnings that are a letter longer; made when they are first asked for."""
        if self._next is None:
            size = len(self.begun)
            longer: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
            for word in self._words:
                longer[word[0][size : size + 1]].append(word)
            longer.pop("", None)
            self._next = {letter: Beginning(self.begun + letter, words, self._all) for letter, words in longer.items()}
            self._words = ()
        return self._next


class WordTree:
    """Words by their beginnings, branched only where someone looks: few sources ask for words of every beginning.

    `words` have their log probabilities.

    >>> tree = WordTree({"ten": -3.0, "tea": -4.0})
    >>> tree.root.next()["t"].best, tree.root.next()["t"].logp
    (-3.0, None)
    """

    def __init__(self, words: Mapping[str, float]) -> None:
        self.words = words

    @cached_property
    def root(self) -> Beginning:
        """The beginning of all words."""
        words = sorted(self.words.items(), key=lambda w: -w[1])
        return Beginning("", words or [("", -99.0)], self.words)


@dataclass(frozen=True, slots=True)
class Match:
    """A word that may have been printed: the log rate of the confusions on the way to it, and how many these are."""

    word: str
    rate: float
    edits: int


def matches(
    read: str, tree: WordTree, channel: Channel, *, most_edits: int, least_rate: float, least: float = -99.0
) -> list[Match]:
    """The words of the tree that may have been read as `read`, the word itself left out.

    `least_rate` bounds the log rate of the confusions, `least` that together with the log probability of the word.
    Walks over the read word with the best beginnings of words so far.

    >>> from testimonia.text.misreadings.channel import ocr_channel
    >>> tree = WordTree({"modern": -5.0, "model": -5.0})
    >>> [m.word for m in matches("modem", tree, ocr_channel(), most_edits=1, least_rate=-9.0)]
    ['modern']
    """
    low = read.lower()
    if len(low) != len(read):
        return []
    walk = _Walk(len(read), channel.longest, least_rate, least)
    walk.reach(0, tree.root, 0.0, 0)
    for i, options in enumerate(channel.options_by_letter(read)):
        for node, rate, edits in walk.likeliest(i):
            same = node.next().get(low[i]) if i < walk.end else None
            if same is not None:
                walk.reach(i + 1, same, rate, edits)
            if edits < most_edits:
                walk.confuse(i, node, rate, edits + 1, options)
    return [
        Match(node.begun, rate, edits)
        for node, (rate, edits) in walk.places[walk.end].items()
        if node.logp is not None and node.begun != low and rate + node.logp >= least
    ]


class _Walk:
    """The beginnings of words that were reached at each place of the read word, with the rate and number of confusions.

    What can't lead to a word that is likely enough, or is left out where it stands anyway, is not kept.
    """

    def __init__(self, end: int, longest: int, least_rate: float, least: float) -> None:
        self.end, self._longest, self._least_rate, self._least = end, longest, least_rate, least
        self.places: list[dict[Beginning, tuple[float, int]]] = [{} for _ in range(end + longest + 1)]
        self._floors = [least] * (end + longest + 2)

    def likeliest(self, i: int) -> Sequence[tuple[Beginning, float, int]]:
        """The likeliest beginnings at this place; all within some bound of the best."""
        states = [(-rate - node.best, node.begun, node, rate, edits) for node, (rate, edits) in self.places[i].items()]
        if len(states) > _BEAM:
            states = nsmallest(_BEAM, states)
        worst = min(min(states)[0] + _WITHIN, -self._least) if states else 0.0
        return [(node, rate, edits) for cost, _, node, rate, edits in states if cost <= worst]

    def reach(self, at: int, node: Beginning, rate: float, edits: int) -> None:
        """A beginning is reached here, unless it was with a better rate."""
        likely = rate + node.best
        if likely < self._floors[at]:
            return
        place = self.places[at]
        known = place.get(node)
        if known is None or rate > known[0]:
            place[node] = (rate, edits)
            if at < self.end and likely - _WITHIN > self._floors[at]:
                self._floors[at] = likely - _WITHIN

    def confuse(
        self, i: int, node: Beginning, rate: float, edits: int, options: Mapping[str, Sequence[Option]]
    ) -> None:
        """Go on from a beginning with everything that may have been printed at this place, as long as it is likely."""
        following = node.next()
        least_more = self._least_rate - rate
        # The places that may be reached from here have floors of their own; none is below this one.
        floor = min(self._floors[i + 1 : i + self._longest + 1]) - rate
        inside = i < self.end
        for letter, printed in options.items():
            first = following.get(letter) if letter else node
            if first is None:
                continue
            lowest = floor - first.best
            if lowest < least_more:
                lowest = least_more
            for size, letters, more in printed:
                if more < lowest:
                    break
                if inside and not size:
                    continue  # what was lost before this letter: the walk has gone past it
                reached: Beginning | None = first
                for sign in letters[1:]:
                    reached = reached.next().get(sign) if reached else None
                if reached is not None:
                    self.reach(i + size, reached, rate + more, edits)


def single_matches(read: str, tree: WordTree, channel: Channel) -> list[Match]:
    """The words of the tree that one confusion makes of the word that was read: the same, but much sooner found.

    >>> from testimonia.text.misreadings.channel import ocr_channel
    >>> tree = WordTree({"modern": -5.0, "modular": -5.0})
    >>> [m.word for m in single_matches("modem", tree, ocr_channel())]
    ['modern']
    """
    low = read.lower()
    if len(low) != len(read):
        return []
    words = tree.words
    found: dict[str, float] = {}
    node: Beginning | None = tree.root
    for i, by_letter in enumerate(channel.options_by_letter(read)):
        begun = low[:i]
        if i:
            node = node.next().get(low[i - 1]) if node else None
        if node is None:
            break  # no word begins so: what was misread stands before
        rests = [low[i + size :] for size in range(channel.longest + 1)]
        following = node.next()
        for letter, options in by_letter.items():
            if letter and letter not in following:
                continue
            for size, printed, rate in options:
                word = begun + printed + rests[size]
                if word in words and found.get(word, -99.0) < rate and word != low:
                    found[word] = rate
    return [Match(word, rate, 1) for word, rate in found.items()]
