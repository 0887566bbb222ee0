"""Folders, archives and runs of page images: what is taken in as one source, and what is refused."""

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.services.reading_pages import InventedReader, image_file, sheet

from testimonia.errors import AmbiguousError, EncryptedSourceError, NotFoundError, TooLargeError
from testimonia.model.findings import Notice
from testimonia.search.fts5 import Fts5Index
from testimonia.services import gathering
from testimonia.services.gathering import gather, gather_contents, is_one_numbering
from testimonia.services.searching import Searching
from testimonia.services.workbench import Workbench
from testimonia.store.sqlite import SqliteLibrary

NOW = "1931-03-14T02:10:00Z"
LETTER = b"The lamp went out at two, and nobody saw the ferry leave the quay.\n"


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    folder = tmp_path / "library"
    store = SqliteLibrary.open(folder, now=lambda: NOW)
    with Workbench(
        store, Searching(store, Fts5Index.open(folder / "search.sqlite3")), lambda: NOW, page_reader=InventedReader()
    ) as made:
        yield made


def write_run(folder: Path, numbers: Iterator[int] | range, stem: str = "minutes_") -> None:
    folder.mkdir(parents=True)
    for n in numbers:
        (folder / f"{stem}{n}.png").write_bytes(image_file(sheet(n)))


def zip_of(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("names", "one"),
    [
        (["a1.jpg", "a2.jpg", "a3.jpg"], True),
        (["1.tif", "2.tif", "3.png"], True),
        (["log_08_r.jpg", "log_09_r.jpg", "log_10_r.jpg"], True),
        (["A1.JPG", "a2.jpg", "a3.jpg"], True),
        (["a1.jpg", "a2.jpg"], False),
        (["a1.jpg", "a2.jpg", "a4.jpg"], False),
        (["a1.jpg", "b2.jpg", "a3.jpg"], False),
        (["a1.jpg", "a2.jpg", "a3.jpg", "a3.png"], False),
        (["a1.jpg", "a2.jpg", "a3.jpg", "notes.txt"], False),
        (["a1.xml", "a2.xml", "a3.xml"], False),
        (["a.jpg", "b.jpg", "c.jpg"], False),
    ],
)
def test_one_numbering_is_the_same_words_around_consecutive_numbers(names: list[str], one: bool) -> None:
    assert is_one_numbering(names) is one


def test_a_folder_of_numbered_images_is_one_source_in_natural_order(workbench: Workbench, tmp_path: Path) -> None:
    write_run(tmp_path / "box" / "minutes of 1931", range(8, 12))
    report = workbench.intake.add([tmp_path / "box"])
    assert not report.failures
    (stored,) = report.added
    assert (stored.source.name, stored.page_count) == ("minutes of 1931", 4)
    assert stored.source.members == tuple(f"minutes_{n}.png" for n in (8, 9, 10, 11))
    text = workbench.store.layer(stored.source.sha256, "original").text
    assert [line for line in text.splitlines() if line.startswith("Page")] == [
        f"Page {n} of the log." for n in range(8, 12)
    ]
    again = workbench.intake.add([tmp_path / "box" / "minutes of 1931"])
    assert [s.source.sha256 for s in again.unchanged] == [stored.source.sha256]
    assert workbench.scans.page_image(stored.source.sha256, 2)[1] == "image/jpeg"


def test_an_image_in_a_run_is_found_by_its_name_and_path_and_means_its_page(
    workbench: Workbench, tmp_path: Path
) -> None:
    write_run(tmp_path / "minutes", range(1, 4))
    write_run(tmp_path / "other", range(3, 7))
    workbench.intake.add([tmp_path / "minutes", tmp_path / "other"])
    find = workbench.catalogue.find_page
    stored, page = find("minutes_2.png")
    assert (stored.source.name, page) == ("minutes", 1)
    for path in ("other/minutes_3.png", str(tmp_path / "other" / "minutes_3.png")):
        stored, page = find(path)
        assert (stored.source.name, page) == ("other", 0)
    with pytest.raises(AmbiguousError):
        find("minutes_3.png")
    with pytest.raises(NotFoundError):
        find("elsewhere/minutes_2.png")
    text = workbench.reading.text(stored.source.sha256, "reading", 0, exact=True)
    assert text.startswith("Page 3 of the log.")
    assert "Page 4" not in text


def test_images_with_other_names_are_each_a_source(workbench: Workbench, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    for n, name in enumerate(("mole 10.png", "mole 9.png", "quay.png"), 1):
        (folder / name).write_bytes(image_file(sheet(n)))
    report = workbench.intake.add([folder])
    assert [s.source.name for s in report.added] == ["mole 9.png", "mole 10.png", "quay.png"]


def test_the_files_of_an_archive_are_each_a_source_and_its_run_of_images_is_one(
    workbench: Workbench, tmp_path: Path
) -> None:
    scans = {f"scans/p{n}.png": image_file(sheet(n)) for n in (1, 2, 3)}
    inner = zip_of({"deep.txt": LETTER + b"Deep."})
    (tmp_path / "box.zip").write_bytes(
        zip_of({"letter 10.txt": LETTER + b"Ten.", "letter 9.txt": LETTER, "inner.zip": inner, ".x": b"x", **scans})
    )
    report = workbench.intake.add([tmp_path / "box.zip"])
    assert not report.failures
    assert [(s.source.name, s.source.path.removeprefix(f"{tmp_path}/")) for s in report.added] == [
        ("deep.txt", "box.zip/inner.zip/deep.txt"),
        ("letter 9.txt", "box.zip/letter 9.txt"),
        ("letter 10.txt", "box.zip/letter 10.txt"),
        ("scans", "box.zip/scans"),
    ]
    assert len(workbench.intake.add([tmp_path / "box.zip"]).unchanged) == 4
    folder = tmp_path / "unpacked" / "scans"
    folder.mkdir(parents=True)
    for name, content in scans.items():
        (folder / Path(name).name).write_bytes(content)
    assert len(workbench.intake.add([folder]).unchanged) == 1


def test_an_archive_that_was_uploaded_is_opened(workbench: Workbench) -> None:
    report = workbench.intake.add_contents([("box.zip", zip_of({"a.txt": LETTER}))])
    assert [s.source.path for s in report.added] == ["box.zip/a.txt"]


def test_names_that_lead_out_of_an_archive_stay_in_it() -> None:
    content = zip_of({"../../etc/passwd.txt": LETTER, "/root/b.txt": LETTER, "c\\..\\d.txt": LETTER})
    incoming, failures = gather_contents([("box.zip", content)])
    assert not failures
    assert {i.path for i in incoming} == {"box.zip/etc/passwd.txt", "box.zip/root/b.txt", "box.zip/c/d.txt"}


def test_bombs_and_locked_files_are_refused_and_the_others_come(monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(zip_of({"a.txt": LETTER, "bomb.txt": b"\0" * 20_000_000, "locked.txt": LETTER}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    incoming, failures = gather_contents([("box.zip", bytes(content))])
    assert [i.name for i in incoming] == ["a.txt"]
    assert {f.path: type(f.error) for f in failures} == {
        "box.zip/bomb.txt": TooLargeError,
        "box.zip/locked.txt": EncryptedSourceError,
    }
    monkeypatch.setattr(gathering, "MAX_UNPACKED_BYTES", 100)
    incoming, failures = gather_contents([("box.zip", zip_of({f"{n}.txt": LETTER for n in range(3)}))])
    assert (len(incoming), len(failures)) == (1, 2)


def test_archives_too_deep_or_of_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = zip_of({"a.txt": LETTER})
    for _ in range(5):
        content = zip_of({"in.zip": content, "b.txt": LETTER})
    incoming, failures = gather_contents([("box.zip", content)])
    assert len(incoming) == 3
    assert [type(f.error) for f in failures] == [TooLargeError]
    monkeypatch.setattr(gathering, "MAX_MEMBERS", 2)
    _, failures = gather_contents([("box.zip", zip_of({f"{n}.txt": LETTER for n in range(3)}))])
    assert "3 files" in str(failures[0].error)


def test_a_damaged_archive_is_refused_and_a_damaged_file_in_it_alone(workbench: Workbench) -> None:
    content = zip_of({"a.txt": LETTER, "b.txt": LETTER * 9})
    assert workbench.intake.add_contents([("box.zip", content[: len(content) // 2])]).failures
    at = content.index(b"b.txt") + 8
    report = workbench.intake.add_contents([("box.zip", content[:at] + b"\xff\xff\xff" + content[at + 3 :])])
    assert [s.source.name for s in report.added] == ["a.txt"]
    assert [f.path for f in report.failures] == ["box.zip/b.txt"]


def test_a_file_over_the_bound_is_refused_before_it_is_read(
    workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MAX_FILE_BYTES", 100)
    (tmp_path / "long.txt").write_bytes(LETTER * 9)
    (tmp_path / "short.txt").write_bytes(LETTER)
    monkeypatch.setattr(Path, "read_bytes", lambda path: LETTER if path.name == "short.txt" else pytest.fail("read"))
    report = workbench.intake.add([tmp_path / "long.txt", tmp_path / "short.txt"])
    assert [s.source.name for s in report.added] == ["short.txt"]
    assert isinstance(report.failures[0].error, TooLargeError)


def test_what_is_no_file_or_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    incoming, failures = gather([tmp_path / "none", tmp_path / "empty"])
    assert (incoming, len(failures)) == ([], 2)


def test_a_notice_about_a_page_without_words_cites_that_page(workbench: Workbench) -> None:
    tiff = image_file(sheet(3), sheet(0), sheet(4), what="TIFF")
    (stored,) = workbench.intake.add_contents([("log.tif", tiff)]).added
    (blank,) = (n for n in workbench.store.findings(Notice, stored.source.sha256) if n.code == "blank-page")
    assert [(a.page_index, a.quote) for a in blank.anchors] == [(1, "")]
    assert workbench.reading.page_view(stored.source.sha256, 1).notices == (blank,)
    assert workbench.store.check() == ()
