"""Steps, each kept once and known by a number."""

import sqlite3

from testimonia.model.steps import Step
from testimonia.store.codec import pack, unpack


class StepNumbers:
    """Which number has this step? Asks the database once for each step; lives as long as one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[Step, int] = {}

    def __getitem__(self, step: Step) -> int:
        number = self._known.get(step)
        if number is None:
            record = pack(step)
            self._connection.execute("INSERT OR IGNORE INTO step (record) VALUES (?)", (record,))
            found = self._connection.execute("SELECT number FROM step WHERE record = ?", (record,)).fetchone()
            number = self._known[step] = int(found[0])
        return number


def read_steps(connection: sqlite3.Connection) -> dict[int, Step]:
    """All steps by their numbers; there are few."""
    return {number: unpack(Step, record) for number, record in connection.execute("SELECT number, record FROM step")}
