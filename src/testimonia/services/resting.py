"""What rests on each gap: whoever calls, cites, relies on or lacks what is known to be missing."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from testimonia.errors import NotFoundError
from testimonia.model.comparison import Comparison, Event
from testimonia.model.findings import Account, Document, Gap, Note
from testimonia.model.provenance import Reliance
from testimonia.model.resting import RestedGap, Resting
from testimonia.model.spans import Anchor
from testimonia.services.changing import as_changed
from testimonia.store.library import F, LibraryStore

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
# fmt: off
_COMMON = frozenset({
    "about", "from", "that", "their", "them", "there", "these", "they", "this", "those", "were", "which", "with",
    "record", "records", "document", "documents", "text", "notes", "materials", "found",
    "destroyed", "released", "withheld", "printed", "made", "never", "perhaps",
})
# fmt: on
_SHARED_WORDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What was found in one source and not refused."""

    gaps: tuple[Gap, ...]
    accounts: tuple[Account, ...]
    documents: tuple[Document, ...]
    notes: tuple[Note, ...]
    reliances: tuple[Reliance, ...]


class RestingOnGaps:
    """Looks for what rests on the gaps of a source. It runs no analysis: see `Analysing.due`."""

    def __init__(
        self,
        store: LibraryStore,
        events: Callable[[], Sequence[Event]],
        compare: Callable[[str], Comparison] | None = None,
    ) -> None:
        self._store = store
        self._all_events = events
        self._compare = compare

    def of(self, sha256: str) -> tuple[RestedGap, ...]:
        """The gaps of a source with what rests on each, in its order; those that an editor refused are left out.

        Where it was made with `compare`, the silences that a gap explains are among them: the accounts are compared for
        that, which was done before, or takes some seconds. Raises NotFoundError.
        """
        self._store.source(sha256)
        parts = self._parts(sha256)
        silences = list(self._silences(parts, self._compare)) if self._compare and _may_silence(parts.gaps) else []
        found = []
        for gap in parts.gaps:
            resting = [*_at_evidence(gap, parts), *_reliances(gap, parts), *_stood_there(gap, parts)]
            resting += [s for account, lost, s in silences if _explains(gap, account, lost)]
            found.append(RestedGap(gap=gap, resting=tuple(dict.fromkeys(resting))))
        return tuple(found)

    def _parts(self, sha256: str) -> _Parts:
        decisions = self._store.current_decisions()
        refused = {f for f, j in decisions.items() if j.decision == "rejected"}

        def standing(kind: type[F]) -> tuple[F, ...]:
            found = self._store.findings(kind, sha256)
            return tuple(as_changed(f, decisions.get(f.id)) for f in found if f.id not in refused)

        return _Parts(
            gaps=standing(Gap), accounts=standing(Account), documents=standing(Document), notes=standing(Note),
            reliances=standing(Reliance),
        )  # fmt: skip

    def _silences(self, parts: _Parts, compare: Callable[[str], Comparison]) -> Iterable[tuple[Account, str, Resting]]:
        """The silences of these accounts that a loss explains: the account, what is said of the loss, the silence."""
        here = {a.id: a for a in parts.accounts}
        for event in self._events(here):
            try:
                comparison = compare(event.id)
            except NotFoundError:
                continue  # read again since the accounts were grouped
            for point in comparison.points:
                for silence in point.silences:
                    account = here.get(silence.account)
                    if account is None or silence.reason not in ("page lost", "redacted"):
                        continue
                    why = f"says nothing on {point.label!r}: {silence.reason} ({silence.evidence})"
                    resting = Resting(
                        how="silent", who=_called(account), why=why, finding=account.id, point=point.id
                    )  # fmt: skip
                    yield account, f"{silence.reason}: {silence.evidence}", resting

    def _events(self, accounts: Mapping[str, Account]) -> list[Event]:
        return [e for e in self._all_events() if len(e.accounts) > 1 and accounts.keys() & set(e.accounts)]


def _may_silence(gaps: Sequence[Gap]) -> bool:
    return any(gap.what in ("page", "redaction") for gap in gaps)


def _explains(gap: Gap, account: Account, lost: str) -> bool:
    """Is this the loss of which a silence of this account is told?"""
    if gap.what == "page":
        return bool(gap.label) and f"{gap.label}" in lost
    if gap.what == "redaction":
        return lost.startswith("redacted") and any(_lies_in(a, account) for a in gap.anchors)
    return False


def _lies_in(anchor: Anchor, whole: Account | Document) -> bool:
    return anchor.source == whole.source and whole.span.start <= anchor.start < whole.span.end


def _called(whole: Account | Document) -> str:
    teller = whole.teller if isinstance(whole, Account) else (whole.author or "")
    return ": ".join(part for part in dict.fromkeys((teller, whole.title)) if part)


def _holder(anchor: Anchor, parts: _Parts) -> Account | Document | None:
    """The account, or else the smallest document, in which this stands."""
    around: list[Account | Document] = [a for a in parts.accounts if _lies_in(anchor, a)]
    around = around or [d for d in parts.documents if _lies_in(anchor, d)]
    return min(around, key=lambda w: w.span.end - w.span.start, default=None)


def _at_evidence(gap: Gap, parts: _Parts) -> Iterable[Resting]:
    """Who calls a missing note; who tells of a missing record, or calls the note that tells of it."""
    for anchor in gap.anchors if gap.what in ("note", "record", "enclosure", "redaction") else ():
        notes = [n for n in parts.notes if any(_meet(a, anchor) for a in n.anchors)]
        if not notes:
            how = "calls" if gap.what == "note" else "tells"
            here = "a stretch of it is withheld here" if gap.what == "redaction" else "tells of it here"
            why = f"calls note {gap.label} here" if how == "calls" else here
            yield from _held(anchor, how, why, parts)
        for note in notes:
            for call in note.called_at:
                why = f"note {note.label}, which is called here, tells of it"
                yield from _held(call, "cites", why, parts)


def _held(anchor: Anchor, how: str, why: str, parts: _Parts) -> Iterable[Resting]:
    holder = _holder(anchor, parts)
    if holder is not None:
        yield Resting(how=how, who=_called(holder), why=why, finding=holder.id, anchors=(anchor,))


def _reliances(gap: Gap, parts: _Parts) -> Iterable[Resting]:
    """What is said to rest on a missing record: in the same words as the evidence, or by its name."""
    if gap.what != "record":
        return
    named = _telling_words(gap.label or "")
    around = [a for n in parts.notes if any(_meet(a, b) for a in n.anchors for b in gap.anchors) for a in n.anchors]
    around = around or list(gap.anchors)
    for reliance in parts.reliances:
        told_of = " ".join((reliance.on_name, *(a.quote for a in reliance.via)))
        beside = any(_meet(a, b) for a in (*reliance.anchors, *reliance.via) for b in around)
        if (beside and reliance.how != "quotes") or len(named & _telling_words(told_of)) >= _SHARED_WORDS:
            who = reliance.rests_name or next((_called(a) for a in parts.accounts if a.id == reliance.rests), "")
            told = "says so itself" if reliance.stated else "is likely to"
            why = f"{told}: {reliance.how} {reliance.on_name!r}"
            yield Resting(
                how="relies", who=who or "What is told here", why=why, finding=reliance.id, anchors=reliance.anchors
            )  # fmt: skip


def _stood_there(gap: Gap, parts: _Parts) -> Iterable[Resting]:
    """The missing notes that must have stood on a missing page."""
    if gap.what != "page" or not gap.label:
        return
    for other in parts.gaps:
        if other.what == "note" and re.search(rf"\b{re.escape(gap.label)}\b", other.evidence):
            why = f"note {other.label} is called, and stood on this page or one missing beside it"
            yield Resting(
                how="stood there", who=f"Note {other.label}", why=why, finding=other.id, anchors=other.anchors
            )  # fmt: skip


def _meet(one: Anchor, other: Anchor) -> bool:
    same = (one.source, one.layer) == (other.source, other.layer)
    return same and one.start < other.end and other.start < one.end


def _telling_words(text: str) -> set[str]:
    return {w.lower() for w in _LONG_WORD.findall(text)} - _COMMON
