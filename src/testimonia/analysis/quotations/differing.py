"""In what do a quotation and its source differ?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from testimonia.analysis.quotations.aligning import Aligned, Word, Wording
from testimonia.analysis.quotations.found import Difference, Elision
from testimonia.analysis.quotations.noise import Known, Noise, alike
from testimonia.text.wording import folded_word, plain_word

_DENYING = (
    "not no never nor neither none nothing nobody nowhere without cannot cant wont dont didnt doesnt isnt wasnt werent "
    "arent couldnt shouldnt wouldnt hasnt havent hadnt aint nicht kein keine keinen keinem keiner keines nie niemals "
    "nichts niemand ohne weder не нет никогда ни ничего никто без pas jamais rien aucun aucune ni sans"
)
NEGATIONS = frozenset(_DENYING.split())
_FOLDED_NEGATIONS = frozenset(folded_word(word) for word in NEGATIONS)
_OFTEN_DENYING = ("not", "no", "never", "nor", "cannot", "nicht", "kein", "не", "нет", "pas")
_SHORT_ELISION = 4
_JOINED_ALIKE = 0.8
_NEAR = 0.6
_FEW_MOVED = 3
# Above this share of misread letters two words that differ in one letter are likelier one word misread than two.
_NOISY = 0.005
_VERY_NOISY = 0.015
_SLIGHTLY = 0.0025
_VARIANTS = (("our", "or"), ("ise", "ize"), ("isa", "iza"), ("yse", "yze"), ("tre", "ter"), ("ence", "ense"),
             ("ll", "l"), ("ae", "e"), ("oe", "e"), ("ogue", "og"), ("gramme", "gram"), ("ё", "е"))  # fmt: skip


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
    differences = [_fitted(d, quoted) for d in differences]
    differences = _with_moved(_ordered(differences, quoted, source), moved_runs(quoted, source, aligned))
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
                sure = not q.bracketed and _first_read(q) and _first_read(s)
                out.append(_difference("case", [q], [s], altering=sure, misread=not sure and not q.bracketed))
        else:
            out.append(_difference("spelling", [q], [s], altering=False))  # an accent, or what stands for one
    return out


def _fitted(difference: Difference, quoted: Wording) -> Difference:
    """A first letter large or small so that the words fit their new sentence alters nothing (Chicago, 13.19)."""
    begins = {quoted.words[n].start for n in (0, *quoted.gaps) if n < len(quoted.words)}
    if difference.kind != "case" or difference.quoted_at[0] not in begins or not difference.altering:
        return difference
    a, b = difference.quoted, difference.source
    return replace(difference, altering=a[1:] != b[1:])


def _first_read(word: Word) -> bool:
    """Did the scan have the first letter as it stands? Its case is not known where recovery put it."""
    return not word.received or word.received[0] == word.text[0]


def _other_case(a: str, b: str) -> bool:
    """Do two words that are not the same begin with the same letter in another case?"""
    return a[0] != b[0] and a[0].casefold() == b[0].casefold()


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
    if _shuffled(own, theirs):
        return [_difference("order", own, theirs, altering=True)]
    out: list[Difference] = []
    for kind, some in groupby(pairs, key=lambda p: _kind(quoted, source, p, noise, known)):
        part = list(some)
        q = [quoted.words[i] for i, _ in part if i is not None]
        s = [source.words[j] for _, j in part if j is not None]
        if kind == "bracketed":
            continue
        if kind in ("misread", "spelling"):
            for a, b in zip(q, s, strict=True):
                out.append(_difference("spelling", [a], [b], altering=kind == "spelling", misread=kind == "misread"))
                if _other_case(a.text, b.text) and _first_read(a) and _first_read(b):
                    out.append(_difference("case", [a], [b], altering=True))
        elif kind == "speck":
            out.append(_difference("omission" if s else "addition", q, s, altering=False, misread=True))
        else:
            difference = _difference(kind, q, s, altering=True)
            lost = noise.source >= _NOISY and any(_denies_misread(w, known) for w in s) and not any(map(_denies, q))
            out.append(replace(difference, negation=True) if lost else difference)
    return out


def _denies_misread(word: Word, known: Known) -> bool:
    """Is this no word, but a letter away from one that denies?"""
    return not known(word.plain) and any(Levenshtein.distance(word.plain, d) <= 1 for d in _OFTEN_DENYING)


def _as_one(own: list[Word], theirs: list[Word], noise: Noise, known: Known) -> list[Difference] | None:
    """The same letters, only parted otherwise ("co-operate", "ofthe")? Then the words are the same."""
    if not own or not theirs or (len(own) == 1 and len(theirs) == 1) or len(own) + len(theirs) > 8:
        return None
    a, b = "".join(w.folded for w in own), "".join(w.folded for w in theirs)
    if a == b:
        return [_difference("spelling", own, theirs, altering=False, misread=len(own) != len(theirs))]
    noisy = max(noise.quoting, noise.source) >= _SLIGHTLY and sum(map(_denies, own)) == sum(map(_denies, theirs))
    if noisy and len(own) != len(theirs) and Levenshtein.normalized_similarity(a, b) >= _JOINED_ALIKE:
        broken = [w for w in (own if len(own) < len(theirs) else own + theirs) if not known(w.plain)]
        if broken:
            return [_difference("spelling", own, theirs, altering=False, misread=True)]
    return None


def _shuffled(own: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Are these the same words, some of them perhaps misread, in another order?"""
    if len(own) != len(theirs) or len(own) < 2:
        return False
    if sorted(w.folded for w in own) == sorted(w.folded for w in theirs):
        return True
    if all(_near(a, b) for a, b in zip(own, theirs, strict=True)):
        return False
    return len(_twins(own, theirs)) == len(own)


def _twins(own: Sequence[Word], theirs: Sequence[Word]) -> list[tuple[Word, Word]]:
    """The words that stand on both sides, wherever they stand, misread ones too."""
    left = list(theirs)
    out = []
    for word in own:
        twin = next((w for w in left if w.folded == word.folded), None) or next(
            (w for w in left if _near(word, w)), None
        )
        if twin is not None:
            left.remove(twin)
            out.append((word, twin))
    return out


def _near(a: Word, b: Word) -> bool:
    return a.folded == b.folded or Levenshtein.normalized_similarity(a.plain, b.plain) >= _NEAR


def _kind(quoted: Wording, source: Wording, pair: tuple[int | None, int | None], noise: Noise, known: Known) -> str:
    i, j = pair
    if i is None or j is None:
        word = quoted.words[i] if i is not None else source.words[j] if j is not None else None
        if word is None or word.bracketed:
            return "bracketed"
        lost_in = noise.source if j is None else noise.quoting
        if lost_in >= _NOISY and len(word.plain) == 1 and not word.plain.isdecimal():
            return "speck"
        return "addition" if j is None else "omission"
    q, s = quoted.words[i], source.words[j]
    return "bracketed" if q.bracketed else _substitution(q, s, noise, known)


def _substitution(q: Word, s: Word, noise: Noise, known: Known) -> str:
    """Is one word misread or misspelled for the other, or another word?

    Where much is misread, a word one letter away is likelier the same word misread into another one (of 25 words, two
    letters of a hundred misread, one in six quotations has such a word) than changed by whoever quotes.
    """
    a, b = q.plain, s.plain
    if a.isdecimal() and b.isdecimal():
        return "word"
    if q.folded == s.folded or _repaired_from(q, s) or _repaired_from(s, q):
        return "misread"
    at = max(noise.quoting, noise.source)
    is_a, is_b = known(a), known(b)
    far = min(Levenshtein.distance(a, b), Levenshtein.distance(q.folded, s.folded))
    if at >= _NOISY and far == 1 and max(len(a), len(b)) > 1:
        return "misread"
    if _denies(q) != _denies(s) and is_a and is_b:
        return "word"
    if at >= _VERY_NOISY and is_a and is_b and max(len(a), len(b)) > 3 and far <= max(len(a), len(b)) // 2:
        return "misread"
    if not alike(a, b) and not (far <= 1 and len(a) > 2):
        return "misread" if _wreck(q, s, noise, known) else "word"
    if is_a and not is_b:
        return "misread"  # no word in the source: its scan, or its printer
    if not is_a:
        if noise.quoting >= _SLIGHTLY or (not is_b and noise.source >= _SLIGHTLY):
            return "misread"
        return "spelling"
    return "spelling" if _variant(a, b) else "word"


def _repaired_from(word: Word, other: Word) -> bool:
    """Was the other word put for one that its scan had, and that may as well be this one misread?"""
    received = plain_word(other.received)
    return bool(received) and (folded_word(other.received) == word.folded or alike(word.plain, received))


def _wreck(q: Word, s: Word, noise: Noise, known: Known) -> bool:
    """Is one of two words so badly misread that little of it is left?"""
    at = max(noise.quoting, noise.source)
    if at < _NOISY or (known(q.plain) and known(s.plain)):
        return False
    longest = max(len(q.folded), len(s.folded))
    if longest <= 3:
        return True
    return Levenshtein.distance(q.folded, s.folded) <= round((0.34 + 8 * min(at, 0.05)) * longest)


def _variant(a: str, b: str) -> bool:
    return any(a.replace(x, y) == b.replace(x, y) for x, y in _VARIANTS)


def _denies(word: Word) -> bool:
    return (
        word.plain in NEGATIONS
        or word.folded in _FOLDED_NEGATIONS
        or word.text.lower().replace("’", "'").endswith("n't")
    )


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


def moved_runs(quoted: Wording, source: Wording, aligned: Aligned) -> list[tuple[list[Word], list[Word]]]:
    """Runs of words that were laid on nothing and yet stand beside it in the source: clauses that changed places."""
    used = {j for i, j in aligned.pairs if i is not None and j is not None}
    theirs = [w.folded if n not in used else "" for n, w in enumerate(source.words)]
    runs: list[list[int]] = [[]]
    for i, j in aligned.pairs:
        if i is not None and j is None:
            runs[-1].append(i)
        elif i is not None and runs[-1]:
            runs.append([])
    out = []
    for run in runs:
        if len(run) < _FEW_MOVED:
            continue
        words = [quoted.words[i].folded for i in run]
        found = SequenceMatcher(None, words, theirs, autojunk=False).find_longest_match()
        if found.size >= max(_FEW_MOVED, 0.6 * len(words)):
            own = [quoted.words[i] for i in run[found.a : found.a + found.size]]
            out.append((own, list(source.words[found.b : found.b + found.size])))
    return out


def _with_moved(differences: list[Difference], moved: list[tuple[list[Word], list[Word]]]) -> list[Difference]:
    """Clauses that stand beside what was quoted are out of order, not put in."""
    for own, theirs in moved:
        first, last = own[0].start, own[-1].end
        inside = [d for d in differences if d.kind == "addition" and d.quoted_at[0] <= first and d.quoted_at[1] >= last]
        if inside:
            one = _difference("order", own, theirs, altering=True)
            differences = [one, *(d for d in differences if d not in inside)]
    return differences


def _ordered(differences: list[Difference], quoted: Wording, source: Wording) -> list[Difference]:
    """Words that stand elsewhere in the source are out of order, not left out and put in."""
    changed = [d for d in differences if d.kind in ("word", "omission", "addition")]
    own = [w for d in changed if d.quoted for w in quoted.words if d.quoted_at[0] <= w.start < d.quoted_at[1]]
    theirs = [w for d in changed if d.source for w in source.words if d.source_at[0] <= w.start < d.source_at[1]]
    twins = _twins(own, theirs)
    if len(changed) < 2 or not twins:
        return differences
    if len(twins) < 0.75 * max(len(own), len(theirs)):
        others = [d for d in changed if d.kind == "word"]
        rest = [d for d in differences if d not in others]
        return differences if not others else [*others, *_ordered(rest, quoted, source)]
    starts = {w.start for pair in twins for w in pair[:1]}, {w.start for pair in twins for w in pair[1:]}
    moved = [
        d for d in changed if (d.quoted and d.quoted_at[0] in starts[0]) or (d.source and d.source_at[0] in starts[1])
    ]
    one = replace(
        next(d for d in moved if d.quoted),
        kind="order",
        altering=True,
        misread=False,
        quoted=_span([pair[0] for pair in twins]),
        source=_span(sorted((pair[1] for pair in twins), key=lambda w: w.start)),
        negation=False,
        quoted_at=(min(p[0].start for p in twins), max(p[0].end for p in twins)),
        source_at=(min(p[1].start for p in twins), max(p[1].end for p in twins)),
    )
    return [one, *(d for d in differences if d not in moved)]
