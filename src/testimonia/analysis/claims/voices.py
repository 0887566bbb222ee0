"""On whose word does each clause of an account stand, and whom do 'I', 'you' and 'he' mean there?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from testimonia.analysis.claims.clauses import REPORTING, Clause, read_clauses
from testimonia.analysis.claims.nouns import Noun
from testimonia.analysis.claims.persons import Persons, same_person
from testimonia.analysis.claims.quoted import Stretch, quoted_stretches
from testimonia.analysis.told import AccountText, Passage

KINDS = ("narrative", "comment", "paraphrase", "quotation")
_SPOKEN = frozenset(("statement", "question", "request", "warning", "denial", "threat", "promise", "proposal"))
_GOES_ON = frozenset(("begin", "continue", "go"))
_REPLIES = frozenset(("answer", "reply", "respond"))
_FIRST = frozenset(("i", "me", "we", "us", "myself", "ourselves"))
_SECOND = frozenset(("you", "yourself"))
_THIRD = frozenset(("he", "him", "she", "her", "himself", "herself"))
_RECORD = re.compile(
    r"^(?P<who>.+?)['’]s?\s+(?:\w+\s+)?(?:report|account|letter|diary|telegram|cable|story|version|words)$"
)
_ACCORDING = re.compile(r"\b[Aa]ccording\s+to\s+(?P<who>(?:(?:[A-Z]\.\s?)+|[A-Z][\w’'-]+\s+){0,2}[A-Z][\w’-]*[a-z])\b")
_DEEPEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced:
    """One clause of a passage: its words, on whose word it stands (teller first), how it is told (one of `KINDS`), and
    who is meant by its subject and its object (None where nobody knows)."""

    passage: int
    clause: Clause
    chain: tuple[str, ...]
    kind: str
    who: str | None
    whom: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was heard in an account: its clauses in the order of the text, and for each passage the longest chain of
    who says that who said."""

    clauses: tuple[Voiced, ...]
    chains: tuple[tuple[str, ...], ...]


def hear(account: AccountText, persons: Persons) -> Heard:
    """Read an account clause by clause, keeping who speaks, in quotation marks and out of them.

    'I' is the teller, and inside quotation marks whoever speaks there; 'he' is the person named last who is not
    speaking; who replies is not who spoke before. A quotation without a word of saying goes on with the speaker before
    it in its paragraph, or with whom the words before it announce.
    """
    return _Listener(account, persons).all()


class _Listener:
    """Keeps who was named and who speaks while an account is read."""

    def __init__(self, account: AccountText, persons: Persons) -> None:
        self._account = account
        self._persons = persons
        self._recent: list[str] = []
        self._speakers: dict[int, tuple[str, ...]] = {}
        self._announced: tuple[str, ...] | None = None
        self._last_speaker: str | None = None
        self._addressed: dict[int, str] = {}
        self._talking: list[str] = []
        self._left: tuple[tuple[str, ...], bool] | None = None
        self._teller = account.account.teller
        self._comments = account.account.basis == "comments"

    def all(self) -> Heard:
        passages = self._account.passages
        clauses: list[Voiced] = []
        chains = []
        paragraph = -1
        for n, (passage, stretches) in enumerate(zip(passages, quoted_stretches(passages), strict=True)):
            if passage.paragraph != paragraph:
                paragraph = passage.paragraph
                self._speakers, announced = {}, self._announced
                self._announced = None
                if announced is not None:
                    self._speakers[1] = announced
                elif self._left is not None and stretches and stretches[0].depth == 1:
                    self._go_on(*self._left)
            found, chain = self._passage(n, passage, stretches)
            clauses += found
            chains.append(chain)
            quoted = [s for s in stretches if passage.text[s.start : s.end].strip(" .,")]
            ends_quoted = bool(quoted) and quoted[-1].depth > 0
            spoken = self._speakers.get(1)
            asks = bool(quoted) and any(passage.text[x.start : x.end].rstrip().endswith("?") for x in quoted if x.depth)
            in_quotes = ends_quoted or bool(stretches and stretches[0].depth)
            self._left = (spoken, asks) if spoken is not None and in_quotes else None
        return Heard(clauses=tuple(clauses), chains=tuple(chains))

    def _passage(self, n: int, passage: Passage, stretches: Sequence[Stretch]) -> tuple[list[Voiced], tuple[str, ...]]:
        base: tuple[str, ...] = (self._teller,)
        found: list[Voiced] = []
        longest = base
        for depth in range(_DEEPEST + 1):
            here = [s for s in stretches if s.depth == depth]
            if not here:
                continue
            if depth:
                base = self._speakers.get(depth) or self._speakers.get(depth - 1) or base
            text = _only(passage.text, here)
            deeper = any(s.depth > depth for s in stretches)
            said, chain, speakers = self._clauses(n, text, base, depth, deeper)
            found += said
            longest = max(longest, base, chain, key=len)
            if deeper and speakers:
                self._speakers[depth + 1] = speakers
            elif deeper and len(chain) > 1 and any(s.opened and s.depth == depth + 1 for s in stretches):
                self._speakers.setdefault(depth + 1, chain)
            if depth == 0:
                self._announce(passage, said, chain)
        return sorted(found, key=lambda v: v.clause.verb_start), longest

    def _go_on(self, chain: tuple[str, ...], asked: bool) -> None:
        """A paragraph that opens with a quotation: the speaker before it goes on, unless a question was asked."""
        if not asked:
            self._speakers[1] = chain
        elif (answers := self._addressed.get(1)) is not None:
            self._speakers[1] = _linked(chain[:-1] or chain, answers)

    def _announce(self, passage: Passage, said: Sequence[Voiced], chain: tuple[str, ...]) -> None:
        """Keep whose words follow, where the passage ends in a colon."""
        if passage.text.rstrip(" \"”'").endswith(":"):
            self._announced = chain
            self._speakers[1] = chain
        elif len(chain) > 1 and not any(v.clause.reports for v in said):
            self._speakers.setdefault(1, chain)

    def _clauses(
        self, n: int, text: str, base: tuple[str, ...], depth: int, deeper: bool
    ) -> tuple[list[Voiced], tuple[str, ...], tuple[str, ...]]:
        """The clauses of one depth, the longest chain among them, and the chain of those who speak one deeper."""
        out: list[Voiced] = []
        chain, parents, longest = base, [base], base
        speakers: tuple[str, ...] = ()
        if (m := _ACCORDING.search(text)) is not None:
            chain = longest = _linked(base, m["who"])
            parents = [chain]
        ends_in_colon = text.rstrip(" \"”'").endswith(":")
        for clause in read_clauses(text):
            if out and _coordinated(text, clause):
                parents = parents[:1]
                chain = parents[0]
            who = self._meant(clause.who, chain, depth, None, clause)
            whom = self._meant(clause.whom, chain, depth, who, clause)
            if deeper and who is None and clause.kind in _SPOKEN and not clause.reports:
                behind = clause.whom or next((o for o in clause.objects[:1] if o.name), None)
                who, whom = self._meant(behind, chain, depth, None, clause), None  # '..., replied Brody'
            out.append(
                Voiced(
                    passage=n, clause=clause, chain=chain, kind=self._kind(depth, chain, base, clause),
                    who=who, whom=whom,
                )
            )  # fmt: skip
            self._name(clause, who, whom, told_of=len(chain) > len(base) or any(v.clause.reports for v in out[:-1]))
            aside = _is_aside(text, clause)
            speaker = self._speaks(clause, who, ends_in_colon or aside)
            if speaker is None:
                continue
            linked = _linked(chain, speaker)
            if aside and not deeper:
                out = [replace(v, chain=linked, kind=self._kind(depth, linked, base, v.clause))
                       if v.chain == chain and v.clause is not clause else v for v in out]  # fmt: skip
                parents, chain = [linked], linked
            longest = max(longest, linked, key=len)
            if clause.kind in _SPOKEN:
                self._last_speaker = speaker
                if whom is not None:
                    self._addressed[depth + 1] = whom
                if not clause.reports or not speakers:
                    speakers = linked
            if clause.reports and clause.kind in REPORTING - {"order", "knowledge"}:
                parents.append(linked)
                chain = linked
        return out, longest, speakers

    def _speaks(self, clause: Clause, who: str | None, announcing: bool) -> str | None:
        """Who speaks, where this is a clause of speaking: the person, or whose report it is."""
        if clause.who is not None and (m := _RECORD.match(clause.who.text)) is not None:
            return self._persons.meant_by(m["who"]) if clause.kind in REPORTING or announcing else None
        is_speech = clause.kind in REPORTING or (announcing and clause.verb in _GOES_ON)
        if not is_speech or clause.denied or clause.infinitive or clause.modal or who is None:
            return None
        if not clause.reports and clause.kind not in _SPOKEN and not announcing:
            return None  # what somebody thought or agreed to is not on their word
        named = clause.who is not None and clause.who.name
        return who if named or self._persons.is_person(who) or who == self._teller else None

    def _kind(self, depth: int, chain: tuple[str, ...], base: tuple[str, ...], clause: Clause) -> str:
        if depth:
            return "quotation"
        if len(chain) > len(base):
            return "paraphrase"
        judging = clause.kind == "belief" and clause.who is not None and clause.who.head in _FIRST
        return "comment" if self._comments or judging else "narrative"

    def _meant(
        self, noun: Noun | None, chain: tuple[str, ...], depth: int, subject: str | None, clause: Clause
    ) -> str | None:
        """Whom this noun means; None for what is no person and for pronouns that stay dark."""
        if noun is None:
            return None
        known = depth == 0 or depth in self._speakers
        speaking = (self._teller if depth == 0 else chain[-1]) if known else None
        if not noun.pronoun:
            return self._persons.meant_by(noun.text)
        if noun.head in _FIRST:
            return speaking
        if noun.head in _SECOND and depth:
            return self._addressed.get(depth) or self._another(speaking, subject)
        if noun.head not in _THIRD:
            return None
        avoid = self._last_speaker if clause.verb in _REPLIES and self._last_speaker != speaking else None
        turns = self._talking if noun is clause.who and clause.kind in _SPOKEN else []
        return self._another(speaking, subject, avoid, turns=turns)

    def _another(self, *not_these: str | None, turns: Sequence[str] = ()) -> str | None:
        """The person named last who is none of these; of those who take turns in the talk (`turns`), if any."""
        for name in (*reversed(turns), *reversed(self._recent)):
            if not any(other is not None and (name == other or same_person(name, other)) for other in not_these):
                return name
        return None

    def _name(self, clause: Clause, who: str | None, whom: str | None, *, told_of: bool) -> None:
        """Keep who was named; the subject of a clause comes last and is meant first. Who is only spoken of by others
        (`told_of`) is meant last."""
        named = [
            self._persons.meant_by(o.text) for o in clause.objects if o.name and not o.is_time and not clause.reports
        ]
        for name in (*named, whom, who):
            if name is not None and self._persons.is_person(name) and name != self._teller:
                others = [r for r in self._recent if r != name and same_person(r, name) is not True]
                self._recent = [name, *others] if told_of and len(others) == len(self._recent) else [*others, name]
        if clause.kind in _SPOKEN and not told_of:
            for name in (whom, who):
                if name is not None and name != self._teller and self._persons.is_person(name):
                    self._talking = [*(r for r in self._talking if r != name), name]


def _only(text: str, stretches: Sequence[Stretch]) -> str:
    """The text with spaces for all that does not stand in these stretches: offsets stay what they are."""
    out = [" "] * len(text)
    for s in stretches:
        out[s.start : s.end] = text[s.start : s.end]
    return "".join(out)


def _linked(chain: tuple[str, ...], speaker: str) -> tuple[str, ...]:
    """The chain with one more link, unless the last one is the same person."""
    return chain if same_person(chain[-1], speaker) or chain[-1] == speaker else (*chain, speaker)


def _is_aside(text: str, clause: Clause) -> bool:
    """Does this clause stand between commas ('..., Hale began, ...'), so that the whole sentence is its words?"""
    before, after = text[: clause.start].rstrip(), text[clause.verb_end :].lstrip()
    return (
        clause.who is not None and clause.who.start >= clause.start and before.endswith(",") and after.startswith(",")
    )


def _coordinated(text: str, clause: Clause) -> bool:
    """Does this clause stand beside the one before it ('and I told him'), not under it ('that he came')?"""
    before = text[: clause.start].rstrip().lower()
    return (
        clause.who is not None
        and clause.who.start >= clause.start
        and before.endswith((";", ".", ", and", ", but", ", so"))
    )
