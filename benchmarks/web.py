"""How long does the server work on a page, with many sources in the library?

    python -m benchmarks.web [--sources 1000] [--requests 100] [--profile PAGE]

Makes a library of invented bulletins, most of two pages and every fiftieth a whole dossier or study, and asks the
application for its main pages in this process, without a network between: what is timed is routing, store, rendering
and the whole body. Requests go round the sources, so that few find theirs already open; the longest of all
includes what is done once, such as loading templates or computing a comparison. On a machine that does other work too,
the time of the processor says more than the clock. Beside it stands the application's smallest answer (a style sheet),
as the floor of what serving anything costs. Ends with status 1 where the 95th percentile misses the stated bound.
"""

import argparse
import asyncio
import cProfile
import pstats
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.corpus import bulletin
from testimonia.model.findings import Account
from testimonia.services.workbench import Workbench
from testimonia.web.app import create_app

AT_MOST_P95_MS = 50.0
FEW_PAGES = 2
MANY_PAGES = 27
EVERY = 50
COMPARED_AT_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """One kind of page: the times of its answers, by the clock and of the processor, and the longest body."""

    name: str
    elapsed_ms: tuple[float, ...]
    processor_ms: tuple[float, ...]
    body_bytes: int

    @property
    def p95_ms(self) -> float:
        return _p95(self.elapsed_ms)


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def fill(workbench: Workbench, folder: Path, count: int) -> float:
    """Take `count` bulletins in; how many seconds of the processor that took."""
    for n in range(count):
        pages = MANY_PAGES if n % EVERY == 0 else FEW_PAGES
        (folder / f"bulletin {n}.txt").write_text(bulletin(pages, seed=n), encoding="utf-8")
    start = time.process_time()
    report = workbench.intake.add([folder])
    workbench.comparing.regroup()
    for failure in report.failures:
        sys.exit(f"{failure.path}: {failure.error}")
    return time.process_time() - start


def addresses(workbench: Workbench) -> dict[str, list[str]]:
    """The pages to ask for, by what they are called in the table."""
    page_counts = {e.stored.source.sha256: e.stored.page_count for e in workbench.catalogue.sources()}
    every = list(page_counts)
    long = [s for s in every if page_counts[s] >= MANY_PAGES - 3]
    accounts: dict[str, int] = {}
    for account in workbench.store.findings(Account):
        accounts[account.source] = accounts.get(account.source, 0) + 1
    comparable = [s for s in every if 2 <= accounts.get(s, 0) <= COMPARED_AT_MOST]
    return {
        "Style sheet (floor)": ["/static/testimonia.css"],
        "Library": ["/"],
        "Library, facet": ["/?with=accounts", "/?with=gaps"],
        "Search, a word": ["/?q=telegram", "/?q=casket", "/?q=bishop", "/?q=quarry"],
        "Search, a phrase": ["/?q=%22the+telegram+reached%22", "/?q=%22under+oath%22"],
        "Reader, first page": [f"/source/{s}" for s in every],
        "Reader, a page": [f"/source/{s}?page={n}" for n in (3, 11, 20) for s in long],
        "Reader, at a line": [f"/source/{s}?line={n}" for n in (70, 300, 900) for s in long],
        "Reader, as received": [f"/source/{s}?page={page_counts[s]}&layer=original" for s in every],
        "Gaps": [f"/source/{s}/gaps" for s in every],
        "Compare": [f"/compare?source={s}" for s in comparable[:4]],
        "Jobs": ["/jobs"],
    }


async def ask(workbench: Workbench, pages: dict[str, list[str]], requests: int) -> list[Timed]:
    """Ask for each kind of page so many times, one request after the other."""
    transport = httpx.ASGITransport(app=create_app(workbench, allowed_hosts=(), token="bench"))
    out = []
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", timeout=600) as client:
        for name, asked in pages.items():
            times: list[tuple[float, float]] = []
            size = 0
            for n in range(requests if asked else 0):
                start = time.perf_counter(), time.process_time()
                answer = await client.get(asked[n % len(asked)])
                times.append(((time.perf_counter() - start[0]) * 1000, (time.process_time() - start[1]) * 1000))
                size = max(size, len(answer.content))
                if answer.status_code != 200:
                    sys.exit(f"{answer.request.url}: status {answer.status_code}")
            if times:
                elapsed, processor = zip(*times, strict=True)
                out.append(Timed(name=name, elapsed_ms=elapsed, processor_ms=processor, body_bytes=size))
    return out


def print_table(timed: Sequence[Timed]) -> None:
    """The pages as a table in Markdown."""
    print("| page | p50, ms | p95, ms | longest, ms | p50 of the processor, ms | p95 | body, KiB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for t in timed:
        print(
            f"| {t.name} | {statistics.median(t.elapsed_ms):.1f} | {t.p95_ms:.1f} | {max(t.elapsed_ms):.1f} "
            f"| {statistics.median(t.processor_ms):.1f} | {_p95(t.processor_ms):.1f} | {t.body_bytes / 1024:.0f} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=1_000, help="how many sources the library has")
    parser.add_argument("--requests", type=int, default=100, help="how often each page is asked for")
    parser.add_argument("--profile", metavar="PAGE", help="print where the time of this page goes instead")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as files,
        tempfile.TemporaryDirectory() as library,
        Workbench.open(Path(library)) as workbench,
    ):
        seconds = fill(workbench, Path(files), asked.sources)
        pages = addresses(workbench)
        if asked.profile:
            pages = {asked.profile: pages[asked.profile]}
            profiler = cProfile.Profile()
            profiler.runcall(asyncio.run, ask(workbench, pages, asked.requests))
            pstats.Stats(profiler).sort_stats("cumtime").print_stats(50)
            return
        timed = asyncio.run(ask(workbench, pages, asked.requests))
        print(f"{asked.sources:,} sources, taken in in {seconds:.1f} s of the processor\n")
        print_table(timed)
    if slow := [t for t in timed if t.p95_ms > AT_MOST_P95_MS]:
        sys.exit("\n".join(f"{t.name}: p95 {t.p95_ms:.1f} ms, not under {AT_MOST_P95_MS:.0f}" for t in slow))


if __name__ == "__main__":
    main()
