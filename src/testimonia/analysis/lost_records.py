"""Records that a source says are destroyed, withheld, unreleased or not to be found."""

import re
from collections.abc import Iterator

from testimonia.analysis.sentences import sentences
from testimonia.analysis.subject import Subject
from testimonia.errors import InvalidRecordError
from testimonia.model.findings import Gap
from testimonia.model.steps import Step
from testimonia.text.anchoring import finding_id

LOST_RECORDS = Step(name="lost records", version="2")
_RECORD = (
    r"(?:transcripts?|records?|minutes|notes|documents?|files?|tapes?|recordings?|papers|diar(?:y|ies)|journals?|letters?|"
    r"cables?|telegrams?|cop(?:y|ies)|originals?|manuscripts?|memoranda|memorandum|archives?|materials|evidence|logs?|"
    r"logbooks?|photographs?|correspondence|protocols?|reports?|drafts?|enclosures?|attachments?|annex(?:es)?|text)"
)
_FATES: tuple[tuple[str, str, float], ...] = (
    (
        "destroyed",
        r"\bdestroy(?:ed|ing)?\b|\bdestruction\b|\bburn(?:ed|t)\b|\bshredded\b|\bpulped\b|\bincinerated\b",
        0.8,
    ),
    (
        "lost",
        r"\b(?:was|were|is|are|been|be|presumed|now)\s+(?:\w+ly\s+)?(?:lost|missing)\b|\bha(?:s|ve) disappeared\b|"
        r"\bno longer (?:exists?|extant)\b|\b(?:has|have|did) not survived?\b",
        0.8,
    ),
    (
        "not found",
        r"\b(?:has|have|was|were|could|can)(?:n['’]t| not| never)\s+(?:yet\s+|still\s+)?(?:been\s+)?(?:be\s+)?"
        r"(?:found|located|traced|identified in)\b|"
        r"\b(?:has|have) (?:still )?(?:not|never) (?:yet )?(?:emerged|surfaced|come to light|turned up|appeared)\b|"
        r"\bno (?:record|copy|copies|text|trace) (?:of .{0,60})?(?:has been|was|were|have been|could be) found\b|"
        r"\bnot found\b",
        0.75,
    ),
    (
        "perhaps never made",
        r"\bmay not (?:exist|have existed|have been kept)\b|\bdo(?:es)? not exist\b|\bnever (?:existed|kept)\b|"
        r"\bno (?:minutes|record|records|notes|transcript) (?:was|were) (?:kept|made|taken)\b",
        0.7,
    ),
    (
        "withheld",
        r"\b(?:is|are|was|were|been|be|being)\s+(?:still\s+)?(?:withheld|suppressed|sealed|exempted)\b|"
        r"\bnot declassified\b|\bremains? (?:classified|closed|secret|sealed|unavailable)\b|"
        r"\bstill (?:classified|closed)\b",
        0.75,
    ),
    (
        "not yet released",
        r"\b(?:has|have|had|is|are|was|were) (?:still )?not (?:yet )?(?:been )?"
        r"(?:released|declassified|published|opened|made (?:available|public))\b|"
        r"\byet to be (?:released|declassified|published|opened)\b|\bunreleased\b",
        0.7,
    ),
    ("not printed", r"\b(?:not|neither) (?:printed|attached|enclosed|reproduced here|further identified)\b", 0.6),
)
_COMPILED = tuple((fate, re.compile(pattern, re.IGNORECASE), confidence) for fate, pattern, confidence in _FATES)
_SPARED = re.compile(r"\b(?:fail(?:ed|ure|s)?|refus\w+|declin\w+|not|never|threat\w*|order\w*) to\s+$", re.IGNORECASE)
# Words that can't stand before a record's name within the same phrase.
_STOPS = (
    r"(?:and|or|by|in|on|of|at|for|from|to|with|that|which|had|has|have|was|were|is|are|be|been|as|than|but|said|"
    r"says|may|not|this)"
)
_NOUN = re.compile(
    rf"\b(?P<label>(?:(?!{_STOPS}\b)[\w’'-]+\s+){{0,3}}{_RECORD}(?:\s+(?:or|and)\s+{_RECORD})?"
    r"(?:\s+(?:of|on|for|from|about|concerning|taken|made|dealing)\s+(?:[^,.;:()]|(?<=\b[A-Z])\.){3,80}?(?=[,;:()]|(?<!\b[A-Z])\.|\s(?:and|that|"
    r"which|between|as|had|has|have|was|were|is|are|may|still|did|could)\b|\s*$))?)\b",
    re.IGNORECASE,
)
_NEAR = 160
_EXTENT = re.compile(
    r"\b(?:about|approximately|some|roughly|over|more than|between)?\s*\d[\d,]*\s*"
    r"(?:pages?|folders?|boxes|items|lines|documents|cubic feet|reels?)\b|\bbetween \d{4} and \d{4}\b",
    re.IGNORECASE,
)


def find_lost_records(subject: Subject) -> Iterator[Gap]:
    """Which records does this source say are destroyed, lost, withheld, unreleased or not to be found?

    One gap for each sentence that says so of records; its evidence is that sentence. A note that stands under the text
    as "not printed" tells of a record as well. What is said of anything but records (cities, ships) is left alone.
    """
    for paragraph in subject.recovered.paragraphs:
        if paragraph.uncertain is not None:
            continue
        text = subject.text
        if not any(pattern.search(text, paragraph.start, paragraph.end) for _, pattern, _ in _COMPILED):
            continue
        for start, end in sentences(text, paragraph.start, paragraph.end):
            gap = _gap(subject, start, end)
            if gap is not None:
                yield gap


def _gap(subject: Subject, start: int, end: int) -> Gap | None:
    text = subject.text
    for fate, pattern, confidence in _COMPILED:
        for said in pattern.finditer(text, start, end):
            label = _record_near(text, start, end, said)
            if label is None:
                continue
            try:
                anchor = subject.anchorer.anchor(start, end)
            except InvalidRecordError:
                return None
            extent = _EXTENT.search(text, start, end)
            return Gap(
                id=finding_id("gap", subject.source, "record", anchor.start, anchor.end),
                source=subject.source,
                anchors=(anchor,),
                step=LOST_RECORDS,
                confidence=confidence,
                reason=f"the text says of records: {fate} ({' '.join(said[0].split())!r})",
                what="record",
                label=f"{label} ({fate})",
                extent=" ".join(extent[0].split()) if extent else None,
                evidence=" ".join(anchor.quote.split()),
                document=_document(subject, start),
            )
    return None


def _record_near(text: str, start: int, end: int, said: re.Match[str]) -> str | None:
    """The records of which this is said: the last named before it in the sentence, else the first behind."""
    if _SPARED.search(text, max(start, said.start() - 30), said.start()):
        return None
    before = list(_NOUN.finditer(text, max(start, said.start() - _NEAR), said.start()))
    after = _NOUN.search(text, said.end(), min(end, said.end() + _NEAR // 2))
    # "decided to destroy all transcripts", "the destruction of records": what is destroyed stands behind.
    active = said[0].lower() in ("destroy", "destruction", "destroying", "burned", "shredded")
    chosen = (after or (before[-1] if before else None)) if active else (before[-1] if before else after)
    return (
        None
        if chosen is None
        else re.sub(r"^(?:(?:the|a|an|\w+ly)\s)+", "", " ".join(chosen["label"].split()), flags=re.IGNORECASE)
    )


def _document(subject: Subject, at: int) -> str | None:
    """The smallest document that this place lies in."""
    around = [d for d in subject.structure.documents if d.span.start <= at < d.span.end]
    return min(around, key=lambda d: d.span.end - d.span.start).id if around else None
