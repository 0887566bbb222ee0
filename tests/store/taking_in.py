"""A program to be killed: takes invented sources into the library that it is given, leaving alone what is done.

python -m tests.store.taking_in LIBRARY
"""

import sys
from pathlib import Path

from tests.store.invented import NOW, received, recovered

from testimonia.store.sqlite import SqliteLibrary

PAGES = (1, 3, 20, 2, 6, 1, 12)


def take_in(folder: Path) -> None:
    """One source after the other, as a user's program would."""
    library = SqliteLibrary.open(folder, now=lambda: NOW)
    for seed, pages in enumerate(PAGES):
        source, content = received(seed, pages)
        library.add_source(source, content, NOW)
        if library.source(source.sha256).state != "done":
            library.keep_recovered(*recovered(source, content), NOW)
    library.close()


if __name__ == "__main__":
    print("ready", flush=True)
    take_in(Path(sys.argv[1]))
