"""References of reference lists, read by a sequence model."""

import re
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import Any

from testimonia.analysis.references.cited_names import all_cited
from testimonia.analysis.references.features import features
from testimonia.analysis.references.printed import Fields
from testimonia.model.citations import CitedName

_TYPES = (
    ("journal", "article-journal"),
    ("container-title", "chapter"),
    ("genre", "report"),
    ("publisher", "book"),
    ("url", "webpage"),
)
_MARKS = " \t\n.,;:()[]\"“”„«»‘’'`"
_AND = re.compile(r"\s*(?:;|\band\b|&|\bet\b|\bund\b)\s*")


@cache
def _weights() -> bytes:
    return files("testimonia.analysis.references").joinpath("references.crfsuite").read_bytes()


@cache
def _model() -> Any:
    import pycrfsuite  # loaded only where a reference list is read

    model = pycrfsuite.Tagger()
    model.open_inmemory(_weights())  # it reads them where they are: they must stay
    return model


def label(words: list[str]) -> tuple[list[str], float]:
    """The field of each word of a reference, and how likely the model takes the whole to be.

    Labels are those of the training data ("author", "title", "container-title", "journal", "date", ...).
    """
    if not words:
        return [], 0.0
    model = _model()
    labels = model.tag(features(words))
    return labels, model.probability(labels) ** (1 / len(words))


def read_listed_reference(text: str) -> Fields:
    """The fields of one entry of a reference list.

    >>> fields = read_listed_reference("Brink, A. (1931). The night of the lugger. Harbour Review, 3, 4-9.")
    >>> fields.author[0].family, fields.year()
    ('Brink', 1931)
    """
    words = text.split()
    labels, likely = label(words)
    parts: dict[str, list[str]] = defaultdict(list)
    for word, name in zip(words, labels, strict=True):
        parts[name].append(word)
    values = {name: " ".join(found).strip(_MARKS) for name, found in parts.items()}
    fields = Fields(score=likely)
    fields.type = next((kind for name, kind in _TYPES if values.get(name)), "book")
    fields.author = _people(values.get("author", ""))
    fields.editor = _people(
        re.sub(r"^in\b[:\s]*|\(?\b[eE]ds?\b\.?\)?|\bhrsg\b\.?", "", values.get("editor", ""), flags=re.IGNORECASE)
    )
    fields.translator = _people(re.sub(r"\b[tT]rans(?:l(?:ated by)?)?\b\.?", "", values.get("translator", "")))
    for label_name, name in (
        ("title", "title"),
        ("journal", "container_title"),
        ("container-title", "container_title"),
        ("collection-title", "collection_title"),
        ("edition", "edition"),
        ("publisher", "publisher"),
        ("location", "publisher_place"),
        ("date", "issued"),
        ("genre", "genre"),
        ("url", "url"),
    ):
        if values.get(label_name) and not fields.values.get(name):
            fields.values[name] = values[label_name]
    if pages := re.search(r"\d[\d\s,–—-]*", values.get("pages", "")):
        fields.values["page"] = pages[0].strip(" ,")
    if volume := re.search(
        r"([IVXLC]+\b|\d+)(?:\s*[(,:./]\s*(?:no\.?|nr\.?|issue)?\s*(\d+))?", values.get("volume", "")
    ):
        fields.values["volume"] = volume[1]
        if volume[2]:
            fields.values["issue"] = volume[2]
    return fields


def _people(text: str) -> tuple[CitedName, ...]:
    """Names as lists print them: family name first with initials behind, or given names first."""
    text = re.sub(r",?\s*\bet al\b\.?", "", text).strip(_MARKS.replace(".", ""))
    if not text:
        return ()
    names: list[str] = []
    for piece in _AND.split(text):
        parts = [p.strip() for p in piece.split(",") if p.strip()]
        while parts:
            head = parts.pop(0)
            if (
                parts
                and re.fullmatch(r"(?:[^\W\d_]\.?[\s-]*){1,4}|[^\W\d_]\w+(?:\s[^\W\d_]\.)*", parts[0])
                and " " not in head.replace("van ", "")
            ):
                head = f"{head}, {parts.pop(0)}"
            elif inverted := re.fullmatch(r"([^\W\d_][\w'’-]+)\s+((?:[A-Z]\.?-?){1,4})", head):
                head = f"{inverted[1]}, {inverted[2]}"
            names.append(head)
    return all_cited(names)
