"""The web application: which address shows what, and how errors become answers."""

import os
import secrets
from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from testimonia.errors import (
    AmbiguousError,
    LibraryError,
    NotFoundError,
    TestimoniaError,
    TooLargeError,
)
from testimonia.services.workbench import Workbench
from testimonia.web.align import AlignViews
from testimonia.web.check import CheckViews
from testimonia.web.collate import CollateViews
from testimonia.web.compare import CompareViews
from testimonia.web.describe import DescribeViews
from testimonia.web.events import EventViews
from testimonia.web.jobs import JobViews
from testimonia.web.judge import EDITOR, JudgeViews
from testimonia.web.library import LibraryViews
from testimonia.web.names import NameViews
from testimonia.web.reader import ReaderViews
from testimonia.web.reliance import RelianceViews
from testimonia.web.rendering import Pages
from testimonia.web.security import HEADERS, ForbiddenError, Guard
from testimonia.web.timeline import TimelineViews

UPLOAD_LIMIT_BYTES = 512 * 1024 * 1024
STATUS_OF_ERROR: tuple[tuple[type[TestimoniaError], int], ...] = (
    (NotFoundError, 404),
    (ForbiddenError, 403),
    (TooLargeError, 413),
    (AmbiguousError, 400),
    (LibraryError, 500),
    (TestimoniaError, 400),
)
PHRASES = {
    404: ("there is nothing at this address", "Go back to the Library"),
    405: ("this address is not asked for in that way", "Go back to the Library"),
}


def create_app(
    workbench: Workbench,
    *,
    allowed_hosts: Sequence[str],
    token: str | None = None,
    upload_limit_bytes: int = UPLOAD_LIMIT_BYTES,
    editor: str | None = None,
) -> Starlette:
    """The application on one library.

    `allowed_hosts` are the names besides loopback's that a request may give as its host. `token` stands in every form
    and is asked for again by every change; a new one is made where none is given.
    `editor` is whose decisions these are: there are no logins.
    """
    token = token or secrets.token_urlsafe(32)
    pages = Pages(token)
    library = LibraryViews(workbench, pages, token, upload_limit_bytes)
    reader = ReaderViews(workbench, pages)
    compare = CompareViews(workbench, pages)
    collate = CollateViews(workbench, pages)
    check = CheckViews(workbench, pages, token, upload_limit_bytes)
    describe = DescribeViews(workbench, pages, token)
    jobs = JobViews(workbench, pages, token)
    names = NameViews(workbench, pages, token)
    timeline = TimelineViews(workbench, pages)
    reliance = RelianceViews(workbench, pages)
    judge = JudgeViews(workbench, token)
    who = editor or os.environ.get("TESTIMONIA_EDITOR") or EDITOR
    align = AlignViews(workbench, pages, token, who)
    events = EventViews(workbench, pages, token, who)

    def known_error(_: Request, error: Exception) -> Response:
        if not isinstance(error, TestimoniaError):
            raise error
        return pages.error(error, next(status for kind, status in STATUS_OF_ERROR if isinstance(error, kind)))

    def http_error(request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        what, hint = PHRASES.get(error.status_code, (error.detail, "Go back to the Library"))
        told = TestimoniaError(what, where=request.url.path, hint=hint)
        return pages.error(told, error.status_code, error.headers)

    def fault(request: Request, _: Exception) -> Response:
        hint = "What is in the library is safe; the terminal that serves this page shows more"
        told = TestimoniaError("a fault in the program", where=request.url.path, hint=hint)
        return pages.error(told, 500, HEADERS)  # this answer does not pass the Guard

    return Starlette(
        routes=[
            Route("/", library.show),
            Route("/sources", library.upload, methods=["POST"]),
            Route("/check", check.show),
            Route("/check", check.upload, methods=["POST"]),
            Route("/check.json", check.record),
            Route("/collate", collate.show),
            Route("/collate.xml", collate.tei),
            Route("/compare", compare.chosen),
            Route("/compare.json", compare.chosen_record),
            Route("/compare/matrix", compare.matrix),
            Route("/compare/telling", compare.telling),
            Route("/compare/export/{format}", compare.export),
            Route("/compare/{event}.json", compare.event_record),
            Route("/compare/{event}", compare.event),
            Route("/compare/{event}/matrix", compare.matrix),
            Route("/compare/{event}/telling", compare.telling),
            Route("/compare/{event}/export/{format}", compare.export),
            Route("/events", events.show),
            Route("/events/acts", events.act, methods=["POST"]),
            Route("/alignments", align.new, methods=["POST"]),
            Route("/alignments/{alignment}", align.history),
            Route("/alignments/{alignment}/points/{point}", align.point),
            Route("/alignments/{alignment}/acts", align.act, methods=["POST"]),
            Route("/alignments/{alignment}/undo", align.undo, methods=["POST"]),
            Route("/alignments/{alignment}/redo", align.redo, methods=["POST"]),
            Route("/alignments/{alignment}/renew", align.renew, methods=["POST"]),
            Route("/source/{source}", reader.page),
            Route("/source/{source}/gaps", reader.gaps),
            Route("/source/{source}/about", describe.about),
            Route("/names", names.show),
            Route("/names/{entity}", names.entity),
            Route("/names/{entity}", names.edit, methods=["POST"]),
            Route("/timeline", timeline.show),
            Route("/reliance", reliance.show),
            Route("/find", describe.find, methods=["POST"]),
            Route("/source/{source}/scan/{number:int}/{size_px:int}-{turned_deg:int}", reader.image),
            Route("/findings/{finding}/judgement", judge.judge, methods=["POST"]),
            Route("/judgements/{judgement}/undo", judge.undo, methods=["POST"]),
            Route("/jobs", jobs.show),
            Route("/jobs/{job}/{action:str}", jobs.control, methods=["POST"]),
            Mount("/static", StaticFiles(packages=[("testimonia.web", "static")])),
        ],
        middleware=[Middleware(Guard, allowed_hosts=allowed_hosts)],
        exception_handlers={TestimoniaError: known_error, HTTPException: http_error, Exception: fault},
    )
