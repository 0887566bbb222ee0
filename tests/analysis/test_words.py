"""Words and their weights."""

from testimonia.analysis.words import content_words, is_light, letter_groups, name_words, stem


def test_forms_of_a_word_have_one_stem() -> None:
    assert {stem(w) for w in ("remove", "removed", "removing", "removes")} == {"remov"}
    assert stem("'s") == ""


def test_light_words_carry_nothing() -> None:
    assert content_words("It was he who had been there.") == []
    assert is_light("The") and not is_light("pier")


def test_kindred_spellings_share_letters() -> None:
    shared = set(letter_groups("Marram")) & set(letter_groups("Marramish"))
    assert len(shared) > len(set(letter_groups("Marram")) & set(letter_groups("ferry")))


def test_names_stand_inside_sentences() -> None:
    assert name_words("Then Captain Ott saw Lower Marram. He left.") == ["Captain", "Ott", "Lower", "Marram"]
