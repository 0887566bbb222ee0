"""Our collation against a published apparatus in TEI that gives the words of each witness at every place.

A published *reading* is the words of one witness in one `app`. It agrees when, for every other witness with words in
that `app`: where the publisher groups the two (one `rdgGrp`), each word of the one stands opposite the same word of the
other in ours; where he does not, some place of ours has words of both readings. A reading of *ours* (the words of one
witness at one place) agrees when no word of it stands opposite the same word of another witness that the publisher has
in another `app`. Recall is the share of published readings that agree, precision that of ours.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from lxml import etree

_TAG = re.compile(r"<[^<>]*>")
_TEI = "{http://www.tei-c.org/ns/1.0}"


@dataclass(slots=True, kw_only=True)
class Published:
    """A published apparatus: each witness's words, the `app` of each of their letters and figures, and which witnesses
    are grouped in each `app`. Marks are not counted: they belong to no side of a boundary for sure."""

    words: dict[str, list[str]] = field(default_factory=dict)
    apps: dict[str, list[int]] = field(default_factory=dict)
    groups: list[dict[str, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How many readings agree, of how many: the published ones, and ours."""

    published_right: int
    published: int
    ours_right: int
    ours: int


def read_published(path: Path) -> Published:
    """The apparatus of one file; markup within the words is taken out, what it holds is kept."""
    found = Published()
    for number, app in enumerate(etree.parse(str(path)).iter(f"{_TEI}app")):
        groups: dict[str, int] = {}
        for n, group in enumerate(app.iter(f"{_TEI}rdgGrp")):
            said = " ".join(_TAG.sub("", w.replace("%q%", '"')) for w in ast.literal_eval(group.get("n") or "[]"))
            for reading in group.iter(f"{_TEI}rdg"):
                witness = reading.get("wit")
                groups[witness] = n
                found.words.setdefault(witness, []).extend(said.split())
                found.apps.setdefault(witness, []).extend([number] * len(_bare(said)))
        found.groups.append(groups)
    for witness in [w for w, words in found.words.items() if not words]:
        del found.words[witness], found.apps[witness]
    return found


def agreement(published: Published, readings: Sequence[Mapping[str, str]]) -> Agreement:
    """How far do our places (for each the words of every witness) agree with the published apparatus?"""
    names = list(published.words)
    at = dict.fromkeys(names, 0)
    paired: dict[tuple[int, str, str], int] = defaultdict(int)
    beside: set[tuple[int, str, str]] = set()
    ours = ours_right = 0
    for place in readings:
        here = {w: [_bare(word) for word in place.get(w, "").split()] for w in names}
        apps = {w: [published.apps[w][n : n + len(word)] for n, word in _placed(here[w], at[w])] for w in names}
        for w in names:
            at[w] += sum(map(len, here[w]))
            right = True
            for v in names:
                if v == w:
                    continue
                beside.update(
                    (a, w, v) for a in {a for word in apps[w] for a in word} & {a for x in apps[v] for a in x}
                )
                for n, m in _same_words(here[w], here[v]):
                    for a, b in zip(apps[w][n], apps[v][m], strict=True):
                        paired[a, w, v] += a == b
                        right = right and a == b
            ours += any(here[w])
            ours_right += any(here[w]) and right
    if any(at[w] != len(published.apps[w]) for w in names):
        raise SystemExit("evaluate: the collation does not hold every word once")
    judged = list(_published_readings(published, paired, beside))
    return Agreement(published_right=sum(judged), published=len(judged), ours_right=ours_right, ours=ours)


def _published_readings(
    published: Published, paired: Mapping[tuple[int, str, str], int], beside: set[tuple[int, str, str]]
) -> Iterator[bool]:
    for number, groups in enumerate(published.groups):
        lengths = {w: published.apps[w].count(number) for w in groups if w in published.apps}
        for w, length in lengths.items():
            if length:
                yield all(
                    paired.get((number, w, v), 0) >= length if groups[v] == groups[w] else (number, w, v) in beside
                    for v, other in lengths.items()
                    if v != w and other
                )


def _same_words(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int]]:
    if list(one) == list(other):
        yield from zip(range(len(one)), range(len(other)), strict=True)
        return
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        yield from ((block.a + k, block.b + k) for k in range(block.size))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _placed(words: Sequence[str], start: int) -> Iterator[tuple[int, str]]:
    for word in words:
        yield start, word
        start += len(word)


def places(published: Published) -> list[dict[str, str]]:
    """Our places for the witnesses' own words: the published ones, before any repair of a file that holds them."""
    from testimonia.text.collation.collating import collate

    names = list(published.words)
    found = collate([" ".join(published.words[w]) for w in names])
    return [{w: found.words(n, u.cells[n]) for n, w in enumerate(names)} for u in found.units]
