"""Measures Testimonia on the sample and, where it is at hand, on material that is not part of the project.

    python tools/evaluate.py [--every N]
        [--only sample|parallels|bulletins|turned|repairs|collation|quotations|dates|heads|names|scans]

Everything goes through the command line, as users' scripts do. The material is looked for in the folder that
TESTIMONIA_MATERIAL names, else in ../shared beside the repository; what is not there is said and skipped. Prints a
table in Markdown and writes it, with what the scoring script said, to the folder evaluation/ (not under version
control).
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaluate_collation import Agreement

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLE = REPOSITORY / "src" / "testimonia" / "sample" / "brannsey.txt"
MATERIAL = Path(os.environ.get("TESTIMONIA_MATERIAL", REPOSITORY.parent / "shared"))
OUT = REPOSITORY / "evaluation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row of the table: what was measured, on what, and what came out."""

    on: str
    what: str
    value: str


class Library:
    """A temporary library, asked through the command line."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def run(self, *words: str | Path) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "testimonia", *map(str, words), "--library", str(self._folder)],
            stdout=subprocess.PIPE, encoding="utf-8", check=False, env={**os.environ, "CI": "1"},
        )  # fmt: skip
        if done.returncode not in (0, 1):
            raise SystemExit(f"evaluate: testimonia {words[0]} ended with status {done.returncode}")
        return done.stdout

    def records(self, kind: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.run("list", kind, "--json").splitlines()]

    def compare_to(self, target: Path) -> None:
        target.write_text(self.run("compare", "--json"), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=MEASUREMENTS)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every Nth scan only")
    asked = parser.parse_args()
    only, every = asked.only, max(1, asked.every)
    OUT.mkdir(exist_ok=True)
    figures: list[Figure] = []
    for name, measure in MEASUREMENTS.items():
        if only in (None, name):
            figures += scans(every) if name == "scans" else measure()
    table = "| on | what | figure |\n| --- | --- | --- |\n"
    table += "".join(f"| {f.on} | {f.what} | {f.value} |\n" for f in figures)
    (OUT / "figures.md").write_text(table, encoding="utf-8")
    print(table)


def sample() -> Iterator[Figure]:
    """The sample against its truth file."""
    truth = json.loads(SAMPLE.with_name("truth.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "library")
        library.run("add", SAMPLE)
        for what, right, of in (*recovery(library, truth), *structure(library, truth)):
            yield Figure(on="sample", what=what, value=f"{right} of {of}")
        compared = OUT / "sample-compare.json"
        library.compare_to(compared)
        yield from scored("sample", "points", SAMPLE.with_name("truth.json"), compared)


def recovery(library: Library, truth: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    """Pages and page furniture: (what, right, of)."""
    pages = {(p["sequence"], p["number"]) for p in library.records("pages")}
    yield "pages found", len(pages & {(p["sequence"], p["number"]) for p in truth["pages"]}), len(truth["pages"])
    removed = {
        n
        for r in library.records("repairs")
        if r["reason"] == "furniture" and r["applied"]
        for a in r["anchors"]
        for n in range(a["first_line"], a["last_line"] + 1)
    }
    furniture = set(truth["furniture"])
    yield "furniture lines taken out", len(furniture & removed), len(furniture)
    turned = range(truth["turned_page"]["first_line"], truth["turned_page"]["last_line"] + 1)
    lines = SAMPLE.read_text(encoding="utf-8").split("\n")
    body = {n for n, line in enumerate(lines, 1) if line.strip() and n not in turned} - furniture
    body -= set(truth["navigation"])
    yield "body lines kept", len(body - removed), len(body)


def structure(library: Library, truth: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    """Articles, sections, accounts, notes, gaps: (what, right, of)."""
    documents = library.records("documents")
    titles = {(d["title"], d["author"]) for d in documents if d["type"] == "article"}
    true = {(a["title"], a["author"]) for a in truth["articles"]}
    yield "articles with title and author", sum(any(t.startswith(x) and b == y for t, b in titles) for x, y in true), 2
    starts = {(d["first_line"], d["title"]) for d in documents}
    sections = {(s["line"], s["title"]) for s in truth["sections"]}
    yield "section headings", len(sections & starts), len(sections)
    accounts = library.records("accounts")
    extents = [(a["first_line"], a["last_line"]) for a in accounts]
    wanted = [a["lines"] for a in truth["accounts"].values()]
    right = sum(any(abs(f - x) <= 1 and abs(z - y) <= 1 for x, y in extents) for f, z in wanted)
    yield "accounts with first and last line (within one)", right, len(wanted)
    yield "accounts found that are none", len(accounts) - right, len(accounts)
    calls = {(c["label"], c["line"]) for c in truth["calls"]}
    notes = library.records("notes")
    gaps = library.records("gaps")
    linked = {(n["label"], a["first_line"]) for n in notes for a in n["called_at"]}
    linked |= {(g["label"], a["first_line"]) for g in gaps if g["what"] == "note" for a in g["anchors"]}
    yield "note calls found", len(calls & linked), len(calls)
    starts_of_notes = {(n["label"], n["anchors"][0]["first_line"]) for n in notes}
    true_notes = {(n["label"], n["first_line"]) for n in truth["notes"]}
    yield "notes found", len(true_notes & starts_of_notes), len(true_notes)
    missing = {g["label"] for g in gaps if g["what"] == "note"}
    yield "missing notes reported", len(missing & set(truth["missing_notes"])), len(truth["missing_notes"])
    lost = {g["label"] for g in gaps if g["what"] == "page"}
    labels = {f"Page {m['number']} of {m['total']}" for m in truth["missing_pages"]}
    yield "missing pages reported", len(lost & labels), len(labels)
    redactions = {r["anchors"][0]["first_line"] for r in library.records("redactions")}
    yield "redactions", len(redactions & {r["lines"][0] for r in truth["redactions"]}), len(truth["redactions"])


def parallels() -> Iterator[Figure]:
    """Accounts of the same events, one a file, with known parallel passages."""
    found = sorted(MATERIAL.glob("data/accounts/*/parallels.jsonl"))
    if not found:
        yield skipped("accounts with known parallels", "data/accounts/*/parallels.jsonl")
    for gold in found:
        name = gold.parent.name
        with tempfile.TemporaryDirectory() as folder:
            library = Library(Path(folder) / "library")
            library.run("add", *sorted(gold.parent.glob("*.txt")))
            compared = OUT / f"{name}-compare.json"
            library.compare_to(compared)
        yield from scored(name, "parallels", gold, compared)


def repairs() -> Iterator[Figure]:
    """Misread words: newspapers before and after, and changes in clean prose."""
    from evaluate_repairs import clean_prose, edited_documents, newspapers

    for name in ("dev", "train"):
        path = MATERIAL / "data" / "ocr" / "overproof" / f"overproof_{name}.jsonl"
        if not path.exists():
            yield Figure(on=f"newspapers ({name})", what="wrong characters", value=f"skipped: no {path}")
            continue
        found = newspapers(path)
        less = 1 - found.repaired / found.received
        told = f"{found.received} as received, {found.recovered} recovered, {found.repaired} repaired ({less:.1%} less)"
        yield Figure(on=f"newspapers ({name}), {found.characters} characters", what="wrong characters", value=told)
        yield Figure(
            on=f"newspapers ({name})", what="documents worse by repair", value=f"{found.worse} of {found.documents}"
        )
    volume = MATERIAL / "data" / "frus" / "volumes" / "frus1961-63v05.xml"
    if not volume.exists():
        yield Figure(on="clean prose", what="words changed", value=f"skipped: no {volume}")
        return
    harm = clean_prose(list(edited_documents(volume, 6)))
    yield Figure(on=f"clean prose, {harm.words} words", what="words changed unasked", value=str(harm.changed))


def collations() -> Iterator[Figure]:
    """Versions of one text against a published apparatus; see evaluate_collation for what agreement means."""
    from evaluate_collation import Agreement, agreement, places, read_published

    found = sorted(MATERIAL.glob("data/collation/*/spine_*.xml"))
    if not found:
        yield skipped("versions with a published apparatus", "data/collation/*/spine_*.xml")
        return
    total = Agreement(published_right=0, published=0, ours_right=0, ours=0)
    for path in found:
        published = read_published(path)
        one = agreement(published, places(published))
        total = Agreement(**{name: getattr(total, name) + getattr(one, name) for name in Agreement.__slots__})
        yield Figure(on=path.stem, what="published readings that agree, ours that agree", value=_shares(one))
    yield Figure(on="all apparatus", what="published readings that agree, ours that agree", value=_shares(total))


def _shares(one: "Agreement") -> str:
    published, ours = one.published_right / one.published, one.ours_right / one.ours
    return f"{published:.3f} of {one.published:,}, {ours:.3f} of {one.ours:,}"


def quotations() -> Iterator[Figure]:
    """Quotations with a known change each, the noise on the library's texts; see quotation_trial."""
    from quotation_trial import NOWHERE, right, trial, verdicts

    if not (MATERIAL / "data/frus/documents.gold.jsonl").exists():
        yield skipped("quotations with a known change", "data/frus/documents.gold.jsonl")
        return
    for noise in (0, 2, 5):
        with tempfile.TemporaryDirectory() as folder:
            results = verdicts(*trial(noise / 100, "source", 50, 31, Path(folder)))
        for what, of in (
            ("verdicts right", [r for r in results if r[0].change != NOWHERE]),
            ("dropped negations said", [r for r in results if r[0].change == "negation"]),
            ("nowhere and not found", [r for r in results if r[0].change == NOWHERE]),
        ):
            share = f"{sum(right(m, c) for m, c in of)} of {len(of)}"
            yield Figure(on=f"quotations, {noise}% misread", what=what, value=share)


def bulletins() -> Iterator[Figure]:
    """OCR text without truth: only how much is found, how fast and in how much memory."""
    found = sorted(MATERIAL.glob("data/*.txt"))
    if not found:
        yield skipped("OCR text without truth", "data/*.txt")
    for number, path in enumerate(found, 1):
        on = f"OCR text {number}"
        with tempfile.TemporaryDirectory() as folder:
            library = Library(Path(folder) / "library")
            begun_s = processor_time_s()
            library.run("add", path)
            elapsed_s = processor_time_s() - begun_s
            pages = library.records("pages")
            yield Figure(
                on=on, what="seconds of one processor to take it in, start-up included", value=f"{elapsed_s:.1f}"
            )
            yield Figure(
                on=on,
                what="pages a second of one processor",
                value=f"{len(pages) / elapsed_s:.0f} ({len(pages)} pages)",
            )
            for kind in ("documents", "accounts", "notes", "gaps", "redactions", "repairs", "notices", "points"):
                yield Figure(on=on, what=kind, value=str(len(library.records(kind))))
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Figure(on="all of the above", what="peak memory of one command (MB)", value=f"{peak_mb:.0f}")


def turned() -> Iterator[Figure]:
    """Pages scanned upside down, from their OCR alone: word error rates before and after."""
    sys.path.insert(0, str(Path(__file__).parent))
    from evaluate_turned import measure_pages

    folder = MATERIAL / "data" / "ocr"
    pages = list(measure_pages(folder / "typescripts-upside-down-ocr", folder / "typescripts"))
    if not pages:
        yield skipped("pages upside down", "data/ocr/typescripts-upside-down-ocr")
        return
    for page in pages:
        value = f"{page.raw:.2f} before, {page.read:.2f} after; {page.sure_right} of {page.sure} sure words right"
        yield Figure(on=page.name, what=f"word error rate upside down ({page.elapsed_s:.0f} s)", value=value)
    on, words = "all pages upside down", sum(page.words for page in pages)
    sure = sum(page.sure for page in pages)
    yield Figure(on=on, what="found", value=f"{sum(page.found for page in pages)} of {len(pages)}")
    for what, rate in (("before", [p.raw * p.words for p in pages]), ("after", [p.read * p.words for p in pages])):
        yield Figure(on=on, what=f"word error rate {what}", value=f"{sum(rate) / words:.3f}")
    yield Figure(on=on, what="sure words", value=f"{sure} of {words}, {sum(p.sure_right for p in pages)} right")


def time_expressions() -> Iterator[Figure]:
    """Annotated news: the words of time found, and their TIMEX3 values."""
    sys.path.insert(0, str(Path(__file__).parent))
    from evaluate_dates import read_news, same_words, score_news

    found = sorted(MATERIAL.glob("data/time/meantime/*/*.xml"))
    if not found:
        yield skipped("time expressions", "data/time/meantime/*/*.xml")
        return
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "library")
        news = {f"{n:03d}.txt": read_news(path) for n, path in enumerate(found)}
        (Path(folder) / "news").mkdir()
        for name, one in news.items():
            (Path(folder) / "news" / name).write_text(one.text, encoding="utf-8")
        library.run("add", Path(folder) / "news")
        named: dict[str, list[tuple[tuple[int, str], str | None]]] = {name: [] for name in news}
        for record in library.records("dates"):
            anchor = record["anchors"][0]
            where = anchor["first_line"], same_words(anchor["quote"])
            named[record["source_name"]].append((where, record["value"]))
        precision, recall, f1, right = score_news((news[name], ours) for name, ours in named.items())
    on = f"{len(found)} news articles"
    yield Figure(on=on, what="time expressions", value=f"F1 {f1:.3f} (precision {precision:.3f}, recall {recall:.3f})")
    yield Figure(on=on, what="values right of those found", value=f"{right:.3f}")


def document_heads() -> Iterator[Figure]:
    """Every fifth document of encoded volumes as plain text: sender, recipient, place, date with its time."""
    sys.path.insert(0, str(Path(__file__).parent))
    from evaluate_dates import read_edition

    volumes = sorted(MATERIAL.glob("data/frus/volumes/*.xml"))
    if not volumes:
        yield skipped("document heads", "data/frus/volumes/*.xml")
        return
    gold = {f"{path.stem}-{d.name}.txt": d for path in volumes for d in list(read_edition(path))[::5]}
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "library")
        (Path(folder) / "documents").mkdir()
        for name, one in gold.items():
            (Path(folder) / "documents" / name).write_text(one.text, encoding="utf-8")
        library.run("add", Path(folder) / "documents")
        ours = {r["source_name"]: r for r in reversed(library.records("documents")) if r["parent"] is None}
    for what, field in (("sender", "author"), ("recipient", "recipient")):
        asked = [(ours[n][field] or "", names) for n, d in gold.items() if (names := getattr(d, what))]
        right = sum(all(name in said for name in names) for said, names in asked)
        yield Figure(on="edited documents", what=what, value=f"{right / max(1, len(asked)):.3f} of {len(asked)}")
    for what, field in (("place", "place"), ("when", "date")):
        said_of = [(ours[n][field], wanted) for n, d in gold.items() if (wanted := getattr(d, what))]
        right = sum(said == wanted for said, wanted in said_of)
        value = f"{right / max(1, len(said_of)):.3f} of {len(said_of)}"
        yield Figure(on="edited documents", what="date and time" if what == "when" else what, value=value)


def names() -> Iterator[Figure]:
    """People in editions and their lists of persons; tagged testimonies, as they are and misread as OCR does."""
    sys.path.insert(0, str(Path(__file__).parent))
    from evaluate_names import score_material

    measured = False
    for on, what, value in score_material(MATERIAL / "data"):
        measured = True
        yield Figure(on=on, what=what, value=value)
    if not measured:
        yield skipped("names", "data/frus/volumes/*.xml, data/names/*/dataset/iob/en/*.txt")


def processor_time_s() -> float:
    """How long have the commands run so far worked? Other work on the machine doesn't count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def scored(on: str, how: str, gold: Path, found: Path) -> Iterator[Figure]:
    """What the scoring script says, where it is at hand; all of it goes to evaluation/, its figures to the table."""
    script = MATERIAL / "evaluate" / "score.py"
    if not script.exists():
        yield skipped(f"{how} of {on}", "evaluate/score.py")
        return
    done = subprocess.run(
        [sys.executable, str(script), how, str(gold), str(found)], capture_output=True, encoding="utf-8", check=False
    )
    (OUT / f"{on}-{how}.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    if done.returncode:
        yield Figure(on=on, what=how, value=f"the scoring script failed: {done.stderr.strip().splitlines()[-1]}")
        return
    for line in done.stdout.splitlines():
        if line.startswith(("F1", "stance", "conflicts", "accounts found")):
            yield Figure(on=on, what=how, value=line)


def skipped(what: str, where: str) -> Figure:
    print(f"evaluate: skipped {what}: nothing at {MATERIAL / where}", file=sys.stderr)
    return Figure(on="skipped", what=what, value="not at hand")


def scans(every: int = 1) -> Iterator[Figure]:
    """Page images with transcribed lines: character error rates by engine, and every page turned by four angles."""
    sys.path.insert(0, str(Path(__file__).parent))
    from evaluate_scans import read_scans

    found = sorted(MATERIAL.glob("data/ocr/typescripts/*.jpg"))[::every]
    if not found:
        yield skipped("scans", "data/ocr/typescripts/*.jpg")
        return
    for what, value in read_scans(found):
        yield Figure(on=f"{len(found)} scans", what=what, value=value)


MEASUREMENTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "sample": sample,
    "parallels": parallels,
    "bulletins": bulletins,
    "turned": turned,
    "repairs": repairs,
    "collation": collations,
    "quotations": quotations,
    "dates": time_expressions,
    "heads": document_heads,
    "names": names,
    "scans": scans,
}

if __name__ == "__main__":
    main()
