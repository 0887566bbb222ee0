"""References as a bibliography in a style: plain text, or one HTML page that needs nothing else."""

from dataclasses import dataclass
from html import escape
from typing import BinaryIO

from testimonia.exports.library_edition import LibraryEdition, evidence
from testimonia.exports.styling import DEFAULT_STYLE, CitationStyle, Formatted, Run, format_references, named_style

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>References</title>
<style>body{{font:1rem/1.5 serif;max-width:45rem;margin:2rem auto;padding:0 1rem}}li{{margin:.6rem 0}}
small{{display:block;color:#555}}</style></head>
<body><h1>References</h1><p>In the style <i>{style}</i>. Each with how it is cited, and the
words that it was read from.</p>
<ol>
{entries}</ol></body></html>
"""


@dataclass(frozen=True, slots=True)
class StyledText:
    """One entry a line, in the order of the style; one that the style fails at stands as printed, and says so."""

    style: CitationStyle | None = None
    name: str = "references-text"
    title: str = "references in a style, as text"
    media_type: str = "text/plain"
    suffix: str = ".txt"

    def export(self, edition: LibraryEdition, sink: BinaryIO) -> None:
        """Write the bibliography. Raises StyleError."""
        for one in _formatted(edition, self.style):
            left = "" if one.by_style else " [as printed]"
            sink.write(f"{one.text}{left}\n".encode())


@dataclass(frozen=True, slots=True)
class StyledHtml:
    """The same with its italics, each entry with its citation, its evidence and how sure that is."""

    style: CitationStyle | None = None
    name: str = "references-html"
    title: str = "references in a style, as a page"
    media_type: str = "text/html"
    suffix: str = ".html"

    def export(self, edition: LibraryEdition, sink: BinaryIO) -> None:
        """Write the bibliography. Raises StyleError."""
        entries = "".join(_entry(edition, one) for one in _formatted(edition, self.style))
        style = self.style.name if self.style else DEFAULT_STYLE
        sink.write(_PAGE.format(style=escape(style), entries=entries).encode("utf-8", "replace"))


def _formatted(edition: LibraryEdition, style: CitationStyle | None) -> tuple[Formatted, ...]:
    return format_references(edition.works(), style or named_style(DEFAULT_STYLE))


def _entry(edition: LibraryEdition, one: Formatted) -> str:
    cited = f"Cited as: {_html(one.citation)}" if one.by_style else "As printed: the style says nothing of it."
    said = escape(evidence(edition, one.reference))
    return f'<li id="{escape(one.reference.id)}">{_html(one.entry)}<small>{cited}</small><small>{said}</small></li>\n'


def _html(runs: tuple[Run, ...]) -> str:
    return "".join(f"<i>{escape(run.text)}</i>" if run.italic else escape(run.text) for run in runs)
