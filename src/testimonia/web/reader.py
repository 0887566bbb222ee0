"""The Reader: one page of a source, in its reading text or as received."""

from starlette.requests import Request
from starlette.responses import Response

from testimonia.errors import NotFoundError
from testimonia.model.layers import ORIGINAL, READING
from testimonia.model.pages import Page
from testimonia.services.reader_page import ReaderPage
from testimonia.services.reader_scan import ShownScan, lay_out_scan
from testimonia.services.releases import fillings
from testimonia.services.workbench import Workbench
from testimonia.web.asking import number_asked, source_asked, stretch_asked
from testimonia.web.rendering import Pages, address

SCREEN_PX, FINE_PX = 1_600, 3_200
"""How many pixels the longer side of a page's image has: when the page is opened, and when it is looked at closely."""


class ReaderViews:
    """The Reader and the list of what is missing from a source."""

    def __init__(self, workbench: Workbench, pages: Pages) -> None:
        self._workbench = workbench
        self._pages = pages

    def page(self, request: Request) -> Response:
        """A page by number (`page`), or the one that has a line (`line`) or a stretch of the reading text (`at`)."""
        sha256 = source_asked(self._workbench, request.path_params["source"])
        number, line = number_asked(request, "page"), number_asked(request, "line")
        stretch = stretch_asked(request, "at")
        layer = request.query_params.get("layer", READING)
        if layer not in (ORIGINAL, READING):
            raise NotFoundError(f"there is no layer {layer[:40]!r}", hint=f"There are {ORIGINAL} and {READING}")
        view = self._workbench.reading.page_view(
            sha256, number - 1 if number else None, line=line, stretch=stretch, original=layer == ORIGINAL
        )
        other = {
            "page": number if number else view.page.page_index + 1 if not (line or stretch) else None,
            "line": line,
            "at": f"{stretch[0]}-{stretch[1]}" if stretch else None,
        }
        path = f"/source/{sha256}"
        scan = self._scan(sha256, view.page)
        turned = scan.scan.turned_deg if scan is not None else 0
        return self._pages.page(
            "reader.html",
            screen="reader",
            view=view,
            path=path,
            original=layer == ORIGINAL,
            shown_sought=bool(line or stretch),
            scan=scan,
            with_image=scan is not None and scan.scan.image,
            image=scan_address(sha256, view.page.page_index, SCREEN_PX, turned),
            fine_image=scan_address(sha256, view.page.page_index, FINE_PX, turned),
            lines_shown=_lines_shown(view, layer),
            here=address(path, **other, layer=ORIGINAL if layer == ORIGINAL else None),
            as_original=address(path, **other, layer=ORIGINAL),
            as_reading=address(path, **other),
        )

    def _scan(self, sha256: str, page: Page) -> ShownScan | None:
        found = self._workbench.scans.page(sha256, page.page_index)
        if found is None:
            return None
        return lay_out_scan(found, page, self._workbench.reading.text(sha256, ORIGINAL, page.page_index))

    def image(self, request: Request) -> Response:
        """The image of a page, upright. Its address names all that it depends on, so that it may be kept for good."""
        sha256, size_px = request.path_params["source"], request.path_params["size_px"]
        page_index = request.path_params["number"] - 1
        if size_px not in (SCREEN_PX, FINE_PX):
            raise NotFoundError(f"there is no image of {size_px} pixels", hint="Open the page in the Reader")
        content, media_type = self._workbench.scans.page_image(sha256, page_index, size_px)
        scan = self._workbench.scans.page(sha256, page_index)
        turned = scan.turned_deg if scan is not None else 0
        lasting = turned == request.path_params["turned_deg"]
        kept = "private, max-age=31536000, immutable" if lasting else "private, no-cache"
        return Response(content, media_type=media_type, headers={"Cache-Control": kept})

    def gaps(self, request: Request) -> Response:
        """What is known to be missing from a source, with the evidence, and what rests on it."""
        sha256 = source_asked(self._workbench, request.path_params["source"])
        stored = self._workbench.store.source(sha256)
        gaps = self._workbench.resting.of(sha256)
        filled = fillings(self._workbench.store, sha256)
        names = {one.source.sha256: one.source.name for one in self._workbench.store.sources()} if filled else {}
        return self._pages.page(
            "gaps.html", screen="reader", stored=stored, gaps=gaps, filled=filled, names=names,
            path=f"/source/{sha256}", here=f"/source/{sha256}/gaps",
            decisions=self._workbench.store.current_decisions(),
        )  # fmt: skip


def scan_address(sha256: str, page_index: int, size_px: int, turned_deg: int) -> str:
    """Where is the image of this page?"""
    return f"/source/{sha256}/scan/{page_index + 1}/{size_px}-{turned_deg}"


def _lines_shown(view: ReaderPage, layer: str) -> frozenset[int]:
    """The lines of the source that this page has a place for."""
    if layer == ORIGINAL:
        return frozenset(line.number for line in view.lines)
    return frozenset(piece.line for block in view.blocks for piece in block.pieces if piece.line is not None)
