"""Which kind of act does a verb name, and which acts does a noun stand for?"""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from testimonia.analysis.claims.terms import kind_of
from testimonia.analysis.words import stem


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A verb as the table has it: the kind of act, the key under which like verbs are one act, and its plain form.

    `past` is true of a past form or a participle: such a form is a verb wherever it stands, unless a noun follows.
    """

    kind: str
    key: str
    verb: str
    past: bool


_NO_ACT_VERBS = frozenset(("be", "have", "do"))
# 'gave the order', 'made an offer': the noun says what was done.
LIGHT = frozenset(("give", "make", "take", "issue", "put", "send", "receive", "get", "have", "strike", "raise"))
_NOUNS = {
    "request": "request plea appeal",
    "offer": "offer",
    "proposal": "proposal suggestion question",
    "promise": "promise pledge assurance guarantee undertaking vow",
    "refusal": "refusal",
    "threat": "threat ultimatum",
    "warning": "warning",
    "order": "order command instruction orders instructions",
    "statement": "statement reply answer speech",
    "bargain": "bargain deal trade arrangement compromise",
    "meeting": "meeting interview",
    "arrival": "arrival",
    "departure": "departure",
    "attack": "attack raid assault",
    "shooting": "shot shots",
    "death": "death",
}
_ACT_OF_NOUN = {word: key for key, words in _NOUNS.items() for word in words.split()}


def act_of_verb(form: str) -> Act | None:
    """The act that this form of a verb names, None where the table does not have it.

    >>> act = act_of_verb("promised")
    >>> act.kind, act.verb, act.past
    ('promise', 'promise', True)
    >>> act_of_verb("candle") is None
    True
    """
    return _forms().get(form.lower())


def act_of_noun(word: str) -> str | None:
    """The key of the act that a noun stands for.

    >>> act_of_noun("pledge"), act_of_noun("lamp")
    ('promise', None)
    """
    word = word.lower()
    found = _ACT_OF_NOUN.get(word) or _ACT_OF_NOUN.get(word.rstrip("s"))
    return found or (
        kind_of(stem(word)) if kind_of(stem(word)) in ("bargain", "threat", "promise", "request") else None
    )


@lru_cache(maxsize=1)
def _forms() -> dict[str, Act]:
    out: dict[str, Act] = {}
    table = files("testimonia.analysis.claims").joinpath("verbs.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        kind, key, verbs = line.split("\t")
        for entry in verbs.split():
            verb, _, irregular = entry.partition(":")
            for form, past in _inflected(verb, irregular.split(",") if irregular else []):
                out.setdefault(form, Act(kind=kind, key=key, verb=verb, past=past))
    return out


def _inflected(verb: str, irregular: list[str]) -> list[tuple[str, bool]]:
    """The forms of a verb, and whether they are of the past."""
    if verb.endswith("y") and verb[-2] not in "aeou":
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
    elif verb.endswith("e"):
        third, past = verb + "s", verb + "d"
    else:
        third, past = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s"), verb + "ed"
    doubled = verb[-1] if irregular and irregular[0] == f"{verb}{verb[-1]}ed" else ""
    ing = verb[:-1] + "ing" if verb.endswith("e") and not verb.endswith("ee") else verb + doubled + "ing"
    forms = [(verb, False), (third, False), (ing, False)]
    forms += [(past, True)] if not irregular else [(form, form != verb) for form in irregular]
    return list(dict.fromkeys(forms))
