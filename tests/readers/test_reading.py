import pytest

from testimonia.errors import InvalidRecordError
from testimonia.readers.reading import ReadNotice, ReadSource


@pytest.mark.parametrize(
    ("text", "page_starts", "offset"),
    [
        ("", None, None),
        (" \n", None, None),
        ("half \ud800", None, None),
        ("text", (), None),
        ("text", (1,), None),
        ("text", (0, 4), None),
        ("text", (0, 2, 2), None),
        ("text", (0, 3, 2), None),
        ("text", None, 4),
        ("text", None, -1),
    ],
)
def test_what_breaks_the_rules_is_not_made(text: str, page_starts: tuple[int, ...] | None, offset: int | None) -> None:
    with pytest.raises(InvalidRecordError):
        ReadSource(
            text=text,
            media_type="text/plain",
            encoding="utf-8",
            page_starts=page_starts,
            notices=(ReadNotice(code="about", message="About this.", offset=offset),),
        )
