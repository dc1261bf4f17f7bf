"""Where the values are in a record, by its outline: all that is between the values of its attributes.

Records of a release are written alike: a few hundred outlines are nearly all of them, a few thousand with the words in
them that come from a list (ids of roles, families of dates, statuses). Expressions read the first record of each; the
others are cut at their quotation marks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from importers.ods_xml.expressions import Found, Getter, Matches, OtherwiseError

Form = TypeVar("Form")

_OUTLINES = 3_000
"""The most outlines that are kept; one is about as long as the records that have it."""
_FORMS = 12_000
"""The most forms that are kept of all outlines."""


@dataclass(slots=True)
class _Outline(Generic[Form]):
    tags: int
    """How many tags there are, so that one more can only be in a value."""
    words: Getter
    forms: dict[tuple[Any, ...], Form] = field(default_factory=dict)


class Shapes(Generic[Form]):
    """Cuts records, and keeps what `make` makes of the first of each form."""

    def __init__(self, make: Callable[[Found], Form]) -> None:
        self._make = make
        self._outlines: dict[bytes, _Outline[Form]] = {}
        self._kept = 0

    def cut(self, record: bytes) -> tuple[Form, list[bytes | None]]:
        """Return the form and the pieces of a record, given in UTF-8 without its name and its address.

        Raises `OtherwiseError` for one that the expressions do not know.
        """
        pieces: list[bytes | None] = record.split(b'"')  # type: ignore[assignment]
        text = b'"'.join(pieces[::2])  # type: ignore[arg-type]
        outline = self._outlines.get(text)
        matches = None
        if outline is None:
            matches = Matches(record.decode())
            outline = _Outline(record.count(b"<"), matches.words())
            if len(self._outlines) < _OUTLINES:
                self._outlines[text] = outline
        if record.count(b"<") != outline.tags or b"&" in record:
            raise OtherwiseError
        words = outline.words(pieces)
        form = outline.forms.get(words)
        if form is None:
            form = self._make((matches or Matches(record.decode())).found())
            if self._kept < _FORMS:
                self._kept += 1
                outline.forms[words] = form
        pieces.append(None)
        return form, pieces
