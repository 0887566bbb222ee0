"""Learns what an OCR engine makes of typewritten pages that stand on their heads, and writes the table for them.

    python tools/train_turned_typescripts.py SCANS [--pages 48] [--seed 7] [--out .../typed_glyph_rates.tsv]

SCANS is a folder of scans (`NAME.jpg`), each with its transcription in ALTO (`NAME.xml`). Every scan is turned in
three ways and read by Tesseract; lines are paired with transcribed ones, and the rates of pairs of true characters and
glyphs learned by expectation-maximisation (Viterbi). What is rare there is taken from rendered monospaced print, signs
struck unevenly. Nothing but rates is kept of the scans.
"""

import argparse
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lxml import etree
from PIL import Image, ImageFilter
from rapidfuzz.distance import Indel
from train_turned_channel import Pair, aligned, learn, read_image, read_pages

OUT = Path(__file__).resolve().parent.parent / "src" / "testimonia" / "text" / "turned" / "typed_glyph_rates.tsv"
FONTS = ("LiberationMono-Regular", "DejaVuSansMono", "LiberationMono-Bold")
# What the rendered print says weighs as much as so many sightings of a sign; of glyphs, for those without a sign.
TRUST, GLYPH_TRUST = 20.0, 2000.0
ROUNDS = 3
LEAST_RATE = 5e-5
# Lines are paired where their signs, each glyph read as its likeliest sign, are at least so much alike.
LEAST_LIKENESS, CHANCE_LIKENESS, WIDEST = 0.33, 0.25, 4 / 3
TURNS: tuple[Callable[[Image.Image], Image.Image], ...] = (
    lambda scan: scan.rotate(180),
    lambda scan: scan.filter(ImageFilter.MedianFilter(3)).rotate(180.5, fillcolor=200),
    lambda scan: scan.resize((scan.width * 3 // 4, scan.height * 3 // 4)).rotate(179.6, fillcolor=200),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scans", type=Path)
    parser.add_argument("--pages", type=int, default=48)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    rendered = learn(list(read_pages(arguments.pages, random.Random(arguments.seed), FONTS)))
    lines = list(typed_lines(arguments.scans, rendered))
    rates = learn_typed(lines, rendered)
    header = (
        "## How often true characters (first) come out as glyphs (second) when a typed page is turned, in millionths.\n"
        f"## Learned from {len(lines)} lines by tools/train_turned_typescripts.py SCANS --pages {arguments.pages}"
        f" --seed {arguments.seed},\n"
        "## SCANS being the typescripts of 1938 to 1940 in FloChiff/ehri-dataset (CC BY 4.0).\n"
    )
    rows = [f"{t}\t{r}\t{round(p * 1e6)}\n" for (t, r), p in sorted(rates.items()) if p >= LEAST_RATE]
    arguments.out.write_text(header + "".join(rows), encoding="utf-8")
    print(f"{len(lines)} lines, {len(rows)} pairs")


def typed_lines(folder: Path, rendered: dict[Pair, float]) -> Iterator[tuple[str, str]]:
    """Pairs of a transcribed line and its glyphs, in the order of the true text."""
    likeliest: dict[str, tuple[float, str]] = {}
    for (sign, raw), rate in rendered.items():
        if len(sign) == len(raw) == 1 and sign.isalnum():
            likeliest[raw] = max(likeliest.get(raw, (0.0, "")), (rate, sign.lower()))
    signs = {ord(raw): sign for raw, (_, sign) in likeliest.items()}
    for path in sorted(folder.glob("*.jpg")):
        true = transcribed(path.with_suffix(".xml"))
        with Image.open(path) as scan:
            grey = scan.convert("L")
        for turn in TURNS:
            rows = (re.sub(r"\s+", " ", row.strip())[::-1] for row in reversed(read_image(turn(grey)).splitlines()))
            yield from paired(true, [row for row in rows if row], signs)


def transcribed(alto: Path) -> list[str]:
    lines = etree.parse(alto).iter("{*}TextLine")
    texts = (" ".join(word.get("CONTENT", "") for word in line.iter("{*}String")) for line in lines)
    return [text for text in texts if text.strip()]


def paired(true: Sequence[str], read: Sequence[str], signs: dict[int, str]) -> list[tuple[str, str]]:
    """Which lines are the same ones? Both stand in the same order; lines of either may have no other."""
    small, guessed = [line.lower() for line in true], [line.translate(signs) for line in read]
    best: defaultdict[tuple[int, int], float] = defaultdict(float)
    back: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(len(true) + 1):
        for j in range(len(read) + 1):
            ways = [(best[i - 1, j], (i - 1, j))] if i else []
            ways += [(best[i, j - 1], (i, j - 1))] if j else []
            if i and j and 1 / WIDEST < (len(small[i - 1]) + 2) / (len(guessed[j - 1]) + 2) < WIDEST:
                likeness = Indel.normalized_similarity(small[i - 1], guessed[j - 1])
                if likeness >= LEAST_LIKENESS:
                    gain = (likeness - CHANCE_LIKENESS) * len(small[i - 1])
                    ways.append((best[i - 1, j - 1] + gain, (i - 1, j - 1)))
            if ways:
                best[i, j], back[i, j] = max(ways)
    pairs = []
    at = (len(true), len(read))
    while at in back:
        before = back[at]
        if before == (at[0] - 1, at[1] - 1):
            pairs.append((true[before[0]], read[before[1]]))
        at = before
    return pairs[::-1]


def learn_typed(lines: list[tuple[str, str]], rendered: dict[Pair, float]) -> dict[Pair, float]:
    """The rates that explain these lines best, with the rendered print's as what is believed before."""
    rates = dict(rendered)
    glyphs = sum(len(raw) for _, raw in lines)
    for _ in range(ROUNDS):
        logs = {pair: math.log(rate) for pair, rate in rates.items() if rate > 0}
        counts: Counter[Pair] = Counter()
        for true, raw in lines:
            counts.update(aligned(true, raw, logs))
        signs: Counter[str] = Counter()
        for (true, _), count in counts.items():
            for sign in true:
                signs[sign] += count
        rates = {}
        for pair in rendered.keys() | counts.keys():
            believed, count = rendered.get(pair, 0.0), counts[pair]
            if not pair[0]:
                rates[pair] = (believed * GLYPH_TRUST + count) / (GLYPH_TRUST + glyphs)
            elif len(pair[0]) == 1 or believed or count > 1:
                rates[pair] = (TRUST * believed + count) / (TRUST + min(signs[sign] for sign in pair[0]))
    return rates


if __name__ == "__main__":
    main()
