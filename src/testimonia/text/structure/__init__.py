"""The parts of a source: documents, accounts, notes, gaps, redactions and marks."""

from testimonia.text.structure.find import find_structure
from testimonia.text.structure.found import Structure

__all__ = ["Structure", "find_structure"]
