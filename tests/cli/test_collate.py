"""`collate`: apparatus, records, TEI, and how it ends."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from testimonia.exports.apparatus_tei import read_apparatus

Run = Callable[..., subprocess.CompletedProcess[str]]
VERSIONS = {
    "draft.txt": "The envoy came at dawn. He shewed his papers to the clerk of the port, who said nothing.\n",
    "print.txt": "The envoy came at dawn. He showed his papers to the clerk of the port who said nothing at all.\n",
    "late.txt": "The envoy came at dusk. He showed his papers to the clerk of the port, who said [1 word deleted].\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("versions")
    for name, text in VERSIONS.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


def test_the_apparatus_has_lemma_readings_and_sigla(testimonia: Run, folder: Path) -> None:
    done = testimonia("collate", *(folder / name for name in VERSIONS), library=folder / "library")
    assert done.returncode == 0, done.stderr
    assert "showed ] shewed A  (spelling)" in done.stdout
    assert "dawn. ] dusk. C  (substance)" in done.stdout


def test_records_hold_every_word_of_every_version(testimonia: Run, folder: Path) -> None:
    done = testimonia("collate", *(folder / name for name in VERSIONS), "--json", library=folder / "library")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    witnesses = {r["siglum"]: r["source_name"] for r in records if r["kind"] == "witness"}
    assert list(witnesses.values()) == list(VERSIONS)
    for siglum, name in witnesses.items():
        own = [x for r in records if r["kind"] == "reading" for x in r["readings"] if x["witness"] == siglum]
        assert " ".join(x["text"] for x in own if x["text"]) == VERSIONS[name].strip()
        assert all(x["anchors"][0]["first_line"] == 1 for x in own if x["text"])


def test_tei_goes_to_a_file_and_reads_back(testimonia: Run, folder: Path) -> None:
    target = folder / "apparatus.xml"
    words = [str(folder / name) for name in VERSIONS]
    done = testimonia("collate", *words, "--tei", "-o", target, library=folder / "library")
    assert done.returncode == 0, done.stderr
    assert list(read_apparatus(target.read_bytes()).values()) == [text.strip() for text in VERSIONS.values()]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("draft.txt",), 1),
        (("draft.txt", "nowhere.txt"), 1),
        (("draft.txt", "empty.txt"), 1),
        (("draft.txt",) * 21, 1),
        ((), 2),
        (("draft.txt", "print.txt", "--json", "--tei"), 2),
        (("draft.txt", "print.txt", "-o", "out.xml"), 2),
    ],
)
def test_wrong_input_ends_with_1_and_wrong_usage_with_2(
    testimonia: Run, folder: Path, words: tuple[str, ...], status: int
) -> None:
    (folder / "empty.txt").write_text(" \n", encoding="utf-8")
    given = [str(folder / w) if w.endswith(".txt") else w for w in words]
    done = testimonia("collate", *given, library=folder / "library")
    assert done.returncode == status
    assert done.stderr and "Traceback" not in done.stderr
