"""What can go wrong, each with a stable code: what happened, where, and what to do next."""


class TestimoniaError(Exception):
    """The root of every error that Testimonia raises on purpose.

    `where` names source, page or offset; `hint` says what to do next. Only the command line and the web application
    translate these into exit codes and statuses.
    """

    code = "testimonia"
    __test__ = False

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.what}" if self.where else self.what]
        if self.hint:
            parts.append(self.hint)
        return " ".join(p if p.endswith((".", "!", "?")) else p + "." for p in parts) + f" [{self.code}]"


class UnreadableSourceError(TestimoniaError):
    """The bytes can't be read as the format they claim to be."""

    code = "unreadable-source"


class EmptySourceError(UnreadableSourceError):
    """The file holds nothing to read."""

    code = "empty-source"


class EncryptedSourceError(UnreadableSourceError):
    """The file wants a password."""

    code = "encrypted-source"


class UnknownFormatError(UnreadableSourceError):
    """No reader takes this file."""

    code = "unknown-format"


class TooLargeError(UnreadableSourceError):
    """The file, or a line of it, is over a stated bound."""

    code = "too-large"


class NotFoundError(TestimoniaError):
    """The thing asked for is not in the library."""

    code = "not-found"


class AmbiguousError(TestimoniaError):
    """More than one thing answers to what was asked."""

    code = "ambiguous"


class InvalidRecordError(TestimoniaError):
    """A record breaks its own rules (an offset outside its text, a confidence above 1)."""

    code = "invalid-record"


class LibraryError(TestimoniaError):
    """The library's files are damaged, locked, or of another version."""

    code = "library"
