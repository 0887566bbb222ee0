"""What a job says while files are taken in."""

from testimonia.services.intake import Progress
from testimonia.services.telling import Telling


def test_while_pages_are_read_their_number_and_the_time_left_are_told() -> None:
    told: list[tuple[int, int | None, str, str]] = []
    now = [100.0]
    telling = Telling(lambda done, total, step, message="": told.append((done, total, step, message)), lambda: now[0])
    telling(Progress(done=0, total=2, name="a.tif", step="read"))
    for pages in (10, 11, 12):
        telling(Progress(done=0, total=2, name="a.tif", step="read pages", pages_done=pages, pages_total=70))
        now[0] += 5
    assert told[0] == (0, 2, "read a.tif", "")
    assert told[1] == (0, 2, "read pages a.tif", "10 of 70 pages read")
    assert told[3] == (0, 2, "read pages a.tif", "12 of 70 pages read, about 5 min left")
