"""Every command that the documentation shows is run, in the order of its page, on the sample.

A block marked `console` holds commands after `$ `, each followed by lines of what it prints. A line `...` stands for
any lines, `...` inside a line for any words. `# ends with status 1` after a command says so; otherwise it must end
with 0. A command that serves is stopped, as by Ctrl C, once it says where. Blocks marked `python` are run too.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from testimonia.cli.main import COMMANDS
from testimonia.services.sample import sample_path

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = sorted([REPOSITORY / "README.md", *(REPOSITORY / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STATUS = re.compile(r"\s+# ends with status (\d)$")
SERVING = re.compile(r"testimonia (serve|open)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A command that a page shows, with what the page says that it prints and how it ends."""

    command: str
    printed: tuple[str, ...]
    status: int


def blocks(page: Path) -> list[tuple[str, str]]:
    return BLOCK.findall(page.read_text(encoding="utf-8"))


def shown_commands(block: str) -> Iterator[Shown]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *printed = part.rstrip("\n").split("\n")
        status = STATUS.search(command)
        yield Shown(
            command=STATUS.sub("", command), printed=tuple(printed), status=int(status.group(1)) if status else 0
        )


def missing_line(printed: tuple[str, ...], output: str) -> str | None:
    """The first line shown that the output does not have, after the ones before it."""
    lines = iter(" ".join(line.split()) for line in output.splitlines())
    for wanted in (" ".join(line.split()) for line in printed):
        if wanted in ("...", ""):
            continue
        pattern = re.compile(".*".join(re.escape(piece) for piece in wanted.split("...")))
        if not any(pattern.fullmatch(line) for line in lines):
            return wanted
    return None


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the sample in it, as the pages assume."""
    shutil.copy(sample_path(), tmp_path / "brannsey.txt")
    return tmp_path


def environment() -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    # As on a reader's machine: other tests leave pages upside down for later.
    ours = ("TESTIMONIA_LIBRARY", "TESTIMONIA_UPSIDE_DOWN")
    kept = {k: v for k, v in os.environ.items() if k not in ours}
    return {**kept, "PATH": path, "CI": "1", "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}


def run(command: str, place: Path) -> tuple[int, str]:
    """Run a command to its end, or to the moment in which it serves."""
    words = ["bash", "-c", f"exec {command}" if SERVING.match(command) else command]
    output = ""
    with subprocess.Popen(
        words, cwd=place, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            output += line
            if SERVING.match(command) and line.startswith("Stop with Ctrl C"):
                wait_until_it_answers(output)
                process.send_signal(signal.SIGINT)
    return process.returncode, output


def wait_until_it_answers(output: str) -> None:
    """Wait for the address that was printed: Ctrl C comes from someone who has seen the page."""
    address = re.search(r"http://\S+", output)
    assert address is not None, output
    for _ in range(300):
        try:
            urllib.request.urlopen(address.group(), timeout=10).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address.group()} never answered")


@pytest.mark.parametrize(
    "page", [p for p in PAGES if blocks(p)], ids=lambda p: str(p.relative_to(REPOSITORY)).replace("/", "-")
)
def test_every_command_shown_runs_and_prints_what_is_shown(page: Path, place: Path) -> None:
    for language, block in blocks(page):
        if language == "python":
            done = subprocess.run(
                [sys.executable, "-c", block], cwd=place, env=environment(), capture_output=True, encoding="utf-8",
                timeout=300, check=False,
            )  # fmt: skip
            assert done.returncode == 0, f"{page.name}: {done.stderr[-400:]}"
            continue
        commands = list(shown_commands(block))
        assert commands, f"{page.name}: a console block without a command"
        for shown in commands:
            status, output = run(shown.command, place)
            assert status == shown.status, f"{page.name}: {shown.command} ended with {status}\n{output[-400:]}"
            missing = missing_line(shown.printed, output)
            assert missing is None, f"{page.name}: {shown.command} does not print\n{missing}\nbut\n{output}"


def test_no_command_hides_from_the_test() -> None:
    """Commands stand in console blocks only: a block of another kind would not be run."""
    for page in PAGES:
        other = BLOCK.sub("", page.read_text(encoding="utf-8"))
        assert not re.search(r"^\s*(\$ )?testimonia (\w+)( |$)", other, re.MULTILINE), page.name


def test_every_command_is_shown_somewhere() -> None:
    shown = " ".join(block for page in PAGES for language, block in blocks(page) if language == "console")
    assert {name for name in COMMANDS if not re.search(rf"\btestimonia {name}\b", shown)} == set()
