"""The offices that stand before and behind names, and which of them tell two people of one surname apart."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from testimonia.analysis.names.printed_names import listed, title_before

_REACH = 90
_HEAD = (
    r"(?:Secretary|Minister|Director|Chief|Chairman|Ambassador|Commissioner|Representative|Administrator|Master|Keeper|"
    r"President|Governor|Commander)"
)
_BELOW = r"(?:(?:Acting|Assistant|Deputy|First|Foreign|Harbour|Harbor|Permanent|Prime|Under|Vice)\s)*"
_LONG = re.compile(rf"\b({_BELOW}{_HEAD}\s(?:of|for|at)\s(?:the\s)?(?:[A-Z]\w+\s(?:(?:and|of|for|the)\s)*){{1,6}})$")
_AFTER = re.compile(
    rf",\s(?:(?:the|then|who was|former|formerly)\s)*((?:Attorney\sGeneral|Secretary\sGeneral|Chief\sof\sStaff|"
    rf"{_BELOW}{_HEAD}(?:\sof\s(?:the\s)?[A-Z]\w+)?))\b"
)
_THE = re.compile(
    rf"\b[Tt]he\s((?:Attorney\sGeneral|Secretary\sGeneral|Chief\sof\sStaff|{_BELOW}(?:{_HEAD}|Premier|Chancellor|"
    rf"Senator|Admiral|Marshal)))\b(?!\s(?:of|for|at|[A-Z])|-)"
)
# The name is an editor's addition: "the president [Brandt]".
_ADDED = re.compile(r"\bthe\s([A-Za-z]+(?:\s[A-Za-z]+)?)\s?\[$", re.IGNORECASE)
_LOWER = frozenset({"acting", "assistant", "deputy", "under", "vice"})


@cache
def _families() -> Mapping[str, str]:
    rows = (row.split(" ") for row in listed("offices.txt"))
    return MappingProxyType({head.replace("-", " "): family for family, head in rows})


def office_before(text: str, start: int) -> str | None:
    """The title or office that stands before a name, in its own words; None where none does.

    >>> text = "the Secretary of the Harbour Moe and Mr. Lind and Prime Minister Brandt"
    >>> [office_before(text, text.index(name)) for name in ("Moe", "Lind", "Brandt")]
    ['Secretary of the Harbour', 'Mr', 'Prime Minister']
    """
    if (title := title_before(text, start)) is not None:
        return title
    if (added := _ADDED.search(text, max(0, start - _REACH), start)) and added[1].lower() in listed("titles.txt"):
        return added[1]
    found = _LONG.search(" ".join(text[max(0, start - _REACH) : start].split()) + " ")
    return found[1].strip() if found else None


def office_after(text: str, end: int) -> str | None:
    """The office that stands behind a name as an aside: ", the Attorney General".

    >>> office_after("Moe, then Secretary of State, left", 3)
    'Secretary of State'
    """
    found = _AFTER.match(text, end, end + _REACH)
    return " ".join(found[1].split()) if found else None


def offices_alone(text: str) -> list[tuple[int, int, str]]:
    """Where an office stands for whoever holds it: half-open offsets and the office.

    >>> offices_alone("The Secretary told the President of the Board that the Vice President had left.")
    [(4, 13, 'Secretary'), (55, 69, 'Vice President')]
    """
    return [(m.start(1), m.end(1), " ".join(m[1].split())) for m in _THE.finditer(text)]


def is_same_office(alone: str, printed: str) -> bool:
    """May "the Secretary" be who is called "Secretary of State Moe"?

    >>> [is_same_office("Secretary", o) for o in ("Secretary of State", "Under Secretary", "secretary", "Mr")]
    [True, False, True, False]
    >>> is_same_office("Minister", "Foreign Minister"), is_same_office("Minister", "Deputy Minister")
    (True, False)
    """
    one, other = alone.lower().split(), printed.lower().split()
    if other[: len(one)] == one:
        return True
    return other[-len(one) :] == one and not _LOWER & set(other)


def family_of(office: str | None) -> str | None:
    """The kind of office, so that two people of one surname can be told apart by it; None for "Mr." and its like.

    >>> [family_of(o) for o in ("Attorney General", "Secretary of State", "General", "Mr", "Vice President", None)]
    ['attorney', 'minister', 'officer', None, 'vice president', None]
    """
    if office is None:
        return None
    words = re.split(r"\s(?:of|for|at|to)\s", office.lower().replace("-", " "))[0].split()
    for size in (2, 1):
        family = _families().get(" ".join(words[-size:])) if len(words) >= size else None
        if family is not None:
            return f"vice {family}" if "vice" in words else family
    return None
