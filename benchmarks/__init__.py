"""How fast, with how much memory, beside what: run as modules, each prints a table."""
