"""The XML of ABBYY FineReader, as the Internet Archive gives it for its older books."""

from testimonia.readers.markup import Element, local_name, root_of, set_pages, text_of
from testimonia.readers.reading import ReadSource
from testimonia.readers.setting import Setting


class Abbyy:
    """The lines of FineReader's XML (schemas 6 to 10), block by block in the order of the file."""

    name = "ABBYY XML"
    media_types = ("application/vnd.abbyy.finereader+xml",)
    suffixes = (".xml",)

    def recognises(self, head: bytes, name: str) -> bool:
        """The root element is `document` in one of FineReader's namespaces."""
        root = root_of(head)
        return root is not None and root[1] == "document" and "abbyy" in root[0].lower()

    def read(self, content: bytes, *, name: str) -> ReadSource:
        """One line for a line, one paragraph for a par; the '¬' of a divided word stays.

        Cells of tables are paragraphs, row by row. What is lost: fonts, confidence, positions.
        Raises UnreadableSourceError and its kinds.
        """
        setting = set_pages(content, "page", _set_page, name=name, what="ABBYY file")
        return setting.source("application/vnd.abbyy.finereader+xml")


def _set_page(page: Element, setting: Setting) -> None:
    for element in page.iter("{*}par", "{*}line"):
        if local_name(element) == "par":
            setting.paragraph()
            continue
        setting.line()
        setting.words(_line(element))
        setting.line()
    setting.paragraph()


def _line(line: Element) -> str:
    characters = list(line.iter("{*}charParams"))
    # A space may be written as an empty element.
    return "".join(text_of(c) or " " for c in characters) if characters else text_of(line)
