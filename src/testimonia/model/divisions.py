"""The documents that a file itself marks in its text."""

from dataclasses import dataclass

from testimonia.errors import InvalidRecordError


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A document, or a part of a volume, that the file says is one: where it stands and what the file tells of it.

    `start` and `end` are half-open code points of the original layer; divisions don't overlap. `type` is the kind of
    document in one word ("document" where the file says no more, "section" for a part that is none). `title` is as
    printed; `date` is EDTF; the others are as printed, None where the file does not say. `notes` are the labels of its
    notes as they stand in the text ("[3]", "*"), in the order in which they are called.
    """

    start: int
    end: int
    title: str
    type: str
    date: str | None = None
    place: str | None = None
    author: str | None = None
    recipient: str | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or not self.title:
            raise InvalidRecordError("a division has a title and some text", where=f"{self.start}-{self.end}")
