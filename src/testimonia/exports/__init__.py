"""Editions as files of other formats: one file per format, each given a snapshot and a sink."""
