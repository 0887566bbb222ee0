"""Alignments from the command line, over the invented case of the web tests."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.web.conftest import Invented, Told, library_of

from testimonia.cli.main import commands
from testimonia.errors import NotFoundError
from testimonia.services.workbench import Workbench

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a library whose comparison is made by hand."""
    folder = tmp_path / "library"
    invented = Invented()
    library_of(folder, invented).close()

    class Opened(Workbench):
        def __init__(self, *given: object, **named: object) -> None:
            super().__init__(*given, **named)  # type: ignore[arg-type]
            self.comparing = Told(self, invented.comparison())

    monkeypatch.setattr("testimonia.services.workbench.Workbench", Opened)

    def running(*words: str, status: int = 0) -> Result:
        result = CliRunner().invoke(commands, [*words, "--library", str(folder)])
        assert result.exit_code == status, result.output
        return result

    return running


def records(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_comparison_is_judged_and_printed_with_its_judgements(run: Run) -> None:
    run("alignment", "new", "First", "--editor", "Ed")
    run("judge", "1", "accepted", "--alignment", "First", "--note", "sure", "--editor", "Ed")
    run("judge", "point-bell-0", "rejected", "--alignment", "First")
    run("alignment", "act", "First", "rename", "2", "--value", "Did it break?")
    printed = json.loads(run("compare", "--alignment", "first", "--json").stdout)
    assert [p["judgement"] for p in printed["points"]] == ["accepted", "changed", "rejected", "proposed"]
    assert printed["points"][0]["notes"] == ["sure"]
    assert printed["points"][1]["label"] == "Did it break?"
    assert printed["alignment"]["editor"] == "Ed"
    assert json.loads(run("alignment", "show", "First", "--json").stdout) == printed


def test_a_judgement_is_taken_back(run: Run) -> None:
    run("alignment", "new", "First")
    run("judge", "1", "accepted", "--alignment", "First")
    run("alignment", "act", "First", "accept", "2")
    run("judge", "1", "undone", "--alignment", "First")
    history = records(run("alignment", "history", "First", "--json"))
    assert [(h["action"], h["stands"]) for h in history] == [("undo", True), ("accept", True), ("accept", False)]


def test_a_statement_is_named_by_its_teller(run: Run) -> None:
    run("alignment", "new", "First")
    run("alignment", "act", "First", "stance", "1", "--statement", "mrs. anne coates", "--value", "denies")
    printed = json.loads(run("compare", "--alignment", "First", "--json").stdout)
    assert [s["stance"] for s in printed["points"][0]["statements"]][1] == "denies"


def test_undo_and_redo_go_back_and_forth(run: Run) -> None:
    run("alignment", "new", "First")
    run("alignment", "act", "First", "merge", "2", "--target", "1")
    merged = run("compare", "--alignment", "First", "--json").stdout
    run("alignment", "undo", "First")
    assert len(json.loads(run("compare", "--alignment", "First", "--json").stdout)["points"]) == 4
    run("alignment", "redo", "First")
    assert run("compare", "--alignment", "First", "--json").stdout == merged


def test_people_see_judgements_history_and_news(run: Run) -> None:
    run("alignment", "new", "First", "--editor", "Ed")
    run("alignment", "act", "First", "clash", "1", "--value", "apparent", "--note", "two gates", "--editor", "Flo")
    shown = run("alignment", "show", "First").output
    assert "changed by Flo" in shown
    assert "two gates" in shown
    assert "Flo: clash apparent" in run("alignment", "history", "First").output
    assert "the same as before" in run("alignment", "news", "First").output
    assert "First: by Ed" in run("alignment", "list").output


def test_what_is_not_there_is_said(run: Run) -> None:
    run("alignment", "new", "First")
    for words in (("alignment", "show", "Nobody's"), ("judge", "99", "accepted", "--alignment", "First")):
        assert isinstance(run(*words, status=1).exception, NotFoundError)
