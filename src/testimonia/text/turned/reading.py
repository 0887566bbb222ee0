"""Read a page that was scanned upside down from its glyphs alone."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from testimonia.text.turned.channel import Channel, learned_channel, typed_channel
from testimonia.text.turned.glyphs import LINE_END, GlyphStream, turn
from testimonia.text.turned.guessing import Guesser
from testimonia.text.turned.language import WordModel, english_triples, word_model
from testimonia.text.turned.parsing import Parse, Settings, parse
from testimonia.text.turned.records import DocumentLexicon, TurnedReading
from testimonia.text.turned.spelling import Speller
from testimonia.text.turned.telling import tell
from testimonia.text.turned.vocabulary import Vocabulary, english_letters, word_logps

_TRUST = 10.0
_FIRST_BEAM, _FIRST_SLACK = 12, 6.0
_BEAM, _SLACK = 20, 7.0
_SETTINGS = Settings()
# Other weights of language against glyphs, and less language: what they all read is no accident of one weighting.
_OTHERS = (Settings(word_weight=0.6), Settings(word_weight=1.5))
_ROUNDS = 2
# A typescript is taken to be one by this share at first; then the page tells its own.
_TYPED = 0.9
_SAMPLE_LINES, _SAMPLE = 5, Settings(beam=6, slack=7.0)


def read_turned(
    rows: Sequence[str], lexicon: DocumentLexicon | None = None, *, first_row: int = 0, quick: bool = False
) -> TurnedReading:
    """What does a page say whose OCR text was made from an image that stood on its head?

    `rows` are the lines of the page as they stand in the input, `first_row` is the number of the first of them;
    `lexicon` is what the rest of the document says. The lines of the reading are in the true order, the last row of the
    input first, and every word keeps the raw glyphs that it was read from. The page is read several times: by what was
    learned of turned print, or of turned typescripts, whichever goes with it, then by what the page itself shows of its
    print; not so if it must be `quick`.
    """
    stream = turn(rows, first_row=first_row)
    if not stream.text:
        return TurnedReading(lines=())
    lexicon = lexicon or DocumentLexicon()
    return tell(stream, rows, first_row, tuple(_attempts(stream, lexicon, 0 if quick else _ROUNDS)), lexicon)


def _attempts(stream: GlyphStream, lexicon: DocumentLexicon, rounds: int) -> Iterator[Parse]:
    """The page read in several ways, the one to be told first."""
    logps = word_logps(lexicon)
    vocabulary, plain = Vocabulary(logps), word_model(logps, lexicon)
    model = replace(plain, triples=english_triples())
    typed = _looks_typed(stream, vocabulary, model)
    general = learned_channel().mixed(typed_channel(), _TYPED) if typed else learned_channel()
    guesser = _guesser(stream, general, vocabulary, beam=_FIRST_BEAM, slack=_FIRST_SLACK)
    first = found = parse(guesser, model, _SETTINGS)
    for _ in range(rounds):
        seen = _sightings(stream, found)
        if typed:
            general = learned_channel().mixed(typed_channel(), learned_channel().share_of(typed_channel(), seen))
        guesser = _guesser(stream, general.adapted(seen, trust=_TRUST), vocabulary)
        found = parse(guesser, model, _SETTINGS)
    yield found
    if rounds:
        yield first
    for settings in _OTHERS:
        yield parse(guesser, plain, settings)
    if rounds and typed:
        # What the page taught of its print may be an error said again and again: one attempt knows nothing of it.
        guesser = _guesser(stream, learned_channel(), vocabulary, beam=_FIRST_BEAM, slack=_FIRST_SLACK)
        yield parse(guesser, model, _SETTINGS)


def _looks_typed(stream: GlyphStream, vocabulary: Vocabulary, model: WordModel) -> bool:
    """Does a typewriter explain some lines of the page better than a printing press?"""
    lines = stream.text.split(LINE_END)
    longest = sorted(range(len(lines)), key=lambda n: (-len(lines[n]), n))[:_SAMPLE_LINES]
    glyphs = LINE_END.join(lines[n] for n in sorted(longest))
    costs = []
    for channel in (learned_channel(), typed_channel()):
        speller = Speller(glyphs=glyphs, channel=channel, vocabulary=vocabulary, beam=_FIRST_BEAM, slack=_FIRST_SLACK)
        costs.append(parse(Guesser(speller=speller, letters=english_letters()), model, _SAMPLE).logp)
    return costs[1] > costs[0]


def _guesser(
    stream: GlyphStream, channel: Channel, vocabulary: Vocabulary, *, beam: int = _BEAM, slack: float = _SLACK
) -> Guesser:
    speller = Speller(glyphs=stream.text, channel=channel, vocabulary=vocabulary, beam=beam, slack=slack)
    return Guesser(speller=speller, letters=english_letters())


def _sightings(stream: GlyphStream, found: Parse) -> Mapping[tuple[str, str], float]:
    """How often did which true characters come out as which glyphs on this page, each word counted by its share?"""
    counts: dict[tuple[str, str], float] = defaultdict(float)
    for piece in found.pieces:
        weight = found.share(piece) if piece.word else 1.0
        at = piece.start
        for true, size in piece.units:
            raw = stream.text[at : at + size]
            at += size
            if true and LINE_END not in raw:
                counts[true, raw] += weight
        if piece.text == " ":
            counts[" ", " "] += 1.0
    return counts
