"""Files for the readers' tests. Everything told in them is invented."""

import io
import zipfile
from collections.abc import Callable

import pytest
from fpdf import FPDF
from PIL import Image

from testimonia.readers.image_archive import bind

MakePdf = Callable[..., bytes]
Zipped = Callable[[dict[str, str]], bytes]

ALTO = """<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout>
<Page ID="p1"><PrintSpace>
<TextBlock><TextLine><String CONTENT="The"/><SP/><String CONTENT="harbour"/><SP/><String CONTENT="mas-"/></TextLine>
</TextBlock>
<TextBlock><TextLine><String CONTENT="The"/><SP/><String CONTENT="harbour"/><SP/><String CONTENT="master"/></TextLine>
<TextLine><String CONTENT="was" HPOS="1"/><String CONTENT="a"/>
<String CONTENT="trou"/><HYP CONTENT="¬"/></TextLine>
<TextLine><String CONTENT="bled"/><String CONTENT="spec" SUBS_TYPE="HypPart1" SUBS_CONTENT="spectator"/></TextLine>
<TextLine><String CONTENT="tator" SUBS_TYPE="HypPart2"/><String CONTENT="who" /><String CONTENT="wi"/><HYP/></TextLine>
<TextLine/></TextBlock></PrintSpace></Page>
<Page ID="p2"/>
<Page ID="p3"><PrintSpace><ComposedBlock>
<TextBlock><TextLine><String CONTENT="shed."/></TextLine></TextBlock></ComposedBlock>
</PrintSpace></Page></Layout></alto>
"""
PAGE = """<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Metadata/><Page>
<ReadingOrder><OrderedGroup id="g">
<RegionRefIndexed index="1" regionRef="b"/><RegionRefIndexed index="0" regionRef="c"/>
</OrderedGroup></ReadingOrder>
<TextRegion id="a"><TextEquiv><Unicode>A region\nwithout lines.</Unicode></TextEquiv></TextRegion>
<TextRegion id="b"><TextLine><TextEquiv index="1"><Unicode>harbour mister</Unicode></TextEquiv>
<TextEquiv index="0"><Unicode>harbour master</Unicode></TextEquiv></TextLine>
<TextLine><Word><TextEquiv><Unicode>wrote</Unicode></TextEquiv></Word><Word><TextEquiv><Unicode>it.</Unicode>
</TextEquiv></Word>
</TextLine><TextEquiv><Unicode>The whole region again</Unicode></TextEquiv></TextRegion>
<TextRegion id="c"><TextLine><TextEquiv><Unicode>So the</Unicode></TextEquiv></TextLine></TextRegion>
</Page></PcGts>
"""
ABBYY = """<?xml version="1.0"?>
<document xmlns="http://www.abbyy.com/FineReader_xml/FineReader10-schema-v1.xml"><page><block blockType="Text"><text>
<par><line><formatting><charParams>T</charParams><charParams>h</charParams><charParams>e</charParams><charParams/>
<charParams>s</charParams><charParams>¬</charParams></formatting></line>
<line><formatting>harbour master</formatting><formatting>’s book</formatting></line></par><par/>
<par><line><formatting>said so.</formatting></line></par></text></block>
<block blockType="Picture"/></page><page/></document>
"""
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCX = {
    "[Content_Types].xml": "<Types/>",
    "word/document.xml": f"""<?xml version="1.0"?><w:document {W} xmlns:mc="urn:mc"><w:body>
<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:pageBreakBefore/></w:pPr><w:r><w:t>The harbour master</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">The lamp </w:t></w:r><w:del w:id="1"><w:r><w:delText>never </w:delText></w:r>
</w:del>
<w:ins w:id="2"><w:r><w:t>went out</w:t></w:r></w:ins><w:r><w:footnoteReference w:id="2"/>
<w:t xml:space="preserve"> at</w:t>
<w:tab/><w:t>two.</w:t><w:br/><w:t>Nobody saw</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>
<w:t>7</w:t></w:r>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:endnoteReference w:id="1"/></w:r><w:r>
<w:br w:type="page"/>
<w:t>the ferry</w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p>
</w:txbxContent>
</mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></mc:Fallback>
</mc:AlternateContent><w:t> leave.</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Boat</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Left</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>Ferry</w:t></w:r></w:p><w:p><w:r><w:t>old</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc>
</w:tr></w:tbl>
<w:p><w:pPr><w:numPr/><w:sectPr><w:type w:val="nextPage"/></w:sectPr></w:pPr><w:r><w:t>Item</w:t></w:r>
<w:r><w:footnoteReference w:id="3" w:customMarkFollows="1"/><w:t>*</w:t></w:r></w:p>
<w:p><w:r><w:t>Same page.</w:t><w:sym w:font="Symbol" w:char="F0B7"/></w:r></w:p>
<w:sectPr><w:type w:val="continuous"/></w:sectPr></w:body></w:document>""",
    "word/footnotes.xml": f"""<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>So the log.</w:t></w:r></w:p><w:p><w:r><w:t>Twice.</w:t></w:r>
</w:p></w:footnote>
<w:footnote w:id="3"><w:p><w:r><w:t>* Starred.</w:t></w:r></w:p></w:footnote></w:footnotes>""",
    "word/endnotes.xml": f"""<w:endnotes {W}><w:endnote w:id="1"><w:p><w:r>
<w:t>An endnote.</w:t></w:r></w:p></w:endnote>
</w:endnotes>""",
    "word/header1.xml": f"<w:hdr {W}><w:p><w:r><w:t>The running head</w:t></w:r></w:p></w:hdr>",
    "word/comments.xml": f"<w:comments {W}><w:comment w:id='1'/></w:comments>",
}
ODT = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:t" xmlns:table="urn:tb" xmlns:style="urn:s" xmlns:fo="urn:fo" xmlns:dc="urn:dc" xmlns:draw="urn:d">
<office:automatic-styles><style:style style:name="P1"><style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="P0" style:master-page-name="Standard"/></office:automatic-styles>
<office:body><office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p>
</text:deletion>
</text:changed-region></text:tracked-changes>
<text:h text:style-name="P0">The harbour master</text:h><text:p>The lamp<text:s text:c="3"/>went<text:note
 text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>So the log.</text:p>
<text:p>Twice.</text:p></text:note-body></text:note> out<text:line-break/>at two.<text:note text:note-class="endnote">
<text:note-citation>i</text:note-citation><text:note-body><text:p>An endnote.</text:p></text:note-body></text:note>
<office:annotation><dc:creator>A</dc:creator><text:p>check</text:p></office:annotation></text:p>
<text:p text:style-name="P1">Nobody<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box>
</draw:frame> saw.</text:p>
<table:table><table:table-row><table:table-cell><text:p>Ferry</text:p></table:table-cell><table:table-cell>
<text:p>two</text:p>
<text:p text:style-name="P1">three</text:p></table:table-cell></table:table-row></table:table></office:text>
</office:body>
</office:document-content>""",
    "META-INF/manifest.xml": "<manifest/>",
}
EPUB = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>""",
    "OEBPS/book.opf": """<package xmlns="http://www.idpf.org/2007/opf"><manifest>
<item id="b" href="text/two%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="i" href="i.svg" media-type="image/svg+xml"/></manifest>
<spine><itemref idref="a"/><itemref idref="i"/><itemref idref="b"/><itemref idref="none"/></spine></package>""",
    "OEBPS/text/one.xhtml": """<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"
 xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body><span epub:type="pagebreak" id="p1">1</span>
<h1>The harbour master</h1><p>The lamp&#160;went <span role="doc-pagebreak" aria-label="2"/>out.</p></body></html>""",
    "OEBPS/text/two b.xhtml": "<html><body><p>Nobody saw.</p></body></html>",
}
HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><meta name='ocr-system' content='invented'/></head><body>
<div class='ocr_page' title='bbox 0 0 9 9'><div class='ocr_carea'><p class='ocr_par'>
<span class='ocr_line'><span class='ocrx_word'><strong>The</strong></span> <span class='ocrx_word'>harbour</span>
<span class='ocrx_word'>master&amp;</span></span>
<span class='ocr_line'><span class='ocrx_word'>was</span><span class='ocrx_word'>trou-</span></span>
</p></div><div class='ocr_carea'><p class='ocr_par'><span class='ocr_header'>bled,</span>
<span class='ocr_line'><span class='ocrx_word'><span class='ocrx_cinfo'>h</span>
<span class='ocrx_cinfo'>e</span></span> <span class='ocrx_word'>said.</span></span></p></div></div>
<div class='ocr_page'></div></body></html>
"""
HTML = """<!DOCTYPE html>
<html><head><title>Not on the page</title><style>p {color: red}</style><script>let lamp = "out"</script></head><body>
<nav>Home | About</nav><h1>The   harbour
master&rsquo;s book</h1><p>The lamp<sup>12</sup> went out at t&shy;wo,<br>he said: <q>nobody</q> saw&nbsp;it.
<p hidden>not shown</p><ol start=3><li>the ferry<li value=7><p>the mole</p><ul><li>its lamp</ul></ol>
<table><tr><th>Boat<th>Left<tr><td>Ferry<td><p>at two</p><p>or three</p></table>
<pre>The log:
  two   bells

  no lamp</pre><div style="display: none">nor this</div><select><option>choose</select>
<p style="page-break-before:always">The caf&eacute; was shut.</body></html>
"""
TEI = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="no-such.rng"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Header</title></titleStmt></fileDesc>
</teiHeader><text><front><head>Papers of the Harbour</head></front><body><pb n="1" facs="0001"/>
<div type="document" xml:id="d1" n="1"><head>1. Letter From the <persName corresp="#p1">harbour master</persName> to the
   Mayor<note n="0">Source: <hi rend="italic">Town Archives</hi>, Box 4.</note></head>
<opener><dateline><placeName>Brannsey</placeName>, <date when="1907-03-03">3 March
   1907</date>.</dateline></opener>
<p>The lamp went out at two,<note n="1" xml:id="d1fn1">So the log.<!-- sic --> Others say three.</note> as if
<pb n="2"/>blown.<note n="*">Not found.</note></p>
<closer><signed>A. Holm<lb/>Harbour master</signed></closer></div>
<div type="document" n="2"><head>2. Telegram</head><p>No boat seen.<note n="1"><p>Unsigned.</p></note></p></div>
</body></text></TEI>
"""
DJVU = """<?xml version="1.0" ?>
<!DOCTYPE DjVuXML PUBLIC "-//W3C//DTD DjVuXML 1.1//EN" "pubtext/DjVuXML-s.dtd">
<DjVuXML><HEAD/><BODY><OBJECT><PARAM name="PAGE"/><HIDDENTEXT><PAGECOLUMN><REGION><PARAGRAPH>
<LINE><WORD coords="1">The</WORD> <WORD>harbour</WORD> <WORD>master</WORD></LINE>
<LINE><WORD>wrote.</WORD></LINE></PARAGRAPH>
<PARAGRAPH><LINE><WORD>Nobody</WORD><WORD>saw</WORD></LINE></PARAGRAPH></REGION></PAGECOLUMN></HIDDENTEXT></OBJECT>
<OBJECT><HIDDENTEXT><PAGECOLUMN/></HIDDENTEXT></OBJECT></BODY></DjVuXML>
"""

TELLING = (
    "The harbour master's book says that the lamp on the mole went out at two.\n"
    "Nobody saw the ferry leave, he said again; the café on the quay was shut.\n"
)


def pdf_of(*pages: str, **passwords: str) -> bytes:
    made = FPDF()
    made.set_font("Helvetica", size=12)
    if passwords:
        made.set_encryption(**passwords)  # type: ignore[arg-type]
    for text in pages:
        made.add_page()
        for n, line in enumerate(text.splitlines()):
            made.text(20, 20 + 8 * n, line)
    return bytes(made.output())


def zip_of(parts: dict[str, str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, text in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else compression
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, how)
    return made.getvalue()


def image_of(what: str, pages: int = 1, size: tuple[int, int] = (60, 80)) -> bytes:
    """An image file of this kind (as Pillow calls it) with as many pages, a dark bar on each."""
    images = [Image.new("L", size, 255) for _ in range(pages)]
    for n, image in enumerate(images):
        image.paste(0, (5, 5 + 5 * n, size[0] - 5, 8 + 5 * n))
    made = io.BytesIO()
    more = {"save_all": True, "append_images": images[1:]} if pages > 1 else {}
    images[0].save(made, what, **more)
    return made.getvalue()


@pytest.fixture(scope="session")
def zipped() -> Zipped:
    """A ZIP with these parts, name and text."""
    return zip_of


@pytest.fixture(scope="session")
def documents() -> dict[str, dict[str, str]]:
    """The parts of the Word document, the OpenDocument text and the EPUB book, to make others of."""
    return {"DOCX": DOCX, "ODT": ODT, "EPUB": EPUB}


@pytest.fixture(scope="session")
def make_pdf() -> MakePdf:
    """A PDF with one page for each text, its lines as they stand; an empty text makes a blank page."""
    return pdf_of


@pytest.fixture(scope="session")
def whole_files() -> dict[str, tuple[bytes, ...]]:
    """For every reader, files that it must read. A new reader adds its own here."""
    return {
        "plain text": (
            TELLING.encode(),
            TELLING.replace("\n", "\r\n").encode("utf-8-sig"),
            TELLING.encode("utf-16"),
            TELLING.encode("utf-16-be"),
            TELLING.encode("cp1252"),
            f"{TELLING}\f{TELLING}\f{TELLING}\f".encode(),
            TELLING.encode().replace(b"lamp", b"l\xffmp") + "Über die Brücke, sagte die Möwe schön.\n".encode(),
        ),
        "PDF": (
            pdf_of(TELLING),
            pdf_of(TELLING, "", TELLING),
            pdf_of(TELLING, owner_password="keeper", user_password=""),
        ),
        "ALTO": (ALTO.encode(), ALTO.replace("UTF-8", "UTF-16").encode("utf-16"), ALTO.split("?>")[1].encode()),
        "PAGE XML": (PAGE.encode(),),
        "ABBYY XML": (ABBYY.encode("utf-8-sig"),),
        "DOCX": (zip_of(DOCX), zip_of(DOCX, zipfile.ZIP_STORED)),
        "ODT": (zip_of(ODT),),
        "EPUB": (zip_of(EPUB),),
        "TEI": (TEI.encode(),),
        "hOCR": (HOCR.encode(),),
        "HTML": (
            HTML.encode(),
            HTML.encode("utf-16"),
            b"<!-- saved --><html><meta charset=iso-8859-1><p>The harbour master\x92s caf\xe9",
        ),
        "page image": (
            image_of("JPEG"),
            image_of("PNG"),
            image_of("TIFF"),
            image_of("TIFF", 3),
            image_of("JPEG2000"),
        ),
        "page images": (bind([("a1.jpg", image_of("JPEG")), ("a2.tif", image_of("TIFF", 2)), ("a3.png", b"broken")]),),
        "DjVu XML": (DJVU.encode(),),
    }
