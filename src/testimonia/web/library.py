"""The Library: what is in it, search, and taking files in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from testimonia.errors import EmptySourceError
from testimonia.services.catalogue import SourceEntry
from testimonia.services.workbench import Workbench
from testimonia.web.asking import bounded_form, number_asked
from testimonia.web.rendering import Pages
from testimonia.web.security import refuse_foreign, require_token
from testimonia.web.words import size_words

SOURCES_A_PAGE = 50
HITS_A_PAGE = 25
FILES_AT_ONCE = 1000
# What stands in a source, in the order in which a row of the Library says it: kind, one of it, several.
COUNTED = (
    ("document", "document", "documents"),
    ("account", "account", "accounts"),
    ("note", "note", "notes"),
    ("gap", "gap", "gaps"),
    ("repair", "repair", "repairs"),
    ("notice", "notice", "notices"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One way to narrow the list: its name in the address, its label, and which sources it keeps."""

    name: str
    label: str
    keeps: Callable[[SourceEntry], bool]


def _format(entry: SourceEntry) -> str:
    return entry.stored.source.media_type


def _facets(entries: Sequence[SourceEntry]) -> tuple[Facet, ...]:
    def of_format(media_type: str) -> Facet:
        return Facet(name=media_type, label=media_type, keeps=lambda e: _format(e) == media_type)

    return (
        Facet(name="accounts", label="with accounts", keeps=lambda e: e.counts.get("account", 0) > 0),
        Facet(name="gaps", label="with gaps", keeps=lambda e: e.counts.get("gap", 0) > 0),
        Facet(name="unfinished", label="not finished", keeps=lambda e: e.stored.state != "done"),
        *(of_format(media_type) for media_type in sorted({_format(e) for e in entries})),
    )


class LibraryViews:
    """The Library screen and its upload."""

    def __init__(self, workbench: Workbench, pages: Pages, token: str, upload_limit_bytes: int) -> None:
        self._workbench = workbench
        self._pages = pages
        self._token = token
        self._upload_limit_bytes = upload_limit_bytes

    def show(self, request: Request) -> Response:
        """Sources, facets, comparisons; with `q`, the passages found."""
        query = request.query_params.get("q", "").strip()
        number = number_asked(request, "page") or 1
        if query:
            return self._results(query, number)
        entries = self._workbench.catalogue.sources()
        facets = [(f, sum(map(f.keeps, entries))) for f in _facets(entries)]
        chosen = next((f for f, _ in facets if f.name == request.query_params.get("with")), None)
        kept = [e for e in reversed(entries) if chosen is None or chosen.keeps(e)]
        return self._pages.page(
            "library.html",
            screen="library",
            query="",
            entries=kept[(number - 1) * SOURCES_A_PAGE : number * SOURCES_A_PAGE],
            total=len(kept),
            of_all=len(entries),
            number=number,
            last_number=max(1, -(-len(kept) // SOURCES_A_PAGE)),
            facets=[(f, count) for f, count in facets if count],
            chosen=chosen,
            events=self._workbench.catalogue.events()[:20],
            counted=COUNTED,
            limit=size_words(self._upload_limit_bytes),
        )

    def _results(self, query: str, number: int) -> Response:
        found = self._workbench.searching.search(query, limit=HITS_A_PAGE, offset=(number - 1) * HITS_A_PAGE)
        return self._pages.page(
            "results.html",
            screen="library",
            query=query,
            found=found,
            number=number,
            last_number=max(1, -(-found.total // HITS_A_PAGE)),
        )

    async def upload(self, request: Request) -> Response:
        """Take the files of a form in, as a job."""
        refuse_foreign(request)
        form = await bounded_form(request, self._upload_limit_bytes, FILES_AT_ONCE)
        try:
            require_token(form.get("token"), self._token)
            given = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
            files = [(f.filename or "", await f.read()) for f in given]
        finally:
            await form.close()
        if not files:
            raise EmptySourceError("no file was chosen", hint="Go back and choose one or more files")
        await run_in_threadpool(self._workbench.take_in, files)
        return RedirectResponse("/jobs", status_code=303)
