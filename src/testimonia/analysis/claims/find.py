"""What does an account claim? Its sentences as typed claims: who, did or said what, to whom, when, where, how many."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.analysis.claims.clauses import Clause
from testimonia.analysis.claims.moments import Moment, find_moments
from testimonia.analysis.claims.persons import Persons
from testimonia.analysis.claims.places import Place, find_places
from testimonia.analysis.claims.terms import denies_twice, is_asked, is_hedged_at
from testimonia.analysis.claims.voices import Voiced, hear
from testimonia.analysis.quantities import Quantity, find_quantities
from testimonia.analysis.told import AccountText
from testimonia.analysis.words import is_light, stem

CERTAINTIES = ("sure", "hedged", "conditional", "intended", "asked")
"""As a fact; with a 'perhaps'; under an if; as something to be done; in a question."""
_ASSUMED = frozenset(("might", "may", "could", "can"))
# What a denial of these denies is the doing itself: 'he refused to sign'.
_UNDONE = frozenset(("refusal", "denial"))
_NOT_YET = re.compile(
    r"\b(?:at\s+once|immediately|yet|straight\s+away|at\s+first|until|before|only|merely|just|always|quite|entirely|"
    r"fully|enough|sure|certain|longer|again|any\s+more|except|unless|without|but)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedClaim:
    """One claim of an account.

    `start` and `end` are half-open in the reading layer, `passage` the number of the passage; `verb_start` and
    `verb_end` are those of its verb. `key` is what counts as the same act, `kind` the sort of act, `verb` its plain
    form. `who` and `whom` are persons and things as the account names them, pronouns resolved where that is clear
    (`who_printed` is as printed, at `who_span` of the reading layer); `what` are the noun groups that it was done
    with, as printed. `topic` are the stems of its content words. `certainty` is one of `CERTAINTIES`, `modal` the
    helping verb. `partly` is true where the denial is only of a part ('not at once'). `chain` is who says that who
    said, the teller first; `told` is how: see `voices.KINDS`. `quantities`, `moments` and `places` have their offsets
    in the passage.
    """

    passage: int
    start: int
    end: int
    verb_start: int
    verb_end: int
    kind: str
    key: str
    verb: str
    who: str | None
    who_printed: str | None
    who_span: tuple[int, int] | None
    whom: str | None
    what: tuple[str, ...]
    topic: frozenset[str]
    denied: bool
    partly: bool
    modal: str | None
    certainty: str
    chain: tuple[str, ...]
    told: str
    quantities: tuple[Quantity, ...]
    moments: tuple[Moment, ...]
    places: tuple[Place, ...]

    @property
    def depth(self) -> int:
        """How many stand between the teller and what is claimed? 0 for the teller's own word."""
        return len(self.chain) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountClaims:
    """The claims of an account in the order of its telling, and for each passage the longest chain of who says that
    who said."""

    claims: tuple[TypedClaim, ...]
    chains: tuple[tuple[str, ...], ...]

    def of(self, passages: Sequence[int]) -> tuple[TypedClaim, ...]:
        """The claims of these passages."""
        wanted = frozenset(passages)
        return tuple(c for c in self.claims if c.passage in wanted)


def find_claims(account: AccountText, persons: Persons | None = None) -> AccountClaims:
    """What does this account claim?

    `persons` knows the persons of the whole group of accounts; without it only those that this account names. A
    number, time or place belongs to the clause in which it stands.
    """
    if persons is None:
        persons = Persons([[p.text for p in account.passages]], [account.account.teller])
    heard = hear(account, persons)
    told = account.account.told or account.account.published
    years = re.findall(r"\d{4}", told or "")
    by_passage: dict[int, list[Voiced]] = {}
    for voiced in heard.clauses:
        by_passage.setdefault(voiced.passage, []).append(voiced)
    claims: list[TypedClaim] = []
    for n, voices in by_passage.items():
        claims += _of_passage(account, n, voices, int(years[0]) if years else None)
    return AccountClaims(claims=tuple(claims), chains=heard.chains)


def _of_passage(account: AccountText, n: int, voices: Sequence[Voiced], near_year: int | None) -> list[TypedClaim]:
    passage = account.passages[n]
    text = passage.text
    quantities = find_quantities(text)
    moments, places = find_moments(text, near_year), find_places(text)
    out: list[TypedClaim] = []
    begun: int | None = None
    for k, voiced in enumerate(voices):
        clause = voiced.clause
        start = begun if begun is not None else (0 if k == 0 else clause.start)
        begun = None
        end = len(text) if k + 1 == len(voices) else max(clause.verb_end, voices[k + 1].clause.start)
        undone = k > 0 and clause.infinitive and voices[k - 1].clause.kind in _UNDONE
        if (
            clause.key in ("be", "have")
            and not clause.objects
            and clause.whom is None
            and not undone
            and k + 1 < len(voices)
        ):
            continue  # a helper that stands alone claims nothing
        if clause.key == "be" and clause.who is not None and clause.who.head == "it" and k + 1 < len(voices):
            begun = start  # 'it was nine when he came': the hour is that of the coming
        out.append(
            TypedClaim(
                passage=n,
                start=passage.start + clause.start,
                end=passage.start + clause.end,
                verb_start=passage.start + clause.verb_start,
                verb_end=passage.start + clause.verb_end,
                kind=clause.kind,
                key=clause.key,
                verb=clause.verb,
                who=voiced.who,
                who_printed=clause.who.text if clause.who is not None else None,
                who_span=None
                if clause.who is None
                else (passage.start + clause.who.start, passage.start + clause.who.end),
                whom=voiced.whom,
                what=tuple(o.text for o in clause.objects),
                topic=clause.topic | {stem(o.head) for o in clause.objects if not o.pronoun and not is_light(o.head)},
                denied=(clause.denied and not denies_twice(text, clause.verb_start, clause.verb_end)) != undone,
                partly=clause.denied and _NOT_YET.search(text, clause.verb_start, clause.end) is not None,
                modal=clause.modal,
                certainty=_certainty(text, clause, undone),
                chain=voiced.chain,
                told=voiced.kind,
                quantities=tuple(q for q in quantities if start <= q.start < end),
                moments=tuple(m for m in moments if start <= m.start < end),
                places=tuple(p for p in places if start <= p.start < end),
            )
        )
    return out


def _certainty(text: str, clause: Clause, undone: bool) -> str:
    if is_asked(text, clause.verb_start):
        return "asked"
    if clause.conditional:
        return "conditional"
    if clause.infinitive and not undone:
        return "intended"
    if clause.modal in _ASSUMED or is_hedged_at(text, clause.verb_start):
        return "hedged"
    return "sure"


def confidence_of(claim: TypedClaim) -> float:
    """How sure is the reading of a claim, from 0 to 1? Surer where its act is in the table and everybody is known."""
    sure = 0.45 + 0.2 * (claim.kind not in ("act", "state"))
    sure += 0.15 if claim.who is not None else 0.0
    sure -= 0.05 * claim.depth
    return round(min(0.9, max(0.2, sure)), 3)


def reason_of(claim: TypedClaim) -> str:
    """Why is this claim read so, in words?"""
    parts = [f"{claim.verb!r} is a verb of {claim.kind}" if claim.kind not in ("act", "state") else
             f"{claim.verb!r} stands as a verb"]  # fmt: skip
    if claim.who is None:
        parts.append(
            "who did it is not said" if claim.who_printed is None else f"whom {claim.who_printed!r} means is not clear"
        )
    elif claim.who_printed is not None and claim.who_printed.lower() not in claim.who.lower():
        parts.append(f"{claim.who_printed!r} is {claim.who} here")
    if claim.depth:
        parts.append("on the word of " + " > ".join(claim.chain))
    return "; ".join(parts)
