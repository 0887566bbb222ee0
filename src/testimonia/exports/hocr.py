"""hOCR: the text and its places as HTML, for viewers and correction tools."""

from collections.abc import Iterator
from typing import BinaryIO

from testimonia import __version__
from testimonia.exports.markup import attributes, decimal, escaped
from testimonia.exports.snapshot import Box, EditedPage, Line, SourceEdition, Word
from testimonia.exports.weaving import edited_pages

_SOFT_HYPHEN = "\u00ad"
_CAPABILITIES = "ocr_page ocr_par ocr_line ocrx_word ocrp_wconf"


class Hocr:
    """hOCR 1.2 as XHTML, all pages in one file."""

    name = "hocr"
    title = "hOCR"
    media_type = "text/vnd.hocr+html"
    suffix = ".hocr"

    def export(self, edition: SourceEdition, sink: BinaryIO) -> None:
        """One ocr_page for each page, ocr_par for a paragraph, ocr_line for a line, ocrx_word for a word with a place.

        A hyphen that the text has left out is a soft hyphen. Lines of which no place is known stand without one. How
        sure the engine was of a word is `x_wconf` (0 to 100), 0 where the words can't be trusted. Source of the rules:
        hOCR 1.2, sections 3 to 8.
        """
        for part in _file(edition):
            sink.write(part.encode("utf-8"))


def _file(edition: SourceEdition) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n'
        f'<meta charset="utf-8"/>\n<title>{escaped(edition.source.name)}</title>\n'
        f'<meta name="ocr-system" content="Testimonia {__version__}"/>\n'
        f'<meta name="ocr-capabilities" content="{_CAPABILITIES}"/>\n'
        f'<meta name="ocr-number-of-pages" content="{len(edition.pages)}"/>\n</head>\n<body>\n'
    )
    for page in edited_pages(edition):
        yield from _page(edition, page)
    yield "</body>\n</html>\n"


def _page(edition: SourceEdition, edited: EditedPage) -> Iterator[str]:
    number = edited.page.page_index + 1
    yield f'<div class="ocr_page" id="page_{number}"{attributes(title=_of_page(edition, edited))}>\n'
    for n, block in enumerate(edited.blocks, 1):
        yield f'<p class="ocr_par" id="par_{number}_{n}"{attributes(title=_reason(block.uncertain))}>\n'
        yield from (_line(line) for line in block.lines)
        yield "</p>\n"
    yield "</div>\n"


def _of_page(edition: SourceEdition, edited: EditedPage) -> str:
    name = _quoted(edition.source.name)
    page, scan = edited.page, edited.scan
    found = [
        f"image {name}" if len(edition.pages) == 1 else f'x_source {name} "page {page.page_index + 1}"',
        f"ppageno {page.page_index}",
    ]
    if page.page_label:
        found.append(f"lpageno {_quoted(page.page_label)}")
    if scan is not None:
        found.insert(1, f"bbox 0 0 {scan.width} {scan.height}")
        if scan.engine:
            found.append(f"x_engine {_quoted(scan.engine)}")
        if scan.confidence is not None:
            found.append(f"x_pconf {decimal(100 * scan.confidence)}")
        if scan.turned_deg:
            found.append(f"x_turned {scan.turned_deg}")
    return "; ".join(found)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "'").replace(";", ",").replace("\n", " ") + '"'


def _reason(uncertain: str | None) -> str | None:
    return f"x_uncertain {_quoted(uncertain)}" if uncertain else None


def _line(line: Line) -> str:
    box = line.box
    words = "".join(f" {_word(word)}" if n else _word(word) for n, word in enumerate(line.words))
    return f'<span class="ocr_line"{attributes(title=_place(box))}>{words}</span>\n'


def _word(word: Word) -> str:
    text = escaped(word.text + (_SOFT_HYPHEN if word.hyphen else ""))
    if word.box is None and word.confidence is None:
        return text
    sure = None if word.confidence is None else f"x_wconf {decimal(100 * word.confidence)}"
    title = "; ".join(part for part in (_place(word.box), sure) if part)
    return f'<span class="ocrx_word"{attributes(title=title)}>{text}</span>'


def _place(box: Box | None) -> str | None:
    return None if box is None else f"bbox {box.left} {box.top} {box.right} {box.bottom}"
