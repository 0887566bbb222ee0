"""`testimonia export`, as a user's shell runs it."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from testimonia.services.sample import sample_path

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_one_source_goes_to_standard_output(testimonia: Run, sample_library: Path) -> None:
    done = testimonia("export", "jsonl", sample_path().name, library=sample_library)
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert {record["kind"] for record in records} == {"line"}
    assert records[0]["source_name"] == sample_path().name


def test_a_file_is_written_whole_and_the_same_again(testimonia: Run, sample_library: Path, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "out.hocr"
    for _ in range(2):
        done = testimonia("export", "hocr", "-o", target, library=sample_library)
        assert done.returncode == 0, done.stderr
        assert done.stdout == ""
    first = target.read_bytes()
    assert testimonia("export", "hocr", "-o", tmp_path, library=sample_library).returncode == 0
    assert (tmp_path / "brannsey.hocr").read_bytes() == first
    assert [p.name for p in target.parent.iterdir()] == ["out.hocr"]


def test_several_sources_need_a_folder_and_get_a_file_each(testimonia: Run, tmp_path: Path) -> None:
    library = tmp_path / "library"
    (tmp_path / "one").mkdir()
    for n, folder in enumerate((tmp_path, tmp_path / "one")):
        (folder / "talk.txt").write_text(f"The gate stood open at {n}.\nNobody rang.\n")
        assert testimonia("add", folder / "talk.txt", library=library).returncode == 0
    refused = testimonia("export", "text", library=library)
    assert refused.returncode == 2 and "folder" in refused.stderr
    done = testimonia("export", "text", "-o", tmp_path / "out", library=library)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").glob("talk*.txt"))) == 2


def test_what_can_not_be_exported_is_said_and_leaves_nothing_behind(
    testimonia: Run, sample_library: Path, tmp_path: Path
) -> None:
    done = testimonia("export", "pdf", "-o", tmp_path / "out.pdf", library=sample_library)
    assert done.returncode == 1
    assert "[not-exportable]" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_wrong_usage_has_its_own_status(testimonia: Run, sample_library: Path, tmp_path: Path) -> None:
    unknown = testimonia("export", "docx", library=sample_library)
    assert unknown.returncode == 2 and "hocr, alto, pdf, text, jsonl" in unknown.stderr
    assert testimonia("export", "text", library=tmp_path / "empty").returncode == 2
    assert testimonia("export", "text", "nothing.txt", library=sample_library).returncode == 1


def test_references_go_out_in_a_style_and_a_wrong_name_lists_the_right_ones(
    testimonia: Run, sample_library: Path, tmp_path: Path
) -> None:
    made = testimonia("export", "references-text", "--style", "author-date", library=sample_library)
    assert made.returncode == 0, made.stderr
    assert made.stdout.strip()
    wrong = testimonia("export", "references-text", "--style", "no-such-style", library=sample_library)
    assert wrong.returncode == 2
    assert "notes, author-date" in wrong.stderr
    hostile = tmp_path / "own.csl"
    hostile.write_text('<!DOCTYPE s [<!ENTITY a "b">]><style>&a;</style>')
    refused = testimonia("export", "references-html", "--style", hostile, library=sample_library)
    assert refused.returncode == 1
    assert "own.csl" in refused.stderr and "Traceback" not in refused.stderr
    misplaced = testimonia("export", "bibtex", "--style", "notes", library=sample_library)
    assert misplaced.returncode == 2


def test_the_list_of_references_shows_them_in_a_style(testimonia: Run, sample_library: Path) -> None:
    done = testimonia("list", "references", "--style", "notes", "--json", library=sample_library)
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert records and all(record["formatted"] and record["csl"] for record in records)


def test_a_step_of_a_life_is_changed_from_the_command_line_and_taken_back(testimonia: Run, tmp_path: Path) -> None:
    library = tmp_path / "library"
    (tmp_path / "note.txt").write_text("Report of the Clerk\n\nby Ada Brill\n\nThe lamp went out at nine.\n")
    assert testimonia("add", tmp_path / "note.txt", library=library).returncode == 0
    step = json.loads(testimonia("list", "provenance", "--json", library=library).stdout.splitlines()[0])
    done = testimonia("judge", step["id"], "changed", "--set", "agents=Tom Wick", library=library)
    assert done.returncode == 0, done.stderr
    changed = json.loads(testimonia("list", "provenance", "--json", library=library).stdout.splitlines()[0])
    assert (changed["agents"], changed["judgement"]) == (["Tom Wick"], "changed")
    assert testimonia("judge", step["id"], "changed", library=library).returncode == 2
    assert testimonia("judge", step["id"], "changed", "--set", "order=9", library=library).returncode == 1
    assert testimonia("judge", step["id"], "undone", library=library).returncode == 0
    again = json.loads(testimonia("list", "provenance", "--json", library=library).stdout.splitlines()[0])
    assert again == step
