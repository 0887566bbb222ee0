"""Which encoding from before Unicode are these bytes in?

A character-level detector takes French for Baltic and says so with full confidence, so each encoding is judged by the
words that it makes: of the words with a letter beyond ASCII, how many are known words of a language written in it?
"""

import functools
import itertools
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from testimonia.errors import UnreadableSourceError

# In order of how likely archives use them: where two read a text alike, the first gives its name.
ENCODINGS = (
    "windows-1252",
    "windows-1251",
    "windows-1250",
    "koi8-r",
    "cp866",
    "iso-8859-5",
    "mac-roman",
    "mac-cyrillic",
    "cp850",
    "cp437",
    "iso-8859-2",
    "cp852",
    "koi8-u",
    "windows-1253",
    "iso-8859-7",
    "windows-1254",
    "windows-1257",
    "iso-8859-15",
    "mac-latin2",
    "windows-1255",
    "windows-1256",
)
# Most files are settled by the first, so the others are seldom loaded.
COMMON_LANGUAGES = ("en", "fr", "de", "es", "it", "ru")
# fmt: off
OTHER_LANGUAGES = (
    "pt", "nl", "sv", "da", "nb", "fi", "is", "ca", "pl", "cs", "sk", "hu", "ro", "sl", "sh", "lv", "lt", "tr", "uk",
    "bg", "mk", "el", "he", "ar",
)
# fmt: on

_EAST_ASIAN = frozenset(
    {"big5", "big5hkscs", "cp932", "cp949", "cp950", "euc_jis_2004", "euc_jisx0213", "euc_jp", "euc_kr", "gb18030"}
    | {"gb2312", "gbk", "johab", "shift_jis", "shift_jis_2004", "shift_jisx0213"}
)
_BLOCK_BYTES = 4_096
_BLOCKS = 64
_WORDS = 4_000
_LONGEST_WORD_BYTES = 64
_WORDS_PER_LANGUAGE = 20_000
_SAMPLE_BYTES = 65_536
_PLAIN = 0.6
_LEAD = 0.1
_ENOUGH = 0.5
_LITTLE = 0.15
_ASCII_MARKS = "".join(chr(c) for c in range(128) if not chr(c).isalnum())
_OPENING = _ASCII_MARKS + "“”‘’‚„«»‹›–—…•·§£€©№¿¡†‡\u00a0"
_CLOSING = _ASCII_MARKS + "“”‘’«»‹›–—…•·§£€©®°†‡ªº½¼¾²³™\u00a0\u00ad"
_JOINTS = re.compile("[-'./,;:!?()\\[\\]’–—…]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Detected:
    """An encoding by its Python name, the evidence in a sentence, and whether that evidence is enough."""

    encoding: str
    sure: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Score:
    encoding: str
    share: float
    reading: tuple[str, ...]


def detect(content: bytes, *, name: str) -> Detected:
    """Which encoding makes the most words of these bytes, and how sure is that?

    Looks at no more than 64 blocks spread over the file, so that the time does not grow with it. Encodings of East
    Asia, whose words have no spaces between them, are left to charset-normalizer. Raises UnreadableSourceError where
    nothing makes sense of the bytes.
    """
    words = _sampled_words(content)
    best, other = _ranked(words)
    counted = f"{best.share:.0%} of the {len(words)} different words that this decides are known"
    beside = f"; the next best, {other.encoding}, makes {other.share:.0%}" if other else ""
    reason = f"The bytes are not UTF-8. They were read as {best.encoding}: {counted}{beside}."
    next_share = other.share if other else 0.0
    if best.share >= _ENOUGH or (best.share >= _LITTLE and best.share >= 2 * next_share):
        return Detected(encoding=best.encoding, sure=best.share >= _ENOUGH, reason=reason)
    guessed = _guess_by_characters(content)
    if guessed is not None and (best.share < _LITTLE or guessed.encoding in _EAST_ASIAN):
        return guessed
    if best.share >= _LITTLE:
        return Detected(encoding=best.encoding, sure=False, reason=reason)
    raise UnreadableSourceError(
        "no encoding that is known here makes words of these bytes",
        where=name,
        hint="Save the file as UTF-8 in the program that it comes from, and add that",
    )


def _sampled_words(content: bytes) -> tuple[bytes, ...]:
    """Different runs between white space that have a byte beyond ASCII, from blocks spread over the file."""
    blocks = [at for at in range(0, len(content), _BLOCK_BYTES) if not content[at : at + _BLOCK_BYTES].isascii()]
    words: dict[bytes, None] = {}
    for n in range(0, len(blocks), max(1, -(-len(blocks) // _BLOCKS))):
        at = blocks[n]
        found = content[at : at + _BLOCK_BYTES].split()
        # What touches the edge of a block may be half a word.
        inside = found[at > 0 : len(found) - (at + _BLOCK_BYTES < len(content))]
        words.update((word, None) for word in inside if not word.isascii() and len(word) <= _LONGEST_WORD_BYTES)
    return tuple(words)[:_WORDS]


def _ranked(words: tuple[bytes, ...]) -> tuple[_Score, _Score | None]:
    """The encoding in which most of these words are known, and the next best of those that read them otherwise."""
    readings = {e: tuple(word.decode(e, "surrogateescape") for word in words) for e in ENCODINGS}
    parts = {e: [part for word in reading for part in _parts(word)] for e, reading in readings.items()}
    wanted = frozenset(part for some in parts.values() for part in some)

    def ranking(known: AbstractSet[str]) -> tuple[_Score, _Score | None]:
        scores = [_Score(encoding=e, share=_share(some, known), reading=readings[e]) for e, some in parts.items()]
        best = max(scores, key=lambda s: s.share)
        return best, max((s for s in scores if s.reading != best.reading), key=lambda s: s.share, default=None)

    known = wanted & _common_words()
    best, other = ranking(known)
    if best.share >= _PLAIN and (other is None or best.share - other.share >= _LEAD):
        return best, other
    return ranking(known | wanted & _other_words())


def _share(parts: list[str], known: AbstractSet[str]) -> float:
    """How much of these words is known, from 0 to 1? Long words count for more than short ones."""
    weight = sum(map(len, parts))
    return sum(len(part) for part in parts if part in known) / weight if weight else 0.0


def _parts(word: str) -> list[str]:
    """The words of a run of characters, lower case, marks taken off its ends and at its joints; a mark in the middle
    of a word stays, so that the word is not known."""
    return [part for part in _JOINTS.split(word.lstrip(_OPENING).rstrip(_CLOSING).lower()) if part]


@functools.cache
def _common_words() -> frozenset[str]:
    return frozenset(itertools.chain.from_iterable(_frequent_words(language) for language in COMMON_LANGUAGES))


@functools.cache
def _other_words() -> frozenset[str]:
    """Those beyond ASCII alone, and not the rarest: these sets stay, for folders full of old files."""
    lists = ((w for w in _frequent_words(language) if not w.isascii()) for language in OTHER_LANGUAGES)
    return frozenset(word for words in lists for word in itertools.islice(words, _WORDS_PER_LANGUAGE))


def _frequent_words(language: str) -> Iterator[str]:
    """The words of a language, lower case, the most frequent first."""
    import wordfreq  # slow to load, and nearly every file is UTF-8

    return itertools.chain.from_iterable(wordfreq.read_cBpack(wordfreq.available_languages("small")[language]))


def _guess_by_characters(content: bytes) -> Detected | None:
    """What charset-normalizer takes a sample for, from its first line with a byte beyond ASCII on."""
    import charset_normalizer  # slow to load, and nearly every file is UTF-8

    first = re.search(rb"[\x80-\xff]", content)
    if first is None:
        return None
    start = max(content.rfind(b"\n", max(0, first.start() - _SAMPLE_BYTES), first.start()) + 1, 0)
    sample = content[start : start + _SAMPLE_BYTES]
    if start + _SAMPLE_BYTES < len(content):
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    match = charset_normalizer.from_bytes(sample).best()
    if match is None:
        return None
    reason = (
        f"The bytes are not UTF-8. They were read as {match.encoding}, which is what their characters look like "
        f"({match.language}); no words could be checked, so look at the text before you rely on it."
    )
    return Detected(encoding=match.encoding, sure=False, reason=reason)
