"""The one composition root: which store, which index, which encoder, which clock."""

from functools import cached_property, partial
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType
from typing import TYPE_CHECKING

from testimonia.errors import LibraryError
from testimonia.search.fts5 import Fts5Index
from testimonia.services.analyses import ANALYSES
from testimonia.services.analysing import Analysing
from testimonia.services.catalogue import Catalogue
from testimonia.services.clock import Clock, utc_now
from testimonia.services.health import Check
from testimonia.services.jobs import Control, Jobs
from testimonia.services.searching import Searching
from testimonia.services.telling import Telling
from testimonia.store.library import Job, LibraryStore
from testimonia.store.sqlite import SqliteLibrary

# The other parts are imported where they are made: a command that lists records need not load every reader of files.
if TYPE_CHECKING:
    from testimonia.services.alignments import Alignments
    from testimonia.services.authority import Authority
    from testimonia.services.checking import Checking
    from testimonia.services.collating import Collating
    from testimonia.services.comparing import Comparing
    from testimonia.services.describing import Describing
    from testimonia.services.entities import Entities
    from testimonia.services.exporting import Exporting
    from testimonia.services.grouping import Grouping
    from testimonia.services.intake import Intake
    from testimonia.services.judging import Judging
    from testimonia.services.mentions import Mentions
    from testimonia.services.opinions import Opinions
    from testimonia.services.reading import Reading
    from testimonia.services.recognising import PageReader, Recognising
    from testimonia.services.relying import Relying
    from testimonia.services.resting import RestingOnGaps
    from testimonia.services.scans import Scans
    from testimonia.services.second_opinion import SecondOpinion
    from testimonia.services.timeline import Timeline

SEARCH_FILE = "search.sqlite3"


class Workbench:
    """Everything that can be done with one library, put together from its parts."""

    def __init__(
        self, store: LibraryStore, searching: Searching, now: Clock, *, page_reader: "PageReader | None" = None
    ) -> None:
        self.store = store
        self._now = now
        self._page_reader = page_reader
        self.searching = searching
        self.analysing = Analysing(store, ANALYSES, now)
        self.catalogue = Catalogue(store, self.analysing)
        self.jobs = Jobs(store, now)
        self._warming: Thread | None = None
        self._finding: Job | None = None
        self._serves = False
        self._folder: Path | None = None
        self._checking: Checking | None = None
        self._checking_lock = Lock()

    @classmethod
    def open(cls, folder: Path, *, now: Clock = utc_now) -> "Workbench":
        """Open the library in this folder; make one where there is none. Raises LibraryError."""
        store = SqliteLibrary.open(folder, now=now)
        made = cls(store, Searching(store, Fts5Index.open(folder / SEARCH_FILE)), now)
        made._folder = folder
        return made

    @cached_property
    def describing(self) -> "Describing":
        from testimonia.services.describing import Describing

        return Describing(self.store, self.analysing)

    @cached_property
    def relying(self) -> "Relying":
        from testimonia.services.relying import Relying

        return Relying(self.store, self.describing)

    @cached_property
    def reading(self) -> "Reading":
        from testimonia.services.reading import Reading

        return Reading(self.store)

    @cached_property
    def mentions(self) -> "Mentions":
        from testimonia.services.mentions import Mentions

        return Mentions(self.store, self.analysing, self.catalogue.named)

    @cached_property
    def timeline(self) -> "Timeline":
        from testimonia.services.timeline import Timeline

        return Timeline(self.store)

    @cached_property
    def scans(self) -> "Scans":
        from testimonia.services.scans import Scans

        return Scans(self.store)

    @cached_property
    def collating(self) -> "Collating":
        from testimonia.services.collating import Collating

        return Collating(self.store, self.catalogue, self._now)

    @cached_property
    def comparing(self) -> "Comparing":
        from testimonia.services.comparing import Comparing
        from testimonia.services.encoding import load_encoder

        return Comparing(self.store, self.catalogue, load_encoder, self._now)

    @cached_property
    def grouping(self) -> "Grouping":
        from testimonia.services.grouping import Grouping

        return Grouping(self.store, self.catalogue, self.comparing, self._now)

    @cached_property
    def alignments(self) -> "Alignments":
        from testimonia.services.alignments import Alignments

        return Alignments(self.store, self.catalogue, lambda: self.comparing, self._now)

    @cached_property
    def resting(self) -> "RestingOnGaps":
        from testimonia.services.resting import RestingOnGaps

        return RestingOnGaps(self.store, self.catalogue.events, self.comparing.compare)

    @cached_property
    def exporting(self) -> "Exporting":
        from testimonia.services.exporting import Exporting

        return Exporting(self.store, self.scans, analysing=self.analysing, resting=self.resting)

    @cached_property
    def recognising(self) -> "Recognising":
        from testimonia.services.page_reading import EnginePageReader
        from testimonia.services.recognising import Recognising

        return Recognising(self.store, self._page_reader or EnginePageReader(), self._now)

    @cached_property
    def intake(self) -> "Intake":
        from testimonia.services.intake import Intake

        return Intake(self.store, self.searching, self.recognising, self._now)

    @cached_property
    def authority(self) -> "Authority":
        from testimonia.services.authority import Authority

        return Authority(self.store, self.catalogue.named, self._now)

    @cached_property
    def entities(self) -> "Entities":
        from testimonia.services.entities import Entities

        return Entities(self.store, self.catalogue.named, self._now)

    @cached_property
    def judging(self) -> "Judging":
        from testimonia.services.judging import Judging

        return Judging(self.store, self.intake, self._now)

    @cached_property
    def opinions(self) -> "Opinions":
        from testimonia.services.opinions import Opinions

        return Opinions(self.store)

    @property
    def checking(self) -> "Checking":
        """Checks quotations. Made when it is first asked for: its index takes long to load. Raises LibraryError."""
        from testimonia.services.checking import Checking

        with self._checking_lock:
            if self._checking is None:
                if self._folder is None:
                    raise LibraryError("this library has no folder for the index of quotations")
                self._checking = Checking.open(self.store, self._folder)
            return self._checking

    def second_opinion(self, url: str, model: str, *, key: str | None, timeout_s: float) -> "SecondOpinion":
        """Asks this model behind an OpenAI-compatible endpoint. Raises EndpointError where `url` is none."""
        # Few have one: the client is loaded for them alone.
        from testimonia.endpoints.chat import ChatEndpoint
        from testimonia.services.second_opinion import SecondOpinion

        endpoint = ChatEndpoint(url=url, model=model, key=key, timeout_s=timeout_s)
        return SecondOpinion(self.store, endpoint, self._now)

    def take_in(self, files: list[tuple[str, bytes]]) -> Job:
        """Take files in as a job in the background."""
        names = ", ".join(name for name, _ in files[:3]) + ("..." if len(files) > 3 else "")
        return self.jobs.start(f"Take in {names}", "files", len(files), partial(self._take_in, files))

    def begin_serving(self) -> None:
        """Make ready for a person at the screens, in the background.

        Closes the jobs of a process that was stopped, finishes the sources it left unfinished, and computes the first
        comparison before anyone waits for it. Then names, dates and references are looked for, where that is due.
        """
        self._serves = True
        self._make_parts()
        self.jobs.close_abandoned()
        waiting = len(self.intake.unfinished())
        if waiting:
            self.jobs.start("Finish what was received", "files", waiting, self._finish)
        turned = len(self.intake.waiting_turned())
        if turned:
            self.jobs.start("Read pages that lie upside down", "sources", turned, self._read_turned)
        self._warming = Thread(target=self._warm, name="first-comparison")
        self._warming.start()
        self.find_due()

    def find_due(self) -> Job | None:
        """Look for names, dates, references and the rest as a job, in every source whose text was not looked through.

        Gives the job that does so; None where nothing is due.
        """
        if self._finding is not None and self.jobs.is_live(self._finding.id):
            return self._finding
        due = len(self.analysing.due())
        title = "Find names, dates, references, provenance, reliance"
        self._finding = self.jobs.start(title, "sources", due, self._find_due) if due else None
        return self._finding

    def health(self) -> tuple[Check, ...]:
        """Is the library sound, and is all work on it finished?"""
        wrong = self.store.check()
        unfinished = self.intake.unfinished()
        return (
            Check(what="library", ok=not wrong, message="; ".join(wrong) or "sound"),
            Check(
                what="unfinished sources",
                ok=not unfinished,
                message="none"
                if not unfinished
                else f"{len(unfinished)}: {', '.join(s.source.name for s in unfinished[:5])}; add them again to finish",
                optional=True,
            ),
        )

    def close(self) -> None:
        """Stop what runs and let go of the files."""
        self._serves = False
        self.jobs.close()
        if self._warming is not None:
            self._warming.join()
        if self._checking is not None:
            self._checking.close()
        self.searching.close()
        self.store.close()

    def __enter__(self) -> "Workbench":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _make_parts(self) -> None:
        """Make every part now: requests come in several threads, and none of them should wait for modules."""
        for name, part in vars(type(self)).items():
            if isinstance(part, cached_property):
                getattr(self, name)

    def _take_in(self, files: list[tuple[str, bytes]], control: Control) -> str:
        report = self.intake.add_contents(files, Telling(control))
        self.comparing.regroup()
        self._find_if_serving()
        refused = "".join(f" {failure.error}" for failure in report.failures)
        return f"{len(report.added)} taken in, {len(report.unchanged)} here already.{refused}"

    def _read_turned(self, control: Control) -> str:
        waiting = self.intake.waiting_turned()
        for n, stored in enumerate(waiting):
            control(n, len(waiting), stored.source.name)
            self.intake.renew(stored.source.sha256)
        control(len(waiting), len(waiting), "")
        self.comparing.regroup()
        self._find_if_serving()
        return f"{len(waiting)} sources read."

    def _finish(self, control: Control) -> str:
        report = self.intake.finish(Telling(control))
        self.comparing.regroup()
        self._find_if_serving()
        return f"{len(report.added)} finished."

    def _warm(self) -> None:
        if self.catalogue.events():
            self.comparing.compare()
        self.mentions.counts()

    def _find_if_serving(self) -> None:
        if self._serves:
            self.find_due()

    def _find_due(self, control: Control) -> str:
        sources = 0
        # What was taken in meanwhile is due as well: until nothing is.
        while looked := self.analysing.run_due(control):
            sources += looked
        self.mentions.counts()  # counted now, before anyone waits for it
        return f"{sources} looked through."
