"""The hidden text of DjVu as XML: the '_djvu.xml' that the Internet Archive gives with every book."""

from testimonia.readers.markup import Element, local_name, root_of, set_pages, text_of
from testimonia.readers.reading import ReadSource
from testimonia.readers.setting import Box, Setting, box_of


class DjvuXml:
    """The lines of a DjVu book, page by page."""

    name = "DjVu XML"
    media_types = ("application/vnd.djvu+xml",)
    suffixes = (".xml",)

    def recognises(self, head: bytes, name: str) -> bool:
        """The root element is `DjVuXML`."""
        root = root_of(head)
        return root is not None and root[1] == "DjVuXML"

    def read(self, content: bytes, *, name: str) -> ReadSource:
        """One line for a LINE, one paragraph for a PARAGRAPH, one page for an OBJECT; the boxes of words are kept.

        Raises UnreadableSourceError and its kinds.
        """
        setting = set_pages(content, "OBJECT", _set_page, name=name, what="DjVu file")
        return setting.source("application/vnd.djvu+xml")


def _set_page(page: Element, setting: Setting) -> None:
    size = box_of("0", "0", page.get("width"), page.get("height"))
    if size is not None:
        setting.page_size(size.right, size.bottom)
    for element in page.iter("{*}PARAGRAPH", "{*}LINE"):
        if local_name(element) == "PARAGRAPH":
            setting.paragraph()
            continue
        setting.line()
        for word in element.iter("{*}WORD"):
            setting.words(" ")
            setting.words(text_of(word), _box(word))
        setting.line()
    setting.paragraph()


def _box(word: Element) -> Box | None:
    """`coords` are left, bottom, right, top and the base line, counted from the top left corner."""
    sides = word.get("coords", "").split(",")
    return box_of(sides[0], sides[3], sides[2], sides[1]) if len(sides) >= 4 else None
