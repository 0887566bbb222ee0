"""What can be wrong with a library as a whole, each with its own code, so that a program can tell them apart."""

from testimonia.errors import LibraryError


class LockedLibraryError(LibraryError):
    """Another program holds the library for longer than we wait."""

    code = "library-locked"


class DamagedLibraryError(LibraryError):
    """What stands on the disk is not what was written."""

    code = "library-damaged"


class ForeignLibraryError(LibraryError):
    """The files are not a library, or one of a newer Testimonia."""

    code = "library-foreign"


class UnwritableLibraryError(LibraryError):
    """The library can't be made or written where it was asked for."""

    code = "library-unwritable"
