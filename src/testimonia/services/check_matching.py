"""Look one quotation up in the library."""

import math
import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from testimonia.analysis.quotations.aligning import Wording, word_quotation
from testimonia.analysis.quotations.citing import cite
from testimonia.analysis.quotations.found import Citation, Quotation
from testimonia.analysis.quotations.judging import Match, hopeless, lay, stands, too_short
from testimonia.analysis.quotations.knowing import Lexicon
from testimonia.analysis.quotations.marks import find_quotations
from testimonia.model.findings import Account, Document
from testimonia.model.layers import READING
from testimonia.search.seeds import Place, SeedIndex
from testimonia.services.check_texts import CheckText, named_alike, told_key
from testimonia.store.library import LibraryStore

_PLACES = 24
# A place where the words stand almost as they are quoted; after it, only places that share about as much are looked at.
_GOOD = 0.25
_AS_HEAVY = 0.8
# How many characters of the source an elision may leave out on either side of what was found of it.
_ELISION_REACH = 5000
_KEPT_CHARACTERS = 150_000_000
_KEPT_OPEN = 150_000_000
_NEARLY = 0.03
_AROUND = 1500
_LETTERS_IN_A_WORD = 6.0


@dataclass(slots=True)
class Looked:
    """A quotation while it is looked for."""

    quotation: Quotation
    citation: Citation
    wording: Wording
    matches: list[Match]


class Library:
    """The library as quotations see it: texts kept while they are used, and how often words stand in it."""

    def __init__(self, store: LibraryStore, seeds: SeedIndex) -> None:
        self.store = store
        self.seeds = seeds
        self.indexed = max(2, seeds.word_count())
        self._counts: dict[str, int] = {}
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._letters = self._opened_letters = 0
        self._opened: OrderedDict[str, CheckText] = OrderedDict()
        self.lexicon = Lexicon(self.count, self.indexed)

    def count(self, word: str) -> int:
        """How often does this word stand in the library?"""
        found = self._counts.get(word)
        if found is None:
            found = self._counts[word] = self.seeds.counts([word])[0]
        return found

    def count_all(self, words: Iterable[str]) -> None:
        """Count these words at once: a tenth of the time of one after the other."""
        new = list(dict.fromkeys(w for w in words if w not in self._counts))
        self._counts.update(zip(new, self.seeds.counts(new), strict=True))

    def text(self, sha256: str) -> str:
        """The reading text of a source."""
        opened = self._opened.get(sha256)
        if opened is not None:
            return opened.text
        found = self._texts.get(sha256)
        if found is None:
            found = self._texts[sha256] = self.store.layer(sha256, READING).text
            self._letters += len(found)
            while self._letters > _KEPT_CHARACTERS and len(self._texts) > 1:
                self._letters -= len(self._texts.popitem(last=False)[1])
        self._texts.move_to_end(sha256)
        return found

    def opened(self, sha256: str) -> CheckText:
        """A source with its parts."""
        found = self._opened.get(sha256)
        if found is None:
            found = self._opened[sha256] = CheckText.of_source(self.store, sha256)
            self._letters -= len(self._texts.pop(sha256, ""))
            self._opened_letters += len(found.text)
            while self._opened_letters > _KEPT_OPEN and len(self._opened) > 1:
                self._opened_letters -= len(self._opened.popitem(last=False)[1].text)
        self._opened.move_to_end(sha256)
        return found


class Matching:
    """Finds the places of one text's quotations, and chooses among them."""

    def __init__(self, library: Library, quoting: CheckText, *, in_library: bool) -> None:
        self._library = library
        self._quoting = quoting
        self._in_library = in_library

    def prepare(self, quotation: Quotation) -> Looked:
        """What is known of a quotation before it is looked for."""
        text = self._quoting.text
        bounds = self._quoting.paragraph_at(quotation.start)
        return Looked(
            quotation=quotation,
            citation=cite(text, quotation, bounds, self._quoting.called_notes),
            wording=word_quotation(text, quotation.start, quotation.end, quotation.paragraphs),
            matches=[],
        )

    def look(self, looked: Looked, neighbours: frozenset[str]) -> None:
        """Find where a quotation stands. `neighbours` are the ids of the parts that others beside it come from."""
        if hopeless(looked.wording):
            return
        short = too_short(looked.wording)
        words = [w.text for w in looked.wording.words if not w.bracketed]
        places = self._library.seeds.places(words, limit=_PLACES)
        least = 0.4 * max((p.weight for p in places), default=0.0)
        for place in places:
            if place.weight < least:
                break
            match = self._lay(looked, place)
            if match is not None and self._stands(match, looked, neighbours):
                looked.matches.append(match)
                if not short and match.aligned.cost < _GOOD * len(words):
                    least = max(least, _AS_HEAVY * place.weight)
        self._choose(looked)

    def _lay(self, looked: Looked, place: Place) -> Match | None:
        library = self._library
        text = library.text(place.source)
        reach = _ELISION_REACH if looked.wording.gaps else 0
        start, end = max(0, place.start - reach), place.end + reach
        match = lay(looked.wording, place.source, text, start, end, library.count, library.indexed)
        return match if match is not None and not self._own(looked.quotation, match) else None

    def _stands(self, match: Match, looked: Looked, neighbours: frozenset[str]) -> bool:
        if stands(match, looked.wording, self._library.indexed, hinted=False):
            return True
        if not stands(match, looked.wording, self._library.indexed, hinted=True):
            return False
        opened = self._library.opened(match.source)
        part = opened.part_at(match.start, match.end)
        if part is None:
            return False
        short = too_short(looked.wording)
        if part.id in neighbours:
            return not short or match.bits >= _bits_of((part.span.end - part.span.start) / _LETTERS_IN_A_WORD) + 6.0
        who = (*looked.citation.speakers, *looked.citation.named)
        return (not short or match.bits >= _bits_of(self._library.indexed) + 6.0) and named_alike(
            who, opened.tellers_at(match.start, match.end)
        )

    def _own(self, quotation: Quotation, match: Match) -> bool:
        """Is this the quotation itself, or the same text that it stands in, or a later text that quotes it?"""
        if not self._in_library or match.source != self._quoting.sha256:
            return False
        if match.start < quotation.outer_end and quotation.outer_start < match.end:
            return True
        quoting = self._quoting
        own = quoting.part_at(quotation.start, quotation.end)
        theirs = quoting.part_at(match.start, match.end)
        if (own.id if own else None) == (theirs.id if theirs else None):
            return True
        return told_key(theirs) > told_key(own) and self.is_quoted(match)

    def is_quoted(self, match: Match) -> bool:
        """Does the place found stand between quotation marks itself?"""
        text = self._library.text(match.source)
        first = max(text.rfind("\n\n", 0, match.start), match.start - _AROUND, 0)
        around = text[first : match.end + 200]
        start, end = match.start - first, match.end - first
        return any(q.start <= start + 2 and end - 2 <= q.end for q in find_quotations(around))

    def _choose(self, looked: Looked) -> None:
        """The best place first: the words, then the speaker, then the earliest telling that does not quote itself."""
        if len(looked.matches) < 2:
            return
        asked = max(1, len(looked.wording.words))
        best = min(m.aligned.cost for m in looked.matches) / asked

        def key(match: Match) -> tuple[object, ...]:
            opened = self._library.opened(match.source)
            part = opened.part_at(match.start, match.end)
            said = named_alike(looked.citation.speakers, opened.tellers_at(match.start, match.end))
            worse = match.aligned.cost / asked - best
            return (
                worse > 4 * _NEARLY,
                not self._is_cited(looked, part, opened),
                not said,
                worse > _NEARLY,
                isinstance(part, Account) and part.basis == "comments",
                self.is_quoted(match),
                told_key(part),
                worse,
            )

        looked.matches.sort(key=key)

    def _is_cited(self, looked: Looked, part: Account | Document | None, opened: CheckText) -> bool:
        """Does the citation name this document or this file?"""
        cited = looked.citation.text
        if not cited:
            return False
        title = (part.title if part is not None else "") or ""
        words = set(re.findall(r"\w{4,}", cited.lower()))
        wanted = set(re.findall(r"\w{4,}", title.lower()))
        stem = set(re.findall(r"\w{4,}", opened.name.lower()))
        return bool(wanted and len(words & wanted) >= max(2, round(0.7 * len(wanted)))) or bool(
            len(stem) > 1 and stem <= words
        )


def _bits_of(words: float) -> float:
    """How rare must something be to stand by chance once among so many words?"""
    return math.log2(max(2.0, words))
