"""An invented library with findings of every kind made by hand: these tests hold whatever the analyses find."""

import re
from pathlib import Path

from testimonia.model.citations import CitedName, Reference
from testimonia.model.findings import Account, Document, Finding, Gap
from testimonia.model.names import Name
from testimonia.model.provenance import Provenance, Reliance
from testimonia.model.spans import Anchor
from testimonia.model.steps import Step
from testimonia.services.workbench import Workbench

NOW = "2031-04-05T06:07:08Z"
STEP = Step(name="invented", version="1")
HOSTILE = "<script>document.title='broken'</script>"
TEXT = f"""The Lamp at Ferrow

Ada Brill kept the lamp. It went out at nine, she wrote on 5 March 1871. {HOSTILE}

Wick's diary says that she told him so. The log of the lamp was burned.

A later history repeats what Wick wrote.

1. Tom Wick, The Keeper of the Lamp (Ferrow: Quay Press, 1880), 14.
"""


class Described:
    """The library, with its one source."""

    def __init__(self, folder: Path) -> None:
        self.workbench = Workbench.open(folder, now=lambda: NOW)
        self.workbench.intake.add_contents([("lamp.txt", TEXT.encode())])
        self.sha256 = self.workbench.store.sources()[0].source.sha256
        self._subject = self.workbench.analysing.subject(self.sha256)
        accounts = tuple(
            self._account(name, words, told, published)
            for name, words, told, published in (
                ("brill", "Ada Brill kept the lamp.", "1871-03-05", None),
                ("wick", "Wick's diary says", "1872~", "1880"),
                ("history", "A later history repeats", None, "1901"),
                ("apart", "The Lamp at Ferrow", None, None),
            )
        )
        self._keep("structure", accounts, self._document())
        self._keep("names", (self._name(),))
        self._keep("dates", ())
        self._keep("references", (self._reference(),))
        self._keep("provenance", tuple(self._step(n, act) for n, act in enumerate(("written", "copied", "published"))))
        self._keep("reliance", (
            self._reliance("wick", "brill", "informant", "she told him so", stated=True),
            self._reliance("history", "wick", "paraphrases", "repeats what Wick wrote", stated=False),
            self._reliance("history", "brill", "quotes", "It went out at nine", stated=True, on_words="a lost letter"),
        ))  # fmt: skip
        self._keep("lost records", (self._lost(),))

    def cite(self, words: str) -> Anchor:
        """The anchor of the first place with these words."""
        at = self._subject.text.index(words)
        return self._subject.anchorer.anchor(at, at + len(words))

    def _keep(self, step: str, findings: tuple[Finding, ...], *more: Finding) -> None:
        version = next((a.step.version for a in self.workbench.analysing.analyses if a.step.name == step), "1")
        stamp = f"{version} {self.workbench.store.layer_hashes('reading')[self.sha256]}"
        self.workbench.store.keep_findings(step, self.sha256, (*findings, *more), NOW, stamp=stamp)

    def _document(self) -> Document:
        return Document(
            id="document-lamp", source=self.sha256, anchors=(self.cite("The Lamp at Ferrow"),), step=STEP,
            confidence=0.9, reason="a title", title="The Lamp at Ferrow", type="letter", author="Ada Brill",
            recipient=HOSTILE, place="Ferrow", date="1871-03~", parent=None, first_line=1, last_line=9,
            span=self._subject.structure.documents[0].span,
        )  # fmt: skip

    def _account(self, name: str, words: str, told: str | None, published: str | None) -> Account:
        anchor = self.cite(words)
        return Account(
            id=f"account-{name}", source=self.sha256, anchors=(anchor,), step=STEP, confidence=0.8, reason="invented",
            title=f"The account of {name} {HOSTILE}", teller=name.capitalize(), told=told, published=published,
            basis=None, document="document-lamp", first_line=anchor.first_line, last_line=anchor.last_line,
            heading=None, source_note=None, span=self._subject.structure.documents[0].span, body=(),
        )  # fmt: skip

    def _name(self) -> Name:
        return Name(
            id="name-brill", source=self.sha256, anchors=(self.cite("Ada Brill"),), step=STEP, confidence=0.8,
            reason="a name", name="Ada Brill", entity="entity-brill", entity_name="Ada Brill", type="person",
        )  # fmt: skip

    def _reference(self) -> Reference:
        printed = re.sub(r"^1\. ", "", TEXT.rstrip().splitlines()[-1])
        return Reference(
            id="reference-wick", source=self.sha256, anchors=(self.cite(printed),), step=STEP, confidence=0.9,
            reason="a note", printed=printed, type="book", author=(CitedName(family="Wick", given="Tom"),),
            title="The Keeper of the Lamp", year=1880,
        )  # fmt: skip

    def _step(self, order: int, act: str) -> Provenance:
        return Provenance(
            id=f"provenance-{act}", source=self.sha256, anchors=(self.cite("she wrote on 5 March 1871"),), step=STEP,
            confidence=0.7, reason="it says so", document="document-lamp", about="The Lamp", act=act,
            agents=("Ada Brill",), recipients=(HOSTILE,), when="1871-03-05" if not order else None, order=2 - order,
        )  # fmt: skip

    def _reliance(
        self, rests: str, on: str, how: str, words: str, *, stated: bool, on_words: str | None = None
    ) -> Reliance:
        return Reliance(
            id=f"reliance-{rests}-{on}-{how}", source=self.sha256, anchors=(self.cite(words),), step=STEP,
            confidence=0.6, reason="invented", rests=f"account-{rests}", rests_name=rests,
            on=None if on_words else f"account-{on}", on_name=on_words or on, how=how, stated=stated,
        )  # fmt: skip

    def _lost(self) -> Gap:
        return Gap(
            id="gap-log", source=self.sha256, anchors=(self.cite("The log of the lamp was burned."),), step=STEP,
            confidence=0.8, reason="it says so", what="record", label="the log of the lamp", extent="destroyed",
            evidence="The log of the lamp was burned.",
        )  # fmt: skip
