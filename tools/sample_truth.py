"""What is true of the sample: read off the press after it has set the pages."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from make_sample import Piece, Press, Row

QUESTIONS = {
    "sent": "Did Brenn ask for the meeting?",
    "time": "When did the talk begin?",
    "alone": "Were Brenn and Vask alone?",
    "men": "How many men were in the boat?",
    "lamp": "Was the lamp on the mole burning?",
    "bargain": "Was there a bargain over the nineteen men and the boom?",
    "fire": "Had the battery been ordered to fire?",
    "deadline": "By when was an answer wanted?",
    "garrison": "Was it said that officers of the garrison might act by themselves?",
    "writing": "Was anything put in writing?",
    "secret": "Was the assurance to be kept secret?",
    "mood": "Was Brenn moved?",
    "shot": "Was a shot fired that night?",
}
CONFLICTS = [
    "sent",
    "time",
    "alone",
    "men",
    "lamp",
    "bargain",
    "fire",
    "deadline",
    "garrison",
    "writing",
    "mood",
    "shot",
]
QUOTED = {"q1": "exact", "q2": "altered", "q3": "exact", "q4": "source missing"}
NOTE = "Everything in this file and in the text that it describes is invented."


class Placed:
    """Where the blocks of the manuscripts were printed."""

    def __init__(self, press: Press) -> None:
        self.press = press
        self.turned = range(press.turned["first_line"], press.turned["last_line"] + 1)

    def rows(self, piece: Piece) -> list[tuple[int, Row]]:
        return self.press.where.get(id(piece), [])

    def lines(self, piece: Piece) -> list[int]:
        """First and last line, as printed in the file."""
        numbers = [n for n, _ in self.rows(piece)]
        return [min(numbers), max(numbers)]

    def stretch(self, piece: Piece, start: int, end: int) -> tuple[list[list[int]], list[list[int]]]:
        """On which runs of lines does a marked stretch stand: those that can be read, those on the turned page?"""
        numbers = sorted(n for n, r in self.rows(piece) if r.start < end and start < r.end)
        return runs([n for n in numbers if n not in self.turned]), runs([n for n in numbers if n in self.turned])

    def marks(self, kind: str) -> list[tuple[Piece, str, int, int]]:
        return [(p, v, a, b) for _, p in self.press.order for k, v, a, b in p.marks if k == kind]


def runs(numbers: list[int]) -> list[list[int]]:
    """Consecutive lines as [first, last]; up to two empty lines between them are no break, a page foot is."""
    out: list[list[int]] = []
    for n in numbers:
        if out and n - out[-1][1] <= 3:
            out[-1][1] = n
        else:
            out.append([n, n])
    return out


def truth(press: Press) -> dict[str, Any]:
    """All that the truth file says, in the order of the file."""
    placed = Placed(press)
    accounts = accounts_of(placed)
    missing = press.missing_pages
    return {
        "note": NOTE,
        "pages": press.pages,
        "missing_pages": missing,
        "furniture": sorted(press.furniture),
        "navigation": [placed.lines(p)[0] for _, p in press.order if p.role == "navigation"],
        "articles": articles_of(placed),
        "sections": [
            {"title": p.text, "line": placed.lines(p)[0], "article": a} for a, p in press.order if p.role == "section"
        ],
        "groups": [
            {"title": p.text, "line": placed.lines(p)[0], "accounts": ["kroy", "fell"]}
            for _, p in press.order
            if p.role == "group"
        ],
        "accounts": accounts,
        **notes_of(placed),
        "redactions": redactions_of(placed),
        "cable": cable_of(placed),
        "hyphens": hyphens_of(placed),
        "ocr_errors": sorted(
            [slip(placed, *m) for m in placed.marks("ocr")] + press.head_slips, key=lambda e: (e["line"], e["printed"])
        ),
        "own_spellings": [
            {"line": placed.stretch(p, a, b)[0][0][0], "printed": v} for p, v, a, b in placed.marks("own")
        ],
        "turned_page": press.turned,
        "points": points_of(placed, accounts),
        "conflicts": CONFLICTS,
        "quotations": quotations_of(placed),
    }


def articles_of(placed: Placed) -> list[dict[str, Any]]:
    found = []
    for sequence, name in enumerate(dict.fromkeys(a for a, _ in placed.press.order)):
        pieces = [p for a, p in placed.press.order if a == name]
        title = next(p for p in pieces if p.role == "title")
        author = next(p for p in pieces if p.role == "author")
        pages = [p for p in placed.press.pages if p["sequence"] == sequence]
        published = [p for p in pieces if p.role == "published"]
        found.append(
            {
                "name": name, "title": title.text.replace("\n", " "), "title_lines": placed.lines(title),
                "author": author.text.removeprefix("by "), "author_line": placed.lines(author)[0],
                "published_in": " ".join(published[-1].text.split("\n")) if published else None,
                "first_line": pages[0]["first_line"], "last_line": pages[-1]["last_line"],
                "invented_lines": placed.lines(next(p for p in pieces if p.role == "preface")),
            }
        )  # fmt: skip
    return found


def accounts_of(placed: Placed) -> dict[str, Any]:
    """Accounts by name, `lines` from the heading to the end of the source note."""
    found: dict[str, Any] = {}
    name = ""
    for _, p in placed.press.order:
        if p.role == "account":
            name = p.fields["id"]
            found[name] = {
                "lines": placed.lines(p), **{k: v for k, v in p.fields.items() if k != "id"},
                "heading": p.text.replace("\n", " "), "heading_lines": placed.lines(p),
                "body_lines": None, "source_note": None, "source_note_lines": None,
            }  # fmt: skip
        elif name and p.role in ("body", "lines", "sourcenote"):
            account = found[name]
            first, last = placed.lines(p)
            account["lines"][1] = max(account["lines"][1], last)
            if p.role == "sourcenote":
                account["source_note"], account["source_note_lines"] = p.text, [first, last]
            else:
                begun = account["body_lines"] or [first, last]
                account["body_lines"] = [min(begun[0], first), max(begun[1], last)]
    return found


def notes_of(placed: Placed) -> dict[str, Any]:
    calls = [
        {"label": v, "line": placed.stretch(p, a, b)[0][0][0], "printed": p.text[p.text.rfind(" ", 0, a) + 1 : b]}
        for p, v, a, b in placed.marks("call")
    ]
    notes = []
    inside = False
    for article, p in placed.press.order:
        inside = (inside and article == "first") or p.role == "notes"
        if inside:
            first, last = placed.lines(p)
            notes.append({"label": p.text.split()[0], "first_line": first, "last_line": last})
    present = {n["label"] for n in notes}
    return {
        "calls": calls,
        "notes": notes,
        "missing_notes": [c["label"] for c in calls if c["label"] not in present],
    }


def redactions_of(placed: Placed) -> list[dict[str, Any]]:
    found = []
    for _, p in placed.press.order:
        for m in re.finditer(r"\[two lines whited out\]", p.text):
            lines = placed.stretch(p, m.start(), m.end())[0][0]
            found.append({"lines": lines, "printed": m.group(), "quantity": 2, "unit": "line", "account": "vask"})
    return found


def cable_of(placed: Placed) -> dict[str, Any]:
    top = [p for _, p in placed.press.order if p.role == "lines"]
    return {
        "account": "vask",
        "opener_lines": [placed.lines(top[0])[0], placed.lines(top[2])[1]],
        "classification": "MOST SECRET",
        "copy": "2",
        "signature_line": placed.lines(top[3])[0],
        "signature": "T. VASK",
        "date": "1931-11-14",
    }


def hyphens_of(placed: Placed) -> list[dict[str, Any]]:
    """Line-end hyphens outside the turned page: `before` and `after` are printed, `joined` is meant."""
    found = []
    for _, p in placed.press.order:
        rows = sorted(placed.rows(p), key=lambda item: item[1].start)
        for (line, row), (_, after) in pairwise(rows):
            if not row.hyphen or line in placed.turned:
                continue
            before, rest = row.text.split(" ")[-1], after.text.split(" ")[0]
            word = row.hyphen.startswith("word")
            found.append(
                {
                    "line": line, "before": before, "after": rest,
                    "joined": before[:-1] + ("" if word else "-") + rest,
                    "kind": "word" if word else "range" if before[-2].isdigit() else "compound",
                }
            )  # fmt: skip
    return sorted(found, key=lambda h: h["line"])


def slip(placed: Placed, p: Piece, value: str, start: int, end: int) -> dict[str, Any]:
    printed, _, meant = value.partition("=>")
    readable, turned = placed.stretch(p, start, end)
    return {"line": (readable or turned)[0][0], "printed": printed, "meant": meant}


def points_of(placed: Placed, accounts: dict[str, Any]) -> list[dict[str, Any]]:
    """Points with what each account says; `unreadable` are statements that stand on the turned page alone."""
    says: dict[str, dict[str, list[Any]]] = {i: {} for i in QUESTIONS}
    unreadable: dict[str, dict[str, list[Any]]] = {i: {} for i in QUESTIONS}
    for p, value, start, end in placed.marks("s"):
        point, stance = value.split(":")
        readable, turned = placed.stretch(p, start, end)
        first = (readable or turned)[0][0]
        name = next(n for n, a in accounts.items() if a["lines"][0] <= first <= a["lines"][1])
        if len(whole_lines(readable)) >= len(whole_lines(turned)):
            says[point].setdefault(name, [stance]).extend(readable)
        else:
            unreadable[point][name] = [stance, *turned]
    lost = {"vask": "page lost", "kroy": "page lost"}
    return [
        {
            "id": i, "point": question, "says": says[i], "unreadable": unreadable[i],
            "silences": {n: lost.get(n, "silent") for n in accounts if n not in says[i]},
        }
        for i, question in QUESTIONS.items()
    ]  # fmt: skip


def quotations_of(placed: Placed) -> list[dict[str, Any]]:
    """Words of the telegram that the commentary quotes, and whether it quotes them right."""
    sources = {v: (p, a, b) for p, v, a, b in placed.marks("q")}
    found = []
    for p, v, a, b in placed.marks("u"):
        source = sources.get(v)
        found.append(
            {
                "id": v, "verdict": QUOTED[v], "text": p.text[a:b], "quote_lines": whole(placed.stretch(p, a, b)[0]),
                "source_lines": whole(placed.stretch(*source)[0]) if source else None,
                "source_text": source[0].text[source[1] : source[2]] if source else None,
                "in": "quill", "of": "vask",
            }
        )  # fmt: skip
    return found


def whole_lines(stretches: list[list[int]]) -> list[int]:
    return [n for first, last in stretches for n in range(first, last + 1)]


def whole(stretches: list[list[int]]) -> list[int]:
    return [stretches[0][0], stretches[-1][1]]
