"""Records that a source says are destroyed, withheld, unreleased or not to be found."""

import re
from collections.abc import Iterator
from dataclasses import replace

from testimonia.analysis.sentences import sentences
from testimonia.analysis.subject import Subject
from testimonia.errors import InvalidRecordError
from testimonia.model.findings import Gap
from testimonia.model.spans import Anchor
from testimonia.model.steps import Step
from testimonia.text.anchoring import finding_id

LOST_RECORDS = Step(name="lost records", version="3")
_RECORD = (
    r"(?:transcripts?|records?|documentation|minutes|notes|documents?|files?|tapes?|recordings?|papers|diar(?:y|ies)|journals?|letters?|"
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
    r"(?:\s+(?:of|on|for|from|about|concerning|taken|made|dealing)\s+(?:[^,.;:()]|(?<=\b[A-Z])\.){3,120}?(?=\s*[,;:()]|(?<!\b[A-Z])\.|\s(?:and(?!\s(?:his|her|their|its)\b)|that|"
    r"which|between|as|had|has|have|was|were|is|are|may|still|did|could)\b|\s*$))?)\b",
    re.IGNORECASE,
)
_NEAR = 240
# Words that name records, and none in particular: "all materials", "these records", "historical evidence".
_GENERAL = re.compile(
    r"(?:(?:all|any|both|these|those|such|other|many|most|some|remaining|original|historical|relevant|related|said|same|"
    r"their|its|his|her|destruction|of|the|and|or)\s+)*(?:records?|documents?|documentation|materials|evidence|papers|files?|"
    r"notes|text|cop(?:y|ies)|originals?|archives?)(?:\s+(?:and|or)\s+(?:records?|documents?|materials|papers|files?))?",
    re.IGNORECASE,
)
_FAR = 2_500
"""How many code points lie at most between a loss and the words that speak of it again, where no note leads to it."""
_EXTENT = re.compile(
    r"\b(?:about|approximately|some|roughly|over|more than|between)?\s*\d[\d,]*\s*"
    r"(?:pages?|folders?|boxes|items|lines|documents|cubic feet|reels?)\b|\bbetween \d{4} and \d{4}\b",
    re.IGNORECASE,
)


def find_lost_records(subject: Subject) -> Iterator[Gap]:
    """Which records does this source say are destroyed, lost, withheld, unreleased or not to be found?

    One gap for each loss; its evidence is the sentence that says so, and those that speak of the same loss again: words
    that name no records in particular ("all materials were destroyed") behind a sentence of the same paragraph or note
    that does, and a sentence whose note tells of that loss. Words that speak of nothing named stay a gap of their own.
    A note that stands under the text as "not printed" tells of a record as well. What is said of anything but records
    (cities, ships) is left alone.
    """
    yield from _one_for_each_loss(subject, list(_told(subject)))


def _told(subject: Subject) -> Iterator[Gap]:
    """One gap for each sentence that says so of records."""
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


def _one_for_each_loss(subject: Subject, told: list[Gap]) -> Iterator[Gap]:
    """The gaps, with those that speak of another's loss again gone into it as further evidence."""
    notes = [(n.anchors[0], n.called_at) for n in subject.structure.notes if n.anchors]
    of_note = {gap.id: next((n for n, (at, _) in enumerate(notes) if _within(gap, at)), None) for gap in told}
    again: dict[str, list[Gap]] = {}
    for gap in told:
        if not _GENERAL.fullmatch(_named(gap)):
            continue
        meant = [
            other
            for other in told
            if other.id != gap.id and _fate(other) == _fate(gap) and not _GENERAL.fullmatch(_named(other))
        ]
        here, number = gap.anchors[0], of_note[gap.id]
        calls = {n for n, (_, called) in enumerate(notes) for c in called if here.start <= c.start <= here.end + 4}
        by_note = [o for o in meant if of_note[o.id] in calls and of_note[o.id] is not None]
        before = [
            o
            for o in meant
            if of_note[o.id] == number and o.document == gap.document and 0 < here.start - o.anchors[0].end < _FAR
        ]
        found = by_note[:1] or before[-1:]
        if found:
            again.setdefault(found[0].id, []).append(gap)
    gone = {gap.id for gaps in again.values() for gap in gaps}
    for gap in told:
        if gap.id not in gone:
            yield _joined(gap, again.get(gap.id, []))


def _joined(gap: Gap, more: list[Gap]) -> Gap:
    if not more:
        return gap
    told = [gap, *more]
    extents = [g.extent for g in told if g.extent]
    return replace(
        gap,
        anchors=tuple(anchor for g in told for anchor in g.anchors),
        reason=f"{gap.reason}; told again in {len(more)} more sentence{'s' if len(more) > 1 else ''}",
        extent=extents[0] if extents else None,
        evidence=" [...] ".join(g.evidence for g in told),
    )


def _within(gap: Gap, around: Anchor) -> bool:
    return around.start <= gap.anchors[0].start < around.end


def _named(gap: Gap) -> str:
    return (gap.label or "").rpartition(" (")[0]


def _fate(gap: Gap) -> str:
    return (gap.label or "").rpartition(" (")[2]


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
