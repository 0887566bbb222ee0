import io
import threading
from collections.abc import Callable
from itertools import pairwise

import pytest
from fpdf import FPDF
from PIL import Image

from testimonia.errors import EmptySourceError, EncryptedSourceError, TooLargeError, UnreadableSourceError
from testimonia.readers import pdf_layer
from testimonia.readers.pdf import Pdf
from testimonia.readers.reading import ReadSource

MakePdf = Callable[..., bytes]
READER = Pdf()


def read(content: bytes) -> ReadSource:
    return READER.read(content, name="bulletin.pdf")


def pages(source: ReadSource) -> list[str]:
    assert source.page_starts is not None
    ends = (*source.page_starts[1:], len(source.text))
    return [source.text[start:end] for start, end in zip(source.page_starts, ends, strict=True)]


def scan(page_count: int) -> bytes:
    """Pages with an image and no text."""
    made = FPDF()
    for _ in range(page_count):
        made.add_page()
        made.rect(20, 20, 100, 200, style="F")
    return bytes(made.output())


def with_glyph(units: str) -> bytes:
    """A PDF by hand that prints three glyphs: 'a', one that the font says is these UTF-16 units, and 'b'."""
    show = b"BT /F 12 Tf 50 700 Td <616C62> Tj ET"
    names = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
    names += b"1 begincodespacerange <00> <FF> endcodespacerange 3 beginbfchar "
    names += b"<61> <0061> <62> <0062> <6C> <" + units.encode() + b"> endbfchar endcmap end end"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(show), show),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(names), names),
    ]
    made = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, body) for n, body in enumerate(objects, 1))
    return made + b"trailer << /Root 1 0 R /Size 7 >>\n%%EOF\n"


def test_lines_and_pages_are_kept(make_pdf: MakePdf) -> None:
    source = read(make_pdf("The lamp went out.\nNobody saw it.", "The ferry left at two."))
    assert pages(source) == ["The lamp went out.\nNobody saw it.\n", "The ferry left at two.\n"]
    assert (source.media_type, source.encoding, source.notices) == ("application/pdf", None, ())


def test_a_hyphen_at_a_line_end_keeps_its_line_end(make_pdf: MakePdf) -> None:
    source = read(make_pdf("He was in trou-\nble; his well-\nknown lamp - a dash - was"))
    assert source.text == "He was in trou-\nble; his well-\nknown lamp - a dash - was\n"


def test_a_page_without_text_is_one_empty_line_and_is_named(make_pdf: MakePdf) -> None:
    source = read(make_pdf("first", "", "third"))
    assert pages(source) == ["first\n", "\n", "third\n"]
    (notice,) = source.notices
    assert notice.code == "no-text-layer"
    assert notice.message.startswith("Page 2 has no text layer")
    assert notice.offset == len("first\n")


def test_the_pages_of_a_scan_are_left_to_be_read_from_their_images() -> None:
    source = read(scan(2))
    assert (source.text, source.page_starts, source.unread, source.notices) == ("\n\n", (0, 1), (0, 1), ())
    assert [(s.width, s.height, s.image, len(s.boxes)) for s in source.scans] == [(5953, 8419, True, 0)] * 2


def test_pages_that_are_all_blank_are_refused(make_pdf: MakePdf) -> None:
    with pytest.raises(EmptySourceError, match="all of the 2 pages"):
        read(make_pdf("", ""))


def test_every_word_has_its_box(make_pdf: MakePdf) -> None:
    source = read(make_pdf("The lamp went\nout at once.", "", "Nobody saw it."))
    assert [[source.text[b.start : b.end] for b in s.boxes] for s in source.scans] == [
        ["The", "lamp", "went", "out", "at", "once."], [], ["Nobody", "saw", "it."],
    ]  # fmt: skip
    boxes = source.scans[0].boxes
    tops = [b.top for b in boxes]
    assert max(tops[:3]) < min(tops[3:])
    assert all(a.right <= b.left for a, b in pairwise(boxes[:3]))
    # printed 20 mm from the left, its foot 20 mm from the top
    assert abs(boxes[0].left - 567) < 12
    assert abs(boxes[0].bottom - 567) < 12


def test_the_boxes_of_a_turned_page_are_those_of_the_page_as_it_is_shown(make_pdf: MakePdf) -> None:
    content = make_pdf("The lamp went out")
    turned = content.replace(b"/Type /Page\n", b"/Type /Page\n/Rotate 90\n")
    (upright,), (sideways,) = read(content).scans, read(turned).scans
    assert (sideways.width, sideways.height) == (upright.height, upright.width)
    first, last = sideways.boxes[0], sideways.boxes[-1]
    assert first.bottom < last.top
    assert abs(first.right - (sideways.width - upright.boxes[0].top)) <= 2


def test_hyphens_and_characters_beyond_the_first_plane_do_not_move_the_boxes(make_pdf: MakePdf) -> None:
    source = read(make_pdf("He was in trou-\nble; his well-\nknown lamp"))
    boxes = source.scans[0].boxes
    assert [source.text[b.start : b.end] for b in boxes] == source.text.split()
    assert [n for n in range(1, len(boxes)) if boxes[n].top > boxes[n - 1].bottom - 10] == [4, 7]
    (box,) = read(with_glyph("D800DF48")).scans[0].boxes
    assert (box.start, box.end) == (0, 3)


def test_a_poor_text_layer_on_an_image_gives_way_to_the_image(make_pdf: MakePdf) -> None:
    image = io.BytesIO()
    Image.new("L", (210, 297), 200).save(image, "PNG")
    good = "The harbour master wrote that nobody saw the ferry leave the quay before the lamp went out at two."
    made = FPDF()
    made.set_font("Helvetica", size=8)
    for text, covered in (
        ("Copy 4", True),
        (good, True),
        ("uqof J9qjl9U )Bq) gx 6uol ) uou ss!p " * 4, True),
        ("Copy", False),
    ):
        made.add_page()
        if covered:
            made.image(image, 0, 0, 210, 297)
        made.text(5, 20, text)
    source = read(bytes(made.output()))
    assert source.unread == (0, 2)
    assert [n.code for n in source.notices] == ["poor-text-layer"] * 2
    assert good in source.text
    assert source.text.endswith("Copy\n")


def test_a_password_is_asked_for_by_name_of_the_error(make_pdf: MakePdf) -> None:
    with pytest.raises(EncryptedSourceError, match="asks for a password") as caught:
        read(make_pdf("secret", owner_password="keeper", user_password="ferry"))
    assert caught.value.where == "bulletin.pdf"


def test_a_password_on_changing_alone_does_not_hinder_reading(make_pdf: MakePdf) -> None:
    assert "open" in read(make_pdf("open", owner_password="keeper", user_password="")).text


def test_a_file_cut_in_the_middle_is_refused_as_damaged(make_pdf: MakePdf) -> None:
    content = make_pdf(*["The lamp went out. " * 4] * 9)
    with pytest.raises(UnreadableSourceError, match="damaged or was cut short"):
        read(content[: len(content) // 2])


def test_a_file_that_lost_its_end_is_read_with_a_notice(make_pdf: MakePdf) -> None:
    source = read(make_pdf("first", "second")[:-20])
    assert pages(source) == ["first\n", "second\n"]
    assert [n.code for n in source.notices] == ["cut-short"]


def test_a_page_that_is_damaged_does_not_hide_the_others(make_pdf: MakePdf) -> None:
    content = make_pdf("first", "second", "third")
    second = content.index(b"/Type /Page\n", content.index(b"/Type /Page\n") + 1)
    source = read(content[:second] + b"/Type /Pxgx\n" + content[second + 12 :])
    assert "first" in source.text
    assert "third" in source.text


@pytest.mark.parametrize(
    ("units", "text", "codes"),
    [
        ("D800DF48", "a\U00010348b", []),
        ("00660069", "afib", []),
        ("D800", "a\ufffdb", ["unknown-characters"]),
        ("0000", "a\ufffdb", ["unknown-characters"]),
        ("0003", "ab", ["unknown-characters"]),
    ],
    ids=["beyond the first plane", "two letters", "half a pair", "no character", "control character"],
)
def test_what_the_font_says_its_glyphs_are_is_text_or_visibly_unknown(units: str, text: str, codes: list[str]) -> None:
    source = read(with_glyph(units))
    assert source.text == f"{text}\n"
    assert [n.code for n in source.notices] == codes


def test_too_many_pages_and_too_much_text_are_refused(make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch) -> None:
    content = make_pdf("first", "second", "third")
    monkeypatch.setattr(pdf_layer, "MAX_CHARACTERS", 11)
    with pytest.raises(TooLargeError) as caught:
        read(content)
    assert caught.value.where == "bulletin.pdf, page 2"
    monkeypatch.setattr(pdf_layer, "MAX_PAGES", 2)
    with pytest.raises(TooLargeError, match="3 pages"):
        read(content)


def test_more_pages_without_text_than_are_read_from_images_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_layer, "MAX_UNREAD_PAGES", 2)
    assert read(scan(2)).unread == (0, 1)
    with pytest.raises(TooLargeError, match="3 pages of the PDF have no text; 2 is the most"):
        read(scan(3))


def test_a_header_behind_other_bytes_is_recognised_and_a_text_about_pdf_is_not(make_pdf: MakePdf) -> None:
    assert READER.recognises(b"HTTP/1.1 200 OK\r\n\r\n" + make_pdf("text"), "download")
    assert not READER.recognises(b"A file that begins with %PDF-1.7 is a PDF.", "how-to.pdf")


def test_two_threads_at_once_read_the_same(make_pdf: MakePdf) -> None:
    content = make_pdf(*[f"page {n}\nof the harbour's log" for n in range(20)])
    texts: list[str] = []
    threads = [threading.Thread(target=lambda: texts.extend(read(content).text for _ in range(5))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(texts) == 20
    assert set(texts) == {read(content).text}
