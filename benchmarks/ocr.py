"""How long do pages take to read, how much of it is orientation and preparation, and does memory stay flat?

    python -m benchmarks.ocr [--pages 20] [IMAGE ...]

Reads the images given, or pages drawn here from invented words, again and again until there are enough. Prints:
the time of the engine alone against that of the whole recognition in the same run, two cores against one, and the
memory of all processes at the first quarter and at the end.
"""

import argparse
import os
import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from testimonia.ocr.engines import available_engines
from testimonia.ocr.images import ImagePage
from testimonia.ocr.recogniser import PageToRead, Recogniser
from testimonia.ocr.recognition import recognise
from testimonia.ocr.settings import Settings

_TEXT = "the clerk had seen a letter before noon and nobody in harbour office would swear to it again later on"
_WORDS = _TEXT.split()


def drawn(seed: int) -> Image.Image:
    """A page of 40 lines, the size of a letter at 300 dots an inch."""
    chance = random.Random(seed)
    page = Image.new("L", (2_400, 3_200), 240)
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(42)
    for row in range(40):
        pen.text((240, 200 + 70 * row), " ".join(chance.choices(_WORDS, k=14)), fill=30, font=font)
    return page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("images", nargs="*", type=Path)
    parser.add_argument("--pages", type=int, default=20)
    chosen = parser.parse_args()
    loads: list[Callable[[], Image.Image]] = [ImagePage(source=path, name=path.name) for path in chosen.images]
    loads = loads or [partial(drawn, n) for n in range(4)]
    pages = [PageToRead(page_index=n, load=loads[n % len(loads)]) for n in range(chosen.pages)]
    for engine in available_engines():
        alone = whole = 0.0
        for page in pages[: max(2, len(loads))]:
            image = page.load()
            start = time.process_time() + os.times().children_user
            engine.read(image)
            middle = time.process_time() + os.times().children_user
            recognise(image, (engine,), Settings(second_below=0.0))
            alone, whole = alone + middle - start, whole + time.process_time() + os.times().children_user - middle
        print(
            f"{engine.name}: alone {alone:.1f} s of processor, with everything {whole:.1f} s, {whole / alone:.2f} times"
        )
    took = {cores: elapsed(pages, cores) for cores in (1, 2)}
    print(f"{len(pages)} pages: one core {took[1]:.1f} s, two cores {took[2]:.1f} s, {took[1] / took[2]:.2f} times")


def elapsed(pages: list[PageToRead], cores: int) -> float:
    """Seconds for all pages. Says the memory of this process and its children as it goes."""
    start = time.perf_counter()
    for done, _ in enumerate(Recogniser(cores=cores).recognise_pages(pages), 1):
        if done in (max(1, len(pages) // 4), len(pages)):
            print(f"{cores} cores, {done} pages: {resident_mb():.0f} MB in all processes")
    return time.perf_counter() - start


def resident_mb() -> float:
    """Memory of this process and of those it started, from /proc; 0 where there is none."""
    family, total = {os.getpid()}, 0.0
    for folder in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            fields = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if int(folder.name) in family or int(fields["PPid"]) in family:
            family.add(int(folder.name))
            total += int(fields.get("VmRSS", "0 kB").split()[0]) / 1_024
    return total


if __name__ == "__main__":
    main()
