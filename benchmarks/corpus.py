"""An invented bulletin as OCR leaves it, as many pages as wanted: nobody and nothing in it exists.

Studies and dossiers follow each other. Both have running heads, page labels, addresses and print dates; a study has
sections and notes, a dossier has accounts of one event by tellers who disagree. The same seed gives the same text.
"""

import random
from collections.abc import Iterator

LINES_ON_PAGE = 48
LINE_WIDTH = 66
_OCR_SLIPS = (("rn", "m"), ("cl", "d"), ("I ", "1 "), ("li", "h"), (",", "."), ("e", "c"))
_SLIPS_PER_WORD = 0.004
_HYPHENS_PER_LINE = 0.08

THINGS = ("ferry", "signal station", "customs launch", "lamp on the mole", "mail packet", "sluice", "pilot cutter")
DEEDS = ("Loss of the", "Seizure of the", "Night of the", "Burning of the", "Silence of the", "Return of the")
GIVEN = ("Agnes", "Tobias", "Ilse", "Marek", "Hester", "Conrad", "Judith", "Anselm", "Vera", "Piers", "Olga", "Lambert")
BEGINNINGS = (
    "Va",
    "Thorn",
    "Mad",
    "Os",
    "Carro",
    "Us",
    "Hal",
    "Bran",
    "Kov",
    "Pen",
    "Sza",
    "Lox",
    "Dun",
    "Fen",
    "Ab",
    "Es",
)
MIDDLES = ("", "", "de", "ka", "ri", "lo", "mar", "win", "sta", "ne")
ENDINGS = (
    "quist",
    "ley",
    "rin",
    "veldt",
    "by",
    "sen",
    "lam",
    "dreth",
    "el",
    "nick",
    "row",
    "wright",
    "gold",
    "holm",
    "mere",
)
OFFICES = (
    "harbour master",
    "keeper",
    "envoy",
    "clerk of the port",
    "commissioner",
    "captain",
    "telegraphist",
    "consul",
)
SECTIONS = ("What the books show", "The second telegram", "An offer refused?", "The orders of that night", "Afterwards")
PRESSES = ("Quayside Press", "Marram & Son", "The Northern Record Society", "Lantern House")
LEADS = (
    "", "", "", "According to {who}, ", "By {hour} ", "As {who} remembered it, ", "On {day} ", "Under oath, ",
    "If the minutes are right, ", "For {count} years afterwards ", "In a letter to {who}, ", "Against all advice, ",
    "It was said in {place} that ", "Before the inquiry ", "What is certain is that ",
)  # fmt: skip
SUBJECTS = (
    "the {office}", "{who}", "the {office}", "{who}", "the town council", "neither {who} nor the {office}", "I",
    "the crew of the {thing}", "{count} men on the mole", "the ministry", "his brother", "the night watch", "we",
)  # fmt: skip
VERBS = (
    "denied that", "wrote that", "could not say whether", "told {who} that", "insisted that", "doubted that",
    "promised in private that", "learned only later that", "had it from {who} that", "never believed that",
    "reported by telegram that", "swore that", "would not put on paper that", "asked {who} to confirm that",
)  # fmt: skip
CLAUSES = (
    "the {thing} had left {place} before {hour}", "no order was given to hold the {thing}",
    "the guard on the quay had been withdrawn", "a bargain was struck over the {thing}",
    "the telegram reached {place} at {hour}", "the keys were in the hands of {who}",
    "nothing was offered in exchange", "the second letter was burned unread", "the envoy wept when he heard of it",
    "{count} of the crew were still below", "the signal was made twice and answered once",
    "the matter would be settled within {count} days", "the book had been altered in another hand",
    "the {office} knew of the plan from the first", "a light was seen off the northern bank",
    "the price was {count} hundred crowns in gold", "the pilot had been drinking since {hour}",
    "the boats were cut loose by order of {who}", "the seal on the casket was already broken",
    "the powder was stored under the chapel", "a stranger had paid for the lodging in silver",
    "the fog came down before anybody could turn back", "the harvest would be lost if the road stayed closed",
    "the treaty had a secret article about {place}", "the bridge was mined by the garrison itself",
    "the bishop refused to have the bells rung", "the wire to {place} had been cut near the quarry",
    "the prisoners were exchanged at {hour} behind the tannery", "the map showed a channel that does not exist",
    "the cholera had reached the barracks", "a child carried the message past the sentries",
    "the ransom was counted out on a kitchen table", "the mill wheel was jammed with an iron bar",
    "the grain ships were only ballast and sacks of sand", "the surgeon had signed the paper under threat",
    "the interpreter softened what {who} had said", "the flag was struck without a single shot",
    "the strike fund lay in a bank at {place}", "the photograph was taken a year earlier",
    "the avalanche had buried the upper station",
)  # fmt: skip
ASIDES = (" {preposition} the {adjective} {object}", ", {preposition} a {adjective} {object} at {place},", "")
CLAUSES_OF_AN_EVENT = 10
TAILS = (
    "", "", "", ", though no copy of it survives", ", or so it was given out in {place}", " and would say no more",
    "; the minutes of {day} are silent", ", which {who} later called a lie", " until the ice broke in the spring",
    " (the archive of the port holds a draft)", ", and that was the end of it", " while the bells were ringing",
)  # fmt: skip
ADJECTIVES = (
    "old", "green", "half-built", "flooded", "borrowed", "silent", "lower", "forged", "torn", "southern", "unlit",
    "paved", "narrow", "burnt", "sealed", "crowded",
)  # fmt: skip
OBJECTS = (
    "warehouse", "ledger", "causeway", "chapel", "rope walk", "customs shed", "barge", "orchard", "signal mast",
    "cellar", "drawbridge", "tavern", "lantern", "quarry", "toll house", "granary", "staircase", "garden wall",
    "ice house", "well",
)  # fmt: skip
PREPOSITIONS = (
    "near",
    "behind",
    "under",
    "not far from",
    "within sight of",
    "because of",
    "in spite of",
    "on account of",
)
HOURS = ("two in the morning", "half past nine", "noon", "a quarter to eight", "dusk", "eleven at night")
NUMBERS = ("two", "three", "five", "seven", "eleven", "forty")


class _Event:
    """What one article is about: the same names come back in all its sentences."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.places = [_name(chance) for _ in range(3)]
        self.place = self.places[0]
        self.thing = chance.choice(THINGS)
        self.deed = chance.choice(DEEDS)
        self.year = chance.randrange(1871, 1929)
        self.day = f"{chance.randrange(1, 29)} {chance.choice(('March', 'July', 'October'))} {self.year}"
        self.people = [f"{chance.choice(GIVEN)} {_name(chance)}" for _ in range(7)]
        self.clauses = chance.sample(CLAUSES, CLAUSES_OF_AN_EVENT)
        self.offices = chance.sample(OFFICES, 3)

    @property
    def title(self) -> str:
        return f"The {self.deed} {self.thing.title()} at {self.place}"

    def sentence(self) -> str:
        chance = self.chance
        text = "".join(
            map(chance.choice, (LEADS, SUBJECTS, (" ",), VERBS, (" ",), self.clauses, ASIDES, TAILS))
        ).format(
            office=chance.choice(self.offices),
            who=chance.choice(self.people),
            thing=self.thing,
            place=chance.choice((self.place, *self.places)),
            hour=chance.choice(HOURS),
            day=self.day,
            count=chance.choice(NUMBERS),
            preposition=chance.choice(PREPOSITIONS),
            adjective=chance.choice(ADJECTIVES),
            object=chance.choice(OBJECTS),
        )
        return text[0].upper() + text[1:] + "."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.chance.randrange(3, 8)))


def _name(chance: random.Random) -> str:
    """The name of a family or a place: 2,400 different ones."""
    return chance.choice(BEGINNINGS) + chance.choice(MIDDLES) + chance.choice(ENDINGS)


def sentences(count: int, *, seed: int = 1) -> list[str]:
    """So many sentences about one event: the same names and doings come back in them."""
    event = _Event(random.Random(seed))
    return [event.sentence() for _ in range(count)]


def bulletin(page_count: int, *, seed: int = 1) -> str:
    """A bulletin of exactly this many pages, a page being some 60 lines."""
    chance = random.Random(seed)
    pages: list[str] = []
    while len(pages) < page_count:
        event = _Event(chance)
        count = min(chance.randrange(8, 16), page_count - len(pages))
        pages.extend(_pages(event, count, dossier=chance.random() < 0.5))
    return "".join(pages)


def _pages(event: _Event, count: int, *, dossier: bool) -> Iterator[str]:
    chance = event.chance
    lines = _dossier(event) if dossier else _study(event, count)
    address = (
        f"http://www.portbulletin.example/~archive/ISSUES/b{chance.randrange(1, 99)}-{chance.randrange(10, 99)}.htm"
    )
    same_line = not dossier
    for number in range(1, count + 1):
        label = f"Page {number} of {count}"
        head = f"{event.title} {label} \n\n\n" if same_line else f"{event.title} \n\n\n{label} \n\n\n"
        body = "".join(_slipped(next(lines), chance) + " \n" for _ in range(LINES_ON_PAGE))
        foot = "\n\n" + _misread(address, chance) + " \n\n\n4/17/2003 \n"
        yield head + body + foot + "\n" * chance.randrange(4, 12)


def _study(event: _Event, page_count: int) -> Iterator[str]:
    """Lines without end: title, sections, paragraphs that call notes, and the notes on the last pages."""
    chance = event.chance
    yield from (event.title, "", f"by {event.people[0]}", "", "")
    made = 5
    notes: list[str] = []
    while made < (page_count - 1) * LINES_ON_PAGE:
        block: list[str] = []
        if chance.random() < 0.12:
            block = ["", chance.choice(SECTIONS), ""]
        text = event.paragraph()
        if chance.random() < 0.4:
            notes.append(f"{chance.choice(event.people)}, {event.title} ({chance.choice(PRESSES)}, {event.year + 20})")
            text += str(len(notes))
        block += [*_wrapped(text, chance), ""]
        made += len(block)
        yield from block
    yield from ("", "NOTES", "")
    for n, note in enumerate(notes, 1):
        yield from (*_wrapped(f"{n}. {note}, {chance.randrange(10, 300)}.", chance), "")
    while True:
        yield from (*_wrapped(event.paragraph(), chance), "")


def _dossier(event: _Event) -> Iterator[str]:
    """Lines without end: title, introduction, and one account after the other with its heading and source note."""
    chance = event.chance
    yield from (event.title.upper(), "", f"{event.day}", "", f"by {event.people[0]}", "")
    for _ in range(4):
        yield from (*_wrapped(event.paragraph(), chance), "")
    while True:
        for teller in event.people[1:]:
            told = event.year + chance.randrange(1, 40)
            yield from ("", "", f"{teller.split()[-1]}'s Account", "")
            for _ in range(chance.randrange(4, 9)):
                yield from (*_wrapped(event.paragraph(), chance), "")
            book = f"[{teller}, My Years at {event.place} ({event.place}: {chance.choice(PRESSES)}, {told}), "
            yield from (*_wrapped(f"{book}{chance.randrange(10, 200)}-{chance.randrange(200, 300)}.]", chance), "", "")


def _wrapped(text: str, chance: random.Random) -> list[str]:
    """The text in lines, now and then with a word broken at the end of one."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        room = LINE_WIDTH - len(line) - 1
        if len(word) <= room:
            line = f"{line} {word}" if line else word
        elif len(word) > 7 and room > 4 and word.isalpha() and chance.random() < _HYPHENS_PER_LINE * 4:
            lines.append(f"{line} {word[:3]}-")
            line = word[3:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def _slipped(line: str, chance: random.Random) -> str:
    if chance.random() < _SLIPS_PER_WORD * 11:
        wrong, right = chance.choice(_OCR_SLIPS)
        return line.replace(wrong, right, 1)
    return line


def _misread(address: str, chance: random.Random) -> str:
    """An address as OCR reads it, each time a little differently."""
    for printed, read in (("I", "l"), (".htm", " .htm"), (".htm", " htm"), ("b1", "bl")):
        if chance.random() < 0.2:
            address = address.replace(printed, read)
    return address
