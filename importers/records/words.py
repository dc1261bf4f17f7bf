"""The words a file may use: those of the built-in vocabularies and those it defines itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from db.statements import LinkTypeSaid, TermSaid
from db.vocabularies import load_vocabularies
from importers.documents.faults import hint, shown

PARTICIPATION = "participates-in"
POST = "holds-post-in"

NAMES = {
    "arrangement_types": "arrangement type",
    "organisation_types": "organisation type",
    "person_types": "type of person",
    "site_types": "site type",
    "document_types": "document type",
    "roles": "role",
    "properties": "property",
    "event_kinds": "kind of event",
    "statuses": "status",
    "link_statuses": "status of a link",
    "legal_forms": "legal form",
    "forms": "form",
    "name_kinds": "kind of name",
    "link_types": "link type",
}
"""Vocabularies that a file may add to, and what messages call a word of each."""

FIXED = {
    "kinds": "kind of record",
    "evidence_bases": "basis of evidence",
    "basis_statuses": "basis status",
}
"""Vocabularies that code depends on, so that no file may add to them."""

KIND_OF_SCHEME = {
    "person": "person", "arr": "arrangement", "doc": "document", "site": "site", "file": "document",
    "org": "organisation",
}  # fmt: skip
"""What a key of our own schemes is a key of; those of registers tell nothing."""

SCHEME_OF_KIND = {
    "person": "person", "arrangement": "arr", "document": "doc", "site": "site", "organisation": "org",
}  # fmt: skip
"""The scheme of keys that are made from names."""


@cache
def _builtin() -> tuple[dict[str, frozenset[str]], dict[str, LinkTypeSaid]]:
    terms, link_types = load_vocabularies()
    words: dict[str, set[str]] = {}
    for term in terms:
        words.setdefault(term.vocabulary, set()).add(term.name)
    return {name: frozenset(found) for name, found in words.items()}, {kind.name: kind for kind in link_types}


class FileWords:
    """Every word a file may use, by vocabulary."""

    def __init__(self, terms: Iterable[TermSaid] = (), link_types: Iterable[LinkTypeSaid] = ()) -> None:
        """Start from the built-in words and add a file's own."""
        words, kinds = _builtin()
        self._words = {name: set(found) for name, found in words.items()}
        self.link_types = kinds | {kind.name: kind for kind in link_types}
        for term in terms:
            self._words.setdefault(term.vocabulary, set()).add(term.name)

    def known(self, vocabulary: str) -> frozenset[str]:
        """The words of one vocabulary."""
        if vocabulary == "link_types":
            return frozenset(self.link_types)
        return frozenset(self._words.get(vocabulary, ()))

    def has(self, vocabulary: str, word: str) -> bool:
        """Whether a vocabulary has a word."""
        return word in (self.link_types if vocabulary == "link_types" else self._words.get(vocabulary, ()))

    def unknown(self, vocabulary: str, word: str) -> str:
        """What to say of a word that a vocabulary lacks."""
        called = (NAMES | FIXED).get(vocabulary, vocabulary)
        message = f"unknown {called} {shown(word)}{hint(word, self.known(vocabulary))}"
        if message.endswith("?") or vocabulary in FIXED:
            return message
        return f"{message}; a word of your own goes into `vocabulary: {vocabulary}:`"


def types_of(kind: str) -> str:
    """The vocabulary that a record's type comes from."""
    return f"{kind}_types"


def likely_kind(link_type: LinkTypeSaid, outward: bool, key: str) -> str:
    """What the far end of a link is, as far as its key and the link's type tell, of whose kinds the first is likeliest;
    used where nothing else says."""
    kind = KIND_OF_SCHEME.get(key.partition(":")[0])
    if kind is not None and kind != "organisation":
        return kind
    allowed = link_type.target_kinds if outward else link_type.source_kinds
    return allowed[0] if allowed else "organisation"
