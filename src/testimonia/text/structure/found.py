"""What the structure step hands on."""

from dataclasses import dataclass

from testimonia.model.findings import Account, Document, Gap, Mark, Note, Notice, Redaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The parts of one source, each kind in the order of the source.

    Parents stand before their children among the documents.
    """

    documents: tuple[Document, ...]
    accounts: tuple[Account, ...]
    notes: tuple[Note, ...]
    gaps: tuple[Gap, ...]
    redactions: tuple[Redaction, ...]
    marks: tuple[Mark, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The accounts of one article, their documents (one each, in the same order), and the marks that frame them."""

    accounts: tuple[Account, ...]
    documents: tuple[Document, ...]
    marks: tuple[Mark, ...]
