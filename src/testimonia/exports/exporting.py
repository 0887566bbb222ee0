"""What every exporter must be able to do."""

from typing import BinaryIO, Protocol, runtime_checkable

from testimonia.errors import TestimoniaError
from testimonia.exports.snapshot import SourceEdition


class NotExportableError(TestimoniaError):
    """The source lacks what the format can't do without."""

    code = "not-exportable"


class FileFormat(Protocol):
    """One format. Its exporter is given an edition and a sink, opens nothing else, and asks for no clock.

    The same edition always gives the same bytes. `suffix` is lower case with its dot (".hocr").
    """

    @property
    def name(self) -> str:
        """What the format is called on the command line ("hocr")."""

    @property
    def title(self) -> str:
        """What the format is called, as it stands in a sentence ("hOCR")."""

    @property
    def media_type(self) -> str:
        """The media type of what it writes."""

    @property
    def suffix(self) -> str:
        """The ending of the names of its files."""


@runtime_checkable
class Exporter(FileFormat, Protocol):
    """One format for the text of a source."""

    def export(self, edition: SourceEdition, sink: BinaryIO) -> None:
        """Write one source. Raises NotExportableError before anything is written where the format can't hold it."""
