"""How fast are the accounts of one event compared, in how much memory, and how does it grow?

    python -m benchmarks.comparison [--sizes 2x2000 7x700 ...] [--whole]

The accounts are made from one invented story: each tells six in ten of its sentences with words left out, and as many
others of its own. Every measurement runs in a process of its own with one thread; times are those of the processor,
once the encoder is loaded. The floor is the least that any comparison by meaning has to do, in the same run: every
sentence encoded, and for every pair of accounts the sentences that are each other's nearest. With --whole the points
are also judged and named, as `compare` does. Ends with status 1 where a stated bound is missed.
"""

import argparse
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from benchmarks.corpus import sentences

if TYPE_CHECKING:
    from testimonia.analysis.told import AccountText
    from testimonia.model.spans import Anchor

SIZES = ("7x700", "2x2000", "4x2000", "8x2000", "8x5000", "8x10000", "8x20000")
# Seconds of two cores, as users wait for them.
AT_MOST_S = {"7x700": 3.0, "8x20000": 60.0}
AT_MOST_MB = {"8x20000": 2000.0}
WORDS_A_SENTENCE = 26
TOLD, LEFT_OUT = 0.6, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One comparison: seconds of the processor for the points, for the whole and for the floor; peak memory."""

    size: str
    groups: int
    points_s: float
    whole_s: float
    floor_s: float
    peak_mb: float


def tellings(count: int, words: int, *, seed: int = 1) -> list[list[str]]:
    """The paragraphs of so many accounts of so many words each; the same seed gives the same accounts."""
    number = max(4, words // WORDS_A_SENTENCE)
    story = sentences(number, seed=seed)
    out = []
    for n in range(count):
        chance = random.Random(f"{seed} {n}")
        own = iter(sentences(number, seed=seed * 100 + n + 1))
        told = [_retold(s, chance) if chance.random() < TOLD else next(own) for s in story]
        out.append([" ".join(told[a : a + 5]) for a in range(0, len(told), 5)])
    return out


def _retold(sentence: str, chance: random.Random) -> str:
    words = sentence.split()
    return " ".join(w for k, w in enumerate(words) if k in (0, len(words) - 1) or chance.random() >= LEFT_OUT)


def account(number: int, paragraphs: Sequence[str]) -> "AccountText":
    """The paragraphs as an account that is ready to be compared."""
    from testimonia.analysis.told import read_account
    from testimonia.model.findings import Account
    from testimonia.model.spans import Span
    from testimonia.model.steps import Step
    from testimonia.text.recovered import Paragraph

    text = "\n\n".join(paragraphs)
    blocks, at = [], 0
    for n, words in enumerate(paragraphs):
        blocks.append(
            Paragraph(
                start=at,
                end=at + len(words),
                first_line=n + 1,
                last_line=n + 1,
                line_starts=(at,),
                blank_lines_before=1,
                page_index=0,
                indent=0,
                width=80,
                uncertain=None,
            )
        )
        at += len(words) + 2
    span = Span(layer="reading", start=0, end=len(text))
    return read_account(
        Account(
            id=f"account-{number}", source=hashlib.sha256(text.encode()).hexdigest(), anchors=(),
            step=Step(name="benchmark", version="1"), confidence=1.0, reason="invented", title=f"Account {number}",
            teller=f"Teller {number}", told=None, published=None, basis=None, document=f"document-{number}",
            first_line=1, last_line=len(paragraphs), heading=None, source_note=None, span=span, body=(span,),
        ),
        text,
        blocks,
    )  # fmt: skip


def measure(size: str, *, whole: bool) -> Run:
    """Compare accounts of this size in this process, which must be fresh for the memory to be its own."""
    from testimonia.analysis.alignment import align
    from testimonia.services.encoding import load_encoder

    encoder = load_encoder()
    align([account(n, p) for n, p in enumerate(tellings(2, 200, seed=2))], encoder)  # tables are loaded once
    count, words = (int(x) for x in size.split("x"))
    accounts = [account(n, p) for n, p in enumerate(tellings(count, words))]
    start = time.process_time()
    groups = align(accounts, encoder)
    points_s = time.process_time() - start
    whole_s = _whole(accounts) if whole else 0.0
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.process_time()
    vectors = [encoder.encode([p.text for p in a.passages]) for a in accounts]
    for one, other in combinations(vectors, 2):
        near = one @ other.T
        _ = near.argmax(axis=1), near.argmax(axis=0)
    floor_s = time.process_time() - start
    return Run(
        size=size, groups=len(groups), points_s=points_s, whole_s=whole_s, floor_s=floor_s, peak_mb=peak_mb
    )  # fmt: skip


def _whole(accounts: "Sequence[AccountText]") -> float:
    """Seconds for a comparison with everything that is shown of it."""
    from testimonia.analysis.comparison import compare_accounts
    from testimonia.model.comparison import Event
    from testimonia.model.steps import Step
    from testimonia.services.encoding import load_encoder

    event = Event(
        id="event-1", source=accounts[0].account.source, anchors=(), step=Step(name="benchmark", version="1"),
        confidence=1.0, reason="invented", title="An invented event", when=None, place=None,
        accounts=tuple(a.account.id for a in accounts),
    )  # fmt: skip
    start = time.process_time()
    compare_accounts(event, accounts, _cite, load_encoder())
    return time.process_time() - start


def _cite(source: str, start: int, end: int) -> "Anchor":
    from testimonia.model.spans import Anchor

    return Anchor(
        source=source, layer="reading", layer_sha256="0" * 64, start=start, end=end, first_line=1, last_line=1,
        page_index=0, page_label=None, quote="x" * (end - start),
    )  # fmt: skip


def run_apart(size: str, *, whole: bool) -> Run:
    """One measurement in a process of its own, with one thread."""
    command = [sys.executable, "-m", "benchmarks.comparison", "--one", size, *(["--whole"] if whole else [])]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"}
    )
    return Run(**json.loads(done.stdout))


def missed_bounds(runs: Sequence[Run]) -> list[str]:
    """Which stated bounds are missed, in words?"""
    out = []
    for run in runs:
        taken = max(run.points_s, run.whole_s)
        if taken > AT_MOST_S.get(run.size, taken):
            out.append(f"{run.size} took {taken:.1f} s of the processor, bound {AT_MOST_S[run.size]:.0f} s")
        if run.peak_mb > AT_MOST_MB.get(run.size, run.peak_mb):
            out.append(f"{run.size} took {run.peak_mb:.0f} MB, bound {AT_MOST_MB[run.size]:.0f} MB")
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", default=SIZES)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(asdict(measure(given.one, whole=given.whole))))
        return
    print("| accounts x words | groups | points, s | whole, s | floor, s | of the floor | peak, MB |")
    print("| ---: " * 7 + "|")
    runs = []
    for size in given.sizes:
        run = run_apart(size, whole=given.whole)
        runs.append(run)
        whole = f"{run.whole_s:.1f}" if given.whole else ""
        print(
            f"| {size} | {run.groups:,} | {run.points_s:.1f} | {whole} | {run.floor_s:.1f} | "
            f"{run.points_s / run.floor_s:.1f} x | {run.peak_mb:.0f} |",
            flush=True,
        )
    missed = missed_bounds(runs)
    for sentence in missed:
        print(f"benchmarks: missed: {sentence}", file=sys.stderr)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
