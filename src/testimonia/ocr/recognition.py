"""Reads the image of a page: how it lies, whether anything stands on it, what, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PIL import Image

from testimonia.ocr.engine import Engine, EngineError
from testimonia.ocr.gaps import lines_in_gaps, passed_over
from testimonia.ocr.images import grey_of
from testimonia.ocr.orientation import orientation
from testimonia.ocr.preparation import Survey, calmed, deskewed, drawn_on, skew_of, strengthened, survey, turned_back
from testimonia.ocr.recognised import Attempt, RecognisedLine, RecognisedPage, RecognisedWord
from testimonia.ocr.settings import Settings
from testimonia.ocr.sureness import confidence, sound_lines, sureness

PageImage = Image.Image | npt.NDArray[np.uint8]

# Up to this angle engines read as well as on level rows, and turning an image softens it.
_LEVEL_DEG = 0.8
# Below this a reading is no reading: print on its head, handwriting and blots all stay under it.
_READABLE = 0.35
# Where no turn gave words, or the print is hardly darker than the paper, more is asked for: the other side's print
# shining through makes 0.4 of language mirrored.
_READABLE_ANYHOW = 0.55


def recognise(image: PageImage, engines: Sequence[Engine], settings: Settings | None = None) -> RecognisedPage:
    """What stands on this page?

    A sheet with nothing on it is "blank". A page on which there is something but no engine reads words is "unreadable",
    with the reason. Never raises for what is on the page; an engine that fails is passed over.
    """
    chosen = settings or Settings()
    grey = grey_of(image if isinstance(image, Image.Image) else Image.fromarray(image))
    seen, faint = survey(grey), False
    if not engines:
        return _nothing(grey, "unreadable", "no OCR engine is here", ())
    if _blank(seen):
        # An empty sheet, or one on which the print is hardly darker than the paper?
        strong = strengthened(grey)
        if strong is None or _blank(seen := survey(strong)):
            drawn = drawn_on(grey)
            return _nothing(
                grey, "unreadable" if drawn else "blank", "no print on it, but strokes" if drawn else "", ()
            )
        grey, faint = strong, True
    calm = calmed(grey, seen)
    if calm is not grey:
        grey, seen = calm, survey(calm)
    reading = _Reading(grey=grey, seen=seen, engines=tuple(engines), settings=chosen, faint=faint)
    return reading.page()


@dataclass(slots=True, kw_only=True)
class _Reading:
    grey: Image.Image
    seen: Survey
    engines: tuple[Engine, ...]
    settings: Settings
    faint: bool

    def page(self) -> RecognisedPage:
        lies, failures = None, []
        for engine in self.engines:
            try:
                found = orientation(self.grey, self.seen, engine, timeout_s=self.settings.timeout_s)
            except EngineError as error:
                failures.append(error.what)
                continue
            if lies is None or found.decided:
                lies = found if lies is None else replace(found, tried=lies.tried + found.tried)
            if lies.decided:
                break
        if lies is None:
            return _nothing(self.grey, "unreadable", "; ".join(failures), ())
        upright = turned_back(self.grey, lies.turned_deg)
        ink = np.rot90(self.seen.ink, lies.turned_deg // 90)
        skew_deg = skew_of(ink)
        level = deskewed(upright, skew_deg) if abs(skew_deg) > _LEVEL_DEG else upright
        tried, best = list(lies.tried), None
        seen = survey(level)
        for engine in self._best_first():
            try:
                lines, complete = self._lines(level, seen, engine)
            except EngineError as error:
                failures.append(error.what)
                continue
            sure = sureness(lines)
            tried.append(Attempt(engine=_named(engine), turned_deg=lies.turned_deg, confidence=round(sure, 3)))
            if lines and (best is None or sure * complete > best[0]):
                best = sure * complete, sure, engine, lines
            if best is not None and best[0] >= self.settings.second_below:
                break
        if best is None or best[1] < (_READABLE if lies.decided and not self.faint else _READABLE_ANYHOW):
            said = "; ".join(failures) if failures and best is None else "no engine reads words on it"
            # A turn that was only guessed is none: the page is shown as it was scanned.
            shown, turned_deg = (upright, lies.turned_deg) if lies.decided else (self.grey, 0)
            return replace(_nothing(shown, "unreadable", said, tuple(tried)), turned_deg=turned_deg)
        _, _, engine, lines = best
        if level is not upright:
            lines = _tilted(lines, skew_deg, upright.size)
        return RecognisedPage(
            width_px=upright.width, height_px=upright.height, state="read", turned_deg=lies.turned_deg,
            skew_deg=skew_deg, lines=lines, engine=_named(engine), confidence=round(min(confidence(lines), 1.0), 4),
            tried=tuple(tried),
        )  # fmt: skip

    def _lines(self, level: Image.Image, seen: Survey, engine: Engine) -> tuple[tuple[RecognisedLine, ...], float]:
        """What the engine reads on the level page, and what share of its print that is."""
        found = engine.read(level, timeout_s=self.settings.timeout_s)
        found = lines_in_gaps(level, seen, found, engine, timeout_s=self.settings.timeout_s)
        return sound_lines(found), 1.0 - passed_over(seen, found)

    def _best_first(self) -> tuple[Engine, ...]:
        best = self.settings.first
        return tuple(sorted(self.engines, key=lambda engine: engine.name != best))


def _blank(seen: Survey) -> bool:
    return bool(seen.ink.sum() < 40)


def _named(engine: Engine) -> str:
    return f"{engine.name} {engine.version}"


def _nothing(grey: Image.Image, state: str, reason: str, tried: tuple[Attempt, ...]) -> RecognisedPage:
    return RecognisedPage(
        width_px=grey.width, height_px=grey.height, state="blank" if state == "blank" else "unreadable",
        reason=reason, tried=tried,
    )  # fmt: skip


def _tilted(lines: Sequence[RecognisedLine], skew_deg: float, size: tuple[int, int]) -> tuple[RecognisedLine, ...]:
    """Boxes found on the level page, put back to where their words stand on the page as it was scanned."""
    angle = np.radians(skew_deg)
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    middle_x, middle_y = size[0] / 2, size[1] / 2

    def word(found: RecognisedWord) -> RecognisedWord:
        # Only the middle is moved: a box keeps its width and height, and so stays as close to its word.
        x, y = (found.left_px + found.right_px) / 2 - middle_x, (found.top_px + found.bottom_px) / 2 - middle_y
        shift_x, shift_y = round(x * cos - y * sin - x), round(x * sin + y * cos - y)
        left, right = (min(max(side + shift_x, 0), size[0]) for side in (found.left_px, found.right_px))
        top, bottom = (min(max(side + shift_y, 0), size[1]) for side in (found.top_px, found.bottom_px))
        return replace(found, left_px=left, right_px=right, top_px=top, bottom_px=bottom)

    return tuple(replace(line, words=tuple(word(found) for found in line.words)) for line in lines)
