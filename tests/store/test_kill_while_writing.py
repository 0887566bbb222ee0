"""A kill at any moment leaves a library that opens, is sound, and finishes the work when asked again."""

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.store.invented import NOW
from tests.store.killing import duration_s, killed

from testimonia.store.sqlite import SqliteLibrary
from testimonia.store.sqlite.finding_rows import KINDS

KILLS = 20


def taking_in(folder: Path) -> list[str | Path]:
    return [sys.executable, "-m", "tests.store.taking_in", folder]


def content(folder: Path) -> list[object]:
    """All that the library says."""
    with closing(SqliteLibrary.open(folder, now=lambda: NOW)) as library:
        assert library.check() == ()
        said: list[object] = [library.sources(), library.counts()]
        for stored in library.sources():
            sha256 = stored.source.sha256
            said.append(library.content(sha256))
            said.extend(library.layer(sha256, name) for name in library.layer_names(sha256))
            said.extend((library.pages(sha256), library.paragraphs(sha256)))
            said.extend(library.findings(kind, sha256) for kind in KINDS.values())
        return said


def test_twenty_kills_lose_nothing(tmp_path: Path) -> None:
    undisturbed = tmp_path / "undisturbed"
    whole_s = duration_s(taking_in(undisturbed))
    expected = content(undisturbed)
    library = tmp_path / "killed-0"

    def commands() -> Iterator[list[str | Path]]:
        while True:
            yield taking_in(library)

    finished = 0
    # What was done before a kill stays done, so that short runs too get through all of the work.
    for ended in killed(commands(), times=KILLS, within_s=min(whole_s, 0.5), seed=1931):
        with closing(SqliteLibrary.open(library, now=lambda: NOW)) as halfway:
            assert halfway.check() == ()
        if ended:
            assert content(library) == expected
            finished += 1
            library = tmp_path / f"killed-{finished}"
    duration_s(taking_in(library))
    assert content(library) == expected
