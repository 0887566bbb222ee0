"""A collation as a TEI apparatus (P5 chapter 13, parallel segmentation): every version's words in one text."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from lxml import etree

from testimonia.errors import InvalidRecordError, UnreadableSourceError
from testimonia.model.collation import CLASSES, Collation, Unit
from testimonia.text.structure.redactions import read_quantity

TEI = "http://www.tei-c.org/ns/1.0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
# What XML 1.0 can't hold is written as <g n="U+0000"/>, so that it comes back.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SPACE = "space"
_Piece = tuple[str, bool]  # words, or the mark for withheld ones


def write_apparatus(collation: Collation, witnesses: Sequence[tuple[str, str]], title: str) -> bytes:
    """The collation as a TEI document, valid by its schema.

    `witnesses` are (siglum, title) in the order of the versions. Lost are line and paragraph ends: white space becomes
    one space. Kept are all words and marks of every version: `read_apparatus` gives them back. Raises
    InvalidRecordError where the sigla are not as many as the versions, or not usable as identifiers.
    """
    sigla = [siglum for siglum, _ in witnesses]
    if len(sigla) != len(collation.texts) or len(set(sigla)) != len(sigla):
        raise InvalidRecordError("each version needs a siglum of its own", hint="Give one for every version")
    if not all(re.fullmatch(r"[A-Za-z_][\w.-]*", siglum) for siglum in sigla):
        raise InvalidRecordError(f"{' '.join(sigla)!r} can't be identifiers", hint="Use letters, figures, - and _")
    root = _element("TEI", nsmap={None: TEI})
    apps = _moved_apps(collation)
    _write_header(root, witnesses, title, apps)
    block = _child(_child(_child(root, "text"), "body"), "ab")
    for number, unit in enumerate(collation.units, 1):
        _write_unit(block, collation, unit, number, sigla, number in {n for pair in apps for n in pair})
    validate_apparatus(root)
    content: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return content + b"\n"


def read_apparatus(content: bytes) -> dict[str, str]:
    """What does each witness of this apparatus say? By siglum; white space is one space.

    Reads what `write_apparatus` writes, and any apparatus within the same schema. Raises UnreadableSourceError.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableSourceError(f"this is no XML: {error}", hint="Export it again") from error
    validate_apparatus(root)
    sigla = [w.get(_ID) for w in root.iter(f"{{{TEI}}}witness")]
    pieces: dict[str, list[str]] = {siglum: [] for siglum in sigla}
    block = next(root.iter(f"{{{TEI}}}ab"))
    everyone = list(pieces.values())
    _give(block.text, everyone)
    for element in block:
        if etree.QName(element).localname == "app":
            for reading in element:
                words = "".join(_words_of(reading))
                for siglum in reading.get("wit").split():
                    if siglum[1:] not in pieces:
                        raise UnreadableSourceError(f"{siglum} is none of the witnesses", hint="Export it again")
                    pieces[siglum[1:]].append(words)
        else:
            _give("".join(_words_of(element, whole=True)), everyone)
        _give(element.tail, everyone)
    return {siglum: " ".join("".join(words).split()) for siglum, words in pieces.items()}


def validate_apparatus(root: etree._Element) -> None:
    """Is this apparatus as its schema says? Raises UnreadableSourceError with the first fault."""
    schema = _schema()
    if not schema.validate(root):
        raise UnreadableSourceError(f"not a valid apparatus: {schema.error_log[0].message}", hint="Export it again")


@lru_cache(maxsize=1)
def _schema() -> etree.RelaxNG:
    text = files("testimonia.exports").joinpath("apparatus_tei.rng").read_bytes()
    return etree.RelaxNG(etree.fromstring(text))


def _element(name: str, nsmap: dict[str | None, str] | None = None) -> etree._Element:
    return etree.Element(f"{{{TEI}}}{name}", nsmap=nsmap)


def _child(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{TEI}}}{name}", attributes)
    if text is not None:
        _write_plain(made, text)
    return made


def _write_header(
    root: etree._Element, witnesses: Sequence[tuple[str, str]], title: str, moves: Sequence[tuple[int, int]]
) -> None:
    header = _child(root, "teiHeader")
    description = _child(header, "fileDesc")
    _child(_child(description, "titleStmt"), "title", _visible(title))
    _child(_child(description, "publicationStmt"), "p", "Made by Testimonia from the sources named below.")
    listed = _child(_child(description, "sourceDesc"), "listWit")
    for siglum, name in witnesses:
        _child(listed, "witness", _visible(name)).set(_ID, siglum)
    encoding = _child(header, "encodingDesc")
    _child(encoding, "variantEncoding", method="parallel-segmentation", location="internal")
    _child(
        _child(encoding, "editorialDecl"), "p",
        "The lemma is what most witnesses read; no witness is the base. White space is one space throughout.",
    )  # fmt: skip
    if moves:
        transposed = _child(_child(header, "profileDesc"), "listTranspose")
        for one, other in moves:
            move = _child(transposed, "transpose")
            _child(move, "ptr", target=f"#app{one}")
            _child(move, "ptr", target=f"#app{other}")


def _moved_apps(collation: Collation) -> list[tuple[int, int]]:
    """For each move the numbers of the places where its words begin in the one and in the other version."""

    def place(witness: int, token: int) -> int:
        return next(n for n, u in enumerate(collation.units, 1) if u.cells[witness][0] <= token < u.cells[witness][1])

    return [(place(m.witness, m.tokens[0]), place(m.other, m.other_tokens[0])) for m in collation.moves]


def _write_unit(
    block: etree._Element, collation: Collation, unit: Unit, number: int, sigla: Sequence[str], moved: bool
) -> None:
    # A space that all have stands before the place; it may stand there also for a version that has nothing here and
    # goes on after a space.
    known = {_space_before(collation, w, cell[0]) for w, cell in enumerate(unit.cells)} - {None}
    if known == {True}:
        _write_plain(block, " ")
    readings: dict[tuple[_Piece, ...], list[int]] = {}
    for w in range(len(unit.cells)):
        readings.setdefault(tuple(_pieces(collation, w, unit.cells[w], lead=len(known) > 1)), []).append(w)
    if len(readings) == 1 and not moved:
        _write_words(block, next(iter(readings)))
        return
    app = _child(block, "app")
    app.set(_ID, f"app{number}")
    kinds = [kind for kind in CLASSES if kind in unit.classes]
    app.set("type", kinds[-1] if kinds else SPACE)
    first = tuple(_pieces(collation, unit.lemma, unit.cells[unit.lemma], lead=len(known) > 1))
    for words in (first, *(r for r in readings if r != first)):
        wit = " ".join(f"#{sigla[w]}" for w in readings[words])
        reading = _child(app, "lem" if words == first else "rdg", wit=wit)
        kind = unit.classes[readings[words][0]]
        if words != first:
            reading.set("type", kind or SPACE)
        _write_words(reading, words)


def _space_before(collation: Collation, witness: int, token: int) -> bool | None:
    """Is there white space before this word? None before the first and behind the last."""
    tokens = collation.tokens[witness]
    return tokens[token - 1].end < tokens[token].start if 0 < token < len(tokens) else None


def _pieces(collation: Collation, witness: int, cell: tuple[int, int], *, lead: bool) -> Iterator[_Piece]:
    """The words of a cell, cut where a mark for withheld words stands."""
    words = ""
    for n in range(*cell):
        if _space_before(collation, witness, n) and (n > cell[0] or lead):
            words += " "
        said = collation.words(witness, (n, n + 1))
        if not collation.tokens[witness][n].withheld:
            words += said
            continue
        if words:
            yield words, False
        yield said, True
        words = ""
    if words:
        yield words, False


def _write_words(parent: etree._Element, pieces: Sequence[_Piece]) -> None:
    for words, withheld in pieces:
        if withheld:
            quantity, unit = read_quantity(words)
            measure = {"quantity": f"{quantity:g}", "unit": unit} if quantity is not None and unit else {}
            _child(_child(parent, "gap", reason="redacted", **measure), "desc", words)
        else:
            _write_plain(parent, words)


def _write_plain(parent: etree._Element, text: str) -> None:
    """Add text behind what the element holds; characters that XML can't hold become elements."""
    at = 0
    for found in _FORBIDDEN.finditer(text):
        _append(parent, text[at : found.start()])
        etree.SubElement(parent, f"{{{TEI}}}g", n=f"U+{ord(found[0]):04X}")
        at = found.end()
    _append(parent, text[at:])


def _append(parent: etree._Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _visible(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _words_of(element: etree._Element, *, whole: bool = False) -> Iterator[str]:
    """The words inside an element; with `whole`, what the element itself stands for."""
    if whole and etree.QName(element).localname == "g":
        yield chr(int(element.get("n")[2:], 16))
        return
    yield element.text or ""
    for child in element:
        yield from _words_of(child, whole=True)
        yield child.tail or ""


def _give(text: str | None, everyone: Sequence[list[str]]) -> None:
    for pieces in everyone:
        pieces.append(text or "")
