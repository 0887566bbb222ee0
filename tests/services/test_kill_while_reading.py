"""A kill while pages are read from their images loses none that was read, and none of those is read again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.ocr.invented_program import invented_tesseract, printed
from tests.services.reading_pages import image_file

from testimonia.services.page_reading import ENGINES
from testimonia.services.workbench import Workbench

PAGES = 5
NOW = "1931-03-14T02:10:00Z"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the invented program is a script")


def adding(folder: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "testimonia",
            "add",
            folder / "log.tif",
            "--cores",
            "1",
            "--library",
            folder / "library",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "CI": "1", ENGINES: "tesseract", "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"},
    )


def begun(folder: Path) -> list[int]:
    """The widths of the pages whose reading was begun, in that order."""
    seen = folder / "seen"
    return [int(line) for line in seen.read_text(encoding="ascii").split()] if seen.exists() else []


def kept(folder: Path) -> list[int]:
    with Workbench.open(folder / "library", now=lambda: NOW) as workbench:
        assert workbench.store.check() == ()
        (waiting,) = workbench.intake.unfinished()
        return [text.page_index for text in workbench.store.page_texts(waiting.source.sha256)]


def test_a_kill_between_pages_loses_none_and_none_is_read_twice(tmp_path: Path) -> None:
    invented_tesseract(tmp_path, takes_s=0.4)
    pages = [printed(1_000 + n) for n in range(PAGES)]
    (tmp_path / "log.tif").write_bytes(image_file(*pages, what="TIFF"))
    process = adding(tmp_path)
    while len(begun(tmp_path)) < 3:
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = kept(tmp_path)
    assert 1 <= len(done) < PAGES
    assert adding(tmp_path).wait() == 0
    times = {n: begun(tmp_path).count(1_000 + n) for n in range(PAGES)}
    assert all(times[n] == 1 for n in done)
    assert all(1 <= times[n] <= 2 for n in range(PAGES))
    with Workbench.open(tmp_path / "library", now=lambda: NOW) as workbench:
        (entry,) = workbench.catalogue.sources()
        sha256 = entry.stored.source.sha256
        text = workbench.store.layer(sha256, "original").text
        assert [text[p.start : p.end].count("the ferry leave") for p in workbench.store.pages(sha256)] == [4] * PAGES
        assert [scan.width for scan in workbench.store.scans(sha256)] == [1_000 + n for n in range(PAGES)]
