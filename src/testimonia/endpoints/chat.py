"""Ask a language model behind an OpenAI-compatible endpoint: `POST {url}/chat/completions`.

The one room that speaks to a machine other than the user's browser, and only where the user has named one.
"""

import ipaddress
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from testimonia.errors import TestimoniaError

MAX_ANSWER_BYTES = 1_000_000
MAX_TOKENS = 2_000
_CHUNK_BYTES = 65_536


class EndpointError(TestimoniaError):
    """The endpoint can't be reached, or does not answer as it should."""

    code = "endpoint"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatEndpoint:
    """Where to ask, which model, and for how long to wait (seconds, between two pieces of the answer).

    The key is kept out of what is printed of the record.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout_s: float = 120.0

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise EndpointError(
                "this is no address of an endpoint", where=self.url, hint="It looks like http://127.0.0.1:8080/v1"
            )

    @property
    def is_local(self) -> bool:
        """Is it on this machine? Then nothing leaves it.

        >>> ChatEndpoint(url="http://127.0.0.1:8080/v1", model="m").is_local
        True
        >>> ChatEndpoint(url="https://models.example/v1", model="m").is_local
        False
        """
        host = urlsplit(self.url).hostname or ""
        if host == "localhost":
            return True
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False

    def ask(self, system: str, user: str) -> str:
        """What does the model answer to this?

        Redirections are not followed, proxies of the environment are not used, and an answer of more than
        `MAX_ANSWER_BYTES` is not read to its end. Raises EndpointError.
        """
        asked = {
            "model": self.model,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            "temperature": 0,
            "max_tokens": MAX_TOKENS,
            "stream": False,
        }
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        where = self.url.rstrip("/") + "/chat/completions"
        try:
            with (
                httpx.Client(trust_env=False, follow_redirects=False, timeout=self.timeout_s) as client,
                client.stream("POST", where, json=asked, headers=headers) as response,
            ):
                if response.status_code != 200:
                    raise EndpointError(f"it answered with status {response.status_code}", where=where, hint=_ADVICE)
                body = bytearray()
                for chunk in response.iter_bytes(_CHUNK_BYTES):
                    body += chunk
                    if len(body) > MAX_ANSWER_BYTES:
                        raise EndpointError(
                            f"it answered with more than {MAX_ANSWER_BYTES:,} bytes", where=where, hint=_ADVICE
                        )
        except httpx.TimeoutException as error:
            raise EndpointError(
                f"it did not answer within {self.timeout_s:g} seconds", where=where, hint="Give it more with --timeout"
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise EndpointError(
                f"it can't be reached ({error})", where=where, hint="See whether it runs, and at this address"
            ) from error
        return _content(bytes(body), where)


_ADVICE = "See what the endpoint itself says about this"


def _content(body: bytes, where: str) -> str:
    try:
        answer: Any = json.loads(body)
        content = answer["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise EndpointError("its answer is not that of a chat endpoint", where=where, hint=_ADVICE) from error
    if not isinstance(content, str):
        raise EndpointError("its answer holds no text", where=where, hint=_ADVICE)
    return content
