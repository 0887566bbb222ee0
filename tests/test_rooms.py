"""Do the imports keep to the rooms, with every arrow running downwards?"""

import ast
from collections.abc import Iterator
from pathlib import Path

import testimonia

ROOT = Path(testimonia.__file__).parent
FOUNDATION = {"model"}
TEXTUAL = FOUNDATION | {"text", "chronology"}
MAY_TOUCH = {
    "errors": set(),
    "model": {"model"},
    "chronology": FOUNDATION | {"chronology"},
    "text": TEXTUAL,
    "analysis": TEXTUAL | {"analysis"},
    "readers": TEXTUAL | {"readers"},
    "ocr": TEXTUAL | {"ocr"},
    "endpoints": {"endpoints"},
    "store": TEXTUAL | {"store"},
    "search": TEXTUAL | {"search"},
    "exports": TEXTUAL | {"exports"},
    "services": TEXTUAL | {"services", "readers", "ocr", "endpoints", "store", "search", "exports", "analysis"},
    "web": FOUNDATION | {"services", "web"},
    "cli": FOUNDATION | {"services", "web", "cli"},
}
PURE = {"model", "text", "chronology", "analysis"}
# What would let the clock, the disk, the network or chance into a pure room.
IMPURE = {
    "time",
    "random",
    "socket",
    "sqlite3",
    "subprocess",
    "secrets",
    "uuid",
    "urllib.request",
    "tempfile",
    "shutil",
}


def modules() -> Iterator[tuple[Path, str]]:
    for path in sorted(ROOT.rglob("*.py")):
        inside = path.relative_to(ROOT)
        yield path, inside.parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_room_is_known() -> None:
    assert {room for _, room in modules()} - {"__init__", "__main__"} <= set(MAY_TOUCH)


def test_arrows_run_downwards() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path, room in modules()
        if room in MAY_TOUCH
        for name in imported(path)
        if name.startswith("testimonia.") and name.split(".")[1] not in MAY_TOUCH[room] | {"errors", "__version__"}
    ]
    assert not wrong


def test_pure_rooms_have_no_clock_disk_network_or_chance() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path, room in modules()
        if room in PURE
        for name in imported(path)
        if name in IMPURE or name.split(".")[0] in IMPURE
    ]
    assert not wrong


def test_sql_stands_in_the_store_and_the_index_alone() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}"
        for path, room in modules()
        if room not in {"store", "search"} and "sqlite3" in set(imported(path))
    ]
    assert not wrong
