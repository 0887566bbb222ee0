"""In what do a quotation and its source differ?"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from testimonia.analysis.quotations.aligning import Aligned, Word, Wording
from testimonia.analysis.quotations.found import Difference, Elision

_DENYING = (
    "not no never nor neither none nothing nobody nowhere without cannot cant wont dont didnt doesnt isnt wasnt werent "
    "arent couldnt shouldnt wouldnt hasnt havent hadnt aint nicht kein keine keinen keinem keiner keines nie niemals "
    "nichts niemand ohne weder не нет никогда ни ничего никто без pas jamais rien aucun aucune ni sans"
)
NEGATIONS = frozenset(_DENYING.split())
_SHORT_ELISION = 4
_JOINED_ALIKE = 0.8
# Above this share of misread letters two words that differ in one letter are likelier one word misread than two.
_NOISY = 0.008
_SLIGHTLY = 0.0025
_VARIANTS = (("our", "or"), ("ise", "ize"), ("isa", "iza"), ("yse", "yze"), ("tre", "ter"), ("ence", "ense"),
             ("ll", "l"), ("ae", "e"), ("oe", "e"), ("ogue", "og"), ("gramme", "gram"), ("ё", "е"))  # fmt: skip

Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """The share of letters that OCR misread, in the text that quotes and in the source."""

    quoting: float = 0.0
    source: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The differences of a quotation in the order of its words, and what its marks of omission leave out."""

    differences: tuple[Difference, ...]
    elisions: tuple[Elision, ...]
    bracketed: bool

    @property
    def altering(self) -> tuple[Difference, ...]:
        """Those that a careful editor would not let pass."""
        return tuple(d for d in self.differences if d.altering)


def misread_letters(quoted: Wording, source: Wording, aligned: Aligned, known: Known) -> tuple[int, int, int]:
    """How many letters of the quotation, and of the source, were misread, of how many?

    A letter counts as misread where two words are alike but for it and only one of them is a word.
    """
    own = theirs = letters = 0
    for i, j in aligned.pairs:
        if i is None or j is None:
            continue
        a, b = quoted.words[i].plain, source.words[j].plain
        letters += max(len(a), len(b))
        if a == b or not _alike(a, b):
            continue
        far = Levenshtein.distance(a, b)
        if known(b) and not known(a):
            own += far
        elif known(a) and not known(b):
            theirs += far
    return own, theirs, letters


def compare(quoted: Wording, source: Wording, aligned: Aligned, noise: Noise, known: Known) -> Compared:
    """What is different, by kind, with the words of both; and what the marks of omission leave out.

    `known` says whether a word is one of the language or of the library. Punctuation is not compared: conventions of
    print differ in it (Chicago Manual of Style, 13.7). Kinds are those of `found.KINDS`.
    """
    differences: list[Difference] = []
    elisions: list[Elision] = []
    shouting = _in_capitals([source.words[j] for _, j in aligned.pairs if j is not None])
    for same, run in groupby(_with_gaps(quoted, source, aligned), key=lambda p: p[2]):
        pairs = [(i, j) for i, j, _ in run]
        if same == "elided":
            left = [source.words[j] for _, j in pairs if j is not None]
            few = len(left) <= _SHORT_ELISION
            elisions.append(Elision(left_out=_span(left), negation=few and any(_denies(w) for w in left)))
        elif same == "different":
            differences.extend(_run(quoted, source, pairs, noise, known))
        else:
            differences.extend(_cases(quoted, source, pairs, shouting))
    differences = _ordered(differences)
    return Compared(
        differences=tuple(sorted(differences, key=lambda d: d.quoted_at)),
        elisions=tuple(elisions),
        bracketed=any(w.bracketed for w in quoted.words),
    )


def _with_gaps(quoted: Wording, source: Wording, aligned: Aligned) -> list[tuple[int | None, int | None, str]]:
    out: list[tuple[int | None, int | None, str]] = []
    done = 0
    for i, j in aligned.pairs:
        if i is not None and j is not None and quoted.words[i].plain == source.words[j].plain:
            kind = "same"
        elif i is None and done in quoted.gaps:
            kind = "elided"
        else:
            kind = "different"
        out.append((i, j, kind))
        if i is not None:
            done = i + 1
    return out


def _in_capitals(words: Sequence[Word]) -> bool:
    letters = "".join(w.text for w in words if len(w.text) > 1)
    return len(letters) > 3 and sum(c.isupper() for c in letters) > 0.7 * len(letters)


def _cases(
    quoted: Wording, source: Wording, pairs: Sequence[tuple[int | None, int | None]], shouting: bool
) -> list[Difference]:
    out = []
    for i, j in pairs:
        if i is None or j is None:
            continue
        q, s = quoted.words[i], source.words[j]
        if q.text == s.text or _bare(q.text) == _bare(s.text):
            continue
        if _bare(q.text).casefold() == _bare(s.text).casefold():
            if not shouting:
                out.append(_difference("case", [q], [s], altering=not q.bracketed))
        else:
            out.append(_difference("spelling", [q], [s], altering=False))  # an accent, or what stands for one
    return out


def _bare(word: str) -> str:
    return word.replace("’", "'").replace("ʼ", "'")


def _run(
    quoted: Wording, source: Wording, pairs: Sequence[tuple[int | None, int | None]], noise: Noise, known: Known
) -> list[Difference]:
    """The differences of a run of words that are not the same."""
    own = [quoted.words[i] for i, _ in pairs if i is not None]
    theirs = [source.words[j] for _, j in pairs if j is not None]
    if own and theirs and all(w.bracketed for w in own):
        return []  # the editor's own word, openly, for the source's
    whole = _as_one(own, theirs, noise, known)
    if whole is not None:
        return whole
    out: list[Difference] = []
    for kind, some in groupby(pairs, key=lambda p: _kind(quoted, source, p, noise, known)):
        part = list(some)
        q = [quoted.words[i] for i, _ in part if i is not None]
        s = [source.words[j] for _, j in part if j is not None]
        if kind == "bracketed":
            continue
        if kind in ("misread", "spelling"):
            out.extend(
                _difference("spelling", [a], [b], altering=kind == "spelling", misread=kind == "misread")
                for a, b in zip(q, s, strict=True)
            )
        elif kind == "speck":
            out.append(_difference("omission" if s else "addition", q, s, altering=False, misread=True))
        else:
            out.append(_difference(kind, q, s, altering=True))
    return out


def _as_one(own: list[Word], theirs: list[Word], noise: Noise, known: Known) -> list[Difference] | None:
    """The same letters, only parted otherwise ("co-operate", "ofthe")? Then the words are the same."""
    if not own or not theirs or (len(own) == 1 and len(theirs) == 1) or len(own) + len(theirs) > 8:
        return None
    a, b = "".join(w.folded for w in own), "".join(w.folded for w in theirs)
    if a == b:
        return [_difference("spelling", own, theirs, altering=False, misread=len(own) != len(theirs))]
    noisy = max(noise.quoting, noise.source) >= _SLIGHTLY
    if noisy and len(own) != len(theirs) and Levenshtein.normalized_similarity(a, b) >= _JOINED_ALIKE:
        broken = [w for w in (own if len(own) < len(theirs) else own + theirs) if not known(w.plain)]
        if broken:
            return [_difference("spelling", own, theirs, altering=False, misread=True)]
    return None


def _kind(quoted: Wording, source: Wording, pair: tuple[int | None, int | None], noise: Noise, known: Known) -> str:
    i, j = pair
    if i is None or j is None:
        word = quoted.words[i] if i is not None else source.words[j] if j is not None else None
        if word is None or word.bracketed:
            return "bracketed"
        at = max(noise.quoting, noise.source)
        if at >= _NOISY and len(word.plain) == 1 and not word.plain.isdecimal():
            return "speck"
        return "addition" if j is None else "omission"
    q, s = quoted.words[i], source.words[j]
    return "bracketed" if q.bracketed else _substitution(q, s, noise, known)


def _substitution(q: Word, s: Word, noise: Noise, known: Known) -> str:
    """Is one word misread or misspelled for the other, or another word?"""
    a, b = q.plain, s.plain
    if a.isdecimal() and b.isdecimal():
        return "word"
    if q.folded == s.folded:
        return "misread"
    if _denies(q) != _denies(s) and known(a) and known(b):
        return "word"
    if not _alike(a, b):
        return "misread" if _wreck(a, b, noise, known) else "word"
    if not known(b) and known(a):
        return "misread"  # no word in the source: its scan, or its printer
    if not known(a):
        if noise.quoting >= _SLIGHTLY:
            return "misread"
        return "spelling"
    if _variant(a, b):
        return "spelling"
    far = Levenshtein.distance(a, b)
    if max(noise.quoting, noise.source) >= _NOISY and far == 1 and min(len(a), len(b)) <= 6:
        return "misread"
    return "word"


def _alike(a: str, b: str) -> bool:
    """Are two words alike enough that one may be the other misread?"""
    longest = max(len(a), len(b))
    return Levenshtein.distance(a, b) <= max(1, round(0.34 * longest)) and (longest > 1)


def _wreck(a: str, b: str, noise: Noise, known: Known) -> bool:
    """Is one of two words so badly misread that little of it is left?"""
    at = max(noise.quoting, noise.source)
    if at < _NOISY or (known(a) and known(b)):
        return False
    if max(len(a), len(b)) <= 2:
        return True
    return Levenshtein.distance(a, b) <= round((0.34 + 4 * min(at, 0.05)) * max(len(a), len(b)))


def _variant(a: str, b: str) -> bool:
    return any(a.replace(x, y) == b.replace(x, y) for x, y in _VARIANTS)


def _denies(word: Word) -> bool:
    return word.plain in NEGATIONS or word.text.lower().replace("’", "'").endswith("n't")


def _difference(
    kind: str, own: Sequence[Word], theirs: Sequence[Word], *, altering: bool, misread: bool = False
) -> Difference:
    own_denials, their_denials = sum(map(_denies, own)), sum(map(_denies, theirs))
    return Difference(
        kind=kind,
        quoted=_span(own),
        source=_span(theirs),
        altering=altering,
        negation=altering and kind != "case" and own_denials != their_denials,
        misread=misread,
        quoted_at=(own[0].start, own[-1].end) if own else (0, 0),
        source_at=(theirs[0].start, theirs[-1].end) if theirs else (0, 0),
    )


def _span(words: Sequence[Word]) -> str:
    return " ".join(w.text for w in words)


def _ordered(differences: list[Difference]) -> list[Difference]:
    """Words that stand elsewhere in the source are out of order, not left out and put in."""
    changed = [d for d in differences if d.kind in ("word", "omission", "addition") and d.altering]
    if len(changed) < 2 or not any(d.quoted for d in changed) or not any(d.source for d in changed):
        return differences
    own = Counter(plain for d in changed for plain in d.quoted.casefold().split())
    theirs = Counter(plain for d in changed for plain in d.source.casefold().split())
    both = own & theirs
    if not both or sum(both.values()) < 0.75 * max(sum(own.values()), sum(theirs.values())):
        return differences
    moved = [d for d in changed if set(d.quoted.casefold().split()) | set(d.source.casefold().split()) <= set(both)]
    if not moved:
        return differences
    quoted = [d for d in moved if d.quoted]
    source = [d for d in moved if d.source]
    if not quoted or not source:
        return differences
    one = replace(
        quoted[0],
        kind="order",
        quoted=" ... ".join(d.quoted for d in quoted),
        source=" ... ".join(d.source for d in source),
        negation=False,
        quoted_at=(quoted[0].quoted_at[0], quoted[-1].quoted_at[1]),
        source_at=(source[0].source_at[0], source[-1].source_at[1]),
    )
    return [one, *(d for d in differences if d not in moved)]
