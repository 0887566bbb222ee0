"""Text as XML may hold it."""

import re

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKS = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def escaped(text: str) -> str:
    """Text for an element or a quoted attribute. A character that XML 1.0 can't hold (section 2.2) is U+FFFD.

    >>> escaped('Wray & "Pell"')
    'Wray &amp; &quot;Pell&quot;'
    """
    return _UNFIT.sub("\ufffd", text).translate(_MARKS)


def attributes(**values: object) -> str:
    """Attributes with a space before each; those that are None are left out.

    >>> attributes(ID="a", WC=None, HPOS=3)
    ' ID="a" HPOS="3"'
    """
    return "".join(f' {name}="{escaped(str(value))}"' for name, value in values.items() if value is not None)


def decimal(value: float | None) -> str | None:
    """A confidence with three places, None where there is none.

    >>> decimal(0.98765), decimal(1.0), decimal(None)
    ('0.988', '1', None)
    """
    return None if value is None else f"{value:.3f}".rstrip("0").rstrip(".")
