"""`NamedTuple` for what every search from the shell loads: `typing`, with what it loads, takes a fifth of its time."""

from __future__ import annotations

from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    _NOT_OF_THE_BODY = frozenset(("__annotations__", "__module__", "__qualname__"))

    class _Maker(type):
        """Makes a named tuple of the fields that a class body lists, with its values as defaults, and its methods."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> type:
            fields = body["__annotations__"]
            defaults = [body[field] for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            made.__annotations__ = dict(fields)
            for key, value in body.items():
                if key not in fields and key not in _NOT_OF_THE_BODY:
                    setattr(made, key, value)
            return made

    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
