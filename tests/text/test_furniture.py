"""Furniture: what goes, and above all what stays."""

from collections.abc import Callable

import pytest

from testimonia.model.layers import Layer
from testimonia.text.recovered import Recovered
from testimonia.text.recovery import recover

Prose = Callable[..., list[str]]
Original = Callable[[str], Layer]


def removed(found: Recovered) -> list[str]:
    return [repair.before for repair in found.repairs if repair.how == "furniture"]


@pytest.fixture
def fed(original: Original) -> Callable[[list[list[str]]], Recovered]:
    """Pages parted by form feeds, recovered."""

    def make(pages: list[list[str]]) -> Recovered:
        return recover(original("\f".join("\n".join(page) + "\n" for page in pages)), page_starts=None)

    return make


Fed = Callable[[list[list[str]]], Recovered]


def test_heads_feet_and_labels_go_and_say_why(fed: Fed, prose: Prose) -> None:
    pages = [
        ["The Harbour Inquiry", "", *prose(n, 20), "", "http://archive.example/b8.htm", f"Page {n} of 6"]
        for n in range(1, 7)
    ]
    pages[0] = ["Notes of the pilot", "", *prose(0, 3), "", "http://archive.example/b8.htm", "Page 1 of 6"]
    pages[1][2] = pages[1][2].lower()
    found = fed(pages)
    assert len(removed(found)) == 5 + 6 + 6
    reasons = {repair.reason for repair in found.repairs if repair.how == "furniture"}
    assert "stands at the foot of 6 of 6 pages" in reasons
    assert "is the page's label" in reasons
    assert all(0.5 <= repair.confidence < 1 for repair in found.repairs)
    assert "archive.example" not in found.reading.text


def test_variants_that_ocr_made_go_too(fed: Fed, prose: Prose) -> None:
    addresses = [
        "http://archive.example/~inquiry/BULLETINS/b8-9a31.htm",
        "http://archive.example/~inquiry/BULLETlNS/b8-9a3 1 .htm",
        "http://archive.example/~inquiry/BULLETlNS/b8-9a3 1 htm",
        "httpz//archive.exampIe/-inquiry/BULLETINS/b8-9a31 .htm",
        "http://archive example/~lnquiry/BULLETINS/b8-9a31.htm",
    ]
    dates = ["11/21/2002", "11 / 21/2002", "11/21/2002", "1 / 21/2002", "11/21/2002"]
    found = fed([[*prose(n, 20), "", a, d] for n, (a, d) in enumerate(zip(addresses, dates, strict=True))])
    assert removed(found) == [line for pair in zip(addresses, dates, strict=True) for line in pair]


def test_the_title_on_the_first_page_stays(fed: Fed, prose: Prose) -> None:
    pages = [["THE NIGHT WATCH", "", *prose(n, 20)] for n in range(6)]
    found = fed(pages)
    assert removed(found) == ["THE NIGHT WATCH"] * 5
    assert found.reading.text.startswith("THE NIGHT WATCH\n\n")


def test_a_title_below_the_head_stays_and_the_head_goes(fed: Fed, prose: Prose) -> None:
    pages = [["THE NIGHT WATCH", "", *prose(n, 20)] for n in range(6)]
    pages[0][1:1] = ["", "The Night Watch", "", "by a Pilot"]
    found = fed(pages)
    assert removed(found) == ["THE NIGHT WATCH"] * 6
    assert found.reading.text.startswith("The Night Watch\n\nby a Pilot\n\n")


def test_a_chapters_title_stays_where_its_heads_begin(fed: Fed, prose: Prose) -> None:
    pages = []
    for chapter, title in enumerate(["THE STORM", "THE TELEGRAM", "THE MORNING"]):
        first = chapter * 6 + 1
        pages.append([title, "", *prose(first, 20), "", str(first)])
        for n in range(first + 1, first + 6):
            head = f"{n} THE HARBOUR INQUIRY" if n % 2 == 0 else f"{title} {n}"
            pages.append([head, "", *prose(n, 25)])
    found = fed(pages)
    kept = [p for p in found.reading.text.split("\n\n") if p.isupper()]
    assert kept == ["THE STORM", "THE TELEGRAM", "THE MORNING"]
    assert len(removed(found)) == len(pages)


def test_a_heading_in_the_middle_equal_to_the_head_stays(fed: Fed, prose: Prose) -> None:
    pages = [["THE NIGHT WATCH", "", *prose(n, 10, ends=True), "", *prose(n + 50, 10)] for n in range(6)]
    pages[3][12:13] = ["", "THE NIGHT WATCH", ""]
    found = fed(pages)
    assert found.reading.text.count("THE NIGHT WATCH") == 2


def test_a_refrain_at_the_foot_of_some_pages_stays(fed: Fed, prose: Prose) -> None:
    pages = [[*prose(n, 20), "", str(n)] for n in range(1, 31)]
    for n in (3, 12, 27):
        pages[n][19] = "and the harbour lay still in the night"
    found = fed(pages)
    assert found.reading.text.count("the harbour lay still in the night") == 3


def test_headings_that_count_stay(fed: Fed, prose: Prose) -> None:
    for heading in ("CHAPTER {}", "Letter {}", "Part {} of 8", "March {}, 1938"):
        found = fed([[heading.format(n), "", *prose(n, 20, ends=True)] for n in range(1, 9)])
        assert removed(found) == [], heading


def test_letters_on_pages_of_their_own_keep_their_lines(fed: Fed, prose: Prose) -> None:
    pages = [
        [
            "SECRET",
            "",
            "Dear Master,",
            "",
            *prose(n, 9 + n % 5, ends=True),
            "",
            "Yours faithfully,",
            "The Pilot",
        ]
        for n in range(12)
    ]
    assert removed(fed(pages)) == []
    numbered = [[*page, "", str(n)] for n, page in enumerate(pages, 1)]
    assert removed(fed(numbered)) == [str(n) for n in range(1, 13)]


def test_a_page_twice_in_the_file_loses_nothing(fed: Fed, prose: Prose) -> None:
    page = prose(4, 24)
    assert removed(fed([page, page, page, page])) == []


def test_two_pages_are_too_few_without_a_sign(fed: Fed, prose: Prose) -> None:
    one, two = prose(1, 20, ends=True), prose(2, 20, ends=True)
    assert removed(fed([["SECRET", *one], ["SECRET", *two]])) == []


def test_navigation_at_both_ends_goes_only_where_it_stands_beside_furniture(fed: Fed, prose: Prose) -> None:
    head, foot = "The Harbour Inquiry", "http://archive.example/b8"
    pages = [[head, f"Page {n} of 5", "", *prose(n, 20), "", foot] for n in range(1, 6)]
    pages[0][2:3] = ["", "Back to Contents", ""]
    pages[4][-2:-1] = ["", "Back to Contents _", ""]
    found = fed(pages)
    assert [line for line in removed(found) if line.startswith("Back")] == ["Back to Contents", "Back to Contents _"]
    bare = [page[3:-2] for page in pages]
    assert "Back to Contents" in fed(bare).reading.text


def test_running_heads_are_told_as_most_pages_print_them(fed: Fed, prose: Prose) -> None:
    heads = ["The Harbour Inquiry", "The Harbour lnquiry", "The Harbour Inquiry", "The Harbour Inquiry"]
    pages = [[f"{head} Page {n} of 4", "", *prose(n, 20), "", "11/21/2002"] for n, head in enumerate(heads, 1)]
    found = fed(pages)
    assert [(h.sequence, h.edge, h.text) for h in found.running_heads] == [
        (0, "head", "The Harbour Inquiry"),
        (0, "foot", "11/21/2002"),
    ]
    assert found.running_heads[0].page_indexes == (0, 1, 2, 3)


def test_articles_without_labels_are_told_by_their_heads(fed: Fed, prose: Prose) -> None:
    pages = [["The Storm of the Night", "", *prose(n, 20)] for n in range(5)]
    pages += [["A Telegram from the Quay", "", *prose(n, 20)] for n in range(5, 10)]
    assert [page.sequence for page in fed(pages).pages] == [0] * 5 + [1] * 5
