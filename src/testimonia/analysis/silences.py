"""Why does an account say nothing on a point?"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.analysis.claims.find import TypedClaim
from testimonia.analysis.told import AccountText, Loss, Passage
from testimonia.chronology.extent import extent_of
from testimonia.chronology.printed import find_dates
from testimonia.model.comparison import Silence

# How a teller came and went, in the teller's own words.
_CAME, _WENT = frozenset(("arrival", "return", "visit")), frozenset(("departure",))
_NOT_PRESENT = {
    "was told": "the teller was told of the event",
    "infers": "the teller infers what happened",
    "comments": "the teller comments on what others tell",
}
_SHOWN_WORDS = 9
# So many points of its own on either side are looked at.
_FEW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Where an account stands around a point: the passages by which it tells what comes before and after it in the
    story, None where it says nothing there any more.

    `earliest` and `latest` are the outermost of the few passages by which it tells the story around: the order of the
    story is put together from accounts that each have their own, so that what is missing may be a little off.
    """

    before: Passage | None
    after: Passage | None
    earliest: int | None = None
    latest: int | None = None


def neighbours(said: Sequence[Sequence[int] | None], account: AccountText) -> list[Around]:
    """For each point, in the order of the story, what the account tells around it.

    `said` are the numbers of its passages on each point, None where it says nothing.
    """
    spoken = [n for n, numbers in enumerate(said) if numbers]
    out = []
    for n in range(len(said)):
        past, coming = spoken[: bisect_left(spoken, n)][-_FEW:], spoken[bisect_right(spoken, n) :][:_FEW]
        near = [account.passages[x] for m in (*past, *coming) for x in said[m] or ()]
        out.append(
            Around(
                before=account.passages[(said[past[-1]] or ())[-1]] if past else None,
                after=account.passages[(said[coming[0]] or ())[0]] if coming else None,
                earliest=min((p.start for p in near), default=None),
                latest=max((p.end for p in near), default=None),
            )
        )
    return out


def comings_and_goings(claims: Sequence[TypedClaim]) -> tuple[TypedClaim, ...]:
    """Those claims that can say that a teller was not there: all that `explain_silence` asks of an account's."""
    return tuple(c for c in claims if c.key in _CAME or c.key in _WENT)


def explain_silence(
    account: AccountText, around: Around, others: Sequence[str], claims: Sequence[TypedClaim] = ()
) -> Silence:
    """Which reason can be given, and on what evidence?

    `others` is what other accounts say on the point, `claims` are those of the silent account. In this order: what was
    whited out between its neighbours in the story is `redacted`; what may have stood on a page that is lost, or still
    to be read, is `page lost` or `not read`; what happened after the telling it `could not know`; where the teller came
    later, or had left, or never was, and does not tell what was before and after either, it is `not there`. Else it is
    silent, and the evidence says whether it tells what was before and after.
    """
    name = account.account.id
    for reason in ("redacted", "page lost", "not read"):
        lost = [x for x in account.losses if x.reason == reason and _can_hold(x, around)]
        if lost:
            withheld = "a stretch is withheld here, " if reason == "redacted" else ""
            return Silence(account=name, reason=reason, evidence=withheld + lost[0].evidence)
    if (told := account.account.told) is not None and (later := _later_date(told, others)) is not None:
        return Silence(account=name, reason="could not know", evidence=f"told {told}, before {later}")
    if (absent := _absent(account, around, claims)) is not None:
        return Silence(account=name, reason="not there", evidence=absent)
    return Silence(account=name, reason="silent", evidence=_covers(around))


def _can_hold(loss: Loss, around: Around) -> bool:
    """Can what is missing have stood there: between the neighbours in the story, or beyond the last one on a side?

    An account that tells nothing else of the story may have told all of it on the page that is lost.
    """
    if around.before is None and around.after is None:
        return loss.reason != "redacted"
    before, after = around.before, around.after
    starts = [around.earliest, before.end if before else None, after.start if after else None]
    ends = [around.latest, before.end if before else None, after.start if after else None]
    low = min((x for x in starts if x is not None), default=0)
    high = max((x for x in ends if x is not None), default=0)
    return (before is None or low <= loss.start) and (after is None or loss.start <= high)


def _absent(account: AccountText, around: Around, claims: Sequence[TypedClaim]) -> str | None:
    """Why the teller can't have been there, in words; None where nothing says so or the story is told all the same."""
    teller = account.account.teller
    own = [c for c in claims if c.who == teller and c.certainty == "sure" and not c.denied and c.told == "narrative"]
    came = next((c for c in own if c.key in _CAME and c.depth == 0), None)
    if came is not None and around.before is None and around.after is not None and came.start >= around.after.start:
        return f"the teller came only later: “{_words(account, came.passage)}”"
    went = [c for c in own if c.key in _WENT and c.depth == 0]
    if went and around.after is None and around.before is not None and went[-1].start <= around.before.end:
        return f"the teller had left: “{_words(account, went[-1].passage)}”"
    basis = _NOT_PRESENT.get(account.account.basis or "")
    if basis is not None and (around.before is None or around.after is None):
        return f"{basis}, and {_covers(around)}"
    return None


def _covers(around: Around) -> str:
    """What the account tells around this point, in words."""
    if around.before is not None and around.after is not None:
        return f"it tells what was before (“{_short(around.before)}”) and after (“{_short(around.after)}”), not this"
    if around.after is not None:
        return f"its story begins later, with “{_short(around.after)}”"
    if around.before is not None:
        return f"its story ends before this, with “{_short(around.before)}”"
    return "no passage of this account was found to speak of it"


def _words(account: AccountText, passage: int) -> str:
    return _short(account.passages[passage])


def _short(passage: Passage) -> str:
    words = passage.text.split()
    return " ".join(words[:_SHOWN_WORDS]) + (" …" if len(words) > _SHOWN_WORDS else "")


def _later_date(told: str, others: Sequence[str]) -> str | None:
    """A date that what the others say names, wholly after the telling; None where the telling has no end."""
    extent = extent_of(told.rsplit("/", 1)[-1])
    if extent is None or told.startswith("../"):
        return None
    dates = {d.edtf for text in others for d in find_dates(text, near_year=extent.latest.year)}
    later = [(e.earliest.isoformat(), d) for d in dates if (e := extent_of(d)) is not None
             and e.earliest.date() > extent.latest.date()]  # fmt: skip
    return min(later)[1].split("/", 1)[0] if later else None
