"""What the parts of the workbench do together: finding sources, finishing work, comparing, searching, undoing."""

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from testimonia.errors import AmbiguousError, NotFoundError, TestimoniaError
from testimonia.model.findings import Repair
from testimonia.model.sources import Source
from testimonia.services.jobs import Control
from testimonia.services.workbench import SEARCH_FILE, Workbench

NOW = "1931-03-14T02:10:00Z"
KEEPER = """The keeper's story

I saw the lugger come round the point at ten o'clock, with four men in her. The
lamp was burning. Nobody had given any order to put it out, and the pilot was
still on the quay with his dog.
"""
PILOT = """The pilot's story

It was past eleven when the lugger came round the point, and there were a dozen
men in her. The lamp had been put out by order of the keeper. I was at home and
my dog was with me.
"""


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "library", now=lambda: NOW) as made:
        yield made


def test_a_source_is_found_by_name_path_and_hash(workbench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "keeper.txt").write_text(KEEPER, encoding="utf-8")
    (stored,) = workbench.intake.add([tmp_path / "keeper.txt"]).added
    for text in ("keeper.txt", str(tmp_path / "keeper.txt"), stored.source.sha256, stored.source.sha256[:6]):
        assert workbench.catalogue.find_source(text).source == stored.source
    with pytest.raises(NotFoundError, match="no source is named"):
        workbench.catalogue.find_source("pilot.txt")


def test_a_name_that_two_sources_have_is_not_guessed(workbench: Workbench) -> None:
    workbench.intake.add_contents([("story.txt", KEEPER.encode()), ("story.txt", PILOT.encode())])
    with pytest.raises(AmbiguousError, match="names 2 sources"):
        workbench.catalogue.find_source("story.txt")


def test_a_source_that_was_only_received_is_finished_when_asked(workbench: Workbench) -> None:
    content = KEEPER.encode()
    source = Source(
        sha256=hashlib.sha256(content).hexdigest(),
        name="keeper.txt",
        path="keeper.txt",
        size_bytes=len(content),
        media_type="text/plain",
        encoding="utf-8",
    )
    workbench.store.add_source(source, content, NOW)
    assert [s.source.name for s in workbench.intake.unfinished()] == ["keeper.txt"]
    assert [s.source.name for s in workbench.intake.finish().added] == ["keeper.txt"]
    assert workbench.intake.unfinished() == ()
    assert workbench.intake.add_contents([("keeper.txt", content)]).added == ()


def test_two_files_are_compared_as_two_accounts_in_any_order(workbench: Workbench) -> None:
    report = workbench.intake.add_contents([("keeper.txt", KEEPER.encode()), ("pilot.txt", PILOT.encode())])
    workbench.comparing.regroup()
    one, other = (s.source.sha256 for s in report.added)
    forth, back = workbench.comparing.compare(None, [one, other]), workbench.comparing.compare(None, [other, one])
    assert {a.source for a in forth.accounts} == {one, other}
    assert {p.id for p in forth.points} == {p.id for p in back.points}
    assert any(p.relation in ("contradict", "differ") for p in forth.points)


def test_comparing_one_account_says_what_is_needed(workbench: Workbench) -> None:
    (stored,) = workbench.intake.add_contents([("keeper.txt", KEEPER.encode())]).added
    workbench.comparing.regroup()
    with pytest.raises(NotFoundError) as caught:
        workbench.comparing.compare()
    assert "--source" in str(caught.value)
    with pytest.raises(NotFoundError, match="not two accounts"):
        workbench.comparing.compare(None, [stored.source.sha256])


def test_a_lost_search_index_is_made_again(tmp_path: Path) -> None:
    with Workbench.open(tmp_path, now=lambda: NOW) as workbench:
        workbench.intake.add_contents([("keeper.txt", KEEPER.encode())])
        assert workbench.searching.search("lugger").total == 1
    for file in tmp_path.glob(f"{SEARCH_FILE}*"):
        file.unlink()
    with Workbench.open(tmp_path, now=lambda: NOW) as workbench:
        assert workbench.searching.search("lugger").total == 1


def test_a_refused_repair_can_be_taken_back(workbench: Workbench) -> None:
    text = "The lamp was put out by the har-\nbour clerk before the lugger came.\n"
    (stored,) = workbench.intake.add_contents([("clerk.txt", text.encode())]).added
    sha256 = stored.source.sha256
    (hyphen,) = (r for r in workbench.store.findings(Repair, sha256) if r.how == "hyphen")
    refused = workbench.judging.judge(hyphen.id, "rejected", "editor")
    assert "har-\nbour" in workbench.reading.text(sha256) or "har- bour" in workbench.reading.text(sha256)
    assert workbench.searching.search("harbour").total == 0
    workbench.judging.undo(refused.id, "editor")
    assert "harbour" in workbench.reading.text(sha256)
    assert [j.decision for j in workbench.store.judgements()] == ["rejected", "undone"]


def test_a_job_waits_while_paused_and_stops_when_cancelled(workbench: Workbench) -> None:
    gate, passed = threading.Event(), threading.Event()

    def work(control: Control) -> str:
        control(0, 2, "first")
        gate.wait(10)
        control(1, 2, "second")
        passed.set()
        control(2, 2, "third")
        return "all done"

    job = workbench.jobs.start("Count to two", "steps", 2, work)
    workbench.jobs.pause(job.id)
    gate.set()
    assert not passed.wait(0.2)
    workbench.jobs.cancel(job.id)
    workbench.jobs.wait(job.id, 10)
    (ended,) = workbench.jobs.all()
    assert (ended.state, ended.done) == ("cancelled", 1)


def test_a_job_that_fails_says_why(workbench: Workbench) -> None:
    def work(control: Control) -> str:
        raise TestimoniaError("the tide was out", hint="Wait for the flood")

    job = workbench.jobs.start("Sail", "boats", 1, work)
    workbench.jobs.wait(job.id, 10)
    (ended,) = workbench.jobs.all()
    assert ended.state == "failed"
    assert "the tide was out" in ended.message
