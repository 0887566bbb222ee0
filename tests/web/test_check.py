"""The Check screen, asked for without a browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from tests.web.conftest import Invented

TOKEN = "a-token-for-tests"
DRAFT = "Wray wrote: “I shut the gate at eleven. The water stood at nine feet, and I saw no man upon the bank.”\n"


def sent(client: httpx.Client, content: bytes, token: str = TOKEN) -> httpx.Response:
    return client.post("/check", files={"manuscript": ("draft.txt", content)}, data={"token": token})


def test_the_form_asks_for_a_manuscript_or_a_source(client: httpx.Client, invented: Invented) -> None:
    page = client.get("/check").text
    assert 'name="manuscript"' in page
    assert f"/check?source={invented.source.sha256}" in page


def test_a_manuscript_is_checked_and_not_taken_in(client: httpx.Client, invented: Invented) -> None:
    before = client.get("/").text.count("harle")
    page = sent(client, DRAFT.encode()).text
    assert "altered" in page
    assert "<mark>eleven</mark>" in page
    link = re.search(r'href="(/source/[0-9a-f]{64}\?at=\d+-\d+)#here"', page)
    assert link is not None
    assert "I shut the gate at ten" in re.sub(r"<[^>]*>", "", client.get(link[1]).text)
    assert client.get("/").text.count("harle") == before


def test_a_source_is_checked_with_its_records(client: httpx.Client, invented: Invented) -> None:
    answer = client.get("/check", params={"source": invented.source.sha256})
    assert answer.status_code == 200
    records = client.get("/check.json", params={"source": invented.source.sha256})
    assert isinstance(records.json(), list)


@pytest.mark.parametrize("content", [b"", b"\0\1\2" * 99])
def test_what_cannot_be_read_is_said(client: httpx.Client, content: bytes) -> None:
    assert sent(client, content).status_code == 400


def test_a_foreign_form_is_refused(client: httpx.Client) -> None:
    assert sent(client, DRAFT.encode(), token="another").status_code == 403


def test_hostile_words_stay_words(client: httpx.Client) -> None:
    page = sent(
        client, "He wrote: “<script>alert(1)</script> the gate at ten was shut by nobody at all.”\n".encode()
    ).text
    assert "<script>alert" not in page
