"""What the words around a name say of it: titles, speech, signatures, offices in apposition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from testimonia.analysis.names.printed_names import WORD, institutions, listed
from testimonia.analysis.names.surnames import is_rare
from testimonia.text.english_words import zipf

_CAP = r"[^\W\d_a-z][\w'’-]*[^\W_]"
_GIVEN = rf"(?:(?:[^\W\d_]\.[ -]?){{1,3}}|{_CAP} (?:(?:[^\W\d_]\. ?){{1,2}})?)"
_PARTICLE = r"(?:(?:[dD]e|[vV]an|[vV]on|[dD]i|[dD]u|[lL]e|[lL]a|der|den)[ ]){0,2}"
_NAME = rf"(?P<name>(?:{_GIVEN})?{_PARTICLE}{_CAP})"
_SPEAKS = (
    r"(?:said|says|told|asked|replied|answered|remarked|stated|added|asserted|noted|thought|wrote|recalled|commented|"
    r"observed|cabled|telegraphed|interrupted|interjected|agreed|insisted|explained|inquired|suggested|reported|reiterated|responded|"
    r"continued|concluded|emphasized|believed|indicated|referred|repeated|nodded|smiled|laughed|testified|denied|"
    r"admitted|declared|warned|acknowledged|pointed out|raised)"
)
_DRAFTED = "named as who drafted, cleared or signed"
_OFFICE = (
    r"(?:Secretar(?:y|ies)|Minister|Ambassador|Director|Chairman|Assistant|Chief|Advis[eo]r|President|Premier|Envoy|"
    r"Representative|Counselor|Commissioner|Correspondent|Editor|Officer|Commander|Attorney General|Chargé)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A place where the words around a name speak for a type, or against it where the weight is below 0.

    Half-open offsets of the name.
    """

    start: int
    end: int
    type: str
    weight: float
    why: str


_PERSONAL = r"(?:Mr|Mrs|Ms|Miss|Messrs|Dr|Sir|Lady|Lord|Capt|Col|Lt|Maj|Gen|Hon|Rev|Prof|Monsignor|Senator|Judge)"
_TITLED = (
    r"(?:President|Premier|Chancellor|Chairman|King|Queen|Ambassador|Secretary|Minister|Governor|General|Colonel|Major|"
    r"Captain|Admiral|Marshal|Amb|Sen|Gov)"
)
_LONG_NAME = rf"(?P<name>(?:(?:[^\W\d_]\. ?){{1,3}})?{_CAP}(?: (?:{_CAP}|[^\W\d_]\.)){{0,2}})"
_BY_TITLE = tuple(
    re.compile(rf"\b(?:{titles}|{titles.upper()})\b(?:\.\s?|\s){_LONG_NAME}") for titles in (_PERSONAL, _TITLED)
)
_NO_PART = frozenset({"and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
_RARE = 4.0
_TITLE_WEIGHT = 2.0
_PERSONS: tuple[tuple[re.Pattern[str], float, str], ...] = (
    (re.compile(rf"\b{_NAME}\s+(?:[a-z]+ly\s+|also\s+|then\s+|again\s+|had\s+|further\s+)?{_SPEAKS}\b"), 1.5, "speaks"),
    (re.compile(rf"\b{_OFFICE}\b[^()\n.;]{{0,80}}\({_NAME}\)"), 3.0, "stands in brackets after an office"),
    (
        re.compile(
            rf"\b{_OFFICE}\s(?:of|for|to|at|in)(?:\s(?:the|of|for|and|{_CAP}))+?\s{_NAME}(?=['’]s\b|[ ,.;:)]|$)"
        ),
        1.0,
        "stands after an office",
    ),
    (
        re.compile(rf"\b(?:[Dd]rafted|[Cc]leared|[Aa]pproved|[Ss]igned|[Tt]ranslated|[Ww]ritten|[Ii]nitialed)\b[^.\n]{{0,40}}?\b(?:by|with)\s{_NAME}"),
        2.0,
        _DRAFTED,
    ),
    (
        re.compile(
            rf"\b(?:told|asked|tell|ask|informed?|invited|persuaded|pressured|convinced|urged|advised|"
            rf"thanked|assured|reminded|called in|spoke (?:to|with)|"
            rf"met with|talked (?:to|with)|replied to|wrote to|handed)\s{_NAME}(?=[\s,.;:)])"
        ),
        1.0,
        "is spoken to",
    ),
    (
        re.compile(
            rf"\b{_NAME}['’]s?\s(?:letter|message|remarks?|reply|speech|statement|wife|visit|telegram|views?|proposal|"
            rf"memorandum|talks?|conversations?|suggestion|request|answer|father|mother|son|brother|sister|house)\b"
        ),
        0.5,
        "owns what persons own",
    ),
    (
        re.compile(rf"(?:^|\n[ \t]*\n)[ \t]*{_NAME}[ \t]*(?:\n[ \t]*\n|\n?$)"),
        2.0,
        "stands alone on its line, as signatures do",
    ),
)  # fmt: skip
_BY = re.compile(
    rf"\b(?:[Dd]rafted|[Cc]leared|[Cc]oncurred|[Aa]pproved|[Ii]nitialed|[Tt]ranslated)(?:\s(?:in|only))?(?:\s\w+ly)?\s(?:by|with)\s"
    rf"(?P<names>{_CAP}(?:\s\([A-Z][^()\n]{{0,20}}\))?(?:(?:,\s|,?\sand\s){_CAP}(?:\s\([A-Z][^()\n]{{0,20}}\))?)+)"
)
_ONE = re.compile(rf"(?:\A|(?<=,\s)|(?<=and\s)){_CAP}(?=[,;.]|\s(?:and\b|\()|\Z)")
_LETTER = re.compile(
    rf"\b(?:[Ll]etters?|[Mm]essages?|[Mm]emorandum|[Nn]ote|[Rr]emarks|[Pp]resentation)\s(?:to|from|by)\s(?P<name>{_CAP})"
)
_OWNER = re.compile(r"\b(?P<name>[A-Z][a-z]{3,})['’]s(?=\s[a-z])")
_OWNER_WEIGHT = 0.6
_PLACE = re.compile(
    rf"\b(?P<word>[Ii]n|[Nn]ear|[Aa]t|[Vv]ia|[Ii]nto|[Oo]utside|[Tt]owards?)\s(?P<name>{_CAP}(?:\s{_CAP})?)"
)
_PLACE_WEIGHTS = {"in": 1.0, "at": 0.5, "near": 1.0, "via": 1.0, "into": 0.8, "outside": 0.8}
_ARTICLE = re.compile(r"\b[Tt]he\s(?P<name>[^\W\d_a-z][\w'’]*[^\W_])(?=[,.;:)]|\s(?:[a-z]|$))")


def cues(text: str) -> Iterator[Cue]:
    """Where do the words around a capitalised word say what it names?

    >>> [(c.type, c.why) for c in cues("On the pier Smirnova quietly said no.")]
    [('person', 'speaks')]
    """
    for pattern, weight, why in _PERSONS:
        for found in pattern.finditer(text):
            yield Cue(start=found.start("name"), end=found.end("name"), type="person", weight=weight, why=why)
    yield from _titled(text)
    for found in _BY.finditer(text):
        for one in _ONE.finditer(text[found.start("names") : found.end("names")]):
            at = found.start("names")
            if one[0].istitle() or is_rare(one[0]):
                yield Cue(start=at + one.start(), end=at + one.end(), type="person", weight=2.0, why=_DRAFTED)
    for found in _LETTER.finditer(text):
        if is_rare(found["name"]):
            yield Cue(start=found.start(1), end=found.end(1), type="person", weight=1.0, why="has or gets a letter")
    for found in _OWNER.finditer(text):
        if is_rare(found["name"]):
            why = "owns something"
            yield Cue(start=found.start(1), end=found.end(1), type="person", weight=_OWNER_WEIGHT, why=why)
    for found in _PLACE.finditer(text):
        word = found["word"].lower()
        weight = _PLACE_WEIGHTS.get(word, 0.5)
        yield Cue(start=found.start("name"), end=found.end("name"), type="place", weight=weight, why=f"{word!r} before")
    for found in _ARTICLE.finditer(text):
        yield Cue(start=found.start("name"), end=found.end("name"), type="person", weight=-2.0, why="an article before")


def _titled(text: str) -> Iterator[Cue]:
    """Names behind titles; behind an office, which may be part of another name ("General Staff"), only rare words."""
    for pattern in _BY_TITLE:
        for found in pattern.finditer(text):
            start = end = found.start("name")
            last = ""
            for word in WORD.finditer(text, start, found.end("name")):
                bare = word[0].rstrip(".").lower()
                if bare in _NO_PART or bare in listed("titles.txt") or bare in institutions():
                    break
                end, last = word.end(), bare
            if last and (pattern is _BY_TITLE[0] or zipf(last) < _RARE) and last not in listed("no_names.txt"):
                yield Cue(start=start, end=end, type="person", weight=_TITLE_WEIGHT, why="stands after a title")
