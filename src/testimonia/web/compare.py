"""Compare: the accounts of one event side by side, as the machine proposes them or as an alignment has them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from testimonia.errors import InvalidRecordError, NotFoundError
from testimonia.model.alignment import Aligned, Alignment
from testimonia.model.comparison import RELATIONS, Comparison
from testimonia.services.retellings import retellings, years_between
from testimonia.services.workbench import Workbench
from testimonia.web.asking import source_asked
from testimonia.web.compare_grid import lay_out_grid
from testimonia.web.matrix import lay_out_matrix
from testimonia.web.rendering import Pages, address

SOURCES_AT_ONCE = 100
ALL = "all"
_JUDGED = {None: None, "no": False, "yes": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the address of a comparison asks for: which points, in which order, and in whose alignment.

    `query` has its parameters as given; an address made by `changed` keeps those that it does not change.
    """

    path: str
    query: Mapping[str, object]
    relations: tuple[str, ...]
    by_telling: bool
    by_strength: bool
    only_judged: bool | None
    alignment: Alignment | None

    def changed(self, **query: object) -> str:
        """The address of the same view, but for these parameters; None leaves one out."""
        return address(self.path, **{**self.query, **query})

    def part(self, name: str, **query: object) -> str:
        """The address of another screen of the same comparison ("matrix"), or of its record (".json")."""
        path = self.path + (name if name.startswith(".") else f"/{name}")
        kept = {k: v for k, v in self.query.items() if k in ("source", "alignment", "order")}
        return address(path, **{**kept, **query})


class CompareViews:
    """The Compare screen and what belongs to it, of an event or of chosen sources."""

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
        return self._record(request, self._workbench.comparing.compare(request.path_params["event"]))

    def chosen_record(self, request: Request) -> Response:
        """The same for programs, of the sources chosen."""
        return self._record(request, self._compared(self._chosen_sources(request)))

    def matrix(self, request: Request) -> Response:
        """The same, small: stances and bases, of an event or of the sources chosen."""
        comparison, path = self._asked(request)
        aligned, view = self._viewed(request, comparison, path)
        return self._pages.long_page(
            "matrix.html",
            screen="compare",
            title=comparison.event.title,
            view=view,
            matrix=lay_out_matrix(
                aligned.comparison, relations=view.relations, by_telling=view.by_telling, judged=aligned.judged
            ),
        )

    def telling(self, request: Request) -> Response:
        """The accounts in the order of their telling, and what each teller dropped or added."""
        comparison, path = self._asked(request)
        aligned, view = self._viewed(request, comparison, path)
        return self._pages.page(
            "telling.html",
            screen="compare",
            event=comparison.event,
            view=view,
            tellings=retellings(aligned.comparison),
            years_between=years_between,
        )

    def export(self, request: Request) -> Response:
        """The comparison as a file of another format."""
        comparison, path = self._asked(request)
        aligned, view = self._viewed(request, comparison, path)
        exporter = self._workbench.exporting.formats().find_of_comparisons(
            f"comparison-{request.path_params['format']}"
        )
        content = self._workbench.alignments.export(exporter, aligned, view.alignment)
        return Response(
            content,
            media_type=exporter.media_type,
            headers={"Content-Disposition": f'attachment; filename="{comparison.event.id}{exporter.suffix}"'},
        )

    def _asked(self, request: Request) -> tuple[Comparison, str]:
        event_id = request.path_params.get("event")
        if event_id is not None:
            return self._workbench.comparing.compare(event_id), f"/compare/{event_id}"
        return self._compared(self._chosen_sources(request)), "/compare"

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

    def _record(self, request: Request, comparison: Comparison) -> Response:
        aligned, view = self._viewed(request, comparison, "/compare")
        if view.alignment is None:
            record = self._workbench.comparing.record(comparison)
        else:
            record = self._workbench.alignments.record(aligned, view.alignment)
        return JSONResponse(
            record, headers={"Content-Disposition": f'attachment; filename="{comparison.event.id}.json"'}
        )

    def _viewed(self, request: Request, comparison: Comparison, path: str) -> tuple[Aligned, View]:
        """The comparison as the alignment has it that the address names, and what the address asks for."""
        query = request.query_params
        alignments = self._workbench.alignments
        named = query.get("alignment")
        alignment = alignments.find(named, comparison) if named else None
        aligned = Aligned(comparison=comparison) if alignment is None else alignments.aligned(alignment)
        if query.get("judged") not in _JUDGED:
            raise InvalidRecordError("judged is yes or no", where="judged=")
        kept = {name: query.get(name) or None for name in ("only", "judged", "sort", "order", "alignment")}
        if alignment is not None:
            kept["alignment"] = alignment.id
        view = View(
            path=path,
            query={"source": query.getlist("source") or None, **kept},
            relations=_relations(query.get("only"), aligned.comparison),
            by_telling=query.get("order") == "told",
            by_strength=query.get("sort") == "strength",
            only_judged=_JUDGED[query.get("judged")],
            alignment=alignment,
        )
        return aligned, view

    def _show(self, request: Request, comparison: Comparison, path: str) -> Response:
        aligned, view = self._viewed(request, comparison, path)
        only = request.query_params.get("only")
        grid = lay_out_grid(
            aligned.comparison,
            relations=view.relations,
            by_telling=view.by_telling,
            by_strength=view.by_strength,
            judged=aligned.judged,
            only_judged=view.only_judged,
            opinions=self._workbench.opinions.by_point(),
        )
        return self._pages.long_page(
            "compare.html",
            screen="compare",
            comparison=replace(aligned.comparison, event=comparison.event),
            aligned=aligned,
            grid=grid,
            view=view,
            shown=sum(len(section) for section in grid.sections),
            alignments=self._workbench.alignments.of(comparison),
            alone_shown="single" in view.relations,
            only=only,
            all_relations=ALL,
            names={s.stored.source.sha256: s.stored.source.name for s in self._workbench.catalogue.sources()},
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
