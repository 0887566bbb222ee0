"""Recovery as a whole: an invented bundle of two web prints, one page of it scanned upside down."""

from collections.abc import Callable
from functools import lru_cache

import pytest

from testimonia.errors import TestimoniaError
from testimonia.model.layers import Layer
from testimonia.text.recovered import Recovered
from testimonia.text.recovery import recover

Prose = Callable[..., list[str]]
Original = Callable[[str], Layer]

TURNED = """zmmmi

uuq juauiouj/iuojd/uoiqsanb/aldmexe aAiqoxe//:d))q

pip puB ‘3uIU3A3 3q) uo pspuq oqM uoui 3q) jo suo ON
UMop 3uibd oqM )o|id 3q) o) sb Bupjou )nq ‘sii) )nq
3q) U3qM ‘)s3j 3q) q)IM jnoqjBq 3q) )B )nq ‘ja))B| sqi
.ss3u))imb \\o iC'BM -sp, jaqjomb -- 3q l|ln Uj 3q oj j3)sbuj

sBM )l JOJ 'SUOIS|A3)BUI 3|qB)SUOD B jo spJBU)pn 3q) pUB
J3))B| 3q) ‘Ap33U )o AqqoQ JO UIUOJjB3-ui ssq 3q)
B)s|u!|psj d|dij)-jo |Bsj3Aiun ub jo s)ubssbs 3q)

8 jo Z sSbj

Aj)nbuj jnoqjBjq 3qX"""


@pytest.fixture
def bundle(prose: Prose) -> str:
    """Four pages of one article (of six), then eight of another, the second of them upside down."""
    lines: list[str] = []
    for n in range(1, 5):
        body = prose(n, 24)
        if n == 1:
            body = ["Signals in the Night", "", "by a Pilot", "", *body]
        foot = f"http://archive.example/~buI{'letin/n8/b8-9a31.htm' if n % 2 else 'letin/n8/b8-9a3 1 htm'}"
        head = f"Signals in the Night: Letters of a Pilot Page {n} of 6"
        lines += [head, "", "", *body, "", "", foot, "", "11/21/2002"]
        lines += [""] * 8
    for n in range(1, 9):
        if n == 2:
            lines += TURNED.split("\n") + [""] * 6
            continue
        body = ["Back to Contents", "", *prose(10 + n, 20)] if n == 1 else prose(10 + n, 20)
        body = [*body, "", "Back to Contents _"] if n == 8 else body
        lines += ["The Harbour Inquiry", "", "", f"Page {n} of 8", "", "", *body, "", ""]
        lines += ["http://archive.example/question/moment.htm", "", "", "11 / 21/2002" if n == 5 else "11/21/2002"]
        lines += [""] * (7 + n % 3)
    return "\n".join(f"{line} " if line else line for line in lines) + "\n"


@lru_cache(maxsize=1)
def recover_once(layer: Layer) -> Recovered:
    """Reading a page upside down takes seconds: once is enough for all tests."""
    return recover(layer, page_starts=None)


@pytest.fixture
def found(bundle: str, original: Original) -> Recovered:
    return recover_once(original(bundle))


def test_pages_have_their_numbers_and_sequences(found: Recovered) -> None:
    pages = [(p.sequence, p.number, p.total, p.page_label) for p in found.pages]
    assert pages[:4] == [(0, n, 6, f"Page {n} of 6") for n in range(1, 5)]
    assert [page[:3] for page in pages[4:6]] == [(1, 1, 8), (1, 2, 8)]
    assert pages[5][3] in (None, "Page 2 of 8")
    assert pages[6:] == [(1, n, 8, f"Page {n} of 8") for n in range(3, 9)]


def test_the_page_upside_down_is_a_page_of_its_own_and_says_so(found: Recovered, bundle: str) -> None:
    page = found.pages[5]
    lines = bundle.split("\n")
    assert (page.number_inferred, page.orientation_deg) == (True, 180)
    assert lines[page.first_line - 1].strip() == "zmmmi"
    assert lines[page.last_line].strip() == "The Harbour Inquiry"
    assert [notice.code for notice in found.notices] == ["turned-page"]
    assert "Page 2 of 8" in found.notices[0].message
    uncertain = [p for p in found.paragraphs if p.uncertain]
    assert {p.page_index for p in uncertain} == {5}
    assert all(p.proposed for p in uncertain)
    assert all(p.readable > 0.8 and p.orientation_deg == 0 for p in found.pages if p is not page)


def test_all_furniture_goes_and_the_text_stays(found: Recovered, bundle: str) -> None:
    turned = [line.strip() for line in TURNED.split("\n")]
    lines = [line.strip() for line in bundle.split("\n")]
    frame = ("http://", "11/21", "11 / 21", "Back to", "Page ", "The Harbour Inquiry", "Signals in the Night:")
    kept = [line for line in lines if line and line not in turned and not line.startswith(frame)]
    upright = [found.reading.text[p.start : p.end] for p in found.paragraphs if not p.proposed]
    reading = "".join("".join(upright).split()).replace("-", "")
    at = 0
    for line in kept:
        at = reading.find("".join(line.split()).replace("-", ""), at)
        assert at >= 0, line
    assert len(reading) == sum(len("".join(line.split()).replace("-", "")) for line in kept)


def test_the_title_on_the_first_page_stays(found: Recovered) -> None:
    assert found.reading.text.startswith("Signals in the Night\n\nby a Pilot\n\n")


def test_running_heads_are_told_for_each_sequence(found: Recovered) -> None:
    heads = [(h.sequence, h.text) for h in found.running_heads if h.edge == "head"]
    assert heads == [(0, "Signals in the Night: Letters of a Pilot"), (1, "The Harbour Inquiry")]
    assert 5 not in found.running_heads[-1].page_indexes


def test_repairs_cite_the_original_to_the_letter(found: Recovered, bundle: str) -> None:
    assert {r.how for r in found.repairs} == {"furniture", "glyphs", "paragraph", "rotation"}
    for repair in found.repairs:
        for anchor in repair.anchors:
            assert anchor.layer == "original"
            assert bundle[anchor.start : anchor.end] == anchor.quote
            assert found.pages[anchor.page_index].first_line <= anchor.first_line
    assert len({r.id for r in found.repairs}) == len(found.repairs)


def test_words_read_upside_down_lead_back_to_their_glyphs(found: Recovered, bundle: str) -> None:
    assert found.reading.offset_map is not None
    doubted = [r for r in found.repairs if r.how == "glyphs" and r.applied and r.confidence < 0.9]
    assert doubted
    for repair in doubted:
        (first, *_) = repair.anchors
        for start, end in found.reading.offset_map.to_child(first.start, first.end).ranges:
            assert found.reading.text[start:end] == repair.after
            assert bundle[first.start : first.end] in repair.before


def test_a_page_that_an_editor_does_not_want_turned_stays_as_received(
    found: Recovered, bundle: str, original: Original
) -> None:
    turning = next(r for r in found.repairs if r.how == "rotation")
    (page,) = [p for p in found.pages if p.orientation_deg == 180]
    assert (turning.anchors[0].first_line, turning.before.split()) == (page.first_line, TURNED.split())
    again = recover(original(bundle), page_starts=None, refused=frozenset({turning.id}))
    assert again.pages[page.page_index].orientation_deg is None
    assert [notice.code for notice in again.notices] == ["unreadable-page"]
    assert "umoq" in again.reading.text or "zmmmi" in again.reading.text
    assert not any(p.proposed for p in again.paragraphs)


def test_one_word_refused_leaves_its_glyphs(found: Recovered, bundle: str, original: Original) -> None:
    word = next(r for r in found.repairs if r.how == "glyphs" and r.confidence < 0.9 and r.before != r.after)
    again = recover(original(bundle), page_starts=None, refused=frozenset({word.id}))
    assert again.reading.text.count(word.before) > found.reading.text.count(word.before)


def test_refused_repairs_leave_the_text_as_it_stands(found: Recovered, bundle: str, original: Original) -> None:
    furniture = next(r for r in found.repairs if r.how == "furniture" and r.before.startswith("http"))
    joined = next(r for r in found.repairs if r.how == "paragraph")
    again = recover(original(bundle), page_starts=None, refused=frozenset({furniture.id, joined.id}))
    assert furniture.before in again.reading.text
    assert joined.after in found.reading.text
    assert again.pages == found.pages
    assert {r.id for r in again.repairs if not r.applied} <= {furniture.id, joined.id}


def test_a_refused_hyphen_stays_with_its_line_end(original: Original) -> None:
    layer = original("Nobody could under-\nstand the signal.\n")
    found = recover(layer, page_starts=None)
    assert found.reading.text == "Nobody could understand the signal."
    (hyphen,) = found.repairs
    assert (hyphen.before, hyphen.after) == ("under-\nstand", "understand")
    refused = recover(layer, page_starts=None, refused=frozenset({hyphen.id}))
    assert refused.reading.text == "Nobody could under- stand the signal."


def test_the_hyphen_and_the_line_end_are_a_gap_of_the_map(original: Original) -> None:
    found = recover(original("Nobody could under-\nstand it."), page_starts=None)
    offset_map = found.reading.offset_map
    assert offset_map is not None
    gone = offset_map.to_child(18, 20)
    assert gone.ranges == ()
    assert [(a, b) for a, b, _ in gone.gaps] == [(18, 20)]


def test_a_soft_hyphen_that_stays_becomes_a_hyphen(original: Original) -> None:
    found = recover(original("It was a non¬\nnuclear boat."), page_starts=None)
    assert found.reading.text == "It was a non-nuclear boat."


def test_a_word_broken_by_a_page_is_joined_over_the_furniture(original: Original, prose: Prose) -> None:
    pages = ["\n".join(["The Harbour Inquiry", "", *prose(n, 20), "", str(n)]) for n in range(1, 5)]
    pages[1] = "\n".join([*pages[1].split("\n")[:-2], "so that the commis-", "", "2"])
    pages[2] = pages[2].replace("The Harbour Inquiry\n\n", "The Harbour Inquiry\n\nsion of it ", 1)
    found = recover(original("\f".join(pages)), page_starts=None)
    assert "so that the commission of it" in found.reading.text
    hyphen = next(r for r in found.repairs if r.how == "hyphen")
    assert [a.page_index for a in hyphen.anchors] == [1, 2]


def test_characters_that_could_not_be_decoded_are_noticed(original: Original) -> None:
    found = recover(original("The pilot\ufffds boat and the \ufffd\ufffd lantern."), page_starts=None)
    (notice,) = found.notices
    assert notice.code == "unreadable-characters"
    assert notice.message == "3 characters of page 1 of the file could not be decoded"


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\r\n\r\n", "\f", "\f\f\n\f", "\ufeff", "a", "-\n-", "¬", "1\f2\f3", "\x00"]
)
def test_little_or_nothing_is_recovered_too(text: str, original: Original) -> None:
    found = recover(original(text), page_starts=None)
    assert found.pages[0].start == 0
    assert found.pages[-1].end == len(text)
    assert "".join(found.reading.text.split()) == "".join(text.split())


def test_pages_that_nothing_parts_are_noticed_and_not_guessed(original: Original, prose: Prose) -> None:
    body = prose(3, 240)
    pages = [[f"The Harbour Inquiry, p. {n}", "", *body[30 * n - 30 : 30 * n]] for n in range(1, 9)]
    pages[3] = pages[3][2:]
    found = recover(original("\n".join("\n".join(page) for page in pages)), page_starts=None)
    assert [page.number for page in found.pages] == [1, 2, 3, 5, 6, 7, 8]
    assert [(n.code, n.message) for n in found.notices] == [
        ("pages-run-together", "Page 3 runs together with what follows it: nothing parts it from page 4")
    ]
    lost = recover(original("\n".join("\n".join(p) for p in pages[:3] + pages[4:])), page_starts=None)
    assert lost.notices == ()


def test_pages_given_by_a_reader_are_kept(original: Original) -> None:
    text = "one two\nthree\n\nfour"
    found = recover(original(text), page_starts=[0, 8, 14, 15])
    assert [(p.start, p.end, p.first_line, p.last_line) for p in found.pages] == [
        (0, 8, 1, 1), (8, 14, 2, 2), (14, 15, 3, 3), (15, 19, 4, 4),
    ]  # fmt: skip


def test_a_page_start_inside_a_line_parts_the_line(original: Original) -> None:
    found = recover(original("the end\fThe start"), page_starts=[0, 8])
    assert [(p.start, p.end, p.first_line, p.last_line) for p in found.pages] == [(0, 8, 1, 1), (8, 17, 1, 1)]
    assert found.reading.text == "the end\n\nThe start"


def test_page_starts_outside_the_text_do_no_harm(original: Original) -> None:
    found = recover(original("one\ntwo"), page_starts=[-5, 4, 900])
    assert [(p.start, p.end) for p in found.pages] == [(0, 4), (4, 7), (7, 7)]


def test_a_few_form_feeds_do_not_hide_the_pages_between(bundle: str, original: Original, found: Recovered) -> None:
    at = found.pages[4].start
    with_feed = recover(original(f"{bundle[:at]}\f{bundle[at:]}"), page_starts=None)
    assert [p.number for p in with_feed.pages] == [p.number for p in found.pages]


def test_nothing_of_it_raises_an_error_of_ours(original: Original) -> None:
    try:
        recover(original("\ud800 lone surrogate\n" * 3), page_starts=[0, 5])
    except TestimoniaError as error:  # pragma: no cover - what the test guards against
        pytest.fail(str(error))
