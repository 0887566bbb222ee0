"""How fast are versions of one text collated, in how much memory, and how does it grow?

    python -m benchmarks.collation [--collatex PYTHON] [--sizes 2x2000 2x20000 ...]

The versions are made from one invented text by changing words at random: 1.5 in 100 are left out, 1.5 replaced by
others, 1.5 put in, 1.5 misspelt. Every measurement runs in a process of its own, on one core; the time is that of the
processor for the collation alone (words, alignment, places, moves), the memory that of the whole process.

CollateX for Python is the peer, on the same two versions of 2,000 words. It is no dependency of Testimonia: PYTHON is
an interpreter that can import `collatex`; without one the peer is skipped, and said to be. Ends with status 1 where a
stated bound is missed.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass

from benchmarks.corpus import bulletin

SIZES = ("2x2000", "2x20000", "2x200000", "5x5000", "20x500", "20x5000", "20x50000")
PEER_SIZE = "2x2000"
AT_LEAST_TIMES_THE_PEER = 500.0
TWENTY_VERSIONS = "20x5000"
AT_MOST_S = 5.0
CHANGED = 0.015
PEER = """
import json, resource, sys, time
import collatex
collation = collatex.Collation()
for n, text in enumerate(json.load(sys.stdin)):
    collation.add_plain_witness(f"W{n}", text)
start = time.process_time()
table = collatex.collate(collation)
print(json.dumps([time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One collation: `places` of the apparatus, seconds of the processor, peak memory of the process."""

    size: str
    places: int
    elapsed_s: float
    peak_mb: float


def versions(count: int, words: int, *, seed: int = 1) -> list[str]:
    """So many versions of one invented text of so many words; the same seed gives the same versions."""
    text: list[str] = []
    pages = 10
    while len(text) < words:
        text = bulletin(pages, seed=seed).split()
        pages = max(pages + 1, pages * words // max(1, len(text)) + 1)
    return [_changed(text[:words], random.Random(f"{seed} {n}")) for n in range(count)]


def _changed(text: list[str], chance: random.Random) -> str:
    out = []
    for word in text:
        drawn = chance.random()
        if drawn < CHANGED:
            continue
        if drawn < 2 * CHANGED:
            out.append(chance.choice(text))
        elif drawn < 3 * CHANGED:
            out += [word, chance.choice(text)]
        elif drawn < 4 * CHANGED and len(word) > 3:
            at = chance.randrange(1, len(word) - 1)
            out.append(word[:at] + chance.choice("aeirst") + word[at + 1 :])
        else:
            out.append(word)
    return " ".join(out)


def measure(size: str) -> Run:
    """Collate versions of this size in this process, which must be fresh for the memory to be its own."""
    from testimonia.text.collation.collating import collate

    collate(versions(2, 2000, seed=2))  # dictionaries and libraries are loaded once, not for every collation
    texts = versions(*_parsed(size))
    start = time.process_time()
    collation = collate(texts)
    elapsed_s = time.process_time() - start
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Run(size=size, places=len(collation.units), elapsed_s=elapsed_s, peak_mb=peak_mb)


def measure_peer(interpreter: str) -> Run | None:
    """CollateX on the same versions; None where it can't be had."""
    found = subprocess.run([interpreter, "-c", "import collatex"], capture_output=True, check=False)
    if found.returncode:
        return None
    texts = json.dumps(versions(*_parsed(PEER_SIZE)))
    done = subprocess.run([interpreter, "-c", PEER], input=texts, stdout=subprocess.PIPE, text=True, check=True)
    elapsed_s, peak_mb = json.loads(done.stdout.splitlines()[-1])
    return Run(size=PEER_SIZE, places=0, elapsed_s=elapsed_s, peak_mb=peak_mb)


def run_apart(size: str) -> Run:
    """One measurement in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.collation", "--one", size]
    return Run(**json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))


def _parsed(size: str) -> tuple[int, int]:
    count, words = size.split("x")
    return int(count), int(words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", default=SIZES)
    parser.add_argument("--collatex", metavar="PYTHON", default=sys.executable)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(asdict(measure(given.one))))
        return
    runs = {size: run_apart(size) for size in given.sizes}
    print("| versions x words | places | s | words/s | peak, MB |\n" + "| ---: " * 5 + "|")
    for run in runs.values():
        count, words = _parsed(run.size)
        speed = count * words / run.elapsed_s
        print(f"| {run.size} | {run.places:,} | {run.elapsed_s:.2f} | {speed:,.0f} | {run.peak_mb:.0f} |")
    missed = []
    if TWENTY_VERSIONS in runs and runs[TWENTY_VERSIONS].elapsed_s > AT_MOST_S:
        missed.append(f"{TWENTY_VERSIONS} took {runs[TWENTY_VERSIONS].elapsed_s:.1f} s, bound {AT_MOST_S} s")
    if PEER_SIZE in runs:
        peer = measure_peer(given.collatex)
        if peer is None:
            print("\nbenchmarks: skipped the peer: no collatex at hand (see --collatex)")
        else:
            times = peer.elapsed_s / runs[PEER_SIZE].elapsed_s
            print(
                f"\nCollateX, {PEER_SIZE}: {peer.elapsed_s:.1f} s, {peer.peak_mb:.0f} MB; "
                f"Testimonia: {times:.0f} x as fast"
            )
            if times < AT_LEAST_TIMES_THE_PEER:
                missed.append(f"{times:.0f} times the speed of the peer, bound {AT_LEAST_TIMES_THE_PEER:.0f}")
    for sentence in missed:
        print(f"benchmarks: missed: {sentence}", file=sys.stderr)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
