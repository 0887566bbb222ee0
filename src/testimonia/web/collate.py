"""Collate: versions of one text, their differences side by side or within the line."""

from starlette.requests import Request
from starlette.responses import Response

from testimonia.errors import InvalidRecordError
from testimonia.model.collation import CLASSES, MOST_WITNESSES
from testimonia.model.layers import ORIGINAL, READING
from testimonia.services.collated import Entry
from testimonia.services.witnessing import LAYERS, REPAIRED
from testimonia.services.workbench import Workbench
from testimonia.web.asking import number_asked
from testimonia.web.rendering import Pages, address

VIEWS = ("apparatus", "synoptic", "inline")
ON_PAGE = 200
LAYER_WORDS = {READING: "Words as received", REPAIRED: "Misread words repaired", ORIGINAL: "To the letter"}


class CollateViews:
    """The Collate screen: an apparatus, the versions in columns, or one text with the differences in it."""

    def __init__(self, workbench: Workbench, pages: Pages) -> None:
        self._workbench = workbench
        self._pages = pages

    def show(self, request: Request) -> Response:
        """The versions that the address names (`source` twice or more: a source, or the id of a document)."""
        names = request.query_params.getlist("source")
        view = request.query_params.get("view") or VIEWS[0]
        only = request.query_params.get("only")
        if view not in VIEWS:
            raise InvalidRecordError(f"{view[:40]!r} is no view", hint=f"One of {', '.join(VIEWS)}")
        if only is not None and only not in CLASSES:
            raise InvalidRecordError(f"{only[:40]!r} is no class", hint=f"One of {', '.join(CLASSES)}")
        if len(names) < 2:
            hint = f"Choose 2 to {MOST_WITNESSES} in the Library and press Collate selected"
            raise InvalidRecordError("a collation needs two versions", hint=hint)
        layer = _layer(request)
        collated = self._workbench.collating.collate(names, layer)
        shown = [e for e in collated.entries if view == "inline" or _is_shown(e, only)]
        number = min(number_asked(request, "page") or 1, max(1, -(-len(shown) // ON_PAGE)))

        def changed(**query: object) -> str:
            asked = None if layer == READING else layer
            now = {"source": names, "view": view, "only": only, "page": None, "layer": asked}
            return address("/collate", **{**now, **query})

        return self._pages.page(
            "collate.html",
            screen="collate",
            collated=collated,
            entries=shown[(number - 1) * ON_PAGE : number * ON_PAGE],
            varying=sum(e.varies for e in collated.entries),
            view=view,
            only=only,
            counts={kind: sum(_is_shown(e, kind) for e in collated.entries) for kind in CLASSES},
            views={name: changed(view=name) for name in VIEWS},
            kinds={kind: changed(only=None if kind == only else kind) for kind in CLASSES},
            decisions=self._workbench.collating.decisions(),
            here=changed(page=number),
            tei_address=address("/collate.xml", source=names, layer=None if layer == READING else layer),
            layer=layer,
            layers={words: changed(layer=None if name == READING else name) for name, words in LAYER_WORDS.items()},
            layer_words=LAYER_WORDS[layer],
            number=number,
            last_number=max(1, -(-len(shown) // ON_PAGE)),
            previous=changed(page=number - 1),
            next=changed(page=number + 1),
        )

    def tei(self, request: Request) -> Response:
        """The same as a TEI apparatus, to keep."""
        collated = self._workbench.collating.collate(request.query_params.getlist("source"), _layer(request))
        return Response(
            self._workbench.collating.apparatus_tei(collated),
            media_type="application/tei+xml",
            headers={"Content-Disposition": 'attachment; filename="apparatus.xml"'},
        )


def _layer(request: Request) -> str:
    layer = request.query_params.get("layer") or READING
    if layer not in LAYERS:
        raise InvalidRecordError(f"there is no layer {layer[:40]!r}", hint=f"One of {', '.join(LAYERS)}")
    return layer


def _is_shown(entry: Entry, only: str | None) -> bool:
    return entry.varies and (only is None or any(r.difference == only for r in entry.readings))
