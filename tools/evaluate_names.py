"""What evaluate.py counts for names: people in editions, linked to their lists of persons, and names in tagged text.

A mention is found where a mention of ours overlaps it. Editions tag most people, not all: a mention of ours that no tag
meets counts as right where its surname is that of somebody in the list of persons, or is tagged in the same document;
what is left is counted as wrong, though many of those are people whom the list leaves out.
"""

import csv
import io
import random
import re
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from testimonia.model.layers import READING
from testimonia.model.names import Name
from testimonia.services.workbench import Workbench

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_BLOCKS = frozenset({f"{TEI}{name}" for name in ("head", "dateline", "p", "signed", "item", "opener", "closer")})
_LOOKALIKES = str.maketrans("eliounhcastbfgSOIBE", "c1l0nubeoslhtqs0lRF")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """A stretch of a text (half-open) that people tagged: its type, and the id of the person in the list of persons."""

    start: int
    end: int
    type: str
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedText:
    """A text and what people tagged in it, in its order."""

    name: str
    text: str
    tags: tuple[Tagged, ...]


@dataclass(slots=True, kw_only=True)
class Score:
    """How much was found, of how much; how much of what we say is right, of how much; links right, of how many said."""

    found: int = 0
    tagged: int = 0
    right: int = 0
    said: int = 0
    exact: int = 0
    linked_right: int = 0
    linked: int = 0

    def recall(self) -> float:
        return self.found / max(1, self.tagged)

    def precision(self) -> float:
        return self.right / max(1, self.said)

    def f1(self) -> float:
        return 2 * self.recall() * self.precision() / max(1e-9, self.recall() + self.precision())


class _Writer:
    """Plain text of elements, white space as one space, with the places of the tags."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.tags: list[Tagged] = []

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def words(self, text: str | None) -> None:
        flat = re.sub(r"\s+", " ", text or "")
        if flat.startswith(" ") and (not self.parts or self.parts[-1].endswith((" ", "\n"))):
            flat = flat[1:]
        if flat:
            self._put(flat)

    def close(self) -> None:
        if self.parts and not self.parts[-1].endswith("\n\n"):
            self._put("\n\n")

    def element(self, element: ET.Element, *, notes: bool) -> None:
        at = self.length
        self.words(element.text)
        for child in element:
            if notes or child.tag != f"{TEI}note":
                self.element(child, notes=notes)
            self.words(child.tail)
        person = (element.get("corresp") or "").lstrip("#")
        if element.tag == f"{TEI}persName" and person and self.length > at:
            self.tags.append(Tagged(start=at, end=self.length, type="person", person=person))


def read_documents(path: Path) -> Iterator[TaggedText]:
    """The documents of a volume in TEI as plain text, with the people tagged in them: head, paragraphs, then notes."""
    for document in ET.parse(path).getroot().iter(f"{TEI}div"):
        if document.get("type") != "document":
            continue
        inside = {id(e) for note in document.iter(f"{TEI}note") for e in note.iter()}
        nested: set[int] = set()
        writer = _Writer()
        for element in document.iter():
            if element.tag in _BLOCKS and id(element) not in inside | nested:
                writer.element(element, notes=False)
                writer.close()
                nested |= {id(e) for e in element.iter()}
        for note in document.iter(f"{TEI}note"):
            writer.element(note, notes=True)
            writer.close()
        name = f"{document.get(XML_ID) or 'document'}.txt"
        yield TaggedText(name=name, text="".join(writer.parts), tags=tuple(sorted(writer.tags, key=lambda t: t.start)))


def read_persons(path: Path) -> str:
    """The volume's list of persons as a CSV authority file."""
    sink = io.StringIO()
    table = csv.writer(sink)
    table.writerow(("id", "name", "type"))
    for item in ET.parse(path).getroot().iter(f"{TEI}item"):
        person = item.find(f".//{TEI}persName[@{XML_ID}]")
        if person is not None:
            table.writerow((person.get(XML_ID), " ".join("".join(item.itertext()).split()), "person"))
    return sink.getvalue()


def read_iob(path: Path, types: dict[str, str], *, sentences: int = 40) -> Iterator[TaggedText]:
    """A file of tagged tokens, one a line, as texts of so many sentences each; only the types that are asked for."""
    sentence: list[tuple[str, str]] = []
    gathered: list[list[tuple[str, str]]] = []
    number = 0
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.strip():
            token, _, label = line.rpartition(" ")
            sentence.append((token, label))
        elif sentence:
            gathered.append(sentence)
            sentence = []
        if gathered and len(gathered) == sentences:
            yield _of_tokens(f"{number:04}.txt", gathered, types)
            gathered, number = [], number + 1
    if gathered:
        yield _of_tokens(f"{number:04}.txt", gathered, types)


def _of_tokens(name: str, sentences: Sequence[Sequence[tuple[str, str]]], types: dict[str, str]) -> TaggedText:
    text = ""
    tags: list[Tagged] = []
    for sentence in sentences:
        for token, label in sentence:
            begin, _, kind = label.partition("-")
            at = len(text)
            text += token
            if kind in types and (begin == "B" or not tags or tags[-1].type != types[kind] or tags[-1].end != at - 1):
                tags.append(Tagged(start=at, end=len(text), type=types[kind]))
            elif kind in types:
                tags[-1] = Tagged(start=tags[-1].start, end=len(text), type=types[kind])
            text += " "
        text = text.rstrip() + "\n"
    return TaggedText(name=name, text=text, tags=tuple(tags))


def misread(one: TaggedText, share: float, seed: int) -> TaggedText:
    """The text with this share of its letters misread as OCR does; the places of the tags stay."""
    dice = random.Random(f"{seed} {one.name}")
    text = "".join(_misread(c, dice) if c.isalnum() and dice.random() < share else c for c in one.text)
    return TaggedText(name=one.name, text=text, tags=one.tags)


def _misread(letter: str, dice: random.Random) -> str:
    like = letter.translate(_LOOKALIKES)
    return like if like != letter and dice.random() < 0.7 else dice.choice("abcdefghijklmnopqrstuvwxyz.,'1")


def named_in(workbench: Workbench, name: str) -> tuple[list[tuple[int, int, Name]], dict[str, str]]:
    """The names in the source of this name, with their half-open places in the text as received; and their entries."""
    stored = workbench.catalogue.find_source(name)
    sha256 = stored.source.sha256
    to_original = workbench.store.layer(sha256, READING).offset_map
    if to_original is None:
        raise SystemExit(f"evaluate: the reading layer of {name} has no map")
    found = []
    for one in workbench.catalogue.findings(Name, sha256):
        anchor = one.anchors[0]
        traced = to_original.to_parent(anchor.start, anchor.end).ranges
        if traced:
            found.append((min(a for a, _ in traced), max(b for _, b in traced), one))
    links = workbench.catalogue.named.links()
    return found, {n.id: links[n.entity].entry.entry for _, _, n in found if n.entity in links}


def score_texts(
    workbench: Workbench, texts: Iterable[TaggedText], types: Sequence[str], surnames: frozenset[str]
) -> dict[str, Score]:
    scores = {kind: Score() for kind in types}
    for text in texts:
        ours, entries = named_in(workbench, text.name)
        of_document = surnames | {w for t in text.tags for w in _words(text.text[t.start : t.end])}
        for kind, score in scores.items():
            tags = [t for t in text.tags if t.type == kind]
            names = [(a, b, n) for a, b, n in ours if n.type == kind]
            for tag in tags:
                score.tagged += 1
                meeting = [(a, b, n) for a, b, n in names if a < tag.end and tag.start < b]
                score.found += bool(meeting)
                score.exact += any((a, b) == (tag.start, tag.end) for a, b, _ in meeting)
                said = [entries[n.id] for _, _, n in meeting if n.id in entries]
                if tag.person and said:
                    score.linked += 1
                    score.linked_right += tag.person in said
            for a, b, _ in names:
                score.said += 1
                met = any(a < t.end and t.start < b for t in tags)
                score.right += met or bool(
                    surnames and _words(text.text[a:b])[-1:] and of_document & set(_words(text.text[a:b])[-1:])
                )
    return scores


def _words(text: str) -> list[str]:
    return [w.lower() for w in re.findall(r"[^\W\d_]{3,}", text)]


_IOB_TYPES = {"PERS": "person", "LOC": "place", "GHETTO": "place", "CAMP": "place"}
NOISE = (0.0, 0.02, 0.05)


def score_material(data: Path, *, step: int = 10) -> Iterator[tuple[str, str, str]]:
    """Every so many documents of each volume, and the tagged texts: on what, what was measured, what came out."""
    for path in sorted(data.glob("frus/volumes/*.xml")):
        texts, persons = list(read_documents(path))[2::step], read_persons(path)
        if texts and persons.count("\n") > 1:
            score = _scored(texts, ("person",), persons)["person"]
            on = f"{path.stem}, {len(texts)} documents"
            yield on, "people mentioned", _figures(score)
            linked = f"recall {score.linked_right / max(1, score.tagged):.3f}"
            right = f"{score.linked_right / max(1, score.linked):.3f} of {score.linked} links right"
            yield on, "mentions linked to the list of persons", f"{linked}, {right}"
    for path in sorted(data.glob("names/*/dataset/iob/en/*.txt")):
        tagged = list(read_iob(path, _IOB_TYPES))
        for noise in NOISE if any(t.tags for t in tagged) else ():
            texts = [misread(t, noise, seed=1) for t in tagged]
            for kind, score in _scored(texts, ("person", "place"), "").items():
                exact = f"fuzzy {_figures(score)}, exact recall {score.exact / max(1, score.tagged):.3f}"
                yield f"{path.stem}, {noise:.0%} of letters misread", kind, exact


def _figures(score: Score) -> str:
    recall, precision = f"{score.recall():.3f} of {score.tagged}", f"{score.precision():.3f} of {score.said}"
    return f"F1 {score.f1():.3f} (recall {recall}, precision {precision})"


def _scored(texts: Sequence[TaggedText], types: Sequence[str], persons: str) -> dict[str, Score]:
    listed = csv.reader(io.StringIO(persons))
    surnames = frozenset(w for row in listed for w in _words(row[1].split(",")[0]))
    with tempfile.TemporaryDirectory() as folder, Workbench.open(Path(folder) / "library") as workbench:
        workbench.intake.add_contents([(t.name, t.text.encode()) for t in texts])
        if persons:
            workbench.authority.import_file("persons.csv", persons.encode())
        workbench.catalogue.named.names()
        return score_texts(workbench, texts, types, surnames)
