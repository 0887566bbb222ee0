"""What a sequence model is told of each word of a printed reference."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from testimonia.text.english_words import zipf_frequency

_EDGES = re.compile(r"^[^\w]+|[^\w]+$")
_YEAR = re.compile(r"(?:1[4-9]|20)\d\d[a-z]?")
_PAGES = re.compile(r"\d+\s*[-–—]\s*\d+")
_ROMAN = re.compile(r"[IVXLC]+", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,4}")
_QUOTES = "\"“”„«»‘’'`"


@cache
def _word_sets() -> tuple[tuple[str, frozenset[str]], ...]:
    """The lists of `words.txt`: a line begins with the name of its list and a colon."""
    text = files("testimonia.analysis.references").joinpath("words.txt").read_text(encoding="utf-8")
    rows = (row.split(":", 1) for row in text.splitlines() if row and not row.startswith("##"))
    return tuple((name, frozenset(words.split())) for name, words in rows)


def features(words: Sequence[str]) -> list[dict[str, float | str | bool]]:
    """What is told of each of these words: its own look, its neighbours', and how far along it stands.

    The words are those of one reference, parted at white space, with their marks.
    """
    alone = [_alone(word) for word in words]
    out: list[dict[str, float | str | bool]] = []
    quoted = False
    brackets = 0
    count = len(words)
    past = _Past()
    stops = _next_stops(words)
    around = _parts(words, alone)
    for n, word in enumerate(words):
        made: dict[str, float | str | bool] = {"bias": 1.0, **alone[n]}
        opens = word[0] in _QUOTES or word.startswith(("``", "("))
        if word.lstrip("([")[:1] in _QUOTES or word.startswith("``"):
            quoted = True
        brackets += sum(c in "([" for c in word)
        made["quoted"] = quoted
        made.update(past.told())
        made.update(around[n])
        made["to stop"] = f"{stops[n][0]}{min(stops[n][1], 6)}"
        made["stop"] = stops[n][0]
        past.pass_over(word, alone[n])
        made["bracketed"] = brackets > 0
        made["opens"] = opens
        brackets = max(0, brackets - sum(c in ")]" for c in word))
        if quoted and (word.rstrip(".,;:)]")[-1:] in _QUOTES or word.rstrip(".,;:").endswith("''")):
            quoted = False
        made["place"] = str(min(9, 10 * n // count))
        made["first"] = n == 0
        made["last"] = n == count - 1
        for step in (-3, -2, -1, 1, 2, 3):
            at = n + step
            if not 0 <= at < count:
                made[f"{step}:none"] = True
                continue
            for name in (
                ("low", "shape", "mark", "end", "kind", "common") if abs(step) < 3 else ("shape", "kind", "common")
            ):
                made[f"{step}:{name}"] = alone[at][name]
            for name, _ in _word_sets():
                if name in alone[at]:
                    made[f"{step}:{name}"] = True
        if n:
            made["pair"] = f"{alone[n - 1]['low']}|{alone[n]['low']}"
            made["shapes"] = f"{alone[n - 1]['shape']}{alone[n - 1]['mark']}|{alone[n]['shape']}"
        made["years before"] = str(min(2, sum(bool(_YEAR.search(w)) for w in words[:n])))
        made["years after"] = str(min(2, sum(bool(_YEAR.search(w)) for w in words[n + 1 :])))
        out.append(made)
    return out


class _Past:
    """What has been printed so far in a reference that tells what can still come."""

    def __init__(self) -> None:
        self._in = 0
        self._year = self._closed = self._colon = False
        self._stops = 0
        self._since = 0
        self._last = ""

    def told(self) -> dict[str, float | str | bool]:
        return {
            "after in": str(min(self._in, 8)) if self._in else "",
            "after year": self._year,
            "after quotation": self._closed,
            "after colon": self._colon,
            "stops": str(min(self._stops, 5)),
            "since": f"{self._last}{min(self._since, 6)}",
            "parts": f"{self._last}{min(self._stops, 3)}{'y' if self._year else ''}{'i' if self._in else ''}",
        }

    def pass_over(self, word: str, alone: dict[str, float | str | bool]) -> None:
        self._in += bool(self._in) or (alone["low"] == "in" and (word[0] in "I([" or self._last != ""))
        self._year = self._year or alone["kind"] == "year"
        self._closed = self._closed or word.rstrip(".,;:)]")[-1:] in _QUOTES
        self._colon = word.endswith(":")
        self._since += 1
        if _ends(word, alone):
            self._stops += 1
            self._since = 0
            self._last = word[-1]


def _ends(word: str, alone: dict[str, float | str | bool]) -> bool:
    """Does a part of the reference end with this word? An initial's point and a comma within names do not say so."""
    return word[-1] in '.,;:)?!"”»' and not (alone["kind"] == "initials" and word[-1] == ".")


def _parts(words: Sequence[str], alone: Sequence[dict[str, float | str | bool]]) -> list[dict[str, bool]]:
    """For each word what stands anywhere in its part of the reference, in the part before and in the one behind."""
    parts: list[list[int]] = [[]]
    for n, word in enumerate(words):
        parts[-1].append(n)
        if _ends(word, alone[n]) and n + 1 < len(words):
            parts.append([])
    told = [_part(words, alone, part) for part in parts]
    named = "q" if any(w.lstrip("([")[:1] in _QUOTES or w.startswith("``") for w in words) else ""
    ahead = [any(alone[n]["low"] == "in" for n in part) for part in parts]
    found: list[dict[str, bool]] = []
    for at, part in enumerate(parts):
        made = {f"part:{what}": True for what in told[at]}
        if at:
            made |= {f"part-1:{what}": True for what in told[at - 1]}
        if at + 1 < len(parts):
            made |= {f"part+1:{what}": True for what in told[at + 1]}
        made[f"part {min(at, 6)} of {min(len(parts), 9)}"] = True
        made[f"part {min(at, 6)}{named}"] = True
        made["in ahead"] = any(ahead[at + 1 :])
        found += [{**made, f"in part {min(n, 4)}": True} for n in range(len(part))]
    return found


def _part(words: Sequence[str], alone: Sequence[dict[str, float | str | bool]], part: Sequence[int]) -> set[str]:
    told = {name for name, _ in _word_sets() for n in part if name in alone[n]}
    told |= {str(alone[n]["kind"]) for n in part if alone[n]["kind"] not in ("small", "capitalised")}
    told.add(f"long {min(len(part), 8)}")
    told.add(f"ends {words[part[-1]][-1]}" if not words[part[-1]][-1].isalnum() else "ends")
    told.add(f"begins {alone[part[0]]['low']}")
    small = sum(alone[n]["kind"] == "small" for n in part)
    told.add("no small" if not small else "few small" if 3 * small < len(part) else "many small")
    return told


def _next_stops(words: Sequence[str]) -> list[tuple[str, int]]:
    """For each word the next mark that ends a part, and how many words on it stands."""
    found: list[tuple[str, int]] = []
    stop, away = "$", 0
    for word in reversed(words):
        away += 1
        if word[-1] in '.,;:)?!"”»':
            stop, away = word[-1], 0
        found.append((stop, away))
    return found[::-1]


def _alone(word: str) -> dict[str, float | str | bool]:
    core = _EDGES.sub("", word)
    low = core.lower()
    made: dict[str, float | str | bool] = {
        "low": low if not low.isdigit() else f"#{len(low)}",
        "shape": _shape(core),
        "mark": word[len(word.rstrip(".,;:!?)]}\"”»’'")) :][-3:] if word else "",
        "begin": word[0] if word and not word[0].isalnum() else "",
        "end": word[-1] if not word[-1].isalnum() else "",
        "kind": _kind(word, core),
        "prefix": low[:3],
        "suffix": low[-3:],
        "suffix4": low[-4:],
        "prefix2": low[:2],
        "suffix2": low[-2:],
        "length": str(min(len(core), 8)),
        "common": _commonness(low),
    }
    for name, listed in _word_sets():
        if low in listed:
            made[name] = True
    return made


@cache
def _commonness(low: str) -> str:
    """How common is the word in the languages of most references? Surnames are rare where title words are not."""
    most = max(zipf_frequency(low, language) for language in ("en", "fr", "de")) if low.isalpha() else 0.0
    return "none" if not most else str(int(most))


def _shape(core: str) -> str:
    shape = "".join("X" if c.isupper() else "x" if c.islower() else "9" if c.isdigit() else c for c in core[:12])
    return re.sub(r"(.)\1+", r"\1+", shape)


def _kind(word: str, core: str) -> str:
    if core.startswith(("http", "www.", "doi")) or "://" in word:
        return "link"
    if _YEAR.fullmatch(core):
        return "year"
    if _PAGES.fullmatch(core):
        return "range"
    if core.isdigit():
        return "number"
    if _INITIALS.fullmatch(core) and len(core.replace(".", "")) <= 3:
        return "initials"
    if _ROMAN.fullmatch(core):
        return "roman"
    if core.isupper():
        return "capitals"
    if core[:1].isupper():
        return "capitalised"
    return "small" if core else "marks"
