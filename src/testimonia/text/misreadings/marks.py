"""Where a mark of punctuation looks misread: 'Crisis , January', 'October.26', 'up to. in'. Only ever suggested."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from testimonia.text.english_words import zipf
from testimonia.text.recovered import Paragraph

Found = tuple[int, int, str, float, str]
"""From where to where, what it may have been, how surely, and why."""
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORTENED = re.compile(
    r"(?:vol|pp?|eds?|no|nos|trans|intro|cf|vs|etc|al|ibid|op|cit|ff|ch|art|fig|approx|rev|repr|n)\Z"
)
_WORD_BEFORE = re.compile(r"[^\W\d_]+\Z")
_COMMON, _NEAR, _FAR = 4.0, 24, 400
_DASHES = 3
_SPEAKING = "said|stressed|replied|added|asked|answered|continued|noted|warned|began"
_SPOKEN = "said|told|was|had|am|have|asked|replied|did|could|would|thought|think|know|knew|went|saw|met|felt|wrote"


def _fixed(after: str, confidence: float, reason: str) -> Callable[[re.Match[str]], Found | None]:
    return lambda m: (m.start(), m.end(), m.expand(after), confidence, reason)


def _comma_for_stop(m: re.Match[str]) -> Found | None:
    before = _WORD_BEFORE.search(m.string[max(0, m.start() - _NEAR) : m.start()])
    if before is None or len(before.group()) < 2 or not before.group().islower() or _SHORTENED.match(before.group()):
        return None
    return m.start(), m.end(), ",", 0.6, "a small letter follows, and no short form stands before"


def _dots(m: re.Match[str]) -> Found | None:
    before = m.string[max(0, m.start() - 1) : m.start()]
    if not before or before.isspace():
        return m.start(), m.end(), "...", 0.7, "dots before words are three"
    return m.start(), m.end(), ".,", 0.6, "two stops after a word are a stop and a comma"


def _f_for_t(m: re.Match[str]) -> Found | None:
    word = m.group(1) + "f"
    if zipf(word) < _COMMON:
        return None
    return m.start(), m.end(), word, 0.7, f"read \"t'\" for 'f'; '{word}' is a word"


def _both_brackets(m: re.Match[str]) -> Found | None:
    return m.end() - 1, m.end(), ")]", 0.6, "nothing else closes the bracket that opens before"


def _comma(m: re.Match[str]) -> Found | None:
    return m.start(1), m.end(1), ",", 0.6, "no sentence is made of the words before it"


def _opening(m: re.Match[str]) -> Found | None:
    """A single mark opens what a double one closes."""
    rest = m.string[m.end() : m.end() + _FAR]
    double, single = rest.find('"'), re.search(r"'(?!\w)", rest)
    if double < 0 or (single is not None and single.start() < double):
        return None
    return m.start(1), m.end(1), '"', 0.6, "what is quoted ends with a double mark"


def _letter_elsewhere(m: re.Match[str]) -> Found | None:
    """'1 -2' where the source has 'U-2'."""
    found = Counter(re.findall(rf"\b([A-Z])-{m.group(1)}\b", m.string)).most_common(2)
    if not found or found[0][1] < 2 or (len(found) > 1 and 3 * found[1][1] > found[0][1]):
        return None
    after = f"{found[0][0]}-{m.group(1)}"
    return m.start(), m.end(), after, 0.6, f"the source has '{after}' {found[0][1]} times"


def _last_stop(m: re.Match[str]) -> Found | None:
    whole = m.group() + "."
    times = m.string.count(whole)
    return (m.start(), m.end(), whole, 0.6, f"the source has '{whole}' {times} times") if times > 1 else None


def _dash(m: re.Match[str]) -> Found | None:
    if m.string.count("—") < _DASHES:
        return None
    return m.start(), m.end(), "—", 0.6, "no compound ends so; the source has dashes"


_SIGNS: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], Found | None]]] = (
    (re.compile(r"(?<=\w) +(\))(?=\W|$)"), _fixed(r"\1", 0.7, "no space stands before a closing bracket")),
    (re.compile(r"(?<=\w) +([,;])(?=\s|$)"), _fixed(r"\1", 0.7, "no space stands before this mark")),
    (re.compile(rf"\b({_MONTHS})\.(?=\d{{1,2}}\b)"), _fixed(r"\1 ", 0.7, "a day follows its month")),
    (re.compile(r"\.(?= [a-z]{2,})"), _comma_for_stop),
    (re.compile(r"(?<!\.)(?:\.\. \.|\. \.\.)(?=\s?\w)"), _fixed("...", 0.7, "dots for what is left out are three")),
    (re.compile(r"(?<!\.)\.\.(?= ?[A-Z])(?! ?\.)"), _dots),
    (re.compile(r",(?= \[pp?\. ?\d)"), _fixed(".", 0.6, "a sentence ends before a page reference in brackets")),
    (re.compile(r"(?<=\]),(?= \"?(?:The|This|That|These|He|She|It|We|They|In|On|At|But|And|When|If|As)\b)"),
     _fixed(".", 0.6, "a sentence begins after it")),
    (re.compile(r"(?<=\]),(?= [A-Z][a-z]+(?:ed|ing) (?:as|by|with|that|to|for|in|at|of)\b)"),
     _fixed(".", 0.6, "a sentence begins after it")),
    (re.compile(rf"\b(?:{_SPEAKING}), (')(?=\w)"), _opening),
    (re.compile(rf", 1 (?=(?:[A-Z]\. ?)*[A-Z][a-z]+ (?:{_SPEAKING}), \")"),
     _fixed(",\" ", 0.7, "read '1' for a quotation mark; what is said goes on behind the name")),
    (re.compile(rf"\b(?:However|Therefore|Moreover), (?:I|he|she|we|they) (?:{_SPEAKING})(\.)(?= [A-Z])"), _comma),
    (re.compile(r"; in any case(\.)(?= [A-Z])"), _comma),
    (re.compile(r"(?<![\w.])(?:[A-Z]\.)+[A-Z](?= [a-z]{2})"), _last_stop),
    (re.compile(r"\b1 -(\d{1,3})\b"), _letter_elsewhere),
    (re.compile(r"(?<=[a-z]{4})-(?=(?:a|an|the) [a-z])"), _dash),
    (re.compile(r"\{(?=[^{}()\n]{2,120}\))"), _fixed("(", 0.7, "it is closed by ')'")),
    (re.compile(r"\((?=[^{}()\n]{2,120}\})"), _fixed("{", 0.5, "it is closed by '}'")),
    (re.compile(r"(?<=\[)(pp?\. ?[\d–-]*\d)1(?=\s+(?:\.\.|[A-Z\[])|\s*$)"),
     _fixed(r"\1]", 0.7, "read '1' for ']'; nothing else closes the bracket")),
    (re.compile(r"\([^()\[\]\n]{2,80}\d{4}\]"), _both_brackets),
    (re.compile(r"\b([A-Z]) (?=\])"), _fixed(r"\1.", 0.7, "an initial has a stop")),
    (re.compile(r"(?<=[a-z]),'(?= [a-z])"), _fixed(", \"", 0.5, "what is quoted begins here")),
    (re.compile(r"\b(\w*)t'(?=\s)"), _f_for_t),
    (re.compile(rf"(?<=\d)\.1(?= (?:{_SPOKEN})\b)"),
     _fixed(". I", 0.8, "read '1' for 'I'; a verb follows that stands after pronouns")),
)  # fmt: skip


def strange_marks(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Found]:
    """Which marks of these paragraphs may have been printed otherwise, in the order of the text?

    >>> from testimonia.text.recovery import recover
    >>> from testimonia.model.layers import Layer
    >>> from testimonia.model.steps import Step
    >>> text = "On October.26 the boat , which was late, came in."
    >>> layer = Layer(source="0" * 64, name="original", text=text, step=Step(name="example", version="1"))
    >>> found = recover(layer, page_starts=None)
    >>> [(text[a:b], after) for a, b, after, _, _ in strange_marks(text, found.paragraphs)]
    [('October.', 'October '), (' ,', ',')]
    """
    for paragraph in paragraphs:
        if paragraph.uncertain is not None:
            continue
        found: list[Found] = []
        for pattern, meant in _SIGNS:
            for match in pattern.finditer(text, paragraph.start, paragraph.end):
                one = meant(match)
                if one is not None and one[1] > one[0]:
                    found.append(one)
        at = paragraph.start
        for one in sorted(found):
            if one[0] >= at:
                yield one
                at = one[1]
