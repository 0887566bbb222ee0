"""Does the library really say what a text quotes?"""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from testimonia.analysis.quotations.aligning import Wording
from testimonia.analysis.quotations.citing import speakers_in
from testimonia.analysis.quotations.differing import Compared, compare
from testimonia.analysis.quotations.found import Difference
from testimonia.analysis.quotations.judging import Match, hopeless, is_title, too_short, turning, verdict_of
from testimonia.analysis.quotations.noise import Noise, misread_letters, misread_share
from testimonia.errors import InvalidRecordError, UnreadableSourceError
from testimonia.model.layers import READING
from testimonia.model.spans import Anchor
from testimonia.search.seed_files import SeedFiles
from testimonia.search.seeds import SeedIndex
from testimonia.services.check_matching import Library, Looked, Matching
from testimonia.services.check_texts import CheckText, named_alike, teller_of, titles_of, told_of
from testimonia.services.checked import Checked, CheckedPlace, CheckReport, said_of
from testimonia.store.library import LibraryStore

SEEDS = "seeds"
_FEW_LETTERS = 300
_PAGE_NUMBER = re.compile(r"\d+")
_SHOWN_AROUND = 160
_GENERIC_WORDS = (
    "the of and to in from for a an on at letter telegram message memorandum document documents volume cable text "
    "texts new source sources history page pages"
)
_GENERIC = frozenset(_GENERIC_WORDS.split())


class Checking:
    """Checks quotations against one library; its index follows the library by itself."""

    def __init__(self, store: LibraryStore, seeds: SeedIndex) -> None:
        self._store = store
        self._seeds = seeds

    @classmethod
    def open(cls, store: LibraryStore, folder: Path) -> "Checking":
        """Checking on the library in this folder. Raises LibraryError where its index can't be made."""
        return cls(store, SeedFiles.open(folder / SEEDS))

    def refresh(self) -> None:
        """Index what the index does not know yet; a source that was added costs what that source is long."""
        indexed = self._seeds.sources()
        now = self._store.layer_hashes(READING)
        for sha256 in indexed:
            if sha256 not in now:
                self._seeds.remove_source(sha256)
        for sha256, layer_sha256 in now.items():
            if indexed.get(sha256) != layer_sha256:
                text = self._store.layer(sha256, READING).text
                self._seeds.put_source(sha256, text, layer_sha256=layer_sha256)

    def words_of(self, sha256: str) -> tuple[Sequence[int], Sequence[int]] | None:
        """The hashes of the words of a source and where they start, as indexed by the last `refresh`."""
        return self._seeds.words_of(sha256)

    def check_path(self, path: Path) -> CheckReport:
        """Check the quotations of a file. Raises UnreadableSourceError and its kinds."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise UnreadableSourceError(
                f"the file can't be read ({error.strerror or error})",
                where=str(path),
                hint="Look at its name and rights",
            ) from error
        return self.check_content(path.name, content)

    def check_content(self, name: str, content: bytes) -> CheckReport:
        """Check the quotations of a file given as bytes. Raises UnreadableSourceError and its kinds."""
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 in self._store.layer_hashes(READING):
            return self.check_source(sha256)
        return self._check(CheckText.of_file(name, content), in_library=False)

    def check_source(self, sha256: str) -> CheckReport:
        """Check the quotations of a source of the library against the rest of it. Raises NotFoundError."""
        return self._check(CheckText.of_source(self._store, sha256), in_library=True)

    def close(self) -> None:
        """Let go of the index."""
        self._seeds.close()

    def _check(self, text: CheckText, *, in_library: bool) -> CheckReport:
        self.refresh()
        library = Library(self._store, self._seeds)
        matching = Matching(library, text, in_library=in_library)
        found = text.quotations
        said = [q for q in found if not is_title(text.text, q)]
        looked = [matching.prepare(q) for q in said]
        library.count_all(w.text for one in looked for w in one.wording.words)
        _look(looked, matching, text, library)
        judge = _Judge(text, library, _noises(looked, text, library), titles_of(self._store))
        return CheckReport(
            name=text.name,
            sha256=text.sha256,
            in_library=in_library,
            checked=tuple(c for c in (judge.judge(one) for one in looked) if c is not None),
            titles=len(found) - len(said),
            searched_words=self._seeds.word_count(),
            text=text.text,
        )


def _look(looked: Sequence[Looked], matching: Matching, text: CheckText, library: Library) -> None:
    """Long quotations first: where they come from is a hint for the short ones of the same part."""
    neighbours: dict[str, set[str]] = {}

    def own_part(one: Looked) -> str:
        part = text.part_at(one.quotation.start, one.quotation.end)
        return part.id if part is not None else ""

    for short in (False, True):
        for one in looked:
            if too_short(one.wording) is not short:
                continue
            matching.look(one, frozenset(neighbours.get(own_part(one), ())))
            if one.matches and not short:
                match = one.matches[0]
                part = library.opened(match.source).part_at(match.start, match.end)
                if part is not None:
                    neighbours.setdefault(own_part(one), set()).add(part.id)


def _noises(looked: Sequence[Looked], text: CheckText, library: Library) -> dict[str, Noise]:
    """How much was misread in the text that quotes, and in each source that it quotes?

    Counted in the words that stand in both; where those are few, in a sample of the text.
    """
    own = letters = 0
    theirs: Counter[str] = Counter()
    read: Counter[str] = Counter()
    for one in looked:
        for match in one.matches:
            a, b, n = misread_letters(one.wording, match.wording, match.aligned, library.lexicon.known)
            if match is one.matches[0]:
                own, letters = own + a, letters + n
            theirs[match.source] += b
            read[match.source] += n
    quoting = own / letters if letters >= _FEW_LETTERS else misread_share(text.text, library.lexicon.known)
    return {
        source: Noise(
            quoting=quoting + text.repaired_share,
            source=library.opened(source).repaired_share
            + max(
                theirs[source] / n if n >= _FEW_LETTERS else 0.0,
                misread_share(library.text(source), library.lexicon.known),
            ),
        )
        for source, n in read.items()
    }


class _Judge:
    """Puts what was found of a quotation into a verdict with its reason."""

    def __init__(
        self, text: CheckText, library: Library, noises: dict[str, Noise], titles: Sequence[tuple[str, str]]
    ) -> None:
        self._text = text
        self._library = library
        self._noises = noises
        self._titles = [(source, _title_words(title)) for source, title in titles if source != text.sha256]
        self._in_titles = Counter(word for _, words in self._titles for word in words)

    def judge(self, one: Looked) -> Checked | None:
        if not one.matches:
            return self._without_place(one)
        best = self._on_the_cited_page(one)
        compared = self._compared(one, best)
        places = [self._place(best, compared)]
        for match in one.matches:
            if match.source not in {p.source for p in places} and match.share >= best.share - 0.1:
                places.append(self._place(match, self._compared(one, match)))
        verdict = verdict_of(compared)
        pages = self._pages(best)
        page_agrees = bool(set(pages) & set(one.citation.pages)) if pages and one.citation.pages else None
        agrees = self._attribution(one, best)
        goes_on = turning(self._library.text(best.source), best, self._goes_on(one)) if verdict != "altered" else ""
        warnings = _warnings(compared, one, pages, page_agrees, agrees, places[0], goes_on)
        return Checked(
            quotation=one.quotation, text=self._quote(one), anchors=self._anchors(one), verdict=verdict,
            citation=one.citation, places=tuple(places), elisions=compared.elisions, attribution_agrees=agrees,
            page_agrees=page_agrees, found_pages=pages, goes_on=goes_on, too_short=False, warnings=warnings,
            reason=_reason(verdict, compared, places[0]),
            confidence=round(min(0.99, 0.45 + 0.55 * best.share) * (0.8 if too_short(one.wording) else 1.0), 4),
        )  # fmt: skip

    def _on_the_cited_page(self, one: Looked) -> Match:
        """The best place; of several that say as much, one on the page that is cited."""
        best, cited = one.matches[0], set(one.citation.pages)
        as_good = [m for m in one.matches if m.aligned.cost <= best.aligned.cost] if cited else []
        return next((m for m in as_good if cited & set(self._pages(m))), best)

    def _compared(self, one: Looked, match: Match) -> Compared:
        differ = [
            (i, j)
            for i, j in match.aligned.pairs
            if i is not None and j is not None and one.wording.words[i].text != match.wording.words[j].text
        ]
        quoted = _with_received(one.wording, [i for i, _ in differ], self._text)
        source = _with_received(match.wording, [j for _, j in differ], self._library.opened(match.source))
        return compare(quoted, source, match.aligned, self._noises[match.source], self._library.lexicon.known)

    def _without_place(self, one: Looked) -> Checked:
        short = too_short(one.wording)
        cited = None if hopeless(one.wording) or short else self._cited(one)
        verdict = "not found" if cited is not None else "source missing"
        if cited is not None:
            reason = f"The source that is cited is here ({cited}), and these words do not stand in it."
        elif short:
            reason = "Too short to be checked: nothing says in which source these few words should stand."
        else:
            reason = "These words stand nowhere in the library, and nothing says that their source is in it."
        return Checked(
            quotation=one.quotation, text=self._quote(one), anchors=self._anchors(one), verdict=verdict,
            citation=one.citation, places=(), elisions=(), attribution_agrees=None, page_agrees=None, found_pages=(),
            goes_on="", too_short=short, warnings=(), reason=reason, confidence=0.3 if short else 0.8,
        )  # fmt: skip

    def _cited(self, one: Looked) -> str | None:
        """Which source of the library does the citation name? Its name, None where it names none."""
        words = _title_words(one.citation.text)
        best: tuple[float, str] | None = None
        for source, title in self._titles:
            shared = words & title
            if len(shared) < 2 and not (len(title) == 1 and shared and len(next(iter(shared))) > 6):
                continue
            weights = {w: 1.0 / self._in_titles[w] for w in title}
            share = sum(weights[w] for w in shared) / sum(weights.values())
            if share >= 0.75 and (best is None or share > best[0]):
                best = (share, source)
        return self._store_name(best[1]) if best is not None else None

    def _store_name(self, sha256: str) -> str:
        return self._library.store.source(sha256).source.name

    def _quote(self, one: Looked) -> str:
        pieces = one.quotation.paragraphs or ((one.quotation.start, one.quotation.end),)
        return "\n\n".join(self._text.text[a:b].strip() for a, b in pieces)

    def _anchors(self, one: Looked) -> tuple[Anchor, ...]:
        try:
            return (self._text.anchorer.anchor(one.quotation.start, one.quotation.end),)
        except InvalidRecordError:  # words that recovery put in: there is nothing to cite
            return ()

    def _goes_on(self, one: Looked) -> bool:
        """Does the quotation itself show that the source goes on?"""
        return len(one.wording.words) in one.wording.gaps

    def _pages(self, match: Match) -> tuple[str, ...]:
        """The numbers of the pages that the place stands on, as printed; none where none is printed."""
        opened = self._library.opened(match.source)
        out = []
        for a, b in ((match.start, match.start + 1), (max(match.start, match.end - 1), match.end)):
            label = opened.anchorer.anchor(a, b).page_label
            number = _PAGE_NUMBER.search(label or "")
            if number:
                out.append(number.group())
        if len(out) == 2 and out[0] != out[1] and 0 < int(out[1]) - int(out[0]) < 20:
            return tuple(str(n) for n in range(int(out[0]), int(out[1]) + 1))
        return tuple(dict.fromkeys(out))

    def _attribution(self, one: Looked, match: Match) -> bool | None:
        """Is the one who is said to speak the one who speaks there? None where one of the two is not known."""
        said = one.citation.speakers
        if not said:
            return None
        opened = self._library.opened(match.source)
        tellers = opened.tellers_at(match.start, match.end)
        speakers = _speakers_around(opened, match)
        if named_alike(said, (*tellers, *speakers)):
            return True
        return False if tellers else None

    def _place(self, match: Match, compared: Compared) -> CheckedPlace:
        opened = self._library.opened(match.source)
        part = opened.part_at(match.start, match.end)
        first = max(0, match.start - _SHOWN_AROUND)
        return CheckedPlace(
            source=match.source,
            source_name=opened.name,
            anchors=(opened.anchorer.anchor(match.start, match.end),),
            differences=compared.differences,
            title=part.title if part is not None else None,
            teller=teller_of(part) if part is not None else None,
            told=told_of(part),
            text=opened.text[first : match.end + _SHOWN_AROUND],
            text_start=first,
        )


def _with_received(wording: Wording, numbers: Sequence[int], text: CheckText) -> Wording:
    """The same words; those with these numbers say what their scan had before it was repaired."""
    words = list(wording.words)
    for n in numbers:
        words[n] = words[n]._replace(received=text.received(words[n].start, words[n].end))
    return replace(wording, words=tuple(words))


def _title_words(title: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"\w{2,}", title.lower()) if w not in _GENERIC)


def _speakers_around(opened: CheckText, match: Match) -> tuple[str, ...]:
    """Who is named as speaking in the paragraph of the source, or as the one before its words are reported?"""
    start, end = opened.paragraph_at(match.start)
    return speakers_in(
        opened.text, max(start, match.start - 1500), match.start, min(max(end, match.end), match.end + 300)
    )


def _warnings(
    compared: Compared, one: Looked, pages: tuple[str, ...], page_agrees: bool | None, agrees: bool | None,
    place: CheckedPlace, goes_on: str,
) -> tuple[str, ...]:  # fmt: skip
    out = [_turned(d) for d in compared.altering if d.negation]
    out.extend(
        f"THE SENSE IS TURNED: the words left out deny: “{e.left_out}”." for e in compared.elisions if e.negation
    )
    if goes_on:
        out.append(f"The source goes on: “{goes_on}”.")
    if agrees is False:
        out.append(f"Said to be {one.citation.speakers[0]}’s, but the source has it from {place.teller or 'another'}.")
    if page_agrees is False:
        shown = "–".join(dict.fromkeys((pages[0], pages[-1])))
        out.append(f"Cited for p. {', '.join(one.citation.pages[:4])}, but it stands on p. {shown}.")
    return tuple(out)


def _turned(d: Difference) -> str:
    loudly = "THE SENSE IS TURNED:"
    if not d.quoted:
        return f"{loudly} the source says “{d.source}”, which the quotation leaves out."
    if not d.source:
        return f"{loudly} the quotation says “{d.quoted}”, which the source does not."
    return f"{loudly} the source says “{d.source}” where the quotation has “{d.quoted}”."


def _reason(verdict: str, compared: Compared, place: CheckedPlace) -> str:
    where = place.title or place.source_name
    misread = sum(d.misread for d in compared.differences)
    beside = f" {misread} misread by OCR in one of the two." if misread else ""
    if verdict == "exact":
        return f"Word for word in {where}.{beside}"
    if verdict == "elided":
        return f"In {where}, with words left out or put in openly.{beside}"
    said = "; ".join(said_of(d) for d in compared.altering[:6]) or "a denial is left out"
    return f"In {where}, but not so: {said}.{beside}"
