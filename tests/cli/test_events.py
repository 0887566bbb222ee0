"""`testimonia event`, as a user's shell runs it."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_an_account_is_split_off_and_comes_back(testimonia: Run, sample_library: Path, tmp_path: Path) -> None:
    library = Path(shutil.copytree(sample_library, tmp_path / "library"))
    event = json.loads(testimonia("list", "events", "--json", library=library).stdout.splitlines()[0])
    done = testimonia("event", "split", event["id"], "Lisle", "--editor", "A. Reader", "--json", library=library)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["decision"] == "split"
    assert testimonia("event", "proposals", library=library).returncode == 0
    now = [json.loads(r) for r in testimonia("list", "events", "--json", library=library).stdout.splitlines()]
    assert [len(e["accounts"]) for e in now] == [len(event["accounts"]) - 1, 1]
    assert testimonia("event", "undo", library=library).returncode == 0
    history = testimonia("event", "history", library=library).stdout
    assert "A. Reader: split: Lisle" in history and "(taken back)" in history
    assert testimonia("event", "undo", library=library).returncode == 1
    assert "[not-found]" in testimonia("event", "merge", event["id"], "nobody's", library=library).stderr
