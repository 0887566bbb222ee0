"""ALTO, the OCR format of libraries (versions 1 to 4)."""

from testimonia.readers.markup import Element, local_name, root_of, set_pages
from testimonia.readers.reading import ReadSource
from testimonia.readers.setting import Setting

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
        (HypPart1), it is a soft hyphen. What is lost: alternatives, styles, positions. Raises UnreadableSourceError
        and its kinds. Source of the rules: ALTO 4.4, elements String, SP and HYP.
        """
        return set_pages(content, "Page", _set_page, name=name, what="ALTO file").source("application/alto+xml")


def _set_page(page: Element, setting: Setting) -> None:
    for element in page.iter("{*}TextBlock", "{*}TextLine"):
        if local_name(element) == "TextBlock":
            setting.paragraph()
            continue
        setting.line()
        setting.words(_line(element))
        setting.line()
    setting.paragraph()


def _line(line: Element) -> str:
    parts: list[str] = []
    last = None
    for part in line:
        kind = local_name(part)
        if kind == "String":
            parts += (" ", part.get("CONTENT", ""))
            last = part
        elif kind == "HYP":
            parts.append(part.get("CONTENT") or _SOFT_HYPHEN)
    text = "".join(parts).strip(" ")
    if last is not None and last.get("SUBS_TYPE") == "HypPart1" and text and not text.endswith(_HYPHENS):
        text += _SOFT_HYPHEN
    return text
