"""Page images on the command line: one source of many, its pages by their names, a stop that loses nothing."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.services.reading_pages import InventedReader, image_file, sheet

from testimonia.cli.main import commands
from testimonia.services import page_reading


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> InventedReader:
    """The engine that this test's commands find."""
    made = InventedReader()
    monkeypatch.setattr(page_reading, "EnginePageReader", lambda: made)
    return made


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(commands, [*words, "--library", str(folder / "library")])


def write_minutes(folder: Path) -> Path:
    minutes = folder / "minutes"
    minutes.mkdir()
    for n in range(1, 4):
        (minutes / f"minutes_{n}.png").write_bytes(image_file(sheet(n)))
    return minutes


def test_the_name_of_an_image_prints_its_page_alone(reader: InventedReader, tmp_path: Path) -> None:
    added = run(tmp_path, "add", str(write_minutes(tmp_path)), "--cores", "2")
    assert added.exit_code == 0, added.output
    assert "minutes  3 pages" in added.output
    printed = run(tmp_path, "text", "minutes_2.png").output
    assert printed.startswith("Page 2 of the log.")
    assert "Page 3" not in printed
    runs = [json.loads(line) for line in run(tmp_path, "text", "minutes_2.png", "--json").output.splitlines()]
    assert "".join(r["text"] for r in runs).strip() == printed.strip()
    pages = [json.loads(line) for line in run(tmp_path, "list", "pages", "--json").output.splitlines()]
    assert [(p["page_index"], p["orientation_deg"]) for p in pages] == [(0, 0), (1, 0), (2, 0)]
    assert {p["engine"] for p in pages} == {"invented 1.0"}
    assert "invented 1.0" in run(tmp_path, "list", "pages").output


def test_after_a_stop_the_same_command_goes_on(reader: InventedReader, tmp_path: Path) -> None:
    minutes = write_minutes(tmp_path)
    reader.stop_after = 2
    stopped = run(tmp_path, "add", str(minutes))
    assert stopped.exit_code == 1
    assert "add the same again to go on" in stopped.output
    reader.stop_after = None
    assert run(tmp_path, "add", str(minutes)).exit_code == 0
    assert len(reader.read_pages) == 3


@pytest.mark.parametrize("cores", ["0", "many"])
def test_a_number_of_cores_that_is_none_is_wrong_usage(reader: InventedReader, tmp_path: Path, cores: str) -> None:
    assert run(tmp_path, "add", str(tmp_path), "--cores", cores).exit_code == 2
