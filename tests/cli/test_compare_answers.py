"""`testimonia compare` of many short answers, a file each; all invented."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]
ANSWERS = {
    "Echo": "Twelve workers were injured in the drying hall.",
    "Argus": "The fire injured 12 workers.",
    "Clarion": "Thirty workers were injured in the fire.",
    "Lantern": "In the drying hall thirty workers were injured.",
    "Herald": "No worker was injured in the fire in the drying hall.",
}


def written(folder: Path) -> dict[str, Path]:
    paths = {name: folder / f"{name}.txt" for name in ANSWERS}
    for name, path in paths.items():
        path.write_text(ANSWERS[name], encoding="utf-8")
    return paths


def test_answers_of_a_sentence_are_accounts_and_versions_say_who_agrees(testimonia: Run, tmp_path: Path) -> None:
    paths = written(tmp_path)
    library = tmp_path / "library"
    assert testimonia("add", *paths.values(), library=library).returncode == 0
    named = [word for path in paths.values() for word in ("--source", path.name)]
    compared = json.loads(testimonia("compare", "--json", *named, library=library).stdout)
    names = {a["id"]: Path(a["source_name"]).stem for a in compared["accounts"]}
    (point,) = compared["points"]
    version = {names[s["account"]]: s["version"] for s in point["statements"]}
    assert version["Echo"] == version["Argus"] != version["Clarion"] == version["Lantern"] != version["Herald"]
    assert point["relation"] == "contradict"


def test_an_answer_that_two_gave_to_the_letter_is_found_by_either_path(testimonia: Run, tmp_path: Path) -> None:
    paths = written(tmp_path)
    twice = tmp_path / "Copy.txt"
    twice.write_bytes(paths["Echo"].read_bytes())
    library = tmp_path / "library"
    assert testimonia("add", *paths.values(), twice, library=library).returncode == 0
    named = [word for path in (*paths.values(), twice) for word in ("--source", path)]
    done = testimonia("compare", "--json", *named, library=library)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["accounts"]) == len(ANSWERS)
    gone = testimonia("compare", "--source", "Nobody.txt", "--source", twice, library=library)
    assert gone.returncode == 1 and "Nobody.txt" in gone.stderr
