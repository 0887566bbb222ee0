"""Print and typescripts come out of a turned page as other glyphs: a page tells which of them it is."""

from collections import Counter

from testimonia.text.turned.channel import learned_channel, typed_channel


def test_a_page_that_shows_the_glyphs_of_typescripts_is_taken_for_one() -> None:
    printed, typed = learned_channel(), typed_channel()
    seen = Counter({pair: round(1000 * rate) for pair, rate in typed.rates.items() if pair[0] in "etaonhw"})
    assert printed.share_of(typed, seen) > 0.9
    seen = Counter({pair: round(1000 * rate) for pair, rate in printed.rates.items() if pair[0] in "etaonhw"})
    assert printed.share_of(typed, seen) < 0.1


def test_a_page_that_shows_nothing_may_be_either() -> None:
    assert learned_channel().share_of(typed_channel(), {}) == 0.5


def test_mixed_channels_lose_no_pair() -> None:
    printed, typed = learned_channel(), typed_channel()
    assert printed.mixed(typed, 0.5).rates.keys() == printed.rates.keys() | typed.rates.keys()
