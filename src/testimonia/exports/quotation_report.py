"""What a report on quotations says of each, whatever format it is written in."""

from dataclasses import dataclass

SIGNS = {"altered": "≠", "not found": "?", "source missing": "–", "elided": "…", "exact": "="}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One quotation in a report, worst first among its rows.

    `marked` are half-open stretches of `quote` that differ. `before`, `found` and `after` are the source's words; ""
    where it was not found. `where` and `source_where` cite in words; `source_link` is an address in the web
    application, "" where there is none. `found_marked` are half-open stretches of `found` that differ; `also` the other
    places where the words stand: citation, address, what differs there.
    """

    verdict: str
    quote: str
    marked: tuple[tuple[int, int], ...]
    where: str
    attributed_to: str
    cited: str
    before: str
    found: str
    after: str
    source_where: str
    source_link: str
    differences: tuple[tuple[str, str, str], ...]
    warnings: tuple[str, ...]
    reason: str
    found_marked: tuple[tuple[int, int], ...] = ()
    also: tuple[tuple[str, str, str], ...] = ()

    @property
    def comment(self) -> str:
        """What a comment in the margin of the manuscript says."""
        said = [f"{SIGNS[self.verdict]} {self.verdict.upper()}", *self.warnings, self.reason]
        said.extend(
            f"{kind}: “{quoted or '–'}” – source: “{source or '–'}”" for kind, quoted, source in self.differences
        )
        if self.found:
            said.append(f"Source ({self.source_where}): “{self.found}”")
        said.extend(f"Also in {where}: {differs}" for where, _, differs in self.also)
        return "\n".join(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationReport:
    """A report on one manuscript: its rows worst first, and how many words they were checked against.

    `paragraphs` are the manuscript's, for a copy of it; `too_short` and `titles` count what was not checked.
    """

    name: str
    rows: tuple[ReportRow, ...]
    searched_words: int
    too_short: int
    titles: int
    paragraphs: tuple[str, ...]

    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many of each verdict, those that there are."""
        counted = ((verdict, sum(r.verdict == verdict for r in self.rows)) for verdict in SIGNS)
        return tuple((verdict, n) for verdict, n in counted if n)
