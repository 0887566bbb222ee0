"""Jobs: long work with its step, count and time left."""

from dataclasses import dataclass
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from testimonia.errors import NotFoundError
from testimonia.services.workbench import Workbench
from testimonia.web.asking import bounded_form
from testimonia.web.rendering import Pages
from testimonia.web.security import refuse_foreign, require_token

SHOWN_JOBS = 50
LIVE = ("waiting", "running", "paused")


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """One job as shown. `left_s` is how long it will go on at its speed so far, None where that can't be told."""

    id: str
    title: str
    step: str
    state: str
    done: int
    total: int | None
    unit: str
    message: str
    started_at: str
    left_s: float | None

    @property
    def live(self) -> bool:
        """Can this job still go on?"""
        return self.state in LIVE


def time_left_s(started_at: str, updated_at: str, done: int, total: int | None) -> float | None:
    """How long will work go on that has done so much since it started? None where that can't be told yet."""
    if not total or not 0 < done < total:
        return None
    elapsed_s = (datetime.fromisoformat(updated_at) - datetime.fromisoformat(started_at)).total_seconds()
    return elapsed_s / done * (total - done) if elapsed_s > 0 else None


class JobViews:
    """The Jobs screen and its buttons."""

    def __init__(self, workbench: Workbench, pages: Pages, token: str) -> None:
        self._workbench = workbench
        self._pages = pages
        self._token = token

    def show(self, request: Request) -> Response:
        """The jobs, newest first. `part=list` gives the list alone, for the script that keeps it up to date."""
        rows = [
            JobRow(
                id=j.id,
                title=j.title,
                step=j.step,
                state=j.state,
                done=j.done,
                total=j.total,
                unit=j.unit,
                message=j.message,
                started_at=j.started_at,
                left_s=time_left_s(j.started_at, j.updated_at, j.done, j.total) if j.state == "running" else None,
            )
            for j in self._workbench.jobs.all()[:SHOWN_JOBS]
        ]
        template = "jobs_list.html" if request.query_params.get("part") == "list" else "jobs.html"
        return self._pages.page(template, screen="jobs", jobs=rows, live=any(r.live for r in rows))

    async def control(self, request: Request) -> Response:
        """Pause, resume or cancel a job."""
        refuse_foreign(request)
        form = await bounded_form(request)
        require_token(form.get("token"), self._token)
        jobs = self._workbench.jobs
        actions = {"pause": jobs.pause, "resume": jobs.resume, "cancel": jobs.cancel}
        action = request.path_params["action"]
        if action not in actions:
            raise NotFoundError(f"a job can't be told to {action}", hint="Go back to Jobs")
        await run_in_threadpool(actions[action], request.path_params["job"])
        return RedirectResponse("/jobs", status_code=303)
