"""Measures the grouping of short answers by agreement: many newspapers, one question, who says the same?

    python tools/evaluate_answers.py [--question NAME] [--show]

The invented answers of tools/answers, each a file of its own, taken in and compared through the command line. A group
is a point and a version in it. Scored by the adjusted Rand index (Hubert and Arabie 1985, Comparing partitions) and by
F1 over pairs of answers that stand in one group, beside: points alone; all in one group; bags of words and vectors of
the encoder, grouped by average linkage with the one cut that is best for each question (which no method can know).
"""

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import comb
from pathlib import Path
from typing import Any

import numpy as np
from evaluate import REPOSITORY, Library

from testimonia.analysis.vectors import unit_rows, weigh
from testimonia.analysis.words import content_words
from testimonia.services.encoding import load_encoder

ANSWERS = REPOSITORY / "tools" / "answers"
ALONE = "none"
CUTS = np.arange(0.02, 0.98, 0.02)


def read_answers(path: Path) -> list[tuple[str, str, str]]:
    """The answers of one question: outlet, group (each of its own where it agrees with none), text."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()][1:]
    return [(outlet, f"{ALONE} {n}" if group == ALONE else group, text) for n, (outlet, group, text) in enumerate(rows)]


def rand_index(gold: Sequence[str], found: Sequence[str]) -> float:
    """How much do two groupings agree, chance taken off? 1 where they are the same, about 0 by chance."""

    def pairs(labels: Sequence[object]) -> int:
        return sum(comb(n, 2) for n in Counter(labels).values())

    both, one, other = pairs(list(zip(gold, found, strict=True))), pairs(gold), pairs(found)
    chance = one * other / comb(len(gold), 2)
    most = (one + other) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)


def pair_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    pairs = list(combinations(range(len(gold)), 2))
    ours, theirs = ({(i, j) for i, j in pairs if labels[i] == labels[j]} for labels in (found, gold))
    return 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))


def by_linkage(likeness: np.ndarray, least: float) -> list[str]:
    """Groups by average linkage: the two nearest are joined as long as they are nearer than `least` on average."""
    groups = [[n] for n in range(len(likeness))]
    while len(groups) > 1:
        near, i, j = max(
            (float(likeness[np.ix_(groups[i], groups[j])].mean()), i, j) for i, j in combinations(range(len(groups)), 2)
        )
        if near < least:
            break
        groups[i] += groups.pop(j)
    return [str(next(g for g, members in enumerate(groups) if n in members)) for n in range(len(likeness))]


def compared(answers: Sequence[tuple[str, str, str]]) -> dict[str, list[str]]:
    """The groups that `compare` gives, by point and version and by point alone."""
    names = [re.sub(r"\W+", "-", outlet) + ".txt" for outlet, _, _ in answers]
    with tempfile.TemporaryDirectory() as folder:
        for name, (_, _, text) in zip(names, answers, strict=True):
            (Path(folder) / name).write_text(text + "\n", encoding="utf-8")
        library = Library(Path(folder) / "library")
        library.run("add", *(Path(folder) / name for name in names))
        sources = [word for name in names for word in ("--source", name)]
        record = json.loads(library.run("compare", "--json", *sources))
    return grouped(record, names)


def grouped(record: Mapping[str, list[dict[str, Any]]], names: Sequence[str]) -> dict[str, list[str]]:
    outlets = {a["id"]: a["source_name"] for a in record["accounts"]}
    missing = set(names) - set(outlets.values())
    if missing:
        print(f"no account: {', '.join(sorted(missing))}")
    version = {name: f"no account {n}" for n, name in enumerate(names)}
    point = dict(version)
    for p in sorted(record["points"], key=lambda p: len(p["statements"])):
        for s in p["statements"]:
            version[outlets[s["account"]]] = f"{p['id']} {s['version']}"
            point[outlets[s["account"]]] = p["id"]
    sizes = Counter(len(p["statements"]) for p in record["points"])
    print(f"{len(outlets)} accounts of {len(names)}; points by the number of accounts in them: {dict(sizes)}")
    return {"compare, point and version": [version[n] for n in names], "compare, point": [point[n] for n in names]}


def ways(answers: Sequence[tuple[str, str, str]]) -> dict[str, list[list[str]]]:
    """For each way the groupings it may give: one, or one a cut."""
    texts = [text for _, _, text in answers]
    words = unit_rows(weigh([content_words(t) for t in texts])[0])
    vectors = unit_rows(load_encoder().encode(texts))
    found = {way: [groups] for way, groups in compared(answers).items()}
    found["all in one group"] = [["one"] * len(texts)]
    found["bag of words, best cut of the question"] = [by_linkage(words @ words.T, cut) for cut in CUTS]
    found["encoder, best cut of the question"] = [by_linkage(vectors @ vectors.T, cut) for cut in CUTS]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--question", choices=sorted(p.stem for p in ANSWERS.glob("*.tsv")))
    parser.add_argument("--show", action="store_true", help="print the groups that compare gives")
    given = parser.parse_args()
    figures: dict[str, list[str]] = {}
    chosen = [p for p in sorted(ANSWERS.glob("*.tsv")) if given.question in (None, p.stem)]
    for path in chosen:
        answers = read_answers(path)
        gold = [group for _, group, _ in answers]
        for way, groupings in ways(answers).items():
            best = max(groupings, key=lambda found: rand_index(gold, found))
            figures.setdefault(way, []).append(f"{rand_index(gold, best):.2f}, {pair_f1(gold, best):.2f}")
            if given.show and way.startswith("compare, point and"):
                for label, (_, group, text) in sorted(zip(best, answers, strict=True)):
                    print(f"{label[-12:]} {group:10} {text}")
    print(f"| adjusted Rand, pair F1 | {' | '.join(p.stem for p in chosen)} |\n| --- |{' ---: |' * len(chosen)}")
    for way, row in figures.items():
        print(f"| {way} | {' | '.join(row)} |")


if __name__ == "__main__":
    main()
