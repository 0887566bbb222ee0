"""Why an account is silent."""

from collections.abc import Callable

from testimonia.analysis.silences import explain_silence
from testimonia.analysis.told import AccountText

Telling = Callable[..., AccountText]


def test_silent_is_said_where_nothing_else_is_known(tell: Telling) -> None:
    assert explain_silence(tell("Cask", "He left."), None, None, ["It rained."]).reason == "silent"


def test_with_a_page_lost_nobody_can_say_that_it_is_silent(tell: Telling) -> None:
    silence = explain_silence(tell("Cask", "He left.", "ueddn", lost={1: "upside down"}), None, None, [])
    assert (silence.reason, silence.evidence) == ("page lost", "page 1 of the file: upside down")


def test_a_redaction_explains_only_what_stands_where_it_stands(tell: Telling) -> None:
    account = tell(
        "Cask",
        "He left. It rained [two lines whited out] and then cleared. She stayed.",
        withheld=("[two lines whited out]",),
    )
    at = account.losses[0].start
    assert explain_silence(account, at - 5, at + 30, []).reason == "redacted"
    assert explain_silence(account, at + 30, None, []).reason == "silent"
    assert explain_silence(account, None, None, []).reason == "silent"


def test_what_happened_after_the_telling_it_could_not_know(tell: Telling) -> None:
    account = tell("Cask", "He left.", told="1931-11-14")
    silence = explain_silence(account, None, None, ["The ferry sank on 16 November 1931."])
    assert silence.reason == "could not know"
    assert "1931-11-16" in silence.evidence
    assert explain_silence(account, None, None, ["The ferry came on 13 November 1931."]).reason == "silent"


def test_a_telling_without_a_day_proves_nothing(tell: Telling) -> None:
    account = tell("Cask", "He left.", told="../1948")
    assert explain_silence(account, None, None, ["The ferry sank on 16 November 1952."]).reason == "silent"
