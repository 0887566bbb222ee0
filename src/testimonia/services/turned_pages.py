"""Readings of turned pages, remembered: they take seconds, and a judgement on any word recovers the source again."""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from testimonia.store.codec import pack, unpack
from testimonia.store.library import LibraryStore
from testimonia.text.recovery_turned import read_anew
from testimonia.text.turned.records import DocumentLexicon, TurnedReading

READING_VERSION = "3"
"""Another one where the same glyphs would be read otherwise: what was kept is read again then."""


RECENT_READINGS = 32
_recent: OrderedDict[str, TurnedReading] = OrderedDict()  # a reading depends on nothing but its key
_lock = Lock()


class TurnedPages:
    """What do turned pages say? Read once for the same glyphs and the same words around them, then kept."""

    def __init__(self, store: LibraryStore) -> None:
        self._store = store

    def read(self, rows: Sequence[str], lexicon: DocumentLexicon, first_row: int, quick: bool) -> TurnedReading:
        """The reading of these rows; see `text.recovery.recover`."""
        made_of = [
            READING_VERSION, list(rows), first_row, quick, sorted(lexicon.words.items()),
            sorted((*pair, count) for pair, count in lexicon.pairs.items()), sorted(lexicon.phrases.items()),
        ]  # fmt: skip
        key = "turned page " + hashlib.sha256(json.dumps(made_of).encode()).hexdigest()
        with _lock:
            recent = _recent.get(key)
        record = self._store.computed(key)
        if record is not None:
            return recent or unpack(TurnedReading, record, where=key)
        reading = recent or read_anew(rows, lexicon, first_row, quick)
        self._store.keep_computed(key, pack(reading))
        with _lock:
            _recent[key] = reading
            while len(_recent) > RECENT_READINGS:
                _recent.popitem(last=False)
        return reading
