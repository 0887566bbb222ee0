"""How a teller knows: took part, was told, infers, or comments."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.text.structure.tellers import surnames_of

# '1' and 'l' are what OCR makes of 'I'.
_FIRST_PERSON = re.compile(r"(?<![\w'’.])(?:I|we|We|me|my|us|our|My|Our|[1l](?=\s[a-z]{3,}))(?![\w])")
_ACTS = re.compile(
    r"(?<![\w])(?:I|we|We|[1l])\s+(?:(?:was|were)\s+(?:there|present|at|on|in|aboard|standing|sitting)\b|(?:then\s+|also\s+|had\s+|at\s+once\s+)?(?:told|asked|met|said|replied|answered|telephoned|called"
    r"|phoned|spoke|talked|saw|heard|went|came|took|gave|showed|interrupted|added|noted|insisted|warned|promised|sat|stood"
    r"|suggested|proposed|put|cut|lit|left|entered|denied|decided|ran|rowed|opened|wrote|sent|received|found|carried|shouted|refused|agreed|returned|walked|drove|climbed|jumped)\b)"
)
_INVITED = re.compile(r"\b(?:invited|asked|told|summoned|received|called|begged|ordered)\s+me\b")
_TOLD = re.compile(
    r"\b(?:\w+\s+)?(?:(?:later|once|afterwards|himself|herself)\s+)?(?:told|informed|assured|wrote\s+to)\s+(?:me|us)\b(?!\s+(?:not\s+)?to\b)"
    r"|\breport(?:ed)?\s+(?:went|ran|read|said)\b|\b(?:I|we)\s+(?:was|were)\s+(?:later\s+)?(?:told|informed)\b(?!\s+to\b)"
    r"|\breported\s+that\b|\b(?:I|we)\s+(?:later\s+)?(?:heard|learned|learnt)\s+(?:from|that)\b|\baccording\s+to\b"
    r"|\bas\s+(?:he|she|they)\s+(?:later\s+)?told\b"
    # What a paper told: 'his diary was very explicit that', 'the letter said'.
    r"|\b(?:diar(?:y|ies)|journal|log|letter|cable|telegram|notes)\s+(?:\w+\s+){0,3}?(?:said|says|explicit|states?|stated"
    r"|shows?|showed|records?|recorded)\b"
)
_COMMENT = re.compile(
    r"\b(?:testif(?:y|ies)|suggests?|impl(?:y|ies)|indicates?|reveals?|confirms?|contradicts?|interpretation|evidence"
    r"|credible|plausible|implausible|doubtful|consistent|inconsistent|remarkable|surprising|according\s+to|presumably"
    r"|it\s+is\s+(?:possible|likely|clear|probable|unlikely)|it\s+(?:seems|appears)|(?:seems?|appears?)\s+to"
    r"|the\s+(?:document|cable|telegram|letter|diary|deposition|passage|wording))\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“]([^\"“”]{12,400}?)[\"”]")
_MEETING = re.compile(
    r"\b(?:meeting|talk|talks|conversation|interview|encounter|quarrel|duel|exchange|negotiations?|visit)\b",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\W+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """One of `BASES` or None, how sure (0 to 1), and the words it rests on."""

    basis: str | None
    confidence: float
    reason: str


def participants_of(title: str) -> frozenset[str]:
    """The surnames (lower case) of those whose meeting or talk this title names; empty where it names none.

    >>> sorted(participants_of("A Night on the Quay: Lars Holm's Meeting With Mette Lind"))
    ['holm', 'lind']
    """
    found = re.search(
        r"(?P<one>[^\W\d_][\w. -]*?)['’]s?\s+(?:\w+\s+){0,2}?(?P<what>\w+)\s+[Ww]ith\s+(?P<other>[^,:;]+)", title
    )
    if found and _MEETING.fullmatch(found["what"]):
        return frozenset(surnames_of(found["one"]) + surnames_of(found["other"]))
    found = re.search(
        r"(?P<what>\w+)\s+(?:[Bb]etween|[Oo]f)\s+(?P<one>[^,:;]+?)\s+(?:and|with)\s+(?P<other>[^,:;]+)", title
    )
    if found and _MEETING.fullmatch(found["what"]):
        return frozenset(surnames_of(found["one"]) + surnames_of(found["other"]))
    return frozenset()


def find_basis(text: str, teller: str, verb: str | None, title: str, others: Sequence[str]) -> Basis:
    """How does the teller know what this account tells, by its own words?

    `verb` is the word for the telling in its heading, `title` that of the article around it, `others` the folded texts
    (`fold`) of the accounts beside it: a text that quotes them and speaks of nobody as 'I' comments on them. Who is
    named in the title as one of those who met and speaks in the first person took part; who says that somebody told it
    was told.

    >>> title = "Lars Holm's Talk With Mette Lind"
    >>> find_basis("I met her at seven. I told her to wait.", "Lars Holm", None, title, ()).basis
    'took part'
    """
    own = _QUOTED.sub(" ", text)
    persons = len(_FIRST_PERSON.findall(own))
    acts = _ACTS.findall(own)
    per_hundred = 100 * persons / max(1, len(text.split()))
    met = participants_of(title)
    took_part = bool(met & set(surnames_of(teller)))
    commenting = _commenting(text, own, persons - 2 * len(acts), verb, others)
    if commenting is not None and not took_part:
        return commenting
    told = tuple(_TOLD.finditer(own))
    heard = f"says '{' '.join(told[0][0].split())}'" if told else ""
    if took_part and persons >= 2 and (acts or _INVITED.search(own)):
        return Basis(
            basis="took part", confidence=0.9,
            reason=f"the title names the teller among those who met, and the text says '{_first_act(own)}'",
        )  # fmt: skip
    if told and (met or 2 * len(told) >= len(acts)):
        return Basis(basis="was told", confidence=0.75 if met else 0.6, reason=heard)
    if len(acts) >= 2 and per_hundred >= 1:
        # Not one of those who met, yet one who did something in what it tells.
        named = ", though the title does not name the teller" if met else ""
        return Basis(
            basis="took part", confidence=0.45 if met else 0.65,
            reason=f"tells in the first person what it did ('{_first_act(own)}'){named}",
        )  # fmt: skip
    if told:
        return Basis(basis="was told", confidence=0.5, reason=heard)
    if persons >= 2 and met:
        return Basis(
            basis="infers", confidence=0.35,
            reason="speaks in the first person, but the title does not name the teller among those who met",
        )  # fmt: skip
    return Basis(basis=None, confidence=0.2, reason="nothing in its words says how the teller knows")


def _commenting(text: str, own: str, persons: int, verb: str | None, others: Sequence[str]) -> Basis | None:
    """A commentary: its heading says so, or it quotes the accounts beside it and tells nothing of itself. `persons` are
    the words of the first person that no act of its own explains."""
    announced = (verb or "").startswith("comment")
    if persons > (6 if announced else 1):
        return None
    quotes = _borrowed(text, others)
    words = _COMMENT.findall(own)
    if not (quotes or announced) or (quotes < 2 and len(words) < 2 and not announced):
        return None
    weighed = f" ({', '.join(sorted({w.lower() for w in words})[:3])})" if words else ""
    reason = f"its heading says that it comments{weighed}" if announced else f"weighs what another text says{weighed}"
    if quotes:
        reason += f" and quotes the accounts beside it {quotes} time{'s' if quotes > 1 else ''}"
    return Basis(basis="comments", confidence=0.85 if quotes else 0.7, reason=reason)


def _first_act(text: str) -> str:
    found = _ACTS.search(text) or _INVITED.search(text)
    return " ".join(found[0].split()) if found else ""


def _borrowed(text: str, others: Sequence[str]) -> int:
    """How many of its quotations of four words or more stand in the texts beside it?"""
    quotes = (fold(q) for q in _QUOTED.findall(text))
    return sum(1 for q in quotes if len(q.split()) >= 4 and any(q in other for other in others))


def fold(text: str) -> str:
    """The words of a text, small, one space between them: so that a quotation is found whatever its points.

    >>> fold("The bell -- he said -- 'will NOT wait'.")
    'the bell he said will not wait'
    """
    return _SPACE.sub(" ", text.casefold()).strip()
