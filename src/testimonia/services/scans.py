"""The image of a page, for the screen."""

import io
import threading
from collections import OrderedDict

from testimonia.errors import NotFoundError
from testimonia.model.scans import PageScan
from testimonia.services.page_images import has_images, page_openers
from testimonia.store.library import LibraryStore

KEPT_IMAGES = 24
_JPEG = "image/jpeg"
_QUALITY = 80
_FINE_FROM_PX = 1_800
_Key = tuple[str, int, int, int]


class Scans:
    """What is known of the scans of a library's pages, and their images; the images last shown stay in memory."""

    def __init__(self, store: LibraryStore) -> None:
        self._store = store
        self._kept: OrderedDict[_Key, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def page(self, sha256: str, page_index: int) -> PageScan | None:
        """How large is the scan of this page, how did it lie, and where do its words stand? None where nothing is
        known. Raises NotFoundError for an unknown source."""
        return self._store.scan(sha256, page_index)

    def page_image(self, sha256: str, page_index: int, max_px: int = 1_600) -> tuple[bytes, str]:
        """The image of a page, upright, its longer side `max_px` at most, and its media type.

        Its sides are in proportion to `width` and `height` of the page's scan. Raises NotFoundError where the source
        has no image of that page, UnreadableSourceError and TooLargeError where it can't be opened.
        """
        stored = self._store.source(sha256)
        if not has_images(stored.source) or not 0 <= page_index < max(1, stored.page_count):
            raise NotFoundError(f"there is no image of page {page_index + 1}", where=stored.source.name)
        scan = self._store.scan(sha256, page_index)
        turned = scan.turned_deg if scan is not None else 0
        key = (sha256, page_index, max_px, turned)
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return kept, _JPEG
        dpi = 150 if max_px <= _FINE_FROM_PX else 300
        (opened,) = page_openers(self._store, stored.source, (page_index,), dpi=dpi)
        image = opened()
        image.thumbnail((max_px, max_px))
        if turned:
            # A page that lay turned clockwise is turned back the other way, as Pillow turns.
            image = image.rotate(turned, expand=True)
        written = io.BytesIO()
        image.save(written, "JPEG", quality=_QUALITY, optimize=True)
        with self._lock:
            self._kept[key] = written.getvalue()
            while len(self._kept) > KEPT_IMAGES:
                self._kept.popitem(last=False)
        return written.getvalue(), _JPEG
