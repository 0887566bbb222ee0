"""How fast are bulletins of OCR text taken in, with how much memory, and does the time stay in step with the pages?

    python -m benchmarks.intake [--pages 27 100 1000 10000] [--profile PAGES]

Every size runs in a process of its own, from the start of Python to the closed library: reading, recovery, structure,
store, search index, and the grouping of accounts into events. The time is that of the processor, on one core. Beside
it runs the least that any tool has to do with the same file, as a floor: split its lines and put each into an FTS5
table of SQLite, in one transaction. Ends with status 1 where a stated bound is missed.
"""

import argparse
import cProfile
import json
import os
import pstats
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from itertools import pairwise
from math import log2
from pathlib import Path

from benchmarks.corpus import bulletin

SIZES = (27, 100, 1_000, 5_000, 10_000)
AT_LEAST_PAGES_PER_S = 25.0
AT_MOST_MEMORY_MB = 1024.0
AT_MOST_TIME_FOR_TWICE = 2.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One size, taken in once. `*_s` are seconds of the processor, start-up of Python included in `total_s`."""

    pages: int
    found_pages: int
    accounts: int
    events: int
    intake_s: float
    grouping_s: float
    total_s: float
    peak_mb: float


def measure(path: Path, pages: int) -> Run:
    """Take one file in, in this process, which must be fresh for the time and the memory to be its own."""
    from testimonia.model.findings import Account
    from testimonia.services.workbench import Workbench

    with tempfile.TemporaryDirectory() as folder, Workbench.open(Path(folder)) as workbench:
        start = time.process_time()
        report = workbench.intake.add([path])
        taken_in = time.process_time()
        events = workbench.comparing.regroup()
        grouped = time.process_time()
        for failure in report.failures:
            sys.exit(f"{failure.path}: {failure.error}")
        found = (sum(s.page_count for s in report.sources), len(workbench.store.findings(Account)), len(events))
    return Run(
        pages=pages,
        found_pages=found[0],
        accounts=found[1],
        events=found[2],
        intake_s=taken_in - start,
        grouping_s=grouped - taken_in,
        total_s=time.process_time(),
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def floor_s(path: Path) -> float:
    """How long does it take to put the lines of this file into a search table, and nothing else?"""
    start = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        table = sqlite3.connect(Path(folder) / "lines.sqlite3")
        with table:
            table.execute("CREATE VIRTUAL TABLE lines USING fts5(line)")
            lines = path.read_bytes().decode().splitlines()
            table.executemany("INSERT INTO lines (rowid, line) VALUES (?, ?)", enumerate(lines, 1))
        table.close()
    return time.process_time() - start


def run_apart(path: Path, pages: int) -> Run:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.intake", "--file", str(path), "--pages", str(pages)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=_installed(path.parent)).stdout
    return Run(**json.loads(answer))


def _installed(folder: Path) -> dict[str, str]:
    """The environment in which modules keep their bytecode, as those of an installed package do from the start."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    if not (folder / "bytecode").exists():
        subprocess.run([sys.executable, "-c", "import testimonia.services.workbench"], check=True, env=environment)
    return environment


def profile(pages: int) -> None:
    """Which functions does the time go to?"""
    with tempfile.TemporaryDirectory() as folder:
        path = _written(Path(folder), pages)
        profiler = cProfile.Profile()
        profiler.runcall(measure, path, pages)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(40).sort_stats("cumtime").print_stats(40)


def print_table(runs: list[Run], floors: list[float]) -> None:
    """The curve as a table in Markdown."""
    print(
        "| pages | found | accounts | events | taking in, s | grouping, s | whole process, s | pages/s | peak, MB "
        "| time for twice the pages | SQLite FTS5 lines (floor), s | of the floor |\n" + "| ---: " * 12 + "|"
    )
    for n, (run, floor) in enumerate(zip(runs, floors, strict=True)):
        twice = f"{_time_for_twice(runs[n - 1], run):.2f}" if n else ""
        print(
            f"| {run.pages:,} | {run.found_pages:,} | {run.accounts:,} | {run.events:,} | {run.intake_s:.2f} "
            f"| {run.grouping_s:.2f} | {run.total_s:.2f} | {run.pages / run.total_s:.0f} | {run.peak_mb:.0f} "
            f"| {twice} | {floor:.3f} | {run.total_s / floor:.0f} x |"
        )


def missed(runs: list[Run]) -> list[str]:
    """Which stated bounds does the curve miss? In sentences."""
    out = []
    for run in runs:
        if run.pages / run.total_s < AT_LEAST_PAGES_PER_S:
            out.append(f"{run.pages:,} pages: {run.pages / run.total_s:.1f} a second, not {AT_LEAST_PAGES_PER_S:.0f}")
        if run.peak_mb > AT_MOST_MEMORY_MB:
            out.append(f"{run.pages:,} pages: {run.peak_mb:.0f} MB, not under {AT_MOST_MEMORY_MB:.0f}")
    for before, run in pairwise(runs):
        if _time_for_twice(before, run) > AT_MOST_TIME_FOR_TWICE:
            twice = _time_for_twice(before, run)
            out.append(f"{before.pages:,} to {run.pages:,} pages: {twice:.2f} of the time for twice the pages")
    return out


def _time_for_twice(before: Run, run: Run) -> float:
    """The growth between two sizes as that of one doubling; start-up, which does not grow, left out."""
    grown = (run.intake_s + run.grouping_s) / (before.intake_s + before.grouping_s)
    return float(grown ** (1 / log2(run.pages / before.pages)))


def _written(folder: Path, pages: int) -> Path:
    path = folder / f"bulletin-{pages}.txt"
    path.write_text(bulletin(pages), encoding="utf-8")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=SIZES, help="the sizes to measure")
    parser.add_argument("--file", type=Path, help="take this one file in and print the run as JSON")
    parser.add_argument("--profile", type=int, metavar="PAGES", help="print where the time goes instead")
    asked = parser.parse_args()
    if asked.profile:
        profile(asked.profile)
        return
    if asked.file:
        print(json.dumps(asdict(measure(asked.file, asked.pages[0]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = [_written(Path(folder), pages) for pages in asked.pages]
        runs = [run_apart(path, pages) for path, pages in zip(paths, asked.pages, strict=True)]
        print_table(runs, [floor_s(path) for path in paths])
    if misses := missed(runs):
        sys.exit("\n".join(misses))


if __name__ == "__main__":
    main()
