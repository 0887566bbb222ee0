"""One invented page, and the next one blank, as every format of OCR writes it."""

from dataclasses import dataclass

WIDTH, HEIGHT = 1240, 1754
# Paragraphs of lines of words: what they say, then left, top, right, bottom.
Word = tuple[str, int, int, int, int]
PARAGRAPHS: tuple[tuple[tuple[Word, ...], ...], ...] = (
    ((("The", 100, 90, 160, 120), ("harbour", 175, 88, 330, 122), ("log", 345, 90, 400, 126)),),
    (
        (("Nobody", 100, 200, 240, 232), ("saw", 255, 204, 320, 232), ("the", 335, 200, 390, 232)),
        (
            ("ferry", 100, 245, 190, 280), ("&", 205, 246, 230, 278), ("its", 245, 245, 290, 278),
            ("lamp.", 305, 245, 400, 280),
        ),
    ),
)  # fmt: skip
TEXT = "The harbour log\n\nNobody saw the\nferry & its lamp.\n\n"


@dataclass(frozen=True, slots=True)
class _Around:
    left: int
    top: int
    right: int
    bottom: int


def _around(words: tuple[Word, ...]) -> _Around:
    return _Around(
        min(w[1] for w in words), min(w[2] for w in words), max(w[3] for w in words), max(w[4] for w in words)
    )  # fmt: skip


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;")


def hocr() -> str:
    """With the boxes of words and, as Tesseract does, of lines."""
    out = []
    for paragraph in PARAGRAPHS:
        lines = []
        for line in paragraph:
            a = _around(line)
            words = " ".join(
                f"<span class='ocrx_word' title='bbox {w[1]} {w[2]} {w[3]} {w[4]}; x_wconf 90'>{_escaped(w[0])}</span>"
                for w in line
            )
            lines.append(f"<span class='ocr_line' title='bbox {a.left} {a.top} {a.right} {a.bottom}'>{words}</span>")
        out.append(f"<p class='ocr_par'>{' '.join(lines)}</p>")
    page = f"<div class='ocr_page' title='image \"x.tif\"; bbox 0 0 {WIDTH} {HEIGHT}; ppageno 0'>{''.join(out)}</div>"
    blank = f"<div class='ocr_page' title='bbox 0 0 {WIDTH} {HEIGHT}'></div>"
    return f"<html><head><meta name='ocr-system' content='invented'/></head><body>{page}{blank}</body></html>"


def alto(version: int) -> str:
    """The namespaces and measures of versions 2, 3 and 4; none of them puts words otherwise."""
    blocks = "".join(
        "<TextBlock>"
        + "".join(
            "<TextLine>"
            + "<SP/>".join(
                f'<String CONTENT="{_escaped(w[0])}" HPOS="{w[1]}" VPOS="{w[2]}.0" WIDTH="{w[3] - w[1]}"'
                f' HEIGHT="{w[4] - w[2]}" WC="0.9"/>'
                for w in line
            )
            + "</TextLine>"
            for line in paragraph
        )
        + "</TextBlock>"
        for paragraph in PARAGRAPHS
    )
    size = f'WIDTH="{WIDTH}" HEIGHT="{HEIGHT}"'
    return (
        f'<alto xmlns="http://www.loc.gov/standards/alto/ns-v{version}#"><Description><MeasurementUnit>pixel'
        f"</MeasurementUnit></Description><Layout><Page {size}><PrintSpace>{blocks}</PrintSpace></Page>"
        f"<Page {size}/></Layout></alto>"
    )


def page_xml() -> str:
    """With outlines of words and lines."""

    def outline(a: _Around) -> str:
        return f'<Coords points="{a.left},{a.top} {a.right},{a.top} {a.right},{a.bottom} {a.left},{a.bottom}"/>'

    regions = "".join(
        "<TextRegion>"
        + "".join(
            f"<TextLine>{outline(_around(line))}"
            + "".join(
                f'<Word>{outline(_around((w,)))}<TextEquiv conf="0.9"><Unicode>{_escaped(w[0])}</Unicode>'
                "</TextEquiv></Word>"
                for w in line
            )
            + f"<TextEquiv><Unicode>{_escaped(' '.join(w[0] for w in line))}</Unicode></TextEquiv></TextLine>"
            for line in paragraph
        )
        + "</TextRegion>"
        for paragraph in PARAGRAPHS
    )
    size = f'imageWidth="{WIDTH}" imageHeight="{HEIGHT}"'
    return (
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">'
        f"<Page {size}>{regions}</Page><Page {size}/></PcGts>"
    )


def abbyy() -> str:
    """With a box for every character: the first and last of a word reach its sides."""

    def character(w: Word, n: int) -> str:
        left = w[1] + (w[3] - w[1]) * n // len(w[0])
        right = w[1] + (w[3] - w[1]) * (n + 1) // len(w[0])
        place = f'l="{left}" t="{w[2]}" r="{right}" b="{w[4]}" charConfidence="90"'
        return f"<charParams {place}>{_escaped(w[0][n])}</charParams>"

    paragraphs = "".join(
        "<par>"
        + "".join(
            "<line><formatting>"
            + "<charParams> </charParams>".join("".join(character(w, n) for n in range(len(w[0]))) for w in line)
            + "</formatting></line>"
            for line in paragraph
        )
        + "</par>"
        for paragraph in PARAGRAPHS
    )
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    return (
        '<document xmlns="http://www.abbyy.com/FineReader_xml/FineReader10-schema-v1.xml">'
        f'<page {size}><block blockType="Text"><text>{paragraphs}</text></block></page><page {size}/></document>'
    )


def djvu() -> str:
    """With left, bottom, right, top of each word."""
    paragraphs = "".join(
        "<PARAGRAPH>"
        + "".join(
            "<LINE>"
            + " ".join(f'<WORD coords="{w[1]},{w[4]},{w[3]},{w[2]}">{_escaped(w[0])}</WORD>' for w in line)
            + "</LINE>"
            for line in paragraph
        )
        + "</PARAGRAPH>"
        for paragraph in PARAGRAPHS
    )
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    return (
        f"<DjVuXML><BODY><OBJECT {size}><HIDDENTEXT><PAGECOLUMN><REGION>{paragraphs}</REGION></PAGECOLUMN></HIDDENTEXT>"
        f"</OBJECT><OBJECT {size}/></BODY></DjVuXML>"
    )


def every_format() -> dict[str, bytes]:
    """The page in each, by the name of the format."""
    made = {"hOCR": hocr(), "PAGE XML": page_xml(), "ABBYY XML": abbyy(), "DjVu XML": djvu()}
    made |= {f"ALTO {version}": alto(version) for version in (2, 3, 4)}
    return {name: text.encode() for name, text in made.items()}
