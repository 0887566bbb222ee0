"""Make a layer from its parent by recorded edits: the map is written while editing, never guessed back by a diff."""

from __future__ import annotations

from array import array

from testimonia.errors import InvalidRecordError
from testimonia.model.layers import Layer
from testimonia.model.offset_map import Change, OffsetMap
from testimonia.model.steps import Step


class LayerEditor:
    """Which layer comes of these edits? Walk the parent from start to end: keep, replace, insert, delete, move.

    The editor stands at a place of the parent (`at`); every call but `insert` and `move` goes forward from there.

    >>> from testimonia.model.layers import Layer
    >>> from testimonia.model.steps import Step
    >>> step = Step(name="example", version="1")
    >>> parent = Layer(source="0" * 64, name="original", text="trou-\\nble", step=step)
    >>> editor = LayerEditor(parent)
    >>> editor.keep_to(4)
    >>> editor.delete_to(6)
    >>> editor.keep_to(9)
    >>> layer = editor.finish("reading", step)
    >>> layer.text, layer.offset_map.to_parent(3, 5).ranges
    ('trouble', ((3, 4), (6, 7)))
    """

    def __init__(self, parent: Layer) -> None:
        self._parent = parent
        self._texts: list[str] = []
        self._change = array("b")
        self._parent_start, self._parent_end = array("q"), array("q")
        self._child_start, self._child_end = array("q"), array("q")
        self._length = 0
        self.at = 0

    @property
    def length(self) -> int:
        """How many code points does the child have so far?"""
        return self._length

    def keep_to(self, end: int) -> None:
        """Take the parent's text over to the letter, up to `end`."""
        if self._checked(end) == self.at:
            return
        size = end - self.at
        if self._change and self._change[-1] == Change.KEPT and self._parent_end[-1] == self.at:
            self._parent_end[-1] = end
            self._child_end[-1] += size
        else:
            self._put(Change.KEPT, self.at, end, self._length, self._length + size)
        self._grow(self._parent.text[self.at : end])
        self.at = end

    def delete_to(self, end: int) -> None:
        """Leave the parent's text out, up to `end`; it stays known as a deleted segment."""
        if self._checked(end) == self.at:
            return
        if self._change and self._change[-1] == Change.DELETED and self._parent_end[-1] == self.at:
            self._parent_end[-1] = end
        else:
            self._put(Change.DELETED, self.at, end, self._length, self._length)
        self.at = end

    def replace_to(self, end: int, text: str) -> None:
        """Put `text` in the place of the parent's text up to `end`. With no text this deletes; at `at` it inserts."""
        if not text:
            self.delete_to(end)
            return
        if self._checked(end) == self.at:
            self.insert(text)
            return
        self._put(Change.REPLACED, self.at, end, self._length, self._length + len(text))
        self._grow(text)
        self.at = end

    def insert(self, text: str) -> None:
        """Add text that the parent does not have."""
        if text:
            self._put(Change.INSERTED, self.at, self.at, self._length, self._length + len(text))
            self._grow(text)

    def jump(self, to: int) -> None:
        """Go to another place of the parent, forward or back: what follows stands in another order than there.

        Everything jumped over must be come back for; `finish` refuses a map that loses characters.
        """
        if not 0 <= to <= len(self._parent.text):
            raise InvalidRecordError(f"there is no offset {to}", where=self._parent.name)
        self.at = to

    def finish(self, name: str, step: Step) -> Layer:
        """The layer. Raises InvalidRecordError where a stretch of the parent was left out without being deleted."""
        covered = sum(self._parent_end) - sum(self._parent_start)
        if covered != len(self._parent.text):
            raise InvalidRecordError(
                f"{len(self._parent.text) - covered} characters of the parent are not accounted for", where=name
            )
        return Layer(
            source=self._parent.source,
            name=name,
            text="".join(self._texts),
            step=step,
            parent=self._parent.name,
            offset_map=OffsetMap.from_columns(
                self._with_moves(), self._parent_start, self._parent_end, self._child_start, self._child_end
            ),
        )

    def _with_moves(self) -> array[int]:
        """The changes, kept ones named moved where they do not follow on what stands before them."""
        out = array("b")
        at = 0
        for change, start, end in zip(self._change, self._parent_start, self._parent_end, strict=True):
            out.append(Change.MOVED if change == Change.KEPT and start != at else change)
            at = end
        return out

    def _checked(self, end: int) -> int:
        if not self.at <= end <= len(self._parent.text):
            raise InvalidRecordError(f"can't go from {self.at} to {end}", where=self._parent.name)
        return end

    def _put(self, change: Change, parent_start: int, parent_end: int, child_start: int, child_end: int) -> None:
        self._change.append(change)
        self._parent_start.append(parent_start)
        self._parent_end.append(parent_end)
        self._child_start.append(child_start)
        self._child_end.append(child_end)

    def _grow(self, text: str) -> None:
        self._texts.append(text)
        self._length += len(text)
