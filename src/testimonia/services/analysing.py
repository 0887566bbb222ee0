"""Run the analyses of a source when what they find is asked for, and keep what they found."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from threading import Lock

from testimonia.analysis.subject import Subject
from testimonia.errors import LibraryError, NotFoundError, TestimoniaError
from testimonia.model.findings import Account, Document, Finding, Gap, Mark, Note, Notice, Redaction, Repair
from testimonia.model.layers import ORIGINAL, READING
from testimonia.model.steps import Step
from testimonia.services.analyses import Analysis
from testimonia.services.clock import Clock
from testimonia.store.library import LibraryStore
from testimonia.text.anchoring import Anchorer, finding_id
from testimonia.text.lines import LineTable
from testimonia.text.recovered import Recovered
from testimonia.text.structure.found import Structure


class Analysing:
    """Which analyses are due, and for which sources? Each runs once for each text of a source."""

    def __init__(self, store: LibraryStore, analyses: Sequence[Analysis], now: Clock) -> None:
        self._store = store
        self.analyses = tuple(analyses)
        self._now = now
        self._lock = Lock()

    def bring_up_to_date(self, kinds: Iterable[type[Finding]], source: str | None = None) -> None:
        """Make sure that findings of these kinds are there, of one source or of all: runs the analyses that are due."""
        wanted = set(kinds)
        for analysis in self.analyses:
            if wanted.intersection(analysis.kinds):
                self._run(analysis, source)

    def due(self, source: str | None = None) -> dict[str, tuple[str, ...]]:
        """Which analyses have not run on the text of this source, or of every source, as it stands? Their names, by
        source; sources for which none is due are left out."""
        layers = self._store.layer_hashes(READING)
        if source is not None:
            layers = {source: layers[source]} if source in layers else {}
        waiting: dict[str, list[str]] = {}
        for analysis in self.analyses:
            made = self._store.stamps(analysis.step.name)
            for sha256, layer in layers.items():
                if made.get(sha256) != f"{analysis.step.version} {layer}":
                    waiting.setdefault(sha256, []).append(analysis.step.name)
        return {sha256: tuple(names) for sha256, names in waiting.items()}

    def run_due(self, going_on: Callable[[int, int, str], None]) -> int:
        """Run every analysis that is due, source by source; gives the number of sources.

        `going_on` is told how many sources are done, of how many, and what is looked for where, before each analysis
        and while one finds; what it raises ends the work, and what was finished stays.
        """
        due = self.due()
        for done, (sha256, steps) in enumerate(due.items()):
            name = self._store.source(sha256).source.name
            for analysis in self.analyses:
                if analysis.step.name in steps:
                    tell = partial(going_on, done, len(due), f"{analysis.step.name} in {name}")
                    tell()
                    self._run(analysis, sha256, tell)
        return len(due)

    def _run(self, analysis: Analysis, source: str | None, going_on: Callable[[], None] | None = None) -> None:
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
                told = _Told(going_on)
                try:
                    found = tuple(told(find(self.subject(sha256))))
                except Exception as error:
                    # One text that an analysis can't take must not keep the others from it, nor end a job.
                    if told.ended or isinstance(error, NotFoundError | LibraryError):
                        raise
                    found = (_failed(analysis.step, sha256, error),)
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


FAILED = "analysis-failed"
"""The code of the notice that stands for what an analysis would have found."""


def _failed(step: Step, sha256: str, error: Exception) -> Notice:
    """What a reader is told: that this was not looked for, and why."""
    said = str(error) or type(error).__name__
    what = said if isinstance(error, TestimoniaError) else f"{type(error).__name__}: {said}"
    return Notice(
        id=finding_id("notice", sha256, FAILED, step.name),
        source=sha256,
        anchors=(),
        step=step,
        confidence=1.0,
        reason="the analysis ended with an error",
        code=FAILED,
        message=f"{step.name.capitalize()} could not be looked for in this source ({what[:500]}). Please report it.",
    )


class _Told:
    """Passes findings on; `going_on` may end the work at every thousandth, and is then told apart from an error."""

    def __init__(self, going_on: Callable[[], None] | None) -> None:
        self._going_on = going_on
        self.ended = False

    def __call__(self, found: Iterable[Finding]) -> Iterator[Finding]:
        for count, finding in enumerate(found, 1):
            if count % 1000 == 0 and self._going_on is not None:
                self.ended = True
                self._going_on()
                self.ended = False
            yield finding
