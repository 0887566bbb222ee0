"""What models outside have proposed about the points of comparisons."""

from collections.abc import Mapping

from testimonia.model.opinions import Opinion
from testimonia.store.library import LibraryStore


class Opinions:
    """The second opinions that were asked for. They change nothing: they are shown beside what they are about."""

    def __init__(self, store: LibraryStore) -> None:
        self._store = store

    def by_point(self) -> Mapping[str, tuple[Opinion, ...]]:
        """The opinions that no editor has rejected, by the id of their point, in the order of their ids."""
        found = sorted(self._store.findings(Opinion), key=lambda o: (o.point, o.about, o.id))
        if not found:
            return {}
        decisions = self._store.current_decisions()
        by_point: dict[str, tuple[Opinion, ...]] = {}
        for one in found:
            decision = decisions.get(one.id)
            if decision is None or decision.decision != "rejected":
                by_point[one.point] = (*by_point.get(one.point, ()), one)
        return by_point
