"""What the words around a name say of it: titles, speech, signatures, offices in apposition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CAP = r"[^\W\d_a-z][\w'’-]*[^\W_]"
_GIVEN = rf"(?:(?:[^\W\d_]\.[ -]?){{1,3}}|{_CAP} (?:(?:[^\W\d_]\. ?){{1,2}})?)"
_PARTICLE = r"(?:(?:[dD]e|[vV]an|[vV]on|[dD]i|[dD]u|[lL]e|[lL]a|der|den)[ ]){0,2}"
_NAME = rf"(?P<name>(?:{_GIVEN})?{_PARTICLE}{_CAP})"
_SPEAKS = (
    r"(?:said|says|told|asked|replied|answered|remarked|stated|added|asserted|noted|thought|wrote|recalled|commented|"
    r"observed|interrupted|interjected|agreed|insisted|explained|inquired|suggested|reported|reiterated|responded|"
    r"continued|concluded|emphasized|believed|indicated|referred|repeated|nodded|smiled|laughed|testified|denied|"
    r"admitted|declared|warned|acknowledged|pointed out|raised)"
)
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
        "named as who drafted, cleared or signed",
    ),
    (
        re.compile(
            rf"\b(?:told|asked|tell|ask|informed?|invited|thanked|assured|reminded|called in|spoke (?:to|with)|"
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
_PLACE = re.compile(
    rf"\b(?P<word>[Ii]n|[Nn]ear|[Aa]t|[Vv]ia|[Ii]nto|[Oo]utside|[Tt]owards?)\s(?P<name>{_CAP}(?:\s{_CAP})?)"
)
_PLACE_WEIGHTS = {"in": 1.0, "at": 0.5, "near": 1.0, "via": 1.0, "into": 0.8, "outside": 0.8}
_ARTICLE = re.compile(rf"\b[Tt]he\s(?P<name>{_CAP})(?=[,.;:)]|\s(?:[a-z]|$))")


def cues(text: str) -> Iterator[Cue]:
    """Where do the words around a capitalised word say what it names?

    >>> [(c.type, c.why) for c in cues("On the pier Smirnova quietly said no.")]
    [('person', 'speaks')]
    """
    for pattern, weight, why in _PERSONS:
        for found in pattern.finditer(text):
            yield Cue(start=found.start("name"), end=found.end("name"), type="person", weight=weight, why=why)
    for found in _PLACE.finditer(text):
        word = found["word"].lower()
        weight = _PLACE_WEIGHTS.get(word, 0.5)
        yield Cue(start=found.start("name"), end=found.end("name"), type="place", weight=weight, why=f"{word!r} before")
    for found in _ARTICLE.finditer(text):
        yield Cue(start=found.start("name"), end=found.end("name"), type="person", weight=-2.0, why="an article before")
