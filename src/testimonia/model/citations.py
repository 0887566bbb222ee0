"""What a source refers to: printed references, parsed."""

from dataclasses import dataclass
from typing import ClassVar

from testimonia.errors import InvalidRecordError
from testimonia.model.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedName:
    """A name in a reference: of a person in two parts, or of a body in one (`literal`)."""

    family: str = ""
    given: str = ""
    literal: str = ""

    def __post_init__(self) -> None:
        if bool(self.literal) == bool(self.family):
            raise InvalidRecordError("a cited name is a person's or a body's", where=self.literal or self.given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Finding):
    """One printed reference to a work or an archival item; the fields are CSL's, "" or empty where none is printed.

    `type` is a CSL type ("book", "chapter", "article-journal", "manuscript", "report"). `issued` is as printed;
    `year` its year. `archive` and `archive_collection` (the fonds) and `archive_location` (file, box, folder) are those
    of archival items. `refers_to` is the id of the earlier reference that an "ibid." or short form stands for.
    `note` is the id of the note that it is printed in.
    """

    kind: ClassVar[str] = "reference"

    printed: str
    type: str
    author: tuple[CitedName, ...] = ()
    editor: tuple[CitedName, ...] = ()
    translator: tuple[CitedName, ...] = ()
    recipient: tuple[CitedName, ...] = ()
    title: str = ""
    container_title: str = ""
    collection_title: str = ""
    edition: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    publisher: str = ""
    publisher_place: str = ""
    issued: str = ""
    year: int | None = None
    genre: str = ""
    archive: str = ""
    archive_collection: str = ""
    archive_location: str = ""
    url: str = ""
    refers_to: str | None = None
    note: str | None = None
