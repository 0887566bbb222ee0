"""PAGE XML, the format of layout analysis and of Transkribus."""

from collections.abc import Iterator

from testimonia.readers.markup import Element, local_name, root_of, set_pages, text_of
from testimonia.readers.reading import ReadSource
from testimonia.readers.setting import Setting


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
        before that of its words; a region's text is taken where it has no lines with text. What is lost: alternatives
        beyond the first, styles, positions. Raises UnreadableSourceError and its kinds. Source of the rules: PAGE
        2019-07-15, ReadingOrder and TextEquiv.
        """
        setting = set_pages(content, "Page", _set_page, name=name, what="PAGE file")
        return setting.source("application/vnd.prima.page+xml")


def _set_page(page: Element, setting: Setting) -> None:
    for region in _in_reading_order(page):
        setting.paragraph()
        lines = [text for line in region if local_name(line) == "TextLine" if (text := _text(line)).strip()]
        for text in lines or _own_text(region).splitlines():
            setting.words(text)
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


def _text(line: Element) -> str:
    own = _own_text(line)
    if own.strip():
        return " ".join(own.splitlines())
    return " ".join(_own_text(word) for word in line if local_name(word) == "Word")


def _own_text(element: Element) -> str:
    """The first reading of a line, word or region; '' where it has none."""
    readings = sorted((c for c in element if local_name(c) == "TextEquiv"), key=lambda c: _number(c.get("index")))
    for reading in readings:
        for kind in ("Unicode", "PlainText"):
            for text in reading.iterchildren(f"{{*}}{kind}"):
                if text_of(text).strip():
                    return text_of(text)
    return ""
