"""Which events may be one, and which accounts may be of another event."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from testimonia.analysis.regrouping import propose_changes
from testimonia.analysis.told import AccountText
from testimonia.model.comparison import Event, EventChange

Telling = Callable[..., AccountText]
EventOf = Callable[[Sequence[AccountText]], Event]
FERRY = "The ferry lay in the fog off the mole, and the pilot waited in the customs shed for the harbour master."
BEES = "The bees swarmed in the orchard of the rectory, and the sexton hived them in a straw skep before vespers."


def proposed(*events: tuple[Event, Sequence[AccountText]]) -> tuple[EventChange, ...]:
    told = [a for _, accounts in events for a in accounts]
    return propose_changes(
        [e for e, _ in events], {a.account.id: a.account for a in told}, {a.account.id: a for a in told}
    )


def test_events_that_are_told_in_like_words_may_be_one(tell: Telling, event_of: EventOf) -> None:
    one, two = (tell("Cask", FERRY), tell("Brody", FERRY)), (tell("Ellery", FERRY), tell("Dunn", FERRY))
    other = (tell("Fay", BEES), tell("Gill", BEES))
    events = [(replace(event_of(x), id=f"event-{n}"), x) for n, x in enumerate((one, two, other))]
    (change,) = proposed(*events)
    assert (change.what, change.events) == ("merge", ("event-0", "event-1"))
    assert 0 < change.confidence <= 0.9
    assert "likeness" in change.reason


def test_events_of_different_days_are_not_one(tell: Telling, event_of: EventOf) -> None:
    one, two = (tell("Cask", FERRY), tell("Brody", FERRY)), (tell("Ellery", FERRY), tell("Dunn", FERRY))
    first = replace(event_of(one), id="event-0", when="1931-11-14")
    second = replace(event_of(two), id="event-1", when="1931-12-24")
    assert proposed((first, one), (second, two)) == ()
    assert proposed((first, one), (replace(second, when="1931-11-14"), two))


def test_an_account_in_quite_other_words_may_be_of_another_event(tell: Telling, event_of: EventOf) -> None:
    accounts = [tell(t, FERRY) for t in ("Cask", "Brody", "Ellery")]
    stranger = tell("Fay", BEES)
    (change,) = proposed((event_of([*accounts, stranger]), [*accounts, stranger]))
    assert (change.what, change.accounts) == ("split", (stranger.account.id,))
    assert proposed((event_of(accounts), accounts)) == ()


def test_what_was_told_before_it_happened_is_of_another_event(tell: Telling, event_of: EventOf) -> None:
    accounts = [tell("Cask", FERRY, told="1931-11-10"), tell("Brody", FERRY, told="1948")]
    (change,) = proposed((replace(event_of(accounts), when="1931-11-14"), accounts))
    assert change.reason == "it was told 1931-11-10, before 1931-11-14"
    assert change.accounts == (accounts[0].account.id,)
