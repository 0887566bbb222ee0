"""Which words may have been printed where OCR read this?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest

from testimonia.text.misreadings.channel import Channel, Option

_BEAM = 24
_WITHIN = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTree:
    """Words by their beginnings.

    `words` have their log probabilities, `beginnings` that of the likeliest word that begins so; `next` are the letters
    that a beginning can go on with.
    """

    words: Mapping[str, float]
    beginnings: Mapping[str, float]
    next: Mapping[str, str]


def word_tree(words: Iterable[tuple[str, float]]) -> WordTree:
    """The tree of these words; the likeliest should come first.

    >>> sorted(word_tree([("ten", -3.0), ("tea", -4.0)]).beginnings.items())
    [('', -3.0), ('t', -3.0), ('te', -3.0), ('tea', -4.0), ('ten', -3.0)]
    """
    held: dict[str, float] = {}
    beginnings: dict[str, float] = {"": -99.0}
    following: dict[str, str] = {}
    for word, logp in words:
        held[word] = logp
        for size in range(len(word), -1, -1):
            part = word[:size]
            known = beginnings.get(part)
            if known is None and part:
                following[part[:-1]] = following.get(part[:-1], "") + part[-1]
            if known is not None and known >= logp:
                break
            beginnings[part] = logp
    return WordTree(words=held, beginnings=beginnings, next=following)


@dataclass(frozen=True, slots=True)
class Match:
    """A word that may have been printed: the log rate of the confusions on the way to it, and how many these are."""

    word: str
    rate: float
    edits: int


def matches(read: str, tree: WordTree, channel: Channel, *, most_edits: int, least_rate: float) -> list[Match]:
    """The words of the tree that may have been read as `read`, the word itself left out.

    `least_rate` bounds the log rate. Walks over the read word with the best beginnings of words so far.

    >>> from testimonia.text.misreadings.channel import ocr_channel
    >>> tree = word_tree([("modern", -5.0), ("model", -5.0)])
    >>> [m.word for m in matches("modem", tree, ocr_channel(), most_edits=1, least_rate=-9.0)]
    ['modern']
    """
    low = read.lower()
    if len(low) != len(read):
        return []
    options = [_by_letter(here, least_rate) for here in channel.options(read)]
    beginnings, following = tree.beginnings, tree.next
    places: list[dict[str, tuple[float, int]]] = [{} for _ in range(len(read) + channel.longest + 1)]
    places[0][""] = (0.0, 0)
    end = len(read)
    for i in range(end + 1):
        here = places[i]
        best = [(-rate - beginnings[begun], begun, rate, edits) for begun, (rate, edits) in here.items()]
        if len(here) > _BEAM:
            best = nsmallest(_BEAM, best)
        worst = min(best, default=(0.0,))[0] + _WITHIN
        for cost, begun, rate, edits in best:
            if cost > worst:
                continue
            letters = following.get(begun, "")
            if i < end and low[i] in letters:
                _reach(places[i + 1], begun + low[i], rate, edits)
            if edits < most_edits:
                _confuse(places, i, (begun, rate, edits), letters, options[i], tree, least_rate)
    words = tree.words
    lost = [(w, s) for w, s in places[end].items() if w in words and w != low]
    return [Match(word, rate, edits) for word, (rate, edits) in lost]


def _by_letter(options: Iterable[Option], least_rate: float) -> dict[str, list[Option]]:
    """The options by the first letter of what may have been printed, the likeliest first."""
    found: dict[str, list[Option]] = {}
    for option in sorted(options, key=lambda o: -o[2]):
        if option[2] >= least_rate:
            found.setdefault(option[1][:1], []).append(option)
    return found


def single_matches(read: str, tree: WordTree, channel: Channel) -> list[Match]:
    """The words of the tree that one confusion makes of the word that was read: the same, but much sooner found.

    >>> from testimonia.text.misreadings.channel import ocr_channel
    >>> tree = word_tree([("modern", -5.0), ("modular", -5.0)])
    >>> [m.word for m in single_matches("modem", tree, ocr_channel())]
    ['modern']
    """
    low = read.lower()
    if len(low) != len(read):
        return []
    words = tree.words
    found: dict[str, float] = {}
    for i, options in enumerate(channel.options(read)):
        begun = low[:i]
        for size, printed, rate in options:
            word = begun + printed + low[i + size :]
            if word in words and found.get(word, -99.0) < rate and word != low:
                found[word] = rate
    return [Match(word, rate, 1) for word, rate in found.items()]


def _confuse(
    places: list[dict[str, tuple[float, int]]], i: int, state: tuple[str, float, int], letters: str,
    options: Mapping[str, list[Option]], tree: WordTree, least_rate: float,
) -> None:  # fmt: skip
    """Go on from a beginning with everything that may have been printed at this place."""
    begun, rate, edits = state
    least = least_rate - rate
    for letter in ("", *letters):
        for size, printed, more in options.get(letter, ()):
            if more < least:
                break
            longer = begun + printed
            if len(printed) < 2 or longer in tree.beginnings:
                # Where nothing was read (`size` 0) a character was lost: what was read goes on at the same place.
                _reach(places[i + size], longer, rate + more, edits + 1)


def _reach(place: dict[str, tuple[float, int]], word: str, rate: float, edits: int) -> None:
    known = place.get(word)
    if known is None or rate > known[0]:
        place[word] = (rate, edits)
