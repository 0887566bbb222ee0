"""Testimonia: a workbench for contested history."""

__version__ = "0.1.0"
