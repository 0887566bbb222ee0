"""What do the accounts of the library claim, sentence by sentence?"""

from collections.abc import Callable, Iterator, Sequence

from testimonia.analysis.claims.find import TypedClaim, confidence_of, find_claims, reason_of
from testimonia.analysis.claims.persons import Persons
from testimonia.analysis.told import AccountText
from testimonia.model.claims import Claim, HowMany, When
from testimonia.model.findings import Account
from testimonia.model.spans import Anchor
from testimonia.model.steps import Step
from testimonia.services.comparing import Comparing
from testimonia.services.records import Record, finding_record
from testimonia.store.library import LibraryStore
from testimonia.text.anchoring import finding_id

STEP = Step(name="claims", version="1")
Anchoring = Callable[[str, int, int], Anchor]


class Claiming:
    """Reads accounts as typed claims. They are computed when they are asked for: to read them takes less than to store
    them."""

    def __init__(self, store: LibraryStore, comparing: Comparing) -> None:
        self._store = store
        self._comparing = comparing

    def claims(self, source: str | None = None) -> Iterator[Claim]:
        """The claims of all accounts, or of those in one source, account by account in the order of the telling.

        Accounts of one event are read together: a title alone means the person whom another account names with it.
        """
        read: set[str] = set()
        for group in self._groups():
            wanted = [a for a in group if a.id not in read and source in (None, a.source)]
            read.update(a.id for a in wanted)
            if wanted:
                yield from self._of(group, wanted)

    def records(self, source: str | None = None) -> Iterator[Record]:
        """The claims as printed for programs."""
        names = {s.source.sha256: s.source.name for s in self._store.sources()}
        decisions = self._store.current_decisions()
        for claim in self.claims(source):
            yield finding_record(claim, names.get(claim.source, ""), decisions.get(claim.id))

    def _groups(self) -> Iterator[list[Account]]:
        """The accounts of each event, the largest first; then those of no event, one by one."""
        accounts = {a.id: a for a in self._store.findings(Account)}
        grouped: set[str] = set()
        for event in self._comparing.events():
            group = [accounts[name] for name in event.accounts if name in accounts]
            grouped.update(a.id for a in group)
            yield group
        yield from ([a] for a in accounts.values() if a.id not in grouped)

    def _of(self, group: Sequence[Account], wanted: Sequence[Account]) -> Iterator[Claim]:
        texts = self._comparing.texts_of(group)
        anchor = self._comparing.anchoring(group)
        told = [texts[a.id] for a in group]
        persons = Persons([[p.text for p in t.passages] for t in told], [t.account.teller for t in told])
        for account in wanted:
            for claim in find_claims(texts[account.id], persons).claims:
                yield claim_of(texts[account.id], claim, anchor)


def claim_of(account: AccountText, claim: TypedClaim, anchor: Anchoring) -> Claim:
    """The claim as a finding that cites its clause."""
    source = account.account.source
    text = account.passages[claim.passage].text
    return Claim(
        id=finding_id("claim", source, account.account.id, claim.start, claim.verb_start, claim.end),
        source=source,
        anchors=(anchor(source, claim.start, claim.end),),
        step=STEP,
        confidence=confidence_of(claim),
        reason=reason_of(claim),
        account=account.account.id,
        act=claim.kind,
        verb=claim.verb,
        who=claim.who,
        who_printed=claim.who_printed,
        to_whom=claim.whom,
        what=claim.what,
        when=tuple(
            When(printed=text[m.start : m.end], of=m.of, edtf=m.edtf, earliest=m.spans[0][0], latest=m.spans[-1][1])
            for m in claim.moments
        ),
        where=tuple(p.text for p in claim.places),
        how_many=tuple(
            HowMany(
                printed=text[q.start : q.end], of=q.of, least=q.low, most=None if q.high == float("inf") else q.high
            )
            for q in claim.quantities
            if q.of not in ("time of day", "deadline")
        ),
        denied=claim.denied,
        certainty=claim.certainty,
        attribution=claim.chain,
        told_as=claim.told,
    )
