"""Who takes part: the persons whom the accounts speak of, by rules."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from testimonia.analysis.words import is_light

_SAYING_WORDS = (
    "said says told tells asked asks replied replies answered added stressed insisted noted warned began continued "
    "explained stated reported wrote thought felt knew called invited agreed instructed repeated cried shouted "
    "remarked observed recalled testified believed"
)
SAYING = "|".join(_SAYING_WORDS.split())
_TITLE_WORDS = (
    "Mr Mrs Ms Dr Messrs President Chairman Premier Ambassador Secretary Minister Senator Governor Attorney Marshal "
    "General Colonel Captain Major Lieutenant Sergeant Admiral Commander Inspector Judge Professor Sir Lord Lady King "
    "Queen Prince Princess Emperor Father Brother Sister Bishop Saint St Count Baron Comrade Herr Frau Monsieur Mayor"
)
TITLES = tuple(_TITLE_WORDS.split())
_TITLE = "(?:" + "|".join(TITLES) + r")\b\.?"
_INITIALS = r"(?:[A-Z]\.\s?)+"
_CAPITALISED = r"[A-Z][a-z][\w’'-]*?[a-z]|[A-Z][a-z]+"
_EVIDENCE = tuple(
    re.compile(form)
    for form in (
        rf"\b(?:{_TITLE}\s+|{_INITIALS}\s?)+(?P<name>{_CAPITALISED})\b",
        rf"\b(?P<name>{_CAPITALISED})\s+(?:[a-z]+ly\s+)?(?:{SAYING})\b",
        rf"\b(?:said|asked|replied|answered|added|stressed)\s+(?:{_INITIALS}\s?)?(?P<name>{_CAPITALISED})\b",
    )
)
_NOT_NAMES = frozenset({"I", "One", "Others", "People", "Nobody", *_TITLE_WORDS.split()})
_PRINCIPAL_IN_ACCOUNTS = 0.5
_PRINCIPAL_IN_PASSAGES = 0.03


class People:
    """The persons that a group of accounts names: found where a title, an initial or a word of saying stands beside
    a capitalised word."""

    def __init__(self, accounts: Sequence[Sequence[str]], tellers: Iterable[str] = ()) -> None:
        texts = [t for passages in accounts for t in passages]
        evidence: Counter[str] = Counter()
        for text in texts:
            for form in _EVIDENCE:
                evidence.update({m["name"] for m in form.finditer(text)} - _NOT_NAMES)
        for teller in tellers:
            evidence.update(set(re.findall(rf"\b(?:{_CAPITALISED})\b", teller)) - _NOT_NAMES)
        small = Counter(w for t in texts for w in set(re.findall(r"\b[a-z]+\b", t)))
        self.names = frozenset(n for n in evidence if not small[n.lower()] and not is_light(n))
        self._forenames = frozenset(
            f for f in _forenames(texts, self.names) if not small[f.lower()] and not is_light(f)
        )
        self.principals = self._principal(accounts)
        self._masked = _pattern(self.principals, self._forenames)

    def _principal(self, accounts: Sequence[Sequence[str]]) -> frozenset[str]:
        in_accounts: Counter[str] = Counter()
        in_passages: Counter[str] = Counter()
        for passages in accounts:
            words = [set(re.findall(r"\w+", t)) & self.names for t in passages]
            in_accounts.update(set().union(*words))
            in_passages.update(n for w in words for n in w)
        most = _PRINCIPAL_IN_PASSAGES * sum(len(p) for p in accounts)
        return frozenset(
            n for n in self.names if in_accounts[n] >= _PRINCIPAL_IN_ACCOUNTS * len(accounts) and in_passages[n] >= most
        )

    def mask(self, text: str) -> str:
        """The text with `he` and `his` for the persons whom most accounts speak of: they tell no topic from another.

        >>> people = People([["Captain Ott said no."], ["Mr. Ott saw the Lark. Ott wept."]])
        >>> people.mask("Ott told Captain Ott's men.")
        'he told his men.'
        """
        return self._masked.sub(lambda m: "his" if m["of"] else "he", text) if self.principals else text


def _forenames(texts: Sequence[str], names: frozenset[str]) -> set[str]:
    """Capitalised words that stand before a surname: forenames, mostly."""
    form = re.compile(rf"(?<=\s)(?P<first>{_CAPITALISED})\s+(?:[A-Z]\.\s+)?(?P<name>{_CAPITALISED})\b")
    found = (m for text in texts for m in form.finditer(text))
    return {m["first"] for m in found if m["name"] in names} - _NOT_NAMES


def _pattern(names: frozenset[str], forenames: frozenset[str]) -> re.Pattern[str]:
    ahead = "|".join(sorted(forenames)) or r"(?!)"
    return re.compile(
        rf"\b(?:(?:{_TITLE}|{_INITIALS}|{ahead})\s*)*\b(?:{'|'.join(sorted(names)) or '(?!)'})\b(?P<of>['’]s?\b|['’])?"
    )
