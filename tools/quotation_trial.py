"""How often is the verdict on a quotation right, by what was done to it and by how much OCR misread?

    python tools/quotation_trial.py [--noise 0 2 5] [--each 50] [--in source|draft|both] [--show N] [--seed N]

Takes sentences of documents of Foreign Relations of the United States, changes each in one known way, writes them into
a draft that cites page and speaker, and has Testimonia check the draft against the documents. The noise is put on the
documents (as an archive's OCR has it), on the draft, or on both: of every hundred letters and digits so many are
taken for another that looks alike, for any letter, left out, or doubled. Beside these, quotations from documents that
are not in the library must never be found. The documents are looked for as `tools/evaluate.py` says.
"""

import argparse
import json
import os
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from testimonia.readers.table import read
from testimonia.services.checked import Checked, CheckReport
from testimonia.services.checking import Checking
from testimonia.services.workbench import Workbench

MATERIAL = Path(os.environ.get("TESTIMONIA_MATERIAL", Path(__file__).resolve().parent.parent.parent / "shared"))
CHANGES = ("none", "case", "word", "negation", "elision", "order", "page", "speaker")
NOWHERE = "nowhere"
_LOOKALIKES = {
    "e": "c", "c": "e", "l": "1", "i": "l", "I": "l", "o": "0", "h": "b", "b": "h", "n": "u", "u": "n", "a": "s",
    "s": "5", "t": "f", "f": "t", "r": "n", "m": "rn", "d": "cl", "w": "vv", "g": "q", "v": "y", "B": "8",
    "S": "5", "O": "0",    "1": "l", "0": "O", "5": "S", "8": "B", "3": "8", "6": "b", "9": "g",
}  # fmt: skip
_DENIALS = frozenset(
    ["not", "no", "never", "nor", "none", "nobody", "nothing", "neither", "nowhere", "without", "cannot"]
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PAGE_CHARACTERS = 1800
_SPEAKERS = ("Tobias Vannley", "Hester Marquist", "Conrad Osley", "Judith Carroway")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document: who wrote it, its title, and its pages by their printed numbers."""

    author: str
    title: str
    pages: tuple[tuple[int, str], ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A quotation as it stands in the draft, and what was done to it. `line` is its line in the draft."""

    change: str
    text: str
    before: str
    line: int


def documents(material: Path, rng: random.Random) -> list[Document]:
    """The letters of the development set, set on numbered pages."""
    out = []
    for row in (material / "data/frus/documents.gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(row)
        if len(gold["from"]) != 1 or gold["from"][0] not in ("Khrushchev", "Kennedy"):
            continue
        path = material / "data/frus" / gold["file"]
        text = read(path.read_bytes(), name=path.name).text
        body = [" ".join(p.split()) for p in re.split(r"\n\s*\n|\n", text) if len(p.split()) > 14 and p[0].isupper()]
        body = [re.sub(r"\[\d+\]", "", p) for p in body if not p.startswith(("Source", "["))]
        pages: list[tuple[int, str]] = []
        number = rng.randint(20, 400)
        held: list[str] = []
        for paragraph in body:
            held.append(paragraph)
            if sum(map(len, held)) > _PAGE_CHARACTERS:
                pages.append((number, "\n\n".join(held)))
                number, held = number + 1, []
        if held:
            pages.append((number, "\n\n".join(held)))
        if pages:
            title = re.sub(r"^\d+\. ", "", gold["title"])
            out.append(Document(author=gold["from"][0], title=title, pages=tuple(pages), total=number + 50))
    return out


def noisy(text: str, share: float, rng: random.Random) -> str:
    """The text with this share of its letters and digits misread."""
    if not share:
        return text
    out = []
    for c in text:
        if not c.isalnum() or rng.random() >= share:
            out.append(c)
            continue
        kind = rng.random()
        if kind < 0.6 and c in _LOOKALIKES:
            out.append(_LOOKALIKES[c])
        elif kind < 0.85:
            out.append(rng.choice(_LETTERS))
        elif kind < 0.93:
            continue
        else:
            out.append(c + rng.choice(_LETTERS))
    return "".join(out)


def file_of(document: Document, share: float, rng: random.Random) -> str:
    """A document as a text file: its pages with their printed numbers."""
    pages = []
    for number, text in document.pages:
        head = f"{document.title}\n\n" if number == document.pages[0][0] else ""
        pages.append(f"Page {number} of {document.total}\n\n{head}{noisy(text, share, rng)}\n")
    return "\f".join(pages)


def sentences(document: Document) -> Iterator[tuple[int, str]]:
    """Sentences of 9 to 45 words without quotation marks, with the number of their page."""
    for number, text in document.pages:
        for sentence in re.split(r"(?<=[.!?])\s+", text.replace("\n\n", " ")):
            plain = sentence.strip().rstrip(".")
            if 9 <= len(plain.split()) <= 45 and not re.search(r"[\"“”\[\]()…]|\.\.", plain) and plain[0].isupper():
                yield number, plain


def changed(sentence: str, change: str, rng: random.Random, words: Sequence[str]) -> str | None:
    """The sentence with one known change; None where it can't be made."""
    own: list[str] = sentence.split()
    inner = [n for n in range(2, len(own) - 2) if own[n].isalpha()]
    if not inner:
        return None
    at = rng.choice(inner)
    if change == "case":
        own[at] = own[at].lower() if own[at][0].isupper() else own[at].capitalize()
        return " ".join(own) if own[at] != sentence.split()[at] and own[at] != "i" else None
    if change == "word":
        own[at] = rng.choice(
            [w for w in words if w.lower() != own[at].lower() and w[:3].lower() != own[at][:3].lower()]
        )
    elif change == "negation":
        denials = [n for n, w in enumerate(own) if w.lower() in ("not", "never", "no") and n]
        if not denials:
            return None
        del own[rng.choice(denials)]
    elif change == "elision":
        left_out = rng.randint(2, 6)
        gone = own[at : at + left_out]
        if len(own) < 14 or at + left_out > len(own) - 2 or _DENIALS & {w.lower() for w in gone}:
            return None
        own[at : at + left_out] = [rng.choice(["...", ". . .", "[...]", "…"])]
    elif change == "order":
        other = at + 1
        if not own[other].isalpha() or own[other].lower() == own[at].lower():
            return None
        own[at], own[other] = own[other], own[at]
    return " ".join(own)


def draft(
    library: Sequence[Document], absent: Sequence[Document], each: int, share: float, rng: random.Random
) -> tuple[str, list[Made]]:
    """A draft with `each` quotations for every change, one a paragraph, and as many from documents that are absent."""
    pool = [(d, page, s) for d in library for page, s in sentences(d)]
    elsewhere = [(d, page, s) for d in absent for page, s in sentences(d)]
    rng.shuffle(pool)
    rng.shuffle(elsewhere)
    words = [w for _, _, s in pool for w in s.split() if w.isalpha() and len(w) > 3]
    wanted = Counter(dict.fromkeys(CHANGES, each))
    rows: list[tuple[str, str, str, str]] = []
    for document, page, sentence in pool:
        order = ["negation", *(c for c in CHANGES if c != "negation")]
        change = next((c for c in order if wanted[c] and changed(sentence, c, random.Random(0), words)), None)
        if change is None:
            continue
        text = changed(sentence, change, rng, words)
        if text is None:
            continue
        wanted[change] -= 1
        speaker = rng.choice(_SPEAKERS) if change == "speaker" else f"Chairman {document.author}"
        cited = page + rng.choice([-9, 7, 12]) if change == "page" else page
        rows.append(
            (change, noisy(text, share, rng), sentence, f"{speaker} wrote: “%s” ({document.title}, p. {cited}).")
        )
    for document, page, sentence in elsewhere[:each]:
        form = f"Chairman {document.author} wrote: “%s” (p. {page})."
        rows.append((NOWHERE, noisy(sentence, share, rng), sentence, form))
    rng.shuffle(rows)
    lines: list[str] = []
    made = []
    for change, text, before, form in rows:
        made.append(Made(change=change, text=text, before=before, line=len(lines) + 1))
        lines.extend([form % text, ""])
    return "\n".join(lines), made


def right(made: Made, found: Checked | None) -> bool:
    """Is this the verdict that the change calls for?"""
    if found is None:
        return False
    altering = {d.kind for d in found.differences if d.altering}
    if made.change == NOWHERE:
        return found.verdict in ("not found", "source missing")
    if made.change in ("none", "page", "speaker"):
        agrees = found.page_agrees is not False or made.change == "page"
        if made.change == "page":
            agrees = found.page_agrees is False
        if made.change == "speaker":
            agrees = found.attribution_agrees is False
        return found.verdict == "exact" and agrees
    if made.change == "elision":
        return found.verdict == "elided"
    if made.change == "negation":
        return found.verdict == "altered" and any(d.negation for d in found.differences)
    wanted = {"case": {"case"}, "word": {"word"}, "order": {"order"}}[made.change]
    return found.verdict == "altered" and bool(altering & wanted)


def trial(noise: float, where: str, each: int, seed: int, folder: Path) -> tuple[list[Made], CheckReport]:
    """One draft against one library."""
    rng = random.Random(seed)
    every = documents(MATERIAL, rng)
    library, absent = every[: len(every) * 3 // 4], every[len(every) * 3 // 4 :]
    in_source, in_draft = noise * (where != "draft"), noise * (where != "source")
    with Workbench.open(folder) as workbench:
        files = [(f"{n:02} {d.author}.txt", file_of(d, in_source, rng).encode()) for n, d in enumerate(library)]
        workbench.intake.add_contents(files)
        checking = Checking.open(workbench.store, folder)
        text, made = draft(library, absent, each, in_draft, rng)
        (folder / "draft.txt").write_text(text, encoding="utf-8")
        report = checking.check_content("draft.txt", text.encode())
        checking.close()
    return made, report


def verdicts(made: Sequence[Made], report: CheckReport) -> list[tuple[Made, Checked | None]]:
    """Each quotation that was made with what was said of it; None where it was not seen."""
    by_line = {c.anchors[0].first_line: c for c in report.checked if c.anchors}
    return [(m, by_line.get(m.line)) for m in made]


def main() -> None:
    """Print the share of right verdicts by change and noise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--noise", type=float, nargs="+", default=[0, 2, 5])
    parser.add_argument("--in", dest="where", choices=("source", "draft", "both"), default="source")
    parser.add_argument("--each", type=int, default=50)
    parser.add_argument("--show", type=int, default=0, help="print so many wrong verdicts")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for noise in asked.noise:
        with tempfile.TemporaryDirectory() as folder:
            made, report = trial(noise / 100, asked.where, asked.each, asked.seed, Path(folder))
        results = verdicts(made, report)
        said = []
        for change in (*CHANGES, NOWHERE):
            of = [right(m, c) for m, c in results if m.change == change]
            said.append(f"{change} {sum(of)}/{len(of)}")
        known = [right(m, c) for m, c in results if m.change != NOWHERE]
        print(f"noise {noise:g}% in {asked.where}: {sum(known) / len(known):.3f} of {len(known)}  {'  '.join(said)}")
        for m, c in sorted([(m, c) for m, c in results if not right(m, c)], key=lambda r: r[0].change != NOWHERE)[
            : asked.show
        ]:
            print(f"  {m.change}: {m.text}\n     was: {m.before}")
            if c is None:
                print("     not seen")
                continue
            place = c.places[0].anchors[0].quote if c.places else "-"
            print(
                f"     {c.verdict}; page {c.page_agrees}, speaker {c.attribution_agrees} {c.citation.speakers}\n"
                f"     in: {place}"
            )
            print("    ", [(d.kind, d.quoted, d.source, d.altering) for d in c.differences])


if __name__ == "__main__":
    main()
