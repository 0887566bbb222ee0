"""By which words of the accounts is a point called?"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from testimonia.analysis.claims import read_claims
from testimonia.analysis.claims.clauses import read_clauses
from testimonia.analysis.people import SAYING
from testimonia.analysis.told import Passage
from testimonia.analysis.words import content_words, is_light, stem

_MOST_WORDS = 12
_FEWEST_WORDS = 3
_CLAUSE = re.compile(
    r"[;—–]+|:+\s|,\s+(?:(?:and|but|or)\s+)?|[?!]+[\"”’')]*\s+|\s+(?=(?:because|which|who|while|although|if)\b)|[()\[\]]+|"
    r"[\"”]?\s+[\"“](?=[A-Z])|[,.?!]?[\"”]\s+|"
    r"\b(?:that|and|but)\s+(?=(?:the|a|an|he|she|we|they|it|there|this|those|these|our|his|her|their|[A-Z])\b)"
)
_MARKS = " \t\n,.;:—–-\"“”'‘’()[]…?!"
# A clause that begins with these points outside itself; one that ends with these is cut in the middle.
_POINTING = frozenset("he she it they this that these those him them such so in at of to by with for".split())  # noqa: SIM905
# Nor does one that hangs on another clause say what is at issue.
_LEADING = frozenset("if when after before while like than because since until unless where is are was were as".split())  # noqa: SIM905
_DANGLING = frozenset("the a an of to in on at by for with from and or but that as his her their our its my".split())  # noqa: SIM905


_FEWEST_TELLING = 2
_SPEAKING = frozenset(map(stem, SAYING.split("|"))) | {"want", "report", "something"}
_JOINING = frozenset(("that", "and", "but", "or", "which", "who"))


class Labels:
    """Names points by clauses of their passages, to the letter; no two points of one comparison alike."""

    def __init__(self, passages: Sequence[str], ignored: frozenset[str]) -> None:
        self._held = Counter(w for t in passages for w in set(content_words(t)))
        self._count = len(passages)
        self._ignored = ignored
        self._given: set[str] = set()

    def name(self, said: Sequence[Sequence[Passage]], clashing: Sequence[str] = ()) -> str:
        """The clause that most of the accounts share words with, at most twelve words; a longer one is cut at a word
        and ends in an ellipsis. One that denies, or that begins with a pronoun, is taken only for want of others;
        where accounts clash, one that holds some of the `clashing` words.
        """
        speaking = Counter(w for passages in said for w in {w for p in passages for w in content_words(p.text)})
        best = max(
            (
                (self._worth(label, speaking, clashing), -n, label)
                for n, label in enumerate(shorten(c, clashing) for c in _clauses(said))
            ),
            default=(0.0, 0, ""),
        )
        label = best[2] or shorten(said[0][0].text)
        self._given.add(label)
        return label

    def _worth(self, label: str, speaking: Counter[str], clashing: Sequence[str]) -> float:
        tokens = label.split()
        words = set(content_words(label))
        if len(tokens) < _FEWEST_WORDS or not words or label in self._given:
            return -10.0
        rare = {w: math.log(1 + self._count / self._held[w]) if self._held[w] else 0.0 for w in words}
        shared = sum((speaking[w] - 1 + 0.1) * rare[w] * (0.3 if w in self._ignored else 1.0) for w in sorted(words))
        worth = shared / (len(tokens) + 4)
        if read_claims(label).denied:
            worth *= 0.7
        elif any(words in label for words in clashing):
            worth = 2 * worth + 0.5
        if tokens[0].lower() in _POINTING:
            worth *= 0.75
        clauses = read_clauses(label)
        if not clauses:
            worth *= 0.2  # 'half past nine' says nothing by itself
        elif clauses[0].who is None:
            worth *= 0.5
        spoken = [c.who.text for c in clauses if c.kind == "statement" and c.who is not None]
        speakers = {w for who in spoken for w in content_words(who)}
        if len(words - self._ignored - _SPEAKING - speakers) < _FEWEST_TELLING:
            worth *= 0.4  # 'Hale said then' names no matter
        if tokens[0].lower() in _LEADING:
            worth *= 0.6
        if "…" in label or tokens[-1].lower() in _DANGLING:
            worth *= 0.6
        return worth

    def central(self, passages: Sequence[Passage], label: str) -> str:
        """The clause of a statement that has most of the label's words; its first, where none has any."""
        wanted = set(content_words(label))
        clauses = [c for c in _clauses([passages]) if len(c.split()) >= _FEWEST_WORDS] or [passages[0].text]
        return shorten(max(clauses, key=lambda c: (len(wanted & set(content_words(c))), -clauses.index(c))))


def _clauses(said: Sequence[Sequence[Passage]]) -> Iterator[str]:
    for passages in said:
        for passage in passages:
            yield from (c for c in _CLAUSE.split(passage.text) if c)


def shorten(text: str, around: Sequence[str] = ()) -> str:
    """At most twelve words of a clause, without the marks at its ends; the first of the words `around` stays in.

    >>> shorten(", that the lamp was burning;")
    'the lamp was burning'
    """
    words = text.strip(_MARKS).split()
    while words and words[0].lower() in _JOINING and len(words) > _FEWEST_WORDS:
        words = words[1:]
    if len(words) <= _MOST_WORDS:
        return " ".join(words)
    kept = " ".join(words)
    ends = [len(kept[: kept.index(w) + len(w)].split()) for w in around if w in kept]
    first = max(0, min(ends, default=0) - _MOST_WORDS)
    last = min(len(words), first + _MOST_WORDS)
    while last - first > _FEWEST_WORDS and is_light(words[last - 1]) and last > min(ends, default=0):
        last -= 1
    ahead, behind = "… " if first else "", " …" if last < len(words) else ""
    return ahead + " ".join(words[first:last]).strip(_MARKS) + behind
