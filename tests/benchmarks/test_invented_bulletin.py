"""Is the bulletin that the benchmarks measure on what they say it is, and do they judge the curve right?"""

import importlib
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def corpus(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT)
    return importlib.import_module("benchmarks.corpus")


@pytest.fixture
def intake(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT)
    return importlib.import_module("benchmarks.intake")


@pytest.mark.parametrize("pages", [1, 2, 27, 200])
def test_it_has_as_many_pages_as_asked_for(corpus: ModuleType, pages: int) -> None:
    text = corpus.bulletin(pages)
    assert len(re.findall(r"^.*Page \d+ of \d+ $", text, re.MULTILINE)) == pages
    assert 50 * pages < text.count("\n") < 75 * pages


def test_the_seed_alone_decides_what_it_says(corpus: ModuleType) -> None:
    assert corpus.bulletin(30, seed=3) == corpus.bulletin(30, seed=3)
    assert corpus.bulletin(30, seed=3) != corpus.bulletin(30, seed=4)


def test_it_has_studies_with_notes_and_dossiers_with_source_notes(corpus: ModuleType) -> None:
    text = corpus.bulletin(200)
    assert "\nNOTES \n" in text
    assert "'s Account \n" in text
    assert "[" in text


def test_a_curve_that_grows_faster_than_its_pages_is_reported(intake: ModuleType) -> None:
    def run(pages: int, seconds: float, peak_mb: float = 100.0) -> object:
        return intake.Run(
            pages=pages, found_pages=pages, accounts=0, events=0, intake_s=seconds, grouping_s=0.0,
            total_s=seconds + 0.5, peak_mb=peak_mb,
        )  # fmt: skip

    assert intake.missed([run(100, 1.0), run(200, 2.0), run(800, 8.0)]) == []
    assert intake.missed([run(100, 1.0), run(400, 6.0)]) == ["100 to 400 pages: 2.45 of the time for twice the pages"]
    slow, big = intake.missed([run(100, 9.5, peak_mb=2000.0)])
    assert slow == "100 pages: 10.0 a second, not 25"
    assert big == "100 pages: 2000 MB, not under 1024"
