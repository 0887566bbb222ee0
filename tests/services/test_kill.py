"""A kill at any moment of taking in leaves a library that opens, is sound, and finishes the work when asked again."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from testimonia.services.sample import sample_path
from testimonia.services.workbench import Workbench

KILLS = 20
NOW = "1931-03-14T02:10:00Z"


def adding(folder: Path, library: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "testimonia", "add", str(folder), "--library", str(library)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "CI": "1"},
    )


def content_of(library: Path) -> list[tuple[str, ...]]:
    """Everything that the library says, apart from when it was said."""
    with Workbench.open(library, now=lambda: NOW) as workbench:
        assert workbench.store.check() == ()
        out = []
        for entry in workbench.catalogue.sources():
            sha256 = entry.stored.source.sha256
            layers = tuple(workbench.store.layer(sha256, n).sha256 for n in workbench.store.layer_names(sha256))
            counts = tuple(f"{kind}={n}" for kind, n in sorted(entry.counts.items()))
            out.append((sha256, entry.stored.state, *layers, *counts))
        return sorted(out)


def test_twenty_kills_lose_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    sample = sample_path().read_text(encoding="utf-8")
    for n in range(4):
        (folder / f"bulletin-{n}.txt").write_text(f"{sample}\nCopy {n} of this invented bulletin.\n", encoding="utf-8")
    started = time.monotonic()
    assert adding(folder, tmp_path / "undisturbed").wait() == 0
    whole_run_s = time.monotonic() - started
    chance = random.Random(1931)
    library = tmp_path / "killed"
    kills = 0
    attempts = 0
    while kills < KILLS:
        attempts += 1
        assert attempts < 4 * KILLS, "the program ends too fast to be killed"
        process = adding(folder, library)
        try:
            process.wait(timeout=chance.uniform(0.15, 0.95) * whole_run_s / (1 + kills % 3))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
        else:  # all four were in: begin with an empty library
            library = tmp_path / f"killed-{attempts}"
        if library.exists():
            with Workbench.open(library, now=lambda: NOW) as workbench:
                assert workbench.store.check() == ()
    assert adding(folder, library).wait() == 0
    assert content_of(library) == content_of(tmp_path / "undisturbed")
