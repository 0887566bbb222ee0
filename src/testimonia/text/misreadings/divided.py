"""Words that were read as two, two that were read as one, and words that the same phrase has otherwise elsewhere."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from testimonia.text.misreadings.channel import Channel
from testimonia.text.misreadings.english import English
from testimonia.text.misreadings.names import differences
from testimonia.text.misreadings.tokens import Token

Found = tuple[int, int, str, float, str]
"""From where to where, what it may have been, how surely, and why."""
_LONE = frozenset("aioAIO")
_RARE, _WORD, _COMMON, _VERY_COMMON = 1e-7, 1e-6, 3e-4, 3e-3
_LEAST, _LEAST_GLUED = 3, 4


def divided_words(text: str, tokens: Sequence[Token], english: English, times: Mapping[str, int]) -> Iterator[Found]:
    """Which two strings beside one another are one word, as 'th e' and 'withd rew'?

    Only where one of the two is no word by itself, and both together are.
    """
    for one, other in pairwise(tokens):
        if not one.english or text[one.end : other.start] != " " or not other.text.islower() or not one.text.isalpha():
            continue
        word = one.text + other.text
        if len(word) < _LEAST or not word.isalpha() or english.frequency(word.lower()) < _WORD:
            continue
        if _is_part(one.text, english, times) or _is_part(other.text, english, times):
            reason = f"'{one.text}' and '{other.text}' together are a word, one of them by itself is none"
            yield one.start, other.end, word, 0.8, reason


def _is_part(part: str, english: English, times: Mapping[str, int]) -> bool:
    if len(part) == 1:
        return part not in _LONE and part.islower()
    return english.frequency(part.lower()) < _RARE * 10 and times[part] < _LEAST and part.islower()


def glued_words(tokens: Sequence[Token], english: English, times: Mapping[str, int]) -> Iterator[Found]:
    """Which strings are two common words without the space between them, as 'ofthe'?

    One of them is among the smallest words: 'businesslike' is a word of its own.
    """
    for token in tokens:
        low = token.text.lower()
        if not token.english or len(low) < _LEAST_GLUED or not low.isalpha() or times[token.text] >= _LEAST:
            continue
        if (
            low in english.pairs.words
            or english.frequency(low) >= _WORD
            or not (token.text.islower() or token.text[1:].islower())
        ):
            continue
        parts = [
            (english.pairs.after(low[:cut])[low[cut:]], cut)
            for cut in range(1, len(low))
            if low[cut:] in english.pairs.after(low[:cut])
            and min(english.frequency(low[:cut]), english.frequency(low[cut:])) >= _COMMON
            and max(english.frequency(low[:cut]), english.frequency(low[cut:])) >= _VERY_COMMON
        ]
        if parts:
            cut = max(parts)[1]
            after = f"{token.text[:cut]} {token.text[cut:]}"
            yield token.start, token.end, after, 0.8, "two common words that often follow one another"


def phrases_elsewhere(tokens: Sequence[Token], english: English, channel: Channel) -> Iterator[Found]:
    """Which words does the source itself have otherwise in the same place of the same phrase?

    The words beside them are the same, three in all, the other reading stands there twice at least, this one nowhere
    else. A known confusion makes the one of the other; a letter more or less is no confusion here, but another form.
    """
    words = [token.text for token in tokens]
    times = Counter(words)
    rare = [
        n
        for n, word in enumerate(words)
        if times[word] == 1 and tokens[n].english and word.isalpha() and english.frequency(word.lower()) <= _COMMON
    ]
    seen: dict[tuple[str, str, str, int], Counter[str]] = {c: Counter() for n in rare for c in _contexts(words, n)}
    for index, word in enumerate(words if seen else ()):
        for context in _contexts(words, index):
            if context in seen:
                seen[context][word] += 1
    for index in rare:
        token = tokens[index]
        for context in _contexts(words, index):
            found = seen[context]
            word, often = max(found.items(), key=lambda item: (item[1], item[0]))
            if often > 1 and _confused(token.text, word, channel):
                reason = f"the same phrase has '{word}' {'twice' if often == 2 else f'{often} times'}"
                yield token.start, token.end, word, 0.8, reason
                break


def _contexts(words: Sequence[str], index: int) -> Iterator[tuple[str, str, str, int]]:
    for before in (1, 2):
        around = [*words[index - before : index], *words[index + 1 : index + 4 - before]]
        if index >= before and len(around) == 3:
            yield around[0], around[1], around[2], before


def _confused(read: str, printed: str, channel: Channel) -> bool:
    if read.lower() == printed.lower() or not read.isalpha() or not printed.isalpha():
        return False
    found = differences(read, printed.lower())
    if len(found) != 1:
        return False
    a, b = found[0]
    return bool(a and b) and b.lower() in dict(channel.printed.get(a, ()))
