"""How many accounts are still found where letters of a text are misread?

    python tools/evaluate_headings.py [--seeds N] [--first SEED] [TEXT...]

On the sample that ships with the program, and on each TEXT: letters are changed, lost or put in at random, and the
accounts found are counted that share three fifths of their lines with one found in the clean text; and those that share
them with none.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

from evaluate_points import NOISE, misread

from testimonia.model.findings import Account
from testimonia.model.layers import ORIGINAL, Layer
from testimonia.model.steps import Step
from testimonia.services.sample import sample_path
from testimonia.text.recovery import recover
from testimonia.text.structure.find import find_structure

SAME_LINES = 0.6


def accounts_in(text: str) -> tuple[Account, ...]:
    """The accounts of a text; pages that lie upside down are not read."""
    layer = Layer(source="0" * 64, name=ORIGINAL, text=text, step=Step(name="read", version="1"))
    return find_structure(recover(layer, page_starts=None, read_turned=None)).accounts


def counted(clean: Sequence[Account], noisy: Sequence[Account]) -> tuple[int, int]:
    """How many of the clean text's accounts are found in the noisy one, and how many of that are none of them."""
    pairs = [(a.id, b.id) for a in clean for b in noisy if _shared(a, b) > SAME_LINES]
    return len({a for a, _ in pairs}), len(noisy) - len({b for _, b in pairs})


def _shared(one: Account, other: Account) -> float:
    both = min(one.last_line, other.last_line) - max(one.first_line, other.first_line) + 1
    return both / (max(one.last_line, other.last_line) - min(one.first_line, other.first_line) + 1)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=12)
    parser.add_argument("--first", type=int, default=31)
    parser.add_argument("texts", nargs="*", type=Path)
    asked = parser.parse_args()
    print("| text | characters misread | accounts found | of | none of them |\n| --- | ---: | ---: | ---: | ---: |")
    for path in (sample_path(), *asked.texts):
        text = path.read_text("utf-8")
        clean = accounts_in(text)
        for rate in NOISE:
            seeds = range(asked.first, asked.first + asked.seeds)
            figures = [counted(clean, accounts_in(misread(text, rate, random.Random(s)))) for s in seeds]
            found, strange = (sum(f[n] for f in figures) for n in (0, 1))
            print(f"| {path.name} | {rate:.0%} | {found} | {len(clean) * asked.seeds} | {strange} |", flush=True)


if __name__ == "__main__":
    main()
