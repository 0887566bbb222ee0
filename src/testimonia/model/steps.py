"""What made a layer or a finding."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What made this: name, version, settings?

    `settings` are sorted `(name, value)` pairs, so that two equal steps compare equal. When a step ran is kept by the
    store beside what it made: the same step on the same source gives the same records at any hour.
    """

    name: str
    version: str
    settings: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
