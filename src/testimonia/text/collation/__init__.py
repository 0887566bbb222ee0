"""Collation: versions of one text, word by word."""
