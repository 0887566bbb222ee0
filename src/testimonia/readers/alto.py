"""ALTO, the OCR format of libraries (versions 1 to 4)."""

from testimonia.readers.markup import Element, local_name, root_of, set_pages
from testimonia.readers.reading import ReadSource
from testimonia.readers.setting import Box, Setting, box_of

_SOFT_HYPHEN = "\u00ad"
_HYPHENS = ("-", "‐", "‑", "¬", "=", "⸗", _SOFT_HYPHEN)


class Alto:
    """The lines of an ALTO file, block by block in the order of the file, margins included."""

    name = "ALTO"
    media_types = ("application/alto+xml",)
    suffixes = (".xml", ".alto")

    def recognises(self, head: bytes, name: str) -> bool:
        """The root element is `alto`, in the namespace of any version or in none."""
        root = root_of(head)
        return root is not None and root[1] == "alto"

    def read(self, content: bytes, *, name: str) -> ReadSource:
        """One line for a TextLine, one paragraph for a TextBlock, one page for a Page.

        The hyphen of a divided word is the file's own (HYP); where the file has none but says that the word goes on
        (HypPart1), it is a soft hyphen. The boxes of its words are kept, or of its lines where words have none.
        What is lost: alternatives, styles. Raises UnreadableSourceError
        and its kinds. Source of the rules: ALTO 4.4, elements String, SP and HYP.
        """
        return set_pages(content, "Page", _set_page, name=name, what="ALTO file").source("application/alto+xml")


def _set_page(page: Element, setting: Setting) -> None:
    setting.page_size(*_size(page))
    for element in page.iter("{*}TextBlock", "{*}TextLine"):
        if local_name(element) == "TextBlock":
            setting.paragraph()
            continue
        setting.line()
        for text, box in _line(element):
            setting.words(" ")
            setting.words(text, box)
        setting.line()
    setting.paragraph()


def _size(page: Element) -> tuple[int, int]:
    """Width and height of the page, or of its print space; 0 where the file does not say."""
    for element in (page, next(page.iter("{*}PrintSpace"), None)):
        if element is not None and (box := box_of("0", "0", element.get("WIDTH"), element.get("HEIGHT"))) is not None:
            return box.right, box.bottom
    return 0, 0


def _line(line: Element) -> list[tuple[str, Box | None]]:
    """The words of a line, its hyphen with the last of them, and their boxes."""
    words: list[tuple[str, Box | None]] = []
    last = None
    for part in line:
        kind = local_name(part)
        if kind == "String":
            words.append((part.get("CONTENT", ""), _box(part)))
            last = part
        elif kind == "HYP":
            text, box = words.pop() if words else ("", None)
            own = _box(part)
            words.append((text + (part.get("CONTENT") or _SOFT_HYPHEN), box.around(own) if box and own else box or own))
    if words and last is not None and last.get("SUBS_TYPE") == "HypPart1":
        text, box = words[-1]
        if text and not text.endswith(_HYPHENS):
            words[-1] = text + _SOFT_HYPHEN, box
    if words and all(box is None for _, box in words):
        whole = _box(line)
        return [(" ".join(text for text, _ in words), whole)]
    return words


def _box(element: Element) -> Box | None:
    try:
        left, top = float(element.get("HPOS")), float(element.get("VPOS"))
        right, bottom = left + float(element.get("WIDTH")), top + float(element.get("HEIGHT"))
    except (TypeError, ValueError):
        return None
    return box_of(left, top, right, bottom, _sure(element.get("WC")))


def _sure(said: str | None) -> float | None:
    try:
        return None if said is None else float(said)
    except ValueError:
        return None
