"""What a stretch of text looks like: running text, a heading, a name, a rule between parts."""

import re

from testimonia.text.structure.words import NAME_PARTICLES, RANKS, SMALL_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_LETTERS = re.compile(r"[^\W\d_]")
_LONG_WORD = re.compile(r"[^\W\d_]{3}")
# A closing mark, then what OCR leaves of a note call.
_SENTENCE_END = re.compile(r"""[.!?…:;]['"’”»)\]]*\s?\d{0,3}$|['"’”»]\s?\d{1,3}$|[.!?]['"’”)\]*†‡]+$""")
_GLUED_CALL = re.compile(r"(?<=[^\W\d_)\]\"”])(?:\d{1,2}|[*†‡]{1,3})\Z")
_LEADERS = re.compile(r"\.{4,}\s*\d*$|(?:\.\s){4,}")
UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĻŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽА-ЯЁΑ-Ω"
_NAME_PART = rf"(?:(?:[{UPPER}]\.)+|[{UPPER}][^\W\d_]*(?:['’-][^\W\d_]+)*)"
_PARTICLE = "(?:" + "|".join(sorted(NAME_PARTICLES)) + ")"
# A person's name; 'Jan van der Berg', 'N.S. Lind, Jr.', also with titles before it.
NAME = rf"{_NAME_PART}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{_NAME_PART}){{0,5}}(?:,?\s(?:Jr|Sr|II|III)\b\.?)?"

# So many characters of a paragraph show what it is.
SAMPLE = 600

_ONLY_NAME = re.compile(rf"{NAME}\Z")


def words_of(text: str) -> list[str]:
    """The words of a text, figures not counted.

    >>> words_of("At 7 o'clock, Dr. Lind")
    ['At', "o'clock", 'Dr.', 'Lind']
    """
    return _WORD.findall(text)


def is_running_text(text: str, line_count: int = 1) -> bool:
    """Is this a paragraph of sentences, not a heading, a label or a line of a list?

    >>> is_running_text("The ferry left at nine, and nobody on the quay saw it turn back before the fog closed.")
    True
    >>> is_running_text("The Night of the Ferry")
    False
    """
    words = words_of(text[:SAMPLE])
    if len(words) < 7:
        return False
    lower = sum(1 for w in words if w[0].islower())
    return lower >= 0.4 * len(words) and (line_count >= 3 or len(words) >= 14 or bool(_SENTENCE_END.search(text)))


def ends_sentence(text: str) -> bool:
    """Does the text end where a sentence may end, a note call behind it not counted?

    >>> ends_sentence('He called it "a mistake."12'), ends_sentence("as Captain")
    (True, False)
    """
    return bool(_SENTENCE_END.search(text.rstrip()))


def title_case_share(text: str) -> float:
    """How many of its words that titles write large are written large, from 0 to 1? 0 where there are none.

    >>> title_case_share("The Loss of the Ferry")
    1.0
    """
    words = [w for w in words_of(text) if w.lower().rstrip(".") not in SMALL_WORDS]
    if not words:
        return 0.0
    return sum(1 for w in words if w[0].isupper()) / len(words)


def without_call(title: str) -> str:
    """The title without a note call glued to its end.

    >>> without_call("The Loss of the Ferry1"), without_call("The Ferry*"), without_call("The Ferry of 1907")
    ('The Loss of the Ferry', 'The Ferry', 'The Ferry of 1907')
    """
    return _GLUED_CALL.sub("", title)


def is_capitals(text: str) -> bool:
    """Are (nearly) all letters of it capitals?

    >>> is_capitals("TOP SECRET No. 1"), is_capitals("Top Secret")
    (True, False)
    """
    letters = _LETTERS.findall(text)
    return len(letters) >= 3 and sum(1 for c in letters if c.isupper()) >= 0.8 * len(letters)


def looks_like_title(text: str, max_words: int = 16) -> bool:
    """Could these words be a title or heading: few, written as titles are, no sentence, no leader of dots?

    >>> looks_like_title("What the Harbour Master Saw"), looks_like_title("He saw the light go out.")
    (True, False)
    """
    stripped = text.strip()
    words = words_of(stripped)
    if not words or len(words) > max_words or _LEADERS.search(stripped) or not _LONG_WORD.search(stripped):
        return False
    if stripped[-1] in ",;" or (stripped[-1] == "." and not re.search(r"\b[A-Z][a-z]{0,3}\.$", stripped)):
        return False
    opener = stripped.lstrip("\"'“‘«([")
    if not opener or opener[0].islower() or opener[0] in "*•·-–—|":
        return False
    return is_capitals(stripped) or title_case_share(stripped) >= 0.75


def is_separator(text: str) -> bool:
    """Is this a rule between parts ('* * *', '———', '###'), also as OCR leaves it ('* j|c % ?jc')?

    >>> is_separator("* * *"), is_separator("* j|c % ?"), is_separator("12"), is_separator("* see below")
    (True, True, False, False)
    """
    stripped = text.strip()
    if not stripped or len(stripped) > 60 or _LONG_WORD.search(stripped) or not re.search(r"[*#•·~_=§✱⁂—–-]", stripped):
        return False
    marks = sum(1 for c in stripped if not c.isalnum() and not c.isspace())
    letters = sum(1 for c in stripped if c.isalnum())
    return marks > 0 and letters <= marks and (marks >= 2 or stripped in {"*", "⁂", "—", "§"})


def is_name(text: str) -> bool:
    """Is this the name of one person, two words or more, nothing else?

    >>> is_name("Captain Lars Holm"), is_name("The Harbour"), is_name("Lars")
    (True, False, False)
    """
    stripped = " ".join(text.split())
    if not _ONLY_NAME.match(stripped):
        return False
    words = [w.strip(".,").lower() for w in stripped.split()]
    if len(words) < 2 or len(words) > 6:
        return False
    return not any(w in SMALL_WORDS and w not in NAME_PARTICLES for w in words) and not all(w in RANKS for w in words)
