"""The XML of ABBYY FineReader, as the Internet Archive gives it for its older books."""

import functools
from collections.abc import Iterator, Sequence

from testimonia.readers.markup import Element, local_name, root_of, set_pages, text_of
from testimonia.readers.reading import ReadSource
from testimonia.readers.setting import Box, Setting, box_of


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

        Cells of tables are paragraphs, row by row. The boxes of words are kept, with the
        confidence of their characters. What is lost: fonts.
        Raises UnreadableSourceError and its kinds.
        """
        setting = set_pages(content, "page", _set_page, name=name, what="ABBYY file")
        return setting.source("application/vnd.abbyy.finereader+xml")


def _set_page(page: Element, setting: Setting) -> None:
    size = box_of("0", "0", page.get("width"), page.get("height"))
    if size is not None:
        setting.page_size(size.right, size.bottom)
    for element in page.iter("{*}par", "{*}line"):
        if local_name(element) == "par":
            setting.paragraph()
            continue
        setting.line()
        for text, box in _words(element):
            setting.words(text, box)
        setting.line()
    setting.paragraph()


def _words(line: Element) -> Iterator[tuple[str, Box | None]]:
    """The words of a line with their boxes, and the spaces between."""
    characters = list(line.iter("{*}charParams"))
    if not characters:
        yield text_of(line), _box(line)
        return
    word, boxes = "", list[Box]()
    for character in characters:
        text = text_of(character) or " "  # a space may be written as an empty element
        if text.isspace():
            yield word, _around(boxes)
            yield text, None
            word, boxes = "", []
            continue
        word += text
        if (box := _box(character)) is not None:
            boxes.append(box)
    yield word, _around(boxes)


def _around(boxes: Sequence[Box]) -> Box | None:
    """The box around the characters of a word, as sure as they are on average."""
    if not boxes:
        return None
    sure = [box.confidence for box in boxes if box.confidence is not None]
    whole = functools.reduce(Box.around, boxes)
    return whole._replace(confidence=round(sum(sure) / len(sure), 4) if sure else None)


def _box(element: Element) -> Box | None:
    said = element.get("charConfidence", "")
    sure = int(said) / 100 if said.isascii() and said.isdecimal() and len(said) < 4 else None
    return box_of(element.get("l"), element.get("t"), element.get("r"), element.get("b"), sure)
