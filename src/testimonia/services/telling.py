"""How far a job has come, told to whoever watches it."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from testimonia.services.jobs import Control

if TYPE_CHECKING:
    from testimonia.services.intake import Progress


class Telling:
    """Tells a job's control how far taking in has come: files, and while pages are read, pages and the time left.

    The control waits there while the job is paused, and stops the work where it is cancelled. `seconds` is a clock that
    only runs forward.
    """

    def __init__(self, control: Control, seconds: Callable[[], float] = time.monotonic) -> None:
        self._control = control
        self._seconds = seconds
        self._name = ""
        self._began = (0.0, 0)

    def __call__(self, progress: "Progress") -> None:
        message = ""
        if progress.pages_total:
            message = f"{progress.pages_done:,} of {progress.pages_total:,} pages read{self._left(progress)}"
        self._control(progress.done, progress.total, f"{progress.step} {progress.name}".strip(), message)

    def _left(self, progress: "Progress") -> str:
        if progress.name != self._name:
            self._name, self._began = progress.name, (self._seconds(), progress.pages_done)
        began, done_before = self._began
        read = progress.pages_done - done_before
        if not read:
            return ""
        left_s = (self._seconds() - began) / read * (progress.pages_total - progress.pages_done)
        return f", about {spoken_time(left_s)} left"


def spoken_time(seconds: float) -> str:
    """A stretch of time as people say it.

    >>> spoken_time(40), spoken_time(170), spoken_time(7_300)
    ('40 s', '3 min', '2 h 2 min')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
