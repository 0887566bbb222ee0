"""What names does a source hold, by everything that speaks for each of them in the whole of it?

A model that reads one sentence at a time takes a name for a person here and for an organisation there. What it says
most often of a name, the titles before it, and full names elsewhere in the source decide for all its mentions.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from testimonia.analysis.names.cues import cues
from testimonia.analysis.names.misread import Misread
from testimonia.analysis.names.printed_names import (
    WORD,
    common_given_names,
    institutions,
    is_initial,
    listed,
    surname_of,
    title_before,
    trimmed,
    words_of,
)
from testimonia.analysis.names.recognising import Recognised
from testimonia.analysis.names.surnames import is_rare, may_be_a_nation
from testimonia.analysis.names.tidying import enumerators, name_of_person, tidied
from testimonia.analysis.names.votes import Sighting, Votes, fold
from testimonia.analysis.names.within import COMMON, joined, namesake
from testimonia.text.english_words import zipf

_SPACE = re.compile(r"\s+")
_CAPITALISED = re.compile(r"\b[A-Z][\w.'-]+")
_TITLE_WEIGHT = 2.0
_FULL_NAME_WEIGHT = 3.0
_KNOWN_WEIGHT = 2.0
_ORGANISATION_WEIGHT = 50.0
_ALONE_WEIGHT = 0.4
_PROSE = 3.5
_MISREAD = 0.5
_MUCH = 2.5
_STRONG = frozenset(
    {
        "stands in brackets after an office",
        "stands after an office",
        "stands after a title",
        "named as who drafted, cleared or signed",
    }
)
"""What the words around say so plainly that a word as common as "Thompson" is somebody there."""


def decide(text: str, recognised: Iterable[Recognised]) -> tuple[Sighting, ...]:
    """Which names stand in this text, in its order? They overlap only where a person's is part of an institution's.

    `recognised` is what models found in it, in the text's offsets. Names are also looked for where no model saw them.
    """
    seen = list(tidied(text, recognised))
    lower = _lower_words(text)
    seen = _without_prose(text, seen, lower)
    votes = _count(text, seen)
    seen.extend(_weigh_cues(text, seen, votes))
    _add_known_places(text, votes, lower)
    for key, own in votes.items():
        own.settle(key)
    _take_for_misread(votes)
    names = {key: v for key, v in votes.items() if _stands(key, v, lower)}
    persons = _surnames(names)
    found: list[Sighting] = []
    for start, end, kind in seen:
        key = fold(text[start:end])
        if (both := list(joined(text, start, end, names, persons))) and kind != "place":
            found.extend(both)
        elif key in names:
            found.append(_sighting(start, end, kind, key, names))
    taken = _Taken((s.start, s.end) for s in found)
    found.extend(s for s in _spread(text, names, persons) if taken.free(s.start, s.end))
    found.extend([inside for s in found if (inside := namesake(text, s, names, persons, lower)) is not None])
    return tuple(sorted(found, key=lambda s: (s.start, -s.end)))


def _add_known_places(text: str, votes: defaultdict[str, Votes], lower: frozenset[str]) -> None:
    """Well-known places that no model saw anywhere in this source."""
    printed = {m[0] for m in _CAPITALISED.finditer(text)}
    for place in listed("known_places.txt"):
        if place.split(" ")[0] in printed and place not in votes and place.lower() not in lower and place in text:
            votes[place].by_type["place"] += _KNOWN_WEIGHT
            votes[place].known = True


def _take_for_misread(votes: Mapping[str, Votes]) -> None:
    """What stands once and is a letter or two from a name for which much speaks is that name, misread."""
    sums = {key: sum(max(0.0, v) for v in own.by_type.values()) for key, own in votes.items() if key.isalnum()}
    misread = Misread(key for key, much in sums.items() if much >= _MUCH)
    for key, much in sums.items():
        if much < _MUCH and (name := misread.name(key)) is not None:
            votes[key].by_type[votes[name].best()[0]] += _MUCH
            votes[key].read_as = name


def _without_prose(
    text: str, seen: Sequence[tuple[int, int, str]], lower: frozenset[str]
) -> list[tuple[int, int, str]]:
    """The stretches without a word beside a rare surname that is a heading's or the sentence's: "Gromarev Trip"."""
    surnames = {fold(text[start:end]) for start, end, kind in seen if kind == "person"}
    found = []
    for start, end, kind in seen:
        words = list(WORD.finditer(text, start, end)) if kind == "person" else []
        owned = len(words) == 2 and is_rare(words[0][0]) and words[0][0] in surnames
        if owned and ((noun := words[1][0].lower()) in lower or zipf(noun) > COMMON):
            end = words[0].end()
        elif len(words) == 2 and is_rare(words[1][0]) and words[1][0] in surnames:
            # "Believe Gromarev will come", as telegrams begin their sentences.
            first = words[0][0].lower()
            if first in lower and zipf(first) > COMMON and first not in common_given_names():
                start = words[1].start()
        found.append((start, end, kind))
    return found


def _count(text: str, seen: Sequence[tuple[int, int, str]]) -> defaultdict[str, Votes]:
    votes: defaultdict[str, Votes] = defaultdict(Votes)
    for start, end, kind in seen:
        own = votes[fold(text[start:end])]
        own.by_type[kind] += _model_weight(text[start:end], kind)
        if fold(text[start:end]) in listed("known_places.txt") and not own.known:
            own.by_type["place"] += _KNOWN_WEIGHT
            own.known = True
        elif fold(text[start:end]) in listed("known_organisations.txt") and not own.known:
            own.by_type["organisation"] += _ORGANISATION_WEIGHT
            own.known = True
        if (title := title_before(text, start)) is not None and kind != "other":
            own.by_type["person"] += _TITLE_WEIGHT
            own.titles[title] += 1
    for key, own in list(votes.items()):
        words = words_of(key)
        if own.by_type and own.best()[0] == "person" and len(words) > 1:
            surname = surname_of(key)
            if surname is not None and surname != key and surname in votes:
                votes[surname].by_type["person"] += _FULL_NAME_WEIGHT
                votes[surname].full = key
    _take_for_full_names(votes)
    return votes


def _model_weight(name: str, kind: str) -> float:
    """How much does the model's word count? A surname alone that is rare is often taken for an organisation's name."""
    if kind == "people" and not may_be_a_nation(name):
        return _ALONE_WEIGHT
    return _ALONE_WEIGHT if kind == "organisation" and is_rare(name) else 1.0


def _take_for_full_names(votes: Mapping[str, Votes]) -> None:
    """A few capitalised words that end in the surname of a person of this source are more likely that person's name."""
    for key, own in votes.items():
        words = words_of(key)
        surname = surname_of(key)
        if surname is None or surname not in votes or not 2 <= len(words) <= 4 or not own.by_type or own.known:
            continue
        plain = key.replace(".", "").replace(" ", "").replace("-", "").isalpha() and all(w[0].isupper() for w in words)
        kind, share = votes[surname].best()
        if plain and kind == "person" and share > 0.6 and sum(votes[surname].by_type.values()) >= 2:
            own.by_type["person"] += _FULL_NAME_WEIGHT


def _weigh_cues(
    text: str, seen: Sequence[tuple[int, int, str]], votes: defaultdict[str, Votes]
) -> list[tuple[int, int, str]]:
    """Count what the words around names say, and give the names that no model saw there."""
    at = {n: (start, end) for start, end, _ in seen for n in range(start, end)}
    new: list[tuple[int, int, str]] = []
    listing = enumerators(text)
    for cue in cues(text):
        start, end = trimmed(text, cue.start, cue.end)
        if cue.type == "person":
            start, end = name_of_person(text, start, end, listing)
        if start >= end or not text[start].isupper():
            continue
        before = at.get(start)
        if before is not None:
            start, end = before
        elif any(n in at for n in range(start, end)):
            continue
        if before is not None and cue.why == "stands after a title":
            continue  # counted with the model's word
        if before is None and cue.type != "person":
            continue  # models see places well; a preposition alone is no name
        key = fold(text[start:end])
        if before is None and cue.weight < 0 and key not in votes:
            continue
        own = votes[key]
        own.by_type[cue.type] += cue.weight
        own.cues[cue.why] += cue.type == "person" and cue.weight > 0
        if before is None and cue.weight > 0:
            at.update((n, (start, end)) for n in range(start, end))
            new.append((start, end, "person"))
    return new


def _lower_words(text: str) -> frozenset[str]:
    return frozenset(m[0] for m in re.finditer(r"\b[a-z]{3,}\b", text))


def _stands(key: str, votes: Votes, lower: frozenset[str]) -> bool:
    """Is it a name at all? Single words that the source also prints small need more than a model's word."""
    bare = key.rstrip(".").lower()
    if max(votes.by_type.values(), default=0.0) <= 0.0:
        return False
    if bare in listed("no_names.txt") or bare in listed("titles.txt") or bare in institutions():
        return False
    if bare in listed("nationalities.txt") and not votes.titles and votes.best()[0] == "person":
        return False
    words = words_of(key)
    if all(is_initial(w) for w in words) and votes.best()[0] == "person" and not votes.titles:
        return False
    if all(w.rstrip(".").lower() in listed("no_names.txt") or is_initial(w) for w in words):
        return False
    if _is_prose(key, votes, lower):
        return False
    only_cued = sum(votes.by_type.values()) == votes.by_type["person"] and not votes.titles and bool(votes.cues)
    only_cued = only_cued and not _STRONG & votes.cues.keys()
    if only_cued and (zipf(bare) > 3.5 and len(words) == 1):
        return False
    if len(words) == 1 and bare in lower:
        return bool(votes.titles or votes.full) or (votes.best()[0] != "person" and sum(votes.by_type.values()) > 1)
    return not re.fullmatch(r"[IVXLC]+", key)


def _is_prose(key: str, votes: Votes, lower: frozenset[str]) -> bool:
    """Is this no person's name but words of the text with capitals, as headings have them ("Nuclear Testing")?"""
    words = [w.rstrip(".").lower() for w in words_of(key)]
    if len(words) < 2 or votes.titles or votes.full or votes.best()[0] != "person" or words[0] in common_given_names():
        return False
    return all(w in lower and zipf(w) > _PROSE for w in words)


def _surnames(names: Mapping[str, Votes]) -> dict[str, str]:
    """The surnames of the persons named in full, each with the full name that printed it."""
    found: dict[str, str] = {}
    for key, votes in names.items():
        if votes.best()[0] == "person" and len(words_of(key)) > 1:
            surname = surname_of(key)
            if surname is not None and len(surname) > 2 and not _is_word_of_office(surname):
                found.setdefault(surname, key)
    return found


def _is_word_of_office(word: str) -> bool:
    bare = word.rstrip(".").lower()
    return bare in institutions() or bare in listed("titles.txt") or bare in listed("no_names.txt")


def _sighting(start: int, end: int, kind: str, key: str, names: Mapping[str, Votes]) -> Sighting:
    best, share = names[key].best()
    total = sum(max(0.0, vote) for vote in names[key].by_type.values())
    confidence = round(min(0.97, (0.6 + 0.1 * min(total, 3.0)) * share), 4)
    parts = [f"read as a {best} in {share:.0%} of what speaks for it in this source"]
    if names[key].titles:
        parts.append(f"stands after the title {names[key].titles.most_common(1)[0][0]!r}")
    if names[key].cues:
        parts.append(f"{names[key].cues.most_common(1)[0][0]} ({sum(names[key].cues.values())} such places)")
    if names[key].full:
        parts.append(f"the source has the full name {names[key].full!r}")
    if read_as := names[key].read_as:
        parts.append(f"one letter or two from {read_as!r}, which this source has elsewhere: misread, as it seems")
    return Sighting(
        start=start, end=end, type=best, confidence=confidence, reason="; ".join(parts), read_as=read_as
    )  # fmt: skip


def _spread(text: str, names: Mapping[str, Votes], persons: Mapping[str, str]) -> Iterable[Sighting]:
    """Mentions that no model saw of names that stand elsewhere in the source."""
    first_words: dict[str, list[str]] = defaultdict(list)
    for key in {*names, *persons}:
        first_words[key.split(" ")[0].casefold()].append(key)
    for keys in first_words.values():
        keys.sort(key=lambda k: (-len(k), k))
    misread = Misread({*names, *persons})
    end = 0
    for word in WORD.finditer(text):
        if word.start() < end or not word[0][0].isupper():
            continue
        if both := list(joined(text, word.start(), word.end(), names, persons)):
            end = word.end()
            yield from both
            continue
        bare = re.sub(r"['’]s?$", "", word[0])
        for key in (*first_words.get(bare.casefold(), ()), *first_words.get(bare.rstrip(".").casefold(), ())):
            stop = _stands_at(text, word.start(), key)
            if stop is None:
                continue
            end = stop
            if key in names:
                kind, share = names[key].best()
                why = f"the same name is read as a {kind} elsewhere in this source"
            else:
                kind, share, why = "person", 0.9, f"the surname of {persons[key]!r}, named in this source"
            yield Sighting(start=word.start(), end=stop, type=kind, confidence=round(0.85 * share, 4), reason=why)
            break
        else:
            if (name := misread.name(bare)) is not None:
                kind = names[name].best()[0] if name in names else "person"
                end = word.start() + len(bare)
                why = f"one letter or two from {name!r}, which this source has elsewhere: misread, as it seems"
                yield Sighting(
                    start=word.start(), end=end, type=kind, confidence=_MISREAD, reason=why, read_as=name
                )  # fmt: skip


def _stands_at(text: str, start: int, key: str) -> int | None:
    """The end of this name where it stands at this place, in its own letters or in capitals."""
    at = start
    for n, part in enumerate(key.split(" ")):
        if n:
            space = _SPACE.match(text, at)
            if space is None:
                return None
            at = space.end()
        here = text[at : at + len(part)]
        if here != part and here != part.upper():
            return None
        at += len(part)
    after = text[at : at + 1]
    return (
        None if after.isalnum() or (after in "-'’" and text[at + 1 : at + 2].isalnum() and text[at + 1] != "s") else at
    )


class _Taken:
    """Which stretches are names already?"""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self._at = {n: (start, end) for start, end in stretches for n in range(start, end)}

    def free(self, start: int, end: int) -> bool:
        return not any(n in self._at for n in range(start, end))
