"""Measures how well passages of different accounts that speak of the same thing are brought together.

    python tools/evaluate_points.py [--only verses|noise|news|points] [--truth POINTS.json --source TEXT]

`verses`: accounts with known parallel passages (a verse a line), in parts of a few chapters, with what each view of
likeness adds, and the plain baseline: sentences that are each other's nearest by cosine, cut off where it is best.
`noise`: the same through the command line, with letters of the text changed, lost or put in at random.
`news`: sentences of different reports of one event that mention the same thing that happened (ECB+), topics 28 and on.
`points`: a text with a truth file of one's own, in the form of the sample's. Prints a table in Markdown.
"""

import argparse
import csv
import json
import random
import re
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from string import ascii_lowercase

import numpy as np
from evaluate import MATERIAL, Library

from testimonia.analysis.alignment import align
from testimonia.analysis.likeness import USUAL, Encoder, Weights
from testimonia.analysis.told import AccountText, Passage
from testimonia.model.findings import Account
from testimonia.model.spans import Span
from testimonia.model.steps import Step
from testimonia.services.encoding import load_encoder

Where = list[tuple[int, int]]
Row = dict[str, Where]
Measured = tuple[list[AccountText], list[Row]]
Scored = tuple[float, float, float, int]
# Chapters of each account, about one part of the story.
PARTS = {
    "first": {"MAT": (1, 7), "MRK": (1, 3), "LUK": (1, 6), "JHN": (1, 4)},
    "second": {"MAT": (8, 13), "MRK": (2, 6), "LUK": (5, 9), "JHN": (4, 8)},
    "third": {"MAT": (14, 20), "MRK": (6, 10), "LUK": (9, 18), "JHN": (6, 11)},
    "fourth": {"MAT": (21, 25), "MRK": (11, 13), "LUK": (19, 21), "JHN": (12, 17)},
}
NOISE = (0.01, 0.03, 0.05)
NEWS_FROM = 28
_VERSE = re.compile(r"(\d+):\d+ ")
_VIEWS = ("passage", "around", "kin", "letters", "claims")


class Kept:
    """An encoder that remembers what it has encoded: every row of the table asks for the same texts."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, np.ndarray] = {}

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        new = [t for t in dict.fromkeys(texts) if t not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._encoder.encode(new), strict=True))
        return np.array([self._vectors[t] for t in texts], dtype=np.float32)


@cache
def encoder() -> Kept:
    return Kept(load_encoder())


def linked(gold: Sequence[Row], found: Sequence[Row]) -> Scored:
    """F1, precision and recall of pairs of passages, and how many were found; a pair is right where both its passages
    meet those of one row of the other side."""

    def right(ours: Sequence[Row], theirs: Sequence[Row]) -> list[bool]:
        return [
            any(a in r and b in r and _meet(row[a], r[a]) and _meet(row[b], r[b]) for r in theirs)
            for row in ours
            for a, b in combinations(sorted(row), 2)
        ]

    recalled, precise = right(gold, found), right(found, gold)
    recall, precision = sum(recalled) / max(1, len(recalled)), sum(precise) / max(1, len(precise))
    return 2 * precision * recall / max(1e-9, precision + recall), precision, recall, len(precise)


def _meet(some: Where, others: Where) -> bool:
    return any(a <= d and c <= b for a, b in some for c, d in others)


def told(name: str, lines: Sequence[str], *, verses: bool) -> AccountText:
    """An account, a passage a line; the paragraph of a passage is its line, from 0."""
    text = "\n".join(lines)
    passages, at = [], 0
    for number, line in enumerate(lines):
        start = at + (m.end() if verses and (m := _VERSE.match(line)) else 0)
        end = at + len(line)
        if any(c.isalpha() for c in text[start:end]):
            passages.append(Passage(start=start, end=end, text=text[start:end], paragraph=number, alone=True))
        at = end + 1
    span = Span(layer="reading", start=0, end=max(1, len(text)))
    account = Account(
        id=name, source=name, anchors=(), step=Step(name="evaluate", version="1"), confidence=1.0, reason="measured",
        title=name, teller=name, told=None, published=None, basis=None, document=name, first_line=1,
        last_line=len(lines), heading=None, source_note=None, span=span, body=(span,),
    )  # fmt: skip
    return AccountText(account=account, passages=tuple(passages))


def rows_of(accounts: Sequence[AccountText], groups: Sequence[Sequence[tuple[int, int]]]) -> list[Row]:
    out = []
    for members in groups:
        row: Row = defaultdict(list)
        for a, n in members:
            line = accounts[a].passages[n].paragraph + 1
            row[accounts[a].account.id].append((line, line))
        out.append(dict(row))
    return out


def plain(sets: Sequence[Measured]) -> list[Scored]:
    """Mutual best cosine of sentences, with the one cut-off that is best for all sets together."""
    every = []
    for accounts, _ in sets:
        vectors = [encoder().encode([p.text for p in a.passages]) for a in accounts]
        pairs = []
        for (i, one), (j, other) in combinations(enumerate(vectors), 2):
            near = one @ other.T
            best, back = near.argmax(axis=1), near.argmax(axis=0)
            pairs += [(near[x, y], ((i, x), (j, int(y)))) for x, y in enumerate(best) if back[y] == x]
        every.append(pairs)

    def cut_at(least: float) -> list[Scored]:
        return [
            linked(gold, rows_of(accounts, [p for near, p in pairs if near > least]))
            for (accounts, gold), pairs in zip(sets, every, strict=True)
        ]

    return max((cut_at(least) for least in np.arange(0.2, 0.85, 0.05)), key=lambda found: sum(f[0] for f in found))


def figure(found: Scored) -> str:
    return f"{found[0]:.3f} (precision {found[1]:.2f}, recall {found[2]:.2f}, {found[3]} pairs)"


def ways() -> Iterator[tuple[str, Callable[[Sequence[AccountText]], list[Row]]]]:
    """The method, without an encoder, and without each of its views (the others as much heavier)."""

    def by(weights: Weights, given: Encoder | None) -> Callable[[Sequence[AccountText]], list[Row]]:
        return lambda accounts: rows_of(accounts, [g.members for g in align(accounts, given, weights)])

    yield "as it is", by(USUAL, encoder())
    yield "without an encoder", by(USUAL, None)
    total = sum(getattr(USUAL, v) for v in _VIEWS)
    for view in _VIEWS:
        more = total / (total - getattr(USUAL, view))
        others = {v: 0.0 if v == view else getattr(USUAL, v) * more for v in _VIEWS}
        yield f"without {view}", by(replace(USUAL, **others), encoder())


def table(sets: Mapping[str, Measured]) -> None:
    print("| | " + " | ".join(sets) + " |\n| --- |" + " ---: |" * len(sets))
    print("| plain baseline | " + " | ".join(figure(f) for f in plain(list(sets.values()))) + " |", flush=True)
    for name, way in ways():
        figures = (figure(linked(gold, way(accounts))) for accounts, gold in sets.values())
        print(f"| {name} | " + " | ".join(figures) + " |", flush=True)


def part_of(folder: Path, chapters: Mapping[str, tuple[int, int]]) -> tuple[dict[str, list[str]], list[Row]]:
    """The verses of these chapters, and which of them tell the same."""
    lines: dict[str, list[str]] = {}
    place: dict[tuple[str, str], int] = {}
    for book, (first, last) in chapters.items():
        every = (folder / f"{book}.txt").read_text(encoding="utf-8").split("\n")
        lines[book] = [v for v in every if (m := _VERSE.match(v)) and first <= int(m[1]) <= last]
        place.update({(book, v.split(" ", 1)[0]): n for n, v in enumerate(lines[book], 1)})
    gold = []
    for line in (folder / "parallels.jsonl").read_text(encoding="utf-8").splitlines():
        row = {}
        for told_by in json.loads(line)["accounts"]:
            book = told_by["gospel"]
            where = [(place[book, v],) * 2 for v in told_by["verses"] if (book, v) in place]
            if where:
                row[book] = where
        if len(row) > 1:
            gold.append(row)
    return lines, gold


def verses() -> None:
    folder = MATERIAL / "data" / "accounts" / "gospels"
    parts = {name: part_of(folder, chapters) for name, chapters in PARTS.items()}
    table(
        {n: ([told(b, v, verses=True) for b, v in sorted(lines.items())], gold) for n, (lines, gold) in parts.items()}
    )


def misread(text: str, rate: float, chance: random.Random) -> str:
    """The text with so many of its characters changed, lost or with another put after them; verse numbers stay."""
    out = []
    for line in text.split("\n"):
        head = m.group() if (m := _VERSE.match(line)) else ""
        for c in line[len(head) :]:
            how = chance.randrange(3) if chance.random() < rate else None
            other = chance.choice(ascii_lowercase) if how is not None else ""
            out.append(head + (c if how is None else "" if how == 0 else other if how == 1 else c + other))
            head = ""
        out.append(head + "\n")
    return "".join(out)[:-1]


def through_the_command_line(texts: Mapping[str, str], names: Callable[[dict[str, object]], str | None]) -> list[Row]:
    """The rows that `compare` prints for these files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        library = Library(Path(folder) / "library")
        library.run("add", *(Path(folder) / name for name in sorted(texts)))
        sources = [word for name in sorted(texts) for word in ("--source", name)] if len(texts) > 1 else []
        compared = json.loads(library.run("compare", "--json", *sources))
    called = {a["id"]: names(a) for a in compared["accounts"]}
    rows = []
    for point in compared["points"]:
        row: Row = defaultdict(list)
        for statement in point["statements"]:
            if (teller := called[statement["account"]]) is not None:
                row[teller] += [(x["first_line"], x["last_line"]) for x in statement["anchors"]]
        rows.append(dict(row))
    return rows


def noise(seeds: Sequence[int] = (1, 2, 3)) -> None:
    folder = MATERIAL / "data" / "accounts" / "gospels"
    lines, gold = part_of(folder, PARTS["fourth"])
    print("| characters misread | pair F1, one a seed | mean |\n| ---: | --- | ---: |")
    for rate in (0.0, *NOISE):
        figures = []
        for seed in seeds if rate else seeds[:1]:
            chance = random.Random(seed)
            texts = {f"{b}.txt": misread("\n".join(v) + "\n", rate, chance) for b, v in sorted(lines.items())}
            rows = through_the_command_line(texts, lambda a: str(a["source_name"])[:3])
            figures.append(linked(gold, rows)[0])
        print(f"| {rate:.0%} | {', '.join(f'{f:.3f}' for f in figures)} | {np.mean(figures):.3f} |", flush=True)


def news() -> None:
    folder = MATERIAL / "data" / "accounts" / "ecbplus"
    marked = defaultdict(set)
    with (folder / "ECBplus_coreference_sentences.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            marked[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
    topics = sorted(int(p.name) for p in folder.iterdir() if p.is_dir() and int(p.name) >= NEWS_FROM)
    events = [
        reports(sorted((folder / str(topic)).glob(f"*_*[0-9]{kind}.xml")), marked)
        for topic in topics
        for kind in ("ecb", "ecbplus")
    ]
    total = {"plain baseline": plain(events)}
    total |= {name: [linked(gold, way(accounts)) for accounts, gold in events] for name, way in ways()}
    print(f"| {len(events)} events | mean F1 | precision | recall |\n| --- | ---: | ---: | ---: |")
    for name, found in total.items():
        means = np.mean([f[:3] for f in found], axis=0)
        print(f"| {name} | {means[0]:.3f} | {means[1]:.3f} | {means[2]:.3f} |")


def reports(paths: Sequence[Path], marked: Mapping[str, set[int]]) -> Measured:
    """The annotated sentences of these reports, and which of two reports mention the same thing that happened."""
    accounts = []
    spoken: dict[str, Row] = defaultdict(lambda: defaultdict(list))
    for path in paths:
        root = ET.parse(path).getroot()
        words = defaultdict(list)
        inside = {}
        for token in root.iter("token"):
            inside[token.get("t_id")] = int(token.get("sentence") or 0)
            words[inside[token.get("t_id")]].append(token.text or "")
        chosen = sorted(n for n in words if n in marked[path.stem])
        if not chosen:
            continue
        accounts.append(told(path.stem, [" ".join(words[n]) for n in chosen], verses=False))
        mention = {
            m.get("m_id"): inside[anchor.get("t_id")]
            for m in root.find("Markables") or ()
            if "REPORTING" not in m.tag and (anchor := m.find("token_anchor")) is not None
        }
        for relation in root.find("Relations") or ():
            event = relation.get("note") or ""
            if relation.tag == "CROSS_DOC_COREF" and event.startswith(("ACT", "NEG")):
                for source in relation.findall("source"):
                    if (sentence := mention.get(source.get("m_id"))) in chosen:
                        line = chosen.index(sentence) + 1
                        spoken[event][path.stem].append((line, line))
    return accounts, [dict(row) for row in spoken.values() if len(row) > 1]


def points(truth: Path, source: Path) -> None:
    """A text with a truth file of one's own, through the command line."""
    wanted = json.loads(truth.read_text(encoding="utf-8"))

    def name_of(account: dict[str, object]) -> str | None:
        def shared(name: str) -> int:
            first, last = wanted["accounts"][name]["lines"]
            return min(int(last), int(str(account["last_line"]))) - max(int(first), int(str(account["first_line"])))

        best = max(wanted["accounts"], key=shared)
        return best if shared(best) > 0 else None

    gold = [{n: [(a, b) for a, b in said[1:]] for n, said in p["says"].items()} for p in wanted["points"]]
    text = source.read_text(encoding="utf-8")
    for rate in (0.0, *NOISE):
        texts = {source.name: misread(text, rate, random.Random(1))}
        print(
            f"| {source.name}, {rate:.0%} misread | {figure(linked(gold, through_the_command_line(texts, name_of)))} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("verses", "noise", "news", "points"))
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--source", type=Path)
    given = parser.parse_args()
    if not (MATERIAL / "data" / "accounts").is_dir():
        print(f"evaluate: nothing at {MATERIAL / 'data' / 'accounts'}", file=sys.stderr)
        return
    for name, measure in {"verses": verses, "noise": noise, "news": news}.items():
        if given.only in (None, name):
            measure()
    if given.truth is not None and given.source is not None and given.only in (None, "points"):
        points(given.truth, given.source)


if __name__ == "__main__":
    main()
