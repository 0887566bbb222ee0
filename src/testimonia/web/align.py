"""What an editor does in an alignment: from the keys of Compare, or from forms."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from testimonia.errors import NotFoundError, TestimoniaError
from testimonia.model.alignment import Act, Aligned, Alignment
from testimonia.model.comparison import RELATIONS, STANCES
from testimonia.services.workbench import Workbench
from testimonia.web.asking import bounded_form, own_path, source_asked
from testimonia.web.compare_grid import lay_out_row, ordered_accounts
from testimonia.web.rendering import Pages, address
from testimonia.web.security import refuse_foreign, require_token

SAID = {
    "accept": "Accepted", "reject": "Rejected", "rename": "Renamed", "stance": "Stance set", "relation": "Relation set",
    "clash": "Clash judged", "move": "Moved", "merge": "Merged", "split": "Split", "add": "Added",
    "cite": "Passage added", "renew": "Taken over", "undo": "Taken back",
}  # fmt: skip
PARTS = ("judge", "rename", "relation", "clash", "stance", "move", "split", "merge", "cite", "add")


class AlignViews:
    """Begins alignments and acts in them; answers scripts with the rows that changed, and forms with the page."""

    def __init__(self, workbench: Workbench, pages: Pages, token: str, editor: str) -> None:
        self._workbench = workbench
        self._pages = pages
        self._token = token
        self._editor = editor

    async def new(self, request: Request) -> Response:
        """Begin an alignment, and go to the comparison in it."""
        form = await self._form(request)

        def begin() -> Response:
            sources = [source_asked(self._workbench, str(s)) for s in form.getlist("source")]
            event = str(form.get("event") or "") or None
            comparison = self._workbench.comparing.compare(None if sources else event, sources)
            made = self._workbench.alignments.new(comparison, str(form.get("name", "")), self._editor)
            path = "/compare" if sources else f"/compare/{comparison.event.id}"
            return RedirectResponse(address(path, source=sources or None, alignment=made.id), status_code=303)

        return await run_in_threadpool(begin)

    async def act(self, request: Request) -> Response:
        """Do one thing."""

        def do(alignment: Alignment, form: FormData) -> Act:
            return self._workbench.alignments.act(
                alignment,
                str(form.get("action", "")),
                self._editor,
                point=str(form.get("point", "")),
                statements=[str(s) for s in form.getlist("statement")],
                target=str(form.get("target", "")),
                value=str(form.get("value", "")),
                note=str(form.get("note", "")),
            )

        return await self._change(request, do)

    async def undo(self, request: Request) -> Response:
        """Take back the last act, or the one that is named."""
        return await self._change(
            request,
            lambda alignment, form: self._workbench.alignments.undo(
                alignment, self._editor, str(form.get("act") or "") or None
            ),
        )

    async def redo(self, request: Request) -> Response:
        """Do again what was taken back last."""
        return await self._change(
            request, lambda alignment, form: self._workbench.alignments.redo(alignment, self._editor)
        )

    async def renew(self, request: Request) -> Response:
        """Take over what the machine proposes today."""
        return await self._change(
            request, lambda alignment, form: self._workbench.alignments.renew(alignment, self._editor)
        )

    def point(self, request: Request) -> Response:
        """Everything that can be decided about one point, as forms."""
        alignment = self._workbench.alignments.find(request.path_params["alignment"])
        aligned = self._workbench.alignments.aligned(alignment)
        point = self._workbench.alignments.point(aligned, request.path_params["point"])
        part = request.query_params.get("part")
        number = aligned.comparison.points.index(point) + 1
        return self._pages.page(
            "point.html",
            screen="compare",
            alignment=alignment,
            row=lay_out_row(point, number, aligned.comparison.accounts, aligned.judged.get(point.id)),
            points=aligned.comparison.points,
            parts=(part,) if part in PARTS else PARTS,
            chosen=request.query_params.getlist("statement"),
            relations=RELATIONS,
            stances=STANCES,
            back=own_path(FormData(dict(request.query_params)), "back", self._home(alignment)),
        )

    def history(self, request: Request) -> Response:
        """Every act with who and when, what has no place, and what the machine would do differently."""
        alignments = self._workbench.alignments
        alignment = alignments.find(request.path_params["alignment"])
        try:
            news, gone = alignments.news(alignment), ""
        except NotFoundError as error:
            news, gone = (), error.what
        return self._pages.page(
            "history.html",
            screen="compare",
            alignment=alignment,
            home=self._home(alignment),
            history=alignments.history(alignment),
            unplaced=alignments.aligned(alignment).unplaced,
            news=news,
            gone=gone,
            said=SAID,
            labels={p.id: p.label for p in alignments.aligned(alignment).comparison.points},
            here=request.url.path,
        )

    def _home(self, alignment: Alignment) -> str:
        """The address of the comparison in this alignment."""
        try:
            event, sources = self._workbench.alignments.whereabouts(alignment)
        except NotFoundError:
            return "/"
        path = "/compare" if event is None else f"/compare/{event}"
        return address(path, source=sources or None, alignment=alignment.id)

    async def _form(self, request: Request) -> FormData:
        refuse_foreign(request)
        form = await bounded_form(request)
        require_token(form.get("token"), self._token)
        return form

    async def _change(self, request: Request, change: Callable[[Alignment, FormData], Act]) -> Response:
        form = await self._form(request)
        name = request.path_params["alignment"]
        by_script = "application/json" in request.headers.get("accept", "")

        def changed() -> Response:
            alignment = self._workbench.alignments.find(name)
            before = self._workbench.alignments.aligned(alignment) if by_script else None
            act = change(alignment, form)
            if before is None:
                return RedirectResponse(own_path(form, "back", "/"), status_code=303)
            after = self._workbench.alignments.aligned(alignment)
            return JSONResponse(self._changes(alignment, before, after, act, form))

        if not by_script:
            return await run_in_threadpool(changed)
        try:
            return await run_in_threadpool(changed)
        except TestimoniaError as error:
            return JSONResponse({"error": f"{error.what}. {error.hint}".strip()}, status_code=400)

    def _changes(
        self, alignment: Alignment, before: Aligned, after: Aligned, act: Act, form: FormData
    ) -> dict[str, object]:  # fmt: skip
        """The rows that an act has changed, made or removed, and where new ones belong."""
        accounts = ordered_accounts(after.comparison, by_telling=form.get("order") == "told")
        old = {p.id: p for p in before.comparison.points}
        opinions = self._workbench.opinions.by_point()
        rows = []
        previous = ""
        for number, point in enumerate(after.comparison.points, 1):
            judged = after.judged.get(point.id)
            if old.get(point.id) != point or before.judged.get(point.id) != judged:
                row = lay_out_row(point, number, accounts, judged, opinions.get(point.id, ()))
                back = own_path(form, "back", "/")
                html = self._pages.part("compare_row.html", "row", row, alignment, back)
                rows.append({"id": point.id, "after": previous, "html": html})
            previous = point.id
        here = {p.id for p in after.comparison.points}
        undone = ""
        if act.undoes is not None:
            undone = self._workbench.alignments.history(alignment)[0].about
        label = next((p.label for p in after.comparison.points if p.id == (act.target or act.point)), undone)
        return {
            "rows": rows,
            "gone": [name for name in old if name not in here],
            "said": f"{SAID[act.action]}: {label}",
            "judged": len(after.judged),
            "points": len(after.comparison.points),
        }
