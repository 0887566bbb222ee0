"""TEI: documents with heads, datelines and notes; pages; what editors added and what they left out."""

import pytest

from testimonia.errors import TooLargeError, UnreadableSourceError
from testimonia.readers import markup
from testimonia.readers.reading import ReadSource
from testimonia.readers.table import read

Files = dict[str, tuple[bytes, ...]]


def tei(body: str) -> ReadSource:
    return read(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>'.encode(), name="a.xml"
    )


def test_a_volume_has_its_documents_pages_and_notes(whole_files: Files) -> None:
    source = read(whole_files["TEI"][0], name="volume.xml")
    assert source.text == (
        "Papers of the Harbour\n"
        "1. Letter From the harbour master to the Mayor\n\n"
        "Source: Town Archives, Box 4.\n\n"
        "Brannsey, 3 March 1907.\n\n"
        "The lamp went out at two,[1] as if\n\n"
        "[1] So the log. Others say three.\n"
        "blown.[*]\n\n"
        "A. Holm\nHarbour master\n\n"
        "* Not found.\n\n"
        "2. Telegram\n\n"
        "No boat seen.[1]\n\n"
        "[1] Unsigned.\n"
    ).replace("[*]", "*")
    starts = (source.text.index("1. Letter"), source.text.index("blown"))
    assert source.page_starts == (0, *starts)
    assert [n.code for n in source.notices] == ["header-left-out"]


def test_a_first_page_break_at_the_start_makes_no_empty_page() -> None:
    assert tei("<pb n='7'/><p>one</p><pb/><pb/><p>two</p>").page_starts == (0, 4, 5)
    assert tei("<p>one</p>").page_starts is None


def test_page_breaks_give_their_numbers_as_labels() -> None:
    assert tei("<p>head</p><pb n='IV'/><p>one</p><pb/><p>two</p>").page_labels == (None, "IV", None)
    assert tei("<pb/><p>one</p>").page_labels == ()
    late = tei("<p>one<note n='a'>first<pb n='12'/> half</note> two</p>")
    assert late.page_labels == (None, "12")


def test_of_a_choice_the_sources_own_reading_is_kept_and_the_rest_is_counted() -> None:
    source = tei(
        "<p>The <choice><sic>lmap</sic><corr>lamp</corr></choice> "
        "<choice><abbr>Hr.</abbr><expan>Harbour</expan></choice> <app><lem wit='#A'>burnt</lem><rdg>shone</rdg></app> "
        "<app><rdg>high</rdg><rdg>low</rdg></app> <del>there</del> <corr>here</corr></p>"
    )
    assert source.text == "The lmap Hr. burnt high here\n"
    assert {n.code: n.message for n in source.notices} == {
        "reading-left-out": "Left out, readings of editors or other witnesses: 4.",
        "deletion-left-out": "Left out, words that the source itself has struck out: 1.",
    }


def test_what_is_missing_or_supplied_is_bracketed() -> None:
    source = tei("<p>He saw <gap reason='{torn}' quantity='2' unit='words'/> at <supplied>two</supplied></p>")
    assert source.text == "He saw [...] at [two]\n"
    assert source.notices[0].message == "The transcription has gaps ({torn}, 2, words), shown as [...]: 1."


def test_line_breaks_end_lines_but_not_words() -> None:
    assert (
        tei("<p>the har<lb break='no'/>bour<lb/>mas-<lb break='no'/>ter<cb/>x</p>").text
        == "the harbour\nmas-\nter\nx\n"
    )


def test_lists_verses_and_tables_have_their_lines() -> None:
    assert tei(
        "<list><head>Boats</head><label>1</label><item>Ferry</item><item>Tug</item></list>"
        "<lg><l>The lamp</l><l>is out</l></lg>"
        "<table><row><cell>Ferry</cell><cell><p>two</p><p>three</p></cell></row><row><cell/><cell>four</cell></row></table>"
        "<p>in <bibl>a book</bibl> here</p><u who='#A'>Yes.</u><address><addrLine>Quay 1</addrLine></address>"
    ).text == (
        "Boats\n\n1 Ferry\n\nTug\n\nThe lamp\nis out\n\nFerry\ttwo three\n\tfour\n\nin a book here\n\nYes.\n\nQuay 1\n"
    )


def test_notes_that_nothing_calls_stand_where_they_are_and_a_page_within_a_note_follows_it() -> None:
    source = tei("<p>one<note n='a'>first<pb/> half</note> two</p><div type='notes'><note n='1'>apart</note></div>")
    assert source.text == "one[a]\n\n[a] first half\ntwo\n\n[1] apart\n"
    assert source.page_starts == (0, source.text.index("two"))


def test_an_id_given_twice_does_no_harm() -> None:
    assert tei("<p xml:id='a'>one</p><p xml:id='a'>two</p>").text == "one\n\ntwo\n"


def test_a_broken_volume_is_refused_with_its_line(monkeypatch: pytest.MonkeyPatch, whole_files: Files) -> None:
    content = whole_files["TEI"][0]
    with pytest.raises(UnreadableSourceError, match="damaged or was cut short") as caught:
        read(content[:-30], name="volume.xml")
    assert caught.value.where.startswith("volume.xml, line ")
    monkeypatch.setattr(markup, "MAX_TREE_BYTES", 99)
    with pytest.raises(TooLargeError, match="99 is the most"):
        read(content, name="volume.xml")


VOLUME = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><front><div type="preface"><head>Preface</head>
<p>How these papers were chosen.</p></div></front><body><div type="compilation"><head>The harbour</head>
<div type="document" n="1"><head>1. Letter From the Pilot to the Mayor<note n="1" type="source">Source: Town
Archives.</note></head><opener><dateline><placeName>Havn</placeName>, <date when="1907-03-03">3 March
1907</date>.</dateline></opener><p>The lamp went out.<note n="2">So the log, <date when="1999-01-01">1999</date>.</note>
</p><pb n="2"/><p>Nobody saw the ferry.</p></div>
<div type="document" n="2"><head>2. Minutes</head><dateline><date notBefore="1907-03-04" notAfter="1907-03-06">early in
March</date></dateline><p>It was asked who had seen it.</p>
<floatingText><body><div type="letter"><head>Enclosure</head><p>I saw it.</p></div></body></floatingText></div>
<div type="document"><p>Without a heading.</p></div></div></body></text></TEI>"""


def test_documents_that_the_file_marks_are_passed_on_with_what_it_says_of_them() -> None:
    source = read(VOLUME.encode(), name="volume.xml")
    preface, letter, minutes = source.divisions
    assert (preface.title, preface.type) == ("Preface", "section")
    assert (letter.title, letter.type) == ("1. Letter From the Pilot to the Mayor", "document")
    assert (letter.date, letter.place, letter.notes) == ("1907-03-03", "Havn", ("[1]", "[2]"))
    assert (minutes.title, minutes.date, minutes.place) == ("2. Minutes", "[1907-03-04..1907-03-06]", None)
    texts = [" ".join(source.text[d.start : d.end].split()) for d in source.divisions]
    assert texts[1].startswith("1. Letter From the Pilot")
    assert texts[1].endswith("Nobody saw the ferry.")
    assert "[2] So the log" in texts[1]
    assert texts[2].startswith("2. Minutes")
    assert "I saw it." in texts[2]


def test_a_file_that_is_one_letter_takes_its_sender_from_its_header() -> None:
    content = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Moe to Lind</title>
</titleStmt></fileDesc><profileDesc><correspDesc><correspAction type="sent"><persName>Anna Moe</persName>
<placeName>Havn</placeName><date when="1907-03-03"/></correspAction><correspAction type="received"><persName>Mette
Lind</persName></correspAction></correspDesc></profileDesc></teiHeader><text><body><div type="chapter"><p>The lamp went
out.</p></div></body></text></TEI>"""
    (letter,) = read(content.encode(), name="letter.xml").divisions
    assert (letter.title, letter.author, letter.recipient) == ("Moe to Lind", "Anna Moe", "Mette Lind")
    assert (letter.date, letter.place, letter.type) == ("1907-03-03", "Havn", "letter")


@pytest.mark.parametrize("when", ["1907-13", "soon", "1907-03-03T", "-500", ""])
def test_a_date_that_is_none_is_not_passed_on(when: str) -> None:
    content = VOLUME.replace('when="1907-03-03"', f'when="{when}"').replace("3 March\n1907", "once")
    assert read(content.encode(), name="volume.xml").divisions[1].date is None


def test_a_book_without_documents_has_no_divisions() -> None:
    content = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div><p>The lamp.</p></div></body></text></TEI>'
    assert read(content.encode(), name="book.xml").divisions == ()
