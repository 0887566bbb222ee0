"""Which accounts tell of one event."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from testimonia.analysis.events import group_accounts
from testimonia.analysis.told import AccountText
from testimonia.model.comparison import Event
from testimonia.model.findings import Document
from testimonia.model.spans import Span
from testimonia.model.steps import Step

Telling = Callable[..., AccountText]


def grouped(accounts: Sequence[AccountText], documents: Sequence[Document] = ()) -> tuple[Event, ...]:
    return group_accounts(
        [a.account for a in accounts], {d.id: d for d in documents}, {a.account.id: a for a in accounts}
    )


def collection(name: str, title: str, end: int, parent: str | None = None) -> Document:
    return Document(
        id=name,
        source="f" * 64,
        anchors=(),
        step=Step(name="test", version="1"),
        confidence=1.0,
        reason="made for a test",
        title=title,
        type="article",
        author=None,
        recipient=None,
        place=None,
        date=None,
        parent=parent,
        first_line=1,
        last_line=9,
        span=Span(layer="reading", start=0, end=end),
    )


def test_accounts_in_one_collection_are_of_one_event_and_it_is_called_by_its_title(
    ferry: tuple[AccountText, ...],
) -> None:
    (event,) = grouped(ferry, [collection("document-1", "Three Accounts of the Ferry", 100_000)])
    assert event.title == "Three Accounts of the Ferry"
    assert set(event.accounts) == {a.account.id for a in ferry}
    assert "stand together" in event.reason


def test_accounts_of_different_sources_meet_by_rare_words(tell: Telling) -> None:
    one = tell("Cask", "The ferry Lark lay at Marram in the fog; the pilot Hale would not sail.", document="d1")
    other = tell("Brody", "At Marram the ferry Lark lay in fog, and Hale the pilot would not sail her.", document="d2")
    third = tell("Ott", "In the parliament of Verrin a budget for schools was passed by twelve votes.", document="d3")
    (event,) = grouped([one, other, third])
    assert set(event.accounts) == {one.account.id, other.account.id}
    assert "Hale" in event.title or "Marram" in event.title or "Lark" in event.title


def test_accounts_of_different_things_make_no_event(tell: Telling) -> None:
    one = tell("Cask", "The ferry lay in the fog.", document="d1")
    other = tell("Ott", "A budget for schools was passed.", document="d2")
    assert grouped([one, other]) == ()
    assert grouped([]) == ()


def test_the_order_of_accounts_changes_nothing(ferry: tuple[AccountText, ...]) -> None:
    home = [collection("document-1", "Three Accounts", 100_000)]
    assert grouped(ferry, home) == grouped(ferry[::-1], home)


def test_a_section_belongs_to_the_article_around_it(ferry: tuple[AccountText, ...]) -> None:
    article = collection("article", "The Whole", 200_000)
    section = collection("section", "A Part", 100_000, parent="article")
    inside = replace(ferry[0].account, document="section")
    accounts = [replace(ferry[0], account=inside), *ferry[1:]]
    documents = [article, section, collection("document-1", "Another Part", 100_000, parent="article")]
    (event,) = grouped(accounts, documents)
    assert event.title == "The Whole"


def test_an_event_is_dated_by_the_title_of_its_collection(ferry: tuple[AccountText, ...]) -> None:
    (dated,) = grouped(ferry, [collection("document-1", "The Ferry, Friday, 13 November 1931", 100_000)])
    (undated,) = grouped(ferry, [collection("document-1", "The Ferry", 100_000)])
    assert (dated.when, undated.when) == ("1931-11-13", None)
