"""Plain text: every page as it would be read aloud."""

from typing import BinaryIO

from testimonia.exports.snapshot import Block, SourceEdition
from testimonia.exports.weaving import edited_pages


class PlainText:
    """UTF-8 text with a form feed between pages, lines as on the page, and an empty line between paragraphs."""

    name = "text"
    title = "plain text"
    media_type = "text/plain"
    suffix = ".txt"

    def export(self, edition: SourceEdition, sink: BinaryIO) -> None:
        """The lines of each page. A divided word keeps its hyphen; words that can't be trusted say so above them."""
        for n, page in enumerate(edited_pages(edition)):
            text = "\n".join(_block(block) for block in page.blocks)
            sink.write((("\f" if n else "") + text).encode("utf-8", "replace"))


def _block(block: Block) -> str:
    warning = f"[{block.uncertain}]\n" if block.uncertain else ""
    return warning + "".join(f"{line.text}{line.words[-1].hyphen}\n" for line in block.lines)
