"""Texts derived from a source, each with its way back."""

import hashlib
from dataclasses import dataclass, field

from testimonia.errors import InvalidRecordError
from testimonia.model.offset_map import OffsetMap
from testimonia.model.steps import Step

ORIGINAL = "original"
READING = "reading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A text of one source, and where its characters come from?

    The first layer of a source is named `original` and has neither parent nor map: it is the source's bytes decoded,
    nothing else. Every other layer names its parent and carries the map from the parent's text to its own.
    """

    source: str
    name: str
    text: str
    step: Step
    parent: str | None = None
    offset_map: OffsetMap | None = None
    sha256: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if (self.parent is None) != (self.offset_map is None) or (self.parent is None) != (self.name == ORIGINAL):
            raise InvalidRecordError("every layer but the original needs a parent and a map", where=self.name)
        if self.offset_map is not None and self.offset_map.child_length != len(self.text):
            raise InvalidRecordError(
                f"the map ends at {self.offset_map.child_length}, the text at {len(self.text)}", where=self.name
            )
        if not self.sha256:
            object.__setattr__(self, "sha256", hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest())
