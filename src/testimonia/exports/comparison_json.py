"""A comparison as JSON: what `testimonia compare --json` prints, indented."""

import json
from dataclasses import dataclass
from typing import BinaryIO

from testimonia.exports.comparison_edition import ComparisonEdition


@dataclass(frozen=True, slots=True)
class ComparisonJson:
    """The whole record, also of points that were rejected."""

    name: str = "comparison-json"
    title: str = "JSON"
    media_type: str = "application/json"
    suffix: str = ".json"

    def export(self, edition: ComparisonEdition, sink: BinaryIO) -> None:
        """Write the comparison's record."""
        text = json.dumps(edition.record, ensure_ascii=False, indent=1)
        sink.write(text.encode("utf-8", "replace") + b"\n")
