"""Headings that announce an account: who tells, and what the telling calls itself."""

import re
from dataclasses import dataclass

from testimonia.text.structure.misread_headings import mended_heading
from testimonia.text.structure.shapes import NAME, UPPER, is_capitals, is_name, words_of
from testimonia.text.structure.words import GROUP_TELLINGS, OFFICE_TELLINGS, RANKS, SMALL_WORDS, TELLING_VERBS, TELLINGS

_NUMBERED = re.compile(r"(?:(?:no|nr|document|doc|item)\.?\s*)?(?:\d{1,3}|[IVXL]{1,6})[.):]\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’‘`]\s?s?\s+(?=\S)")
# 'Holm's "Admission":': whatever it is called, a colon or quotation marks say that it follows.
_TITLED = re.compile(rf"(?:[\"“”'‘’][{UPPER}][\w-]*[\"“”'‘’]:?|[\"“”][\w-]+[\"“”]?:|[\w-]+[\"“”]:|[{UPPER}][\w-]*:)\Z")
_NOTE_CALL = re.compile(r"(?<=[a-z)])(?:\d{1,2}|[*†‡]|\s\d)\Z")
_LEAD = (
    r"(?:(?:the|a|an|first|second|third|sworn|further|oral|written|secret|private|telephone|extracts?|excerpts?|from|selected"
    r"|personal|official|eyewitness|unpublished|short|part|of)\s+)*"
)
_TELLING_OF = re.compile(
    rf"{_LEAD}(?P<telling>[\w-]+)\s+(?:(?:given|made|taken|written|sent|told)\s+)?(?P<how>of|by|from|with)\s+(?P<who>\S.*)\Z",
    re.IGNORECASE,
)
_WHO_ENDS = re.compile(
    r",|;|:|\(|\s[–—-]\s|\s(?:to|on|at|in|taken|dated|before|given|made|about|concerning|regarding|describing|aged)\s"
)
_TO_READER = re.compile(rf"(?:{_LEAD}letter\s+)?(?:to|an)\s+(?P<to>\S.*)\Z", re.IGNORECASE)
_TO_WHOM = re.compile(r"\sto\s|,|;|:|\(")
# 'Memorandum of Conversation' has no teller in its heading.
_NO_TELLERS = frozenset(
    {"conversation", "conversations", "meeting", "discussion", "understanding", "events", "interview"}
)
_TO = re.compile(rf"\bto\s+(?P<to>(?:the\s+)?[{UPPER}][^,;:()]*)")
_NAME_COLON = re.compile(rf"(?P<who>{NAME})(?:,\s[^:]{{2,70}}|\s\([^:()]{{2,50}}\))?:\Z")
_NAME_ALONE = re.compile(rf"(?P<who>{NAME})(?:,\s[^:.]{{2,70}}|\s\([^:()]{{2,50}}\))?\Z")
_NAMES_AND_VERB = re.compile(
    rf"(?P<who>{NAME}(?:(?:,\s(?:and\s)?|\sand\s){NAME})*)\s+(?P<verb>[a-z]+)"
    rf"(?:(?:,\s+(?:in\s+)?|\s+in\s+|[.:]\s+)(?P<work>[\"“‘']?[{UPPER}].{{4,120}}?))?[.:,]?\Z"
)
_QUOTES = re.compile(r"[\"“”'’‘«»()\[\]]")

MOST_WORDS = 24
MOST_CHARACTERS = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountHeading:
    """What a heading says. `form` is how it says it: 'possessive', 'telling of', 'verb', 'name and colon', 'name',
    'group'. `telling` is the word for the telling in lower case ('cable'), `recipient` and `work` (the book that a
    commentary is taken from) as printed."""

    form: str
    who: str | None
    telling: str | None
    recipient: str | None
    work: str | None = None

    @property
    def is_strong(self) -> bool:
        """Does it announce an account by its own words, whatever stands around it?"""
        return self.form in ("possessive", "telling of", "verb")


def read_account_heading(text: str) -> AccountHeading | None:
    """Does this isolated line announce an account, and whose?

    >>> read_account_heading("Lars Holm's (shortened) Description")
    AccountHeading(form='possessive', who='Lars Holm', telling='description', recipient=None, work=None)
    >>> read_account_heading("Testimony of Mette Lind, taken on 4 May 1907").who
    'Mette Lind'
    >>> read_account_heading("Holm and Lind comment.").form, read_account_heading("Mette Lind:").form
    ('verb', 'name and colon')
    >>> read_account_heading("Accounts of Three Sailors:").form, read_account_heading("At the Quay") is None
    ('group', True)

    Where a line is none, or nothing but a name, it is read again with the words set right that seem misread.

    >>> read_account_heading("Lars Holm's Desription").telling
    'description'
    """
    flat = " ".join(text.split())
    read = _read(flat)
    if read is not None and read.form != "name":
        return read
    if len(flat) <= MOST_CHARACTERS and (mended := mended_heading(flat)) is not None:
        again = _read(mended)
        if again is not None and again.is_strong:
            return again
    return read


def _read(flat: str) -> AccountHeading | None:
    words = words_of(flat)
    if not words or len(words) > MOST_WORDS or not (flat[0].isupper() or flat[0].isdigit() or flat[0] in "\"“'‘"):
        return None
    bare = _NUMBERED.sub("", flat, count=1) if _NUMBERED.match(flat) else flat
    bare = _NOTE_CALL.sub("", bare)
    return (
        _possessive(bare)
        or _group(bare, words)
        or _telling_of(bare)
        or _verb(bare, words)
        or _name(_NAME_COLON, "name and colon", bare)
        or _name(_NAME_ALONE, "name", bare)
    )


def _possessive(flat: str) -> AccountHeading | None:
    if flat.endswith((".", ",", ";", "?", "!")):
        return None
    for match in reversed(list(_POSSESSIVE.finditer(flat))):
        who, rest = flat[: match.start()].strip(), flat[match.end() :]
        plain = [_plain_word(w) for w in _QUOTES.sub(" ", rest).split()[:6]]
        telling = next((w for w in plain if w in TELLINGS), None)
        if telling is None and _TITLED.match(rest) and not who.startswith("The "):
            telling = next(w for w in reversed(plain) if w)
        if telling is not None and (_is_teller(who) or (who.startswith("The ") and _is_teller(who[4:]))):
            return AccountHeading(form="possessive", who=who, telling=telling, recipient=_recipient(rest))
    return None


def _telling_of(flat: str) -> AccountHeading | None:
    match = _TELLING_OF.match(flat)
    if match is None or flat.endswith((",", ";", "?", "!")):
        return None
    telling = _plain_word(match["telling"])
    if telling not in TELLINGS:
        return None
    after, how = match["who"], match["how"].lower()
    cut = (_TO_WHOM if how == "from" else _WHO_ENDS).search(after)
    who = (after[: cut.start()] if cut else after).strip(" .:")
    if who.lower() in _NO_TELLERS:
        return AccountHeading(form="telling of", who=None, telling=telling, recipient=None)
    of_office = who[:4].lower() == "the " and telling in OFFICE_TELLINGS and _is_teller(who[4:])
    if not _is_teller(who) and not of_office:
        return None
    return AccountHeading(form="telling of", who=who, telling=telling, recipient=_recipient(after))


def _verb(flat: str, words: list[str]) -> AccountHeading | None:
    match = _NAMES_AND_VERB.match(flat)
    if (
        match is None
        or len(words) > (12 if match["work"] is None else MOST_WORDS)
        or match["verb"] not in TELLING_VERBS
    ):
        return None
    return AccountHeading(form="verb", who=match["who"], telling=match["verb"], recipient=None, work=match["work"])


def _group(flat: str, words: list[str]) -> AccountHeading | None:
    lowered = [_plain_word(w) for w in words]
    if len(words) > 10 or flat.endswith((".", ",", ";")):
        return None
    at = next((n for n, w in enumerate(lowered) if w in GROUP_TELLINGS), None)
    if at is None or not words[at][0].isupper():
        return None
    of_several = at + 1 < len(lowered) and lowered[at + 1] in ("of", "by", "from")
    return (
        AccountHeading(form="group", who=None, telling=None, recipient=None)
        if of_several or at == len(words) - 1
        else None
    )


def _name(form: re.Pattern[str], called: str, flat: str) -> AccountHeading | None:
    match = form.match(flat)
    if match is None:
        return None
    who = match["who"]
    if not is_name(who) or (called == "name" and len(words_of(flat)) > 12):
        return None
    return AccountHeading(form=called, who=who, telling=None, recipient=None)


def _is_teller(who: str) -> bool:
    """A name, a surname alone, an office, an embassy: capitals where names have them, no sentence."""
    words = [w.strip('.,()"“”') for w in who.split()]
    words = [w for w in words if w]
    if not words or len(words) > 9 or not words[0][0].isupper():
        return False
    large = [w for w in words if w.lower() not in SMALL_WORDS]
    if not large or not all(w[0].isupper() for w in large):
        return False
    return words[0].lower() not in SMALL_WORDS and not (len(words) == 1 and words[0].lower() in RANKS - {"ambassador"})


def recipient_of(title: str) -> str | None:
    """To whom a letter with this title went, if it says so.

    >>> recipient_of("Second Letter to the Harbour Board"), recipient_of("To Anna"), recipient_of("A Night on the Quay")
    ('the Harbour Board', 'Anna', None)
    """
    match = _TO_READER.match(title)
    return match["to"].strip(" .:") if match else None


def _recipient(rest: str) -> str | None:
    match = _TO.search(rest)
    return match["to"].strip(" .") if match else None


def _plain_word(word: str) -> str:
    return word.strip(".,:;").lower()


def is_loud(text: str) -> bool:
    """Is the heading set in capitals? (Headings of one kind are set alike.)

    >>> is_loud("METTE LIND")
    True
    """
    return is_capitals(text)
