"""ALTO 4: the text and its places as libraries keep them beside their scans."""

from collections.abc import Iterator
from typing import BinaryIO

from testimonia import __version__
from testimonia.exports.markup import attributes, decimal, escaped
from testimonia.exports.snapshot import Box, EditedPage, Line, SourceEdition, Word
from testimonia.exports.weaving import edited_pages

_ORIGINAL = "as received"


class Alto:
    """ALTO 4.4, all pages in one file."""

    name = "alto"
    title = "ALTO"
    media_type = "application/alto+xml"
    suffix = ".alto.xml"

    def export(self, edition: SourceEdition, sink: BinaryIO) -> None:
        """A TextBlock for a paragraph, a TextLine for a line, a String for a word.

        A word divided at a line's end names the whole (SUBS_CONTENT), with the hyphen that the text has left out as
        HYP. What was received instead of a word is its ALTERNATIVE. WC is how sure the engine was, 0 where the words
        can't be trusted. Words and lines of which no place is known stand without one. Source of the rules: ALTO 4.4.
        """
        for part in _file(edition):
            sink.write(part.encode("utf-8"))


def _file(edition: SourceEdition) -> Iterator[str]:
    engines = _engines(edition)
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#" SCHEMAVERSION="4.4">\n'
        "<Description>\n<MeasurementUnit>pixel</MeasurementUnit>\n"
        f"<sourceImageInformation><fileName>{escaped(edition.source.name)}</fileName>"
        f'<fileIdentifier fileIdentifierLocation="SHA-256">{edition.source.sha256}</fileIdentifier>'
        "</sourceImageInformation>\n"
    )
    for engine, ref in engines.items():
        yield _processing(ref, "contentGeneration", engine, None)
    yield _processing("text", "contentModification", "Testimonia", __version__)
    yield "</Description>\n<Layout>\n"
    for page in edited_pages(edition):
        yield from _page(page, engines)
    yield "</Layout>\n</alto>\n"


def _engines(edition: SourceEdition) -> dict[str, str]:
    """The engines that read the pages, each with its ID in the file."""
    scans = (edition.scan(page.page_index) for page in edition.pages)
    names = sorted({scan.engine for scan in scans if scan is not None and scan.engine})
    return {name: f"engine_{n}" for n, name in enumerate(names, 1)}


def _processing(ref: str, category: str, name: str, version: str | None) -> str:
    said = f"<softwareVersion>{escaped(version)}</softwareVersion>" if version else ""
    return (
        f'<Processing ID="{ref}"><processingCategory>{category}</processingCategory>'
        f"<processingSoftware><softwareName>{escaped(name)}</softwareName>{said}</processingSoftware></Processing>\n"
    )


def _page(edited: EditedPage, engines: dict[str, str]) -> Iterator[str]:
    page, scan = edited.page, edited.scan
    number = page.page_index + 1
    refs = " ".join(([engines[scan.engine]] if scan is not None and scan.engine else []) + ["text"])
    known = attributes(
        ID=f"page_{number}",
        WIDTH=scan.width if scan is not None else None,
        HEIGHT=scan.height if scan is not None else None,
        PHYSICAL_IMG_NR=number,
        PRINTED_IMG_NR=page.page_label,
        PC=decimal(scan.confidence) if scan is not None else None,
        PROCESSINGREFS=refs,
    )
    yield f"<Page{known}>\n"
    if not edited.blocks:
        yield "<PrintSpace/>\n</Page>\n"
        return
    yield "<PrintSpace>\n"
    for n, block in enumerate(edited.blocks, 1):
        yield f'<TextBlock ID="block_{number}_{n}"{_place(_around(block.lines))}>\n'
        yield from (_line(line) for line in block.lines)
        yield "</TextBlock>\n"
    yield "</PrintSpace>\n</Page>\n"


def _around(lines: tuple[Line, ...]) -> Box | None:
    return Line(number=0, words=tuple(Word(text="", box=line.box) for line in lines)).box


def _line(line: Line) -> str:
    words = "<SP/>".join(_word(word) for word in line.words)
    hyphen = line.words[-1].hyphen
    end = f"<HYP{attributes(CONTENT=hyphen)}/>" if hyphen else ""
    return f"<TextLine{_place(line.box)}>{words}{end}</TextLine>\n"


def _word(word: Word) -> str:
    """A String; the words of a box around a whole line are one each, and only the line says where they stand."""
    if " " in word.text:
        sure = attributes(WC=decimal(word.confidence))
        return "<SP/>".join(f"<String{attributes(CONTENT=text)}{sure}/>" for text in word.text.split(" "))
    said = attributes(
        CONTENT=word.text,
        SUBS_TYPE=f"HypPart{word.part}" if word.part else None,
        SUBS_CONTENT=word.whole,
        WC=decimal(word.confidence),
    )
    if word.original is None:
        return f"<String{_place(word.box)}{said}/>"
    other = f'<ALTERNATIVE PURPOSE="{_ORIGINAL}">{escaped(word.original)}</ALTERNATIVE>'
    return f"<String{_place(word.box)}{said}>{other}</String>"


def _place(box: Box | None) -> str:
    if box is None:
        return ""
    return attributes(HPOS=box.left, VPOS=box.top, WIDTH=box.right - box.left, HEIGHT=box.bottom - box.top)
