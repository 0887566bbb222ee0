"""Agreement, difference, contradiction."""

from collections.abc import Callable

import pytest

from testimonia.analysis.claims.find import find_claims
from testimonia.analysis.relations import DENIAL, Related, relate
from testimonia.analysis.told import AccountText

Telling = Callable[..., AccountText]


@pytest.fixture
def related(tell: Telling) -> Callable[..., Related]:
    """Relate statements given as texts; tellers are A, B, C."""

    def relating(*texts: str) -> Related:
        accounts = [tell(f"T{n}", t) for n, t in enumerate(texts)]
        claims = [find_claims(a).claims for a in accounts]
        tellers = [chr(ord("A") + n) for n in range(len(texts))]
        return relate([a.passages for a in accounts], tellers, frozenset(), 0.1, claims)

    return relating


def test_a_passage_alone_is_single(related: Callable[..., Related]) -> None:
    assert related("He left.").relation == "single"


def test_like_statements_agree_and_the_reason_names_what_they_share(related: Callable[..., Related]) -> None:
    found = related("The lamp on the pier was burning.", "On the pier the lamp burned.")
    assert found.relation == "agree"
    assert found.versions == (0, 0)
    assert "lamp" in found.reason


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("There was no deal over the salt.", "The salt was part of a bargain.", ("no deal", "bargain")),
        ("No lamp was burning on the pier.", "The lamp on the pier was burning.", ("No lamp", "burning")),
        ("The pier was dark when I passed.", "On the pier a lamp was burning.", ("dark", "burning")),
        (
            "It was not an ultimatum about the ferry.",
            "It was an ultimatum about the ferry.",
            ("ultimatum", "ultimatum"),
        ),
        ("There were four men in the boat.", "I counted a dozen men in the boat.", ("four men", "a dozen men")),
        ("Six of us knew the secret.", "The nine of us knew the secret.", ("Six of us", "nine of us")),
        ("The talk began at half past nine.", "The talk began after midnight.", ("half past nine", "after midnight")),
    ],
)
def test_values_that_cannot_both_be_true_contradict(
    related: Callable[..., Related], one: str, other: str, words: tuple[str, str]
) -> None:
    found = related(one, other)
    assert found.relation == "contradict"
    assert found.versions[0] != found.versions[1]
    assert all(w in found.reason for w in words)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("There were four men in the boat.", "There were four men in the boat and a boy."),
        ("He had twelve men at least.", "The boat held at least twelve men."),
        ("It happened five days later.", "She was away for thirteen days."),
        ("He would pay a good deal for the salt.", "There was no deal over the bees."),
        ("He did not answer the letter.", "The letter lay in the shed."),
    ],
)
def test_what_can_both_be_true_does_not_contradict(related: Callable[..., Related], one: str, other: str) -> None:
    assert related(one, other).relation != "contradict"


def test_an_account_that_says_both_is_held_to_neither(related: Callable[..., Related]) -> None:
    found = related("It was no bargain. It was a bargain.", "It was a bargain over salt.")
    assert not any(c.kind == DENIAL for c in found.clashes)


def test_own_words_outweigh_quoted_ones(related: Callable[..., Related]) -> None:
    found = related(
        'What he called "a request, not an ultimatum" about the ferry was an ultimatum.',
        "It was not an ultimatum about the ferry.",
    )
    assert found.relation != "agree"
    assert (found.clashes[0].one, found.clashes[0].other) == (1, 0)


def test_those_outside_the_clash_have_a_version_of_their_own(related: Callable[..., Related]) -> None:
    found = related(
        "There was no deal over the salt.", "The salt was part of a deal.", "The salt lay on the pier.",
        "There was no deal over the salt at all.",
    )  # fmt: skip
    a, b, c, d = found.versions
    assert a == d
    assert len({a, b, c}) == 3


def test_more_in_common_makes_a_clash_surer(related: Callable[..., Related]) -> None:
    loose = related("There was no deal.", "It was a deal.")
    close = related("There was no deal over the salt on the ferry.", "Over the salt on the ferry there was a deal.")
    assert close.confidence > loose.confidence


def test_words_of_a_clash_are_to_the_character(tell: Telling) -> None:
    one, other = tell("A", "Well, there was no deal."), tell("B", "There was a deal, I say.")
    found = relate([one.passages, other.passages], ["A", "B"], frozenset(), 0.0)
    words = found.clashes[0].words
    assert words[0].text == "no deal"
    assert one.passages[0].text[words[0].start : words[0].end] == "no deal"
    assert other.passages[0].text[words[1].start : words[1].end] == words[1].text
