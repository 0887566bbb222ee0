"""Collate versions of one text: sources of the library, or documents in them, word by word."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from threading import Lock

from testimonia.errors import InvalidRecordError, NotFoundError
from testimonia.model.collation import MOST_WITNESSES
from testimonia.model.comparison import Judgement
from testimonia.model.findings import Account, Document
from testimonia.model.layers import READING
from testimonia.model.spans import Span
from testimonia.services.catalogue import Catalogue
from testimonia.services.clock import Clock
from testimonia.services.collated import Collated, Witness
from testimonia.services.collation_records import collation_records
from testimonia.services.opened import OpenedSource
from testimonia.services.records import Record
from testimonia.services.releases import RESTORE_STEP, compare_releases
from testimonia.services.witnessing import REPAIRED, WitnessText
from testimonia.store.library import LibraryStore
from testimonia.text.anchoring import finding_id

KEPT_COLLATIONS = 8


class Collating:
    """Collations are computed when asked for, and the last ones kept in memory."""

    def __init__(self, store: LibraryStore, catalogue: Catalogue, now: Clock) -> None:
        self._store = store
        self._catalogue = catalogue
        self._now = now
        self._kept: OrderedDict[tuple[object, ...], Collated] = OrderedDict()
        self._lock = Lock()

    def collate(self, names: Sequence[str], layer: str = READING) -> Collated:
        """The versions that these names mean, side by side: sources, documents or accounts (by id) of the library.

        `layer` says which text of them: the reading text, free of running heads and broken words, with every word as
        its source has it; the same with the words that recovery repaired (`REPAIRED`), which may hide a variant; or the
        original, to the letter. A repair that an editor accepted is the editor's reading, and stays. Raises
        NotFoundError, AmbiguousError, and InvalidRecordError where there are not two to twenty versions.
        """
        if not 2 <= len(names) <= MOST_WITNESSES:
            raise InvalidRecordError(
                f"{len(names)} versions can't be collated", hint=f"Name 2 to {MOST_WITNESSES} versions of one text"
            )
        opened: dict[str, OpenedSource] = {}
        witnesses = tuple(self._witness(n, name, layer, opened) for n, name in enumerate(names))
        decisions = self._store.current_decisions()
        accepted = {name for name, judged in decisions.items() if judged.decision == "accepted"}
        texts = [WitnessText(opened[w.source], w.span, layer, accepted) for w in witnesses]
        key = tuple((w.source, w.span, t.text) for w, t in zip(witnesses, texts, strict=True))
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                found = self._kept[key] = _computed(witnesses, texts, [opened[w.source] for w in witnesses])
                self._propose(found)
                if len(self._kept) > KEPT_COLLATIONS:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
        return found

    def records(self, collated: Collated) -> Iterator[Record]:
        """The collation as printed for programs."""
        return collation_records(collated, self._store.current_decisions())

    def decisions(self) -> Mapping[str, Judgement]:
        """For each judged finding the decision that stands."""
        return self._store.current_decisions()

    def apparatus_tei(self, collated: Collated) -> bytes:
        """The collation as a TEI document with a parallel-segmented apparatus."""
        from testimonia.exports.apparatus_tei import write_apparatus

        names = [(w.siglum, w.title) for w in collated.witnesses]
        return write_apparatus(collated.collation, names, f"Collation of {', '.join(name for _, name in names)}")

    def _propose(self, collated: Collated) -> None:
        """Keep what one release shows of what another withholds, for an editor to judge."""
        if collated.releases is not None:
            versions = sorted((w.source, w.span.start, w.span.end) for w in collated.witnesses)
            scope = finding_id("collation", "", *versions)
            self._store.keep_findings(RESTORE_STEP.name, scope, collated.releases.restorations, self._now())

    def _witness(self, number: int, name: str, layer: str, opened: dict[str, OpenedSource]) -> Witness:
        part = self._part(name)
        sha256 = part.source if part is not None else self._catalogue.find_source(name).source.sha256
        source = opened.get(sha256) or opened.setdefault(sha256, OpenedSource(self._store, sha256))
        return Witness(
            siglum=chr(ord("A") + number),
            title=part.title if part is not None else source.stored.source.name,
            source=sha256,
            source_name=source.stored.source.name,
            span=_span(source, part, layer),
            document=part.id if part is not None else None,
            first_line=part.first_line if part is not None else 1,
            last_line=part.last_line if part is not None else source.lines.count,
        )

    def _part(self, name: str) -> Document | Account | None:
        """The document or account with this id, if the name is one."""
        if not name.startswith(("document-", "account-")):
            return None
        try:
            found = self._store.finding(name)
        except NotFoundError:
            return None
        return found if isinstance(found, Document | Account) else None


def _span(source: OpenedSource, part: Document | Account | None, layer: str) -> Span:
    """Which stretch of the layer is the whole source, or this part of it?"""
    layer = READING if layer == REPAIRED else layer
    if part is None:
        return Span(layer=layer, start=0, end=len(source.layer(layer).text))
    if layer == READING:
        return part.span
    return Span(layer=layer, start=source.lines.start(part.first_line), end=source.lines.end(part.last_line))


def _computed(witnesses: Sequence[Witness], texts: Sequence[WitnessText], sources: Sequence[OpenedSource]) -> Collated:
    # Numerics take longer to load than most commands to run: only where something is collated.
    from testimonia.text.collation.collating import collate

    for witness, text in zip(witnesses, texts, strict=True):
        if not text.text.strip():
            raise InvalidRecordError("this version holds no words", where=witness.title, hint="Leave it out")
    collation = collate([text.text for text in texts])
    return Collated(witnesses, collation, texts, compare_releases(collation, texts, sources))
