"""The parts of a source: documents, accounts, notes, gaps, redactions and marks."""
