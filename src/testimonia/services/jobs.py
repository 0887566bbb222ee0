"""Long work that can be watched, paused and cancelled."""

import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from testimonia.errors import NotFoundError, TestimoniaError
from testimonia.services.clock import Clock
from testimonia.store.library import Job, LibraryStore

LIVE = ("waiting", "running", "paused")


class CancelledError(TestimoniaError):
    """The work was cancelled; what was finished stays."""

    code = "cancelled"


class Control(Protocol):
    """What work is given to say how far it is; it waits there while paused, and stops there when cancelled."""

    def __call__(self, done: int, total: int | None, step: str, message: str = "") -> None:
        """Say how far the work is. Raises CancelledError where it must stop."""


class Jobs:
    """The jobs of this process, kept in the library so that they survive a reload of the page."""

    def __init__(self, store: LibraryStore, now: Clock) -> None:
        self._store = store
        self._now = now
        self._changed = threading.Condition()
        self._wanted: dict[str, str] = {}
        self._threads: dict[str, threading.Thread] = {}

    def close_abandoned(self) -> None:
        """Mark the jobs of a process that is gone: they stopped, and what they finished stays."""
        for job in self._store.jobs():
            if job.state in LIVE and job.id not in self._threads:
                message = "The program was stopped before this was done. Its finished parts are in the library."
                self._keep(replace(job, state="failed", message=message))

    def all(self) -> tuple[Job, ...]:
        """Every job, newest first."""
        return self._store.jobs()

    def start(self, title: str, unit: str, total: int | None, work: Callable[[Control], str]) -> Job:
        """Begin `work` in the background. It is given a Control and returns the message to end with."""
        now = self._now()
        job = Job(
            id=uuid.uuid4().hex[:16],
            title=title,
            step="waiting",
            state="waiting",
            done=0,
            total=total,
            unit=unit,
            started_at=now,
            updated_at=now,
        )
        self._store.keep_job(job)
        self._wanted[job.id] = "running"
        thread = threading.Thread(target=self._run, args=(job, work), name=f"job-{job.id}", daemon=True)
        self._threads[job.id] = thread
        thread.start()
        return job

    def is_live(self, job_id: str) -> bool:
        """Is this a job of this process that has not ended?"""
        return job_id in self._threads and self._threads[job_id].is_alive()

    def pause(self, job_id: str) -> None:
        """Ask a job to wait before its next part."""
        self._want(job_id, "paused")

    def resume(self, job_id: str) -> None:
        """Let a paused job go on."""
        self._want(job_id, "running")

    def cancel(self, job_id: str) -> None:
        """Ask a job to stop before its next part; its finished parts stay."""
        self._want(job_id, "cancelled")

    def wait(self, job_id: str, timeout_s: float | None = None) -> None:
        """Wait until a job of this process has ended, for `timeout_s` seconds at most."""
        if job_id in self._threads:
            self._threads[job_id].join(timeout_s)

    def close(self) -> None:
        """Cancel what runs and wait for it to stop."""
        for job_id, thread in tuple(self._threads.items()):
            if thread.is_alive():
                self._want(job_id, "cancelled")
                thread.join()

    def _want(self, job_id: str, state: str) -> None:
        if job_id not in self._threads:
            raise NotFoundError("there is no such job in this program", where=job_id, hint="Reload the list of jobs")
        with self._changed:
            if self._wanted[job_id] != "cancelled":
                self._wanted[job_id] = state
            self._changed.notify_all()

    def _run(self, job: Job, work: Callable[[Control], str]) -> None:
        last = job

        def control(done: int, total: int | None, step: str, message: str = "") -> None:
            nonlocal last
            last = replace(last, done=done, total=total, step=step, message=message, state="running")
            with self._changed:
                if self._wanted[job.id] == "paused":
                    self._keep(replace(last, state="paused"))
                    self._changed.wait_for(lambda: self._wanted[job.id] != "paused")
                if self._wanted[job.id] == "cancelled":
                    raise CancelledError("cancelled", hint="What was finished stays in the library")
            last = self._keep(last)

        try:
            message = work(control)
            self._keep(replace(last, state="done", step="done", message=message, done=last.total or last.done))
        except CancelledError as error:
            self._keep(replace(last, state="cancelled", message=f"{error.what}. {error.hint}."))
        except TestimoniaError as error:
            self._keep(replace(last, state="failed", message=str(error)))
        except Exception as error:
            self._keep(replace(last, state="failed", message=f"A fault in the program: {error!r}"))
            raise

    def _keep(self, job: Job) -> Job:
        job = replace(job, updated_at=self._now())
        self._store.keep_job(job)
        return job
