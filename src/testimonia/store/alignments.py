"""What a store can do with alignments: a part of the protocol of `LibraryStore`."""

from typing import Protocol

from testimonia.model.alignment import Act, Alignment, Proposal


class AlignmentStore(Protocol):
    """Proposals as editors met them, alignments, and their acts: rows that are added and never changed."""

    def keep_proposal(self, proposal: Proposal) -> str:
        """Keep a proposal; gives its key, the same for the same proposal."""

    def proposal(self, key: str) -> Proposal:
        """The proposal of this key. Raises NotFoundError."""

    def keep_alignment(self, alignment: Alignment) -> None:
        """Add an alignment. Raises InvalidRecordError where its id is taken, NotFoundError without its proposal."""

    def alignments(self) -> tuple[Alignment, ...]:
        """All alignments, oldest first."""

    def keep_act(self, act: Act) -> None:
        """Add an act. Raises NotFoundError where there is no such alignment, or nothing in it to be undone;
        InvalidRecordError where its id is taken."""

    def acts(self, alignment: str) -> tuple[Act, ...]:
        """The acts of an alignment, oldest first."""
