"""The words of headings and names, and what they mean in this field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from db.data_files import load_data
from importers.table.cells import tidy

_LONGEST = 300
"""Characters of a name that are looked at."""
_SUFFIX = re.compile(r"(.*\d)(CD|CDH|CDO|NM|NMW)$", re.I)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´"))


@cache
def words() -> Mapping[str, Any]:
    """What words in headings, names and codes mean."""
    found: dict[str, Any] = load_data("importers.table.draft", "words.yaml")
    return found


def plain_words(text: str) -> str:
    """The words of a text in small letters, without accents, apostrophes and punctuation, one space apart."""
    bare = text[:_LONGEST].translate(_APOSTROPHES).casefold().replace("&", " and ").replace("+", " plus ")
    apart = unicodedata.normalize("NFKD", bare)
    kept = (mark if mark.isalnum() else " " for mark in apart if not unicodedata.combining(mark))
    return " ".join("".join(kept).split())


def heading_words(heading: str) -> tuple[str, ...]:
    """The words of a heading: `ICB22CDH` is `icb22 cdh`, `ParentODSCode` is `parent ods code`."""
    parts: list[str] = []
    for part in re.split(r"[^\w]+|_+", tidy(heading)):
        suffixed = _SUFFIX.match(part)
        for one in suffixed.groups() if suffixed else (part,):
            parts += _CAMEL.split(one) if not suffixed else [one]
    return tuple(words for part in parts if (words := plain_words(part)))
