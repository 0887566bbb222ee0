"""The invented sample that ships with the program."""

from importlib import resources
from pathlib import Path

SAMPLE = "brannsey.txt"


def sample_path() -> Path:
    """Where is the sample bundle of OCR text? A file that can be taken in like any other."""
    return Path(str(resources.files("testimonia"))) / "sample" / SAMPLE
