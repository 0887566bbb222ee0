"""The scan beside the text, as it comes from the server: it must work without scripts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx
import pytest
from PIL import Image

if TYPE_CHECKING:
    from tests.web.scanned import Scanned


@pytest.fixture
def reader(scan_site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=scan_site, trust_env=False, timeout=60) as made:
        yield made


def image_address(html: str) -> str:
    found = re.search(r'<image href="([^"]+)"', html)
    assert found
    return found[1]


def test_the_scan_stands_beside_the_text_with_a_link_for_every_line(reader: httpx.Client, scanned: Scanned) -> None:
    html = reader.get(f"/source/{scanned.source.sha256}").text
    line = scanned.line_of("saw no man")
    assert html.count('class="on-scan"') == 9
    assert f'href="#l{line}" data-line="{line}"' in html
    assert f'id="l{line}"' in html
    assert "style=" not in html


def test_it_says_which_engine_read_the_page_and_how_sure_it_was(reader: httpx.Client, scanned: Scanned) -> None:
    html = reader.get(f"/source/{scanned.source.sha256}?page=2").text
    assert "Read by invented 1.0 with a confidence of 0.91 out of 1." in html
    assert "It lay upside down and is shown turned back." in html


def test_words_that_were_read_without_certainty_are_named_with_their_lines(
    reader: httpx.Client, scanned: Scanned
) -> None:
    html = reader.get(f"/source/{scanned.source.sha256}").text
    line = scanned.line_of("modem")
    assert "1 word read without certainty" in html
    assert f'<a href="#l{line}">modem</a> <span class="muted">line {line}, confidence 0.41</span>' in html
    assert "without certainty" not in reader.get(f"/source/{scanned.source.sha256}?page=2").text


def test_a_line_that_the_reading_text_left_out_leads_to_the_original(reader: httpx.Client, scanned: Scanned) -> None:
    html = reader.get(f"/source/{scanned.source.sha256}?page=2").text
    line = scanned.line_of("2\n\nMrs.")
    found = re.search(rf'<a class="on-scan" href="([^"]+)" data-line="{line}"', html)
    assert found
    assert "not in the reading text" in reader.get(found[1].replace("&amp;", "&")).text


def test_the_image_is_upright_and_may_be_kept_for_good(reader: httpx.Client, scanned: Scanned) -> None:
    html = reader.get(f"/source/{scanned.source.sha256}?page=2").text
    answer = reader.get(image_address(html))
    assert answer.headers["content-type"] == "image/jpeg"
    assert "immutable" in answer.headers["cache-control"]
    image = Image.open(io.BytesIO(answer.content))
    assert max(image.size) == 1600
    top, bottom = (
        image.crop((0, half * image.height // 2, image.width, (half + 1) * image.height // 2)) for half in (0, 1)
    )
    darkest = [half.tobytes() for half in (top, bottom)]
    assert min(darkest[0]) < 100 < min(darkest[1])


def test_an_image_under_an_address_of_another_turn_is_not_kept(reader: httpx.Client, scanned: Scanned) -> None:
    answer = reader.get(f"/source/{scanned.source.sha256}/scan/2/1600-90")
    assert answer.status_code == 200
    assert "immutable" not in answer.headers["cache-control"]


@pytest.mark.parametrize("rest", ["9/1600-0", "0/1600-0", "1/99999-0", "1/1-0", "x/1600-0"])
def test_an_image_that_is_not_there_is_not_found(reader: httpx.Client, scanned: Scanned, rest: str) -> None:
    assert reader.get(f"/source/{scanned.source.sha256}/scan/{rest}").status_code == 404


def test_a_page_without_words_says_so_beside_its_image(reader: httpx.Client, scanned: Scanned) -> None:
    html = reader.get(f"/source/{scanned.source.sha256}?page=3").text
    assert "it seems to be blank" in html
    assert image_address(html)


def test_places_without_an_image_draw_nothing_and_say_so(reader: httpx.Client, without_images: Scanned) -> None:
    html = reader.get(f"/source/{without_images.source.sha256}").text
    assert "<image" not in html and "scan.js" not in html
    assert "holds no image" in html
    assert reader.get(f"/source/{without_images.source.sha256}/scan/1/1600-0").status_code == 404
