"""PAGE XML, the format of layout analysis and of Transkribus."""

import functools
from collections.abc import Iterator

from testimonia.readers.markup import Element, local_name, root_of, set_pages, text_of
from testimonia.readers.reading import ReadSource
from testimonia.readers.setting import Box, Setting, box_of


class PageXml:
    """The lines of a PAGE file, region by region in its reading order."""

    name = "PAGE XML"
    media_types = ("application/vnd.prima.page+xml",)
    suffixes = (".xml", ".page")

    def recognises(self, head: bytes, name: str) -> bool:
        """The root element is `PcGts`."""
        root = root_of(head)
        return root is not None and root[1] == "PcGts"

    def read(self, content: bytes, *, name: str) -> ReadSource:
        """One line for a TextLine, one paragraph for a TextRegion.

        Regions come as ReadingOrder says, then those that it does not name, as they stand. A line's own text goes
        before that of its words; a region's text is taken where it has no lines with text. The boxes of words are kept,
        or of lines whose text is no longer that of their words. What is lost: alternatives beyond the first, styles.
        Raises UnreadableSourceError and its kinds. Source of the rules: PAGE 2019-07-15, ReadingOrder and TextEquiv.
        """
        setting = set_pages(content, "Page", _set_page, name=name, what="PAGE file")
        return setting.source("application/vnd.prima.page+xml")


def _set_page(page: Element, setting: Setting) -> None:
    size = box_of("0", "0", page.get("imageWidth"), page.get("imageHeight"))
    if size is not None:
        setting.page_size(size.right, size.bottom)
    for region in _in_reading_order(page):
        setting.paragraph()
        lines = [words for line in region if local_name(line) == "TextLine" if (words := _words(line))]
        for words in lines or [[(text, None)] for text in _own_text(region).splitlines()]:
            for text, box in words:
                setting.words(" ")
                setting.words(text, box)
            setting.line()
    setting.paragraph()


def _in_reading_order(page: Element) -> list[Element]:
    regions = list(page.iter("{*}TextRegion"))
    order: dict[str, int] = {}
    for group in page.iterchildren("{*}ReadingOrder"):
        for reference in _references(group):
            order.setdefault(reference, len(order))
    # A region inside a region goes where that goes; sorting is stable.
    return sorted(regions, key=lambda r: _rank(r, order))


def _rank(region: Element, order: dict[str, int]) -> int:
    for element in (region, *region.iterancestors()):
        rank = order.get(element.get("id", ""))
        if rank is not None:
            return rank
    return len(order)


def _references(group: Element) -> Iterator[str]:
    """The regions that a group names. The members of an ordered one have an index, which goes before their place."""
    stack = [group]
    while stack:
        element = stack.pop()
        reference = element.get("regionRef")
        if reference is not None:
            yield reference
        children = sorted((c for c in element if isinstance(c.tag, str)), key=lambda c: _number(c.get("index")))
        stack.extend(reversed(children))


def _number(index: str | None) -> int:
    return int(index) if index is not None and index.isascii() and index.isdecimal() and len(index) < 10 else 0


def _words(line: Element) -> list[tuple[str, Box | None]]:
    """The words of a line with their boxes; the line as one where it was corrected and its words were not."""
    own = " ".join(_own_text(line).splitlines())
    words = [(text, _box(word)) for word in line if local_name(word) == "Word" if (text := _own_text(word)).strip()]
    if not own.strip():
        return words
    if own.split() == [part for text, _ in words for part in text.split()] and any(box for _, box in words):
        return words
    return [(own, _box(line))]


def _box(element: Element) -> Box | None:
    """The box around the outline of a line or word."""
    for outline in element.iterchildren("{*}Coords"):
        points = [point.split(",") for point in outline.get("points", "").split()]
        points += [[point.get("x", ""), point.get("y", "")] for point in outline.iterchildren("{*}Point")]
        boxes = [box for p in points if len(p) == 2 and (box := box_of(p[0], p[1], p[0], p[1])) is not None]
        if boxes:
            return functools.reduce(Box.around, boxes)._replace(confidence=_sure(element))
    return None


def _sure(element: Element) -> float | None:
    for reading in element.iterchildren("{*}TextEquiv"):
        try:
            return min(max(float(reading.get("conf")), 0.0), 1.0)
        except (TypeError, ValueError):
            return None
    return None


def _own_text(element: Element) -> str:
    """The first reading of a line, word or region; '' where it has none."""
    readings = sorted((c for c in element if local_name(c) == "TextEquiv"), key=lambda c: _number(c.get("index")))
    for reading in readings:
        for kind in ("Unicode", "PlainText"):
            for text in reading.iterchildren(f"{{*}}{kind}"):
                if text_of(text).strip():
                    return text_of(text)
    return ""
