"""The names in a source: who and what is mentioned where."""

import re
from collections.abc import Callable, Iterator, Sequence

from testimonia.analysis.names.deciding import decide
from testimonia.analysis.names.entities import Mention, group
from testimonia.analysis.names.recognising import Recognised, Recogniser
from testimonia.analysis.names.tidying import BREAK
from testimonia.analysis.subject import Subject
from testimonia.errors import InvalidRecordError
from testimonia.model.names import Name
from testimonia.model.steps import Step
from testimonia.text.anchoring import finding_id

NAMES = Step(name="names", version="8")
_CYRILLIC = re.compile(r"[а-яёА-ЯЁіїєґІЇЄҐ]")
_SPACE = re.compile(r"\s")
_STRETCH = re.compile(r"\S(?:.*\S)?", re.DOTALL)


def find_names(subject: Subject, load: Callable[[str], Recogniser]) -> Iterator[Name]:
    """Which people, organisations and places are mentioned in this source, and where?

    In the order of the text. `load` gives the model of a language ("en", "ru"); a paragraph is taken for Russian where
    half of its letters are Cyrillic. Words on pages that can't be read are not looked at. A mention is cited as
    printed; whom it names is the source's own evidence only (see `entities`).
    """
    text = _broken_at_titles(subject)
    # A section goes on with the people of its article; an account that is reprinted in it begins anew.
    documents = [(d.span.start, d.span.end) for d in subject.structure.documents if d.type != "section"]
    mentions = group(subject.source, text, decide(text, _recognised(subject, load)), documents)
    for mention in mentions:
        name = _finding(subject, mention)
        if name is not None:
            yield name


def _broken_at_titles(subject: Subject) -> str:
    """The reading text with a sign of its own behind titles, so that no name runs on into the dateline."""
    text = subject.text
    for document in subject.structure.documents:
        end = document.anchors[0].end if document.anchors else 0
        if document.title and 0 < end < len(text) and text[end] == " ":
            text = f"{text[:end]}{BREAK}{text[end + 1 :]}"
    return text


def _recognised(subject: Subject, load: Callable[[str], Recogniser]) -> Sequence[Recognised]:
    by_language: dict[str, list[tuple[int, str]]] = {"en": [], "ru": []}
    for paragraph in subject.recovered.paragraphs:
        if paragraph.uncertain is not None:
            continue
        whole = _STRETCH.search(subject.text, paragraph.start, paragraph.end)
        if whole is not None:
            language = "ru" if 2 * len(_CYRILLIC.findall(whole[0])) > len(whole[0]) * 0.8 else "en"
            # Models read a line's end as the end of more than a word; the places stay the same.
            by_language[language].append((whole.start(), _SPACE.sub(" ", whole[0])))
    found: list[Recognised] = []
    for language, stretches in by_language.items():
        if not stretches:
            continue
        for (at, _), here in zip(stretches, load(language).recognise(t for _, t in stretches), strict=True):
            found.extend(Recognised(start=at + r.start, end=at + r.end, type=r.type) for r in here)
    return sorted(found, key=lambda r: r.start)


def _finding(subject: Subject, mention: Mention) -> Name | None:
    sighting = mention.sighting
    if mention.type not in ("person", "organisation", "place", "role"):
        return None
    try:
        anchor = subject.anchorer.anchor(sighting.start, sighting.end)
    except InvalidRecordError:
        return None  # inserted by recovery: nothing of the source stands there
    return Name(
        id=finding_id("name", subject.source, mention.type, anchor.start, anchor.end),
        source=subject.source,
        anchors=(anchor,),
        step=NAMES,
        confidence=mention.confidence,
        reason=mention.reason,
        name=mention.name,
        entity=mention.entity,
        entity_name=mention.entity_name,
        type=mention.type,
        rivals=mention.rivals,
        title=mention.title,
    )
