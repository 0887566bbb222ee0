"""Read a source: page by page for the Reader, as runs and traces for programs."""

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from testimonia.errors import InvalidRecordError
from testimonia.model.findings import Gap
from testimonia.model.layers import ORIGINAL, READING
from testimonia.model.offset_map import Change, OffsetMap
from testimonia.model.pages import Page
from testimonia.model.spans import Anchor
from testimonia.services.opened import OpenedSource
from testimonia.services.reader_layout import lay_out
from testimonia.services.reader_page import ReaderPage, Sought
from testimonia.services.reader_roles import CERTAIN_FROM, Roles, repair_places
from testimonia.services.unsure_words import unsure_in_reading
from testimonia.store.library import LibraryStore
from testimonia.text.recovered import Paragraph

OPEN_SOURCES = 16
OPEN_CHARACTERS = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of a layer that is equally certain throughout; `reason` says why it is not, None where it is."""

    text: str
    start: int
    end: int
    certain: bool
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedPiece:
    """Where one piece of a stretch of a layer comes from.

    `start` and `end` are code points of the layer; `anchor` cites the original as received. `change` says what became
    of it on the way: kept, moved (to the letter, in another place), or replaced (then `anchor` is all that was
    replaced, also where only a part was asked for).
    """

    start: int
    end: int
    change: str
    anchor: Anchor


class Reading:
    """Texts, pages and traces of the sources of one library; the sources last read stay open."""

    def __init__(self, store: LibraryStore) -> None:
        self._store = store
        self._open: OrderedDict[str, tuple[str, OpenedSource, Roles]] = OrderedDict()
        self._lock = threading.Lock()

    def page_view(
        self, sha256: str, page_index: int | None = None, *, line: int | None = None,
        stretch: tuple[int, int] | None = None, original: bool = False,
    ) -> ReaderPage:  # fmt: skip
        """What does the Reader show of this page?

        Without `page_index`: the page where the paragraph starts that has this line of the source, or this stretch of
        the reading text; with `original`, the page where it stands. Raises NotFoundError.
        """
        opened, roles = self._opened(sha256)
        if page_index is None:
            page_index = _page_of(opened, line, stretch, original)
        sought = Sought(line=line, stretches=(stretch,) if stretch else ())
        unsure = self._unsure(opened, opened.paragraphs_of_page.get(page_index, ()))
        return lay_out(opened, roles, page_index, sought, self._store.current_decisions(), unsure)

    def gaps(self, sha256: str) -> tuple[Gap, ...]:
        """What is known to be missing from this source?"""
        return self._opened(sha256)[0].gaps

    def pages(self, sha256: str) -> tuple[Page, ...]:
        """The pages of this source, in order."""
        return self._opened(sha256)[0].pages

    def text(self, sha256: str, layer: str = READING, page_index: int | None = None, *, exact: bool = False) -> str:
        """The text of a layer, whole or of one page: of the paragraphs that start on it, or, where it is to be
        `exact`, of what stands on it. Raises NotFoundError."""
        opened, _ = self._opened(sha256)
        start, end = opened.stretch_of_page(layer, page_index, exact=exact)
        return opened.layer(layer).text[start:end]

    def runs(
        self, sha256: str, layer: str = READING, page_index: int | None = None, *, exact: bool = False
    ) -> Iterator[Run]:
        """The same text cut where its certainty changes: together the runs are the text, to the character."""
        opened, _ = self._opened(sha256)
        start, end = opened.stretch_of_page(layer, page_index, exact=exact)
        text = opened.layer(layer).text
        at = start
        for a, b, reason in self._doubts(opened, start, end) if layer == READING else ():
            a, b = max(a, at), min(b, end)
            if a >= b:
                continue
            if a > at:
                yield Run(text=text[at:a], start=at, end=a, certain=True, reason=None)
            yield Run(text=text[a:b], start=a, end=b, certain=False, reason=reason)
            at = b
        if at < end:
            yield Run(text=text[at:end], start=at, end=end, certain=True, reason=None)

    def _doubts(self, opened: OpenedSource, start: int, end: int) -> list[tuple[int, int, str]]:
        """The stretches of the reading text that are only proposed, by their start; all, and of those that an OCR
        engine was not sure of the ones in paragraphs between `start` and `end`."""
        decisions = self._store.current_decisions()
        found = [(p.start, p.end, p.uncertain) for p in opened.paragraphs if p.uncertain and not p.proposed]
        for repair in opened.repairs:
            decision = decisions.get(repair.id)
            if repair.confidence < CERTAIN_FROM and (decision is None or decision.decision != "accepted"):
                found.extend((start, end, repair.reason) for start, end in repair_places(opened, repair))
        here = (p for p in opened.paragraphs if p.start < end and p.end > start)
        found.extend((a, b, f"read with a confidence of {sure:.2f}") for a, b, sure in self._unsure(opened, here))
        return sorted(found)

    def _unsure(self, opened: OpenedSource, paragraphs: Iterable[Paragraph]) -> Iterator[tuple[int, int, float]]:
        """What on the pages of these paragraphs was the OCR engine not sure of? Each page's scan is loaded once."""
        pages = {n for p in paragraphs for n in range(p.page_index, opened.page_of_line(p.last_line).page_index + 1)}
        for n in sorted(pages):
            yield from unsure_in_reading(opened, self._store.scan(opened.sha256, n), n)

    def trace(self, sha256: str, layer: str, start: int, end: int) -> tuple[TracedPiece, ...]:
        """Where in the source as received does this stretch of a layer come from?

        In the layer's order, cut at page ends; what recovery inserted comes from nowhere and is left out. Raises
        NotFoundError for an unknown layer, InvalidRecordError for offsets outside its text.
        """
        opened, _ = self._opened(sha256)
        size = len(opened.layer(layer).text)
        if not 0 <= start <= end <= size:
            raise InvalidRecordError(
                f"there is no stretch from {start} to {end}",
                where=f"{opened.stored.source.name}, layer {layer}",
                hint=f"Its text has {size} characters",
            )
        way = OffsetMap.identity(size) if layer == ORIGINAL else opened.to_original
        return tuple(_traced(opened, way, start, end))

    def _opened(self, sha256: str) -> tuple[OpenedSource, Roles]:
        stamp = self._store.layer_hashes(READING).get(sha256, "")
        with self._lock:
            if (kept := self._open.get(sha256)) is not None and kept[0] == stamp:
                self._open.move_to_end(sha256)
                return kept[1], kept[2]
        opened = OpenedSource(self._store, sha256)
        roles = Roles(opened)
        with self._lock:
            self._open[sha256] = (stamp, opened, roles)
            self._open.move_to_end(sha256)
            while len(self._open) > 1 and (
                len(self._open) > OPEN_SOURCES or sum(o.size for _, o, _ in self._open.values()) > OPEN_CHARACTERS
            ):
                self._open.popitem(last=False)
        return opened, roles


def _page_of(opened: OpenedSource, line: int | None, stretch: tuple[int, int] | None, original: bool) -> int:
    """The page where a line or a stretch stands; in the reading text, the one where its paragraph starts."""
    if line is None and stretch is None:
        return 0
    place = stretch[0] if stretch else None
    if line is not None:
        place = next((start for start, _ in opened.line_in_reading(line)), None)
    elif place is not None:
        line = opened.line_at(place)
    paragraph = opened.paragraph_at(place) if place is not None and not original else None
    return paragraph.page_index if paragraph else opened.page_of_line(line or 1).page_index


def _traced(opened: OpenedSource, way: OffsetMap, start: int, end: int) -> Iterator[TracedPiece]:
    change, parent_start, parent_end, child_start, child_end = way.columns()
    for n in range(bisect_right(child_end, start), len(way)):
        lo, hi = max(child_start[n], start), min(child_end[n], end)
        if child_start[n] >= end:
            break
        if lo >= hi or change[n] == Change.INSERTED:
            continue
        name = Change(change[n]).name.lower()
        if change[n] == Change.REPLACED:
            yield from _pieces(opened, name, (lo, hi), (parent_start[n], parent_end[n]))
        else:
            at = parent_start[n] - child_start[n]
            yield from _pieces(opened, name, (lo, hi), (lo + at, hi + at))


def _pieces(opened: OpenedSource, change: str, here: tuple[int, int], origin: tuple[int, int]) -> Iterator[TracedPiece]:
    """One piece for each page that the origin lies on; each takes its share of the layer where text was copied."""
    at, end = origin
    copied = here[1] - here[0] == end - at
    while at < end:
        page = opened.page_of_line(opened.lines.at(at))
        stop = min(end, page.end) if page.end > at else end
        shift = here[0] - origin[0]
        yield TracedPiece(
            start=at + shift if copied else here[0],
            end=stop + shift if copied else here[1],
            change=change,
            anchor=Anchor(
                source=opened.sha256,
                layer=ORIGINAL,
                layer_sha256=opened.original.sha256,
                start=at,
                end=stop,
                first_line=opened.lines.at(at),
                last_line=opened.lines.at(stop - 1),
                page_index=page.page_index,
                page_label=page.page_label,
                quote=opened.original.text[at:stop],
            ),
        )
        at = stop
