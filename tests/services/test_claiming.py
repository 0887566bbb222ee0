"""Claims of the accounts of a library. The texts are invented."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from testimonia.services.claiming import Claiming
from testimonia.services.workbench import Workbench

KEEPER = """The Keeper's Story

I sent for Captain Ott at half past nine. He told me that four men had signed
the lease in the vestry. I did not sign it. The lamp was burning on the pier
and the lugger lay off the point.
"""
PILOT = """The Pilot's Story

The captain came unasked. "I signed nothing," he said. The lamp was dark on the
pier, and the lugger lay off the point with four men in her.
"""


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "library", now=lambda: "1931-03-14T02:10:00Z") as made:
        made.intake.add_contents([("keeper.txt", KEEPER.encode()), ("pilot.txt", PILOT.encode())])
        made.comparing.regroup()
        yield made


def test_claims_cite_their_clause_and_say_on_whose_word(workbench: Workbench) -> None:
    claims = list(Claiming(workbench.store, workbench.comparing).claims())
    signed = next(c for c in claims if c.verb == "sign" and c.hearsay)
    assert (signed.denied, signed.told_as, signed.attribution[-1]) == (False, "paraphrase", "Captain Ott")
    assert [(q.of, q.least) for q in signed.how_many] == [("men", 4)]
    assert "signed" in signed.anchors[0].quote
    assert len({c.id for c in claims}) == len(claims)


def test_accounts_of_one_event_are_read_together(workbench: Workbench) -> None:
    claims = list(Claiming(workbench.store, workbench.comparing).claims())
    assert next(c for c in claims if c.verb == "come").who == "Captain Ott"


def test_one_source_has_its_own_claims_only(workbench: Workbench) -> None:
    pilot = workbench.catalogue.find_source("pilot.txt").source.sha256
    records = list(Claiming(workbench.store, workbench.comparing).records(pilot))
    assert records
    assert {r["source_name"] for r in records} == {"pilot.txt"}
    assert {r["polarity"] for r in records} == {"affirmed", "denied"}
    assert all(r["kind"] == "claim" and 0 < r["confidence"] <= 1 and r["explanation"] for r in records)
