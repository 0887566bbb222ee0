"""Read a page that was scanned upside down from its glyphs alone."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from testimonia.text.turned.channel import Channel, learned_channel
from testimonia.text.turned.glyphs import LINE_END, GlyphStream, turn
from testimonia.text.turned.guessing import Guesser
from testimonia.text.turned.language import word_model
from testimonia.text.turned.parsing import Parse, Settings, parse
from testimonia.text.turned.records import DocumentLexicon, TurnedReading
from testimonia.text.turned.spelling import Speller
from testimonia.text.turned.telling import tell
from testimonia.text.turned.vocabulary import Vocabulary, english_letters, word_logps

_TRUST = 10.0
_FIRST_BEAM, _FIRST_SLACK = 12, 6.0
_BEAM, _SLACK = 20, 7.0
_SETTINGS = Settings()
# Other weights of language against glyphs: a word that they all read is no accident of one weighting.
_OTHERS = (Settings(word_weight=0.6), Settings(word_weight=1.5))
_ROUNDS = 2


def read_turned(
    rows: Sequence[str], lexicon: DocumentLexicon | None = None, *, first_row: int = 0, quick: bool = False
) -> TurnedReading:
    """What does a page say whose OCR text was made from an image that stood on its head?

    `rows` are the lines of the page as they stand in the input, `first_row` is the number of the first of them;
    `lexicon` is what the rest of the document says. The lines of the reading are in the true order, the last row of the
    input first, and every word keeps the raw glyphs that it was read from. The page is read several times: by what was
    learned of turned print in general, then by what the page itself shows of its print; not so if it must be `quick`.
    """
    stream = turn(rows, first_row=first_row)
    if not stream.text:
        return TurnedReading(lines=())
    lexicon = lexicon or DocumentLexicon()
    return tell(stream, rows, first_row, tuple(_attempts(stream, lexicon, 0 if quick else _ROUNDS)), lexicon)


def _attempts(stream: GlyphStream, lexicon: DocumentLexicon, rounds: int) -> Iterator[Parse]:
    """The page read in several ways, the one to be told first."""
    logps = word_logps(lexicon)
    vocabulary, model = Vocabulary(logps), word_model(logps, lexicon)
    general = learned_channel()
    guesser = _guesser(stream, general, vocabulary, beam=_FIRST_BEAM, slack=_FIRST_SLACK)
    first = found = parse(guesser, model, _SETTINGS)
    for _ in range(rounds):
        guesser = _guesser(stream, general.adapted(_sightings(stream, found), trust=_TRUST), vocabulary)
        found = parse(guesser, model, _SETTINGS)
    yield found
    if rounds:
        yield first
    for settings in _OTHERS:
        yield parse(guesser, model, settings)


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
