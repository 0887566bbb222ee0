"""Many short answers to one question: who says the same?"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from statistics import median

import numpy as np
from numpy.typing import NDArray

from testimonia.analysis.claims.find import TypedClaim
from testimonia.analysis.likeness import Encoder, kinship_rows, letter_rows
from testimonia.analysis.quantities import Quantity, find_quantities
from testimonia.analysis.relations.clashes import CONTRADICTS, read_said
from testimonia.analysis.relations.relate import Related, find_clashes
from testimonia.analysis.told import AccountText, Passage
from testimonia.analysis.vectors import unit_rows
from testimonia.analysis.words import stem

# Fewer accounts, or longer ones, are compared passage by passage.
_FEWEST_ANSWERS, _MOST_SENTENCES, _MOST_WORDS = 5, 6, 120
_USUAL_SENTENCES, _USUAL_WORDS = 2, 45
# From here on two answers are alike: the mean of the likeness of their meaning and of the kinship of their words. Of
# letters alone less is to be had. Set on invented answers; a tenth more or less is a little worse there.
_ALIKE, _ALIKE_IN_LETTERS = 0.27, 0.1
# What is worth as much as so much likeness: the same number; both without an answer; one affirming, the other not.
_SAME_NUMBER, _NO_ANSWER, _OTHER_POLARITY = 0.2, 0.2, 0.05
_TELLING_NUMBER = 2
_NEARLY_ALL = 0.8
# How sure a grouping is, on answers made for measuring it.
_SURE = 0.5
_CLOCKS = ("time of day", "deadline")
# Those who are counted are people, whatever they are called.
_PEOPLE = (
    "people men women man woman children workers employees persons casualties injuries injured wounded dead deaths "
    "victims survivors passengers students pupils residents inhabitants citizens soldiers sailors officers policemen "
    "prisoners hands colleagues members others strikers demonstrators protesters refugees hostages patients"
)
_COUNTED_PEOPLE = frozenset(map(stem, _PEOPLE.split()))
_NOBODY = re.compile(
    rf"\b(?:nobody|no\s+one|none|(?:no|without(?:\s+any)?)\s+(?:{'|'.join(_PEOPLE.replace('s ', 's? ').split())}))\b",
    re.IGNORECASE,
)
_UNANSWERED = re.compile(
    r"\b(?:not\s+(?:yet\s+|been\s+)*(?:known|clear|explained|established|certain)|unknown|unclear|uncertain|"
    r"(?:could|would|did|does|do|can)(?:\s+not|n['’]t)\s+(?:say|comment|answer|explain|know)|"
    r"(?:declin|refus)\w*\s+to\s+(?:say|comment|answer|explain)|without\s+comment|remains?\s+open|"
    r"(?:no|gave\s+no|without)\s+(?:comment|answer|reason|explanation))\b",
    re.IGNORECASE,
)
_DENYING = re.compile(
    r"\b(?:no|not|none|nobody|nothing|neither|nor|never|without|cannot|no\s+one|exempt\w*|untouched|unaffected|unharmed|"
    r"unhurt|den(?:y|ies|ied)|rul(?:e|es|ed)\s+out|reject\w*|refus\w*|out\s+of\s+the\s+question)\b|\w+n['’]t\b",
    re.IGNORECASE,
)


def are_answers(accounts: Sequence[AccountText]) -> bool:
    """Are these short answers to one question, so that each is to be compared as a whole with every other?

    Five at least, mostly of a sentence or two, and none much longer.
    """
    sizes = [(len(a.passages), sum(len(p.text.split()) for p in a.passages)) for a in accounts]
    return (
        len(sizes) >= _FEWEST_ANSWERS
        and all(0 < sentences <= _MOST_SENTENCES and words <= _MOST_WORDS for sentences, words in sizes)
        and median(s for s, _ in sizes) <= _USUAL_SENTENCES
        and median(w for _, w in sizes) <= _USUAL_WORDS
    )


def relate_answers(
    said: Sequence[Sequence[Passage]],
    tellers: Sequence[str],
    ignored: frozenset[str],
    claims: Sequence[Sequence[TypedClaim]],
    encoder: Encoder | None,
) -> Related:
    """Who says the same, of many who answer one question? Arguments as for `relate`.

    Whatever clashes is in different versions; answers that do not clash are in one where they are alike.
    """
    read = [read_said(passages, own) for passages, own in zip(said, claims, strict=True)]
    found = [c for c in find_clashes(read, ignored) if c.weight >= CONTRADICTS]
    versions = agreeing(own_words(said), encoder, [(c.one, c.other) for c in found])
    strongest = found[0] if found else None
    kept = tuple(c for c in found if strongest and c.kind == strongest.kind and c.key == strongest.key)
    most, alike = Counter(versions).most_common(1)[0]
    told = (
        f"{len(set(versions))} versions; {alike} of {len(said)} tell the one that {tellers[versions.index(most)]} tells"
    )
    if strongest is not None:
        told += f"; {strongest.kind}: " + "; ".join(
            f"{tellers[n]}: “{words.text}”"
            for n, words in zip((strongest.one, strongest.other), strongest.words, strict=True)
        )
    elif len(set(versions)) == 1:
        told = "nothing in them clashes, and they are alike"
    return Related(
        relation="contradict" if strongest else "differ" if len(set(versions)) > 1 else "agree",
        versions=versions,
        clashes=kept,
        confidence=_SURE,
        reason=told,
        weight=round(strongest.weight, 3) if strongest else 0.0,
    )


def own_words(said: Sequence[Sequence[Passage]]) -> list[str]:
    """What each answer says besides a sentence that nearly all have: the question, printed above each answer.

    Where nothing else is left the sentence is the answer.
    """
    held = Counter(text for passages in said for text in {_folded(p) for p in passages})
    common = {text for text, count in held.items() if count >= _NEARLY_ALL * len(said)}
    return [
        " ".join(p.text for p in passages if _folded(p) not in common) or " ".join(p.text for p in passages)
        for passages in said
    ]


def _folded(passage: Passage) -> str:
    return " ".join(passage.text.lower().split())


def agreeing(answers: Sequence[str], encoder: Encoder | None, apart: Iterable[tuple[int, int]] = ()) -> tuple[int, ...]:
    """The number of the version that each answer tells, 0 for that of the first; who agrees has the same.

    Answers are joined by average linkage (Sokal and Michener 1958, A statistical method for evaluating systematic
    relationships) as long as they are alike on average. Two that give different numbers of the same, and the pairs
    `apart` (by their places), are never in one version, whatever stands between them.
    """
    alike = _likeness(answers, encoder)
    never = np.zeros(alike.shape, dtype=bool)
    for i, j in apart:
        never[i, j] = never[j, i] = True
    read = [(_numbers(t), bool(_UNANSWERED.search(t)), bool(_DENYING.search(t))) for t in answers]
    for i, j in combinations(range(len(answers)), 2):
        (numbers, unanswered, denying), (others, other_unanswered, other_denying) = read[i], read[j]
        same = _same_number(numbers, others)
        never[i, j] = never[j, i] = never[i, j] or same is False
        more = _SAME_NUMBER if same else 0.0
        if unanswered or other_unanswered:
            more += _NO_ANSWER if unanswered and other_unanswered else -_NO_ANSWER
        elif denying != other_denying:
            more -= _OTHER_POLARITY
        alike[i, j] += more
        alike[j, i] = alike[i, j]
    return _numbered(_linked(alike, never), len(answers))


def _likeness(answers: Sequence[str], encoder: Encoder | None) -> NDArray[np.float64]:
    """Answers by answers: above 0 where two are alike."""
    if encoder is None:
        letters = letter_rows(answers)
        return np.asarray(letters @ letters.T - _ALIKE_IN_LETTERS, dtype=np.float64)
    vectors = unit_rows(encoder.encode(answers))
    words, kin = kinship_rows(answers, encoder)
    both = words @ kin.T
    return np.asarray((vectors @ vectors.T + (both + both.T) / 2) / 2 - _ALIKE, dtype=np.float64)


def _numbers(text: str) -> list[Quantity]:
    """What is counted; nobody is a number of people too."""
    nobody = [Quantity(start=m.start(), end=m.end(), of="people", low=0, high=0) for m in _NOBODY.finditer(text)]
    return nobody[:1] + [q for q in find_quantities(text) if q.of not in _CLOCKS]


def _same_number(some: Sequence[Quantity], others: Sequence[Quantity]) -> bool | None:
    """Do both give the same number of the same? False where only different ones, None where there is nothing to
    compare. A number above two that is printed in both is the same, whatever it counts."""
    compared = [(q, r) for q in some for r in others if _counted(q) == _counted(r)]
    if any(q.low <= r.high and r.low <= q.high for q, r in compared):
        return True
    if {q.low for q in some if q.low > _TELLING_NUMBER} & {r.low for r in others}:
        return True
    return False if compared else None


def _counted(quantity: Quantity) -> str:
    return "people" if quantity.of in _COUNTED_PEOPLE else quantity.of


def _linked(alike: NDArray[np.float64], never: NDArray[np.bool_]) -> list[list[int]]:
    """The groups that are left when no two that may be joined are alike on average; of equals the first are joined.

    The mean of a joined group with another is that of its parts, weighed by their sizes (Lance and Williams 1967).
    """
    groups = {n: [n] for n in range(len(alike))}
    near = np.where(never, -np.inf, alike)
    near[np.tril_indices(len(near))] = -np.inf
    while len(groups) > 1:
        one, other = (int(x) for x in np.unravel_index(int(near.argmax()), near.shape))
        if not near[one, other] > 0:
            break
        a, b = len(groups[one]), len(groups[other])
        mean = (a * _row(near, one) + b * _row(near, other)) / (a + b)
        groups[one] += groups.pop(other)
        near[other, :] = near[:, other] = -np.inf
        near[one, :] = near[:, one] = -np.inf
        for n in groups:
            near[min(n, one), max(n, one)] = mean[n] if n != one else -np.inf
    return list(groups.values())


def _row(near: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """How near a group is to each other one, whichever of the two comes first."""
    return np.asarray(np.maximum(near[n, :], near[:, n]), dtype=np.float64)


def _numbered(groups: Sequence[Sequence[int]], count: int) -> tuple[int, ...]:
    of = {n: g for g, group in enumerate(sorted(groups, key=min)) for n in group}
    return tuple(of[n] for n in range(count))
