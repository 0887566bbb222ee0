"""How fluid is the Compare screen with a large comparison?

    python -m benchmarks.compare_screen [--accounts 8] [--points 1000] [--scheme light]

Makes an invented comparison of so many points, each told by some of the accounts (half of them on average), with an
alignment begun over it, and asks for it in two ways. In this process: how long the server works on the whole page, on
the Matrix, and on one act with its answer to the script. In Chromium, where there is one: from the address to the
first rows drawn, and to the whole page drawn and ready for keys; from a key to the focus in the next row; from `a` to
the next row that is not judged, the server's answer included. Ends with status 1 where the first rows are not drawn
within a second.
"""

import argparse
import asyncio
import hashlib
import random
import shutil
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import httpx
import uvicorn

from testimonia.model.comparison import Comparison, Event, Point, Silence, Statement
from testimonia.model.findings import Account
from testimonia.model.layers import ORIGINAL, READING, Layer
from testimonia.model.offset_map import OffsetMap
from testimonia.model.pages import Page
from testimonia.model.sources import Source
from testimonia.model.spans import Span
from testimonia.model.steps import Step
from testimonia.services.comparing import Comparing
from testimonia.services.workbench import Workbench
from testimonia.text.anchoring import Anchorer
from testimonia.text.lines import LineTable
from testimonia.text.recovered import Recovered
from testimonia.web.app import create_app

AT_MOST_FIRST_ROWS_MS = 1000.0
TOKEN = "bench"
STEP = Step(name="invented", version="1")
NOW = "1902-05-06T07:08:09Z"
WORDS = tuple(
    w
    for line in (
        "the keeper gate water bell night boat bank captain lamp stood rang came went nine ten eleven men four never",
        "always order signed door locked open rain wind quay letter morning spoke heard saw nothing all before",
    )
    for w in line.split(" ")
)


class Made(Comparing):
    """Gives one comparison made by hand."""

    made: Comparison

    def compare(self, event_id: str | None = None, sources: Sequence[str] = ()) -> Comparison:
        """The comparison, whatever is asked for."""
        return self.made


def invent(workbench: Workbench, accounts: int, points: int) -> Comparison:
    """An invented source with so many accounts and points, kept in the library."""
    chance = random.Random(7)
    lines = [" ".join(chance.choices(WORDS, k=22)).capitalize() + "." for _ in range(accounts * points)]
    text = "\n".join(lines) + "\n"
    content = text.encode()
    source = Source(
        sha256=hashlib.sha256(content).hexdigest(), name="invented.txt", path="/invented.txt",
        size_bytes=len(content), media_type="text/plain", encoding="utf-8",
    )  # fmt: skip
    original = Layer(source=source.sha256, name=ORIGINAL, text=text, step=STEP)
    reading = Layer(
        source=source.sha256, name=READING, text=text, step=STEP, parent=ORIGINAL,
        offset_map=OffsetMap.identity(len(text)),
    )  # fmt: skip
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    pages = tuple(_page(n, starts, len(lines)) for n in range(-(-len(lines) // 50)))
    anchorer = Anchorer(reading, LineTable(text), pages, to_original=reading.offset_map)
    tellers = tuple(_account(source.sha256, n, points, starts) for n in range(accounts))
    workbench.store.add_source(source, content, NOW)
    recovered = Recovered(
        original=original, reading=reading, pages=pages, paragraphs=(), running_heads=(), repairs=(), notices=()
    )
    workbench.store.keep_recovered(recovered, tellers, NOW)

    def statement(account: Account, n: int, row: int, version: str) -> Statement:
        at = n * points + row
        clashes = ((0, 4, 12),) if row % 3 == 0 else ()
        return Statement(
            id=f"statement-{at}", account=account.id, stance="affirms", value=lines[at][:12],
            attribution=(account.teller,), anchors=(anchorer.anchor(starts[at], starts[at + 1] - 1),), version=version,
            clashes=clashes,
        )  # fmt: skip

    made = []
    for row in range(points):
        telling = sorted(chance.sample(range(accounts), k=1 + row % accounts))
        made.append(
            Point(
                id=f"point-{row}",
                label=" ".join(chance.choices(WORDS, k=5)),
                confidence=0.7,
                reason="invented",
                relation="single" if len(telling) == 1 else ("contradict", "differ", "agree")[row % 3],
                statements=tuple(statement(tellers[n], n, row, "abc"[k % 3]) for k, n in enumerate(telling)),
                silences=tuple(
                    Silence(account=tellers[n].id, reason="silent", evidence="")
                    for n in range(accounts)
                    if n not in telling
                ),
            )
        )
    event = Event(
        id="event-bench", source=source.sha256, anchors=(), step=STEP, confidence=0.9, reason="", when="1884-02-03",
        title="An invented night", place=None, accounts=tuple(a.id for a in tellers),
    )  # fmt: skip
    return Comparison(event=event, accounts=tellers, points=tuple(made))


def _page(n: int, starts: Sequence[int], lines: int) -> Page:
    first, last = n * 50, min(n * 50 + 50, lines)
    return Page(
        page_index=n, page_label=f"Page {n + 1}", number=n + 1, total=None, number_inferred=False, sequence=0,
        first_line=first + 1, last_line=last, start=starts[first], end=starts[last], readable=1.0,
    )  # fmt: skip


def _account(sha256: str, n: int, points: int, starts: Sequence[int]) -> Account:
    span = Span(layer=READING, start=starts[n * points], end=starts[(n + 1) * points])
    return Account(
        id=f"account-{n}", source=sha256, anchors=(), step=STEP, confidence=0.9, reason="", title=f"Account {n + 1}",
        teller=f"Teller {n + 1}", told=f"{1884 + n}", published=None, basis="took part", document="d",
        first_line=n * points + 1, last_line=(n + 1) * points, heading=None, source_note=None, span=span, body=(span,),
    )  # fmt: skip


async def ask_server(workbench: Workbench, alignment: str) -> None:
    """How long does the server work on the page, the Matrix, and an act?"""
    transport = httpx.ASGITransport(app=create_app(workbench, allowed_hosts=(), token=TOKEN))
    path = f"/compare/event-bench?alignment={alignment}&only=all"
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", timeout=600) as client:
        for name, asked in (
            ("Compare, everything shown", path),
            ("Compare, contradictions", path.replace("only=all", "only=contradict")),
            ("Matrix", path.replace("?", "/matrix?", 1)),
        ):
            times = []
            for _ in range(6):
                start = time.process_time()
                answer = await client.get(asked)
                times.append((time.process_time() - start) * 1000)
            size = len(answer.content) / 1024
            print(f"| {name}, server | {statistics.median(times):.0f} ms of the processor | {size:,.0f} KiB |")
        times = []
        for n in range(20):
            fields = {"token": TOKEN, "action": "accept", "point": f"point-{n + 500}", "back": path}
            start = time.process_time()
            answer = await client.post(
                f"/alignments/{alignment}/acts", data=fields, headers={"Accept": "application/json"}
            )
            times.append((time.process_time() - start) * 1000)
            if answer.status_code != 200:
                sys.exit(answer.text)
        size = len(answer.content) / 1024
        print(f"| An act, server | {statistics.median(times):.0f} ms of the processor | {size:.0f} KiB |")


@contextmanager
def served(workbench: Workbench) -> Iterator[str]:
    """Serve on a free port."""
    app = create_app(workbench, allowed_hosts=(), token=TOKEN)
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        server.should_exit = True
        thread.join()


_READY = """async () => {
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now();
}"""
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
_KEYS = """async ([key, times]) => {
  const found = [];
  for (let n = 0; n < times; n++) {
    const before = document.activeElement;
    const start = performance.now();
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    while (document.activeElement === before || document.activeElement === document.body) {
      await new Promise((done) => setTimeout(done));
      if (performance.now() - start > 10000) return found;
    }
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    found.push(performance.now() - start);
  }
  return found;
}"""


def ask_browser(base: str, alignment: str, scheme: str) -> float | None:
    """How long until the page is drawn, and until a key has done its work? None without Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        loads, painted = [], []
        for _ in range(5):
            context = browser.new_context(
                viewport={"width": 1280, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
            )
            page = context.new_page()
            page.goto(f"{base}/compare/event-bench?alignment={alignment}&only=all", wait_until="load")
            loads.append(float(page.evaluate(_READY)))
            painted.append(float(page.evaluate(_PAINTED)))
            if len(loads) < 5:
                context.close()
        moves = page.evaluate(_KEYS, ["j", 40])
        acts = page.evaluate(_KEYS, ["a", 40])
        browser.close()
    print(f"| First rows drawn, Chromium | {statistics.median(painted):.0f} ms, best {min(painted):.0f} ms | |")
    print(
        f"| Page drawn and ready for keys, Chromium | {statistics.median(loads):.0f} ms, best {min(loads):.0f} ms | |"
    )
    print(f"| j, to the next row drawn | p50 {statistics.median(moves):.0f} ms, longest {max(moves):.0f} ms | |")
    print(f"| a, to the next unjudged row drawn | p50 {statistics.median(acts):.0f} ms, longest {max(acts):.0f} ms | |")
    return min(painted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=8)
    parser.add_argument("--points", type=int, default=1_000)
    parser.add_argument("--scheme", default="light", choices=("light", "dark"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Workbench.open(Path(folder) / "library") as workbench:
        comparing = Made(workbench.store, workbench.catalogue, _no_encoder, lambda: NOW)
        comparing.made = invent(workbench, asked.accounts, asked.points)
        workbench.comparing = comparing
        alignment = workbench.alignments.new(comparing.made, "bench", "bench").id
        print(f"{asked.accounts} accounts, {asked.points:,} points\n\n| what | time | size |\n| --- | ---: | ---: |")
        asyncio.run(ask_server(workbench, alignment))
        with served(workbench) as base:
            first_ms = ask_browser(base, alignment, asked.scheme)
    if first_ms is not None and first_ms > AT_MOST_FIRST_ROWS_MS:
        sys.exit(f"the first rows take {first_ms:.0f} ms, not under {AT_MOST_FIRST_ROWS_MS:.0f}")


def _no_encoder() -> NoReturn:
    raise RuntimeError("a comparison made by hand needs no encoder")


if __name__ == "__main__":
    main()
