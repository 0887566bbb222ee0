"""Put what was read from the images of pages in the place of their empty lines."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from testimonia.model.scans import Boxes, PageScan, PageText
from testimonia.readers.reading import ReadNotice, ReadSource

NO_ENGINE = "no-ocr-engine"
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """One page in its new text: its boxes count from its start, its notices are about it as a whole."""

    text: str
    scan: PageScan | None
    told: tuple[tuple[str, str], ...] = ()


def assembled(read: ReadSource, texts: Sequence[PageText]) -> ReadSource:
    """The source with these texts in the place of the empty lines of their pages, everything else moved along.

    A page that could not be read, or was not, keeps its empty line, and a notice says so. `unread` of what is given
    back are the pages that were not read yet.
    """
    starts = read.page_starts or (0,)
    ends = (*starts[1:], len(read.text))
    by_page = {text.page_index: text for text in texts}
    scans = {scan.page_index: scan for scan in read.scans}
    unread = frozenset(read.unread)
    parts: list[str] = []
    new_starts: list[int] = []
    new_scans: list[PageScan] = []
    told: list[ReadNotice] = []
    moves: list[tuple[int, int]] = []
    length = 0
    for n, (start, end) in enumerate(zip(starts, ends, strict=True)):
        scan = scans.get(n)
        if n in unread:
            page = _page(n, len(starts), by_page.get(n), scan)
        else:
            moved = None if scan is None else replace(scan, boxes=_boxes(scan).moved(-start))
            page = _Page(text=read.text[start:end], scan=moved)
        if page.scan is not None:
            new_scans.append(replace(page.scan, boxes=_boxes(page.scan).moved(length)))
        told.extend(ReadNotice(code=code, message=message, offset=length) for code, message in page.told)
        new_starts.append(length)
        moves.append((start, length))
        parts.append(page.text)
        length += len(page.text)
    return replace(
        read,
        text="".join(parts),
        page_starts=None if read.page_starts is None else tuple(new_starts),
        notices=(*_moved(read.notices, moves, unread), *_summed(texts), *told),
        scans=tuple(new_scans),
        unread=tuple(n for n in read.unread if n not in by_page or by_page[n].state != "read"),
    )


def _boxes(scan: PageScan) -> Boxes:
    return scan.boxes if isinstance(scan.boxes, Boxes) else Boxes(scan.boxes)


def _moved(
    notices: Sequence[ReadNotice], moves: Sequence[tuple[int, int]], unread: frozenset[int]
) -> Iterator[ReadNotice]:
    """The reader's own notices where their places now are; those about an unread page stand at its start."""
    for notice in notices:
        if notice.offset is None:
            yield notice
            continue
        n = bisect_right(moves, notice.offset, key=lambda move: move[0]) - 1
        start, now = moves[n]
        yield replace(notice, offset=now if n in unread else now + notice.offset - start)


def _page(n: int, count: int, text: PageText | None, scan: PageScan | None) -> _Page:
    which = f"Page {n + 1}" if count > 1 else "The page"
    if text is None:
        message = f"{which} can't be read: no OCR engine is here (`testimonia doctor` says how to add one)."
        return _Page(text="\n", scan=scan, told=((NO_ENGINE, message),))
    if text.state == "read":
        return _Page(text=text.text, scan=text.scan)
    if text.state == "blank":
        told = ("blank-page", f"{which} is blank: nothing is printed on its image.")
    else:
        told = ("unreadable-page", f"{which} can't be read from its image: {text.reason.rstrip('.')}.")
    return _Page(text="\n", scan=text.scan or scan, told=(told,))


def _summed(texts: Sequence[PageText]) -> Iterator[ReadNotice]:
    """Which engine read how many pages, and which of them lay turned?"""
    read = [text.scan for text in texts if text.state == "read" and text.scan is not None]
    for engine in sorted({scan.engine for scan in read if scan.engine}):
        own = [scan for scan in read if scan.engine == engine]
        sure = sum(scan.confidence or 0.0 for scan in own) / len(own)
        pages = f"{len(own)} page{'s' if len(own) > 1 else ''}"
        message = f"Read from the image by {engine}: {pages}, with a confidence of {sure:.2f} on average."
        yield ReadNotice(code="read-from-image", message=message)
    turned = [f"{scan.page_index + 1} ({scan.turned_deg}°)" for scan in read if scan.turned_deg]
    if turned:
        more = f" and {len(turned) - _MOST_NAMED} more" if len(turned) > _MOST_NAMED else ""
        message = f"Turned upright before it was read: page {', '.join(turned[:_MOST_NAMED])}{more}."
        yield ReadNotice(code="turned-page", message=message)


def engines_of(scans: Sequence[PageScan]) -> tuple[str, ...]:
    """Which engines read some page of these? Sorted."""
    return tuple(sorted({scan.engine for scan in scans if scan.engine}))
