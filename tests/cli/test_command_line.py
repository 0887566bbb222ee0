"""What a person types, and what the command line answers."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from testimonia.cli.main import COMMANDS
from testimonia.services.sample import sample_path

Records = Callable[..., list[dict[str, Any]]]
Run = Callable[..., subprocess.CompletedProcess[str]]
COMMON = {"id", "kind", "source", "source_name", "anchors", "step", "confidence", "judgement"}
ANCHOR = {"source", "layer", "start", "end", "first_line", "last_line", "page_index", "page_label", "quote"}
OWN = {
    "pages": {"page_index", "page_label", "first_line", "last_line", "orientation_deg", "readable"},
    "gaps": {"what", "label", "extent", "evidence"},
    "documents": {"title", "type", "author", "recipient", "place", "date", "parent", "first_line", "last_line"},
    "accounts": {"title", "teller", "told", "published", "basis", "document", "first_line", "last_line", "source_note"},
    "notes": {"label", "called_at", "text"},
    "repairs": {"before", "after", "reason"},
    "redactions": {"printed", "quantity", "unit"},
}


@pytest.mark.parametrize("kind", sorted(OWN))
def test_records_have_the_fields_that_scripts_rely_on(records: Records, kind: str) -> None:
    found = records("list", kind)
    assert found
    for record in found:
        assert COMMON | OWN[kind] <= set(record)
        assert all(set(a) >= ANCHOR for a in record["anchors"])


def test_every_anchor_quotes_its_own_place(records: Records) -> None:
    texts = {layer: "".join(r["text"] for r in records("text", sample_path().name, "--layer", layer))
             for layer in ("original", "reading")}  # fmt: skip
    for kind in ("documents", "accounts", "notes", "gaps", "redactions", "repairs", "marks"):
        for record in records("list", kind):
            for anchor in record["anchors"]:
                assert texts[anchor["layer"]][anchor["start"] : anchor["end"]] == anchor["quote"]


def test_the_original_layer_is_the_file_to_the_letter(records: Records) -> None:
    text = "".join(r["text"] for r in records("text", sample_path().name, "--layer", "original"))
    assert text == sample_path().read_bytes().decode("utf-8")


def test_the_reading_text_traces_to_the_original_character_by_character(records: Records) -> None:
    original = sample_path().read_bytes().decode("utf-8")
    lines = original.split("\n")
    runs = records("text", sample_path().name)
    reading = "".join(r["text"] for r in runs)
    assert [r["start"] for r in runs[1:]] == [r["end"] for r in runs[:-1]]
    traced = records("trace", sample_path().name, "--start", "0", "--end", str(len(reading)))
    covered = 0
    for piece in traced:
        assert original[piece["start"] : piece["end"]] == piece["quote"]
        assert piece["first_line"] == original.count("\n", 0, piece["start"]) + 1
        if piece["change"] in ("kept", "moved"):
            assert reading[piece["layer_start"] : piece["layer_end"]] == piece["quote"]
            covered += len(piece["quote"])
    assert covered > 0.9 * len(reading)
    assert lines


def test_compare_prints_one_object_with_statements_and_silences(records: Records) -> None:
    (comparison,) = records("compare")
    ids = {a["id"] for a in comparison["accounts"]}
    assert len(ids) == 7
    assert comparison["points"]
    for point in comparison["points"]:
        assert {"id", "label", "relation", "statements", "silences", "confidence", "reason"} <= set(point)
        assert point["relation"] in ("agree", "differ", "contradict", "single")
        said = {s["account"] for s in point["statements"]}
        silent = {s["account"] for s in point["silences"]}
        assert said | silent == ids and not said & silent
        assert all(s["anchors"] for s in point["statements"])


def test_adding_the_same_bytes_twice_changes_nothing(testimonia: Run, tmp_path: Path) -> None:
    library = tmp_path / "library"
    assert testimonia("add", sample_path(), library=library).returncode == 0
    before = testimonia("list", "accounts", "--json", library=library).stdout
    copy = tmp_path / "copy.txt"
    copy.write_bytes(sample_path().read_bytes())
    again = testimonia("add", copy, sample_path(), library=library)
    assert again.returncode == 0
    assert "nothing changed" in again.stdout
    assert testimonia("list", "accounts", "--json", library=library).stdout == before
    assert len(testimonia("list", "sources", "--json", library=library).stdout.splitlines()) == 1


def test_a_bad_file_is_named_and_the_rest_goes_on(testimonia: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (tmp_path / "good.txt").write_text("The pilot rowed out at nine.\nNobody saw him land.\n", encoding="utf-8")
    done = testimonia("add", tmp_path, tmp_path / "absent.txt", library=tmp_path / ".library")
    assert done.returncode == 1
    for name in ("empty.txt", "picture.txt", "absent.txt"):
        assert name in done.stderr
    assert "Traceback" not in done.stderr
    listed = testimonia("list", "sources", "--json", library=tmp_path / ".library").stdout
    assert [json.loads(x)["source_name"] for x in listed.splitlines()] == ["good.txt"]


def test_nothing_but_records_goes_to_standard_output(testimonia: Run, sample_library: Path) -> None:
    done = testimonia("list", "gaps", "--json", library=sample_library)
    assert done.stderr == ""
    assert all(json.loads(line) for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("list", "ghosts"), 2),
        (("trace", "x", "--start", "1"), 2),
        (("compare", "no-such-event"), 1),
        (("text", "no-such-source"), 1),
        (("nonsense",), 2),
    ],
)
def test_wrong_usage_ends_with_2_and_wrong_input_with_1(
    testimonia: Run, sample_library: Path, words: tuple[str, ...], status: int
) -> None:
    done = testimonia(*words, library=sample_library)
    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert done.stderr


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example(testimonia: Run, name: str) -> None:
    whole = testimonia(name, "--help")
    assert whole.returncode == 0
    parts = re.findall(r"^  (\w+) {2,}\S", whole.stdout.partition("Commands:")[2], re.MULTILINE)
    for named in [[name, part] for part in parts] or [[name]]:
        done = testimonia(*named, "--help")
        assert done.returncode == 0
        assert f"testimonia {' '.join(named)}" in done.stdout.split("Usage:")[1].split("\n", 1)[1]
        assert "--library" in done.stdout


def test_search_finds_words_with_page_and_line(records: Records) -> None:
    heading = records("list", "accounts")[0]["teller"].split()[-1]
    found = records("search", heading)
    assert found
    assert all(ANCHOR - {"quote"} <= set(f) for f in found)


def test_demo_prints_the_comparison_and_ends_where_there_is_no_terminal(testimonia: Run) -> None:
    done = testimonia("demo")
    assert done.returncode == 0, done.stderr
    assert "7 accounts" in done.stdout
    assert re.search(r"http://127\.0\.0\.1:\d+/compare/", done.stdout)


def test_open_serves_the_comparison_until_interrupted(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "testimonia", "open", str(sample_path()), "--no-browser", "--port", "0"],
        env={**os.environ, "TESTIMONIA_LIBRARY": str(tmp_path / "library"), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    try:
        assert process.stdout is not None
        address = ""
        for line in process.stdout:
            if line.startswith("Serving at "):
                address = line.split()[-1]
                break
        assert address, process.stderr.read() if process.stderr else ""
        page = ""
        deadline = time.monotonic() + 30
        while not page and time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(address, timeout=30) as answer:
                    page = answer.read().decode("utf-8")
            except OSError:
                time.sleep(0.1)
        assert "contradict" in page.lower()
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, ""), err + out


def test_doctor_says_what_is_here_and_that_the_library_is_sound(testimonia: Run, sample_library: Path) -> None:
    done = testimonia("doctor", library=sample_library)
    assert done.returncode == 0
    assert "sound" in done.stdout
