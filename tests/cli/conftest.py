"""A library with the sample in it, made once; the command line is run as a real process."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from testimonia.services.sample import sample_path

Run = Callable[..., subprocess.CompletedProcess[str]]


def run_testimonia(
    *words: str | Path, library: Path | None = None, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user's shell does."""
    env = {**os.environ, "CI": "1", **(environment or {})}
    env.pop("TESTIMONIA_LIBRARY", None)
    if library is not None:
        env["TESTIMONIA_LIBRARY"] = str(library)
    return subprocess.run(
        [sys.executable, "-m", "testimonia", *map(str, words)],
        capture_output=True, encoding="utf-8", env=env, timeout=300, check=False,
    )  # fmt: skip


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library into which `testimonia add` has taken the sample."""
    library = tmp_path_factory.mktemp("sample") / "library"
    done = run_testimonia("add", sample_path(), library=library)
    assert done.returncode == 0, done.stderr
    return library


@pytest.fixture(scope="session")
def records(sample_library: Path) -> Callable[..., list[dict[str, Any]]]:
    """Runs a command with `--json` on the sample library and reads its records."""

    def read(*words: str) -> list[dict[str, Any]]:
        done = run_testimonia(*words, "--json", library=sample_library)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return read


@pytest.fixture(scope="session")
def testimonia() -> Run:
    """The command line as a function: words in, finished process out; `library` names the library."""
    return run_testimonia
