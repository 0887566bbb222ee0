"""How long does the server work on a page of people, with a million mentions in the library?

    python -m benchmarks.names [--mentions 1000000] [--sources 1000] [--requests 60]

Makes a library of invented short texts whose mentions are invented as well (kept as the step of names keeps them), with
decisions of editors and an authority file, and asks the application for its pages in this process, without a network.
The first request counts the mentions; it is shown by itself. Ends with status 1 where the 95th percentile of a page
misses the stated bound.
"""

import argparse
import asyncio
import itertools
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from benchmarks.web import AT_MOST_P95_MS
from testimonia.analysis.names.find import NAMES
from testimonia.model.names import Name
from testimonia.services.workbench import Workbench
from testimonia.text.anchoring import finding_id
from testimonia.web.app import create_app

_GIVEN = ("Anna", "Olav", "Mette", "Lars", "Ida", "Nils", "Karin", "Emil", "Stine", "Jens")
_FIRST, _SECOND = ("Brin", "Mo", "Lin", "Hol", "Sar", "Fen", "Ott", "Vann", "Mar", "Kess"), ("k", "dahl", "sen", "low")
_LAST = ("", "berg", "quist", "ley", "ford", "wick", "mark", "stad", "gren", "holt")
AT_ONCE = 50


def people() -> tuple[str, ...]:
    """Four thousand invented people."""
    surnames = ["".join(parts) for parts in itertools.product(_FIRST, _SECOND, _LAST)]
    return tuple(f"{given} {surname}" for surname in surnames for given in _GIVEN)


def fill(workbench: Workbench, mentions: int, sources: int, dice: random.Random) -> None:
    """Take the texts in, and keep so many mentions in them, a few people named far more often than others."""
    everybody = people()
    step = NAMES
    each = max(1, mentions // sources)
    for first in range(0, sources, AT_ONCE):
        files = []
        for number in range(first, min(first + AT_ONCE, sources)):
            named = [_drawn(everybody, dice) for _ in range(60)]
            text = "".join(f"On day {n} {one} came to the pier.\n\n" for n, one in enumerate(named))
            files.append((f"log {number}.txt", f"Log {number}\n\n{text}".encode()))
        workbench.intake.add_contents(files)
    layers = workbench.store.layer_hashes("reading")
    for stored in workbench.store.sources():
        sha256 = stored.source.sha256
        found = list(itertools.islice(_mentions(workbench, sha256, everybody), each))
        stamp = f"{step.version} {layers[sha256]}"
        workbench.store.keep_findings(step.name, sha256, found, "2031-04-05T06:07:08Z", stamp=stamp)


def _drawn(everybody: tuple[str, ...], dice: random.Random) -> str:
    return everybody[min(int(dice.paretovariate(0.6)) - 1, len(everybody) - 1)]


def _mentions(workbench: Workbench, sha256: str, everybody: tuple[str, ...]) -> Iterator[Name]:
    subject = workbench.analysing.subject(sha256)
    known = frozenset(everybody)
    places = []
    for line in subject.text.split("\n"):
        words = line.split(" ")
        if len(words) > 4 and (name := " ".join(words[3:5])) in known:
            at = subject.text.index(line) + len(" ".join(words[:3])) + 1
            places.append((name, subject.anchorer.anchor(at, at + len(name))))
    for number, (name, anchor) in enumerate(itertools.cycle(places)):
        given, surname = name.split(" ")
        yield Name(
            id=finding_id("name", sha256, number), source=sha256, anchors=(anchor,), step=NAMES, confidence=0.9,
            reason="invented for a measurement", name=name if number % 3 else surname,
            entity=finding_id("entity", "", "person", given.lower(), surname.lower()), entity_name=name, type="person",
            title="Captain" if number % 7 == 0 else "",
        )  # fmt: skip


def decide(workbench: Workbench, dice: random.Random) -> None:
    """What editors and archivists add: an authority file, merges, a split and a name."""
    chosen = dice.sample(people(), 200)
    rows = "".join(f"a{n},{name},person\n" for n, name in enumerate(chosen))
    workbench.authority.import_file("people.csv", f"id,name,type\n{rows}".encode())
    named = [e for e in workbench.mentions.entities() if e.mention_count > 3]
    workbench.entities.merge(named[0].id, named[5].id, "editor")
    workbench.entities.rename(named[1].id, "Anna the Elder", "editor")
    some = workbench.store.mention_ids(named[2].id, 2)
    workbench.entities.split(named[2].id, some, "editor")


async def measure(workbench: Workbench, requests: int, dice: random.Random) -> dict[str, list[float]]:
    """The times of each kind of page, in ms of the processor: the machine may do other work too."""
    entities = workbench.mentions.entities()
    few = [e.id for e in dice.sample(entities, min(len(entities), requests))]
    most = entities[:20]
    kinds = {
        "People and places": ["/names"] * requests,
        "Searched": [f"/names?q={dice.choice(_FIRST).lower()}&type=person" for _ in range(requests)],
        "Somebody": [f"/names/{one}" for one in few],
        "Those most named, any page": [
            f"/names/{(one := dice.choice(most)).id}?page={dice.randint(1, max(1, one.mention_count // 25))}"
            for _ in range(requests)
        ],
    }
    app = create_app(workbench, allowed_hosts=("127.0.0.1",))
    times: dict[str, list[float]] = {}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1") as client:
        for kind, pages in kinds.items():
            times[kind] = []
            for page in pages:
                start = time.process_time()
                answer = await client.get(page)
                times[kind].append(1000 * (time.process_time() - start))
                answer.raise_for_status()
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--sources", type=int, default=1_000)
    parser.add_argument("--requests", type=int, default=60)
    asked = parser.parse_args()
    dice = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        with Workbench.open(Path(folder) / "library") as workbench:
            fill(workbench, asked.mentions, asked.sources, dice)
        with Workbench.open(Path(folder) / "library") as workbench:
            start = time.process_time()
            total = sum(e.mention_count for e in workbench.mentions.entities())
            first_s = time.process_time() - start
            start = time.process_time()
            decide(workbench, dice)
            print(f"{total:,} mentions counted in {first_s:.1f} s of the processor", end="; ")
            print(f"an authority file and three decisions in {time.process_time() - start:.1f} s")
            times = asyncio.run(measure(workbench, asked.requests, dice))
    missed = False
    print("| page | median, ms | 95th percentile, ms |\n| --- | ---: | ---: |")
    for kind, taken in times.items():
        ordered = sorted(taken)
        p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        missed = missed or p95 > AT_MOST_P95_MS
        print(f"| {kind} | {ordered[len(ordered) // 2]:.1f} | {p95:.1f} |")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
