"""Check: the quotations of a manuscript, or of a source, beside their sources, worst first."""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from testimonia.errors import EmptySourceError
from testimonia.services.check_reports import SIGNS, report_of
from testimonia.services.checked import CheckReport, check_records
from testimonia.services.workbench import Workbench
from testimonia.web.asking import bounded_form, number_asked, source_asked
from testimonia.web.rendering import Pages, address
from testimonia.web.security import refuse_foreign, require_token

ROWS_A_PAGE = 100


class CheckViews:
    """The Check screen: choose a source or send a manuscript; each quotation beside its source."""

    def __init__(self, workbench: Workbench, pages: Pages, token: str, upload_limit_bytes: int) -> None:
        self._workbench = workbench
        self._pages = pages
        self._token = token
        self._upload_limit_bytes = upload_limit_bytes

    async def show(self, request: Request) -> Response:
        """The form; with `source`, the quotations of that source."""
        asked = request.query_params.get("source")
        if not asked:
            return self._page(None, 1)
        report = await run_in_threadpool(self._of_source, asked)
        return self._page(report, number_asked(request, "page") or 1)

    async def record(self, request: Request) -> Response:
        """The same for programs: what `testimonia check --json` prints, as one list."""
        report = await run_in_threadpool(self._of_source, request.query_params.get("source", ""))
        return JSONResponse(check_records(report))

    async def upload(self, request: Request) -> Response:
        """Check the manuscript of a form. It is not taken into the library."""
        refuse_foreign(request)
        form = await bounded_form(request, self._upload_limit_bytes, 1)
        try:
            require_token(form.get("token"), self._token)
            given = form.get("manuscript")
            name, content = (given.filename, await given.read()) if isinstance(given, UploadFile) else ("", b"")
        finally:
            await form.close()
        if not name:
            raise EmptySourceError("no file was chosen", hint="Go back and choose a manuscript")
        report = await run_in_threadpool(self._workbench.checking.check_content, name, content)
        if report.in_library:
            return RedirectResponse(address("/check", source=report.sha256), status_code=303)
        return self._page(report, 1, all_rows=True)

    def _of_source(self, asked: str) -> CheckReport:
        return self._workbench.checking.check_source(source_asked(self._workbench, asked))

    def _page(self, report: CheckReport | None, number: int, *, all_rows: bool = False) -> Response:
        shown = report_of(report) if report is not None else None
        rows = shown.rows if shown is not None else ()
        size = max(1, len(rows)) if all_rows else ROWS_A_PAGE
        return self._pages.page(
            "check.html",
            screen="check",
            report=shown,
            rows=rows[(number - 1) * size : number * size],
            number=number,
            signs=SIGNS,
            last_number=max(1, -(-len(rows) // size)),
            sha256=report.sha256 if report is not None and report.in_library else None,
            sources=[] if report is not None else self._workbench.catalogue.sources()[-200:],
        )
