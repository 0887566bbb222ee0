"""The engine that comes with pip alone: RapidOCR, its models in its own package, run on one core."""

import importlib.metadata
import importlib.util
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from testimonia.ocr.engine import EngineError, Layout
from testimonia.ocr.layout import Piece, lines_of
from testimonia.ocr.recognised import RecognisedLine, RecognisedWord

HOW_TO_ADD = "python -m pip install rapidocr onnxruntime"
_MODELS = {"Det": "PP-OCRv6_det_small.onnx", "Rec": "PP-OCRv6_rec_small.onnx"}
# Finding the lines needs no more than this many pixels of the longer side; their text is read from the full image.
_FIND_SIDE_PX = 1_280
_BLOCK_LINES = 4


class Rapid:
    """RapidOCR with the models that ship in its wheel. Latin print and Chinese; nothing is ever downloaded."""

    name = "rapidocr"
    languages = ("eng", "deu", "fra", "ita", "spa", "por", "nld", "chi_sim", "jpn")

    @cached_property
    def version(self) -> str:
        """Which version is installed? Empty where it is not."""
        try:
            return importlib.metadata.version("rapidocr")
        except importlib.metadata.PackageNotFoundError:
            return ""

    def available(self) -> bool:
        """Are the package, its runtime and its models all here?"""
        folder = _models()
        return bool(
            folder
            and importlib.util.find_spec("onnxruntime")
            and all((folder / name).is_file() for name in _MODELS.values())
        )

    def read(
        self, image: Image.Image, *, layout: Layout = "page", timeout_s: float = 120.0
    ) -> tuple[RecognisedLine, ...]:
        """What stands on this upright image in grey? See Engine. It can't be stopped: only its process can."""
        grey = image if image.mode == "L" else image.convert("L")
        try:
            quads = self._found(grey)
            if layout == "block":  # only to see how the page lies: its longest lines are enough
                quads = sorted(quads, key=lambda quad: -float(np.hypot(*(quad[1] - quad[0]))))[:_BLOCK_LINES]
            pieces = [Piece(words=words) for quad in quads if (words := self._words(grey, quad))]
        except Exception as error:  # the runtime raises whatever it likes
            raise EngineError(f"rapidocr failed: {type(error).__name__}: {error}", where=self.name) from error
        return lines_of(pieces)

    @cached_property
    def _engine(self) -> Any:
        folder = _models()
        if folder is None or not self.available():
            raise EngineError("rapidocr or its models are not here", where=self.name, hint=HOW_TO_ADD)
        from rapidocr import RapidOCR  # half a second, and many pages are read without it

        threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
        # Every model is named by its path: without one the package would look for it on the network.
        paths = {f"{part}.model_path": str(folder / name) for part, name in _MODELS.items()}
        return RapidOCR(
            params={
                "Global.use_cls": False, "Global.log_level": "critical", "Global.max_side_len": 100_000,
                "Global.text_score": 0.0, "Det.limit_type": "max", "Det.limit_side_len": _FIND_SIDE_PX,
                **threads, **paths,
            }
        )  # fmt: skip

    def _found(self, grey: Image.Image) -> list[np.ndarray]:
        """The four corners of every piece of a line, from its top left clockwise."""
        found = self._engine(np.asarray(grey), use_det=True, use_cls=False, use_rec=False)
        return [] if found.boxes is None else [np.asarray(box, dtype=float) for box in found.boxes]

    def _words(self, grey: Image.Image, quad: np.ndarray) -> tuple[RecognisedWord, ...]:
        (left, top), (right, _) = quad[0], quad[1]
        width, height = round(float(np.hypot(*(quad[1] - quad[0])))), round(float(np.hypot(*(quad[3] - quad[0]))))
        if width < 4 or height < 4:
            return ()
        corners = (*quad[0], *quad[3], *quad[2], *quad[1])
        line = grey.transform((width, height), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
        read = self._engine(np.asarray(line), use_det=False, use_cls=False, use_rec=True, return_word_box=True)
        if not read.txts or not read.txts[0].strip() or not read.word_results:
            return ()
        text, marks = read.txts[0], read.word_results[0]
        columns = [column for word in marks.word_cols for column in word]
        fall = (quad[1][1] - top) / max(right - left, 1.0)
        words, at, seen = [], 0, 0
        for word in text.split():
            at = text.index(word, at)
            sure = marks.confs[at : at + len(word)]
            at += len(word)
            inside = columns[seen : seen + len(word)]
            seen += len(word)
            if not inside:
                continue
            step = width / max(marks.line_txt_len, 1.0)
            start, end = left + (inside[0] - 1) * step, left + (inside[-1] + 2) * step
            drop = fall * ((start + end) / 2 - left)
            words.append(_word(word, start, top + drop, end, top + drop + height, sure, grey))
        return tuple(words)


def _word(
    text: str, left: float, top: float, right: float, bottom: float, sure: list[float], grey: Image.Image
) -> RecognisedWord:
    x0, y0 = min(max(round(left), 0), grey.width), min(max(round(top), 0), grey.height)
    x1, y1 = min(max(round(right), x0), grey.width), min(max(round(bottom), y0), grey.height)
    # A word is as sure as the mean of its characters, and pulled down by its worst one. What this engine makes of
    # blots, or of print seen in a mirror, has 0.5 to 0.6 so, and good print 0.95: the lower half says nothing.
    confidence = max(0.0, sum(sure) / len(sure) + min(sure) - 1.0) if sure else None
    return RecognisedWord(text=text, left_px=x0, top_px=y0, right_px=x1, bottom_px=y1, confidence=confidence)


def _models() -> Path | None:
    found = importlib.util.find_spec("rapidocr")
    return Path(found.origin).parent / "models" if found and found.origin else None
