"""What an editor decides about a finding, from any screen."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from testimonia.services.workbench import Workbench
from testimonia.web.asking import bounded_form, own_path
from testimonia.web.security import refuse_foreign, require_token

# There are no logins: who sits at this machine is the editor.
EDITOR = "editor"


class JudgeViews:
    """Takes decisions, and takes them back."""

    def __init__(self, workbench: Workbench, token: str) -> None:
        self._workbench = workbench
        self._token = token

    async def judge(self, request: Request) -> Response:
        """Keep a decision on a finding; refusing a repair gives the source back its original reading there.

        With `everywhere`, in every place of the source where the same word was repaired alike.
        """
        refuse_foreign(request)
        form = await bounded_form(request)
        require_token(form.get("token"), self._token)
        judging = self._workbench.judging
        if form.get("decision") == "changed":
            fields = {name.removeprefix("set-"): str(form[name]) for name in form if name.startswith("set-")}
            await run_in_threadpool(judging.change, request.path_params["finding"], fields, EDITOR)
            return RedirectResponse(own_path(form, "back", "/"), status_code=303)
        judge = judging.judge_everywhere if form.get("everywhere") else judging.judge
        await run_in_threadpool(judge, request.path_params["finding"], str(form.get("decision", "")), EDITOR)
        return RedirectResponse(own_path(form, "back", "/"), status_code=303)

    async def undo(self, request: Request) -> Response:
        """Take a decision back."""
        refuse_foreign(request)
        form = await bounded_form(request)
        require_token(form.get("token"), self._token)
        await run_in_threadpool(self._workbench.judging.undo, request.path_params["judgement"], EDITOR)
        return RedirectResponse(own_path(form, "back", "/"), status_code=303)
