"""Reads many pages side by side, each core at one page, and gives them back as they are finished."""

import os
import queue
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, cast

from PIL import Image

from testimonia.errors import InvalidRecordError
from testimonia.ocr.recognised import RecognisedPage
from testimonia.ocr.settings import Settings
from testimonia.ocr.worker import COMMAND, Task, receive, send, unreadable

# A worker is replaced after so many pages: whatever its libraries keep to themselves is given back.
_PAGES_A_WORKER = 100
_SPARE_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageToRead:
    """A page and how to open its image: ImagePage, PdfPage, or any other callable that can be pickled."""

    page_index: int
    load: Callable[[], Image.Image]


class Recogniser:
    """Processes that read pages, at most one for each of `cores`. A context: leaving it ends them."""

    def __init__(self, settings: Settings | None = None, *, cores: int = 1) -> None:
        if cores < 1:
            raise InvalidRecordError("at least one core reads", where=f"cores {cores}")
        self._settings = settings or Settings()
        self._cores = cores

    def recognise_pages(self, pages: Iterable[PageToRead]) -> Iterator[tuple[int, RecognisedPage]]:
        """Each page's index and what it says, as soon as it is read: in order with one core, else as they finish.

        `pages` is drawn on only as cores become free, and a finished page waits until it is asked for: to pause, ask
        for no more; to cancel, close the iterator, and what is being read is given up. Memory does not grow with the
        number of pages. A page that can't be opened, or on which an engine crashes or takes too long, comes out as
        "unreadable" with the reason; the others go on.
        """
        waiting, lock, stop = iter(pages), threading.Lock(), threading.Event()
        finished: queue.Queue[tuple[int, RecognisedPage] | Exception | None] = queue.Queue(maxsize=self._cores)
        workers = [_Worker(self._settings) for _ in range(self._cores)]

        def give(result: tuple[int, RecognisedPage] | Exception | None) -> None:
            while not stop.is_set():
                with suppress(queue.Full):
                    finished.put(result, timeout=0.2)
                    return

        def work(worker: _Worker) -> None:
            try:
                while not stop.is_set():
                    with lock:
                        page = next(waiting, None)
                    if page is None:
                        break
                    give((page.page_index, worker.read(page)))
            except Exception as error:  # the caller's own iterator failed: it is the caller who must know
                give(error)
            finally:
                worker.end()
                give(None)

        threads = [threading.Thread(target=work, args=(worker,), daemon=True) for worker in workers]
        for thread in threads:
            thread.start()
        running = len(threads)
        try:
            while running:
                result = finished.get()
                if result is None:
                    running -= 1
                elif isinstance(result, Exception):
                    raise result
                else:
                    yield result
        finally:
            stop.set()
            for worker in workers:
                worker.kill()
            for thread in threads:
                thread.join()


class _Worker:
    """One process, started when it is first needed and again when it was lost."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._read = 0
        self._ended = False
        self._lock = threading.Lock()

    def read(self, page: PageToRead) -> RecognisedPage:
        """The page; "unreadable" where the process dies over it or takes longer than all engines may together."""
        # Two engines, the strips of the orientation, and a little more to open the image.
        bound_s = 3 * self._settings.timeout_s + _SPARE_S
        process = self._running()
        if process is None:
            return unreadable("the work was stopped")
        late = threading.Timer(bound_s, process.kill)
        late.daemon = True
        late.start()
        try:
            send(cast(IO[bytes], process.stdin), Task(load=page.load, settings=self._settings))
            found = receive(cast(IO[bytes], process.stdout))
        except (EOFError, OSError):
            in_time = late.is_alive()
            self.end()
            took = f"it took longer than {bound_s:.0f} s"
            return unreadable(f"the engine's process ended with status {process.returncode}" if in_time else took)
        finally:
            late.cancel()
        self._read += 1
        if self._read >= _PAGES_A_WORKER:
            self.end()
        return cast(RecognisedPage, found)

    def end(self) -> None:
        """Ends the process, if one runs; the next page starts another."""
        with self._lock:
            process, self._process, self._read = self._process, None, 0
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                _close(stream)

    def kill(self) -> None:
        """Ends the process whatever it is at, for good."""
        with self._lock:
            self._ended = True
            if self._process is not None:
                self._process.kill()

    def _running(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._ended:
                return None
            if self._process is None:
                threads = {f"{runtime}_NUM_THREADS": "1" for runtime in ("OMP", "OPENBLAS", "MKL")}
                self._process = subprocess.Popen(
                    COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                    env={**os.environ, **threads, "OMP_THREAD_LIMIT": "1"},
                )  # fmt: skip
            return self._process


def _close(stream: IO[bytes]) -> None:
    """Closes a stream whose reader may be gone."""
    with suppress(OSError):
        stream.close()
