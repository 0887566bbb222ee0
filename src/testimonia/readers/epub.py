"""EPUB books."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from testimonia.errors import EncryptedSourceError, TooLargeError, UnreadableSourceError
from testimonia.readers.archive import Parts
from testimonia.readers.html import decode_html, parse_html, set_html
from testimonia.readers.markup import MAX_TREE_BYTES, Element, check_size, parse_xml
from testimonia.readers.reading import ReadSource
from testimonia.readers.setting import Setting

_MIMETYPE = re.compile(rb"PK\x03\x04.{26}mimetypeapplication/epub\+zip", re.DOTALL)
_CONTAINER = re.compile(rb"PK\x03\x04.{26}META-INF/container\.xml", re.DOTALL)
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})


class Epub:
    """The text of an EPUB book, in the order of its spine."""

    name = "EPUB"
    media_types = ("application/epub+zip",)
    suffixes = (".epub",)

    def recognises(self, head: bytes, name: str) -> bool:
        """A ZIP that starts with the media type of a book, or has its container."""
        return _MIMETYPE.match(head) is not None or _CONTAINER.search(head) is not None

    def read(self, content: bytes, *, name: str) -> ReadSource:
        """The visible text of every chapter, as `Html` reads it; pages where the book names those of its print.

        A chapter that can't be read is left out with a notice. Raises EncryptedSourceError for a book that is locked,
        and UnreadableSourceError and its other kinds. Source of the rules: EPUB 3.3, package documents.
        """
        parts = Parts(content, name=name, what="EPUB book")
        setting = Setting(name)
        chapters = list(_spine(parts))
        locked = _locked(parts)
        for part in chapters:
            if part in locked:
                raise parts.encrypted(part)
            try:
                page = parts.read(part)
                check_size(page, MAX_TREE_BYTES, name=parts.where(part), what="chapter")
                root = parse_html(decode_html(page, name=parts.where(part)).text, where=parts.where(part))
            except (EncryptedSourceError, TooLargeError):
                raise
            except UnreadableSourceError as error:
                setting.tell("part-unreadable", f"{part} is left out: {error.what}.")
                continue
            set_html(root, setting)
        return setting.source(self.media_types[0])


def _spine(parts: Parts) -> Iterator[str]:
    """The parts with text, in reading order."""
    container = _xml(parts, "META-INF/container.xml")
    package = next((path for r in container.iter("{*}rootfile") if (path := r.get("full-path"))), None)
    if package is None:
        raise parts.damaged("it does not say where its package is", "META-INF/container.xml")
    root = _xml(parts, package)
    manifest = {item.get("id"): item for item in root.iter("{*}item")}
    for reference in root.iter("{*}itemref"):
        item = manifest.get(reference.get("idref"))
        if item is not None and item.get("media-type") in _PAGES and item.get("href"):
            yield _path(posixpath.dirname(package), item.get("href"))


def _locked(parts: Parts) -> frozenset[str]:
    """Which parts are encrypted? (Often fonts alone, which are no text.)"""
    part = "META-INF/encryption.xml"
    if part not in parts:
        return frozenset()
    return frozenset(_path("", r.get("URI", "")) for r in _xml(parts, part).iter("{*}CipherReference"))


def _xml(parts: Parts, part: str) -> Element:
    return parse_xml(parts.read(part), name=parts.where(part), what="EPUB book")


def _path(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))
