"""`list claims` and `list tellings` on the sample."""

from collections.abc import Callable
from typing import Any

Records = Callable[..., list[dict[str, Any]]]
COMMON = {"id", "kind", "source", "source_name", "anchors", "step", "confidence", "judgement"}


def test_claims_have_their_fields_and_quote_their_place(records: Records) -> None:
    claims = records("list", "claims")
    assert len(claims) > 100
    own = {"account", "act", "verb", "who", "to_whom", "when", "where", "how_many", "polarity", "certainty",
           "attribution", "hearsay", "told_as", "explanation"}  # fmt: skip
    for claim in claims:
        assert COMMON | own <= set(claim)
        assert claim["hearsay"] == len(claim["attribution"]) - 1
    assert {c["told_as"] for c in claims} == {"narrative", "comment", "paraphrase", "quotation"}
    assert max(c["hearsay"] for c in claims) >= 2


def test_i_is_whoever_tells_and_inside_quotation_marks_whoever_speaks(records: Records) -> None:
    accounts = {a["id"]: a["teller"] for a in records("list", "accounts")}
    own = [c for c in records("list", "claims") if c["who_printed"] == "I" and c["told_as"] == "narrative"]
    assert own
    assert all(c["who"] == accounts[c["account"]] for c in own)


def test_every_account_of_an_event_is_a_telling(records: Records) -> None:
    (comparison,) = records("compare")
    tellings = records("list", "tellings")
    told = [t["account"] for record in tellings if record["event"] == comparison["event"]["id"] for t in record["told"]]
    assert sorted(told) == sorted(a["id"] for a in comparison["accounts"])
    for account in comparison["accounts"]:
        assert account["same_teller_as"] == []
        years = account["told_after_years"]
        assert years is None or years[1] >= (years[0] or 0)


def test_who_was_told_by_another_had_it_from_there(records: Records) -> None:
    read = [r for record in records("list", "tellings") for t in record["told"] for r in t["read_before"]]
    assert read
    assert all({"name", "account", "how", "stated", "year", "reliance"} == set(r) for r in read)
