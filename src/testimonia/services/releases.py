"""Releases of one document with different redactions: what each withholds, and the fullest text of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from testimonia.model.collation import Collation, Restoration
from testimonia.model.findings import Gap
from testimonia.model.spans import Anchor
from testimonia.model.steps import Step
from testimonia.services.opened import OpenedSource
from testimonia.services.witnessing import WitnessText
from testimonia.store.library import LibraryStore
from testimonia.text.anchoring import finding_id
from testimonia.text.collation.releases import Extent, Filled, estimate_extent, find_filled, put_together

RESTORE_STEP = Step(name="restore redactions", version="1")
TYPED_LINE = 65
_LONGEST_LINE = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A mark for words that no release shows: where it stands, and how long they were as far as anything tells."""

    witness: int
    anchor: Anchor
    extent: Extent


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A run of the fullest text from one witness; `withheld` where it is a mark that stays."""

    witness: int
    text: str
    anchor: Anchor
    withheld: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Releases:
    """What the versions of a document withhold and show, and their fullest text, every stretch with its witness."""

    restorations: tuple[Restoration, ...]
    hidden: tuple[Hidden, ...]
    fullest: tuple[Stretch, ...]


def compare_releases(
    collation: Collation, texts: Sequence[WitnessText], sources: Sequence[OpenedSource]
) -> Releases | None:
    """What does each version withhold that another shows? None where no version has a mark for withheld words.

    The texts and their sources are in the order of the versions.
    """
    filled = find_filled(collation)
    if not filled:
        return None

    def cited(witness: int, first: int, end: int) -> Anchor:
        place = collation.offsets(witness, (first, end)) or (0, 0)
        return texts[witness].anchor(*place)

    lines = [_line_letters(source) for source in sources]
    gaps = [_gaps_by_place(source) for source in sources]
    restorations, hidden = [], []
    for one in filled:
        mark = cited(one.witness, one.mark, one.mark + 1)
        extent = estimate_extent(mark.quote, *lines[one.witness])
        if not one.shown:
            hidden.append(Hidden(witness=one.witness, anchor=mark, extent=extent))
            continue
        shown = tuple(cited(*stretch) for stretch in one.shown)
        restorations.append(_restoration(collation, one, mark, shown, extent, gaps[one.witness]))
    fullest = tuple(
        Stretch(witness=w, text=collation.words(w, (a, z)), anchor=cited(w, a, z), withheld=withheld)
        for w, first, end in put_together(collation)
        for a, z, withheld in _by_marks(collation, w, first, end)
    )
    return Releases(restorations=tuple(restorations), hidden=tuple(hidden), fullest=fullest)


def _restoration(
    collation: Collation, filled: Filled, mark: Anchor, shown: tuple[Anchor, ...], extent: Extent,
    gaps: Mapping[tuple[str, int], str],
) -> Restoration:  # fmt: skip
    text = collation.words(filled.shown[0][0], filled.shown[0][1:])
    fits = None if filled.partly else extent.fits(len(text))
    confidence, verdict = {
        True: (0.9, f"the {len(text)} characters shown fit"),
        None: (0.75, "another release has words between the same words"),
        False: (0.55, f"the {len(text)} characters shown are another length than what is stated"),
    }[fits]
    return Restoration(
        id=finding_id("restoration", mark.source, mark.start, mark.end, *((a.source, a.quote) for a in shown)),
        source=mark.source,
        anchors=(mark,),
        step=RESTORE_STEP,
        confidence=confidence,
        reason=f"{verdict}; {extent.reason}",
        printed=" ".join(mark.quote.split()),
        text=text,
        shown_in=shown,
        partly=filled.partly,
        least=extent.least,
        most=extent.most,
        fills=next((g for (layer, at), g in gaps.items() if layer == mark.layer and mark.start <= at < mark.end), None),
    )


def _gaps_by_place(source: OpenedSource) -> dict[tuple[str, int], str]:
    """The ids of the redactions known as gaps, by the layer and the place where they start."""
    return {
        (g.anchors[0].layer, g.anchors[0].start): g.id
        for g in source.gaps
        if isinstance(g, Gap) and g.what == "redaction" and g.anchors
    }


def _line_letters(source: OpenedSource) -> tuple[float, bool]:
    """How long is a full line of this source, in characters; and is that only assumed, as its lines are paragraphs?"""
    lengths = sorted(len(source.lines.text(n).strip()) for n in range(1, min(source.lines.count, 20_000) + 1))
    full = [length for length in lengths if length > lengths[-1 - len(lengths) // 20] / 2]
    typical = median(full) if full else 0
    return (typical, False) if 20 <= typical <= _LONGEST_LINE else (TYPED_LINE, True)


def _by_marks(collation: Collation, witness: int, first: int, end: int) -> list[tuple[int, int, bool]]:
    """The stretch, cut where marks for withheld words stand."""
    pieces: list[tuple[int, int, bool]] = []
    for n in range(first, end):
        withheld = collation.tokens[witness][n].withheld
        if pieces and not withheld and not pieces[-1][2]:
            pieces[-1] = (pieces[-1][0], n + 1, False)
        else:
            pieces.append((n, n + 1, withheld))
    return pieces


def fillings(store: LibraryStore, sha256: str) -> dict[str, tuple[Restoration, ...]]:
    """For each gap of this source that another release fills, what fills it and no editor has rejected."""
    decisions = store.current_decisions()
    out: dict[str, tuple[Restoration, ...]] = {}
    for one in store.findings(Restoration):
        decision = decisions.get(one.id)
        if one.source == sha256 and one.fills is not None and (decision is None or decision.decision != "rejected"):
            out[one.fills] = (*out.get(one.fills, ()), one)
    return out
