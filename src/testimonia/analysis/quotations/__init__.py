"""Quotations: where they stand in a text, what goes with them, and how they differ from their source."""
