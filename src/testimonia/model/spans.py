"""Stretches of text, and how anything cites a source."""

from dataclasses import dataclass

from testimonia.errors import InvalidRecordError


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Which stretch of one named layer? Half-open offsets in Unicode code points."""

    layer: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise InvalidRecordError(f"a span can't run from {self.start} to {self.end}", where=self.layer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where in a source do these words stand?

    `start` and `end` are half-open code points of the layer; `first_line` and `last_line` are 1-based lines of the
    source as received; `page_index` is 0-based and is the page of the first character; `page_label` is as printed,
    or None. `quote` is the exact text of the stretch in its layer, and `layer_sha256` the hash of that whole text, so
    that an anchor made on an older text can never settle silently on a look-alike.
    """

    source: str
    layer: str
    layer_sha256: str
    start: int
    end: int
    first_line: int
    last_line: int
    page_index: int
    page_label: str | None
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise InvalidRecordError(f"an anchor can't run from {self.start} to {self.end}", where=self.source)
        if not 1 <= self.first_line <= self.last_line:
            raise InvalidRecordError(
                f"an anchor can't run from line {self.first_line} to {self.last_line}", where=self.source
            )
        if self.page_index < 0:
            raise InvalidRecordError(f"there is no page {self.page_index}", where=self.source)

    @property
    def span(self) -> Span:
        """The stretch that the anchor cites, without its quotation."""
        return Span(layer=self.layer, start=self.start, end=self.end)
