"""One table of English words for all who ask."""

import subprocess
import sys

import pytest
import wordfreq

from testimonia.text import english_words
from testimonia.text.english_words import english_frequencies


def test_the_table_is_that_of_wordfreq() -> None:
    assert english_frequencies() == wordfreq.get_frequency_dict("en")


def test_a_package_laid_out_otherwise_is_asked_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(english_words, "find_spec", lambda _: None)
    english_frequencies.cache_clear()
    try:
        assert english_frequencies()["the"] > 0.01
    finally:
        english_frequencies.cache_clear()


def test_recovery_does_not_wait_for_the_tokenizers_of_wordfreq() -> None:
    code = "import sys; from testimonia.text import recovery, english_words; english_words.english_frequencies()"
    asked = [sys.executable, "-c", f"{code}; print('wordfreq' in sys.modules, 'langcodes' in sys.modules)"]
    assert subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split() == ["False", "False"]
