"""The endpoint as a client meets it: right answers, and everything that can be wrong with one."""

from collections.abc import Iterator

import pytest
from tests.endpoints.stand_in import StandIn, standing_in

from testimonia.endpoints.chat import ChatEndpoint, EndpointError


@pytest.fixture
def model() -> Iterator[StandIn]:
    with standing_in(lambda asked: f"I was asked about {asked['point']}.") as made:
        yield made


def endpoint(model: StandIn, *, key: str | None = None, timeout_s: float = 20.0) -> ChatEndpoint:
    return ChatEndpoint(url=model.url, model="invented-7b", key=key, timeout_s=timeout_s)


def test_it_asks_as_the_protocol_says_and_gives_back_the_words(model: StandIn) -> None:
    assert endpoint(model, key="k-1").ask("be careful", '{"point": "the lamp"}') == "I was asked about the lamp."
    assert model.paths == ["/v1/chat/completions"]
    asked = model.asked[0]
    assert (asked["model"], asked["temperature"], asked["stream"]) == ("invented-7b", 0, False)
    assert [m["role"] for m in asked["messages"]] == ["system", "user"]
    assert model.with_headers[0]["Authorization"] == "Bearer k-1"


def test_a_key_is_sent_only_where_there_is_one_and_is_never_printed(model: StandIn) -> None:
    endpoint(model).ask("s", '{"point": "x"}')
    assert "authorization" not in {name.lower() for name in model.with_headers[0]}
    assert "k-secret" not in repr(endpoint(model, key="k-secret"))


@pytest.mark.parametrize("status", [401, 404, 500])
def test_a_status_that_is_no_answer_is_said(model: StandIn, status: int) -> None:
    model.status = status
    with pytest.raises(EndpointError, match=str(status)):
        endpoint(model).ask("s", '{"point": "x"}')


def test_a_redirection_is_not_followed(model: StandIn) -> None:
    with standing_in() as elsewhere:
        model.status, model.headers = 307, {"Location": f"{elsewhere.url}/chat/completions"}
        with pytest.raises(EndpointError, match="307"):
            endpoint(model).ask("s", '{"point": "x"}')
        assert elsewhere.asked == []


def test_proxies_of_the_environment_are_not_used(model: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert endpoint(model).ask("s", '{"point": "x"}')


def test_one_that_does_not_answer_is_given_up(model: StandIn) -> None:
    model.wait_s = 2.0
    with pytest.raises(EndpointError, match="did not answer within"):
        endpoint(model, timeout_s=0.2).ask("s", '{"point": "x"}')


def test_an_answer_without_end_is_cut_off(model: StandIn) -> None:
    model.endless = True
    with pytest.raises(EndpointError, match="1,000,000 bytes"):
        endpoint(model).ask("s", '{"point": "x"}')


@pytest.mark.parametrize(
    "raw",
    [b"", b"<html>", b"{}", b'{"choices": []}', b'{"choices": [{"message": {"content": null}}]}', b"[" * 200_000],
    ids=["empty", "a page", "no choices", "none of them", "no text", "deep"],
)
def test_what_is_no_answer_of_a_chat_is_refused(model: StandIn, raw: bytes) -> None:
    model.raw = raw
    with pytest.raises(EndpointError):
        endpoint(model).ask("s", '{"point": "x"}')


def test_where_nothing_listens_that_is_said() -> None:
    with standing_in() as gone:
        url = gone.url
    with pytest.raises(EndpointError, match="can't be reached"):
        ChatEndpoint(url=url, model="m").ask("s", "u")


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "ftp://x/v1", "127.0.0.1:8080"])
def test_only_web_addresses_are_endpoints(url: str) -> None:
    with pytest.raises(EndpointError, match="no address"):
        ChatEndpoint(url=url, model="m")


@pytest.mark.parametrize(
    ("url", "local"),
    [("http://localhost:1/v1", True), ("http://[::1]:1/v1", True), ("http://127.0.0.9/v1", True),
     ("http://10.0.0.1/v1", False), ("https://localhost.example/v1", False)],
)  # fmt: skip
def test_only_this_machine_is_local(url: str, local: bool) -> None:
    assert ChatEndpoint(url=url, model="m").is_local is local
