"""What goes with a quotation: the note, bracket and page that cite it, and who is said to speak."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.analysis.quotations.found import Citation, Quotation

_VERBS = (
    "said|says|say|saying|told|tells|reported|reports|stated|states|testified|recalled|recalls|wrote|writes|written|"
    "writing|claimed|claims|replied|replies|added|adds|stressed|insisted|insists|warned|warns|noted|notes|answered|"
    "asked|asks|began|continued|explained|explains|revealed|reveals|indicated|indicates|mentioned|repeated|declared|"
    "declares|remarked|observed|argued|argues|admitted|admits|confessed|conceded|exclaimed|cabled|telegraphed|dictated|"
    "announced|announces|commented|comments|concluded|concludes|described|describes|called|calls|complained|demanded|"
    "emphasized|emphasised|maintained|put|quoted|quotes|suggested|thought|urged|assured|informed|proposed|protested|"
    "remembered|pointed\\s+out|went\\s+on|спросил|сказал|сказала|писал|писала|пишет|заявил|ответил|отметил|"
    "сообщил|говорил|sagte|sagt|schrieb|schreibt|erklärte|antwortete|meinte|fragte|berichtete|notierte|dit|disait|"
    "écrit|écrivait|écrivit|déclara|déclare|répondit|affirme|affirma|demanda|nota"
)
_NAME = (
    r"(?:(?:[A-ZÀ-ÞА-ЯЁ]\.\s?)+|(?:[A-ZÀ-ÞА-ЯЁ][\w’'-]+|von|de|van|der|la|le)\s+(?:[A-ZÀ-ÞА-ЯЁ]\.\s+)*){0,4}"
    r"[A-ZÀ-ÞА-ЯЁ][\w’-]*[a-zß-ÿа-яё]"
)
_BETWEEN = r"(?:\s*\([^()]{0,120}\)|,[^,.;:\"“«]{0,120},)?"
_ADVERB = (
    r"(?:\s+(?:\w+ly|then|also|later|had|has|have|once|again|never|now|himself|herself|is|was|would|hat|a|avait)){0,3}"
)
_BEFORE = (
    re.compile(rf"(?P<who>{_NAME}){_BETWEEN}{_ADVERB}\s+(?:{_VERBS})\b"),
    re.compile(rf"\b(?:[Aa]ccording\s+to|[Nn]ach|[Ss]elon|по\s+словам|[Ii]n\s+the\s+words\s+of|quoted?|by|as)\s+(?P<who>{_NAME})"),
    re.compile(rf"\b(?P<who>{_NAME})[’']s?\s+(?:\w+\s+){{0,3}}(?:report|account|letter|message|diary|telegram|cable|story|"
               rf"words?|version|statement|memoirs?|speech|book|note|phrase|sentence|remarks?|memorandum|reply|claim|"
               rf"confession|view|opinion|testimony|comments?|article|dispatch|despatch)\b"),
    re.compile(rf"\b(?:letter|message|cable|telegram|memorandum|words|statement|note|speech|remarks?)\s+"
               rf"(?:of|from|by)\s+(?P<who>{_NAME})"),
)  # fmt: skip
_AFTER = (
    re.compile(rf"[\s,.;:!?—–-]*(?:{_VERBS})\s+(?P<who>{_NAME})"),
    re.compile(
        rf"[\s,.;:!?—–-]*(?:\(.{{0,80}}?\)[\s,]*)?(?:(?:as|comme|wie|как)\s+)?(?P<who>{_NAME}){_BETWEEN}{_ADVERB}\s+(?:{_VERBS})\b"
    ),
    re.compile(rf"\s*[—–-]{{1,2}}\s*(?P<who>{_NAME})"),
)
_SUBJECT = re.compile(rf"(?P<who>{_NAME})")
_NO_NAMES = frozenset(
    [
        "I",
        "He",
        "She",
        "We",
        "They",
        "It",
        "You",
        "Who",
        "That",
        "This",
        "There",
        "What",
        "When",
        "Then",
        "If",
        "In",
        "As",
        "But",
        "And",
        "So",
        "The",
        "A",
        "An",
        "At",
        "On",
        "His",
        "Her",
        "Their",
        "Its",
        "Nobody",
        "Everyone",
        "After",
        "Before",
        "Although",
        "While",
        "For",
        "From",
        "To",
        "One",
        "Yet",
        "Only",
        "Even",
        "Such",
        "These",
        "Those",
        "Some",
        "Both",
        "Later",
        "Still",
        "Here",
        "How",
        "Why",
        "Not",
        "No",
        "Our",
        "My",
        "Your",
        "By",
        "With",
        "Indeed",
        "However",
        "Thus",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Er",
        "Sie",
        "Wir",
        "Ich",
        "Es",
        "Der",
        "Die",
        "Das",
        "Il",
        "Elle",
        "Nous",
        "Vous",
        "Ils",
        "Le",
        "La",
        "Les",
        "Он",
        "Она",
        "Мы",
        "Они",
        "Это",
        "Volume",
        "Page",
        "Document",
        "Telegram",
        "Letter",
        "Memorandum",
        "Message",
        "Cable",
        "Note",
        "See",
        "Chapter",
    ]
)
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "president",
        "chairman",
        "premier",
        "ambassador",
        "secretary",
        "minister",
        "senator",
        "governor",
        "general",
        "colonel",
        "marshal",
        "captain",
        "admiral",
        "sir",
        "lord",
        "lady",
        "prime",
        "foreign",
        "deputy",
        "king",
        "queen",
        "comrade",
        "herr",
        "frau",
        "monsieur",
        "professor",
        "prof",
        "soviet",
        "american",
        "british",
    ]
)
_PAGES = re.compile(
    r"(?:\bpp?\b|\bS\b|\bSeite|\bс\b|\bстр\b|\bpages?\b|\bpg\b)\.?[~\s]*(\d{1,4})(?:\s*(?:[-–—]|--)\s*(\d{1,4}))?"
)
_BARE_PAGE = re.compile(r"(?:^|[,:;]\s*)(\d{1,4})(?:\s*[-–—]\s*(\d{1,4}))?\s*$")
_BRACKET = re.compile(r"[\s.,;:!?'’”\"»]*[(\[]([^()\[\]]{1,240})[)\]]")
_BRACKET_INSIDE = re.compile(r"[(\[]([^()\[\]]{1,240})[)\]]")
_CALL = re.compile(r"[\s.,;:!?'’”\"»]{0,4}(?:\[\^?(?P<bracket>[\w*†‡]{1,6})\]|(?P<raised>[¹²³⁰⁴⁵⁶⁷⁸⁹]{1,4})|"
                   r"(?P<plain>\d{1,3})(?![\d.,]*\d|\s*(?:%|years|percent))(?=[\s.,;:)\]\"”]|$))")  # fmt: skip
_LATEX = re.compile(r"[\s.,;:!?'’”\"»]*\\(?P<command>footnote|cite\w*|autocite|parencite|textcite|footcite)\*?"
                    r"(?P<options>(?:\[[^\]]*\])*)\{(?P<body>(?:[^{}]|\{[^{}]*\})*)\}")  # fmt: skip
_RAISED = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
_SENTENCE = re.compile(r"(?<![A-ZА-Я])(?<!Mr)(?<!Dr)(?<!Mrs)[.!?…][)\]”\"’»]*\s+(?=[A-ZÀ-ÞА-ЯЁ„“«\"'‘(\[])")
_REACH = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledNote:
    """A note of the text that holds the quotations: where it is called (a code point), its label and its words."""

    called_at: int
    label: str
    text: str


def cite(text: str, quotation: Quotation, bounds: tuple[int, int], notes: Sequence[CalledNote] = ()) -> Citation:
    """Which note, bracket or page cites a quotation, and who is said to speak?

    `bounds` are the half-open stretch of the paragraph that the quotation begins in. `notes` are in the order of their
    calls. Names are as printed; pronouns are not resolved.
    """
    before = _sentence_before(text, bounds[0], quotation.outer_start)
    after = text[quotation.outer_end : max(bounds[1], quotation.outer_end) if bounds[1] > quotation.outer_end
                 else quotation.outer_end + _REACH][:_REACH]  # fmt: skip
    cited, how = _cited(text, quotation, before, after, notes)
    pages = _pages(cited) or _pages(before[-120:]) or _pages(_first_sentence(after))
    ended = text[quotation.start : quotation.end].endswith(".") and after.lstrip()[:1].isupper()
    speakers = _speakers(before, after, ended)
    named = (_person(m["who"]) for m in reversed(list(_SUBJECT.finditer(f"{cited}. {before}"))))
    return Citation(
        text=cited, how=how, pages=pages, speakers=speakers,
        named=tuple(dict.fromkeys(name for name in named if name and name not in speakers)),
    )  # fmt: skip


def _sentence_before(text: str, start: int, end: int) -> str:
    """The sentence that leads up to a quotation; the one before as well, where that is all that leads up to it."""
    before = text[max(start, end - _REACH) : end]
    ends = [m.end() for m in _SENTENCE.finditer(before)]
    if ends and len(before) - ends[-1] < 4 and len(ends) > 1:
        return before[ends[-2] :]
    return before[ends[-1] :] if ends else before


def _first_sentence(after: str) -> str:
    found = _SENTENCE.search(after)
    return after[: found.start() + 1] if found else after


def _cited(text: str, quotation: Quotation, before: str, after: str, notes: Sequence[CalledNote]) -> tuple[str, str]:
    latex = _LATEX.match(after)
    if latex is not None:
        options = " ".join(re.findall(r"\[([^\]]*)\]", latex["options"]))
        return f"{latex['body']}{', ' + options if options else ''}", latex["command"]
    near = quotation.outer_end + len(_first_sentence(after)) + 4
    called = next((n for n in notes if quotation.outer_end - 2 <= n.called_at <= near), None)
    if called is not None:
        return called.text, f"note {called.label}"
    call = _CALL.match(after)
    if call is not None:
        label = (call["bracket"] or call["raised"] or call["plain"]).translate(_RAISED)
        body = _note_body(text, label, quotation.outer_end)
        if body:
            return body, f"note {label}"
    bracket = _BRACKET.match(after)
    if bracket is not None and _cites(bracket[1]):
        return bracket[1], "bracket"
    inside = [m for m in _BRACKET_INSIDE.finditer(before) if _cites(m[1])]
    if inside:
        return inside[-1][1], "bracket before"
    later = next((m for m in _BRACKET_INSIDE.finditer(_first_sentence(after)) if _cites(m[1])), None)
    return (later[1], "bracket") if later else ("", "")


def _cites(bracket: str) -> bool:
    return bool(_PAGES.search(bracket) or re.search(r"\d{2}", bracket) or re.search(r"[A-ZА-Я]\w+,?\s", bracket))


def _note_body(text: str, label: str, after: int) -> str:
    """The words of the note with this label, where the text itself carries it further on."""
    called = re.escape(label)
    form = rf"^[ \t]*(?:\[\^?{called}\]:?|{called}[.)]?)[ \t]+(\S[^\n]*(?:\n(?!\s*\n)[^\n]*)*)"
    found = re.compile(form, re.MULTILINE).search(text, after)
    return " ".join(found[1].split())[:600] if found else ""


def _pages(cited: str) -> tuple[str, ...]:
    out: list[str] = []
    for m in (*_PAGES.finditer(cited), *([] if _PAGES.search(cited) else _BARE_PAGE.finditer(cited.strip(" .")))):
        if m.re is _BARE_PAGE and 1400 <= int(m[1]) <= 2100 and not m[2]:
            continue  # a year
        first = int(m[1])
        last = _last_page(first, m[2])
        out.extend(str(n) for n in range(first, min(last, first + 40) + 1))
    return tuple(dict.fromkeys(out))


def _last_page(first: int, printed: str | None) -> int:
    """The last page of a range whose last number may be shortened ("141-6")."""
    if not printed:
        return first
    last = int(printed)
    return last if last >= first else int(str(first)[: max(0, len(str(first)) - len(printed))] + printed)


def _speakers(before: str, after: str, ended: bool) -> tuple[str, ...]:
    """Who is said to speak, the likeliest first; who follows a quotation that `ended` its sentence begins another."""
    found: list[str] = []
    lead = after[:_REACH]
    for form in _AFTER if not ended else _AFTER[2:]:
        m = form.match(lead)
        if m is not None:
            found.append(m["who"])
            break
    stated = ((m.start("who"), m["who"]) for form in _BEFORE for m in form.finditer(before))
    found.extend(who for _, who in sorted(stated, key=lambda s: -s[0]))
    plain = (_person(name) for name in found)
    return tuple(dict.fromkeys(name for name in plain if name))


def speakers_in(text: str, start: int, at: int, end: int) -> tuple[str, ...]:
    """Who is named as speaking in a stretch of a source around the words at `at`?"""
    before, after = text[start:at], text[at:end]
    found = [m["who"] for part in (before, after) for form in _BEFORE for m in form.finditer(part)]
    found.extend(m["who"] for form in _AFTER[:1] for m in re.finditer(form.pattern, after))
    return tuple(dict.fromkeys(name for name in map(_person, found) if name))


def _person(name: str) -> str:
    """A name without the words that only begin a sentence; "" where nothing but a title is left."""
    words = re.split(r"\s+", re.sub(r"[’']s$", "", name.strip()))
    while words and words[0] in _NO_NAMES:
        words = words[1:]
    if not words or all(w.lower().strip(".") in _TITLES for w in words) or words[-1] in _NO_NAMES:
        return ""
    return " ".join(words)


def same_person(one: str, other: str) -> bool:
    """May these two names be one person's? The last names are the same, and initials don't clash.

    >>> same_person("R. Kennedy", "Robert F. Kennedy"), same_person("J. F. Kennedy", "Robert F. Kennedy")
    (True, False)
    >>> same_person("Chairman Khrushchev", "Nikita S. Khrushchev"), same_person("Rusk", "Dean Rusk")
    (True, True)
    """
    a, b = _name_words(one), _name_words(other)
    if not a or not b or a[-1] != b[-1]:
        return bool(a and b and (set(a) <= set(b) or set(b) <= set(a)) and len(a) == 1 == len(set(a) & set(b)))
    if len(a) == 1 or len(b) == 1:
        return True
    return a[0][0] == b[0][0]


def _name_words(name: str) -> list[str]:
    words = [w.strip(".,’'").lower() for w in re.split(r"[\s.-]+", re.sub(r"[’']s?$", "", name))]
    return [w for w in words if w and w not in _TITLES and w not in ("the", "elect", "jr", "sr")]
