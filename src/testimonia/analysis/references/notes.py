"""Notes cut into the references that they print.

A note strings references together with semicolons, in running sentences. A cut is a semicolon outside quotation marks
and brackets, or the end of a sentence; what stands before "see", "include:" or "in" belongs to no reference.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPEN = {"(": ")", "[": "]", "“": "”", "«": "»", "„": "“"}
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|pp?|vols?|eds?|no|nos|nr|trans|intro|ff|cf|ibid|op|cit|St|Dr|Gen|Col|Lt|Mr|Mrs|Ms|Prof|Jr|Sr|Co|Inc|"
    r"Ltd|al|ch|chap|U\.S|D\.C|N\.Y|Mass|Calif|Sept|Oct|Nov|Dec|Jan|Feb|Mar|Apr|Aug|ca|c|rev|Univ|esp|comp|f)\.$",
    re.IGNORECASE,
)
_AND = re.compile(r"(?:and|or)\s+")
LEAD = re.compile(
    r"^(?:(?:and|or|also)\s+)*"
    r"(?:(?:for|on)\b[^;]*?\bsee\s+(?:also\s+)?"
    r"|see(?:,?\s+e\.g\.,|\s+also|\s+for example,?|\s+especially)?\s+"
    r"|cf\.\s+|e\.g\.,?\s+|(?:as )?cited in\s+|quoted in\s+|reprinted in\s+|from\s+|source:\s+"
    r"|(?-i:[a-z])[^\"“”()]{20,300}?:\s+(?=[A-Z])"
    r"|[^;:\"“()]{0,200}\binclude:\s+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a note that may be one reference: half-open offsets in the note's text."""

    start: int
    end: int


def pieces(text: str) -> Iterator[Piece]:
    """The stretches of a note's text between semicolons and sentence ends, lead-ins and marks at their ends left out.

    >>> text = 'See Anna Brink, The Pier (Oslo: Lie, 1931), 12; and Jon Aas, "Fog," Harbour 3 (1932), 4-9.'
    >>> [text[p.start : p.end] for p in pieces(text)]
    ['Anna Brink, The Pier (Oslo: Lie, 1931), 12', 'Jon Aas, "Fog," Harbour 3 (1932), 4-9']
    """
    start = 0
    for end in (*_cuts(text), len(text)):
        a, b = start, end
        start = end + 1
        while a < b and text[a] in " \n\t;,.[":
            a += 1
        while (lead := _AND.match(text[a:b]) or LEAD.match(text[a:b])) is not None and lead.end():
            a += lead.end()
        while b > a and text[b - 1] in " \n\t;,.]":
            b -= 1
        if b - a >= 4:
            yield Piece(start=a, end=b)


def _cuts(text: str) -> Iterator[int]:
    waiting: list[str] = []
    straight = False
    for n, c in enumerate(text):
        if c == '"':
            straight = not straight
        elif waiting and c == waiting[-1]:
            waiting.pop()
        elif c in _OPEN and len(waiting) < 4:
            waiting.append(_OPEN[c])
        elif (c == ";" and not waiting and not straight) or (
            c == "." and not waiting and not straight and _ends_sentence(text, n)
        ):
            yield n
        elif c == "\n" and text[n : n + 2] == "\n\n" and not straight:
            waiting.clear()


def _ends_sentence(text: str, n: int) -> bool:
    after = text[n + 1 : n + 3]
    if n + 1 < len(text) and not (after[:1].isspace() and (len(after) < 2 or after[1].isupper() or after[1] in '"“[(')):
        return False
    if text[n + 1 : n + 2] == ".":
        return False
    return not _ABBREVIATED.search(text[max(0, n - 12) : n + 1].rstrip(".") + ".")
