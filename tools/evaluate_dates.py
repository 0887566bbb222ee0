"""What evaluate.py counts for time expressions and document heads."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Annotated are the headline, the dateline and the first sentences of each article.
SENTENCES = 6
TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """An annotated article: its sentences, one a line, and its time expressions: (line, words) with TIMEX3 values."""

    text: str
    expressions: tuple[tuple[tuple[int, str], str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A document of an edition in plain text, and what its encoding says of its head."""

    name: str
    text: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    place: str | None
    when: str | None


def read_news(path: Path) -> News:
    """An article of the MEANTIME corpus (CAT format)."""
    root = ET.parse(path).getroot()
    line_of: dict[str, int] = {}
    word: dict[str, str] = {}
    lines: list[list[str]] = []
    for token in root.iter("token"):
        sentence = int(token.get("sentence") or 0)
        if sentence >= SENTENCES:
            break
        while len(lines) <= sentence:
            lines.append([])
        key, text = token.get("t_id") or "", token.text or ""
        lines[sentence].append(text)
        line_of[key], word[key] = sentence + 1, text
    found = []
    for mark in root.iter("TIMEX3"):
        keys = [k for a in mark.findall("token_anchor") if (k := a.get("t_id") or "") in word]
        if keys:
            words = " ".join(word[k] for k in keys)
            found.append(((line_of[keys[0]], words), mark.get("value") or ""))
    return News(text="\n".join(" ".join(words) for words in lines) + "\n", expressions=tuple(found))


def score_news(
    gold: Iterator[tuple[News, list[tuple[tuple[int, str], str | None]]]],
) -> tuple[float, float, float, float]:
    """Precision, recall and F1 of spans over all articles, and the share of found spans whose value is right."""
    right = printed = wanted = valued = 0
    for news, found in gold:
        ours = Counter(where for where, _ in found)
        theirs = Counter(where for where, _ in news.expressions)
        right += sum((ours & theirs).values())
        printed += sum(ours.values())
        wanted += sum(theirs.values())
        values = Counter(news.expressions)
        valued += sum((values & Counter((where, value or "") for where, value in found)).values())
    precision, recall = right / max(1, printed), right / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall), valued / max(1, right)


def read_edition(path: Path) -> Iterator[Edited]:
    """The documents of a volume in TEI as plain text: head, dateline, paragraphs, then source note and notes."""
    for document in ET.parse(path).getroot().iter(f"{TEI}div"):
        head = document.find(f"{TEI}head")
        if document.get("type") != "document" or head is None:
            continue
        dateline = document.find(f".//{TEI}dateline")
        place = dateline.find(f".//{TEI}placeName") if dateline is not None else None
        date = dateline.find(f".//{TEI}date") if dateline is not None else None
        blocks = [_words(head)]
        blocks += [_words(e) for e in document.iter() if e.tag in (f"{TEI}dateline", f"{TEI}p", f"{TEI}signed")]
        blocks += [" ".join("".join(n.itertext()).split()) for n in document.iter(f"{TEI}note")]
        yield Edited(
            name=document.get(XML_ID) or "document",
            text="\n\n".join(b for b in blocks if b) + "\n",
            sender=tuple(_words(e) for e in head.iter() if e.get("type") == "from"),
            recipient=tuple(_words(e) for e in head.iter() if e.get("type") == "to"),
            place=_words(place) if place is not None else None,
            when=date.get("when") if date is not None else None,
        )


def _words(element: ET.Element) -> str:
    def pieces(e: ET.Element) -> Iterator[str]:
        yield e.text or ""
        for child in e:
            if child.tag != f"{TEI}note":
                yield from pieces(child)
            yield child.tail or ""

    return " ".join("".join(pieces(element)).split())


def same_words(quote: str) -> str:
    """A quotation with single spaces."""
    return re.sub(r"\s+", " ", quote).strip()
