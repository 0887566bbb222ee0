"""Plain text: every page as it would be read aloud."""

from typing import BinaryIO

from testimonia.exports.snapshot import Block, Line, SourceEdition
from testimonia.exports.weaving import edited_pages


class PlainText:
    """UTF-8 text with a form feed between pages, lines as on the page, and an empty line between paragraphs."""

    name = "text"
    title = "plain text"
    media_type = "text/plain"
    suffix = ".txt"

    def export(self, edition: SourceEdition, sink: BinaryIO) -> None:
        """The lines of each page. A divided word keeps its hyphen; words that can't be trusted say so above them,
        and one guessed from glyphs stands in brackets with a question mark."""
        for n, page in enumerate(edited_pages(edition)):
            text = "\n".join(_block(block) for block in page.blocks)
            sink.write((("\f" if n else "") + text).encode("utf-8", "replace"))


def _block(block: Block) -> str:
    warning = f"[{block.uncertain}]\n" if block.uncertain else ""
    return warning + "".join(f"{_line(line)}\n" for line in block.lines)


def _line(line: Line) -> str:
    """A word that is a guess stands in brackets with a question mark, as editors print a conjecture."""
    guessed = (word.doubt is not None and word.doubt.garbled for word in line.words)
    told = ((word.text, word.text.strip("[]"), guess) for word, guess in zip(line.words, guessed, strict=True))
    words = (f"[{bare}?]" if guess else text for text, bare, guess in told)
    return " ".join(words) + line.words[-1].hyphen
