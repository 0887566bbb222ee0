"""The life of a document as dated steps, and which document rests on which."""

from dataclasses import dataclass
from typing import ClassVar

from testimonia.errors import InvalidRecordError
from testimonia.model.findings import Finding
from testimonia.model.spans import Anchor

ACTS = (
    "written",
    "spoken",
    "enciphered",
    "sent",
    "received",
    "read",
    "copied",
    "kept",
    "obtained",
    "declassified",
    "released",
    "given",
    "translated",
    "edited",
    "published",
    "printed from the web",
    "scanned",
)
"""What can happen to a document, in the order in which it usually does."""

HOWS = ("quotes", "paraphrases", "translates", "edits", "informant")
"""How a document can rest on another: see the vocabulary, "reliance"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance(Finding):
    """One step in the life of a document: what was done, by whom, for whom, when.

    `document` is the id of the document, None where the words speak of a group of documents (`about`, as printed).
    `agents` did it and `recipients` got it, as printed; `when` is EDTF, None where no date stands there. `order` counts
    the steps of one document from 0, in the order in which they must have happened.
    """

    kind: ClassVar[str] = "provenance"

    document: str | None
    about: str
    act: str
    agents: tuple[str, ...]
    recipients: tuple[str, ...]
    when: str | None
    order: int

    def __post_init__(self) -> None:
        Finding.__post_init__(self)
        if self.act not in ACTS:
            raise InvalidRecordError(f"{self.act!r} is nothing that happens to documents", where=self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliance(Finding):
    """One document or account rests on another.

    `rests` is the id of what rests (a document, an account, a reference), None where only the words of `rests_name`
    say what it is; `on` and `on_name` say the same of what it rests on. `stated` is whether the source says so itself;
    what is not stated is a proposal. `via` are the anchors of further words that say so (a note).
    """

    kind: ClassVar[str] = "reliance"

    rests: str | None
    rests_name: str
    on: str | None
    on_name: str
    how: str
    stated: bool
    via: tuple[Anchor, ...] = ()

    def __post_init__(self) -> None:
        Finding.__post_init__(self)
        if self.how not in HOWS:
            raise InvalidRecordError(f"{self.how!r} is no way to rest on a document", where=self.id)
