"""Files for the readers' tests. Everything told in them is invented."""

from collections.abc import Callable

import pytest
from fpdf import FPDF

MakePdf = Callable[..., bytes]

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
<TextLine><Word><TextEquiv><Unicode>wrote</Unicode></TextEquiv></Word><Word><TextEquiv><Unicode>it.</Unicode></TextEquiv></Word>
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
        "TEI": (TEI.encode(),),
        "hOCR": (HOCR.encode(),),
        "HTML": (
            HTML.encode(),
            HTML.encode("utf-16"),
            b"<!-- saved --><html><meta charset=iso-8859-1><p>The harbour master\x92s caf\xe9",
        ),
        "DjVu XML": (DJVU.encode(),),
    }
