"""What points are called."""

from collections.abc import Callable

from testimonia.analysis.labels import Labels, shorten
from testimonia.analysis.told import AccountText

Telling = Callable[..., AccountText]


def labels(*accounts: AccountText) -> Labels:
    return Labels([p.text for a in accounts for p in a.passages], frozenset())


def test_a_label_stands_to_the_letter_in_an_account(ferry: tuple[AccountText, ...]) -> None:
    said = [a.passages[-2:] for a in ferry]
    label = labels(*ferry).name(said)
    assert any(label.rstrip(" …") in " ".join(p.text for p in passages) for passages in said)
    assert len(label.split()) <= 13


def test_the_clause_that_accounts_share_is_taken(tell: Telling) -> None:
    one = tell("A", "After supper, which was late, the lamp on the pier was burning, and I yawned.")
    other = tell("B", "The lamp on the pier was burning.")
    assert labels(one, other).name([one.passages, other.passages]) == "the lamp on the pier was burning"


def test_a_clause_at_issue_is_preferred_and_an_assertion_to_a_denial(tell: Telling) -> None:
    one, other = tell("A", "There was no deal over the salt."), tell("B", "There was a deal over the salt, in the fog.")
    assert labels(one, other).name([one.passages, other.passages], ["a deal"]) == "There was a deal over the salt"


def test_no_two_points_have_one_label(tell: Telling) -> None:
    one = tell("A", "The lamp was burning all night; the fog lay on the pier.")
    given = labels(one)
    assert given.name([one.passages]) != given.name([one.passages])


def test_a_long_clause_is_cut_at_a_word() -> None:
    assert shorten("one two three four five six seven eight nine ten eleven of thirteen") == (
        "one two three four five six seven eight nine ten eleven …"
    )


def test_marks_and_joining_words_at_the_ends_are_left_out() -> None:
    assert shorten(' "and the lamp was dark," ') == "the lamp was dark"


def test_the_central_clause_has_the_labels_words(tell: Telling) -> None:
    one = tell("A", "It rained and rained; the lamp on the pier was dark.")
    assert labels(one).central(one.passages, "the lamp was burning") == "the lamp on the pier was dark"


def test_a_label_says_what_was_done(tell: Telling) -> None:
    one = tell("A", "Half past nine it was; the ferry sailed for the pier at half past nine.")
    other = tell("B", "At half past nine, the ferry sailed.")
    assert "sailed" in labels(one, other).name([one.passages, other.passages], ["half past nine"])


def test_who_spoke_is_no_label(tell: Telling) -> None:
    one = tell("A", '"The ferry never sailed," Captain Ott said. Captain Ott said so.')
    other = tell("B", "Captain Ott said that the ferry never sailed.")
    assert "ferry" in labels(one, other).name([one.passages, other.passages])
