"""`testimonia check` on the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from testimonia.cli.main import commands

LOG = b"The keeper of the harbour did not light the lamp that night, and nobody came to the pier until the morning.\n"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "log.txt").write_bytes(LOG)
    folder = tmp_path / "library"
    assert run("add", tmp_path / "log.txt", library=folder).exit_code == 0
    return folder


def run(*words: str | Path, library: Path) -> Result:
    return CliRunner().invoke(commands, [*map(str, words), "--library", str(library)])


def test_status_1_where_a_quotation_is_altered(library: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Orme: “nobody came to the pier until the evening.”\n", encoding="utf-8")
    done = run("check", draft, "--json", library=library)
    assert done.exit_code == 1
    assert [json.loads(line)["verdict"] for line in done.stdout.splitlines()] == ["altered"]


def test_status_0_where_all_are_exact_and_the_reports_are_written(library: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Orme: “nobody came to the pier until the morning.”\n", encoding="utf-8")
    html, docx = tmp_path / "report.html", tmp_path / "report.docx"
    done = run("check", draft, "--html", html, "--docx", docx, library=library)
    assert done.exit_code == 0, done.output
    assert "exact" in done.stdout
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert docx.read_bytes().startswith(b"PK")


def test_a_source_of_the_library_is_checked_by_its_name(library: Path) -> None:
    assert run("check", "log.txt", "--json", library=library).exit_code == 0


def test_what_is_neither_file_nor_source_is_said(library: Path) -> None:
    done = run("check", "nothing.txt", library=library)
    assert done.exit_code == 1
    assert "not-found" in done.output


def test_a_report_takes_one_file_at_a_time(library: Path, tmp_path: Path) -> None:
    assert run("check", "a.txt", "b.txt", "--html", tmp_path / "r.html", library=library).exit_code == 2
