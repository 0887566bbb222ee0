"""The process that reads pages for the pool: tasks come in on standard input, pages go out on standard output.

It is started as a program of its own, so that an engine that crashes or hangs takes one page with it and no more.
"""

import os
import pickle
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from PIL import Image

from testimonia.errors import TestimoniaError
from testimonia.ocr.recognised import RecognisedPage
from testimonia.ocr.settings import Settings

COMMAND = (sys.executable, "-c", "from testimonia.ocr.worker import main; main()")
_SIZE = struct.Struct(">Q")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A page to be read. `load` opens its image in the worker, and must be able to be pickled."""

    load: Callable[[], Image.Image]
    settings: Settings


def send(stream: IO[bytes], record: object) -> None:
    """Writes one record for the process at the other end."""
    body = pickle.dumps(record)
    stream.write(_SIZE.pack(len(body)) + body)
    stream.flush()


def receive(stream: IO[bytes]) -> object:
    """The next record from the process at the other end. Raises EOFError where it has ended."""
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        raise EOFError
    (size,) = _SIZE.unpack(head)
    body = stream.read(size)
    if len(body) < size:
        raise EOFError
    return pickle.loads(body)


def unreadable(reason: str) -> RecognisedPage:
    """The page of which nothing is known but that it can't be read."""
    return RecognisedPage(width_px=1, height_px=1, state="unreadable", reason=reason)


def main() -> None:
    """Reads pages until standard input ends. What engines print goes to standard error, out of the way."""
    tasks, pages = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    from testimonia.ocr.engines import available_engines
    from testimonia.ocr.recognition import recognise

    engines, known = None, None
    while True:
        try:
            task = receive(tasks)
        except EOFError:
            return
        if not isinstance(task, Task):
            raise TypeError(type(task).__name__)
        if engines is None or known != task.settings:
            engines, known = available_engines(task.settings), task.settings
        try:
            page = recognise(task.load(), engines, task.settings)
        except TestimoniaError as error:
            page = unreadable(str(error))
        except Exception as error:  # whatever a decoder or an engine raises, the next page is read
            page = unreadable(f"reading it failed: {type(error).__name__}: {error}")
        send(pages, page)
