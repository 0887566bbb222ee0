"""Turn records into pages."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, StreamingResponse

from testimonia import __version__
from testimonia.errors import TestimoniaError
from testimonia.model.layers import READING
from testimonia.model.spans import Anchor
from testimonia.web import words

PIECES_AT_ONCE = 40
"""How many pieces of a template go out together: about a section of a large comparison."""


def reader_address(anchor: Anchor, layer: str | None = None) -> str:
    """Where does the Reader show the words that an anchor cites?"""
    if anchor.layer == READING and layer is None:
        return f"/source/{anchor.source}?at={anchor.start}-{anchor.end}#here"
    return line_address(anchor.source, anchor.first_line, layer)


def line_address(sha256: str, line: int, layer: str | None = None) -> str:
    """Where does the Reader show a line of a source?"""
    shown_layer = f"&layer={layer}" if layer else ""
    return f"/source/{sha256}?line={line}{shown_layer}#here"


def address(path: str, **query: object) -> str:
    """A path with those of its parameters that are not None."""
    given = {name: value for name, value in query.items() if value is not None}
    return quote(path) + (f"?{urlencode(given, doseq=True)}" if given else "")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("testimonia.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=words.shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        citation=words.citation,
        cut=words.cut_words,
        date=words.date_words,
        duration=words.duration_words,
        gap=words.gap_words,
        how_read=words.how_read,
        one_line=words.one_line,
        page_name=words.page_name,
        size=words.size_words,
    )
    environment.globals.update(
        address=address,
        count=words.count_words,
        line_address=line_address,
        lines=words.lines_words,
        page_words=words.page_words,
        reader_address=reader_address,
        version=__version__,
    )
    return environment


class Pages:
    """Renders the templates, each with what every page needs."""

    def __init__(self, token: str) -> None:
        self._environment = _environment()
        self._token = token

    def page(self, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
        """One page of the application. It may be kept by the browser for Back, and is asked for again otherwise."""
        html = self._environment.get_template(template).render(token=self._token, **values)
        return HTMLResponse(html, status_code=status, headers={"Cache-Control": "private, no-cache"})

    def long_page(self, template: str, **values: object) -> StreamingResponse:
        """A page that may be long, sent as it is made, so that its beginning is shown while the rest is made."""
        stream = self._environment.get_template(template).stream(token=self._token, **values)
        stream.enable_buffering(PIECES_AT_ONCE)
        return StreamingResponse(
            (piece.encode() for piece in stream), media_type="text/html", headers={"Cache-Control": "private, no-cache"}
        )

    def part(self, template: str, macro: str, *values: object) -> str:
        """A part of a page, for a script that puts it in the place of an older one: a macro of this template."""
        module = self._environment.get_template(template).make_module()
        return str(getattr(module, macro)(*values))

    def error(self, error: TestimoniaError, status: int, headers: Mapping[str, str] | None = None) -> HTMLResponse:
        """An error in the look of every other page: what happened, where, and what to do next."""
        answer = self.page("error.html", status=status, screen="error", error=error, phrase=HTTPStatus(status).phrase)
        answer.headers.update(headers or {})
        return answer
