"""The text of a version as it is collated: with the words that its source has, cited in the layer of its library."""

from collections.abc import Collection, Iterator

from testimonia.model.findings import Repair
from testimonia.model.layers import ORIGINAL, READING
from testimonia.model.spans import Anchor, Span
from testimonia.services.opened import OpenedSource
from testimonia.text.anchoring import Anchorer
from testimonia.text.editing import LayerEditor
from testimonia.text.misreadings.proposing import CONFUSION, NAME

REPAIRED = "repaired"
"""The reading text with the words that recovery repaired; `READING` has in their place what the source has."""

LAYERS = (READING, REPAIRED, ORIGINAL)


class WitnessText:
    """One stretch of a source as it is collated. Offsets are those of `text`."""

    def __init__(self, source: OpenedSource, span: Span, layer: str, accepted: Collection[str]) -> None:
        """`layer` is one of `LAYERS`; the repairs whose ids are `accepted` are an editor's, and stay."""
        self._read = source.layer(span.layer)
        to_original = source.to_original if span.layer == READING else None
        self._anchorer = Anchorer(self._read, source.lines, source.pages, to_original)
        self._span = span
        undone = _undone(source, span, accepted) if layer == READING else []
        self._map = None
        self.text = self._read.text[span.start : span.end]
        if undone:
            editor = LayerEditor(self._read)
            for start, end, before in undone:
                editor.keep_to(start)
                editor.replace_to(end, before)
            editor.keep_to(len(self._read.text))
            as_received = editor.finish("as received", self._read.step)
            grown = sum(len(before) - (end - start) for start, end, before in undone)
            self.text = as_received.text[span.start : span.end + grown]
            self._map = as_received.offset_map

    def anchor(self, start: int, end: int) -> Anchor:
        """Where does this stretch stand? Raises InvalidRecordError where nothing of the source is in it."""
        return self._anchorer.anchor(*self._read_at(start, end))

    def repaired(self, start: int, end: int) -> str:
        """What does recovery read here instead of what the source has? "" where it reads the same."""
        if self._map is None:
            return ""
        first, last = self._read_at(start, end)
        read, here = (" ".join(t.split()) for t in (self._read.text[first:last], self.text[start:end]))
        return "" if read == here else read

    def _read_at(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch in the layer."""
        start, end = self._span.start + start, self._span.start + end
        if self._map is None:
            return start, end
        ranges = self._map.to_parent(start, end).ranges
        return (min(a for a, _ in ranges), max(b for _, b in ranges)) if ranges else (start, start)


def _undone(source: OpenedSource, span: Span, accepted: Collection[str]) -> list[tuple[int, int, str]]:
    """The repaired words of a stretch of the reading text, in order, with what stood there before."""
    out: list[tuple[int, int, str]] = []
    for start, end, before in sorted(_words(source, accepted)):
        if span.start <= start and end <= span.end and (not out or out[-1][1] <= start):
            out.append((start, end, before))
    return out


def _words(source: OpenedSource, accepted: Collection[str]) -> Iterator[tuple[int, int, str]]:
    for repair in source.repairs:
        if not _is_undone(repair) or repair.id in accepted:
            continue
        ranges = [r for anchor in repair.anchors for r in source.in_reading(anchor)]
        if ranges:
            start, end = min(a for a, _ in ranges), max(b for _, b in ranges)
            if source.reading.text[start:end] == repair.after:
                yield start, end, repair.before


def _is_undone(repair: Repair) -> bool:
    return repair.applied and repair.how in (CONFUSION, NAME)
