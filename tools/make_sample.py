"""Writes the invented sample case and its truth file from the manuscripts in tools/sample.

The manuscripts hold the text as its invented authors wrote it, with marks for everything that the truth file must
know: `{call:3}` a note call, `{ocr:1=>I}` what the OCR printed for what was meant, `{own:shew}` a spelling of the
author, `{s:time:affirms}...{/s:time}` a statement on a point, `{q:q1}...{/q:q1}` words that another account quotes as
`{u:q1}...{/u:q1}`. Lines that start with `@` name the block below them. This script breaks lines and pages, prints
running heads, addresses and dates with the slips of an OCR engine, turns one page upside down, leaves one out, and
writes down where everything went. The same manuscripts always give the same files.

    python tools/make_sample.py [FOLDER]
"""

import hashlib
import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "src" / "testimonia" / "sample"
NAME = "brannsey.txt"
SEED = 1931

MARK = re.compile(r"\{(/?)(ocr|own|call|s|q|u)(?::([^{}]*))?\}")
# Words that may be broken at the end of a line, and where.
BREAKS = """
an-swer be-lieved bat-tery cap-tain com-mander commis-sioner con-sul conver-sation coun-try deposi-tion
evi-dence fin-ished garri-son govern-ment har-bour histo-rians in-terest lan-terns let-ters minis-ter morn-ing
neces-sary nine-teen no-body num-bers pen-sioned per-sons pow-der print-ed quar-ter ques-tion re-ceipts
reg-ister remem-ber re-peated re-ported ser-geant sen-tence some-body steam-er sub-jects suppos-ed tele-gram
to-gether tele-phone trea-ties what-ever with-out writ-ing writ-ten
"""
BROKEN = {word.replace("-", ""): word for word in BREAKS.split()}


@dataclass
class Piece:
    """A block of the manuscript: what it is, its printed text, and the marked stretches of that text."""

    role: str
    text: str
    fields: dict[str, str]
    marks: list[tuple[str, str, int, int]] = field(default_factory=list)


@dataclass
class Row:
    """A printed line: its text, the piece it comes from and the stretch of the piece's text that it holds."""

    text: str
    piece: Piece | None = None
    start: int = 0
    end: int = 0
    hyphen: str = ""


@dataclass
class Style:
    """How one article was printed from the web: width, lines a page, heads, addresses, pages in the numbering."""

    article: str
    head: str
    total: int
    one_line_head: bool
    width: int
    rows: int
    addresses: tuple[str, ...]
    blank_share: float
    turned: int | None = None


STYLES = (
    Style(
        article="first", head="New Papers on the Brannsey Night: The Harbour Files Opened", total=10,
        one_line_head=True, width=66, rows=24, blank_share=0.05,
        addresses=(
            "http://www.example.org/~harbourfiles/BULLETINS/b4-1il1.htm",
            "http://www.example.org/~harbourfiles/BULLETlNS/b4-1il1.htm",
            "http://www.example.org/~harbourfiles/BULLETINS/b4- 1i11 .htm",
            "http://www.exampIe.org/~harbourfiles/BULLETlNS/b4-1il1 htm",
        ),
    ),
    Style(
        article="second", head="The Brannsey Night, 1931: Seven Recolections of a Talk", total=16,
        one_line_head=False, width=50, rows=22, blank_share=0.01, turned=8,
        addresses=(
            "http://www.example.org/~harbourfiles/bran/seven_vc/talk.htm",
            "http://www.example.org/~harbourfiles/bran/seven_vc/talk.htm",
            "http://www.example.org/~harbourfiles/bran/seven_vc/ta1k.htm",
            "http://www.example org/~harbourfiles/bran/seven_vc/talk .htm",
        ),
    ),
)  # fmt: skip
DATES = ("03/09/1998", "03/09/1998", "03/09/1998", "03 / 09/1998", "3/09/1998", "O3/09/1998")
HEAD_SLIPS = {("first", 6): ("Flles", "Files"), ("second", 11): ("Page l1", "Page 11")}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text, truth = sample()
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")
    (folder / "truth.json").write_text(truth, encoding="utf-8", newline="\n")


def sample() -> tuple[str, str]:
    """What do the two files say? The OCR text and its truth, as they are written."""
    press = Press()
    from sample_truth import truth as truth_of  # it needs the records of this module

    for style in STYLES:
        press.article(style, list(pieces((HERE / "sample" / f"{style.article}.txt").read_text(encoding="utf-8"))))
    text = "".join(f"{line} \n" if line else "\n" for line in press.lines)
    truth = {"sha256": hashlib.sha256(text.encode()).hexdigest(), **truth_of(press)}
    return text, json.dumps(truth, ensure_ascii=False, indent=1) + "\n"


def pieces(manuscript: str) -> Iterator[Piece]:
    """Which blocks does a manuscript hold, marks taken out of their text?"""
    for block in manuscript.strip().split("\n\n"):
        role, rest = "body", block
        if block.startswith("@"):
            first, _, rest = block.partition("\n")
            role = first[1:].split()[0]
        fields = dict(re.findall(r'(\w+)=(?:"|)([^"\s]+(?: [^"=]+)?)(?:"|(?=\s|$))', first)) if role != "body" else {}
        text, marks = plain(rest)
        yield Piece(role, text, fields, marks)


def plain(marked: str) -> tuple[str, list[tuple[str, str, int, int]]]:
    """What is printed, and which stretches of it are marked as (kind, value, start, end)?"""
    out, at = "", 0
    marks: list[tuple[str, str, int, int]] = []
    open_at: dict[tuple[str, str], tuple[str, int]] = {}
    for m in MARK.finditer(marked):
        out += marked[at : m.start()]
        at = m.end()
        closing, kind, value = m.group(1), m.group(2), m.group(3) or ""
        if kind in ("ocr", "own", "call"):
            word = value.partition("=>")[0]
            marks.append((kind, value, len(out), len(out) + len(word)))
            out += word
        elif closing:
            stance, start = open_at.pop((kind, value))
            marks.append((kind, f"{value}:{stance}" if stance else value, start, len(out)))
        else:
            name, _, stance = value.partition(":")
            open_at[kind, name] = (stance, len(out))
    if open_at:
        raise ValueError(f"never closed: {open_at}")
    return out + marked[at:], marks


def broken(piece: Piece, width: int, chance: random.Random) -> Iterator[Row]:
    """Where do the lines of a block end? At spaces, after hyphens and dashes, sometimes inside a word."""
    base = 0
    for line in piece.text.split("\n"):
        at = 0
        while len(line) - at > width:
            window = line[at : at + width + 1]
            end = max(window.rfind(" "), 1)
            following = end + 1
            for m in re.finditer(r"(?<=\w)[-—](?=\w)", window[:width]):
                if m.end() > end:
                    end = following = m.end()
            hyphen = "-" if window[end - 1] == "-" else ""
            if inside := word_break(line, at + following, at + width, chance):
                end = following = inside - at
                hyphen = "¬" if chance.random() < 0.4 else "-"
                yield Row(line[at : at + end] + hyphen, piece, base + at, base + at + end, "word" + hyphen)
            elif hyphen and chance.random() < 0.4:
                yield Row(line[at : at + end - 1] + "¬", piece, base + at, base + at + end, "kept¬")
            else:
                yield Row(line[at : at + end], piece, base + at, base + at + end, "kept-" if hyphen else "")
            at += following
        yield Row(line[at:], piece, base + at, base + len(line))
        base += len(line) + 1


def word_break(line: str, start: int, limit: int, chance: random.Random) -> int | None:
    m = re.match(r"[A-Za-z]+", line[start:])
    parts = BROKEN.get(m.group().lower()) if m else None
    if not parts or chance.random() < 0.2:
        return None
    inside = start + parts.index("-")
    return inside if inside < limit else None


class Press:
    """Sets the articles one below the other and keeps the account of what went on which line."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)
        self.lines: list[str] = []
        self.where: dict[int, list[tuple[int, Row]]] = {}  # piece -> its printed lines
        self.order: list[tuple[str, Piece]] = []
        self.pages: list[dict[str, Any]] = []
        self.furniture: list[int] = []
        self.missing_pages: list[dict[str, Any]] = []
        self.turned: dict[str, Any] = {}
        self.head_slips: list[dict[str, Any]] = []

    def article(self, style: Style, blocks: list[Piece]) -> None:
        self.order += [(style.article, b) for b in blocks]
        number, sequence = 0, STYLES.index(style)
        for sheet in sheets(blocks, style, self.chance):
            number += 1
            if sheet is None:
                self.missing_pages.append({"sequence": sequence, "number": number, "total": style.total})
                continue
            self.page(style, sequence, number, sheet)
        for lost in range(number + 1, style.total + 1):
            self.missing_pages.append({"sequence": sequence, "number": lost, "total": style.total})

    def page(self, style: Style, sequence: int, number: int, sheet: list[Row]) -> None:
        label = f"Page {number} of {style.total}"
        head = f"{style.head} {label}" if style.one_line_head else f"{style.head}\n{label}"
        if slip := HEAD_SLIPS.get((style.article, number)):
            head = head.replace(slip[1], slip[0])
        first = len(self.lines) + 1
        top = [Row(head)] if style.one_line_head else [Row(head.split("\n")[0]), Row(""), Row(""), Row(label_of(head))]
        foot = [Row(self.chance.choice(style.addresses)), Row(""), Row(""), Row(self.chance.choice(DATES))]
        rows = [*top, Row(""), Row(""), *sheet, Row(""), Row(""), *foot]
        if number == style.turned:
            self.turn(first, len(self.pages), rows)
        else:
            for number_of_line, row in enumerate(rows, first):
                if row.piece:
                    self.where.setdefault(id(row.piece), []).append((number_of_line, row))
                elif row.text:
                    self.furniture.append(number_of_line)
            self.lines += [row.text for row in rows]
        if slip:
            line = next(n for n in self.furniture if n >= first and slip[0] in self.lines[n - 1])
            self.head_slips.append({"line": line, "printed": slip[0], "meant": slip[1]})
        self.lines += [""] * self.chance.randint(6, 12)
        self.pages.append(
            {
                "page_index": len(self.pages), "page_label": None if number == style.turned else label_of(head),
                "number": number, "total": style.total, "sequence": sequence, "first_line": first,
                "last_line": len(self.lines), "readable": number != style.turned,
            }
        )  # fmt: skip

    def turn(self, first: int, page_index: int, rows: list[Row]) -> None:
        glyphs = json.loads((HERE / "sample" / "turned.json").read_text(encoding="utf-8"))
        self.lines += [upside_down(row.text, glyphs, self.chance) for row in reversed(rows)]
        last = first + len(rows) - 1
        for back, row in enumerate(rows):
            if row.piece:
                self.where.setdefault(id(row.piece), []).append((last - back, row))
        self.turned = {
            "page_index": page_index, "first_line": first, "last_line": last,
            "upright": [{"line": last - back, "text": row.text} for back, row in enumerate(rows) if row.text],
        }  # fmt: skip


def label_of(head: str) -> str:
    return head[head.rindex("Page") :]


def sheets(blocks: list[Piece], style: Style, chance: random.Random) -> Iterator[list[Row] | None]:
    """Which lines stand on which page? None is a page that is not in the file."""
    sheet: list[Row] = []
    before: Piece | None = None
    for piece in blocks:
        if piece.role == "lost-page":
            yield sheet
            yield None
            sheet = []
            continue
        rows = list(broken(piece, style.width, chance))
        filled = sum(bool(r.text) for r in sheet)
        heading = piece.role in ("section", "account", "group")
        if filled >= style.rows - (4 if heading else 0):
            yield sheet
            sheet = []
        if sheet:
            blanks = 1 if piece.role in ("body", "section", "preface") or before is None else 2
            sheet += [Row("")] * (
                3 if before and before.role == "sourcenote" else blanks if piece.role != "body" else 1
            )
        for i, row in enumerate(rows):
            if sum(bool(r.text) for r in sheet) >= style.rows:
                yield sheet
                sheet = []
            elif piece.role == "body" and 0 < i < len(rows) - 1 and sheet and chance.random() < style.blank_share:
                sheet.append(Row(""))
            sheet.append(row)
        before = piece
    if sheet:
        yield sheet


def upside_down(line: str, glyphs: dict[str, dict[str, str]], chance: random.Random) -> str:
    """What does an OCR engine make of a line that stands on its head?"""
    out, at = "", 0
    while at < len(line):
        pair = line[at : at + 2]
        if pair in glyphs["pairs"] and chance.random() < 0.35:
            out, at = glyphs["pairs"][pair] + out, at + 2
            continue
        letter = line[at]
        if letter == " ":
            out = ("" if chance.random() < 0.03 else " ") + out
        else:
            out = chance.choice(glyphs["singles"].get(letter, letter)) + out
            if chance.random() < 0.01:
                out = " " + out
        at += 1
    return out.strip()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
