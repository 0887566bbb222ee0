"""Events: which accounts tell of one, what is proposed about that, and what editors decided."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from testimonia.errors import InvalidRecordError
from testimonia.services.workbench import Workbench
from testimonia.web.asking import bounded_form, number_asked
from testimonia.web.rendering import Pages, address
from testimonia.web.security import refuse_foreign, require_token

EVENTS_A_PAGE = 50
_ACTS = ("accept", "reject", "merge", "split", "move", "rename", "undo")


class EventViews:
    """The list of events with their accounts, and what can be decided about them."""

    def __init__(self, workbench: Workbench, pages: Pages, token: str, editor: str) -> None:
        self._workbench = workbench
        self._pages = pages
        self._token = token
        self._editor = editor

    def show(self, request: Request) -> Response:
        """Proposals first, then every event with its accounts, then the accounts of no event and the history."""
        grouping = self._workbench.grouping
        number = number_asked(request, "page") or 1
        events = grouping.events()
        accounts = {a.id: a for a in grouping.accounts()}
        told = {a for e in events for a in e.accounts}
        return self._pages.page(
            "events.html",
            screen="events",
            proposals=[(c, grouping.words_of(c)) for c in grouping.changes()],
            events=[
                (e, [accounts[a] for a in e.accounts if a in accounts])
                for e in events[(number - 1) * EVENTS_A_PAGE : number * EVENTS_A_PAGE]
            ],
            every=events,
            alone=[a for a in accounts.values() if a.id not in told][: 4 * EVENTS_A_PAGE],
            history=grouping.history()[:EVENTS_A_PAGE],
            number=number,
            last_number=max(1, -(-len(events) // EVENTS_A_PAGE)),
            previous=address("/events", page=number - 1),
            next=address("/events", page=number + 1),
            here=address("/events", page=number if number > 1 else None),
        )

    async def act(self, request: Request) -> Response:
        """Do one thing to events, then show them again, at the event that it was about."""
        refuse_foreign(request)
        form = await bounded_form(request)
        require_token(form.get("token"), self._token)
        act, event = str(form.get("act", "")), str(form.get("event", ""))
        value = str(form.get("value", "")).strip()
        chosen = [str(account) for account in form.getlist("account")]
        await run_in_threadpool(self._act, act, event, value, chosen)
        number = str(form.get("page", ""))
        query = f"?page={number}" if number.isdecimal() and number.isascii() and number != "1" else ""
        known = {e.id for e in self._workbench.grouping.events()}
        return RedirectResponse(f"/events{query}" + (f"#{event}" if event in known else ""), status_code=303)

    def _act(self, act: str, event: str, value: str, chosen: list[str]) -> None:
        grouping = self._workbench.grouping
        if act not in _ACTS:
            raise InvalidRecordError(f"{act[:40]!r} is nothing to do with an event", hint=f"One of {', '.join(_ACTS)}")
        if act == "undo":
            grouping.undo(self._editor, value or None)
        elif act == "accept":
            grouping.accept(value, self._editor)
        elif act == "reject":
            grouping.reject(value, self._editor)
        elif act == "merge":
            grouping.merge(grouping.find(event), grouping.find(value), self._editor)
        elif act == "split":
            grouping.split(grouping.find(event), chosen, self._editor)
        elif act == "move":
            grouping.move(chosen, grouping.find(value), self._editor)
        else:
            grouping.rename(grouping.find(event), value, self._editor)
