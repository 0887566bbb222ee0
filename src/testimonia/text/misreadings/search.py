"""Which words may have been printed where OCR read this?"""

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

    __slots__ = ("_next", "_words", "begun", "best", "logp")

    def __init__(self, begun: str, words: Sequence[tuple[str, float]]) -> None:
        self.begun, self._words = begun, words
        self.best = words[0][1]
        self.logp: float | None = next((logp for word, logp in words if word == begun), None)
        self._next: dict[str, Beginning] | None = None

    def next(self) -> Mapping[str, "Beginning"]:
        """The beginnings that are a letter longer; made when they are first asked for."""
        if self._next is None:
            size = len(self.begun)
            longer: dict[str, list[tuple[str, float]]] = {}
            for word in self._words:
                if len(word[0]) > size:
                    longer.setdefault(word[0][size], []).append(word)
            self._next = {letter: Beginning(self.begun + letter, words) for letter, words in longer.items()}
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
        return Beginning("", sorted(self.words.items(), key=lambda w: -w[1]) or [("", -99.0)])


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
    options = channel.options_by_letter(read)
    places: list[_Place] = [{} for _ in range(len(read) + channel.longest + 1)]
    places[0][tree.root] = (0.0, 0)
    end = len(read)
    for i in range(end + 1):
        states = [(-rate - node.best, node.begun, node, rate, edits) for node, (rate, edits) in places[i].items()]
        if len(states) > _BEAM:
            states = nsmallest(_BEAM, states)
        worst = min(min(states)[0] + _WITHIN, -least) if states else 0.0
        for cost, _, node, rate, edits in states:
            if cost > worst:
                continue
            same = node.next().get(low[i]) if i < end else None
            if same is not None:
                _reach(places[i + 1], same, rate, edits)
            if edits < most_edits:
                # Where nothing was read a character was lost: what was read goes on at the same place.
                _confuse(places, i, node, rate, edits + 1, options[i], max(least_rate, least - node.best))
    return [
        Match(node.begun, rate, edits)
        for node, (rate, edits) in places[end].items()
        if node.logp is not None and node.begun != low and rate + node.logp >= least
    ]


_Place = dict[Beginning, tuple[float, int]]


def _confuse(
    places: Sequence[_Place], i: int, node: Beginning, rate: float, edits: int,
    options: Mapping[str, Sequence[Option]], least: float,
) -> None:  # fmt: skip
    """Go on from a beginning with everything that may have been printed at this place, as long as it is likely."""
    following = node.next()
    for letter, printed in options.items():
        first = following.get(letter) if letter else node
        if first is None:
            continue
        for size, more_letters, more in printed:
            if rate + more < least:
                break
            reached: Beginning | None = first
            for sign in more_letters[1:]:
                reached = reached.next().get(sign) if reached else None
            if reached is not None:
                _reach(places[i + size], reached, rate + more, edits)


def _reach(place: _Place, node: Beginning, rate: float, edits: int) -> None:
    known = place.get(node)
    if known is None or rate > known[0]:
        place[node] = (rate, edits)


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
        following = node.next()
        for letter, options in by_letter.items():
            if letter and letter not in following:
                continue
            for size, printed, rate in options:
                word = begun + printed + low[i + size :]
                if word in words and found.get(word, -99.0) < rate and word != low:
                    found[word] = rate
    return [Match(word, rate, 1) for word, rate in found.items()]
