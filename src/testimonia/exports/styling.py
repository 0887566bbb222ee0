"""Citations and entries of a bibliography in the form that a style of the Citation Style Language gives them.

Source of the rules: Citation Style Language 1.0.2. A style is a file of anybody's: it is read without entities, without
network, and refused where it would work without end; its text is never markup.
"""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

from lxml import etree

from testimonia.errors import NotFoundError, TestimoniaError
from testimonia.model.citations import Reference
from testimonia.text.csl import csl_item

STYLE_BYTES = 2_000_000
"""A style is not read when it is larger; the largest that are in use have 150,000."""
DEFAULT_STYLE = "notes"
_OWN = ("notes", "author-date")
_OF_CITEPROC = ("harvard-cite-them-right",)
_CSL = "{http://purl.org/net/xbiblio/csl}"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ELEMENTS = 20_000
"""How many elements a style may have once each macro stands where it is called."""
_STARTS, _ENDS = "\ue0f0", "\ue0f1"
_MARKS = re.compile(f"[{_STARTS}{_ENDS}]")
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ue0f0\ue0f1\u2028\u2029\s]+")


class StyleError(TestimoniaError):
    """The file is no style, or one that can't be worked with."""

    code = "style"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of a formatted reference, set in italics or not."""

    text: str
    italic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Formatted:
    """A reference as its style has it: its entry in a bibliography, and how it is cited in text or a note.

    Where the style says nothing of it, both are the words as printed, and `by_style` is False.
    """

    reference: Reference
    entry: tuple[Run, ...]
    citation: tuple[Run, ...]
    by_style: bool = True

    @property
    def text(self) -> str:
        """The entry without its italics."""
        return "".join(run.text for run in self.entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationStyle:
    """A style that was read and found fit: what it is called, and its file."""

    name: str
    content: bytes


def style_names() -> tuple[str, ...]:
    """The styles that need no file.

    >>> style_names()
    ('notes', 'author-date', 'harvard-cite-them-right')
    """
    return (*_OWN, *_OF_CITEPROC)


def named_style(name: str) -> CitationStyle:
    """A style that comes with this package, or with citeproc-py. Raises NotFoundError, which lists them."""
    if name in _OWN:
        return CitationStyle(name=name, content=(files("testimonia.exports") / f"styles/{name}.csl").read_bytes())
    if name in _OF_CITEPROC:
        return CitationStyle(name=name, content=(files("citeproc") / f"data/styles/{name}.csl").read_bytes())
    listed = ", ".join(style_names())
    raise NotFoundError(f"there is no style {name[:60]!r}", hint=f"There are {listed}; or give the name of a .csl file")


def style_of_file(content: bytes, name: str) -> CitationStyle:
    """A style from the bytes of a .csl file. Raises StyleError where it is none, or would work without end."""
    if len(content) > STYLE_BYTES:
        raise StyleError("the style is too large", where=name, hint=f"Styles have at most {STYLE_BYTES:,} bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise StyleError(f"the style is not XML ({str(error)[:120]})", where=name, hint="Give a .csl file") from error
    if root.getroottree().docinfo.doctype:
        raise StyleError("the style declares entities or a document type", where=name, hint="Take those lines out")
    if root.tag != f"{_CSL}style":
        raise StyleError("the file is XML, but no CSL style", where=name, hint="Give a .csl file")
    if root.find(f"{_CSL}citation/{_CSL}layout") is None:
        hint = "It may be a dependent style: give the style that its link rel='independent-parent' names"
        raise StyleError("the style has no layout of its own", where=name, hint=hint)
    if not _LANGUAGE.fullmatch(root.get("default-locale", "en-US")):
        raise StyleError(
            "the default-locale of the style is no language", where=name, hint="Correct it, or take it out"
        )
    _require_bounded(root, name)
    return CitationStyle(name=name, content=content)


def _require_bounded(root: Any, name: str) -> None:
    """Refuse a style whose macros call themselves, or grow beyond use when each stands where it is called."""
    macros = {macro.get("name"): macro for macro in root.iterfind(f"{_CSL}macro")}
    sizes: dict[str, int] = {}

    def size(element: Any, within: tuple[str, ...]) -> int:
        total = 0
        for part in element.iter():
            total += 1
            called = part.get("macro") if isinstance(part.tag, str) else None
            if called is None:
                continue
            if called in within:
                raise StyleError(f"its macro {called[:40]!r} calls itself", where=name, hint="Correct the style")
            if called not in macros:
                raise StyleError(
                    f"it calls a macro {called[:40]!r} that it has not", where=name, hint="Correct the style"
                )
            if len(within) > 100:
                raise StyleError("its macros are nested too deep", where=name, hint="Correct the style")
            if called not in sizes:
                sizes[called] = size(macros[called], (*within, called))
            total += sizes[called]
            if total > _ELEMENTS:
                raise StyleError("its macros call one another too often", where=name, hint="Correct the style")
        return total

    for top in root:
        if isinstance(top.tag, str) and top.tag != f"{_CSL}macro":
            size(top, ())


def format_references(references: Sequence[Reference], style: CitationStyle) -> tuple[Formatted, ...]:
    """The references as this style has them, in the order that it sorts a bibliography into.

    A style that numbers its references numbers them in that order. Each is formatted by itself, so that one that the
    style fails at is left as printed and spoils no other. Raises StyleError.
    """
    if not references:
        return ()
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
    from citeproc.source.json import CiteProcJSON

    fit = style_of_file(style.content, style.name)
    by_id = {reference.id.lower(): reference for reference in references}
    try:
        made = CitationStylesStyle(io.BytesIO(fit.content), validate=False)
        source = CiteProcJSON([_clean(_item(reference)) for reference in references])
        bibliography = CitationStylesBibliography(made, source, _FORMATTER)
        cited = {key: Citation([CitationItem(key)]) for key in by_id}
        for citation in cited.values():
            bibliography.register(citation)
    except Exception as error:  # the style comes from anywhere, and the library tells of it in many ways
        raise StyleError(f"the style can't be used ({type(error).__name__})", where=style.name) from error
    has_list = made.has_bibliography()
    if has_list:
        with suppress(Exception):  # then the order of the sources stays
            bibliography.sort()
    found = []
    for item in bibliography.items:
        citation = _runs(partial(bibliography.cite, cited[item.key], _no_one))
        entry = _runs(partial(_listed, made, item)) if has_list else citation
        found.append(_formatted(by_id[item.key], entry, citation))
    return tuple(found)


def _formatted(reference: Reference, entry: tuple[Run, ...], citation: tuple[Run, ...]) -> Formatted:
    printed = (Run(text=_UNFIT.sub(" ", reference.printed).strip()),)
    return Formatted(
        reference=reference, entry=entry or printed, citation=citation or entry or printed, by_style=bool(entry)
    )


def _listed(made: Any, item: Any) -> object:
    return made.render_bibliography([item])[0]


def _no_one(_: object) -> None:
    return None


def _item(reference: Reference) -> dict[str, Any]:
    """The reference for citeproc-py, which knows no `archive_collection`: the fonds goes before the place in it."""
    item = csl_item(reference)
    held = [item.pop(variable, "") for variable in ("archive_collection", "archive_location")]
    return {**item, "archive_location": ", ".join(filter(None, held))} if any(held) else item


def _clean(value: Any) -> Any:
    """Without the characters that mark italics, and without what is no character; every white space is one space."""
    if isinstance(value, str):
        return _UNFIT.sub(" ", value.encode("utf-8", "replace").decode("utf-8")).strip()
    if isinstance(value, dict):
        return {key: _clean(part) for key, part in value.items()}
    return [_clean(part) for part in value] if isinstance(value, list) else value


def _runs(render: Callable[[], object]) -> tuple[Run, ...]:
    try:
        made = str(render() or "")
    except Exception:  # as above: the reference stands as printed then
        return ()
    return tuple(_split(made)) if _MARKS.sub("", made).strip(" .,;:()") else ()


def _split(made: str) -> Iterator[Run]:
    depth = 0
    for piece in re.split(f"([{_STARTS}{_ENDS}])", made):
        if piece == _STARTS:
            depth += 1
        elif piece == _ENDS:
            depth -= 1
        elif piece:
            yield Run(text=piece, italic=depth > 0)


def _italic(text: object) -> str:
    return f"{_STARTS}{text}{_ENDS}"


def _plain(text: object) -> str:
    return str(text)


# What citeproc-py asks of a formatter; only italics are kept, as marks that no text has.
_FORMATTER = SimpleNamespace(
    preformat=_plain, Italic=_italic, Oblique=_italic, Bold=_plain, Light=_plain, Underline=_plain,
    Superscript=_plain, Subscript=_plain, SmallCaps=_plain,
)  # fmt: skip
