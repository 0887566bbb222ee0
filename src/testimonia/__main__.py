"""`python -m testimonia` is `testimonia`."""

from testimonia.cli.main import main

main()
