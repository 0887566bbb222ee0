"""People and places: who and what is named, with every mention in its context."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from testimonia.errors import InvalidRecordError
from testimonia.services.entities import ENTITY_TYPES
from testimonia.services.workbench import Workbench
from testimonia.web.asking import bounded_form, number_asked, source_asked
from testimonia.web.judge import EDITOR
from testimonia.web.rendering import Pages, address
from testimonia.web.security import refuse_foreign, require_token

ENTITIES_A_PAGE = 100
MENTIONS_A_PAGE = 25
TYPE_WORDS = {"person": "people", "organisation": "organisations", "place": "places"}


class NameViews:
    """The list of who and what is named, and the page of one of them."""

    def __init__(self, workbench: Workbench, pages: Pages, token: str) -> None:
        self._workbench = workbench
        self._pages = pages
        self._token = token

    def show(self, request: Request) -> Response:
        """Who and what is named: of one type (`type`), with these letters (`q`), in one source (`source`)."""
        mentions = self._workbench.mentions
        query = request.query_params.get("q", "").strip()
        chosen = request.query_params.get("type") or None
        if chosen is not None and chosen not in ENTITY_TYPES:
            raise InvalidRecordError(f"{chosen[:40]!r} is no type", hint=f"One of {', '.join(ENTITY_TYPES)}")
        asked = request.query_params.get("source")
        sha256 = source_asked(self._workbench, asked) if asked else None
        number = number_asked(request, "page") or 1
        found = mentions.entities(entity_type=chosen, words=query, source=sha256)

        def changed(**query_parts: object) -> str:
            now = {"type": chosen, "q": query or None, "source": sha256, "page": None}
            return address("/names", **{**now, **query_parts})

        counts = mentions.counts()
        return self._pages.page(
            "names.html",
            screen="names",
            query=query,
            chosen=chosen,
            source=self._workbench.store.source(sha256).source if sha256 else None,
            entities=found[(number - 1) * ENTITIES_A_PAGE : number * ENTITIES_A_PAGE],
            total=len(found),
            types=[(name, TYPE_WORDS[name], counts.get(name, 0), changed(type=name)) for name in ENTITY_TYPES],
            all_types=changed(type=None),
            everywhere=changed(source=None),
            number=number,
            last_number=max(1, -(-len(found) // ENTITIES_A_PAGE)),
            previous=changed(page=number - 1),
            next=changed(page=number + 1),
            unread=mentions.unread(),
        )

    def entity(self, request: Request) -> Response:
        """One of them: its names as printed, every mention in context, and what editors decided."""
        mentions = self._workbench.mentions
        entity = mentions.entity(request.path_params["entity"])
        number = number_asked(request, "page") or 1
        path = f"/names/{entity.id}"
        return self._pages.page(
            "name.html",
            screen="names",
            entity=entity,
            link=mentions.link(entity),
            edits=mentions.edits(entity),
            mentions=mentions.mentions(entity, (number - 1) * MENTIONS_A_PAGE, number * MENTIONS_A_PAGE),
            types=ENTITY_TYPES,
            path=path,
            here=address(path, page=number if number > 1 else None),
            number=number,
            last_number=max(1, -(-entity.mention_count // MENTIONS_A_PAGE)),
            previous=address(path, page=number - 1),
            next=address(path, page=number + 1),
            unread=mentions.unread(),
        )

    async def edit(self, request: Request) -> Response:
        """Rename, retype, merge or split an entity, or take the last such decision back; then show it."""
        refuse_foreign(request)
        form = await bounded_form(request)
        require_token(form.get("token"), self._token)
        entity, act = request.path_params["entity"], str(form.get("act", ""))
        value = str(form.get("value", "")).strip()
        chosen = [str(mention) for mention in form.getlist("mention")]
        shown = await run_in_threadpool(self._edit, entity, act, value, chosen)
        return RedirectResponse(f"/names/{shown}", status_code=303)

    def _edit(self, entity: str, act: str, value: str, chosen: list[str]) -> str:
        """Gives the id of the entity to show then."""
        entities = self._workbench.entities
        if act == "rename":
            return entities.rename(entity, value, EDITOR).finding
        if act == "retype":
            return entities.retype(entity, value, EDITOR).finding
        if act == "merge":
            return entities.merge(entity, value, EDITOR).finding
        if act == "split":
            return entities.split(entity, chosen, EDITOR).finding
        if act == "undo":
            return entities.undo(entity, EDITOR).finding
        hint = "One of rename, retype, merge, split, undo"
        raise InvalidRecordError(f"{act[:40]!r} is nothing to do with a name", hint=hint)
