"""The table of analyses of one source: what each finds, and how it is made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from testimonia.analysis.subject import Subject
from testimonia.model.citations import Reference
from testimonia.model.dates import NamedDate
from testimonia.model.findings import Finding, Gap
from testimonia.model.names import Name
from testimonia.model.provenance import Provenance, Reliance
from testimonia.model.steps import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One analysis: the kinds of findings that it makes, and how.

    `load` imports what it needs (models take long to load) and gives the function that finds. It runs when its kinds
    are first asked for, and again where the text or the step has changed since.
    """

    step: Step
    kinds: tuple[type[Finding], ...]
    load: Callable[[], Callable[[Subject], Iterable[Finding]]]


def _names() -> Callable[[Subject], Iterable[Finding]]:
    from testimonia.analysis.names.find import find_names
    from testimonia.services.recognisers import load_recogniser

    return partial(find_names, load=load_recogniser)


def _references() -> Callable[[Subject], Iterable[Finding]]:
    from testimonia.analysis.references.find import find_references

    return find_references


def _provenance() -> Callable[[Subject], Iterable[Finding]]:
    from testimonia.analysis.provenance import find_provenance

    return find_provenance


def _reliances() -> Callable[[Subject], Iterable[Finding]]:
    from testimonia.analysis.reliance import find_reliances

    return find_reliances


def _lost_records() -> Callable[[Subject], Iterable[Finding]]:
    from testimonia.analysis.lost_records import find_lost_records

    return find_lost_records


def _dates() -> Callable[[Subject], Iterable[Finding]]:
    from testimonia.analysis.dates import find_dates_named

    return find_dates_named


ANALYSES: tuple[Analysis, ...] = (
    Analysis(step=Step(name="names", version="8"), kinds=(Name,), load=_names),
    Analysis(step=Step(name="dates", version="2"), kinds=(NamedDate,), load=_dates),
    Analysis(step=Step(name="references", version="2"), kinds=(Reference,), load=_references),
    Analysis(step=Step(name="provenance", version="3"), kinds=(Provenance,), load=_provenance),
    Analysis(step=Step(name="reliance", version="3"), kinds=(Reliance,), load=_reliances),
    Analysis(step=Step(name="lost records", version="3"), kinds=(Gap,), load=_lost_records),
)
