"""Run the analyses of a source when what they find is asked for, and keep what they found."""

from collections.abc import Iterable, Sequence
from threading import Lock

from testimonia.analysis.subject import Subject
from testimonia.model.findings import Account, Document, Finding, Gap, Mark, Note, Notice, Redaction, Repair
from testimonia.model.layers import ORIGINAL, READING
from testimonia.services.analyses import Analysis
from testimonia.services.clock import Clock
from testimonia.store.library import LibraryStore
from testimonia.text.anchoring import Anchorer
from testimonia.text.lines import LineTable
from testimonia.text.recovered import Recovered
from testimonia.text.structure.found import Structure


class Analysing:
    """Which analyses are due, and for which sources? Each runs once for each text of a source."""

    def __init__(self, store: LibraryStore, analyses: Sequence[Analysis], now: Clock) -> None:
        self._store = store
        self._analyses = tuple(analyses)
        self._now = now
        self._lock = Lock()

    def bring_up_to_date(self, kinds: Iterable[type[Finding]], source: str | None = None) -> None:
        """Make sure that findings of these kinds are there, of one source or of all: runs the analyses that are due."""
        wanted = set(kinds)
        for analysis in self._analyses:
            if wanted.intersection(analysis.kinds):
                self._run(analysis, source)

    def _run(self, analysis: Analysis, source: str | None) -> None:
        with self._lock:
            made = self._store.stamps(analysis.step.name)
            due = {
                sha256: f"{analysis.step.version} {layer}"
                for sha256, layer in self._store.layer_hashes(READING).items()
                if source in (None, sha256) and made.get(sha256) != f"{analysis.step.version} {layer}"
            }
            if not due:
                return
            find = analysis.load()
            for sha256, stamp in due.items():
                found = find(self.subject(sha256))
                self._store.keep_findings(analysis.step.name, sha256, found, self._now(), stamp=stamp)

    def subject(self, sha256: str) -> Subject:
        """A source as analyses are given it. Raises NotFoundError for one whose text has not been recovered."""
        store = self._store
        original, reading = store.layer(sha256, ORIGINAL), store.layer(sha256, READING)
        pages = store.pages(sha256)
        recovered = Recovered(
            original=original,
            reading=reading,
            pages=pages,
            paragraphs=store.paragraphs(sha256),
            running_heads=(),
            repairs=store.findings(Repair, sha256),
            notices=store.findings(Notice, sha256),
        )
        structure = Structure(
            documents=store.findings(Document, sha256),
            accounts=store.findings(Account, sha256),
            notes=store.findings(Note, sha256),
            gaps=store.findings(Gap, sha256),
            redactions=store.findings(Redaction, sha256),
            marks=store.findings(Mark, sha256),
            notices=(),
        )
        anchorer = Anchorer(reading, LineTable(original.text), pages, to_original=reading.offset_map)
        return Subject(
            name=store.source(sha256).source.name, recovered=recovered, structure=structure, anchorer=anchorer
        )
