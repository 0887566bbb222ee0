"""Who relies on whom: a graph with the time of telling running down, and the same as a list in words."""

from starlette.requests import Request
from starlette.responses import Response

from testimonia.errors import InvalidRecordError
from testimonia.services.workbench import Workbench
from testimonia.web.asking import source_asked
from testimonia.web.describe import HOW_WORDS
from testimonia.web.reliance_drawing import draw
from testimonia.web.rendering import Pages, address

EVENTS_SHOWN = 30
ACCOUNTS_AT_ONCE = 200


class RelianceViews:
    """The screen of who relies on whom."""

    def __init__(self, workbench: Workbench, pages: Pages) -> None:
        self._workbench = workbench
        self._pages = pages

    def show(self, request: Request) -> Response:
        """Of one event (`event`) or source (`source`), else of the largest event; with `account`, on how many
        independent sources these accounts rest."""
        relying, events = self._workbench.relying, self._workbench.catalogue.events()
        asked, event_id = request.query_params.get("source"), request.query_params.get("event")
        sha256 = source_asked(self._workbench, asked) if asked else None
        source = self._workbench.store.source(sha256).source if sha256 else None
        if sha256 is None and event_id is None and events:
            event_id = events[0].id
        chosen = request.query_params.getlist("account")
        if len(chosen) > ACCOUNTS_AT_ONCE:
            hint = f"Choose {ACCOUNTS_AT_ONCE} at most"
            raise InvalidRecordError(f"{len(chosen)} accounts are too many", hint=hint)
        graph = relying.graph(event_id=event_id, source=sha256) if sha256 or event_id else None
        shown = {"event": None if sha256 else event_id, "source": sha256}
        return self._pages.page(
            "reliance.html",
            screen="reliance",
            graph=graph,
            drawing=draw(graph.things, [k for k in graph.links if not k.judged.rejected]) if graph else None,
            common=relying.common_sources(graph, chosen) if graph and chosen else (),
            chosen=chosen,
            shown={name: value for name, value in shown.items() if value},
            source=source,
            events=events[:EVENTS_SHOWN],
            event_id=event_id,
            names={t.key: t for t in graph.things} if graph else {},
            how_words=HOW_WORDS,
            here=address("/reliance", **shown, account=chosen or None),
            unread=sum("reliance" in steps for steps in self._workbench.analysing.due(sha256).values()),
        )
