"""`testimonia opinion`, asked of a stand-in on this machine."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.endpoints.stand_in import standing_in

Run = Callable[..., subprocess.CompletedProcess[str]]


def quoting(asked: dict[str, Any]) -> str:
    accounts = asked["accounts"]
    quotes = [{"account": a["account"], "quote": " ".join(a["passages"][0].split()[:5])} for a in accounts]
    return json.dumps({"relation": "differ", "quotes": quotes, "label": "<script>alert(1)</script>"})


def test_it_prints_what_is_kept_and_counts_what_is_refused(
    testimonia: Run, sample_library: Path, tmp_path: Path
) -> None:
    library = Path(shutil.copytree(sample_library, tmp_path / "library"))
    with standing_in(quoting) as model:
        words = ("opinion", "--endpoint", model.url, "--model", "invented-7b", "--most", "2")
        done = testimonia(*words, "--json", library=library, environment={"TESTIMONIA_OPINION_KEY": "k-1"})
        assert done.returncode == 0, done.stderr
        records = [json.loads(line) for line in done.stdout.splitlines()]
        assert [r["about"] for r in records] == ["relation", "relation"]
        assert all(a["quote"] and a["first_line"] for r in records for a in r["anchors"])
        assert "2 proposals kept, 2 refused (not-their-words 2)" in done.stderr
        assert model.with_headers[0]["Authorization"] == "Bearer k-1"
        again = testimonia(*words, library=library)
        assert again.returncode == 0 and "0 points asked about, 2 asked before" in again.stderr
    listed = testimonia("list", "opinions", "--json", library=library)
    assert [json.loads(line)["id"] for line in listed.stdout.splitlines()]


def test_without_an_endpoint_nobody_is_asked(testimonia: Run, sample_library: Path) -> None:
    done = testimonia("opinion", "--model", "m", library=sample_library)
    assert done.returncode == 2 and "--endpoint" in done.stderr


def test_what_is_wrong_with_an_endpoint_is_said(testimonia: Run, sample_library: Path) -> None:
    with standing_in() as gone:
        url = gone.url
    done = testimonia("opinion", "--endpoint", url, "--model", "m", "--most", "1", library=sample_library)
    assert done.returncode == 1 and "[endpoint]" in done.stderr and "Traceback" not in done.stderr
    away = testimonia("opinion", "--endpoint", "https://models.example/v1", "--model", "m", library=sample_library)
    assert away.returncode == 1 and "[leaves-this-machine]" in away.stderr
