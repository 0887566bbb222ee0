"""Which offset from Greenwich does a printed time zone mean?"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from testimonia.chronology.lexicon import ZONE_HOURS, ZONE_PLACES

_OFFSET = re.compile(r"(?:(?P<name>[A-Z]+))?(?P<sign>[+-])(?P<hours>\d{1,2})(?::(?P<minutes>\d{2}))?")


def zone_named(printed: str) -> tzinfo | None:
    """The time zone that these words mean: 'EST', 'GMT+8', '+03:00', or a place whose clocks are known ('Moscow').

    None for a zone that can't be looked up ('local'). Places follow the IANA database: summer time counts.

    >>> from datetime import datetime
    >>> datetime(1962, 10, 27, 12, tzinfo=zone_named("Washington")).utcoffset().total_seconds() / 3600
    -4.0
    >>> zone_named("local") is None
    True
    """
    name = printed.strip()
    if name.upper() in ZONE_HOURS and name.isupper():
        return timezone(timedelta(hours=ZONE_HOURS[name.upper()]))
    offset = _OFFSET.fullmatch(name)
    if offset is not None and int(offset["hours"]) <= 14:
        hours = int(offset["hours"]) + int(offset["minutes"] or 0) / 60
        base = ZONE_HOURS.get(offset["name"] or "Z", 0.0)
        return timezone(timedelta(hours=base + (hours if offset["sign"] == "+" else -hours)))
    key = ZONE_PLACES.get(name.lower())
    if key is None:
        return None
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, OSError):
        return None


def in_utc(local: datetime, zone: tzinfo) -> datetime:
    """A local time by this zone's clocks, in UTC.

    >>> from datetime import datetime
    >>> str(in_utc(datetime(1962, 10, 26, 19), zone_named("Moscow")))
    '1962-10-26 16:00:00+00:00'
    """
    try:
        return local.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return local.replace(tzinfo=UTC)


def offset_text(local: datetime, zone: tzinfo) -> str:
    """The offset of a zone at a local time, as EDTF prints it: 'Z', '+03:00'.

    >>> from datetime import datetime
    >>> offset_text(datetime(1962, 10, 26, 19), zone_named("Moscow"))
    '+03:00'
    """
    offset = zone.utcoffset(local) or timedelta(0)
    minutes = int(offset.total_seconds() // 60)
    if not minutes:
        return "Z"
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
