"""Compare: the accounts of one event side by side."""

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from testimonia.errors import InvalidRecordError, NotFoundError
from testimonia.model.comparison import RELATIONS, Comparison
from testimonia.services.workbench import Workbench
from testimonia.web.asking import source_asked
from testimonia.web.compare_grid import lay_out_grid
from testimonia.web.rendering import Pages, address

SOURCES_AT_ONCE = 100
ALL = "all"


class CompareViews:
    """The Compare screen, of an event or of chosen sources."""

    def __init__(self, workbench: Workbench, pages: Pages) -> None:
        self._workbench = workbench
        self._pages = pages

    def event(self, request: Request) -> Response:
        """The accounts of one event."""
        event_id = request.path_params["event"]
        return self._show(request, self._workbench.comparing.compare(event_id), f"/compare/{event_id}")

    def chosen(self, request: Request) -> Response:
        """The accounts of the sources chosen; of the largest group found where none is."""
        sources = self._chosen_sources(request)
        comparison = self._compared(sources)
        if not sources:
            return RedirectResponse(address(f"/compare/{comparison.event.id}"), status_code=303)
        return self._show(request, comparison, "/compare")

    def event_record(self, request: Request) -> Response:
        """The same for programs: what `testimonia compare --json` prints."""
        return self._record(self._workbench.comparing.compare(request.path_params["event"]))

    def chosen_record(self, request: Request) -> Response:
        """The same for programs, of the sources chosen."""
        return self._record(self._compared(self._chosen_sources(request)))

    def _compared(self, sources: list[str]) -> Comparison:
        try:
            return self._workbench.comparing.compare(None, sources)
        except NotFoundError as error:
            hint = "Choose other sources in the Library, or add some that tell of the same event"
            raise NotFoundError(error.what, where=error.where, hint=hint) from error

    def _chosen_sources(self, request: Request) -> list[str]:
        given = request.query_params.getlist("source")
        if len(given) > SOURCES_AT_ONCE:
            raise InvalidRecordError(f"{len(given)} sources are too many", hint=f"Choose {SOURCES_AT_ONCE} at most")
        return [source_asked(self._workbench, name) for name in given]

    def _record(self, comparison: Comparison) -> Response:
        return JSONResponse(
            self._workbench.comparing.record(comparison),
            headers={"Content-Disposition": f'attachment; filename="{comparison.event.id}.json"'},
        )

    def _show(self, request: Request, comparison: Comparison, path: str) -> Response:
        only = request.query_params.get("only")
        relations = _relations(only, comparison)
        by_telling = request.query_params.get("order") == "told"
        sources = request.query_params.getlist("source") or None

        def changed(**query: object) -> str:
            now = {"source": sources, "only": only, "order": "told" if by_telling else None}
            return address(path, **{**now, **query})

        return self._pages.page(
            "compare.html",
            screen="compare",
            comparison=comparison,
            grid=lay_out_grid(comparison, relations=relations, by_telling=by_telling),
            alone_shown="single" in relations,
            alone_address=changed(only=None if "single" in relations else ALL),
            only=only,
            by_telling=by_telling,
            only_address=changed(only=None if only == "contradict" else "contradict"),
            order_address=changed(order=None if by_telling else "told"),
            record_address=address(f"{path}.json", source=sources),
        )


def _relations(only: str | None, comparison: Comparison) -> tuple[str, ...]:
    """Which points are shown? Those that several accounts speak on, unless the address asks for others.

    Where no two accounts speak on one point, what each tells alone is shown at once.
    """
    if only == ALL:
        return RELATIONS
    if only is not None:
        if only not in RELATIONS:
            raise InvalidRecordError(f"{only[:40]!r} is no relation", hint=f"One of {', '.join((ALL, *RELATIONS))}")
        return (only,)
    shared = tuple(r for r in RELATIONS if r != "single")
    return shared if any(p.relation in shared for p in comparison.points) else RELATIONS
