"""What the web application lets in, and what its pages may do."""

import secrets
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from testimonia.errors import TestimoniaError

FROM_HERE = "Ask for it from a page of this program"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class ForbiddenError(TestimoniaError):
    """The request did not come from a page of this program."""

    code = "forbidden"


class Guard:
    """Answers only requests that name this machine, and puts the policy on every answer.

    A foreign name in the Host header is how a web page elsewhere reads a server on loopback (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, allowed_hosts: Sequence[str]) -> None:
        self._app = app
        self._allowed = {*LOOPBACK, *(f"[{h}]" if ":" in h and not h.startswith("[") else h for h in allowed_hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        host = Headers(scope=scope).get("host", "")
        if _host_name(host) not in self._allowed:
            answer = PlainTextResponse(
                "This address is not one of this program's. Open it as http://127.0.0.1, or name the host with --host.",
                status_code=400,
            )
            await answer(scope, receive, send_guarded)
            return
        await self._app(scope, receive, send_guarded)


def _host_name(host: str) -> str:
    """The host without its port; what is malformed matches no allowed host."""
    if host.startswith("["):
        name, bracket, port = host.partition("]")
        name += bracket
        port = port.removeprefix(":")
    else:
        name, _, port = host.partition(":")
    return name.lower() if not port or port.isdigit() else ""


def refuse_foreign(request: Request) -> None:
    """Does this change come from a page of this program, as far as the browser says? Raises ForbiddenError.

    With `no-referrer` a browser sends `Origin: null` for our own forms too, so that only Sec-Fetch-Site can vouch for
    it. Where a browser says neither, the token decides.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    if site is not None and site != "same-origin":
        raise ForbiddenError("another site asked for this change", hint=FROM_HERE)
    if origin is not None and origin != own and not (origin == "null" and site == "same-origin"):
        raise ForbiddenError(f"{urlsplit(origin).netloc or origin} asked for this change", hint=FROM_HERE)


def require_token(given: object, token: str) -> None:
    """Was this form made by this process? Raises ForbiddenError."""
    if not isinstance(given, str) or not secrets.compare_digest(given.encode("utf-8", "replace"), token.encode()):
        raise ForbiddenError("this page is from before the program was started", hint="Reload it and try again")
