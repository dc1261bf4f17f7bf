"""What a file says of itself: header, sources and words of its own. A fault in these refuses the file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from db import keys
from db.keys import KINDS
from db.statements import LinkTypeSaid, SourceSaid, TermSaid
from importers.documents.faults import FaultError, fault, hint, shown
from importers.documents.nodes import MappingNode, Node, ScalarNode, SequenceNode
from importers.records.checked import Checked, Checker
from importers.records.record_format import FORMAT, HEADER, LINK_TYPE, TERM
from importers.records.words import NAMES, FileWords

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z")
_FAMILY = FORMAT.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Header:
    """A file as a source, what it cites, and its words."""

    source: SourceSaid
    cites: str | None
    cited: tuple[SourceSaid, ...]
    terms: tuple[TermSaid, ...]
    link_types: tuple[LinkTypeSaid, ...]

    @property
    def words(self) -> FileWords:
        """Every word that the file may use."""
        return FileWords(self.terms, self.link_types)


def stem(name: str) -> str:
    """Return the id of a file that gives none: its name without the ending, as a slug."""
    base = re.split(r"[\\/]", name)[-1]
    return keys.slug(re.sub(r"\.(ya?ml|jsonl?|ndjson)\Z", "", base, flags=re.IGNORECASE)) or "records"


def read_header(node: Node, name: str, published: str | None = None) -> Header:
    """Return what the top of a file says; `name` is the file's own, `published` overrides its vintage."""
    if not isinstance(node, MappingNode):
        raise fault(node, "", f"a mapping is wanted at the top, that starts with `format: {FORMAT}`")
    _check_format(node)
    checked = Checker(FileWords()).check(node, HEADER)
    identity = checked.text("id") or stem(name)
    if not _ID.match(identity):
        raise checked.fault("id", f"{shown(identity)} may hold letters, digits, '.', '_' and '-' only")
    terms, link_types = read_vocabulary(checked.raw.get("vocabulary"))
    source = SourceSaid(
        key=f"file:{identity}",
        title=checked.text("title") or identity,
        format="records",
        publisher=checked.text("publisher"),
        published=published or checked.text("published"),
        url=checked.text("url"),
        licence=checked.text("licence"),
        complete=checked.flags.get("complete", False),
    )
    return Header(
        source, checked.text("cites"), tuple(read_source(one) for one in checked.many("sources")), terms, link_types
    )


def _check_format(node: MappingNode) -> None:
    entry = node.entries.get("format")
    if entry is None:
        near = [name for name in node.entries if hint(name, ["format"]).endswith("?")]
        wrong = f" (it has {shown(near[0])})" if near else ""
        raise FaultError(node.line, "", f"is no records file: `format: {FORMAT}` is missing{wrong}")
    said = entry.value.text if isinstance(entry.value, ScalarNode) else ""
    if said == FORMAT:
        return
    if said.startswith(_FAMILY):
        raise FaultError(entry.line, "format", f"is {shown(said)}, and this version reads {FORMAT}")
    raise FaultError(entry.line, "format", f"is {shown(said)}, not {FORMAT}")


def read_source(checked: Checked) -> SourceSaid:
    """Return a source as an entry of `sources` describes it."""
    return SourceSaid(
        key=checked.texts["key"],
        title=checked.texts["title"],
        publisher=checked.text("publisher"),
        published=checked.text("published"),
        url=checked.text("url"),
        licence=checked.text("licence"),
        series=checked.text("release_of"),
        living="release_of" in checked.texts,
    )


def read_vocabulary(node: Node | None) -> tuple[tuple[TermSaid, ...], tuple[LinkTypeSaid, ...]]:
    """Return the words of `vocabulary`, a list of them for each vocabulary."""
    terms: list[TermSaid] = []
    link_types: list[LinkTypeSaid] = []
    if node is None or (isinstance(node, ScalarNode) and node.is_null):
        return (), ()
    if not isinstance(node, MappingNode):
        raise fault(node, "vocabulary", "a mapping is wanted here, with keys such as roles and link_types")
    checker = Checker(FileWords())
    for name, entry in node.entries.items():
        path = f"vocabulary.{name}"
        if name not in NAMES:
            raise FaultError(entry.line, path, f"unknown vocabulary{hint(name, NAMES)}", name)
        for place, item in enumerate(listed(entry.value, path)):
            if name == "link_types":
                link_types.append(_link_type(checker.check(item, LINK_TYPE, f"{path}[{place}]")))
            else:
                terms.append(_term(name, checker.check(item, TERM, f"{path}[{place}]")))
    return tuple(terms), tuple(link_types)


def listed(node: Node, path: str) -> list[Node]:
    """Return the items of a list, none of an empty value."""
    if isinstance(node, ScalarNode) and node.is_null:
        return []
    if not isinstance(node, SequenceNode):
        raise fault(node, path, "a list is wanted here: start each entry with '- '")
    return node.items


def _term(vocabulary: str, checked: Checked) -> TermSaid:
    name = checked.texts["name"]
    label = checked.text("label") or name.replace("-", " ")
    return TermSaid(vocabulary, name, label, checked.texts["definition"], checked.texts["source"])


def _link_type(checked: Checked) -> LinkTypeSaid:
    owner = checked.text("owner") or "source"
    if owner not in ("source", "target"):
        raise checked.fault("owner", f"{shown(owner)} is neither source nor target")
    return LinkTypeSaid(
        name=checked.texts["name"],
        forward=checked.texts["forward"],
        reverse=checked.texts["reverse"],
        category=checked.text("category") or "other",
        definition=checked.texts["definition"],
        source=checked.texts["source"],
        owner=owner,
        source_kinds=tuple(checked.lists.get("source_kinds", ())) or KINDS,
        target_kinds=tuple(checked.lists.get("target_kinds", ())) or KINDS,
    )
