"""How often are relations between statements right, and how often is 'contradict' said where hardly anything does?

    python -m benchmarks.clashes [--gospels DIR] [--documents LIBRARY]

Prints, kind by kind, how many of the invented pairs in tests/analysis/relations/pairs.jsonl are related as they should
be, for the half on which the rules were tuned and for the half that was only counted. With `--gospels` (a folder with
MAT.txt, MRK.txt, LUK.txt, JHN.txt, a verse a line, and parallels.jsonl) it prints the relations of passages that tell
the same thing and nearly never contradict one another; with `--documents` the relations of the points of all events of
a library. Their share of 'contradict' is mostly false.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from testimonia.analysis.claims.find import find_claims
from testimonia.analysis.relations import relate
from testimonia.analysis.told import AccountText, split_passages
from testimonia.model.findings import Account
from testimonia.model.spans import Span
from testimonia.model.steps import Step
from testimonia.services.workbench import Workbench

PAIRS = Path(__file__).resolve().parents[1] / "tests" / "analysis" / "relations" / "pairs.jsonl"
TELLERS = ("Ames", "Birk")
_GOSPELS = ("MAT", "MRK", "LUK", "JHN")


def account_of(teller: str, text: str) -> AccountText:
    """A text as the account of a teller of whom nothing else is known."""
    span = Span(layer="reading", start=0, end=len(text))
    account = Account(
        id=teller, source="0" * 64, anchors=(), step=Step(name="benchmark", version="1"), confidence=1.0, reason="",
        title="", teller=teller, told=None, published=None, basis=None, document="", first_line=1, last_line=1,
        heading=None, source_note=None, span=span, body=(span,),
    )  # fmt: skip
    return AccountText(account=account, passages=tuple(split_passages(text, 0, len(text))))


def relation_of(one: str, other: str) -> str:
    """How two statements stand to each other."""
    accounts = [account_of(teller, text) for teller, text in zip(TELLERS, (one, other), strict=True)]
    claims = [find_claims(a).claims for a in accounts]
    return relate([a.passages for a in accounts], TELLERS, frozenset(), 0.1, claims).relation


def print_pairs() -> None:
    """Print how many of the invented pairs are right, by half and kind."""
    right: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for pair in map(json.loads, PAIRS.read_text(encoding="utf-8").splitlines()):
        found = relation_of(pair["one"], pair["other"])
        for kind in (pair["kind"], "all"):
            count = right[pair["half"], kind]
            count["pairs"] += 1
            count["relation"] += found == pair["expected"]
            count["clash"] += (found == "contradict") == (pair["expected"] == "contradict")
    print("half   kind        pairs  relation right  clash or not right")
    for (half, kind), count in sorted(right.items(), key=lambda x: (x[0][0] != "tune", x[0][1] == "all", x[0][1])):
        print(f"{half:6s} {kind:11s} {count['pairs']:5d}  {count['relation']:14d}  {count['clash']:18d}")


def parallels(folder: Path) -> Iterator[tuple[str, str]]:
    """The passages of two gospels that tell the same thing."""
    verses = {}
    for book in _GOSPELS:
        lines = (folder / f"{book}.txt").read_text(encoding="utf-8").splitlines()
        verses[book] = dict(line.split(" ", 1) for line in lines if " " in line)
    for line in (folder / "parallels.jsonl").read_text(encoding="utf-8").splitlines():
        told = [" ".join(verses[a["gospel"]][v] for v in a["verses"]) for a in json.loads(line)["accounts"]]
        yield from combinations(told, 2)


def print_relations(name: str, relations: Counter[str]) -> None:
    """Print how many of each relation there are, and the share of contradictions."""
    total = sum(relations.values())
    shares = ", ".join(f"{relation} {count}" for relation, count in sorted(relations.items()))
    print(f"{name}: {total} ({shares}); contradict {relations['contradict'] / max(1, total):.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--gospels", type=Path)
    parser.add_argument("--documents", type=Path, help="a library that was made before")
    chosen = parser.parse_args()
    print_pairs()
    if chosen.gospels:
        found = Counter(relation_of(one, other) for one, other in parallels(chosen.gospels))
        print_relations("pairs of parallel passages", found)
    if chosen.documents:
        with Workbench.open(chosen.documents) as workbench:
            events = workbench.catalogue.events()
            points = [p for e in events for p in workbench.comparing.compare(e.id).points if len(p.statements) > 1]
        print_relations("points that several accounts tell", Counter(p.relation for p in points))


if __name__ == "__main__":
    main()
