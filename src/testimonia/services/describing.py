"""What is this source: who wrote it to whom, how it came to us, what it rests on, what it cites, what is missing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from testimonia.model.citations import Reference
from testimonia.model.comparison import Judgement
from testimonia.model.findings import Account, Document, Finding, Gap
from testimonia.model.layers import READING
from testimonia.model.provenance import Provenance, Reliance
from testimonia.services.analysing import Analysing
from testimonia.services.by_source import BySource
from testimonia.services.changing import as_changed, changeable
from testimonia.store.library import LibraryStore, StoredSource

Found = TypeVar("Found", bound=Finding)
Titled = TypeVar("Titled", Document, Reference)
_ByTitle = Mapping[str, tuple[Titled, ...]]
_LEAST_TITLE = 10
"""Characters that a title must have to be known again by it: "Letter" or "Cable" names nothing in particular."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(Generic[Found]):
    """A finding, and what an editor decided about it; None while it is proposed."""

    finding: Found
    decision: Judgement | None

    @property
    def changeable(self) -> dict[str, str]:
        """What of it an editor can change, by field, as it stands."""
        return changeable(self.finding)

    @property
    def rejected(self) -> bool:
        """Has an editor refused it?"""
        return self.decision is not None and self.decision.decision == "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedReliance:
    """One reliance, with where the Reader shows what rests and what it rests on (None where that is no record)."""

    judged: Judged[Reliance]
    rests: Finding | None
    on: Finding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedDocument:
    """One document: its accounts, its life in the order of `order`, what it rests on and what rests on it.

    `cited_by` are references of other sources that have its title.
    """

    judged: Judged[Document]
    accounts: tuple[Judged[Account], ...]
    life: tuple[Judged[Provenance], ...]
    rests_on: tuple[DescribedReliance, ...]
    relied_on: tuple[DescribedReliance, ...]
    cited_by: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedReference:
    """One printed reference; `stands_for` is the earlier one that an "ibid." means, `document` the one of this library
    with its title, None where it is only cited."""

    judged: Judged[Reference]
    stands_for: Reference | None
    document: Document | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A source described. `lives` and `reliances` are those that belong to none of its documents. `waiting` names the
    analyses that have not run on its text as it stands."""

    stored: StoredSource
    documents: tuple[DescribedDocument, ...]
    lives: tuple[Judged[Provenance], ...]
    reliances: tuple[DescribedReliance, ...]
    references: tuple[DescribedReference, ...]
    gaps: tuple[Judged[Gap], ...]
    waiting: tuple[str, ...]


class Describing:
    """Describes sources from what was found in them so far. It runs no analysis: see `Analysing.due`."""

    def __init__(self, store: LibraryStore, analysing: Analysing) -> None:
        self._store = store
        self._analysing = analysing
        self._titles: BySource[Document, tuple[Document, ...], _ByTitle[Document]] = BySource(
            lambda: store.layer_hashes(READING), lambda source: store.findings(Document, source), tuple, _by_title
        )
        self._cited: BySource[Reference, tuple[Reference, ...], _ByTitle[Reference]] = BySource(
            lambda: store.stamps("references"), lambda source: store.findings(Reference, source), tuple, _by_title
        )

    def describe(self, sha256: str) -> Description:
        """Everything known of one source. Raises NotFoundError."""
        stored = self._store.source(sha256)
        decisions = self._store.current_decisions()
        accounts = self._store.findings(Account, sha256)
        documents = self._store.findings(Document, sha256)
        references = self._store.findings(Reference, sha256)
        known: dict[str, Finding] = {f.id: f for f in (*documents, *accounts, *references)}
        reliances = tuple(
            DescribedReliance(judged=judged, rests=known.get(r.rests or ""), on=known.get(r.on or ""))
            for judged in _judged(self._store.findings(Reliance, sha256), decisions)
            if (r := judged.finding)
        )
        lives = _judged(self._store.findings(Provenance, sha256), decisions)
        described = tuple(
            self._document(one, _judged(accounts, decisions), lives, reliances) for one in _judged(documents, decisions)
        )
        placed = {id(r) for d in described for r in (*d.rests_on, *d.relied_on)}
        ids = {d.id for d in documents}
        return Description(
            stored=stored,
            documents=described,
            lives=tuple(p for p in lives if p.finding.document not in ids),
            reliances=tuple(r for r in reliances if id(r) not in placed),
            references=self._references(references, decisions),
            gaps=_judged(self._store.findings(Gap, sha256), decisions),
            waiting=tuple(self._analysing.due(sha256).get(sha256, ())),
        )

    def gaps(self, sha256: str) -> tuple[Gap, ...]:
        """What is known to be missing from a source, with records known to be lost; what an editor refused is left out.

        Raises NotFoundError.
        """
        self._store.source(sha256)
        judged = _judged(self._store.findings(Gap, sha256), self._store.current_decisions())
        return tuple(j.finding for j in judged if not j.rejected)

    def _document(
        self, judged: Judged[Document], accounts: Sequence[Judged[Account]], lives: Sequence[Judged[Provenance]],
        reliances: Sequence[DescribedReliance],
    ) -> DescribedDocument:  # fmt: skip
        document = judged.finding
        own = tuple(a for a in accounts if a.finding.document == document.id)
        ids = {document.id, *(a.finding.id for a in own)}
        life = (p for p in lives if p.finding.document == document.id)
        return DescribedDocument(
            judged=judged,
            accounts=own,
            life=tuple(sorted(life, key=lambda p: p.finding.order)),
            rests_on=tuple(r for r in reliances if r.judged.finding.rests in ids),
            relied_on=tuple(r for r in reliances if r.judged.finding.on in ids),
            cited_by=self._citing(document),
        )

    def _references(
        self, references: Sequence[Reference], decisions: Mapping[str, Judgement]
    ) -> tuple[DescribedReference, ...]:
        by_id = {r.id: r for r in references}
        found = []
        for judged in _judged(references, decisions):
            stands_for = by_id.get(judged.finding.refers_to or "")
            document = self.document_of(stands_for or judged.finding)
            found.append(DescribedReference(judged=judged, stands_for=stands_for, document=document))
        return tuple(found)

    def document_of(self, reference: Reference) -> Document | None:
        """Which document of the library is this a reference to? One with its title, and, where both name an author,
        with an author of that family name; None where there is none or more than one."""
        of_title = self._titles.now().get(folded_title(reference.title), ())
        found = [document for document in of_title if _may_be_by(reference, document)]
        return found[0] if len(found) == 1 else None

    def _citing(self, document: Document) -> tuple[Reference, ...]:
        of_title = self._cited.now().get(folded_title(document.title), ())
        return tuple(r for r in of_title if r.source != document.source and _may_be_by(r, document))


def folded_title(title: str) -> str:
    """A title as it is compared: its letters and digits, in lower case, one space between words.

    >>> folded_title('The "Harbour" Files:  Opened')
    'the harbour files opened'
    """
    return " ".join(re.findall(r"[^\W_]+", title.casefold()))


def _judged(findings: Iterable[Found], decisions: Mapping[str, Judgement]) -> tuple[Judged[Found], ...]:
    return tuple(
        Judged(finding=as_changed(f, decision), decision=decision)
        for f in findings
        for decision in [decisions.get(f.id)]
    )


def _by_title(digests: Iterable[Sequence[Titled]]) -> Mapping[str, tuple[Titled, ...]]:
    found: dict[str, list[Titled]] = {}
    for one in (f for digest in digests for f in digest):
        if len(title := folded_title(one.title)) >= _LEAST_TITLE:
            found.setdefault(title, []).append(one)
    return {title: tuple(of_title) for title, of_title in found.items()}


def _may_be_by(reference: Reference, document: Document) -> bool:
    families = [name.family.casefold() for name in reference.author if name.family]
    return not families or not document.author or any(f in document.author.casefold() for f in families)
