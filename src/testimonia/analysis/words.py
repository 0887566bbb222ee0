"""The words of a passage that carry what it says."""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,:]\d+)*")
# Words that carry no content of their own; their share of any English text is what makes them so.
_LIGHT_WORDS = (
    "a an the and or but nor of to in on at by for from with as into onto upon over under about after before "
    "between than then that this these those there here it its he him his she her hers they them their theirs we "
    "us our ours you your yours i me my mine who whom whose which what when where while how if so such not no yes "
    "is am are was were be been being have has had having do does did doing done will would shall should can could "
    "may might must ought only just also too very even any some all each every both more most other another same "
    "own up down out off again ever never now still yet because since though although until unless however "
    "therefore one"
)
_LIGHT = frozenset(_LIGHT_WORDS.split())
_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ingly",
    "edly",
    "ness",
    "ing",
    "ies",
    "ied",
    "ed",
    "es",
    "ly",
    "s",
    "e",
)


_APOSTROPHE = re.compile(r"['’]s?$|['’]")


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """What is left of a word, in small letters, without its ending?

    >>> [stem(w) for w in ("demands", "demanded", "demanding", "ships", "Harbour's", "1862")]
    ['demand', 'demand', 'demand', 'ship', 'harbour', '1862']
    """
    word = _APOSTROPHE.sub("", word.lower())
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def is_light(word: str) -> bool:
    """Does this word carry no content of its own?"""
    return word.lower() in _LIGHT


def content_words(text: str) -> list[str]:
    """The stems of the words that carry content, in order.

    >>> content_words("The captain of the ship was told at 7:15 that they would not sail.")
    ['captain', 'ship', 'told', '7:15', 'sail']
    """
    return [stem(w) for w in _WORD.findall(text) if w.lower() not in _LIGHT]


def full_words(text: str) -> list[str]:
    """The words that carry content, in small letters, in order.

    >>> full_words("The captain was TOLD that they would not sail.")
    ['captain', 'told', 'sail']
    """
    return [w for w in _WORD.findall(text.lower()) if w not in _LIGHT]


def letter_groups(text: str) -> list[str]:
    """The groups of three to five letters in its content words: alike for 'Norway' and 'Norwegian', and after an error.

    >>> letter_groups("the mole")
    ['^mo', 'mol', 'ole', 'le$', '^mol', 'mole', 'ole$', '^mole', 'mole$']
    """
    marked = [f"^{w}$" for w in full_words(text)]
    return [w[i : i + size] for w in marked for size in (3, 4, 5) for i in range(max(1, len(w) - size + 1))]


# Capitals that begin a sentence or a title of office are no names by themselves.
_CAPITALISED = re.compile(r"(?<![.?!…\"“”‘(\[]\s)(?<![\"“”‘(\[])(?<!^)\b[^\W\d_a-z][^\W\d_]+\b")


def name_words(text: str) -> list[str]:
    """The capitalised words inside the sentences of a text: mostly names.

    >>> name_words("Then Captain Ott went to Harwick. He said that Hale knew.")
    ['Captain', 'Ott', 'Harwick', 'Hale']
    """
    return [w for w in _CAPITALISED.findall(text) if w.lower() not in _LIGHT]
