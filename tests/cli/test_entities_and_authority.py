"""`testimonia entity`, `authority`, and exports of findings, as a user's shell runs them."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def library(sample_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of our own: what is decided here must not show in other tests."""
    return Path(shutil.copytree(sample_library, tmp_path_factory.mktemp("entities") / "library"))


def test_a_decision_on_an_entity_is_printed_applied_and_taken_back(testimonia: Run, library: Path) -> None:
    done = testimonia("entity", "rename", "Halvard Brenn", "Halvard J. Brenn", "--json", library=library)
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert (made["decision"], made["value"]) == ("changed", "name: Halvard J. Brenn")
    people = [json.loads(r) for r in testimonia("list", "people", "--json", library=library).stdout.splitlines()]
    assert {p["entity_name"] for p in people if p["entity"] == made["finding"]} == {"Halvard J. Brenn"}
    assert testimonia("entity", "undo", made["finding"], library=library).returncode == 0
    again = testimonia("entity", "undo", made["finding"], library=library)
    assert again.returncode == 1 and "[not-found]" in again.stderr


def test_an_authority_file_comes_in_and_goes_out(testimonia: Run, library: Path, tmp_path: Path) -> None:
    persons = tmp_path / "persons.csv"
    persons.write_text('name,type\n"Brenn, Halvard, Minister",\nLugger,ship\n', "utf-8")
    done = testimonia("authority", "import", persons, library=library)
    assert done.returncode == 0 and "1 entries" in done.stdout and "'ship' is no type" in done.stderr
    assert "Halvard Brenn" in testimonia("authority", "export", library=library).stdout
    target = tmp_path / "out" / "persons.ftm.json"
    assert testimonia("authority", "export", "-o", target, library=library).returncode == 0
    assert {json.loads(line)["schema"] for line in target.read_text("utf-8").splitlines()} >= {"Person"}
    persons.write_bytes(b"")
    refused = testimonia("authority", "import", persons, library=library)
    assert refused.returncode == 1 and "[authority-file]" in refused.stderr
    assert testimonia("authority", "export", "-o", tmp_path / "x.xlsx", library=library).returncode == 2


def test_findings_of_all_sources_go_into_one_file(testimonia: Run, library: Path, tmp_path: Path) -> None:
    done = testimonia("export", "csl-json", library=library)
    assert done.returncode == 0 and json.loads(done.stdout), done.stderr
    assert testimonia("export", "prov-o", "-o", tmp_path, library=library).returncode == 0
    assert [p.name for p in tmp_path.iterdir()] == ["library.prov.jsonld"]
    assert json.loads((tmp_path / "library.prov.jsonld").read_text("utf-8"))["@graph"]
