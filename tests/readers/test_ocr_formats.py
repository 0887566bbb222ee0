"""ALTO, PAGE, ABBYY, DjVu XML and hOCR: lines, paragraphs, pages and the hyphens at line ends."""

import pytest

from testimonia.errors import EmptySourceError, TooLargeError, UnreadableSourceError
from testimonia.readers import markup
from testimonia.readers.table import read

Files = dict[str, tuple[bytes, ...]]


def test_the_lines_of_alto_keep_their_hyphens_and_every_page_its_place(whole_files: Files) -> None:
    source = read(whole_files["ALTO"][0], name="a.xml")
    assert source.text == (
        "The harbour mas-\n\nThe harbour master\nwas a trou¬\nbled spec\u00ad\ntator who wi\u00ad\n" + "\n" + "shed.\n"
    )
    assert source.page_starts == (0, source.text.index("\n\nshed") + 1, source.text.index("shed"))


def test_page_regions_come_in_reading_order_then_as_they_stand(whole_files: Files) -> None:
    source = read(whole_files["PAGE XML"][0], name="a.xml")
    assert source.text == "So the\n\nharbour master\nwrote it.\n\nA region\nwithout lines.\n"
    assert source.page_starts == (0,)


def test_the_characters_of_abbyy_make_words_and_lines(whole_files: Files) -> None:
    source = read(whole_files["ABBYY XML"][0], name="a.xml")
    assert source.text == "The s¬\nharbour master’s book\n\nsaid so.\n\n"
    assert source.page_starts == (0, len(source.text) - 1)


def test_the_hidden_text_of_djvu_is_read_page_by_page(whole_files: Files) -> None:
    source = read(whole_files["DjVu XML"][0], name="a.xml")
    assert source.text == "The harbour master\nwrote.\n\nNobody saw\n\n"
    assert source.page_starts == (0, len(source.text) - 1)


def test_the_lines_of_hocr_are_those_of_the_page(whole_files: Files) -> None:
    source = read(whole_files["hOCR"][0], name="a.hocr")
    assert source.text == "The harbour master&\nwas trou-\n\nbled,\nhe said.\n\n"
    assert source.page_starts == (0, len(source.text) - 1)
    assert (source.media_type, source.encoding) == ("text/vnd.hocr+html", "utf-8")


def test_the_damage_of_hocr_is_told_by_page() -> None:
    page = "<div class='ocr_page'><span class='ocr_line'>lamp</span></div>"
    content = f"<html><body>{page}<div class=ocr_page>{'<b>' * 5_000}</div>{page}"
    with pytest.raises(UnreadableSourceError, match="nested too deep") as caught:
        read(content.encode(), name="a.html")
    assert caught.value.where.startswith("a.html, page 2, line ")


def test_pages_before_the_damage_are_kept_and_the_damage_is_named(whole_files: Files) -> None:
    content = whole_files["ALTO"][0]
    source = read(content[: content.index(b'<Page ID="p3"') + 20], name="a.xml")
    assert source.text.endswith("wi\u00ad\n\n")
    (notice,) = source.notices
    assert notice.code == "cut-short"
    assert "Page 2 is the last whole one" in notice.message


def test_damage_before_the_first_whole_page_is_refused_with_its_line(whole_files: Files) -> None:
    content = whole_files["ALTO"][0]
    with pytest.raises(UnreadableSourceError, match="cut short") as caught:
        read(content[: content.index(b"</Page>")], name="a.xml")
    assert caught.value.where.startswith("a.xml, line ")


def test_pages_without_a_word_are_said_to_hold_no_text() -> None:
    with pytest.raises(EmptySourceError, match="no text"):
        read(b"<alto><Layout><Page/><Page/></Layout></alto>", name="a.xml")
    with pytest.raises(UnreadableSourceError, match="no pages"):
        read(b"<alto><Layout/></alto>", name="a.xml")


def test_more_bytes_or_pages_than_the_bound_are_refused(monkeypatch: pytest.MonkeyPatch, whole_files: Files) -> None:
    monkeypatch.setattr("testimonia.readers.setting.MAX_PAGES", 2)
    with pytest.raises(TooLargeError, match="more than 2 pages"):
        read(whole_files["ALTO"][0], name="a.xml")
    monkeypatch.setattr(markup, "MAX_BYTES", 100)
    with pytest.raises(TooLargeError, match="100 is the most"):
        read(whole_files["ALTO"][0], name="a.xml")


BOMB = (
    b'<!DOCTYPE alto [<!ENTITY a "'
    + b"ha " * 1_000
    + b'">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)


@pytest.mark.parametrize(
    "body",
    [
        b'<alto><Layout><Page><TextLine><String CONTENT="&j;"/></TextLine></Page></Layout></alto>',
        b"<alto><Layout><Page><TextLine>&j;</TextLine></Page></Layout></alto>",
        b"<alto>" + b"<Page>" * 100_000,
    ],
    ids=["in an attribute", "in the text", "depth"],
)
def test_entities_that_grow_and_endless_depth_are_refused(body: bytes) -> None:
    with pytest.raises(UnreadableSourceError, match="damaged or was cut short"):
        read(BOMB + body, name="a.xml")


def test_an_entity_of_another_file_is_not_fetched(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text("the lamp")
    content = (
        f'<!DOCTYPE DjVuXML [<!ENTITY other SYSTEM "{secret.as_uri()}">'
        f'<!ENTITY % all SYSTEM "{secret.as_uri()}"> %all;]>'
        "<DjVuXML><BODY><OBJECT><LINE><WORD>harbour &other;</WORD></LINE></OBJECT></BODY></DjVuXML>"
    )
    assert read(content.encode(), name="a.xml").text == "harbour &other;\n"


def test_characters_that_only_names_tell_are_those_of_html() -> None:
    content = (
        '<!DOCTYPE DjVuXML SYSTEM "x.dtd"><DjVuXML><OBJECT><LINE><WORD>a&mdash;b&amp;</WORD></LINE></OBJECT></DjVuXML>'
    )
    assert read(content.encode(), name="a.xml").text == "a—b&\n"
