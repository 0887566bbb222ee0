"""What a store can tell of mentions of names: a part of the protocol of `LibraryStore`."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from testimonia.model.names import MentionCount


class MentionStore(Protocol):
    """Mentions counted and listed by whom they name, as steps found it, without reading the findings themselves."""

    def mention_counts(self, source: str | None = None) -> tuple[MentionCount, ...]:
        """How often each entity is mentioned in which form, in one source or in all, by source and entity.

        Raises NotFoundError for a source that is not there.
        """

    def mention_keys(self, mentions: Sequence[str]) -> Mapping[str, MentionCount]:
        """Of each of these mentions (ids of names) that is there: whom it names and in which form, counted once."""

    def mention_ids(
        self, entity: str, limit: int, offset: int = 0, without: Sequence[str] = ()
    ) -> tuple[str, ...]:  # fmt: skip
        """The ids of so many mentions that steps gave this entity, in the order of sources and places; those `without`
        are left out before anything is counted."""
