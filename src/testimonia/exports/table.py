"""Which formats can a source be exported as?"""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from testimonia.errors import NotFoundError, TestimoniaError
from testimonia.exports.alto import Alto
from testimonia.exports.bibtex import BibTeX
from testimonia.exports.comparison_csv import ComparisonCsv
from testimonia.exports.comparison_docx import ComparisonDocx
from testimonia.exports.comparison_edition import ComparisonExporter
from testimonia.exports.comparison_html import ComparisonHtml
from testimonia.exports.comparison_json import ComparisonJson
from testimonia.exports.csl_json import CslJson
from testimonia.exports.ead3 import Ead3
from testimonia.exports.exporting import Exporter
from testimonia.exports.gaps import GapsCsv, GapsJson
from testimonia.exports.hocr import Hocr
from testimonia.exports.json_lines import JsonLines
from testimonia.exports.library_edition import LibraryExporter
from testimonia.exports.plain_text import PlainText
from testimonia.exports.prov_o import ProvO
from testimonia.exports.ric_o import RicO
from testimonia.exports.ris import Ris
from testimonia.exports.searchable_pdf import SearchablePdf
from testimonia.exports.styled import StyledHtml, StyledText

# A new format is one file, and one line here.
EXPORTERS: tuple[Exporter, ...] = (
    Hocr(),
    Alto(),
    SearchablePdf(),
    PlainText(),
    JsonLines(),
)
# Formats for what was found in sources; all of them in one file.
LIBRARY_EXPORTERS: tuple[LibraryExporter, ...] = (
    CslJson(),
    BibTeX(),
    Ris(),
    StyledText(),
    StyledHtml(),
    ProvO(),
    RicO(),
    Ead3(),
    GapsCsv(),
    GapsJson(),
)
# Formats for the comparison of one event.
COMPARISON_EXPORTERS: tuple[ComparisonExporter, ...] = (
    ComparisonCsv(),
    ComparisonJson(),
    ComparisonHtml(),
    ComparisonDocx(),
)
_OWN_NAMES = {*(made.name for made in LIBRARY_EXPORTERS), *(made.name for made in COMPARISON_EXPORTERS)}
GROUP = "testimonia.exports"


class BrokenExporterError(TestimoniaError):
    """An exporter from another package can't be loaded, or failed in a way that exporters may not."""

    code = "broken-exporter"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExporterTable:
    """The exporters by name, and those that could not be loaded."""

    exporters: tuple[Exporter, ...]
    of_findings: tuple[LibraryExporter, ...] = LIBRARY_EXPORTERS
    of_comparisons: tuple[ComparisonExporter, ...] = COMPARISON_EXPORTERS
    broken: tuple[BrokenExporterError, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What the formats are called, in the order of the table."""
        return (
            *(exporter.name for exporter in self.exporters), *self.names_of_findings, *self.names_of_comparisons,
        )  # fmt: skip

    @property
    def names_of_findings(self) -> tuple[str, ...]:
        """What the formats are called that hold findings."""
        return tuple(exporter.name for exporter in self.of_findings)

    @property
    def names_of_comparisons(self) -> tuple[str, ...]:
        """What the formats are called that hold a comparison."""
        return tuple(exporter.name for exporter in self.of_comparisons)

    def find_of_comparisons(self, name: str) -> ComparisonExporter:
        """The exporter of comparisons of this name. Raises NotFoundError."""
        for exporter in self.of_comparisons:
            if exporter.name == name:
                return exporter
        listed = ", ".join(self.names_of_comparisons)
        raise NotFoundError(f"there is no format {name[:40]!r}", hint=f"There are {listed}")

    def find_of_findings(self, name: str) -> LibraryExporter:
        """The exporter of findings of this name. Raises NotFoundError."""
        for exporter in self.of_findings:
            if exporter.name == name:
                return exporter
        raise NotFoundError(f"there is no format {name[:40]!r}", hint=f"There are {', '.join(self.names_of_findings)}")

    def find(self, name: str) -> Exporter:
        """The exporter of this name. Raises NotFoundError."""
        for exporter in self.exporters:
            if exporter.name == name:
                return exporter
        raise NotFoundError(f"there is no format {name[:40]!r}", hint=f"There are {', '.join(self.names)}")


def load_exporters(points: Iterable[EntryPoint]) -> ExporterTable:
    """The table of this package's exporters and of those that other packages add.

    An entry point of the group `testimonia.exports` names a class (or other callable without arguments) that makes an
    `Exporter`. They follow this package's own in the order of their names. One that is broken, or that takes a name
    already in the table, is left out and named in `broken`; the others work.
    """
    found = list(EXPORTERS)
    broken: list[BrokenExporterError] = []
    for point in sorted(points, key=lambda p: (p.name, p.value)):
        try:
            made = point.load()()
            if not isinstance(made, Exporter):
                raise TypeError(f"{point.value} makes no exporter")
            if made.name in {other.name for other in found} | _OWN_NAMES:
                raise ValueError(f"the name {made.name!r} is taken")
            found.append(made)
        except Exception as error:  # code from elsewhere may fail in any way
            broken.append(_broken(point, error))
    return ExporterTable(exporters=tuple(found), broken=tuple(broken))


def _broken(point: EntryPoint, error: Exception) -> BrokenExporterError:
    package = point.dist.name if point.dist is not None else point.module
    return BrokenExporterError(
        f"the exporter {point.name!r} of the package {package} can't be loaded ({type(error).__name__}: {error})",
        hint=f"Update or remove {package}; everything else works without it",
    )


@functools.cache
def installed_exporters() -> ExporterTable:
    """The exporters of this installation; looked for once."""
    return load_exporters(entry_points(group=GROUP))
