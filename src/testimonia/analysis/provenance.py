"""The life of each document of a source, as its head, its source note and the words of its editors tell it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from testimonia.analysis.handing_on import Told, acts
from testimonia.analysis.references.archival import read_archival
from testimonia.analysis.references.notes import pieces
from testimonia.analysis.references.printed import Fields, read_note_reference
from testimonia.analysis.sentences import sentences
from testimonia.analysis.subject import Subject
from testimonia.model.findings import Account, Document
from testimonia.model.provenance import ACTS, Provenance
from testimonia.model.spans import Anchor
from testimonia.model.steps import Step
from testimonia.text.anchoring import finding_id

PROVENANCE = Step(name="provenance", version="3")
_SENT = frozenset({"cable", "telegram", "letter", "message", "memorandum", "note", "dispatch"})
_CIPHER = re.compile(r"\b(?:en)?c[iy]phered\b|\bcipher telegram\b|\bencrypted\b|\bшифр\w*", re.IGNORECASE)
_RECEIVED = re.compile(r"\b(?:received|rec['’]d)\b[^\n]{0,60}?\d", re.IGNORECASE)
_READ = re.compile(r"\b(?:President has seen|seen by|read by|shown to)\b[^.\n]{0,60}", re.IGNORECASE)
_NAME = r"(?-i:[^\W\d_a-z])[^,;.\]\n]{1,60}"
_PROVIDED = re.compile(
    rf"\bcop(?:y|ies)\s+(?:was\s+|were\s+)?(?:provided|obtained|made available|supplied)\s+(?:by|from)\s+(?:the\s+)?"
    rf"(?P<who>{_NAME})",
    re.IGNORECASE,
)
_TRANSLATION = re.compile(
    rf"\btranslat(?:ion|ed)\b(?:\s+(?:from|of)\b[^,;\]]{{0,60}})?(?:\s+by\s+(?P<who>{_NAME}))?", re.IGNORECASE
)
_REVISED = re.compile(
    r"\bwith (?:minor |some |slight )?(?:revisions|changes|corrections)\b|\bslightly (?:revised|abridged)\b",
    re.IGNORECASE,
)
# "Kari Holm comments, in ...", "Interview with ...": what was said aloud, and written down by others.
_SPOKEN = re.compile(
    r"\A\W*(?:Source:\s*)?(?:[^,.;]{3,60}\s(?:comments?|remarks?|speech|speaking|testimony|interviewed)\b|"
    r"(?:comments?|remarks?|testimony|speech|oral history|(?:\w+\s)?interview)\s+(?:by|of|with|at)\b)",
    re.IGNORECASE,
)
_WEB = re.compile(r"https?://\S+")
_PRINT_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    act: str
    anchor: Anchor
    agents: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    when: str | None = None
    confidence: float = 0.7
    reason: str = ""
    late: bool = False  # after its first publication


def find_provenance(subject: Subject) -> Iterator[Provenance]:
    """What happened to each document of this source, by whom, for whom and when, in the order in which it must have?

    Three places tell of it: the document itself (its head, its first lines), the source note behind it, and sentences
    of editors about whole groups of documents (these have no `document`, and say in `about` which). What the furniture
    of a web print says is the last step of the whole source. Nothing is filled in: an unnamed agent stays unnamed.
    """
    accounts = {a.document: a for a in subject.structure.accounts}
    told = list(_told_in_prose(subject))
    for document in subject.structure.documents:
        if document.type != "section":
            account = accounts.get(document.id)
            steps = [*_from_head(subject, document, account), *_from_source_note(subject, document, account)]
            steps += [prose.step for prose in told if prose.named == document.id]
            yield from _ordered(subject, document.id, document.title, steps)
    yield from _of_groups(subject, [prose for prose in told if prose.named is None])
    yield from _ordered(subject, None, subject.name, [*_from_furniture(subject), *_from_pages(subject)])


def _from_head(subject: Subject, document: Document, account: Account | None) -> Iterator[_Step]:
    title = document.anchors[0] if document.anchors else None
    if title is None:
        return
    writer = (document.author,) if document.author else ()
    if writer or document.date:
        note = _source_note(subject, document, account)
        spoken = note is not None and _SPOKEN.search(subject.text[note[0] : note[1]])
        yield _Step(
            act="spoken" if spoken else "written", anchor=title, agents=writer, when=document.date,
            confidence=document.confidence,
            reason="its head says by whom or when" + (", its source note that it was said aloud" if spoken else ""),
        )  # fmt: skip
    start, end = document.span.start, min(document.span.end, document.span.start + 600)
    cipher = _CIPHER.search(subject.text, start, end)
    if cipher and (at := subject.cite(*cipher.span())):
        yield _Step(act="enciphered", anchor=at, agents=writer, confidence=0.8, reason="its first lines say so")
    if document.type in _SENT and document.recipient:
        yield _Step(
            act="sent", anchor=title, agents=writer, recipients=(document.recipient,), when=document.date,
            confidence=0.75, reason=f"a {document.type} addressed to {document.recipient}",
        )  # fmt: skip
    for act, pattern in (("received", _RECEIVED), ("read", _READ)):
        said = pattern.search(subject.text, start, end)
        if said and (at := subject.cite(*said.span())):
            yield _Step(act=act, anchor=at, confidence=0.7, reason="its first lines say so")


def _from_source_note(subject: Subject, document: Document, account: Account | None) -> Iterator[_Step]:
    place = _source_note(subject, document, account)
    if place is None:
        return
    start, end = place
    text = subject.text[start:end]
    kept = read_archival(text)
    if kept is not None and (at := subject.cite(start, start + kept.end)):
        yield _Step(
            act="kept", anchor=at, agents=(kept.archive,), confidence=0.8, reason="its source note names the archive"
        )
    for told in _PROVIDED.finditer(text):
        if at := subject.cite(start + told.start(), start + told.end()):
            giver = re.split(r"\s+in\s", told["who"])[0].strip()
            yield _Step(
                act="given", anchor=at, agents=(giver,), confidence=0.85, reason="its source note says who gave a copy"
            )
    named = _TRANSLATION.search(text)
    if named and (at := subject.cite(start + named.start(), start + named.end())):
        who = (named["who"].strip(),) if named["who"] else ()
        yield _Step(
            act="translated", anchor=at, agents=who, confidence=0.8, reason="its source note calls it a translation"
        )
    for piece in pieces(text):
        read = read_note_reference(text[piece.start : piece.end])
        if (
            read is not None
            and read.values.get("publisher")
            and (at := subject.cite(start + piece.start, start + piece.end))
        ):
            year = read.year()
            yield _Step(
                act="published", anchor=at, agents=_people(read), when=str(year) if year else None, confidence=0.8,
                reason=f"its source note cites {read.values.get('container_title') or read.values['title']!r}",
            )  # fmt: skip
    if (revised := _REVISED.search(text)) and (at := subject.cite(start + revised.start(), start + revised.end())):
        yield _Step(
            act="edited",
            anchor=at,
            confidence=0.75,
            late=True,
            reason="its source note says that it was revised for this print",
        )


def _people(read: Fields) -> tuple[str, ...]:
    return tuple(n.literal or f"{n.given} {n.family}".strip() for n in (read.author or read.editor))


def _source_note(subject: Subject, document: Document, account: Account | None) -> tuple[int, int] | None:
    """Where the source note of this document stands: its account's, else a paragraph that begins with "Source:"."""
    text = subject.text
    if account is not None and account.source_note:
        return subject.near(account, account.source_note)
    inner = [d for d in subject.structure.documents if d.parent == document.id]
    for paragraph in subject.recovered.paragraphs:
        if document.span.start <= paragraph.start < document.span.end and paragraph.uncertain is None:
            if any(d.span.start <= paragraph.start < d.span.end for d in inner):
                continue
            if re.match(r"\s*\[?Source:\s", text[paragraph.start : paragraph.end]):
                return paragraph.start, paragraph.end
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prose:
    """A step that a sentence of the editors tells of: of the one document that it names (`named`), or of some in the
    document `holder`, which the words `about` speak of."""

    step: _Step
    about: str
    holder: str | None
    named: str | None


def _told_in_prose(subject: Subject) -> Iterator[_Prose]:
    text = subject.text
    notes = [(n.anchors[0].start, n.anchors[0].end) for n in subject.structure.notes if n.anchors]
    told_here = [(a.span.start, a.span.end) for a in subject.structure.accounts if len(subject.structure.accounts) > 1]
    names = _names_of_documents(subject)
    for paragraph in subject.recovered.paragraphs:
        if paragraph.uncertain is not None or any(a <= paragraph.start < b for a, b in [*notes, *told_here]):
            continue
        for start, end in sentences(text, paragraph.start, paragraph.end):
            for told in acts(text, start, end):
                at = subject.cite(start, end)
                if at is not None:
                    here = [document for document, name in names if name.search(text, start, told.start)]
                    yield _Prose(
                        step=_told_step(told, at), about=" ".join(text[start : told.start].split())[-90:],
                        holder=_holder(subject, start), named=here[0] if len(here) == 1 else None,
                    )  # fmt: skip


def _names_of_documents(subject: Subject) -> list[tuple[str, re.Pattern[str]]]:
    """How prose names a document that was sent: by its writer and what it is ("Brink's long cable to the Board").

    A writer of two of one kind names neither.
    """
    kinds = [(d, d.author.split()[-1], d.type) for d in subject.structure.documents if d.author and d.type in _SENT]
    told = [(who, kind) for _, who, kind in kinds]
    return [
        (d.id, re.compile(rf"\b{re.escape(who)}(?:['’]s)?(?:,?\s+[\w-]+){{0,5}}?,?\s+{kind}\b"))
        for d, who, kind in kinds
        if told.count((who, kind)) == 1
    ]


def _of_groups(subject: Subject, told: list[_Prose]) -> Iterator[Provenance]:
    steps: dict[str | None, list[tuple[_Step, str]]] = {}
    for prose in told:
        steps.setdefault(prose.holder, []).append((prose.step, prose.about))
    for holder, found in steps.items():
        for n, (step, about) in enumerate(found):
            yield _finding(subject, None, f"... {about}" if about else "these documents", n, step, holder)


def _told_step(told: Told, anchor: Anchor) -> _Step:
    return _Step(
        act=told.act, anchor=anchor, agents=told.agents, recipients=told.recipients, when=told.when, confidence=0.6,
        reason="a sentence about these documents says so",
    )  # fmt: skip


def _holder(subject: Subject, at: int) -> str | None:
    around = [d for d in subject.structure.documents if d.span.start <= at < d.span.end and d.type != "section"]
    return min(around, key=lambda d: d.span.end - d.span.start).id if around else None


def _from_furniture(subject: Subject) -> Iterator[_Step]:
    addresses = [r for r in subject.recovered.repairs if r.how == "furniture" and r.anchors and _WEB.search(r.before)]
    if not addresses:
        return
    dates = [d for r in subject.recovered.repairs if r.how == "furniture" for d in _PRINT_DATE.findall(r.before)]
    when = None
    if dates and len(set(dates)) == 1:
        first, second, year = (int(part) for part in dates[0])
        # 11/21/2002 can only be one day; 3/4/2002 can be two, and then only the year is sure.
        if first <= 12 < second:
            when = f"{year:04}-{first:02}-{second:02}"
        elif second <= 12 < first:
            when = f"{year:04}-{second:02}-{first:02}"
        else:
            when = f"{year:04}"
    yield _Step(
        act="printed from the web", anchor=addresses[0].anchors[0], when=when, confidence=0.9,
        reason="its pages bear the address and the date of a print from the web",
    )  # fmt: skip


def _from_pages(subject: Subject) -> Iterator[_Step]:
    """A page that lies turned among upright ones was a sheet of paper, laid so on a scanner."""
    turned = [page for page in subject.recovered.pages if page.orientation_deg in (90, 180, 270)]
    for page in turned[:1]:
        lies = [r for r in subject.recovered.repairs if r.anchors and r.anchors[0].page_index == page.page_index]
        if lies:
            yield _Step(
                act="scanned", anchor=lies[0].anchors[0], confidence=0.8,
                reason=f"a page of it lies turned by {page.orientation_deg}°, as only a sheet on a scanner can",
            )  # fmt: skip


def _ordered(subject: Subject, document: str | None, about: str, steps: list[_Step]) -> Iterator[Provenance]:
    steps.sort(key=lambda s: len(ACTS) if s.late else ACTS.index(s.act))
    for n, step in enumerate(steps):
        yield _finding(subject, document, about, n, step, document)


def _finding(
    subject: Subject, document: str | None, about: str, order: int, step: _Step, scope: str | None
) -> Provenance:
    return Provenance(
        id=finding_id(
            "provenance", subject.source, document or scope or "", step.act, step.anchor.start, *step.agents, order
        ),
        source=subject.source,
        anchors=(step.anchor,),
        step=PROVENANCE,
        confidence=step.confidence,
        reason=step.reason,
        document=document,
        about=about,
        act=step.act,
        agents=step.agents,
        recipients=step.recipients,
        when=step.when,
        order=order,
    )
