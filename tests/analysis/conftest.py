"""Accounts of an invented night: a ferry that did not sail. No fixture is taken from a real source."""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from testimonia.analysis.told import AccountText, read_account
from testimonia.model.comparison import Event
from testimonia.model.findings import Account
from testimonia.model.spans import Anchor, Span
from testimonia.model.steps import Step
from testimonia.text.recovered import Paragraph

STEP = Step(name="test", version="1")
Telling = Callable[..., AccountText]


class WordEncoder:
    """A fake: every word has a direction of its own, made from its hash; a text is the sum of its words."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), 64), dtype=np.float32)
        for n, text in enumerate(texts):
            for word in text.lower().split():
                digest = hashlib.sha256(word.strip(".,;:!?\"'").encode()).digest()
                rows[n] += np.frombuffer(digest * 2, dtype=np.int8)[:64].astype(np.float32)
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return np.asarray(rows / lengths, dtype=np.float32)


def paragraph(start: int, end: int, line: int, line_starts: tuple[int, ...], uncertain: str | None) -> Paragraph:
    return Paragraph(
        start=start,
        end=end,
        first_line=line,
        last_line=line,
        line_starts=line_starts,
        blank_lines_before=1,
        page_index=0,
        indent=0,
        width=80,
        uncertain=uncertain,
    )


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture
def tell() -> Telling:
    """Make an account of paragraphs: `tell("Ott", "First.", "Second.", lost={1: "upside down"}, withheld=("x",))`."""

    def telling(
        teller: str,
        *paragraphs: str,
        lost: dict[int, str] | None = None,
        withheld: Sequence[str] = (),
        told: str | None = None,
        document: str = "document-1",
        source: str = "",
    ) -> AccountText:
        text = "\n\n".join(paragraphs)
        blocks, at = [], 0
        for n, words in enumerate(paragraphs):
            blocks.append(paragraph(at, at + len(words), n + 1, (at,), (lost or {}).get(n)))
            at += len(words) + 2
        span = Span(layer="reading", start=0, end=len(text))
        account = Account(
            id=f"account-{teller.lower()}-{hashlib.sha256(text.encode()).hexdigest()[:6]}",
            source=source or hashlib.sha256(teller.encode()).hexdigest(),
            anchors=(),
            step=STEP,
            confidence=1.0,
            reason="made for a test",
            title=f"{teller}'s account",
            teller=teller,
            told=told,
            published=None,
            basis=None,
            document=document,
            first_line=1,
            last_line=len(paragraphs),
            heading=None,
            source_note=None,
            span=span,
            body=(span,),
        )
        spans = [Span(layer="reading", start=text.index(w), end=text.index(w) + len(w)) for w in withheld]
        return read_account(account, text, blocks, (), spans)

    return telling


def anchor(source: str, start: int, end: int) -> Anchor:
    """An anchor whose quotation is not looked at."""
    return Anchor(
        source=source,
        layer="reading",
        layer_sha256="0" * 64,
        start=start,
        end=end,
        first_line=1,
        last_line=1,
        page_index=0,
        page_label=None,
        quote="x" * (end - start),
    )


@pytest.fixture
def cite() -> Callable[[str, int, int], Anchor]:
    return anchor


@pytest.fixture
def event_of() -> Callable[[Sequence[AccountText]], Event]:
    def event(accounts: Sequence[AccountText]) -> Event:
        return Event(
            id="event-1",
            source=accounts[0].account.source,
            anchors=(),
            step=STEP,
            confidence=1.0,
            reason="made for a test",
            title="The Night of the Ferry",
            when=None,
            place=None,
            accounts=tuple(a.account.id for a in accounts),
        )

    return event


CASK = (
    "I sent for the pilot at half past nine. We sat in the customs shed, he and I alone. I told him that the ferry "
    "must not sail before the fog had lifted.",
    "There were four men in the wheelhouse. The lamp on the pier was burning, as it burned every night.",
    "He asked what the company would pay. I said that there could be no bargain of any kind over the cargo of salt.",
    "My sister kept bees in those years, and the honey was sold in Lower Marram.",
)
BRODY = (
    "The pilot came to the customs shed of his own accord. It was after midnight when they sat down, and the ferry lay "
    "in the fog.",
    "I counted a dozen men in the wheelhouse. No lamp was burning on the pier when I passed it.",
    "A bargain was struck over the cargo of salt, and the pilot got his money.",
    "Next morning I bought a red bicycle from the schoolmaster.",
)
ELLERY = (
    "The fog lay on the ferry. They sat in the customs shed until late, the pilot and the harbour master.",
    "On the pier the lamp was dark, and four men stood in the wheelhouse.",
    "Whether a bargain was struck over the cargo of salt I can't tell.",
)


@pytest.fixture
def ferry(tell: Telling) -> tuple[AccountText, ...]:
    """Three accounts that clash on who asked, when, how many, the lamp and the bargain."""
    return tell("Cask", *CASK), tell("Brody", *BRODY), tell("Ellery", *ELLERY)
