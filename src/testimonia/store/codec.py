"""Records to JSON and back, by the type hints of their fields.

A record is an object of its fields by name, a tuple an array; numbers, strings, booleans and None stay what they are.
A field that an older record lacks takes its default; one that is not known is refused, never dropped.
"""

import json
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from testimonia.errors import InvalidRecordError
from testimonia.model.spans import Anchor
from testimonia.store.failures import DamagedLibraryError

R = TypeVar("R")
Encoder = Callable[[Any, "Frame | None"], Any]
Decoder = Callable[[Any, "Frame | None"], Any]

_SCALARS: Mapping[Any, tuple[type, ...]] = {str: (str,), int: (int,), float: (float, int), bool: (bool,)}
_NONE = type(None)
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands beside a record already, so that its anchors need not repeat it: the source, and the hashes of its
    layers by name. An anchor that says otherwise (made on an older text) is written out in full."""

    source: str
    layers: Mapping[str, str]


def pack(record: object, frame: Frame | None = None, *, without: frozenset[str] = frozenset()) -> bytes:
    """The record as JSON in UTF-8, leaving out the fields that are kept elsewhere.

    Lone surrogates, which a text with undecodable bytes may hold, are written as UTF-8 would write them, so that every
    string comes back to the character.
    """
    plan = _plan(type(record))
    made = {name: getattr(record, name) for name in plan.decoders if name not in without}
    for name, encoder in plan.encoders.items():
        if name in made:
            made[name] = encoder(made[name], frame)
    return _as_json(made).encode("utf-8", "surrogatepass")


def unpack(kind: type[R], packed: bytes, frame: Frame | None = None, where: str = "", **given: object) -> R:
    """The record that `pack` wrote; `given` are the fields that were left out.

    Raises DamagedLibraryError where the bytes are no such record; `where` says which row they come from.
    """
    try:
        value = json.loads(packed.decode("utf-8", "surrogatepass"))
        record: R = _plan(kind).record(value, frame, given)
    except ValueError as error:
        what = f"a stored {kind.__name__} is not readable: {error}"
        raise DamagedLibraryError(what, where=where, hint=_HINT) from error
    except DamagedLibraryError as error:
        error.where = where
        raise
    return record


_HINT = "Restore the library from a copy, or open it with the version that wrote it"


class _Plan:
    """How the fields of one kind of record are written and read.

    `as_it_is` has for each field the types that JSON gives back as they were; other values go through its decoder.
    """

    __slots__ = ("as_it_is", "decoders", "encoders", "kind")

    def __init__(self, kind: type[Any]) -> None:
        hints = get_type_hints(kind)
        self.kind = kind
        self.decoders = {f.name: _decoder(hints[f.name]) for f in fields(kind)}
        self.as_it_is = {f.name: _as_it_is(hints[f.name]) for f in fields(kind)}
        found = {f.name: _encoder(hints[f.name]) for f in fields(kind)}
        self.encoders = {name: encoder for name, encoder in found.items() if encoder is not None}

    def value(self, record: Any, frame: Frame | None) -> dict[str, Any]:
        made = {name: getattr(record, name) for name in self.decoders}
        for name, encoder in self.encoders.items():
            made[name] = encoder(made[name], frame)
        return made

    def record(self, value: Any, frame: Frame | None, given: Mapping[str, object] = types.MappingProxyType({})) -> Any:
        if type(value) is not dict:
            raise DamagedLibraryError(f"a stored {self.kind.__name__} is no object of fields", hint=_HINT)
        as_it_is = self.as_it_is
        try:
            for name, field in value.items():
                if type(field) not in as_it_is[name]:
                    value[name] = self.decoders[name](field, frame)
            return self.kind(**value, **given)
        except KeyError as error:
            what = f"a stored {self.kind.__name__} has a field that is not known: {error}"
            raise DamagedLibraryError(what, hint=_HINT) from error
        except (TypeError, InvalidRecordError) as error:
            raise DamagedLibraryError(f"a stored {self.kind.__name__} can't be: {error}", hint=_HINT) from error


_plans: dict[Any, _Plan] = {}


def _plan(kind: Any) -> _Plan:
    plan = _plans.get(kind)
    if plan is None:
        plan = _plans[kind] = _Plan(kind)
    return plan


def _encoder(hint: Any) -> Encoder | None:
    """How a value of this type is written; None where JSON writes it as it is."""
    if hint in _SCALARS:
        return None
    if is_dataclass(hint):
        return _short_anchor if hint is Anchor else _late_value(hint)
    if get_origin(hint) in (tuple, Sequence):
        inner = [_encoder(part) for part in get_args(hint) if part is not Ellipsis]
        if not any(inner):
            return None
        if len(inner) == 1 and inner[0] is not None:
            one = inner[0]
            return lambda value, frame: [one(v, frame) for v in value]
        return lambda value, frame: [
            v if encode is None else encode(v, frame) for v, encode in zip(value, inner, strict=True)
        ]
    encode = _encoder(_not_none(hint))
    if encode is None:
        return None
    return lambda value, frame: None if value is None else encode(value, frame)


def _as_it_is(hint: Any) -> tuple[type, ...]:
    """The types of those values that JSON gives back as they were."""
    if hint in _SCALARS:
        return _SCALARS[hint]
    if is_dataclass(hint) or get_origin(hint) in (tuple, Sequence):
        return ()
    return (*_as_it_is(_not_none(hint)), _NONE)


def _decoder(hint: Any) -> Decoder:
    """How another value of this type is read."""
    if hint in _SCALARS:
        return _scalar(_SCALARS[hint])
    if is_dataclass(hint):
        return _full_anchor if hint is Anchor else _late_record(hint)
    if get_origin(hint) is tuple:
        return _tuple_decoder(hint)
    if get_origin(hint) is Sequence:
        (one,) = get_args(hint)
        return _array_decoder(_decoder(one), frozenset(_as_it_is(one)))
    decode = _decoder(_not_none(hint))
    return lambda value, frame: None if value is None else decode(value, frame)


def _tuple_decoder(hint: Any) -> Decoder:
    parts = get_args(hint)
    if parts[-1] is Ellipsis:
        return _array_decoder(_decoder(parts[0]), frozenset(_as_it_is(parts[0])))
    decoders = [_decoder(part) for part in parts]

    def decode(value: Any, frame: Frame | None) -> tuple[Any, ...]:
        if len(_array(value)) != len(decoders):
            raise TypeError(f"{len(value)} values where {len(decoders)} were due")
        return tuple([one(v, frame) for v, one in zip(value, decoders, strict=True)])

    return decode


def _array_decoder(one: Decoder, as_it_is: frozenset[type]) -> Decoder:
    def decode(value: Any, frame: Frame | None) -> tuple[Any, ...]:
        if as_it_is.issuperset(map(type, _array(value))):
            return tuple(value)
        return tuple([one(v, frame) for v in value])

    return decode


def _array(value: Any) -> list[Any]:
    if type(value) is not list:
        raise TypeError(f"{type(value).__name__} where an array was due")
    return value


def _scalar(allowed: tuple[type, ...]) -> Decoder:
    def decode(value: Any, _frame: Frame | None) -> Any:
        if type(value) not in allowed:
            raise TypeError(f"{type(value).__name__} where {allowed[0].__name__} was due")
        return value

    return decode


def _late_value(kind: Any) -> Encoder:
    return lambda value, frame: _plan(kind).value(value, frame)


def _late_record(kind: Any) -> Decoder:
    return lambda value, frame: _plan(kind).record(value, frame)


def _not_none(hint: Any) -> Any:
    """The one other type of an optional field. Raises TypeError for a type that no record has had so far."""
    if get_origin(hint) in (Union, types.UnionType):
        others = [part for part in get_args(hint) if part is not _NONE]
        if len(others) == 1:
            return others[0]
    raise TypeError(f"records with fields of type {hint} can't be stored")


def _short_anchor(anchor: Anchor, frame: Frame | None) -> dict[str, Any]:
    value = _plan(Anchor).value(anchor, frame)
    if frame is not None and anchor.source == frame.source and frame.layers.get(anchor.layer) == anchor.layer_sha256:
        del value["source"], value["layer_sha256"]
    return value


def _full_anchor(value: Any, frame: Frame | None) -> Any:
    if frame is not None and type(value) is dict and "layer_sha256" not in value:
        value.setdefault("source", frame.source)
        value["layer_sha256"] = frame.layers.get(value.get("layer", ""))
    return _plan(Anchor).record(value, frame)
