"""The table of analyses, which loads none of them, is in step with them."""

from testimonia.analysis.names.find import NAMES
from testimonia.services.analyses import ANALYSES


def test_the_table_has_the_version_of_the_step_that_finds_names() -> None:
    assert next(a.step for a in ANALYSES if a.step.name == NAMES.name) == NAMES
