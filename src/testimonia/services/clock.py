"""The one place that reads the clock; everything else is given the time."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], str]


def utc_now() -> str:
    """What time is it? UTC, ISO 8601 with seconds and a Z."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
