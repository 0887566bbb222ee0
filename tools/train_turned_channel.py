"""Learns what an OCR engine makes of print that stands on its head, and writes the table that recovery reads.

    python tools/train_turned_channel.py [--pages 160] [--seed 7] [--out src/testimonia/text/turned/glyph_rates.tsv]

Needs Tesseract, Pillow and the fonts that `fc-list` names (Liberation and DejaVu are enough). Lines of words drawn from
wordfreq's English list are rendered, blurred, speckled, turned by 180 degrees and read; pairs of true characters and
glyphs are learned by expectation-maximisation (Viterbi), and mixed with a table of shapes: which characters look like
which when they are turned, for engines that read sign by sign. Nothing but the program, the fonts and the seed goes in.
"""

import argparse
import math
import os
import random
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import wordfreq
from PIL import Image, ImageDraw, ImageFilter, ImageFont

OUT = Path(__file__).resolve().parent.parent / "src" / "testimonia" / "text" / "turned" / "glyph_rates.tsv"
FONTS = (
    "LiberationSerif-Regular", "LiberationMono-Regular", "DejaVuSansMono", "LiberationSerif-Italic", "DejaVuSerif",
    "LiberationMono-Bold", "LiberationSans-Regular", "DejaVuSerifCondensed",
)  # fmt: skip
MARKS = (",", ".", ",", ".", ";", ":", "?", "!", "-", '"', "(", "'s")
SIGNS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:!?'\"()-/$&"
GLYPHS = SIGNS + "|[]{}<>=+*~_\\^%#@"
LONGEST_TRUE, LONGEST_RAW = 2, 3
BAND, ROUNDS = 9, 4
SHAPE_SHARE, SHAPE_TEMPER, SHAPE_BEST = 0.35, 0.045, 6
LEAST_RATE = 2e-4
FROM_NOWHERE = 4.0
Pair = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=160)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    lines = list(read_pages(arguments.pages, random.Random(arguments.seed)))
    rates = learn(lines)
    shapes = turned_shapes()
    mixed: dict[Pair, float] = defaultdict(float)
    for pair, rate in rates.items():
        # A sign that no glyph stands for, or a glyph without a sign: shapes do not tell, print does.
        mixed[pair] += rate if pair[0] not in shapes else rate * (1 - SHAPE_SHARE)
    for true, found in shapes.items():
        for raw, share in found.items():
            mixed[true, raw] += SHAPE_SHARE * share
    header = (
        "## How often true characters (first) come out as glyphs (second) when print is turned, in millionths.\n"
        f"## Learned from {len(lines)} rendered lines by tools/train_turned_channel.py"
        f" --pages {arguments.pages} --seed {arguments.seed}\n"
    )
    rows = [f"{t}\t{r}\t{round(p * 1e6)}\n" for (t, r), p in sorted(mixed.items()) if p >= LEAST_RATE]
    arguments.out.write_text(header + "".join(rows), encoding="utf-8")
    print(f"{len(lines)} lines, {len(rows)} pairs")


def read_pages(count: int, rng: random.Random, fonts: Sequence[str] = FONTS) -> Iterator[tuple[str, str]]:
    """Pairs of a true line and what was read of it upside down, its glyphs in the order of the true text."""
    words = wordfreq.top_n_list("en", 20_000)
    weights = [1 / (n + 20) for n in range(len(words))]
    for number in range(count):
        true = [
            " ".join(dressed(word, rng) for word in rng.choices(words, weights, k=9))[:62].strip() for _ in range(28)
        ]
        image = page_image(true, fonts[number % len(fonts)], rng)
        read = [line for line in read_image(image).split("\n") if line.strip()]
        # Where lines were split or lost, nothing says which is which.
        if len(read) == len(true):
            yield from zip(true, (line.strip()[::-1] for line in reversed(read)), strict=True)


def dressed(word: str, rng: random.Random) -> str:
    """The word with a capital, a mark, or in its place a number, as often as prose has them."""
    chance = rng.random()
    if chance < 0.03:
        return str(rng.randint(1, 2030))
    if chance < 0.16:
        word = word.capitalize() if chance < 0.14 else word.upper()
    if rng.random() < 0.16:
        mark = rng.choice(MARKS)
        word = f"({word})" if mark == "(" else f'"{word}"' if mark == '"' else word + mark
    return word


def page_image(lines: list[str], font_name: str, rng: random.Random) -> Image.Image:
    font = ImageFont.truetype(font_name, rng.randint(26, 34))
    pitch = int(font.size * rng.uniform(1.35, 2.0))
    image = Image.new("L", (int(font.size * 42), pitch * len(lines) + 240), 255)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        at = (100 + rng.randint(-3, 3), 120 + number * pitch)
        if "Mono" in font_name:
            type_line(draw, line, at, font, rng)
        else:
            draw.text(at, line, fill=rng.randint(0, 70), font=font)
    image = image.filter(ImageFilter.GaussianBlur(rng.choice((0.4, 0.8, 1.2, 1.6))))
    noise = np.random.default_rng(rng.randint(0, 2**31)).normal(0, rng.choice((4, 14, 26)), (image.height, image.width))
    grey = np.clip(np.asarray(image, dtype=np.float64) + noise, 0, 255).astype(np.uint8)
    turned = Image.fromarray(grey).rotate(180 + rng.uniform(-0.4, 0.4), fillcolor=255)
    return turned.point(lambda level: 255 if level > 128 else 0) if rng.random() < 0.5 else turned


def type_line(
    draw: ImageDraw.ImageDraw, line: str, at: tuple[int, int], font: ImageFont.FreeTypeFont, rng: random.Random
) -> None:
    """Draw a line as a typewriter does: each sign a little off its place, struck harder or softer than the next."""
    step = font.getlength("n")
    for number, sign in enumerate(line):
        x, y = at[0] + number * step + rng.gauss(0, 0.03) * step, at[1] + rng.gauss(0, 0.03) * font.size
        hard = rng.random() > 0.85
        draw.text((x, y), sign, fill=int(rng.betavariate(1.5, 4) * 190), font=font, stroke_width=1 if hard else 0)


def read_image(image: Image.Image) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        image.save(path)
        done = subprocess.run(
            ["tesseract", str(path), "-", "--psm", "6"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
    return done.stdout.decode("utf-8")


def learn(lines: list[tuple[str, str]]) -> dict[Pair, float]:
    """The rates of pairs that explain these lines best; pairs of two true signs only where they come out as one run."""
    rates: dict[Pair, float] = {}
    for _ in range(ROUNDS):
        counts: Counter[Pair] = Counter()
        logs = {pair: math.log(rate) for pair, rate in rates.items()}
        for true, raw in lines:
            counts.update(aligned(true, raw, logs))
        signs = Counter(sign for true, _ in lines for sign in true)
        glyphs = sum(len(raw) for _, raw in lines)
        rates = {}
        for (t, r), n in counts.items():
            if n >= 2 or (len(t) == 1 and len(r) == 1):
                rates[t, r] = n / (glyphs if not t else min(signs[s] for s in t) + 5)
    return rates


def aligned(true: str, raw: str, rates: dict[Pair, float]) -> list[Pair]:
    """The likeliest pairs that make up this line; `rates` are logarithms."""
    none = -math.inf
    width = len(raw) + 1
    best = [[none] * width for _ in range(len(true) + 1)]
    back: dict[tuple[int, int], tuple[int, int]] = {}
    best[0][0] = 0.0
    slope = len(raw) / max(1, len(true))
    for i in range(len(true) + 1):
        parts = [(a, true[i : i + a]) for a in range(LONGEST_TRUE + 1) if i + a <= len(true)]
        for j in range(max(0, int(i * slope) - BAND), min(len(raw), int(i * slope) + BAND) + 1):
            here = best[i][j]
            if here == none:
                continue
            for b in range(min(LONGEST_RAW, len(raw) - j) + 1):
                glyphs = raw[j : j + b]
                for a, part in parts:
                    if not a + b or (a == 0 and b > 1) or (a == 2 and b != 1):
                        continue
                    rate = rates.get((part, glyphs))
                    reached = here + (rate if rate is not None else logp(part, glyphs, bool(rates)))
                    # A sign with two glyphs is told rather than one with a glyph that comes from nowhere.
                    reached -= 0.0 if a else FROM_NOWHERE
                    if reached > best[i + a][j + b]:
                        best[i + a][j + b] = reached
                        back[i + a, j + b] = (i, j)
    at = (len(true), len(raw))
    pairs: list[Pair] = []
    while at in back:
        before = back[at]
        pairs.append((true[before[0] : at[0]], raw[before[1] : at[1]]))
        at = before
    return pairs if at == (0, 0) else []


def logp(true: str, raw: str, learned: bool) -> float:
    """The log rate of a pair not seen; before anything is `learned` one sign for one glyph is best, space for space."""
    if learned:
        return -11.0 - 2.0 * (len(true) + len(raw))
    if (true == " ") != (raw == " ") and " " in true + raw:
        return -9.0
    if true == raw == " ":
        return -0.1
    return -3.0 - 2.5 * abs(len(true) - len(raw)) - 2.0 * (max(len(true), len(raw)) - 1)


def turned_shapes() -> dict[str, dict[str, float]]:
    """Which glyphs look like each sign when it is turned by 180 degrees? Shares that add up to 1, over the fonts."""
    shares: dict[str, defaultdict[str, float]] = {
        sign: defaultdict(float) for sign in (*SIGNS, "in", "ni", "li", "ll", "il", "ri", "th", "rn")
    }
    fonts = FONTS[:5]
    pairs = ["Ul", "UI", "ui", "iu", "nj", "q)", "l|", "||", "!|", "|!", "uj", "LU", "|u", "U!", "u!", "m"]
    for name in fonts:
        font = ImageFont.truetype(name, 48)
        upright = {glyph: shape(glyph, font, turned=False) for glyph in (*GLYPHS, *pairs)}
        for sign, found in shares.items():
            turned = shape(sign, font, turned=True)
            costs = {g: distance(turned, other) for g, other in upright.items()}
            best = sorted(costs, key=lambda g: (costs[g], g))[:SHAPE_BEST]
            weights = {g: math.exp((costs[best[0]] - costs[g]) / SHAPE_TEMPER) for g in best}
            for glyph, weight in weights.items():
                found[glyph] += weight / sum(weights.values()) / len(fonts)
    return {sign: dict(found) for sign, found in shares.items()}


def shape(text: str, font: ImageFont.FreeTypeFont, *, turned: bool) -> tuple[float, np.ndarray]:
    """The ink of a text on a line of x-height 1, cut to its width: (width, 48 rows of 32 columns)."""
    image = Image.new("L", (200, 120), 0)
    ImageDraw.Draw(image).text((50, 20), text, fill=255, font=font)
    top, bottom = font.getbbox("x")[1] + 20, font.getbbox("x")[3] + 20
    # Turned about the middle of the x-height, as a line of print is.
    if turned:
        image = image.rotate(180, center=(100, (top + bottom) / 2))
    ink = np.asarray(image, dtype=np.float64) / 255
    columns = np.flatnonzero(ink.any(axis=0))
    height = bottom - top
    cut = ink[top - height : bottom + height, columns[0] : columns[-1] + 1] if len(columns) else ink[:1, :1]
    scaled = Image.fromarray((cut * 255).astype(np.uint8)).resize((32, 48), Image.Resampling.BILINEAR)
    blurred = np.asarray(scaled.filter(ImageFilter.GaussianBlur(1.5)), dtype=np.float64) / 255
    return cut.shape[1] / height, blurred


def distance(one: tuple[float, np.ndarray], other: tuple[float, np.ndarray]) -> float:
    """How unlike are two shapes? 0 for the same; width counts as well as ink."""
    ink = float(np.abs(one[1] - other[1]).sum() / max(1e-9, one[1].sum() + other[1].sum()))
    return ink + 0.5 * abs(math.log(one[0] / other[0]))


if __name__ == "__main__":
    main()
