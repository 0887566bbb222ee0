"""The same page in every format of OCR gives the same pages, lines and boxes."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3]))
from tests.readers.one_page import HEIGHT, PARAGRAPHS, TEXT, WIDTH, every_format

from testimonia.readers.table import read

FORMATS = every_format()
every_ocr_format = pytest.mark.parametrize("name", sorted(FORMATS))


@every_ocr_format
def test_the_lines_and_pages_are_the_same(name: str) -> None:
    source = read(FORMATS[name], name="page.xml")
    assert source.text == TEXT
    assert source.page_starts == (0, len(TEXT) - 1)
    assert source.unread == ()


@every_ocr_format
def test_every_word_has_its_box_on_a_page_of_its_size(name: str) -> None:
    source = read(FORMATS[name], name="page.xml")
    first, blank = source.scans
    assert [(s.page_index, s.width, s.height, s.turned_deg, s.image, s.engine) for s in source.scans] == [
        (n, WIDTH, HEIGHT, 0, False, None) for n in (0, 1)
    ]
    words = [word for paragraph in PARAGRAPHS for line in paragraph for word in line]
    assert [(source.text[b.start : b.end], b.left, b.top, b.right, b.bottom) for b in first.boxes] == words
    assert not blank.boxes
    assert {b.confidence for b in first.boxes} == {None if name == "DjVu XML" else 0.9}


LINES_ALONE = {
    "hOCR": "<html><div class='ocr_page' title='bbox 0 0 90 90'>"
    "<span class='ocr_line' title='bbox 5 6 70 16'>The  <b>old</b> lamp</span></div></html>",
    "ALTO": '<alto><Page WIDTH="90" HEIGHT="90"><TextLine HPOS="5" VPOS="6" WIDTH="65" HEIGHT="10">'
    '<String CONTENT="The"/><SP/><String CONTENT="old"/><SP/><String CONTENT="lamp"/></TextLine></Page></alto>',
    "PAGE": '<PcGts><Page imageWidth="90" imageHeight="90"><TextRegion><TextLine><Coords points="5,6 70,6 70,16"/>'
    '<Word><Coords points="5,6 9,9"/><TextEquiv><Unicode>Tne old lamp</Unicode></TextEquiv></Word>'
    "<TextEquiv><Unicode>The old lamp</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>",
    "ABBYY": '<document xmlns="abbyy"><page width="90" height="90"><par><line l="5" t="6" r="70" b="16">'
    "<formatting>The old lamp</formatting></line></par></page></document>",
}


@pytest.mark.parametrize("name", sorted(LINES_ALONE))
def test_where_words_have_no_place_the_line_has_one(name: str) -> None:
    source = read(LINES_ALONE[name].encode(), name="page.xml")
    assert source.text == "The old lamp\n"
    (scan,) = source.scans
    assert [(b.start, b.end, b.left, b.top, b.right, b.bottom) for b in scan.boxes] == [(0, 12, 5, 6, 70, 16)]


@pytest.mark.parametrize("place", ["nan", "inf", "1e99", "-5", "", "99999999999999999999", "x"])
def test_places_that_are_none_are_left_out_and_the_text_stays(place: str) -> None:
    content = (
        f'<alto><Page><TextLine><String CONTENT="lamp" HPOS="{place}" VPOS="1" WIDTH="2" HEIGHT="3"/></TextLine></Page>'
    )
    source = read(f"{content}</alto>".encode(), name="a.xml")
    assert source.text == "lamp\n"
    assert all(0 <= b.left <= b.right for s in source.scans for b in s.boxes)


def test_the_hyphen_of_a_broken_word_lies_in_its_box() -> None:
    content = (
        '<alto><Page><TextLine><String CONTENT="trou" HPOS="10" VPOS="5" WIDTH="40" HEIGHT="9"/>'
        '<HYP CONTENT="¬" HPOS="50" VPOS="8" WIDTH="4" HEIGHT="2"/></TextLine></Page></alto>'
    )
    source = read(content.encode(), name="a.xml")
    ((box,),) = (scan.boxes for scan in source.scans)
    assert (source.text[box.start : box.end], box.right) == ("trou¬", 54)
