"""What clashes, kind by kind, and which words are marked."""

from collections.abc import Callable

import pytest

from testimonia.analysis.claims.find import find_claims
from testimonia.analysis.relations import Related, relate
from testimonia.analysis.relations.acts import INITIATIVE, MORE, NAMED, PERSON
from testimonia.analysis.relations.relate import EACH_ITS_OWN_WAY
from testimonia.analysis.relations.values import NOT_THE_SAME, NUMBERS, PLACES, TIMES
from testimonia.analysis.told import AccountText

Telling = Callable[..., AccountText]


@pytest.fixture
def related(tell: Telling) -> Callable[..., Related]:
    def relating(*texts: str) -> Related:
        accounts = [tell(f"Teller{n}", t) for n, t in enumerate(texts)]
        claims = [find_claims(a).claims for a in accounts]
        return relate([a.passages for a in accounts], ["A", "B", "C"][: len(texts)], frozenset(), 0.1, claims)

    return relating


@pytest.mark.parametrize(
    ("one", "other", "kind", "words"),
    [
        ("Ott signed the lease.", "The lease was signed by Hale.", PERSON, ("Ott", "Hale")),
        ("Ott proposed the exchange.", "The exchange was proposed by Hale.", INITIATIVE, ("Ott", "Hale")),
        ("We met on the ferry.", "We met in the vestry.", PLACES, ("the ferry", "the vestry")),
        ("Ott died on Monday in the fire.", "Ott died in the fire on Friday.", TIMES, ("Monday", "Friday")),
        ("It was an ultimatum on salt.", "It was a request on salt.", NAMED, ("an ultimatum", "a request")),
    ],
)
def test_a_contradiction_names_its_kind_and_its_words(
    related: Callable[..., Related], one: str, other: str, kind: str, words: tuple[str, str]
) -> None:
    found = related(one, other)
    assert found.relation == "contradict"
    assert found.clashes[0].kind == kind
    assert tuple(w.text for w in found.clashes[0].words) == words
    assert found.weight >= 2


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("At least forty men signed the lease.", "Sixty men signed the lease.", NUMBERS + NOT_THE_SAME),
        ("Ott came to the mill after dark.", "Ott came to the mill about nine.", TIMES + NOT_THE_SAME),
        ("Captain Ott signed the lease.", "Captain Ott and his son signed the lease.", MORE),
    ],
)
def test_values_that_can_both_be_true_differ(related: Callable[..., Related], one: str, other: str, kind: str) -> None:
    found = related(one, other)
    assert (found.relation, found.clashes[0].kind) == ("differ", kind)
    assert 0 < found.weight < 2


def test_they_agree_where_they_share_a_claim(related: Callable[..., Related]) -> None:
    found = related("Captain Ott ordered the sluice to be opened.", "The captain ordered the sluice opened.")
    assert found.relation == "agree"
    assert "sluice" in found.reason
    assert found.weight == 0


def test_without_a_shared_claim_each_speaks_in_its_own_way(related: Callable[..., Related]) -> None:
    found = related("The sluice was old.", "Ott painted the sluice.")
    assert (found.relation, found.reason) == ("differ", EACH_ITS_OWN_WAY)
    assert found.versions == (0, 1)


def test_who_shares_a_claim_tells_one_version(related: Callable[..., Related]) -> None:
    found = related("Ott signed the lease.", "The lease lay on the table.", "The lease was signed by Ott.")
    assert found.relation == "differ"
    assert found.versions == (0, 1, 0)
    assert "B in another way" in found.reason


def test_a_value_that_both_give_besides_another_is_no_clash(related: Callable[..., Related]) -> None:
    found = related("Five boats lay at the pier and seven boats at the mole.", "Seven boats lay at the mole.")
    assert found.relation == "agree"


def test_a_question_asserts_nothing(related: Callable[..., Related]) -> None:
    assert related("Did Ott not sign the lease?", "Ott signed the lease.").relation != "contradict"


def test_whom_a_pronoun_means_is_a_guess_and_weighs_less(related: Callable[..., Related]) -> None:
    sure = related("Captain Ott signed the lease.", "The lease was signed by R. Hale.")
    guessed = related("Captain Ott came. He signed the lease.", "The lease was signed by R. Hale.")
    assert guessed.weight < sure.weight


def test_i_of_one_text_quoted_twice_is_one_man(related: Callable[..., Related]) -> None:
    text = "I signed the lease in the presence of the clerk and the notary."
    assert related(text, text).relation == "agree"
