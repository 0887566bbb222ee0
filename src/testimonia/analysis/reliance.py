"""Which account rests on which: as the source says it, and as the same words show it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from testimonia.analysis.references.find import find_references
from testimonia.analysis.sentences import sentences
from testimonia.analysis.subject import Subject
from testimonia.model.citations import Reference
from testimonia.model.findings import Account, Note
from testimonia.model.provenance import Reliance
from testimonia.model.spans import Anchor
from testimonia.model.steps import Step
from testimonia.text.anchoring import finding_id

RELIANCE = Step(name="reliance", version="3")
_CAP = r"[^\W\d_a-z][\w.'’-]*"
_REPORTED = re.compile(
    rf"(?P<who>{_CAP}(?:\s{_CAP}){{0,2}})['’]s\s+"
    r"(?P<what>report|account|cable|telegram|letter|diary|notes|memoirs?|version|story|message|description|testimony)\s+"
    r"(?:went|said|says|stated|states|ran|runs|reads?|was|described|tells?|told|has it)\b"
)
_ACCORDING = re.compile(
    r"\b(?i:according to|as told by|as reported by|as recalled by)\s+"
    rf"(?P<who>{_CAP}(?:\s{_CAP}){{0,2}})(?:['’]s\s+(?P<what>\w+))?"
)
_TOLD_TO = re.compile(rf"\bas told to\s+(?P<who>{_CAP}(?:\s{_CAP}){{1,3}})")
_RELIES = re.compile(
    r"(?P<doubt>\b(?:evidently|apparently|clearly|probably|seemingly|presumably|largely|heavily|mainly|explicitly|"
    r"directly)\s+)?"
    r"\b(?:relie[sd]|relying|draws?|drew|rests?|rested|depend(?:s|ed)|"
    r"(?:is|was|are|were) (?:\w+ly )?(?:based|copied|taken|derived))"
    r"\s+(?:\w+ly\s+)?(?:up)?(?:on|from)\s+"
    r"(?P<on>[^,.;:()]{4,90}?)(?=\s+(?:in|when|to|for|and|which|that)\b|[,.;:()]|$)"
)
_SUBJECT = re.compile(
    r"(?:^|[,;:]\s|\b[Ss]imilarly,\s|\b[Ll]ikewise,\s)"
    r"(?P<who>(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Tt]his|[Tt]hat)?\s*[^,;:()]{4,90}?"
    r"(?:report|account|book|history|article|study|memoirs?|narrative|chronicle|story|version|testimony|paper|biography)\b"
    r"[^,;:()]{0,50}?)\s*$"
)
_QUOTED = re.compile(r"[\"“]([^\"“”]{25,1500})[\"”]")
_WORD = re.compile(r"\w+")
_LEAST_WORDS = 6


_EDITED = re.compile(
    r"\bI\s+(?:(?:was|am|served as)\s+(?:the\s+|an\s+)?editor\s+of|edited)\s+"
    r"(?P<of>[A-Z][\w.]*(?:\s+[A-Z][\w.]*){0,3})['’]s\s+(?:\w+\s+)?(?P<what>book|memoirs?|diar(?:y|ies)|account|papers|story|manuscript|recollections)\b"
)


def find_reliances(subject: Subject) -> Iterator[Reliance]:
    """What rests on what, in and around this source?

    Stated: an account's source note (the publication or copy it was taken from), "as told to", "X's report went
    something like this", "I was the editor of X's book", "the later report evidently relies on those notes". By
    quotation: words in quotation marks in one account that stand in another. Neither is more than the words cited for
    it.
    """
    references = list(find_references(subject))
    yield from _from_source_notes(subject, references)
    for account in subject.structure.accounts:
        yield from _informants(subject, account)
        yield from _edited(subject, account)
    yield from _said_of_others(subject, references)
    yield from _quotations(subject)


def _from_source_notes(subject: Subject, references: Sequence[Reference]) -> Iterator[Reliance]:
    for account in subject.structure.accounts:
        note = " ".join((account.source_note or "").split())
        if not note:
            continue
        for reference in references:
            if reference.note is not None or reference.printed not in note:
                continue
            how = "quotes"
            if re.search(r"\btranslat", note, re.IGNORECASE):
                how = "translates"
            elif re.search(r"\bedited\b|\bwith .{0,12}(?:revisions|changes)\b|\babridged\b", note, re.IGNORECASE):
                how = "edits"
            on_name = reference.container_title or reference.title or reference.archive
            yield _finding(
                subject, reference.anchors[0], account.id, account.title, reference.id, on_name, how, stated=True,
                confidence=0.85, reason="its source note says where it was taken from",
            )  # fmt: skip
        if told := _TOLD_TO.search(note):
            at = _locate(subject, account, told[0])
            if at is not None:
                yield _finding(
                    subject, at, None, told["who"], account.id, account.teller, "informant", stated=True,
                    confidence=0.8, reason="the source note says that it was told to another, who wrote it down",
                )  # fmt: skip


def _informants(subject: Subject, account: Account) -> Iterator[Reliance]:
    own = account.teller.split()[-1] if account.teller else ""
    seen: set[str] = set()
    for body in account.body:
        for pattern in (_REPORTED, _ACCORDING):
            for said in pattern.finditer(subject.text, body.start, body.end):
                who = " ".join(said["who"].split())
                surname = who.split()[-1].removesuffix("'s").removesuffix("’s")
                if surname == own or surname in seen or surname.lower() in ("the", "this"):
                    continue
                anchor = subject.cite(*said.span())
                if anchor is None:
                    continue
                seen.add(surname)
                other = _account_of(subject, surname, account)
                what = said["what"] or "report"
                yield _finding(
                    subject, anchor, account.id, account.title, other.id if other else None,
                    f"{who}'s {what}", "informant", stated=True, confidence=0.75,
                    reason=f"the account says that it gives what {who} reported",
                )  # fmt: skip


def _edited(subject: Subject, account: Account) -> Iterator[Reliance]:
    """The book of another that the teller of this account says to have edited."""
    for body in account.body:
        for said in _EDITED.finditer(subject.text, body.start, body.end):
            of = " ".join(said["of"].split())
            other = _account_of(subject, of.split()[-1], account)
            anchor = subject.cite(*said.span())
            if anchor is not None and not (account.teller or "").endswith(of.split()[-1]):
                yield _finding(
                    subject, anchor, other.id if other else None, other.title if other else f"{of}'s {said['what']}",
                    None, f"{account.teller}, who edited it", "edits", stated=True, confidence=0.8,
                    reason=f"{account.teller} says to have edited {of}'s {said['what']}",
                )  # fmt: skip


def _account_of(subject: Subject, surname: str, besides: Account) -> Account | None:
    """The one other account in this source whose teller has this surname."""
    found = [
        a for a in subject.structure.accounts if a.id != besides.id and a.teller and a.teller.split()[-1] == surname
    ]
    return found[0] if len(found) == 1 else None


def _said_of_others(subject: Subject, references: Sequence[Reference]) -> Iterator[Reliance]:
    """Sentences in which one document is said to rest on another ("a later report evidently relies on those notes")."""
    text = subject.text
    calls = sorted(((c.start, note) for note in subject.structure.notes for c in note.called_at), key=lambda x: x[0])
    for paragraph in subject.recovered.paragraphs:
        if paragraph.uncertain is not None or not _RELIES.search(text, paragraph.start, paragraph.end):
            continue
        for start, end in sentences(text, paragraph.start, paragraph.end):
            for said in _RELIES.finditer(text, start, end):
                who = _SUBJECT.search(text, start, said.start())
                anchor = subject.cite(start, end)
                if who is None or anchor is None:
                    continue
                resting = _called(calls, references, said.end(), end + 2)
                cited = _called(calls, references, start - 1_500, said.start())
                vague = re.match(r"\s*(?:those|these|the same|that|the|his|her|this)\b", said["on"]) is not None
                via = tuple(r.anchors[0] for r in (resting, cited if vague else None) if r is not None)
                doubt = (said["doubt"] or "").strip()
                yield _finding(
                    subject, anchor, resting.id if resting else None, _folded(who["who"]),
                    cited.id if cited and vague else None, _folded(said["on"]), "paraphrases", stated=True,
                    confidence=0.7 if doubt in ("", "clearly", "explicitly", "directly") else 0.6,
                    reason="the text says so" + (f" ({doubt})" if doubt else "")
                    + ("; what it rests on is what the note before cites" if cited and vague else ""),
                    via=via,
                )  # fmt: skip


def _called(
    calls: Sequence[tuple[int, Note]], references: Sequence[Reference], start: int, end: int
) -> Reference | None:
    """What the last note that is called between these offsets refers to."""
    notes = [note for at, note in calls if start <= at <= end]
    return next((r for r in references if notes and r.note == notes[-1].id), None)


def _quotations(subject: Subject) -> Iterator[Reliance]:
    """Words that one account quotes and that stand in another."""
    words: dict[str, list[tuple[str, int, int]]] = {}
    places: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    accounts = {a.id: a for a in subject.structure.accounts}
    for account in accounts.values():
        found = [
            (m[0].lower(), m.start(), m.end())
            for body in account.body
            for m in _WORD.finditer(subject.text, body.start, body.end)
        ]
        words[account.id] = found
        for n in range(len(found) - _LEAST_WORDS + 1):
            places[tuple(w for w, _, _ in found[n : n + _LEAST_WORDS])].append((account.id, n))
    seen: set[tuple[str, str]] = set()
    for account in accounts.values():
        for body in account.body:
            for quoted in _QUOTED.finditer(subject.text, body.start, body.end):
                here = [m[0].lower() for m in _WORD.finditer(quoted[1])]
                for n in range(len(here) - _LEAST_WORDS + 1):
                    there = [p for p in places.get(tuple(here[n : n + _LEAST_WORDS]), ()) if p[0] != account.id]
                    if len(there) != 1 or (account.id, there[0][0]) in seen:
                        continue
                    other = accounts[there[0][0]]
                    anchor = subject.cite(quoted.start(), quoted.end())
                    found = words[other.id]
                    source = subject.cite(found[there[0][1]][1], found[there[0][1] + _LEAST_WORDS - 1][2])
                    if anchor is None or source is None or _is_quoted_there(subject, source):
                        continue
                    seen.add((account.id, other.id))
                    surname = other.teller.split()[-1] if other.teller else ""
                    named = (
                        surname and surname in subject.text[max(body.start, quoted.start() - 300) : quoted.end() + 100]
                    )
                    yield _finding(
                        subject, anchor, account.id, account.title, other.id, other.title, "quotes", stated=bool(named),
                        confidence=0.85 if named else 0.6,
                        reason=f"words in quotation marks stand in the other account ({source.quote!r})",
                        via=(source,),
                    )  # fmt: skip
                    break


def _is_quoted_there(subject: Subject, at: Anchor) -> bool:
    """Do these words stand in quotation marks in the other account as well? Then neither is the other's source."""
    around = subject.text[max(0, at.start - 1_500) : at.start]
    return around.count('"') % 2 == 1 or around.rfind("“") > around.rfind("”")


def _locate(subject: Subject, account: Account, words: str) -> Anchor | None:
    place = subject.near(account, words)
    return subject.cite(*place) if place else None


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,;")


def _finding(
    subject: Subject,
    anchor: Anchor,
    rests: str | None,
    rests_name: str,
    on: str | None,
    on_name: str,
    how: str,
    *,
    stated: bool,
    confidence: float,
    reason: str,
    via: tuple[Anchor, ...] = (),
) -> Reliance:
    return Reliance(
        id=finding_id("reliance", subject.source, rests or rests_name, on or on_name, how, anchor.start),
        source=subject.source,
        anchors=(anchor,),
        step=RELIANCE,
        confidence=confidence,
        reason=reason,
        rests=rests,
        rests_name=rests_name,
        on=on,
        on_name=on_name,
        how=how,
        stated=stated,
        via=via,
    )


def independent(accounts: Sequence[str], reliances: Sequence[Reliance]) -> tuple[tuple[str, ...], ...]:
    """On how many independent sources do these accounts rest?

    Groups of accounts that rest on one another or on one common source, each in the order given.

    A rejected reliance must be left out by the caller. Being printed in the same book makes no common source: only
    what an account was told, quotes, translates or paraphrases does.

    >>> independent(("a", "b"), ())
    (('a',), ('b',))
    """
    group = {account: account for account in accounts}

    def head(one: str) -> str:
        while group.setdefault(one, one) != one:
            one = group[one]
        return one

    for reliance in reliances:
        if reliance.how == "quotes" and reliance.on not in accounts:
            continue
        if reliance.rests is not None and (on := reliance.on or f"name:{reliance.on_name.lower()}"):
            group[head(reliance.rests)] = head(on)
    found: dict[str, list[str]] = {}
    for account in accounts:
        found.setdefault(head(account), []).append(account)
    return tuple(tuple(members) for members in found.values())
