"""`serve`: the web application on a library."""

import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from testimonia.cli.options import cores_option, library_option, opened
from testimonia.errors import TestimoniaError

if TYPE_CHECKING:
    from testimonia.services.workbench import Workbench

DEFAULT_PORT = 8017
Command = TypeVar("Command", bound=Callable[..., Any])


class PortError(TestimoniaError):
    """The address to serve at can't be had."""

    code = "port"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """A socket that is bound, and the address of the web application on it."""

    bound: socket.socket
    host: str
    address: str


def host_option(command: Command) -> Command:
    """Where to listen."""
    return click.option(
        "--host", default="127.0.0.1", show_default=True, help="Address to listen on; others than this machine's own "
        "let other machines in, without a password.",
    )(command)  # fmt: skip


def port_option(command: Command) -> Command:
    """The port to listen on."""
    return click.option(
        "--port", type=click.IntRange(0, 65535), help=f"Port; otherwise {DEFAULT_PORT}, or a free one if it is taken."
    )(command)


@contextmanager
def listen(host: str, port: int | None) -> Iterator[Listening]:
    """Bind the address; another free port where the usual one is taken and none was asked for."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        try:
            bound.bind((host, DEFAULT_PORT if port is None else port))
        except OSError as error:
            if port is not None:
                raise PortError(
                    f"can't listen there ({error.strerror})", where=f"{host}:{port}", hint="Choose another --port"
                ) from error
            bound.bind((host, 0))
        shown = f"[{host}]" if ":" in host else host
        yield Listening(bound=bound, host=host, address=f"http://{shown}:{bound.getsockname()[1]}/")
    finally:
        bound.close()


def serve_until_interrupted(workbench: "Workbench", listening: Listening, open_at: str | None) -> None:
    """Serve until Ctrl C; open the browser once the server answers."""
    # The web server's modules load slowly: only where something is served.
    import uvicorn

    from testimonia.web.app import create_app

    app = create_app(workbench, allowed_hosts=(listening.host,))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False, lifespan="off"))
    if open_at is not None:
        threading.Timer(0.5, webbrowser.open, args=(open_at,)).start()
    workbench.begin_serving()
    with suppress(KeyboardInterrupt):  # Ctrl C is how serving ends: the server has shut down by then
        server.run(sockets=[listening.bound])


@click.command()
@click.option("--browser/--no-browser", default=False, help="Open the browser.")
@host_option
@port_option
@cores_option
@library_option
def serve(browser: bool, host: str, port: int | None, cores: int | None, library: Path) -> None:
    """Serve the web application on a library, until Ctrl C.

    \b
    Example: testimonia serve --port 8100
    """
    with opened(library, cores=cores) as workbench, listen(host, port) as listening:
        click.echo(f"Serving at {listening.address}\nStop with Ctrl C.")
        serve_until_interrupted(workbench, listening, listening.address if browser else None)
