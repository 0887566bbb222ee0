"""The documentation agrees with the code and with itself: errors, links, figures, make's targets."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import testimonia
from testimonia.errors import TestimoniaError
from testimonia.readers.table import READERS

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = sorted([REPOSITORY / "README.md", *(REPOSITORY / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)(?:#[^)\s]*)?\)")


def all_errors(kind: type[TestimoniaError] = TestimoniaError) -> set[type[TestimoniaError]]:
    return {kind, *(e for sub in kind.__subclasses__() for e in all_errors(sub))}


def test_every_error_code_has_its_row_in_the_documentation() -> None:
    for module in walk_packages(testimonia.__path__, "testimonia."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    codes = {e.code for e in all_errors() if e.__module__.startswith("testimonia")}
    rows = re.findall(r"^\| `([a-z-]+)` \|", (REPOSITORY / "docs" / "errors.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(codes)


def test_every_format_that_is_read_has_its_row_in_the_guide() -> None:
    guide = (REPOSITORY / "docs" / "guides" / "take-in.md").read_text(encoding="utf-8")
    table = guide.partition("| format |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([^|]+?) \|", table, re.MULTILINE)
    assert sorted(r for r in rows if r != "---") == sorted(reader.name for reader in READERS)


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_page_can_be_reached_from_the_first() -> None:
    reached: set[Path] = set()
    waiting = [REPOSITORY / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        waiting += [(page.parent / t).resolve() for t in LINK.findall(page.read_text(encoding="utf-8"))]
    assert set(PAGES) <= reached


def test_make_has_the_targets_that_the_pages_name() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"`make ([a-z]+)`|^make ([a-z]+)$", page.read_text(encoding="utf-8"), re.MULTILINE))
        assert {a or b for a, b in named} <= targets, page.name


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(p.name[:4]) for p in (REPOSITORY / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
