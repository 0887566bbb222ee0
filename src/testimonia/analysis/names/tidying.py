"""What of a stretch that a model took for a name is the name? Offices before it and things after it are none of it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from testimonia.analysis.names.printed_names import (
    WORD,
    institutions,
    is_initial,
    listed,
    trimmed,
    words_of,
)
from testimonia.analysis.names.recognising import Recognised
from testimonia.analysis.names.surnames import is_rare

_OWNER = re.compile(r"([^'’]+)['’]s\s")
BREAK = "\u2029"
"""Stands in a text for the white space behind a title to which recovery has joined the line under it."""
_BLANK_LINE = re.compile(r"\s*\n[ \t]*\n|\s*\u2029")
_OF = re.compile(r"\b(?:of|for|at|and)\s(?:the\s)?(?:[A-Z][\w-]+\s){0,3}$")
_AN_OFFICE = re.compile(
    r"\b(?:Secretary|Minister|Director|Chief|Chairman|Ambassador|Assistant|Officer|Deputy|Adviser|Advisor|Commissioner|"
    r"Administrator|Counselor|Representative|Head|Master|Keeper)\b"
)
_ENUMERATOR = re.compile(r"(?:\A|\n)[ \t]*(?P<letter>[A-Z])\.[ \t]+(?=\S)")
_COUNTED = re.compile(r"(?:\b(?:[Vv]ol(?:ume|s?\.)?|[Pp]arts?|[Pp]p?\.|[Bb]ox|[Cc]hapter|[Tt]ab|[Aa]nnex|[Nn]o\.)\s)\Z")
"""Behind which a letter counts volumes and parts: "volume V. Printed from a copy"."""
_FIGURES = re.compile(r"\d\d|(?<!\w)\d(?!\w)")
_SENTENCE = re.compile(r"\b(\w?[a-z]{4,})\.\s+(?=[A-Z])")
_NEXT_PERSON = re.compile(r"\sand\s(?=[A-Z][a-z])|(?<=[a-z]{4})\s(?=[A-Z]\.\s?[A-Z][a-z]{3})")
_INITIALLED = re.compile(r"[A-Z]\.\s?[A-Z][a-z]+\Z")
_GREETED = re.compile(r".*\bDear\s(?:(?:Mr|Mrs|Miss|Dr)\b\.?\s)?(?=[A-Z])", re.DOTALL)
_BETWEEN = frozenset({"on", "in", "from", "with", "to", "at", "for"})
_REACH = 70


def tidied(text: str, recognised: Iterable[Recognised]) -> Iterable[tuple[int, int, str]]:
    """The stretches without titles, possessives and what belongs to their neighbours; those that are no names left out.

    >>> text = "Told Director of Harbour Affairs Brandt; see Brandt Papers."
    >>> found = [Recognised(start=17, end=39, type="person"), Recognised(start=45, end=58, type="person")]
    >>> [(text[a:b], kind) for a, b, kind in tidied(text, found)]
    [('Brandt', 'person'), ('Brandt Papers', 'other')]
    """
    listing = enumerators(text)
    for one in (part for whole in recognised for part in _apart(text, whole)):
        end = one.end if (blank := _BLANK_LINE.search(text, one.start, one.end)) is None else blank.start()
        start, end = trimmed(text, one.start, end)
        kind = one.type
        if kind == "person":
            start, end = name_of_person(text, start, end, listing)
        elif kind == "organisation" and start < (behind := _behind_office(text, start, end)) < end:
            start, kind = behind, "person"
        else:
            start, end = _without_neighbours(text, start, end)
        words = words_of(text[start:end])
        if start >= end or not words or not any(w[0].isupper() for w in words):
            continue
        if kind == "person" and _is_a_nation(words):
            kind = "people"
        last = words[-1].rstrip(".").lower()
        if kind == "person" and (owner := _OWNER.match(text, start, end)) is not None:
            end, words = owner.end(1), words_of(owner[1])
            last = words[-1].rstrip(".").lower()
        if kind == "person" and last in institutions() and len(words) > 1:
            kind = institutions()[last]
        elif kind == "person" and (after := WORD.match(text, end + 1)) is not None and text[end : end + 1] == " ":
            head = after[0].rstrip(".")
            if head[0].isupper() and (as_what := institutions().get(head.lower())) is not None:
                end, kind = after.start() + len(head), as_what
        yield start, end, kind


def _apart(text: str, one: Recognised) -> Iterator[Recognised]:
    """The stretch in two where a sentence ends in it ("Brandt. Council"), or a country ("Soviet Union Brin")."""
    for stop in _SENTENCE.finditer(text, one.start, one.end):
        if stop[1].lower() not in listed("titles.txt"):
            yield Recognised(start=one.start, end=stop.end(1), type=one.type)
            one = Recognised(start=stop.end(), end=one.end, type=one.type)
    if one.type == "person":
        for stop in _NEXT_PERSON.finditer(text, one.start, one.end):
            # "Anna L. Brandt" is one person; "A. Brandt L. Moe", of two signatures, are two.
            if stop[0].isspace() and not _INITIALLED.search(text, one.start, stop.start()):
                continue
            yield Recognised(start=one.start, end=stop.start(), type=one.type)
            one = Recognised(start=stop.end(), end=one.end, type=one.type)
    behind = _behind_nation(text, one.start, one.end) if one.type == "place" else one.start
    if behind > one.start and is_rare(text[behind : one.end]):
        yield Recognised(start=one.start, end=len(text[one.start : behind].rstrip()) + one.start, type="place")
        one = Recognised(start=behind, end=one.end, type="person")
    yield one


def enumerators(text: str) -> frozenset[int]:
    """Where letters stand that count paragraphs ("A.", "B."): one whose neighbour in the alphabet does so too."""
    found = [(m.start("letter"), m["letter"]) for m in _ENUMERATOR.finditer(text)]
    letters = {letter for _, letter in found}
    return frozenset(at for at, letter in found if {chr(ord(letter) - 1), chr(ord(letter) + 1)} & letters)


def name_of_person(text: str, start: int, end: int, listing: frozenset[int]) -> tuple[int, int]:
    """The stretch without what belongs to an office, to a list or to the sentence; empty where no name is left.

    `listing` is what `enumerators` gives.
    """
    if _FIGURES.search(text, start, end) or text.startswith("of ", start):
        return end, end
    if (greeted := _GREETED.match(text, start, end)) is not None:
        start = greeted.end()
    start = _behind_nation(text, start, end)
    if start in listing:
        start = end if end <= start + 2 else _first_letter(text, start + 2, end)
    start = _behind_office(text, start, end)
    if start >= end:
        return end, end
    if (owner := _OWNER.match(text, start, end)) is not None:
        end = owner.end(1)
    start, end = _without_neighbours(text, start, end)
    words = list(WORD.finditer(text, start, end))
    if words and all(w[0].rstrip(".").lower() in listed("office_words.txt") for w in words):
        return end, end
    return start, end


def _without_neighbours(text: str, start: int, end: int) -> tuple[int, int]:
    words = list(WORD.finditer(text, start, end))
    # What a model swallowed at the end: "Brandt early", "Brandt to".
    while len(words) > 1 and words[-1][0].islower():
        words.pop()
        end = words[-1].end()
    for word in words[1:]:
        # Or in the middle: "Brandt on Lisbon", "Brandt March 23".
        if word[0] in _BETWEEN or (is_rare(words[0][0]) and word[0].lower() in listed("no_names.txt")):
            end = len(text[start : word.start()].rstrip()) + start
            words = [w for w in words if w.start() < end]
            break
    bracket = text.find("(", start, end)
    if bracket > start:
        end = len(text[start:bracket].rstrip()) + start
    if words and len(words[0][0]) < 6 and is_initial(words[0][0]) and _COUNTED.search(text, max(0, start - 12), start):
        start = words[1].start() if len(words) > 1 else end
        words = words[1:]
    # "Following Brandt's return": a word of the sentence, not of the name.
    if len(words) > 1 and words[0][0].lower() in listed("no_given_names.txt"):
        start = words[1].start()
    return start, end


def _is_a_nation(words: Sequence[str]) -> bool:
    """Are these words a nation's, a faith's or a party's name ("British", "Macedonian Serbs")?"""
    nations = listed("nationalities.txt")
    last = words[-1].rstrip(".").lower()
    many = last.endswith("s") and (last in nations or last.removesuffix("s") in nations)
    return all(w.lower() in nations for w in words) or (many and len(words) < 4)


def _behind_nation(text: str, start: int, end: int) -> int:
    """Where the name begins behind a country or a nation that a model took for part of it ("Soviet Amb. Brandt")."""
    words = list(WORD.finditer(text, start, end))
    if len(words) < 2:
        return start
    first, second = words[0][0], words[1][0]
    if first.lower() in listed("nationalities.txt") and second.rstrip(".").lower() in listed("titles.txt"):
        return words[2].start() if len(words) > 2 else end
    for count in range(min(3, len(words) - 1), 0, -1):
        place = " ".join(text[start : words[count - 1].end()].split())
        # One word alone may be a given name ("Virginia Brandt").
        if place in listed("known_places.txt") and (count > 1 or (place.isupper() and len(place) > 1)):
            return words[count].start()
    return start


def _behind_office(text: str, start: int, end: int) -> int:
    """Where the name begins behind the end of an office ("[Secretary of] Defense Brandt"); the end where none does."""
    before = text[max(0, start - _REACH) : start]
    if not _OF.search(before) or not _AN_OFFICE.search(before.rpartition(".")[2]):
        return start
    at = start
    for word in WORD.finditer(text, start, end):
        bare = word[0].rstrip(".").lower()
        if bare in listed("fields_of_office.txt"):
            at = _first_letter(text, word.end(), end)
    return at


def _first_letter(text: str, at: int, end: int) -> int:
    while at < end and not text[at].isalnum():
        at += 1
    return at
