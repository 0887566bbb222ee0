"""hOCR and ALTO keep to their standards."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from testimonia.exports.alto import Alto
from testimonia.exports.hocr import Hocr
from testimonia.exports.snapshot import SourceEdition

if TYPE_CHECKING:
    from tests.exports.conftest import Drawn

HERE = Path(__file__).parent
SCHEMAS = ((Hocr(), "hocr.rng"), (Alto(), "alto4.rng"))
each_format = pytest.mark.parametrize(("exporter", "schema"), SCHEMAS, ids=("hocr", "alto"))
ALTO = {"a": "http://www.loc.gov/standards/alto/ns-v4#"}


def written(exporter: Hocr | Alto, edition: SourceEdition) -> etree._Element:
    sink = io.BytesIO()
    exporter.export(edition, sink)
    return etree.fromstring(sink.getvalue())


def check(exporter: Hocr | Alto, schema: str, edition: SourceEdition) -> None:
    grammar = etree.RelaxNG(etree.parse(HERE / schema))
    root = written(exporter, edition)
    assert grammar.validate(root), grammar.error_log


@each_format
def test_it_is_valid(exporter: Hocr | Alto, schema: str, edition: SourceEdition) -> None:
    check(exporter, schema, edition)


@each_format
@pytest.mark.parametrize(
    "how", [{"boxes": False}, {"whole_lines": True}, {"uncertain": "it lies upside down"}, {"turned_deg": 180}]
)
def test_it_is_valid_whatever_is_known(
    exporter: Hocr | Alto, schema: str, how: dict[str, object], drawn: Drawn
) -> None:
    check(exporter, schema, drawn.edition(("The gate\nstood open.\n", "\n"), **how))  # type: ignore[arg-type]


@each_format
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=30), name=st.text(min_size=1, max_size=12))
def test_it_is_valid_whatever_stands_in_the_text(
    exporter: Hocr | Alto, schema: str, drawn: Drawn, text: str, name: str
) -> None:
    check(exporter, schema, drawn.edition((text + "\n",), name=name))


def test_boxes_of_hocr_lie_inside_one_another(edition: SourceEdition) -> None:
    root = written(Hocr(), edition)
    for word in root.iter("{*}span"):
        if word.get("class") == "ocrx_word":
            inner, outer = (
                [int(n) for n in re.findall(r"bbox (\S+) (\S+) (\S+) (\S+?)(?:;|$)", element.get("title", ""))[0]]
                for element in (word, word.getparent())
            )
            assert outer[0] <= inner[0] <= inner[2] <= outer[2]
            assert outer[1] <= inner[1] <= inner[3] <= outer[3]


def test_alto_names_the_engine_of_a_page_and_the_whole_of_a_divided_word(edition: SourceEdition) -> None:
    root = written(Alto(), edition)
    (engine,) = root.xpath("//a:Processing[a:processingCategory='contentGeneration']", namespaces=ALTO)
    assert engine.findtext(".//a:softwareName", namespaces=ALTO) == "drawn 1"
    assert root.xpath("//a:Page/@PROCESSINGREFS", namespaces=ALTO)[0].split()[0] == engine.get("ID")
    assert root.xpath("//a:String/@SUBS_CONTENT", namespaces=ALTO) == ["followed", "followed"]
    assert root.xpath("string(//a:String[@CONTENT='modern']/a:ALTERNATIVE)", namespaces=ALTO) == "modem"
