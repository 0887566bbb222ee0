"""Takes the picture of the Compare screen that the README shows: the sample, in Chromium, light scheme.

python tools/screenshot.py [FILE]
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLE = REPOSITORY / "src" / "testimonia" / "sample" / "brannsey.txt"
TARGET = REPOSITORY / "docs" / "images" / "compare.png"
WIDTH_PX, HEIGHT_PX = 1960, 1080


def main(target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "testimonia"]
        env = {**os.environ, "CI": "1", "PYTHONUNBUFFERED": "1", "TESTIMONIA_LIBRARY": str(Path(folder) / "library")}
        subprocess.run([*command, "add", str(SAMPLE)], env=env, check=True, stdout=subprocess.DEVNULL)
        listed = subprocess.run([*command, "list", "events", "--json"], env=env, check=True, stdout=subprocess.PIPE)
        events = [json.loads(line) for line in listed.stdout.splitlines()]
        event = max(events, key=lambda e: len(e["accounts"]))
        serving = subprocess.Popen(
            [*command, "serve", "--port", "0"], env=env, stdout=subprocess.PIPE, encoding="utf-8"
        )
        try:
            assert serving.stdout is not None
            address = serving.stdout.readline().removeprefix("Serving at ").strip()
            take(f"{address}compare/{event['id']}", target)
        finally:
            serving.send_signal(signal.SIGINT)
            serving.communicate(timeout=30)


def take(address: str, target: Path) -> None:
    """A picture of what a reader sees first at this address."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    arguments = ["--disable-background-networking", "--disable-component-update"]
    arguments += ["--no-sandbox"] if os.geteuid() == 0 else []
    target.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        page = browser.new_page(viewport={"width": WIDTH_PX, "height": HEIGHT_PX}, color_scheme="light")
        page.goto(address)
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
