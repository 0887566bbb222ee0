"""Authority files as they come: the formats, and what is refused. Everybody in them is invented."""

import json

import pytest

from testimonia.readers.authority import AuthorityFileError, read_authority

HEAD = "id,name,type,variants,wikidata,viaf,description\n"


def test_a_table_is_read_by_its_columns_whatever_parts_them() -> None:
    text = (
        "\ufeffName;ID;type;variants;wikidata\n"
        '"Brink, Anna L.";p1;person;A. Brink|Anna|;https://www.wikidata.org/wiki/Q900001\n\n'
        "Port of Ellim;;Organization;;\n"
    )
    first, second = read_authority(text.encode(), "persons.csv").rows
    assert (first.entry, first.name, first.variants, first.wikidata) == (
        "p1", "Brink, Anna L.", ("A. Brink", "Anna"), "Q900001"
    )  # fmt: skip
    assert (second.entry, second.type, second.viaf) == ("", "organisation", "")


def test_utf16_and_a_plain_list_of_persons_are_read() -> None:
    assert read_authority((HEAD + "1,Öberg").encode("utf-16"), "p.csv").rows[0].name == "Öberg"
    rows = read_authority(b"Brink, Anna L., Harbour Master until 1931\n\nMoe, Olav\n", "persons.TXT").rows
    assert [row.name for row in rows] == ["Brink, Anna L., Harbour Master until 1931", "Moe, Olav"]


def test_followthemoney_entities_are_read_as_lines_or_as_an_array() -> None:
    entities = [
        {"id": "a", "schema": "Person", "properties": {"name": ["Anna Brink", "A. Brink"], "alias": "Bea",
         "wikidataId": ["Q900001"], "sourceUrl": ["https://x.example", "https://viaf.org/viaf/900002"],
         "position": ["Harbour Master"]}},
        {"id": "v", "schema": "Vessel", "properties": {"name": ["Lugger"]}},
        {"id": "b", "schema": "Address", "properties": {"full": ["Port Ellim"]}},
    ]  # fmt: skip
    lines = "\n".join(json.dumps(e) for e in entities).encode()
    read = read_authority(lines, "x.ftm.json")
    anna, port = read.rows
    assert (anna.name, anna.variants, anna.wikidata, anna.viaf, anna.description) == (
        "Anna Brink", ("A. Brink", "Bea"), "Q900001", "900002", "Harbour Master"
    )  # fmt: skip
    assert (port.name, port.type) == ("Port Ellim", "place")
    assert read.passed_over == ("line 2: no use for the schema 'Vessel'",)
    assert read_authority(json.dumps(entities).encode(), "x.json").rows == read.rows


def test_a_type_that_there_is_not_is_said_and_the_others_are_read() -> None:
    read = read_authority((HEAD + "1,Lugger,ship\n2,Anna Brink,\n").encode(), "p.csv")
    assert [row.entry for row in read.rows] == ["2"]
    assert read.passed_over == ("line 2: 'ship' is no type",)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\xff\xfe\x00", "not UTF-8"),
        ("Ö".encode("latin-1"), "not UTF-8"),
        (b"surname,given\nBrink,Anna\n", "no column `name`"),
        (b"name,type\nBrink, Anna,person\n", "more cells"),
        (b'name\n"Brink\n', "broken"),
        (b"name\n" + b"x" * 200_000, "broken"),
        (b"name\n" + b"x" * 2_000, "over 1,000"),
        (b"name\na\x00b", "can't be printed"),
        (b"id,name\n1,\n", "without a name"),
        (b"id,name\n1,A\n1,B\n", "stands in line 2 too"),
        (b"name,wikidata\nA,42\n", "no Wikidata"),
        (b"name,viaf\nA,Q42\n", "no VIAF"),
        (b'{"id": "a", "schema": "Person"}', "no entity"),
        (b"[1]", "no entity"),
        (b'{"id": ', "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b'{"schema": "Person", "properties": {"alias": ["A"]}}', "without a name"),
    ],
)
def test_a_broken_file_is_refused_whole_and_says_where(content: bytes, what: str) -> None:
    with pytest.raises(AuthorityFileError, match=what) as raised:
        read_authority(content, "p.csv")
    assert raised.value.where.startswith("p.csv") and raised.value.code == "authority-file"


TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><front><list><head>Persons</head>
<item><hi><persName xml:id="p_1">Brink, Anna L.</persName>,</hi> Harbour
  Master until 1931</item><item>Nobody</item></list>
<listPerson><person xml:id="p_2"><persName>Olav Moe</persName><persName>O. Moe</persName></person></listPerson>
</front></text></TEI>"""


def test_the_lists_of_persons_of_an_encoded_volume_are_read() -> None:
    anna, olav = read_authority(TEI.encode(), "volume.xml").rows
    assert (anna.entry, anna.name) == ("p_1", "Brink, Anna L., Harbour Master until 1931")
    assert (olav.entry, olav.name, olav.variants) == ("p_2", "Olav Moe", ("O. Moe",))


def test_an_encoded_file_without_a_list_of_persons_is_refused() -> None:
    with pytest.raises(AuthorityFileError, match="no list of persons"):
        read_authority(b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text/></TEI>", "letter.xml")
