"""The Reader: one page of a source, in its reading text or as received."""

from starlette.requests import Request
from starlette.responses import Response

from testimonia.errors import NotFoundError
from testimonia.model.layers import ORIGINAL, READING
from testimonia.services.workbench import Workbench
from testimonia.web.asking import number_asked, source_asked, stretch_asked
from testimonia.web.rendering import Pages, address


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
        return self._pages.page(
            "reader.html",
            screen="reader",
            view=view,
            path=path,
            original=layer == ORIGINAL,
            shown_sought=bool(line or stretch),
            here=address(path, **other, layer=ORIGINAL if layer == ORIGINAL else None),
            as_original=address(path, **other, layer=ORIGINAL),
            as_reading=address(path, **other),
        )

    def gaps(self, request: Request) -> Response:
        """What is known to be missing from a source, with the evidence."""
        sha256 = source_asked(self._workbench, request.path_params["source"])
        stored = self._workbench.store.source(sha256)
        gaps = self._workbench.reading.gaps(sha256)
        return self._pages.page("gaps.html", screen="reader", stored=stored, gaps=gaps, path=f"/source/{sha256}")
