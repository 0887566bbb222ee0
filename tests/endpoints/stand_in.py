"""A chat endpoint on this machine that answers what a test tells it to: no model, but the real protocol."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[dict[str, Any]], str]
"""From the point as it was asked about to the model's words."""


class StandIn:
    """What the stand-in answers, and what it was asked: the messages, and the headers they came with."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.status = 200
        self.raw: bytes | None = None
        self.headers: dict[str, str] = {}
        self.wait_s = 0.0
        self.endless = False
        self.asked: list[dict[str, Any]] = []
        self.with_headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.url = ""


def _handler(stand_in: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            stand_in.asked.append(body)
            stand_in.with_headers.append(dict(self.headers))
            stand_in.paths.append(self.path)
            time.sleep(stand_in.wait_s)
            try:
                self._answer(body)
            except (BrokenPipeError, ConnectionResetError):
                return

        def _answer(self, body: dict[str, Any]) -> None:
            self.send_response(stand_in.status)
            for name, value in stand_in.headers.items():
                self.send_header(name, value)
            if stand_in.endless:
                self.end_headers()
                while True:
                    self.wfile.write(b" " * 65_536)
            answer = stand_in.raw
            if answer is None:
                words = stand_in.answer(json.loads(body["messages"][1]["content"]))
                answer = json.dumps({"choices": [{"message": {"role": "assistant", "content": words}}]}).encode()
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    return Handler


@contextmanager
def standing_in(answer: Answer = lambda asked: "{}") -> Iterator[StandIn]:
    """The stand-in, serving on a port of its own until the end."""
    stand_in = StandIn(answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(stand_in))
    server.daemon_threads = True
    stand_in.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
