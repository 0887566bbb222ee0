"""Who did what to whom: the clauses of a sentence, read by rules and without a parser."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from testimonia.analysis.claims.acts import LIGHT, Act, act_of_noun, act_of_verb
from testimonia.analysis.claims.grammar import (
    ADVERBS,
    AUXILIARIES,
    BE,
    BREAKS,
    CONDITION,
    DETERMINERS,
    HAVE,
    MODAL,
    NEGATIVE,
    OBJECTS,
    PREPOSITIONS,
    RELATIVE,
    SUBJECTS,
    Token,
    tokenise,
)
from testimonia.analysis.claims.nouns import Noun, first_noun, last_noun, noun_groups, preposition_of
from testimonia.analysis.words import is_light, stem


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One verb with what stands around it.

    `start` and `end` are the half-open offsets of the clause in the sentence, `verb_start` and `verb_end` those of its
    verb. `key` is what counts as the same act, `kind` the sort of act ('act' where the table has no such verb), `verb`
    its plain form. `who` did it (None where nothing says), `whom` it was done to or said to, `objects` are the noun
    groups after the verb, `topic` the stems of the content words of the clause. `infinitive` is true of what is only
    intended ('to open the sluice'), `conditional` of what stands under an if, `reports` where another clause depends
    on it ('he said that ...').
    """

    start: int
    end: int
    verb_start: int
    verb_end: int
    kind: str
    key: str
    verb: str
    who: Noun | None
    whom: Noun | None
    objects: tuple[Noun, ...]
    topic: frozenset[str]
    denied: bool
    modal: str | None
    passive: bool = False
    infinitive: bool = False
    conditional: bool = False
    reports: bool = False


@dataclass(slots=True)
class _Verb:
    """A verb group under way: token numbers of its first word and of its verb, and what its helpers say."""

    first: int
    at: int
    act: Act | None
    denied: bool
    modal: str | None
    passive: bool
    infinitive: bool


@lru_cache(maxsize=16384)
def read_clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a sentence in their order; a sentence without a verb has none.

    >>> [(c.verb, c.who.text if c.who else None, c.denied) for c in read_clauses("Hale came, but he did not stay.")]
    [('come', 'Hale', False), ('stay', 'he', True)]
    """
    tokens = _mended(tokenise(text))
    verbs = _verbs(tokens)
    out: list[Clause] = []
    for n, verb in enumerate(verbs):
        last = verbs[n - 1].at if n else -1
        stop = verbs[n + 1].first if n + 1 < len(verbs) else len(tokens)
        out.append(_clause(text, tokens, verb, last, stop, out, followed=n + 1 < len(verbs)))
    return tuple(out)


def _mended(tokens: list[Token]) -> list[Token]:
    """'1' before a verb is an I that was misread: '1 said'."""
    for i, (token, after) in enumerate(pairwise(tokens)):
        if token.text in ("1", "l") and (
            after.low in AUXILIARIES or act_of_verb(after.text) or after.low.endswith("ed")
        ):
            tokens[i] = Token(token.start, token.end, "I")
    return tokens


def _verbs(tokens: Sequence[Token]) -> list[_Verb]:
    out: list[_Verb] = []
    i = 0
    while i < len(tokens):
        found = _verb_at(tokens, i)
        if found is None:
            i += 1
        else:
            out.append(found)
            i = found.at + 1
    return out


def _verb_at(tokens: Sequence[Token], first: int) -> _Verb | None:
    """The verb group that begins at this token, if one does."""
    i, denied, modal, helped, be, have = first, False, None, False, False, False
    infinitive, helper = False, first
    if tokens[i].low == "to" and i + 1 < len(tokens) and not tokens[i + 1].text[0].isupper():
        act = act_of_verb(tokens[i + 1].text)
        plain = (act is not None and act.verb == tokens[i + 1].low) or tokens[i + 1].low in ("be", "have")
        if not plain:
            return None
        infinitive, i = True, i + 1
    while i < len(tokens):
        low = tokens[i].low
        if low in AUXILIARIES:
            helped, helper, be, have = True, i, be or low in BE, have or low in HAVE
            denied = denied or low.endswith("n't") or low == "cannot"
            modal = low if low in MODAL else modal
        elif low in ("not", "never", "hardly") and (helped or low == "never"):
            denied = True
        elif not ((helped or i == first) and (low in ADVERBS or (low.endswith("ly") and len(low) > 4))):
            break
        elif i == first:
            return None
        i += 1
    act = act_of_verb(tokens[i].text) if i < len(tokens) else None
    if i < len(tokens) and not infinitive and not helped and not _is_bare_verb(tokens, i, act):
        return None
    if i >= len(tokens) or (helped and not _fits_helpers(tokens, i, act, be=be, have=have, modal=modal)):
        if not helped:
            return None
        return _Verb(first, helper, None, denied, modal, False, infinitive)  # 'be' or 'have' alone
    past = act.past if act else tokens[i].low.endswith("ed")
    return _Verb(first, i, act, denied, modal, be and past, infinitive)


def _fits_helpers(tokens: Sequence[Token], i: int, act: Act | None, *, be: bool, have: bool, modal: str | None) -> bool:
    """Is this word the verb to which these helpers belong? 'was part' has none, 'was parted' has."""
    low = tokens[i].low
    if act is not None and tokens[i].text[0].islower():
        if be or have:
            return act.past or (be and low.endswith("ing")) or (act.verb == low and act.verb in _SAME_PARTICIPLE)
        return modal is not None or low == act.verb
    return low.endswith("ed") and len(low) > 4 and low.isalpha()


_SAME_PARTICIPLE = frozenset(("come", "run", "put", "cut", "hurt", "shut", "let", "set", "read", "cost"))


def _is_bare_verb(tokens: Sequence[Token], i: int, act: Act | None) -> bool:
    """Is this word, with no helper before it, the verb of a clause?"""
    word = tokens[i]
    if (
        not word.text[0].islower()
        or word.low in PREPOSITIONS | OBJECTS
        or word.low in BREAKS
        or word.low.endswith("ing")
    ):
        return False
    back = i - 1
    while back >= 0 and (tokens[back].low in ADVERBS or tokens[back].low.endswith("ly") or tokens[back].low == "never"):
        back -= 1
    before = tokens[back].low if back >= 0 else ""
    after_subject = before in SUBJECTS or before in ("who", "which", "himself", "herself", "myself")
    if act is None:
        if is_light(word.low) or not word.text.isalpha():
            return False
        if before in ("i", "he", "she", "we", "they"):
            return True
        return word.low.endswith("ed") and len(word.low) > 4 and before not in DETERMINERS | PREPOSITIONS
    if act.past:
        if act_of_noun(word.low) is not None and any(tokens[k].low in DETERMINERS for k in range(max(0, back - 1), i)):
            return False  # 'the first shot'
        noun_follows = i + 1 < len(tokens) and tokens[i + 1].text.isalpha() and not is_light(tokens[i + 1].low)
        return not (before in DETERMINERS and noun_follows)
    if after_subject:
        return True
    if act.kind in REPORTING and word.low != act.verb and i + 1 < len(tokens) and tokens[i + 1].low == "that":
        return True  # 'the report says that'
    named = back > 0 and tokens[back].text[0].isupper() and "'" not in before
    return ((named or _plural(before)) and word.low != act.verb) or (_plural(before) and not is_light(before))


def _plural(word: str) -> bool:
    return word in ("people", "men", "women") or (
        len(word) > 3 and word.isalpha() and word.endswith("s") and not word.endswith("ss")
    )


def _clause(
    text: str, tokens: Sequence[Token], verb: _Verb, last: int, stop: int, before: Sequence[Clause], followed: bool
) -> Clause:
    region = range(last + 1, verb.first)
    breaks = [i for i in region if (tokens[i].low in BREAKS or tokens[i].low in RELATIVE)]
    begin = max((i + 1 for i in breaks if not _joins_nouns(tokens, i, last)), default=last + 1)
    relative = begin > last + 1 and tokens[begin - 1].low in RELATIVE
    subject = first_noun(text, tokens, begin, verb.first)
    if subject is None and relative and begin - 1 > last + 1:
        subject = last_noun(text, tokens, last + 1, begin - 1)
    if subject is None and begin == verb.first and begin > last + 2 and tokens[begin - 1].text == ",":
        subject = _apposed(text, tokens, last + 1, begin - 1)
    if subject is None and (relative or verb.infinitive) and before:
        subject = (before[-1].objects[-1] if before[-1].objects else before[-1].who) if relative else before[-1].who
    elif subject is None and before and not verb.passive:
        subject = before[-1].who
    if not verb.infinitive and begin == last + 1 and before and before[-1].infinitive:
        subject = before[-1].who  # 'the order to open the sluice was given'
    after = noun_groups(text, tokens, verb.at + 1, _end(tokens, verb.at + 1, stop))
    whom, objects = _sorted_objects(tokens, verb, after)
    who = subject
    if verb.passive:
        by = next((n for n in after if preposition_of(tokens, n) == "by" and not n.is_time), None)
        who, whom = by, subject or whom
        objects = tuple(n for n in (subject, *objects) if n is not None and n is not by)
    key, kind, plain = _named(tokens, verb, objects, after)
    denied = verb.denied or _denied_around(tokens, begin, verb, subject, (*((whom,) if whom else ()), *objects))
    left = tokens[begin].start if begin < len(tokens) else tokens[verb.first].start
    right = tokens[stop - 1].end
    return Clause(
        start=min(left, tokens[verb.first].start),
        end=right,
        verb_start=tokens[verb.first].start,
        verb_end=tokens[verb.at].end,
        kind=kind,
        key=key,
        verb=plain,
        who=who,
        whom=whom,
        objects=objects,
        topic=_topic(tokens, begin, stop, verb),
        denied=denied,
        modal=verb.modal,
        passive=verb.passive,
        infinitive=verb.infinitive,
        conditional=any(tokens[i].low in CONDITION for i in range(max(0, begin - 2), begin)),
        reports=followed and kind in REPORTING and not verb.infinitive,
    )


def _apposed(text: str, tokens: Sequence[Token], start: int, stop: int) -> Noun | None:
    """The name between commas just before a verb: 'our envoy, Anton Hale, reported'."""
    noun = last_noun(text, tokens, start, stop)
    return noun if noun is not None and noun.name and noun.end == tokens[stop - 1].end else None


def _joins_nouns(tokens: Sequence[Token], i: int, last: int) -> bool:
    """Does this 'and' join two subjects ('Hale and his son'), not two clauses?"""
    if tokens[i].low not in ("and", "or") or i == 0:
        return False
    start = i
    while start > last + 1 and tokens[start - 1].low not in BREAKS and tokens[start - 1].low not in RELATIVE:
        start -= 1
    led = start == 0 or (start > last + 1 and start <= i)
    return led and i > start and all(t.text[0].isalnum() and t.low not in PREPOSITIONS for t in tokens[start:i])


REPORTING = frozenset(
    ("statement", "question", "request", "promise", "denial", "warning", "threat", "writing", "proposal", "offer",
     "order", "belief", "knowledge", "acceptance", "refusal")
)  # fmt: skip


def _named(
    tokens: Sequence[Token], verb: _Verb, objects: Sequence[Noun], after: Sequence[Noun]
) -> tuple[str, str, str]:
    """The key, the kind and the plain form of what was done; the noun says it after 'gave' or 'made'."""
    word = tokens[verb.at].low
    if verb.act is None:
        if word in AUXILIARIES or word == "not":
            return "be" if word in BE or verb.passive else "have", "state", "be" if word in BE else "have"
        return stem(word), "act", word
    if verb.act.verb in LIGHT and objects:
        for noun in objects[:2]:
            if (key := act_of_noun(noun.head)) is not None:
                return key, key, f"{verb.act.verb} {noun.head}"
    if verb.act.verb in ("send", "ask", "call") and any(preposition_of(tokens, n) == "for" for n in after[:1]):
        return "summons", "summons", f"{verb.act.verb} for"
    return verb.act.key, verb.act.kind, verb.act.verb


def _denied_around(
    tokens: Sequence[Token], begin: int, verb: _Verb, subject: Noun | None, objects: Sequence[Noun]
) -> bool:
    """Is it denied by its subject ('nobody', 'no lamp'), its object ('nothing', 'no offer') or 'neither'?"""
    near = [n for n in (subject, *objects[:2]) if n is not None]
    if any(n.head in ("nobody", "none", "nothing", "no-one") for n in near):
        return True
    at = [i for i, t in enumerate(tokens) if t.low in ("no", "neither", "nor") and i >= begin]
    starts = {n.start for n in near}
    return any(tokens[i].start in starts or (i == begin and i < verb.first) for i in at) or (
        begin < len(tokens) and tokens[begin].low == "not"
    )


# What is said, thought or known is not said to what stands after it: 'he said the men came'.
_NO_HEARER = frozenset(
    ("say", "think", "believe", "feel", "know", "hope", "suppose", "realise", "realize", "explain", "reply", "state",
     "note", "add", "claim", "insist", "report", "wish", "want", "fear", "understand")
)  # fmt: skip


def _sorted_objects(
    tokens: Sequence[Token], verb: _Verb, after: Sequence[Noun]
) -> tuple[Noun | None, tuple[Noun, ...]]:
    """To whom, and the other noun groups after the verb, in their order."""
    first = () if verb.act is not None and verb.act.verb in _NO_HEARER else after[:1]
    whom = next((n for n in first if (n.pronoun or n.name) and preposition_of(tokens, n) is None), None)
    if whom is None:
        whom = next((n for n in after if (n.pronoun or n.name) and preposition_of(tokens, n) in ("to", "for")), None)
    return whom, tuple(n for n in after if n is not whom)


def _end(tokens: Sequence[Token], start: int, stop: int) -> int:
    """Where the objects of a verb end: before the next clause."""
    followed = stop < len(tokens)
    for i in range(start, stop):
        low = tokens[i].low
        if low in ",;:—–?!" or low in ("that", "when", "while", "because", "if", "but", "although"):
            return i
        if i + 1 < stop and low in ("before", "after", "until", "since", "and") and tokens[i + 1].low in SUBJECTS:
            return i
        if low == "and" and followed and "and" not in {t.low for t in tokens[i + 1 : stop]}:
            return i
    return stop


def _topic(tokens: Sequence[Token], begin: int, stop: int, verb: _Verb) -> frozenset[str]:
    return frozenset(
        stem(t.text)
        for i, t in enumerate(tokens[begin:stop], start=begin)
        if i != verb.at and t.text[0].isalpha() and not is_light(t.low) and t.low not in AUXILIARIES | NEGATIVE
    )
