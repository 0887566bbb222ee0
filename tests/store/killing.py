"""Run a program and kill it at random moments, as a power cut or an impatient user would."""

import random
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
Command = Sequence[str | Path]


def duration_s(command: Command) -> float:
    """How long does it work undisturbed?"""
    with _working(command) as process:
        started_s = time.monotonic()
        assert process.wait() == 0, f"{command} ended with status {process.returncode}"
        return time.monotonic() - started_s


def killed(commands: Iterator[Command], *, times: int, within_s: float, seed: int) -> Iterator[bool]:
    """Start each command and kill it at a random moment of its work; after each, whether it had ended before.

    Ends after so many kills. `within_s` is the longest that one is let work. SIGKILL: nothing can tidy up.
    """
    chance = random.Random(seed)
    for command in commands:
        ended = True
        with _working(command) as process:
            try:
                assert process.wait(chance.uniform(0.0, within_s)) == 0, f"{command}: status {process.returncode}"
            except subprocess.TimeoutExpired:
                process.kill()
                ended = False
        times -= not ended
        yield ended
        if not times:
            return


@contextmanager
def _working(command: Command) -> Iterator["subprocess.Popen[bytes]"]:
    """The running program, once it has said by a line of output that it begins."""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
