"""XML from unknown hands: read without fetching anything, without expanding entities, within bounds."""

import contextlib
import functools
import html
import io
import re
from collections.abc import Callable, Iterator
from typing import Any, Literal, TypeAlias

from lxml import etree

from testimonia.errors import EmptySourceError, TooLargeError, UnreadableSourceError
from testimonia.readers.reading import HEAD_BYTES
from testimonia.readers.setting import Setting

Element: TypeAlias = Any  # lxml ships no types

MAX_BYTES = 1_000_000_000
"""A file that is read page by page; no more than one page is in memory."""
MAX_TREE_BYTES = 32 * 1024 * 1024
"""A file that must be in memory as a whole, which takes up to 25 times its size. The largest TEI volumes have 10 MB."""

_SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "huge_tree": False,
    "collect_ids": False,  # many editions give an id twice, and no id is asked for here
    "remove_comments": True,
    "remove_pis": True,
}
_PIECE_BYTES = 4_096
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<!DOCTYPE\s+([A-Za-z]+)")


def local_name(element: Element) -> str:
    """The name of an element without its namespace; "" of an entity reference.

    >>> local_name(etree.fromstring('<p xmlns="urn:x"/>'))
    'p'
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


@functools.lru_cache(maxsize=2)  # every XML reader asks about the same head
def root_of(head: bytes) -> tuple[str, str] | None:
    """Which element do these first bytes open, as (namespace, name)? None where they are no XML.

    >>> root_of(b'<?xml version="1.0"?><alto xmlns="urn:x">'), root_of(b"The lamp")
    (('urn:x', 'alto'), None)
    """
    if not head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<"):
        return None
    parser = etree.XMLPullParser(events=("start",), **_SAFE)
    with contextlib.suppress(etree.XMLSyntaxError, ValueError):
        for at in range(0, min(len(head), HEAD_BYTES), _PIECE_BYTES):
            parser.feed(head[at : at + _PIECE_BYTES])
            if (root := _first(parser)) is not None:
                return root
    # The damage may stand in or behind the root element, and is then for its reader to tell.
    declared = _DECLARED.match(head)
    return _first(parser) or (("", declared[1].decode()) if declared else None)


def _first(parser: Any) -> tuple[str, str] | None:
    for _, element in parser.read_events():
        name = etree.QName(element)
        return name.namespace or "", name.localname
    return None


def parse_xml(content: bytes, *, name: str, what: str) -> Element:
    """The root element of a whole file. Raises EmptySourceError, TooLargeError and UnreadableSourceError."""
    check_size(content, MAX_TREE_BYTES, name=name, what=what)
    try:
        return etree.fromstring(content, etree.XMLParser(**_SAFE))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(error, name, what) from None


def check_size(content: bytes, most: int, *, name: str, what: str) -> None:
    """Raises EmptySourceError for nothing at all, and TooLargeError over the bound."""
    if not content.strip():
        raise EmptySourceError("the file is empty", where=name, hint="See whether it was copied whole")
    if len(content) > most:
        raise TooLargeError(
            f"the {what} has {len(content):,} bytes; {most:,} is the most that is read",
            where=name,
            hint="Split it into several files",
        )


def damaged(error: Exception, name: str, what: str) -> UnreadableSourceError:
    """The error for markup that breaks off or is not well-formed, with the line where that shows."""
    line, column = getattr(error, "position", (0, 0)) or (0, 0)
    return UnreadableSourceError(
        f"the {what} is damaged or was cut short: {_said(error)}",
        where=f"{name}, line {line}, column {column}" if line else name,
        hint="Fetch it again, or mend it there and add the result",
    )


def _said(error: Exception) -> str:
    return (getattr(error, "msg", None) or str(error)).partition(", line ")[0].rstrip(".")


def set_pages(
    content: bytes,
    page_name: str,
    set_page: Callable[[Element, Setting], None],
    *,
    name: str,
    what: str,
) -> Setting:
    """Set every page of a file of OCR, one after the other, so that memory holds one page.

    `page_name` is the local name of a page's element. Where the file breaks off behind a whole page, the pages before
    are kept and a notice says so; where it breaks off before, UnreadableSourceError is raised.
    """
    check_size(content, MAX_BYTES, name=name, what=what)
    setting = Setting(name)
    pages = 0
    try:
        events = etree.iterparse(io.BytesIO(content), events=("end",), tag=f"{{*}}{page_name}", **_SAFE)
        for _, page in events:
            setting.page()
            set_page(page, setting)
            pages += 1
            page.clear()
            while page.getprevious() is not None:
                del page.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        fault = damaged(error, name, what)
        if not pages:
            raise fault from None
        setting.tell("cut-short", f"Page {pages} is the last whole one: {fault.what} ({fault.where}).")
    if not pages:
        raise UnreadableSourceError(f"the {what} has no pages", where=name, hint="See whether it was copied whole")
    return setting


Step: TypeAlias = tuple[Literal["start", "end", "text"], Element, str]


def walk(root: Element, skips: Callable[[Element], bool]) -> Iterator[Step]:
    """Everything in an element in the order of the file: starts and ends of elements, and the text between.

    An element that `skips` names is left out with all in it, but not what follows it. Nothing recurses, so that depth
    costs nothing.
    """
    if skips(root):
        return
    yield "start", root, ""
    if root.text:
        yield "text", root, root.text
    stack = [(root, iter(root))]
    while stack:
        parent, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "end", parent, ""
            if stack and parent.tail:
                yield "text", stack[-1][0], parent.tail
        elif not isinstance(child.tag, str):
            yield "text", parent, _entity(child)
            if child.tail:
                yield "text", parent, child.tail
        elif skips(child):
            if child.tail:
                yield "text", parent, child.tail
        else:
            yield "start", child, ""
            if child.text:
                yield "text", child, child.text
            stack.append((child, iter(child)))


def _entity(node: Element) -> str:
    """The character of a reference that every HTML reader knows (&nbsp;); any other stands as it was written."""
    return html.unescape(node.text or "") if node.tag is etree.Entity else ""


def text_of(element: Element) -> str:
    """All text inside an element, as it stands."""
    return "".join(text for kind, _, text in walk(element, _nothing) if kind == "text")


def _nothing(_: Element) -> bool:
    return False
