"""The table of analyses, which loads none of them, is in step with them."""

import pytest

from testimonia.analysis import dates, lost_records, provenance, reliance
from testimonia.analysis.names import find as names
from testimonia.analysis.references import find as references
from testimonia.model.steps import Step
from testimonia.services.analyses import ANALYSES

MADE_BY = (
    names.NAMES,
    dates.STEP,
    references.REFERENCES,
    provenance.PROVENANCE,
    reliance.RELIANCE,
    lost_records.LOST_RECORDS,
)


@pytest.mark.parametrize("step", MADE_BY, ids=lambda step: step.name)
def test_the_table_has_the_version_of_the_step_that_finds(step: Step) -> None:
    assert next(a.step for a in ANALYSES if a.step.name == step.name) == step


def test_every_analysis_is_compared() -> None:
    assert [a.step.name for a in ANALYSES] == [step.name for step in MADE_BY]
