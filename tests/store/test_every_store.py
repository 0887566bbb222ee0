"""What every store must do; a new store takes its place in conftest.STORES and runs through all of it."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.store.invented import LATER, NOW, event, of_kind, received, recovered, take_in

from testimonia.errors import InvalidRecordError, NotFoundError
from testimonia.model.comparison import Event, Judgement
from testimonia.model.findings import Account, Document, Finding, Gap, Mark, Note, Notice, Redaction, Repair
from testimonia.model.scans import PageScan, PageText, TextBox
from testimonia.store.library import Job, LibraryStore

OpenStore = Callable[[], LibraryStore]
KINDS: tuple[type[Finding], ...] = (Document, Account, Note, Gap, Redaction, Mark, Repair, Notice)


def judgement(number: int, finding: str, decision: str, undoes: int | None = None) -> Judgement:
    return Judgement(
        id=f"j{number}", finding=finding, decision=decision, editor="the keeper", at=NOW, note="as the log says",
        undoes=None if undoes is None else f"j{undoes}",
    )  # fmt: skip


def test_an_empty_library_is_sound_and_empty(store: LibraryStore) -> None:
    assert not any((store.sources(), store.jobs(), store.judgements(), store.findings(Account)))
    assert not any((store.counts(), store.current_decisions(), store.layer_hashes("reading")))
    assert store.check() == ()


def test_a_source_is_kept_as_received(open_store: OpenStore) -> None:
    source, content = received(1)
    assert open_store().add_source(source, content, NOW)
    other = open_store()
    stored = other.source(source.sha256)
    assert (stored.source, stored.state, stored.added_at, stored.error) == (source, "received", NOW, None)
    assert other.content(source.sha256) == content
    path = other.content_path(source.sha256)
    assert path is None or path.read_bytes() == content
    with pytest.raises(NotFoundError):
        other.content_path("0" * 64)
    assert other.check() == ()


def test_adding_the_same_bytes_twice_changes_nothing(store: LibraryStore) -> None:
    source, *_ = take_in(store, 1)
    before = store.sources()
    assert not store.add_source(replace(source, name="copy.txt"), received(1)[1], LATER)
    assert store.sources() == before
    assert store.sources()[0].state == "done"


def test_sources_come_in_the_order_of_adding(store: LibraryStore) -> None:
    seeds = (5, 1, 4)
    for seed in seeds:
        store.add_source(*received(seed), NOW)
    assert [s.source for s in store.sources()] == [received(seed)[0] for seed in seeds]


def test_names_that_are_no_unicode_come_back(store: LibraryStore) -> None:
    source, content = received(1)
    odd = replace(source, name="nuit\udce9\x00.txt", path="/quai/nuit\udce9.txt", encoding=None)
    store.add_source(odd, content, NOW)
    store.keep_failure(odd.sha256, "nuit\udce9: not readable", NOW)
    assert store.source(odd.sha256).source == odd
    assert store.source(odd.sha256).error == "nuit\udce9: not readable"


def test_bytes_that_are_not_the_sources_are_refused(store: LibraryStore) -> None:
    source, content = received(1)
    for wrong in (content + b"\n", b""):
        with pytest.raises(InvalidRecordError, match=r"night-1\.txt"):
            store.add_source(source, wrong, NOW)
    assert store.sources() == ()


def test_what_was_recovered_comes_back_equal(open_store: OpenStore) -> None:
    source, made, findings = take_in(open_store(), 1)
    store = open_store()
    sha256 = source.sha256
    assert store.layer_names(sha256) == ("original", "reading")
    for layer in (made.original, made.reading):
        kept = store.layer(sha256, layer.name)
        assert kept == layer
        assert kept.sha256 == layer.sha256
    assert store.pages(sha256) == made.pages
    assert store.paragraphs(sha256) == made.paragraphs
    for kind in KINDS:
        assert set(store.findings(kind)) == set(of_kind(findings, kind)) != set()
    for finding in findings:
        assert store.finding(finding.id) == finding
    stored = store.source(sha256)
    assert (stored.state, stored.page_count) == ("done", 3)
    assert store.check() == ()


def test_text_with_nul_and_lone_surrogates_comes_back(store: LibraryStore) -> None:
    source, content = received(1)
    made, findings = recovered(source, content)
    odd = "\x00\ud83d\ude00 😀\x02"
    original = replace(made.original, text=odd + made.original.text[len(odd) :], sha256="")
    note = replace(of_kind(findings, Note)[0], text=odd, reason=odd)
    store.add_source(source, content, NOW)
    store.keep_recovered(replace(made, original=original), [note], NOW)
    assert store.layer(source.sha256, "original") == original
    assert store.findings(Note) == (note,)


def test_findings_come_by_source_and_place(store: LibraryStore) -> None:
    taken = [take_in(store, seed) for seed in (3, 1, 2)]
    for kind in KINDS:
        found = store.findings(kind)
        places = [(f.source, f.anchors[0].first_line) for f in found]
        order = [source.sha256 for source, _, _ in taken]
        assert places == sorted(places, key=lambda p: (order.index(p[0]), p[1]))
        for source, _, findings in taken:
            here = store.findings(kind, source.sha256)
            assert here == tuple(f for f in found if f.source == source.sha256)
            assert len(here) == len(of_kind(findings, kind))


def test_layer_hashes_name_every_source_with_that_layer(store: LibraryStore) -> None:
    taken = [take_in(store, seed) for seed in (1, 2)]
    store.add_source(*received(3), NOW)
    assert store.layer_hashes("reading") == {s.sha256: made.reading.sha256 for s, made, _ in taken}
    assert store.layer_hashes("translated") == {}


def test_counts_are_those_of_the_findings(store: LibraryStore) -> None:
    taken = [take_in(store, seed, pages=seed) for seed in (1, 2)]
    store.keep_findings("group", "library", [event(of_kind(taken[0][2], Account))], NOW)
    counts = store.counts()
    for source, _, findings in taken:
        expected = {k.kind: len(of_kind(findings, k)) for k in KINDS}
        assert counts[source.sha256] == expected
    assert counts[""] == {"event": 1}


def test_a_rerun_replaces_what_the_last_one_made(store: LibraryStore) -> None:
    source, made, findings = take_in(store, 1)
    other = take_in(store, 2)
    fewer = replace(made, pages=made.pages[:2], paragraphs=made.paragraphs[:3])
    kept = (*of_kind(findings, Account)[1:], replace(of_kind(findings, Document)[0], title="Another title"))
    store.keep_recovered(fewer, kept, LATER)
    assert store.pages(source.sha256) == made.pages[:2]
    assert store.paragraphs(source.sha256) == made.paragraphs[:3]
    assert store.findings(Account, source.sha256) == kept[:-1]
    assert store.findings(Document, source.sha256) == kept[-1:]
    assert store.counts()[source.sha256] == {"account": len(kept) - 1, "document": 1}
    assert store.source(source.sha256).page_count == 2
    assert set(store.findings(Repair)) == set(of_kind(other[2], Repair))
    assert store.check() == ()


def test_a_failed_rerun_changes_nothing(store: LibraryStore) -> None:
    source, made, findings = take_in(store, 1)

    def breaking() -> Any:
        yield findings[0]
        raise RuntimeError("the step broke")

    with pytest.raises(RuntimeError):
        store.keep_recovered(replace(made, pages=made.pages[:1]), breaking(), LATER)
    assert store.pages(source.sha256) == made.pages
    assert sum(store.counts()[source.sha256].values()) == len(findings)
    assert store.check() == ()


def test_two_findings_with_one_id_are_refused_by_name(store: LibraryStore) -> None:
    source, made, findings = take_in(store, 1)
    twice = (*findings, replace(findings[0], reason="seen again"))
    with pytest.raises(InvalidRecordError, match=findings[0].id):
        store.keep_recovered(made, twice, LATER)
    assert sum(store.counts()[source.sha256].values()) == len(findings)


def test_a_finding_of_another_source_is_refused(store: LibraryStore) -> None:
    _, made, findings = take_in(store, 1)
    _, _, others = take_in(store, 2)
    with pytest.raises(InvalidRecordError, match=others[0].id):
        store.keep_recovered(made, (*findings, others[0]), LATER)


def test_an_anchor_on_an_older_text_keeps_saying_so(store: LibraryStore) -> None:
    _, made, findings = take_in(store, 1)
    note = of_kind(findings, Note)[0]
    older = replace(note.anchors[0], layer_sha256="0" * 64, quote="as it read before")
    elsewhere = replace(note.anchors[0], source="1" * 64, layer="translated")
    kept = replace(note, anchors=(*note.anchors, older, elsewhere))
    store.keep_recovered(made, [kept], LATER)
    assert store.findings(Note) == (kept,)
    assert store.check() == ()


def test_a_failure_is_shown_and_a_later_success_clears_it(store: LibraryStore) -> None:
    source, content = received(1)
    store.add_source(source, content, NOW)
    store.keep_failure(source.sha256, "no words on any page", NOW)
    assert (store.source(source.sha256).state, store.source(source.sha256).error) == ("failed", "no words on any page")
    store.keep_recovered(*recovered(source, content), NOW)
    assert (store.source(source.sha256).state, store.source(source.sha256).error) == ("done", None)


def test_an_unfinished_source_is_no_damage(store: LibraryStore) -> None:
    store.add_source(*received(1), NOW)
    assert store.check() == ()


def test_findings_across_sources_are_replaced_by_step_and_scope(open_store: OpenStore) -> None:
    store = open_store()
    taken = [take_in(store, seed) for seed in (1, 2)]
    accounts = [a for _, _, findings in taken for a in of_kind(findings, Account)]
    first = event(tuple(accounts[:2]))
    second = event(tuple(accounts[2:]), source=taken[0][0].sha256)
    here = event(tuple(accounts[:1]))
    store.keep_findings("group", "library", (e for e in (first, second)), NOW)
    store.keep_findings("group", "harbour", [here], NOW)
    assert set(open_store().findings(Event)) == {first, second, here}
    assert store.findings(Event, taken[0][0].sha256) == (second,)
    assert store.finding(second.id) == second
    store.keep_findings("group", "library", [second], LATER)
    assert set(store.findings(Event)) == {second, here}
    store.keep_findings("group", "library", [], LATER)
    assert store.findings(Event) == (here,)
    assert store.check() == ()


def test_findings_across_sources_outlive_a_rerun_and_keep_their_text(store: LibraryStore) -> None:
    source, made, findings = take_in(store, 1)
    kept = event(of_kind(findings, Account), source=source.sha256)
    store.keep_findings("group", "library", [kept], NOW)
    newer = replace(made, original=replace(made.original, text=made.original.text.upper(), sha256=""))
    store.keep_recovered(newer, [], LATER)
    assert store.findings(Event) == (kept,)
    assert store.check() == ()


def test_the_same_finding_from_another_scope_moves_there(store: LibraryStore) -> None:
    _, _, findings = take_in(store, 1)
    kept = event(of_kind(findings, Account))
    store.keep_findings("group", "library", [kept], NOW)
    store.keep_findings("group", "harbour", [replace(kept, title="Seen again")], NOW)
    store.keep_findings("group", "library", [], NOW)
    assert [e.title for e in store.findings(Event)] == ["Seen again"]
    assert store.counts()[""] == {"event": 1}
    assert store.check() == ()


def test_a_finding_of_an_unknown_source_is_refused(store: LibraryStore) -> None:
    _, _, findings = take_in(store, 1)
    with pytest.raises(NotFoundError):
        store.keep_findings("group", "library", [event(findings[:1], source="f" * 64)], NOW)


def test_unknown_things_are_not_found(store: LibraryStore) -> None:
    source, made, _ = take_in(store, 1)
    unknown = "e" * 64
    asked: list[Callable[[], object]] = [
        lambda: store.source(unknown), lambda: store.content(unknown), lambda: store.layer(unknown, "original"),
        lambda: store.layer(source.sha256, "translated"), lambda: store.layer_names(unknown),
        lambda: store.pages(unknown), lambda: store.paragraphs(unknown), lambda: store.findings(Note, unknown),
        lambda: store.finding("note-0"), lambda: store.keep_failure(unknown, "gone", NOW),
        lambda: store.judge(judgement(1, "note-0", "accepted")),
        lambda: store.keep_recovered(
            replace(made, original=replace(made.original, source=unknown)), [], NOW
        ),
    ]  # fmt: skip
    for ask in asked:
        with pytest.raises(NotFoundError):
            ask()
    assert store.check() == ()


def test_judgements_are_added_and_never_overwritten(open_store: OpenStore) -> None:
    store = open_store()
    _, _, findings = take_in(store, 1)
    rows = [judgement(1, findings[0].id, "rejected"), judgement(2, findings[0].id, "accepted")]
    for row in rows:
        store.judge(row)
    with pytest.raises(InvalidRecordError, match="j2"):
        store.judge(judgement(2, findings[0].id, "rejected"))
    with pytest.raises(InvalidRecordError, match="perhaps"):
        store.judge(judgement(3, findings[0].id, "perhaps"))
    assert open_store().judgements() == tuple(rows)
    assert store.current_decisions() == {findings[0].id: rows[1]}


def test_judgements_outlive_their_findings(store: LibraryStore) -> None:
    _, made, findings = take_in(store, 1)
    accepted = judgement(1, findings[0].id, "accepted")
    store.judge(accepted)
    store.keep_recovered(made, findings[1:], LATER)
    assert store.judgements() == (accepted,)
    assert store.current_decisions() == {findings[0].id: accepted}
    store.judge(judgement(2, findings[0].id, "undone", undoes=1))
    assert store.current_decisions() == {}
    assert store.check() == ()


def test_an_undoing_can_be_undone(store: LibraryStore) -> None:
    finding = take_in(store, 1)[2][0].id
    rows = [judgement(1, finding, "accepted"), judgement(2, finding, "rejected")]
    for row in rows:
        store.judge(row)
    assert store.current_decisions() == {finding: rows[1]}
    store.judge(judgement(3, finding, "undone", undoes=2))
    assert store.current_decisions() == {finding: rows[0]}
    store.judge(judgement(4, finding, "undone", undoes=3))
    assert store.current_decisions() == {finding: rows[1]}
    store.judge(judgement(5, finding, "undone", undoes=2))
    store.judge(judgement(6, finding, "undone", undoes=1))
    assert store.current_decisions() == {}


def test_only_a_decision_on_the_same_finding_can_be_undone(store: LibraryStore) -> None:
    findings = take_in(store, 1)[2]
    store.judge(judgement(1, findings[0].id, "accepted"))
    with pytest.raises(NotFoundError, match="j1"):
        store.judge(judgement(2, findings[1].id, "undone", undoes=1))


def test_jobs_are_brought_up_to_date_newest_first(open_store: OpenStore) -> None:
    store = open_store()
    first = Job(
        id="a", title="Take in night-1.txt", step="read", state="running", done=0, total=None, unit="pages",
        started_at=NOW, updated_at=NOW,
    )  # fmt: skip
    second = replace(first, id="b", title="Take in night-2.txt", total=9)
    store.keep_job(first)
    store.keep_job(second)
    store.keep_job(replace(first, state="done", done=3, total=3, updated_at=LATER, message="3 pages"))
    assert [(j.id, j.state) for j in open_store().jobs()] == [("b", "running"), ("a", "done")]
    assert store.jobs()[1].message == "3 pages"


def test_readers_are_not_kept_waiting_and_see_one_state(store: LibraryStore) -> None:
    source, made, findings = take_in(store, 1)
    seen: list[int] = []

    def slow() -> Any:
        yield from findings[:2]
        reader = threading.Thread(target=lambda: seen.append(sum(store.counts()[source.sha256].values())))
        reader.start()
        reader.join(10)
        seen.append(-1)

    store.keep_recovered(made, slow(), LATER)
    assert seen == [len(findings), -1]
    assert store.counts()[source.sha256] == {"document": 1, "account": 1}


def test_many_threads_write_and_read_at_once(store: LibraryStore) -> None:
    faults: list[BaseException] = []

    def work(seed: int) -> None:
        try:
            source, made, findings = take_in(store, seed, pages=1)
            assert store.layer(source.sha256, "reading") == made.reading
            assert set(store.findings(Repair, source.sha256)) == set(of_kind(findings, Repair))
            store.judge(judgement(seed, findings[0].id, "accepted"))
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert len(store.sources()) == len(store.current_decisions()) == 12
    assert store.check() == ()


def test_findings_can_be_made_from_what_the_library_says(store: LibraryStore) -> None:
    _, made, findings = take_in(store, 1)
    changed = (replace(f, confidence=0.25) for f in store.findings(Account))
    store.keep_recovered(made, changed, LATER)
    assert {a.confidence for a in store.findings(Account)} == {0.25}
    store.keep_recovered(made, (store.finding(f.id) for f in of_kind(findings, Account)[:1]), LATER)


def test_a_step_leaves_its_stamp_in_each_scope(store: LibraryStore) -> None:
    source, _, _ = take_in(store, 1)
    store.keep_findings("dates", source.sha256, (), NOW, stamp="1 abc")
    store.keep_findings("dates", "library", (), NOW)
    assert store.stamps("dates") == {source.sha256: "1 abc", "library": ""}
    store.keep_findings("dates", source.sha256, (), LATER, stamp="2 abc")
    assert store.stamps("dates")[source.sha256] == "2 abc"
    assert store.stamps("names") == {}


def scanned(page_index: int, words: int = 3, at: int = 0, **changes: Any) -> PageScan:
    boxes = tuple(
        TextBox(
            start=at + 6 * n, end=at + 6 * n + 5, left=10 + n, top=20, right=50 + n, bottom=33,
            confidence=None if n % 2 else 0.25 * n,
        )
        for n in range(words)
    )  # fmt: skip
    made = PageScan(page_index=page_index, width=2_480, height=3_508, image=True, boxes=boxes)
    return replace(made, **changes)


def test_scans_come_back_equal_and_a_rerun_replaces_them(open_store: OpenStore) -> None:
    store = open_store()
    source, made, findings = take_in(store, 1)
    assert store.scans(source.sha256) == ()
    scans = (scanned(0), scanned(2, words=0, turned_deg=180, engine="invented 1.0", confidence=0.5))
    store.keep_recovered(made, findings, NOW, scans=scans)
    other = open_store()
    assert other.scans(source.sha256) == scans
    assert (other.scan(source.sha256, 0), other.scan(source.sha256, 1)) == (scans[0], None)
    assert tuple(other.scans(source.sha256)[0].boxes) == tuple(scans[0].boxes)
    assert other.check() == ()
    store.keep_recovered(made, findings, LATER, scans=(scanned(1),))
    assert other.scans(source.sha256) == (scanned(1),)


def test_what_was_read_from_a_page_stays_until_it_is_dropped(open_store: OpenStore) -> None:
    store = open_store()
    source, content = received(1)
    store.add_source(source, content, NOW)
    text = PageText(page_index=4, state="read", text="A lamp.\n", scan=scanned(4, words=1))
    unread = PageText(page_index=1, state="unreadable", reason="the image breaks off")
    store.keep_page_text(source.sha256, text, NOW)
    store.keep_page_text(source.sha256, unread, NOW)
    other = open_store()
    assert other.page_texts(source.sha256) == (unread, text)
    assert other.source(source.sha256).state == "received"
    store.keep_page_text(source.sha256, PageText(page_index=1, state="blank"), LATER)
    assert [t.state for t in other.page_texts(source.sha256)] == ["blank", "read"]
    made, findings = recovered(source, content)
    store.keep_recovered(made, findings, LATER)
    assert len(other.page_texts(source.sha256)) == 2
    store.drop_page_texts(source.sha256)
    assert other.page_texts(source.sha256) == ()
    with pytest.raises(NotFoundError):
        store.keep_page_text("0" * 64, text, NOW)
    assert other.check() == ()


def test_a_scan_of_no_page_is_found_by_the_check(store: LibraryStore) -> None:
    _, made, findings = take_in(store, 1)
    store.keep_recovered(made, findings, NOW, scans=(scanned(3), scanned(4, at=10_000_000)))
    assert len(store.check()) == 2


def test_what_was_computed_is_kept_until_much_else_came(store: LibraryStore) -> None:
    assert store.computed("key") is None
    store.keep_computed("key", b"first")
    store.keep_computed("key", b"second")
    assert store.computed("key") == b"second"
    for n in range(260):
        store.keep_computed(f"key-{n}", b"x" * n)
    assert store.computed("key") is None
    assert store.computed("key-259") == b"x" * 259
    assert store.check() == ()
