"""The text that a PDF page has already: whether a reader sees it, and the page without the text that nobody sees."""

from dataclasses import dataclass

from pikepdf import (
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Object,
    Page,
    parse_content_stream,
    unparse_content_stream,
)

Instruction = ContentStreamInstruction | ContentStreamInlineImage
_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
_SHOWS_NOTHING = (3, 7)
"""Text rendering modes that paint nothing (ISO 32000-2, table 104)."""
_DEEPEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnText:
    """How many times a page shows text that is seen, and text that is not, in itself and in the forms it draws.

    `bare` is the page's content without the unseen text, None where a form has it, which other pages may draw too.
    """

    seen: int
    unseen: int
    bare: bytes | None


def own_text(page: Page) -> OwnText:
    """What text does this page have of its own?"""
    if not _fonts(page.resources, 0):
        return OwnText(seen=0, unseen=0, bare=None)
    counted = _Counted()
    kept = counted.read(page.obj, page.resources, 0, 0)
    if counted.in_forms or not counted.unseen:
        return OwnText(seen=counted.seen, unseen=counted.unseen, bare=None)
    return OwnText(seen=counted.seen, unseen=counted.unseen, bare=unparse_content_stream(kept))


def _fonts(resources: Object, depth: int) -> bool:
    """Has this page, or a form that it draws, any font?"""
    if depth > _DEEPEST:
        return True
    if len(resources.get("/Font", Dictionary())):
        return True
    forms = resources.get("/XObject", Dictionary())
    return any(
        _fonts(form.get("/Resources", Dictionary()), depth + 1)
        for form in forms.values()
        if form.get("/Subtype") == "/Form"
    )


class _Counted:
    """Reads content streams and counts the text that they show."""

    def __init__(self) -> None:
        self.seen = 0
        self.unseen = 0
        self.in_forms = False

    def read(self, stream: Object, resources: Object, mode: int, depth: int) -> list[Instruction]:
        """Count the text of a stream; gives its instructions without those that show text unseen."""
        kept: list[Instruction] = []
        saved: list[int] = []
        for instruction in parse_content_stream(stream):
            operator = "" if isinstance(instruction, ContentStreamInlineImage) else str(instruction.operator)
            if operator == "q":
                saved.append(mode)
            elif operator == "Q" and saved:
                mode = saved.pop()
            elif operator == "Tr" and instruction.operands:
                mode = int(instruction.operands[0])
            elif operator in _SHOWING:
                if mode in _SHOWS_NOTHING:
                    self.unseen += 1
                    self.in_forms = self.in_forms or depth > 0
                    continue
                self.seen += 1
            elif operator == "Do" and depth < _DEEPEST:
                form = resources.get("/XObject", Dictionary()).get(str(instruction.operands[0]))
                if form is not None and form.get("/Subtype") == "/Form":
                    self.read(form, form.get("/Resources", resources), mode, depth + 1)
            kept.append(instruction)
        return kept
