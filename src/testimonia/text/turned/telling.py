"""Lines and words of a page that was read upside down, each word with its glyphs and how sure it is."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from testimonia.text.turned.doubting import weigh
from testimonia.text.turned.glyphs import LINE_END, GlyphStream
from testimonia.text.turned.parsing import Parse, Piece
from testimonia.text.turned.records import DocumentLexicon, TurnedLine, TurnedReading, TurnedWord

# A reading with less than this says less than the glyphs themselves: they stay as they are.
_LEAST_CONFIDENCE = 0.1
_ENDS_SENTENCE = (".", "!", "?")
# Small and capital look alike in print but for their size, which an engine often misjudges.
_ALIKE_IN_SIZE = frozenset("cosvwxz")
_CLOSERS = "\"')]”’"


def tell(
    stream: GlyphStream, rows: Sequence[str], first_row: int, attempts: Sequence[Parse], lexicon: DocumentLexicon
) -> TurnedReading:
    """What do these attempts make of the page? The first one's words are told, the others say how sure they are."""
    lines: list[TurnedLine] = []
    forms = _printed_forms(lexicon)
    sentence = True
    for group in _groups(attempts[0].pieces):
        word = _word(stream, rows, first_row, group, attempts, forms, sentence)
        if word is None:
            continue
        sentence = word.text.rstrip(_CLOSERS).endswith(_ENDS_SENTENCE)
        row = word.places[0].row
        if lines and lines[-1].row == row:
            lines[-1] = replace(lines[-1], words=(*lines[-1].words, word))
        else:
            lines.append(TurnedLine(row=row, words=(word,)))
    return TurnedReading(lines=tuple(lines))


def _groups(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces of each word with the marks at it: words part at spaces, and where two stand without one."""
    group: list[Piece] = []
    for piece in pieces:
        if piece.kind == "space" or (piece.word and group and group[-1].word):
            if group:
                yield group
            group = []
        if piece.kind != "space":
            group.append(piece)
    if group:
        yield group


def _word(
    stream: GlyphStream,
    rows: Sequence[str],
    first_row: int,
    group: Sequence[Piece],
    attempts: Sequence[Parse],
    forms: dict[str, str],
    sentence: bool,
) -> TurnedWord | None:
    places = stream.places(group[0].start, group[-1].end)
    if not places:
        return None
    raw = LINE_END.join(rows[p.row - first_row][p.start : p.end] for p in places)
    # A line of the reading is one line, even where it keeps glyphs that run over a line end.
    as_glyphs = raw.replace(LINE_END, " ")
    words = [piece for piece in group if piece.word]
    if not words:
        reason = "no word was found in these glyphs"
        return TurnedWord(text=as_glyphs, raw=raw, places=places, confidence=0.0, certain=False, reason=reason)
    text = ""
    for piece in group:
        if piece.word:
            starts = sentence and not any(c.isalpha() for c in text)
            text += _cased(piece, forms, starts)
        else:
            text += piece.text
    doubt = min((weigh(piece, stream.text, attempts) for piece in words), key=lambda d: (d.certain, d.confidence))
    if doubt.confidence < _LEAST_CONFIDENCE:
        text = as_glyphs
    return TurnedWord(
        text=text, raw=raw, places=places, confidence=doubt.confidence, certain=doubt.certain, reason=doubt.reason
    )


def _cased(piece: Piece, forms: dict[str, str], starts_sentence: bool) -> str:
    """The word with the capitals that the rest of the document, or the glyphs, or its place in the sentence give it."""
    text, word = piece.text, piece.word
    known = forms.get(word)
    capitals = sum(c.isupper() for c in text)
    if known is not None and known != word:
        return known
    if capitals > 1 and capitals >= 0.6 * sum(c.isalpha() for c in text) and len(text) > 2:
        return word.upper()
    told = text[:1].isupper() and (known is None or piece.kind == "guess") and word[:1] not in _ALIKE_IN_SIZE
    if starts_sentence or told:
        return word[:1].upper() + word[1:]
    return word


def _printed_forms(lexicon: DocumentLexicon) -> dict[str, str]:
    """The commonest printed form of each word of the document."""
    counts: Counter[tuple[str, str]] = Counter()
    for word, count in lexicon.words.items():
        counts[word.lower(), word] += count
    forms: dict[str, str] = {}
    for (small, printed), _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        forms.setdefault(small, printed)
    return forms
