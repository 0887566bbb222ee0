"""What the web application lets in, and what its pages may do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from tests.web.conftest import Invented

TOKEN = "a-token-for-tests"
SCREENS = (
    "/",
    "/?q=gate",
    "/source/{sha}",
    "/source/{sha}?page=2",
    "/source/{sha}?layer=original&page=2",
    "/source/{sha}/gaps",
    "/compare/{event}",
    "/compare?source={sha}",
    "/jobs",
    "/nowhere",
)
POLICY = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest, invented: Invented) -> str:
    return str(request.param).format(sha=invented.source.sha256, event=invented.comparison().event.id)


@pytest.mark.parametrize(
    ("path", "method"),
    [("/", "GET"), ("/nowhere", "GET"), ("/sources", "GET"), ("/sources", "POST"), ("/static/testimonia.css", "GET")],
)
def test_every_answer_carries_the_policy(client: httpx.Client, path: str, method: str) -> None:
    answer = client.request(method, path)
    assert {name: answer.headers[name] for name in POLICY} == POLICY


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8017", "LOCALHOST", "[::1]:80", "archive.example"])
def test_hosts_of_this_machine_are_answered(client: httpx.Client, host: str) -> None:
    assert client.get("/jobs", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:80@evil.example", "[::1", "localhost:", "[::1]x", ""]
)
def test_foreign_hosts_are_refused(client: httpx.Client, host: str) -> None:
    answer = client.get("/jobs", headers={"Host": host})
    assert answer.status_code == (200 if host == "localhost:" else 400)
    assert "content-security-policy" in answer.headers


def test_pages_hold_no_inline_script_and_no_inline_style(client: httpx.Client, screen: str) -> None:
    html = client.get(screen).text
    assert all(re.fullmatch(r'<script src="/static/\w+\.js" defer>', tag) for tag in re.findall(r"<script[^>]*>", html))
    assert not re.search(r"<style|<[a-z][^>]*\s(?:style|on[a-z]+)\s*=", html)


def test_document_text_is_shown_and_never_obeyed(client: httpx.Client, invented: Invented, screen: str) -> None:
    html = client.get(screen).text
    assert "<script>document" not in html
    assert "<b>bold" not in html
    assert 'href="javascript:' not in html
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)


def test_control_characters_of_the_document_can_be_seen(client: httpx.Client, invented: Invented) -> None:
    html = client.get(f"/source/{invented.source.sha256}").text
    assert "\u27e8U+202E\u27e9esrever\u27e8U+202C\u27e9 nul\u2400" in html
    assert "&lt;script&gt;document.title=&#39;broken&#39;&lt;/script&gt;" in html


@pytest.mark.parametrize(
    ("headers", "token", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, TOKEN, 400),
        ({"Sec-Fetch-Site": "same-origin"}, TOKEN, 400),
        ({}, TOKEN, 400),
        ({}, "another", 403),
        ({}, "", 403),
        ({"Sec-Fetch-Site": "cross-site"}, TOKEN, 403),
        ({"Sec-Fetch-Site": "same-site"}, TOKEN, 403),
        ({"Origin": "http://evil.example"}, TOKEN, 403),
        ({"Origin": "http://127.0.0.1:1"}, TOKEN, 403),
        ({"Origin": "null"}, TOKEN, 403),
    ],
)
def test_only_our_own_forms_change_anything(
    client: httpx.Client, headers: dict[str, str], token: str, status: int
) -> None:
    """An upload without files goes as far as the complaint about that (400) where it is let in at all."""
    answer = client.post("/sources", data={"token": token}, headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize(
    "path", ["/jobs/x/pause", "/jobs/x/cancel", "/findings/x/judgement", "/judgements/x/undo", "/sources"]
)
def test_every_change_asks_for_the_token(client: httpx.Client, path: str) -> None:
    assert client.post(path, data={"token": "guessed"}).status_code == 403
    assert client.post(path).status_code == 403
    assert client.get(path).status_code == 405


def test_the_origin_that_the_browser_names_is_compared_with_the_host(client: httpx.Client) -> None:
    own = str(client.base_url).rstrip("/")
    assert client.post("/jobs/x/pause", data={"token": TOKEN}, headers={"Origin": own}).status_code == 404


def test_an_upload_over_the_limit_is_refused_with_the_limit(client: httpx.Client) -> None:
    files = {"files": ("large.txt", b"x" * 10_001)}
    answer = client.post("/sources", data={"token": TOKEN}, files=files)
    assert answer.status_code == 413
    assert "over the limit of 10 KiB" in answer.text


def test_an_upload_over_the_limit_that_does_not_tell_its_length_is_refused(client: httpx.Client) -> None:
    def body() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        for _ in range(20):
            yield b"x" * 1000
        yield b"\r\n--b--\r\n"

    answer = client.post("/sources", content=body(), headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert answer.status_code == 413


def test_a_broken_form_is_the_senders_mistake(client: httpx.Client) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    assert client.post("/sources", content=b"--x\r\nnonsense", headers=headers).status_code in (400, 403)
