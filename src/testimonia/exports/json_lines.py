"""JSON lines: one record for each line of the source that the text has, with the places of its words."""

import json
from typing import Any, BinaryIO

from testimonia.exports.snapshot import Block, Box, EditedPage, Line, SourceEdition, Word
from testimonia.exports.weaving import edited_pages


class JsonLines:
    """One JSON object a line, for programs."""

    name = "jsonl"
    title = "JSON lines"
    media_type = "application/jsonl"
    suffix = ".jsonl"

    def export(self, edition: SourceEdition, sink: BinaryIO) -> None:
        """One record for each line, in the order of the text. Boxes are [left, top, right, bottom] on the upright page.

        `certain` is false, with its `reason`, where the words can't be trusted.
        """
        for page in edited_pages(edition):
            for block in page.blocks:
                for line in block.lines:
                    record = _record(edition, page, block, line)
                    sink.write((json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "replace"))


def _record(edition: SourceEdition, edited: EditedPage, block: Block, line: Line) -> dict[str, Any]:
    return {
        "kind": "line",
        "source": edition.source.sha256,
        "source_name": edition.source.name,
        "layer": edition.layer.name,
        "page_index": edited.page.page_index,
        "page_label": edited.page.page_label,
        "line": line.number,
        "text": line.text,
        "certain": block.uncertain is None,
        "reason": block.uncertain,
        "box": _sides(line.box),
        "words": [_word(word) for word in line.words],
    }


def _word(word: Word) -> dict[str, Any]:
    return {
        "text": word.text,
        "box": _sides(word.box),
        "confidence": word.confidence,
        "original": word.original,
        "whole": word.whole,
        "certain": word.doubt is None,
        "reason": word.doubt.reason if word.doubt is not None else None,
    }


def _sides(box: Box | None) -> list[int] | None:
    return None if box is None else [box.left, box.top, box.right, box.bottom]
