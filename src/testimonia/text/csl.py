"""References as CSL-JSON, from which every style and every other format of citations is made.

Source of the rules: Citation Style Language 1.0.2, appendices III (types) and IV (variables); CSL-JSON schema 1.0.
"""

import re
from typing import Any

from testimonia.model.citations import CitedName, Reference

_TEXTS = (
    ("title", "title"),
    ("container-title", "container_title"),
    ("collection-title", "collection_title"),
    ("edition", "edition"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("page", "page"),
    ("publisher", "publisher"),
    ("publisher-place", "publisher_place"),
    ("genre", "genre"),
    ("archive", "archive"),
    ("archive_collection", "archive_collection"),
    ("archive_location", "archive_location"),
    ("URL", "url"),
)
_NAMES = ("author", "editor", "translator", "recipient")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SEASONS = {"spring": 1, "summer": 2, "fall": 3, "autumn": 3, "winter": 4}
_WORD = re.compile(r"[A-Za-z]+")


def csl_item(reference: Reference) -> dict[str, Any]:
    """The reference as one CSL-JSON item; variables that are not printed are left out, nothing is filled in.

    >>> from testimonia.model.steps import Step
    >>> reference = Reference(
    ...     id="reference-1", source="0" * 64, anchors=(), step=Step(name="references", version="1"), confidence=0.9,
    ...     reason="reads as one", printed="Anna Brink, Fog (Oslo: Lie, March 1931).", type="book",
    ...     author=(CitedName(family="Brink", given="Anna"),), title="Fog", publisher="Lie", publisher_place="Oslo",
    ...     issued="March 1931", year=1931,
    ... )
    >>> csl_item(reference)["issued"], csl_item(reference)["author"]
    ({'date-parts': [[1931, 3]]}, [{'family': 'Brink', 'given': 'Anna'}])
    """
    item: dict[str, Any] = {"id": reference.id, "type": reference.type}
    for variable in _NAMES:
        names: tuple[CitedName, ...] = getattr(reference, variable)
        if names:
            item[variable] = [_name(name) for name in names]
    for variable, field in _TEXTS:
        if value := getattr(reference, field):
            item[variable] = value
    if issued := _issued(reference.issued, reference.year):
        item["issued"] = issued
    return item


def _name(name: CitedName) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    return {"family": name.family, "given": name.given} if name.given else {"family": name.family}


def _issued(printed: str, year: int | None) -> dict[str, Any]:
    """The date as CSL has it: year, month and day where they are printed, a season, or else the words."""
    if year is None:
        return {"literal": printed} if printed else {}
    words = [w.lower() for w in _WORD.findall(printed)]
    for word in words:
        if word in _SEASONS:
            return {"date-parts": [[year]], "season": _SEASONS[word]}
    months = [n for n, name in enumerate(_MONTHS, 1) if name in words]
    if len(months) == 1:
        day = re.search(r"\b([0-3]?\d)(?=,|\s+[A-Za-z])", printed)
        days = [int(day[1])] if day and 1 <= int(day[1]) <= 31 else []
        return {"date-parts": [[year, months[0], *days]]}
    return {"date-parts": [[year]]}
