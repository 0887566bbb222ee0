"""Read what an address or a form asks for."""

import re

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.types import Message

from testimonia.errors import InvalidRecordError, TooLargeError
from testimonia.services.workbench import Workbench
from testimonia.web.words import size_words

FORM_LIMIT_BYTES = 64 * 1024
# A browser that is cut off while sending shows its own error: somewhat too much is read to its end and thrown away.
READ_TO_THE_END = 4
_STRETCH = re.compile(r"(\d{1,12})-(\d{1,12})")


def number_asked(request: Request, name: str) -> int | None:
    """The whole number from 1 that the address gives under this name. Raises InvalidRecordError for anything else."""
    given = request.query_params.get(name)
    if given is None or not given.strip():
        return None
    if not re.fullmatch(r"[0-9]{1,12}", given.strip()) or int(given) < 1:
        raise InvalidRecordError(f"{given[:40]!r} is not a number from 1", where=f"{name}=", hint="Give digits only")
    return int(given)


def stretch_asked(request: Request, name: str) -> tuple[int, int] | None:
    """The stretch (start-end) that the address gives under this name. Raises InvalidRecordError."""
    given = request.query_params.get(name)
    if given is None:
        return None
    found = _STRETCH.fullmatch(given)
    if found is None or int(found[1]) >= int(found[2]):
        raise InvalidRecordError(f"{given[:40]!r} is not a stretch", where=f"{name}=", hint="Write it as 120-180")
    return int(found[1]), int(found[2])


def source_asked(workbench: Workbench, text: str) -> str:
    """The SHA-256 of the source that an address names: by its whole hash, or by anything that names just one.

    Raises NotFoundError, AmbiguousError. A whole hash is taken at its word: whoever reads the source finds out.
    """
    if re.fullmatch(r"[0-9a-f]{64}", text):
        return text
    return str(workbench.catalogue.find_source(text).source.sha256)


def own_path(form: FormData, name: str, otherwise: str) -> str:
    """The address inside this program that a form asks to go back to; never one elsewhere."""
    given = form.get(name)
    safe = isinstance(given, str) and re.fullmatch(r"/(?![/\\])[^\x00-\x20\\]*", given)
    return str(given) if safe else otherwise


async def bounded_form(request: Request, limit_bytes: int = FORM_LIMIT_BYTES, max_files: int = 0) -> FormData:
    """The form that was sent. Raises TooLargeError where it is over the limit, whatever its headers say."""
    received_bytes = 0

    async def receive() -> Message:
        nonlocal received_bytes
        message = await request.receive()
        received_bytes += len(message.get("body", b""))
        if received_bytes <= limit_bytes:
            return message
        while message.get("more_body") and received_bytes <= READ_TO_THE_END * limit_bytes:
            message = await request.receive()
            received_bytes += len(message.get("body", b""))
        raise TooLargeError(
            f"what was sent is over the limit of {size_words(limit_bytes)}",
            hint="Send fewer files at once, or add them with `testimonia add`",
        )

    return await Request(request.scope, receive).form(max_files=max_files)
