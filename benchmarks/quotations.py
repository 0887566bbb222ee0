"""How fast are quotations looked up, in how much memory, and how does the time grow with the library?

    python -m benchmarks.quotations [--words 1000000 10000000] [--quotations 1000]

The library is made for it: books of 100,000 English words drawn by Zipf's law, in sentences, with a stock of phrases
that come back as real prose has them. Every size runs in a process of its own. Of the quotations nine in ten stand in
the library, some of them with a word changed, a letter in twenty misread, or words left out; the others stand nowhere.
The texts are kept in a real library as if nothing in them had to be recovered (taking in is measured by
`benchmarks.intake`), so that reading them and finding the quotations in the draft count. The peer is rapidfuzz
(`fuzz.partial_ratio_alignment` of a quotation and each book in turn, all books in memory), measured in the same process
on a few of the quotations and multiplied. Ends with status 1 where a stated bound is missed.
"""

import argparse
import hashlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from rapidfuzz import fuzz
from wordfreq import top_n_list

from testimonia.model.layers import ORIGINAL, READING, Layer
from testimonia.model.offset_map import OffsetMap
from testimonia.model.pages import Page
from testimonia.model.sources import Source
from testimonia.model.steps import Step
from testimonia.services.checking import Checking
from testimonia.store.library import LibraryStore
from testimonia.store.sqlite import SqliteLibrary
from testimonia.text.lines import LineTable
from testimonia.text.recovered import Recovered

_NOW = "1931-03-14T02:10:00Z"
AT_LEAST_WORDS_A_MINUTE = 1_000_000.0
AT_MOST_S = 10.0
AT_MOST_MEMORY_MB = 2048.0
BOUND_AT_WORDS = 10_000_000
WORDS_A_BOOK = 100_000
PEER_QUOTATIONS = 4
_VOCABULARY = 60_000
_STOCK = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One size. Seconds are of the processor; `right` is the share of quotations found where they stand or, where they
    stand nowhere, not found. `peer_s` is what rapidfuzz would take for all of them, from the few that it was given."""

    words: int
    indexing_s: float
    adding_one_s: float
    checking_s: float
    quotations: int
    right: float
    peak_mb: float
    index_mb: float
    peer_s: float


def vocabulary() -> list[str]:
    """English words, the commonest first."""
    return [w for w in top_n_list("en", 2 * _VOCABULARY) if w.isalpha() and w.isascii()][:_VOCABULARY]


def books(count: int, seed: int) -> Iterator[str]:
    """Books of the invented language, in sentences."""
    rng = random.Random(seed)
    words = vocabulary()
    weights = [1.0 / (n + 2.7) for n in range(len(words))]
    stock = [rng.choices(words, weights, k=rng.randint(3, 6)) for _ in range(_STOCK)]
    for _ in range(count):
        drawn = rng.choices(words, weights, k=WORDS_A_BOOK)
        out: list[str] = []
        at = 0
        while at < WORDS_A_BOOK:
            size = rng.randint(8, 30)
            sentence = drawn[at : at + size]
            if rng.random() < 0.3:
                sentence[1:1] = rng.choice(stock)
            out.append(" ".join(sentence).capitalize() + ".")
            at += size
        yield "\n\n".join(" ".join(out[n : n + 6]) for n in range(0, len(out), 6))


def quotations(texts: list[str], count: int, rng: random.Random) -> list[tuple[int, str]]:
    """Quotations with the number of their book, -1 for those that stand nowhere."""
    out = []
    for n in range(count):
        book = rng.randrange(len(texts))
        at = rng.randrange(len(texts[book]) - 2000)
        words = (
            texts[book][texts[book].index(" ", at) + 1 : at + 400].replace("\n\n", " ").split()[: rng.randint(8, 40)]
        )
        if n % 10 == 0:
            out.append((-1, " ".join(w[::-1] + "q" for w in words)))
            continue
        if n % 8 == 1:
            words[len(words) // 2] = "brazen"
        elif n % 8 == 3:
            words = ["".join("x" if rng.random() < 0.05 else c for c in w) for w in words]
        elif n % 8 == 5 and len(words) > 14:
            words[6:9] = ["..."]
        out.append((book, " ".join(words)))
    return out


def keep(store: LibraryStore, name: str, text: str) -> str:
    """Keep a book in the library as if it had been taken in with nothing to recover; its SHA-256."""
    content = text.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    source = Source(
        sha256=sha256, name=name, path=name, size_bytes=len(content), media_type="text/plain", encoding="utf-8"
    )
    store.add_source(source, content, _NOW)
    step = Step(name="benchmark", version="1")
    original = Layer(source=sha256, name=ORIGINAL, text=text, step=step)
    identity = OffsetMap.identity(len(text))
    reading = Layer(source=sha256, name=READING, text=text, step=step, parent=ORIGINAL, offset_map=identity)
    lines = LineTable(text)
    page = Page(
        page_index=0, page_label=None, number=None, total=None, number_inferred=False, sequence=0, first_line=1,
        last_line=lines.count, start=0, end=len(text), readable=1.0,
    )  # fmt: skip
    recovered = Recovered(
        original=original, reading=reading, pages=(page,), paragraphs=(), running_heads=(), repairs=(), notices=()
    )
    store.keep_recovered(recovered, (), _NOW)
    return sha256


def measure(words: int, count: int) -> Run:
    """Index and check in this process, which must be fresh for its memory to be its own."""
    with tempfile.TemporaryDirectory() as named, library_in(Path(named)) as store:
        folder = Path(named)
        rng = random.Random(3)
        asked: list[tuple[str, str]] = []
        total = words // WORDS_A_BOOK
        for n, text in enumerate(books(total, 7)):
            sha256 = keep(store, f"book-{n}.txt", text)
            share = count * (n + 1) // total - count * n // total
            asked.extend((sha256 if book >= 0 else "", q) for book, q in quotations([text], share, rng))
        draft = "\n\n".join(f"It is written: “{q}” there." for _, q in asked).encode()
        checking = Checking.open(store, folder)
        start_s = time.process_time()
        checking.refresh()
        checking.check_content("none.txt", b"It is written there.")
        indexing_s = time.process_time() - start_s
        keep(store, "late.txt", "One more short text that is added when all the others are here already.")
        start_s = time.process_time()
        checking.check_content("none.txt", b"It is written there.")
        adding_one_s = time.process_time() - start_s
        start_s = time.process_time()
        report = checking.check_content("draft.txt", draft)
        checking_s = time.process_time() - start_s
        index_mb = sum(p.stat().st_size for p in (folder / "seeds").iterdir()) / 1e6
        checking.close()
    found = {c.text.rstrip("."): c.places[0].source if c.places else "" for c in report.checked}
    right = sum(found.get(q.rstrip(".")) == source for source, q in asked) / len(asked)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peer_s = peer([q for _, q in asked[:: max(1, count // PEER_QUOTATIONS)]], total) * count
    return Run(
        words=words, indexing_s=round(indexing_s, 2), adding_one_s=round(adding_one_s, 4),
        checking_s=round(checking_s, 2), quotations=count, right=round(right, 4), peak_mb=round(peak_mb),
        index_mb=round(index_mb, 1), peer_s=round(peer_s),
    )  # fmt: skip


def peer(asked: list[str], total: int) -> float:
    """How many seconds does rapidfuzz take for one of these quotations, the books read already?"""
    spent_s = 0.0
    for text in books(total, 7):
        start_s = time.process_time()
        for quotation in asked:
            fuzz.partial_ratio_alignment(quotation, text, score_cutoff=60.0)
        spent_s += time.process_time() - start_s
    return spent_s / len(asked)


@contextmanager
def library_in(folder: Path) -> Iterator[LibraryStore]:
    """A library in a folder, closed at the end."""
    store = SqliteLibrary.open(folder, now=lambda: _NOW)
    try:
        yield store
    finally:
        store.close()


def main() -> None:
    """Print the curve as a table in Markdown; status 1 where a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, nargs="+", default=[1_000_000, 3_000_000, 10_000_000])
    parser.add_argument("--quotations", type=int, default=1000)
    parser.add_argument("--here", action="store_true", help="in this process (what the others are started with)")
    asked = parser.parse_args()
    if asked.here:
        print(json.dumps(asdict(measure(asked.words[0], asked.quotations))))
        return
    print(
        "| words | indexing, s | words/min | one text more, s | 1,000 quotations, s | right | peak, MB | index, MB "
        "| rapidfuzz, s |"
    )
    print("| ---: " * 9 + "|")
    missed = []
    for words in asked.words:
        command = [sys.executable, "-m", "benchmarks.quotations", "--here", "--words", str(words),
                   "--quotations", str(asked.quotations)]  # fmt: skip
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        run = Run(**json.loads(answer))
        a_minute = 60 * run.words / max(run.indexing_s, 1e-9)
        print(
            f"| {run.words:,} | {run.indexing_s} | {a_minute:,.0f} | {run.adding_one_s} | {run.checking_s} "
            f"| {run.right} | {run.peak_mb} | {run.index_mb} | {run.peer_s:,.0f} |",
            flush=True,
        )
        if a_minute < AT_LEAST_WORDS_A_MINUTE:
            missed.append(f"{a_minute:,.0f} words a minute")
        if words <= BOUND_AT_WORDS and (run.checking_s > AT_MOST_S or run.peak_mb > AT_MOST_MEMORY_MB):
            missed.append(f"{run.checking_s} s and {run.peak_mb} MB at {words:,} words")
    if missed:
        sys.exit("missed: " + "; ".join(missed))


if __name__ == "__main__":
    main()
