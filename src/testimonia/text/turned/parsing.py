"""Which row of words do the glyphs of a page spell, and how sure is each of them?"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from testimonia.text.turned.guessing import Guesser
from testimonia.text.turned.language import START, UNKNOWN, WordModel
from testimonia.text.turned.spelling import Spelling

Kind = Literal["word", "guess", "mark", "space", "junk"]

_CLOSING = {",": -2.8, ".": -3.0, ";": -5.5, ":": -5.5, "?": -6.0, "!": -7.0, ")": -5.0, '"': -4.5, "'": -6.0}
_CLOSING |= {"-": -4.5, "—": -5.0}
_OPENING = {"(": -5.0, '"': -4.5, "'": -6.5, "$": -8.0, "-": -6.0, "—": -6.0}
_ENDS_SENTENCE = frozenset(".?!")
_JOINS_WORDS = frozenset("-—")
_JUNK = -9.5
_SPACE, _SECOND_SPACE = -0.05, -1.0
# A place is not followed further when it lies so far behind what others reached, at this cost for each glyph.
_RATE = 2.5
_WINDOW = 25
_LEAST_SHARE = 1e-4
_LEEWAY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How is the page parsed? Log probabilities in nats.

    `word_weight` scales the language against the glyphs; `glued` is what two words without a space between them cost;
    `beam` bounds the contexts kept at a place, `slack` how much worse than the best they may be, `behind` how far a
    place may lie behind others; `temper` flattens the scores for the posteriors, as glyphs do not err independently.
    """

    word_weight: float = 1.0
    glued: float = -8.0
    beam: int = 16
    slack: float = 9.0
    behind: float = 4.0
    temper: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One word, mark, space or piece of junk from glyph `start` to `end`.

    `word` is the word in small letters, empty for anything else; `glyph_logp` is how well the glyphs go with it.
    """

    kind: Kind
    start: int
    end: int
    text: str
    word: str = ""
    units: tuple[tuple[str, int], ...] = ()
    glyph_logp: float = 0.0


@dataclass(slots=True, eq=False)
class _Node:
    """A place in the glyphs, after `before`, with (`fresh`) or without room for a new word.

    `earlier` is the word before `before` on the best way here, empty where a sentence begins.
    """

    before: str
    fresh: bool
    earlier: str = ""
    best: float = -math.inf
    back: "_Arc | None" = None
    total: float = -math.inf
    beta: float = -math.inf
    arcs: "list[_Arc]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Arc:
    source: _Node
    piece: Piece
    logp: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """The likeliest row of pieces, gapless from the first glyph to the last, and its log probability.

    `shares` hold, for each word and the glyph it begins at, the ends it may have with the share of parses that say so.
    """

    pieces: tuple[Piece, ...]
    logp: float
    shares: Mapping[tuple[str, int], list[tuple[int, float]]] = field(repr=False)

    def share(self, piece: Piece) -> float:
        """How large a share of all parses has this word here, two glyphs more or less at its ends?"""
        found = sum(
            share
            for start in range(piece.start - _LEEWAY, piece.start + _LEEWAY + 1)
            for end, share in self.shares.get((piece.word, start), ())
            if abs(end - piece.end) <= _LEEWAY
        )
        return min(1.0, found)


def parse(guesser: Guesser, model: WordModel, settings: Settings) -> Parse:
    """Which words do the glyphs of the guesser's speller spell?"""
    return _Parser(guesser, model, settings).run()


class _Parser:
    def __init__(self, guesser: Guesser, model: WordModel, settings: Settings) -> None:
        self.guesser = guesser
        self.speller = guesser.speller
        self.model = model
        self.settings = settings
        self.size = len(self.speller.glyphs)
        self.nodes: list[dict[tuple[str, bool], _Node]] = [{} for _ in range(self.size + 1)]
        self.best = [-math.inf] * (self.size + 1)

    def run(self) -> Parse:
        start = _Node(START, True, best=0.0, total=0.0)
        self.nodes[0][START, True] = start
        self.best[0] = 0.0
        for at in range(self.size):
            nodes = self._kept(at)
            if nodes:
                self._leave(at, nodes)
        last = self._kept(self.size)
        return self._told(last)

    def _kept(self, at: int) -> list[_Node]:
        """The nodes worth following from here."""
        found = self.nodes[at]
        if not found:
            return []
        settings = self.settings
        boundary = at == self.size or self.speller.glyphs[at] in " \n"
        reached = max(n.best if n.fresh or boundary else n.best + settings.glued for n in found.values())
        until = min(self.size, at + _WINDOW)
        ahead = max((self.best[i] + _RATE * (i - at) for i in range(at + 1, until + 1)), default=-math.inf)
        if reached < ahead - settings.behind:
            found.clear()
            return []
        nodes = sorted(found.values(), key=lambda n: (-n.best, n.before, n.fresh))[: settings.beam]
        floor = nodes[0].best - settings.slack
        nodes = [n for n in nodes if n.best >= floor]
        self.nodes[at] = {(n.before, n.fresh): n for n in nodes}
        for node in nodes:
            node.total = _sum([arc.source.total + settings.temper * arc.logp for arc in node.arcs] or [node.total])
        return nodes

    def _leave(self, at: int, nodes: list[_Node]) -> None:
        glyph = self.speller.glyphs[at]
        if glyph in " \n":
            space = Piece(kind="space", start=at, end=at + 1, text=glyph)
            for node in nodes:
                self._put(node, at + 1, node.before, True, space, _SECOND_SPACE if node.fresh else _SPACE)
        else:
            junk = Piece(kind="junk", start=at, end=at + 1, text="")
            for node in nodes:
                self._put(node, at + 1, node.before, node.fresh, junk, _JUNK)
            self._words(at, nodes)
        self._marks(at, nodes)

    def _marks(self, at: int, nodes: list[_Node]) -> None:
        for mark, found in self.speller.options(at).marks.items():
            closing, opening = _CLOSING.get(mark), _OPENING.get(mark)
            for rate, size in found:
                piece = Piece(kind="mark", start=at, end=at + size, text=mark, units=((mark, size),))
                for node in nodes:
                    prior = opening if node.fresh else closing
                    if prior is not None:
                        before = START if mark in _ENDS_SENTENCE else node.before
                        fresh = node.fresh or mark in _JOINS_WORDS
                        self._put(node, at + size, before, fresh, piece, rate + prior)

    def _words(self, at: int, nodes: list[_Node]) -> None:
        settings, model = self.settings, self.model
        for spelling in self.speller.spellings(at):
            piece = _piece("word", at, spelling)
            last = spelling.word.rpartition(" ")[2]
            for node in nodes:
                logp = spelling.glyph_logp
                logp += settings.word_weight * model.logp(node.before, spelling.word, spelling.word_logp, node.earlier)
                if not node.fresh:
                    logp += settings.glued
                self._put(node, spelling.end, last, False, piece, logp)
        fresh = [node for node in nodes if node.fresh]
        if fresh:
            for spelling in self.guesser.guesses(at):
                piece = _piece("guess", at, spelling)
                logp = spelling.glyph_logp + settings.word_weight * spelling.word_logp
                for node in fresh:
                    self._put(node, spelling.end, UNKNOWN, False, piece, logp)

    def _put(self, source: _Node, to: int, before: str, fresh: bool, piece: Piece, logp: float) -> None:
        reached = source.best + logp
        if reached < self.best[to] - self.settings.slack - 3.0:
            return
        nodes = self.nodes[to]
        node = nodes.get((before, fresh))
        if node is None:
            node = nodes[before, fresh] = _Node(before, fresh)
        arc = _Arc(source, piece, logp)
        node.arcs.append(arc)
        if reached > node.best:
            node.best = reached
            node.back = arc
            node.earlier = _earlier(source, piece, before)
            if reached > self.best[to]:
                self.best[to] = reached

    def _told(self, last: list[_Node]) -> Parse:
        """The best row of pieces, with the share of all parses that each word has."""
        ends = _sum([node.total for node in last])
        for node in last:
            node.beta = 0.0
        shares: dict[tuple[str, int], list[tuple[int, float]]] = {}
        temper = self.settings.temper
        for at in range(self.size, 0, -1):
            for node in self.nodes[at].values():
                if node.beta == -math.inf:
                    continue
                for arc in node.arcs:
                    through = temper * arc.logp + node.beta
                    arc.source.beta = _sum([arc.source.beta, through])
                    share = math.exp(min(0.0, arc.source.total + through - ends))
                    if share >= _LEAST_SHARE:
                        for part in _parts(arc.piece):
                            if part.word:
                                shares.setdefault((part.word, part.start), []).append((part.end, share))
        best = max(last, key=lambda n: (n.best, n.before, n.fresh))
        pieces: list[Piece] = []
        node = best
        while node.back is not None:
            pieces.extend(reversed(_parts(node.back.piece)))
            node = node.back.source
        pieces.reverse()
        return Parse(pieces=tuple(pieces), logp=best.best, shares=shares)


def _earlier(source: _Node, piece: Piece, before: str) -> str:
    """The word before `before`, where `piece` leads from `source` to a place after `before`."""
    if not piece.word:
        return source.earlier if before == source.before else ""
    phrase = piece.word.rsplit(" ", 2)
    return phrase[-2] if len(phrase) > 1 else source.before


def _piece(kind: Kind, start: int, spelling: Spelling) -> Piece:
    return Piece(
        kind=kind,
        start=start,
        end=spelling.end,
        text=spelling.text,
        word=spelling.word,
        units=spelling.units,
        glyph_logp=spelling.glyph_logp,
    )


def _parts(piece: Piece) -> list[Piece]:
    """The words of a phrase, and the spaces between them."""
    if " " not in piece.word:
        return [piece]
    parts: list[Piece] = []
    rate = piece.glyph_logp / (piece.end - piece.start)
    start = at = piece.start
    units: list[tuple[str, int]] = []
    for true, size in (*piece.units, (" ", 0)):
        if true != " ":
            units.append((true, size))
            at += size
            continue
        text = "".join(sign for sign, _ in units)
        word = Piece(
            kind=piece.kind,
            start=start,
            end=at,
            text=text,
            word=text.lower(),
            units=tuple(units),
            glyph_logp=rate * (at - start),
        )
        parts.append(word)
        if at + size < piece.end or size:
            parts.append(Piece(kind="space", start=at, end=at + size, text=" "))
        at = start = at + size
        units = []
    return parts


def _sum(logps: list[float]) -> float:
    top = max(logps)
    if top == -math.inf or len(logps) == 1:
        return top
    return top + math.log(sum(math.exp(logp - top) for logp in logps))
