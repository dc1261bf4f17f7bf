"""Made-up statements for property tests: whatever the register can hold, hostile text included."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from db.keys import KINDS
from db.model import Address
from db.statements import (
    RULES,
    Cite,
    DocumentSaid,
    End,
    EventSaid,
    FactSaid,
    IdentifierSaid,
    LinkSaid,
    NameSaid,
    Statement,
    ValueSaid,
)
from importers.records.words import FileWords, types_of

WORDS = FileWords()

_AWKWARD = [
    "no", "On", "null", "~", "true", "2016", "2016-07-08", "010", "1e3", "5E1", "R1E", "0x1F", "1_000", "12:30", "=",
    "<<", "- a", "a: b", "# a", "'a'", '"a"', "{a}", "[a]", "a, b", "*a", "&a", "!a", "%a", "@a", "`a", "|", ">",
    "---", " a ", "a\tb", "a\nb\n", "a\r\nb", "\x00", "\x1b[31mred\x1b[0m", "\x85", "\u2028", "\ufeff", "\u202etxt",
    "a\xa0b", "😀", "é" * 30, "word " * 60 + "end", "word  " * 60 + "end", "x" * 300, "a" * 89 + " #b: c", "\\",
    "a #b", "[red]markup[/red]",
]  # fmt: skip

texts = (st.sampled_from(_AWKWARD) | st.text(st.characters(exclude_categories=["Cs"]), max_size=120)).filter(
    lambda text: bool(text.strip())
)
dates = st.sampled_from(["2016", "2016-07", "2016-07-08", "XXXX-07-08", "XXXX-02-29", "0001"])
shares = st.floats(0, 1) | st.integers(0, 1).map(float)
values = st.none() | texts | st.integers(-(2**63) + 1, 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
keys = st.builds(
    "{}:{}".format,
    st.sampled_from(["gb-x", "org", "lei"]),
    st.from_regex(r"[A-Z0-9][A-Z0-9./()'#\[\]{},&*-]{0,8}", fullmatch=True),
) | st.builds(
    "{}:{}".format, st.sampled_from(["ods"]), st.from_regex(r"[A-Z][A-Z0-9][0-9]{1,4}", fullmatch=True)
)  # fmt: skip


def words(vocabulary: str) -> st.SearchStrategy[str]:
    """Return words of a vocabulary."""
    return st.sampled_from(sorted(WORDS.known(vocabulary)))


cites = st.lists(
    st.builds(
        Cite,
        source=keys.map("doc:{}".format),
        locator=st.none() | texts,
        quote=st.none() | texts,
        basis=words("evidence_bases"),
        confidence=st.none() | shares,
        claimant=st.none() | keys,
        note=st.none() | texts,
        as_of=st.none() | dates,
    ),
    max_size=2,
).map(tuple)

names = st.builds(NameSaid, texts, words("name_kinds"), st.none() | dates, st.none() | dates, st.none() | texts, cites)
identifiers = st.builds(IdentifierSaid, texts, texts, cites)
facts = st.builds(
    FactSaid, words("properties"), values, st.none() | texts, st.none() | dates, st.none() | texts, cites
).filter(lambda fact: fact.value is not None or fact.text is not None)
events = st.builds(EventSaid, st.none() | dates, words("event_kinds"), texts, cites)
documents = st.builds(DocumentSaid, st.none() | texts, st.none() | dates, st.none() | texts, st.none() | texts)
addresses = st.builds(
    Address,
    st.lists(texts, max_size=3).map(tuple),
    st.none() | texts,
    st.none() | texts,
    st.none() | texts,
    st.none() | texts,
).filter(lambda address: address != Address((), None, None, None, None))


def stated(kind: str, **details: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[ValueSaid, ...]]:
    """Return values of some details, each as its own key may have it, of a record of a kind."""
    types = WORDS.known(types_of(kind))
    if types:
        details["type"] = st.sampled_from(sorted(types))
    rules = st.none() | st.sampled_from(RULES)
    one = [st.builds(ValueSaid, st.just(what), value, rules, cites) for what, value in details.items()]
    return st.lists(st.one_of(one), max_size=2).map(tuple)


@st.composite
def links(draw: st.DrawFn, kind: str) -> LinkSaid:
    """Return a link that a record of a kind may have, in either direction."""
    ways = [
        (link_type, outward, others)
        for link_type in WORDS.link_types.values()
        for outward, own, others in (
            (True, link_type.source_kinds, link_type.target_kinds),
            (False, link_type.target_kinds, link_type.source_kinds),
        )
        if kind in own
    ]
    link_type, outward, others = draw(st.sampled_from(ways))
    return LinkSaid(
        type=link_type.name,
        other=End(draw(keys), draw(st.none() | texts), draw(st.sampled_from(others))),
        outward=outward,
        role=draw(st.none() | words("roles")),
        start=draw(st.none() | dates),
        end=draw(st.none() | dates),
        legal_start=draw(st.none() | dates),
        legal_end=draw(st.none() | dates),
        status=draw(st.none() | words("link_statuses")),
        facts=draw(st.lists(facts, max_size=2).map(tuple)),
        cites=draw(cites),
        values=draw(stated("", start=dates, status=words("link_statuses"))),
        unlisted_by=draw(st.none() | keys),
    )


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Return a statement about a record of any kind."""
    kind = draw(st.sampled_from(KINDS))
    types = WORDS.known(types_of(kind))
    said = Statement(
        key=draw(keys.map("gb-x-{}".format)),
        kind=kind,
        type=draw(st.none() | st.sampled_from(sorted(types))) if types else None,
        form=draw(st.none() | words("forms")),
        status=draw(st.none() | words("statuses")),
        legal_form=draw(st.none() | words("legal_forms")),
        legal_basis=draw(st.none() | texts),
        basis_status=draw(st.none() | words("basis_statuses")),
        summary=draw(st.none() | texts),
        opened=draw(st.none() | dates),
        closed=draw(st.none() | dates),
        legal_start=draw(st.none() | dates),
        legal_end=draw(st.none() | dates),
        address=draw(st.none() | addresses),
        document=draw(documents) if kind == "document" else None,
        names=draw(st.lists(names, max_size=3).map(tuple)),
        identifiers=draw(st.lists(identifiers, max_size=2).map(tuple)),
        facts=draw(st.lists(facts, max_size=2).map(tuple)),
        links=draw(st.lists(links(kind), max_size=3).map(tuple)),
        events=draw(st.lists(events, max_size=2).map(tuple)),
        cites=draw(cites),
        same_person=kind == "person" and draw(st.booleans()),
        values=draw(stated(kind, summary=texts, closed=dates, status=words("statuses"), address=texts, county=texts)),
        unlisted_by=draw(st.none() | keys),
    )
    return replace(said, partial=not any(name.kind == "official" for name in said.names))
