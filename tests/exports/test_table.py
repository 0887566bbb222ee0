"""Formats by name, and those of other packages."""

from importlib.metadata import EntryPoint
from typing import BinaryIO

import pytest

from testimonia.errors import NotFoundError
from testimonia.exports.exporting import Exporter
from testimonia.exports.snapshot import SourceEdition
from testimonia.exports.table import EXPORTERS, GROUP, load_exporters


class Morse:
    """A format from elsewhere."""

    name, title, media_type, suffix = "morse", "Morse code", "text/plain", ".morse"

    def export(self, edition: SourceEdition, sink: BinaryIO) -> None:
        sink.write(b".-")


class Taken(Morse):
    """A format whose name is taken."""

    name = "hocr"


class Broken:
    """No format at all."""


def point(name: str, kind: str) -> EntryPoint:
    return EntryPoint(name=name, value=f"{__name__}:{kind}", group=GROUP)


@pytest.fixture(autouse=True)
def found_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    module = type(sys)(__name__)
    vars(module).update({"Morse": Morse, "Taken": Taken, "Broken": Broken})
    monkeypatch.setitem(sys.modules, __name__, module)


def test_formats_are_found_by_name() -> None:
    table = load_exporters(())
    assert table.names[:8] == ("hocr", "alto", "pdf", "text", "jsonl", "csl-json", "bibtex", "ris")
    assert table.names[8:11] == ("references-text", "references-html", "prov-o")
    assert set(table.names[9:]) >= {"comparison-csv", "comparison-json", "comparison-html", "comparison-docx"}
    assert len(set(table.names)) == len(table.names)
    assert table.find("alto").title == "ALTO"
    with pytest.raises(NotFoundError, match="docx"):
        table.find("docx")


def test_a_format_of_another_package_is_added() -> None:
    table = load_exporters((point("morse", "Morse"),))
    assert not table.broken
    assert isinstance(table.find("morse"), Exporter)


@pytest.mark.parametrize("kind", ["Taken", "Broken", "Absent"])
def test_a_broken_one_is_named_and_the_others_work(kind: str) -> None:
    table = load_exporters((point("bad", kind), point("morse", "Morse")))
    assert len(table.exporters) == len(EXPORTERS) + 1
    assert "'bad'" in str(table.broken[0])
