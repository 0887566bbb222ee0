"""Train the model that reads reference lists; writes src/testimonia/analysis/references/references.crfsuite.

    python tools/train_references.py ../shared/data/references/labelled-references.xml

The data are the labelled references of AnyStyle (BSD licence): <sequence> elements of labelled stretches. With
`--folds N` nothing is written: the share of words with the right label is measured by cross-validation.
"""

import argparse
import random
import tempfile
from collections import Counter
from pathlib import Path

import pycrfsuite
from lxml import etree

from testimonia.analysis.references.features import features

MODEL = Path(__file__).parent.parent / "src/testimonia/analysis/references/references.crfsuite"
SEED = 7
SETTINGS = {"c1": 0.1, "c2": 0.1, "max_iterations": 100, "feature.possible_transitions": True, "feature.minfreq": 2}
Sequence = tuple[list[str], list[str]]


def sequences(path: Path) -> list[Sequence]:
    """The words of each labelled reference and their labels."""
    found = []
    for sequence in etree.parse(str(path)).iterfind("sequence"):
        rows = [(word, field.tag) for field in sequence for word in (field.text or "").split()]
        if rows:
            found.append(([w for w, _ in rows], [label for _, label in rows]))
    random.Random(SEED).shuffle(found)
    return found


def train(rows: list[Sequence], path: Path) -> None:
    """Train on these references and write the model."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for words, labels in rows:
        trainer.append(features(words), labels)
    trainer.set_params(SETTINGS)
    trainer.train(str(path))


def measure(rows: list[Sequence], folds: int) -> None:
    """Print the share of right labels, and F1 of each, over all folds."""
    right: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(folds):
            path = Path(folder) / f"{fold}.crfsuite"
            train([row for n, row in enumerate(rows) if n % folds != fold], path)
            tagger = pycrfsuite.Tagger()
            tagger.open(str(path))
            for words, labels in rows[fold::folds]:
                for label, guess in zip(labels, tagger.tag(features(words)), strict=True):
                    gold[label] += 1
                    found[guess] += 1
                    right[label] += label == guess
    print(f"words {gold.total()}  right {right.total() / gold.total():.4f}")
    for label, count in gold.most_common():
        f1 = 2 * right[label] / (count + found[label])
        print(f"{label:18} {count:6} F1 {f1:.3f}")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    chosen = parser.parse_args()
    rows = sequences(chosen.data)
    if chosen.folds:
        measure(rows, chosen.folds)
    else:
        train(rows, MODEL)
        print(f"{MODEL}: {len(rows)} references, {MODEL.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
