"""What sentences say of the life of documents: who declassified, gave, obtained, translated or published them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from testimonia.chronology.printed import find_dates, find_years

_VERBS: tuple[tuple[str, str], ...] = (
    ("declassified", r"declassif(?:ied|ication|ying)"),
    ("released", r"released|opened to (?:researchers|the public)|made public"),
    ("given", r"(?:provided|given|gave|handed|supplied|made available|donated|deposited|sent copies|loaned)"),
    ("obtained", r"obtained|acquired|discovered|located"),
    ("translated", r"translat(?:ed|ions?)|translating"),
    ("edited", r"edited|abridged|revised|annotated"),
    ("published", r"published|reprinted|printed"),
    ("copied", r"copied|photocopied|transcribed|typed"),
)
_ACT = re.compile("|".join(f"(?P<{act}>\\b(?:{verbs})\\b)" for act, verbs in _VERBS), re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\b(?:documents?|materials?|cables?|telegrams?|letters?|cop(?:y|ies)|photocop(?:y|ies)|translations?|records?|notes|"
    r"minutes|transcripts?|reports?|diar(?:y|ies)|manuscripts?|papers|files|memoirs?|collection|most|many|all|some|"
    r"tapes?|memorandum|memoranda|which|it|they)\b",
    re.IGNORECASE,
)
_CAP = r"[^\W\d_a-z][\w.'’/&-]*"
_NP = (
    rf"(?:(?:the|then-?)\s+)?(?:[a-z]+\s+){{0,2}}{_CAP}"
    rf"(?:\s+(?:(?:of|the|for|and\s+the|de|von|van)\s+)*{_CAP}"
    r"|\s+(?:authorities|officials|government|network|television|"
    rf"family|estate|embassy|ministry|archives?|library))*(?:\s*\([^()]{{2,60}}\))?"
)
_BY = re.compile(rf"\s+(?:\w+\s+){{0,4}}?by\s+(?P<agent>{_NP}(?:\s+and\s+{_NP})?)")
_TO = re.compile(rf"\s+(?:\w+\s+){{0,5}}?to\s+(?P<recipient>{_NP}(?:\s+and\s+{_NP})?)")
_FROM = re.compile(rf"\s+(?:\w+\s+){{0,4}}?from\s+(?P<holder>{_NP})")
_SUBJECT = re.compile(
    rf"(?P<agent>{_NP})(?:,[^,;]{{3,80}},)?"
    r"(?:,?\s*(?:in turn|subsequently|later|then|also|itself|had|has|have|,)\s*)*\s*$"
)
_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|be|being|as|and|,|separately|first|later|subsequently|recently)\s*(?:\w+ly\s+)?$"
)

_BEEN = re.compile(r"\b(?:was|were|been)\s+(?:\w+ly\s+)?$")
_DASH = re.compile(r"[-–—]+(?:an?|the)$")  # OCR prints a dash as a hyphen: "the Harbour Archive-a private library"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One act that a sentence tells of: half-open offsets of its words in the text that was given."""

    start: int
    end: int
    act: str
    agents: tuple[str, ...]
    recipients: tuple[str, ...]
    when: str | None


def acts(text: str, start: int, end: int) -> Iterator[Told]:
    """What is done to documents in this sentence, in its order? Only acts with an agent or a recipient in the sentence,
    and that something was declassified.

    >>> sentence = "The letters were declassified by Harbour authorities in 1931 and given to Radio Oslo."
    >>> [(a.act, a.agents, a.recipients, a.when) for a in acts(sentence, 0, len(sentence))]
    [('declassified', ('Harbour authorities',), (), '1931'), ('given', (), ('Radio Oslo',), None)]
    """
    if not _DOCUMENT.search(text, start, end):
        return
    found = list(_ACT.finditer(text, start, end))
    for n, verb in enumerate(found):
        act = verb.lastgroup or ""
        until = found[n + 1].start() if n + 1 < len(found) else end
        semicolon = text.find(";", verb.end(), until)
        until = semicolon if semicolon >= 0 else until
        agents: tuple[str, ...] = ()
        recipients: tuple[str, ...] = ()
        last = verb.end()
        if by := _BY.match(text, verb.end(), until):
            agents, last = _names(by["agent"]), by.end()
        if by and (to := _TO.match(text, verb.end(), by.start("agent"))):
            recipients = _names(to["recipient"])
        if act in ("given", "released") and (to := _TO.match(text, last if agents else verb.end(), until)):
            recipients, last = _names(to["recipient"]), to.end()
        if act == "given" and verb[0].lower() in ("gave", "handed", "donated") and not agents:
            if not _DOCUMENT.search(text, verb.end(), min(until, verb.end() + 40)):
                continue
            agents = _subject(text, start, verb.start())
        # "translations from John Moe" are by him; "translated papers from the Harbour Archive" are not by the archive.
        made_by = act == "obtained" or verb[0].lower().startswith("translation")
        if (
            act in ("obtained", "translated")
            and made_by
            and not agents
            and (holder := _FROM.match(text, verb.end(), until))
        ):
            agents, last = _names(holder["holder"]) if act == "translated" else agents, holder.end()
        if act == "obtained" and not agents and not _PASSIVE.search(text[max(start, verb.start() - 20) : verb.start()]):
            agents = _subject(text, start, verb.start())
        unnamed = act == "declassified" and _BEEN.search(text, max(start, verb.start() - 30), verb.start())
        if not agents and not recipients and not unnamed:
            continue
        yield Told(
            start=verb.start(),
            end=last,
            act=act,
            agents=agents,
            recipients=recipients,
            when=_date(text[verb.start() : min(until, last + 40)]),
        )


def _subject(text: str, start: int, verb: int) -> tuple[str, ...]:
    found = _SUBJECT.search(text, max(start, verb - 160), verb)
    return _names(found["agent"]) if found else ()


def _names(printed: str) -> tuple[str, ...]:
    printed = re.sub(r"\s+", " ", printed).strip(" ,")
    parts = re.split(r"\s+and\s+(?:the\s+)?(?=[A-Z])", printed)
    bare = (_DASH.sub("", re.sub(r"^(?:the|then-?)\s+", "", part)) for part in parts if part.strip())
    return tuple(part.rstrip(".,-") for part in bare)


def _date(text: str) -> str | None:
    """The date in these words as EDTF: a day, a year, a run of years."""
    if years := re.search(r"\b(1[4-9]\d\d|20\d\d)\s*[-–]\s*(1[4-9]\d\d|20\d\d)\b", text):
        return f"{years[1]}/{years[2]}"
    dates = find_dates(text) or find_years(text)
    return dates[0].edtf if dates else None
