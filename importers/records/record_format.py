"""The format as data: which keys stand where, what each holds, and what it means.

Reading, the JSON Schema for editors and the tests of the documentation all follow these tables.
"""

from __future__ import annotations

from db.statements import ADDRESS_DETAILS, LINK_DETAILS, PLAIN_DETAILS, RULES
from importers.documents.shapes import Field, Shape, Want

FORMAT = "interlock-records/1"

SECTIONS = {
    "documents": "document",
    "organisations": "organisation",
    "arrangements": "arrangement",
    "people": "person",
    "sites": "site",
}
"""The lists of records in a file, and the kind of what stands in each."""

EVIDENCE = Shape(
    "evidence",
    (
        Field("source", "Key of the document or file that says so; left out, it is the file's `cites`.", Want.KEY),
        Field("locator", "Where in it: a paragraph (p3), a page, a row, a section."),
        Field("quote", "The words themselves, where they may be quoted."),
        Field("basis", "Stated there, claimed by someone in it, or inferred from it.", Want.WORD, "evidence_bases"),
        Field("confidence", "How sure, from 0 to 1.", Want.SHARE),
        Field("claimant", "Key of the record whose claim it is.", Want.KEY),
        Field("note", "Why it is believed, where it is inferred."),
        Field("as_of", "The day on which it was so, where that is not the day of the source.", Want.DATE),
    ),
    short="locator",
)

_EVIDENCE = Field(
    "evidence",
    "Who says so: a place in the file's `cites`, a mapping, or a list of either.",
    Want.SHAPE,
    shape=EVIDENCE,
    many=True,
)
_SINCE = ("since", "from", "from_date", "start_date", "joined")
_UNTIL = ("until", "to", "till", "end_date", "left")
_BODY = ("key", "body", "org", "organisation", "organization", "member", "partner", "code")
_START = Field("start", "Since when.", Want.DATE, meant_by=("opened", *_SINCE))
_END = Field("end", "Until when.", Want.DATE, meant_by=("closed", *_UNTIL))

NAME = Shape(
    "name",
    (
        Field("name", "The name.", required=True),
        Field("kind", "What kind of name it is; short unless said.", Want.WORD, "name_kinds"),
        _START,
        _END,
        Field("verbatim", "The source's own spelling, where the name is that in readable case."),
        _EVIDENCE,
    ),
    short="name",
)

IDENTIFIER = Shape(
    "identifier",
    (
        Field("scheme", "The register that gives it: ods, gss, gb-coh…", required=True),
        Field("value", "The code.", required=True),
        _EVIDENCE,
    ),
)

FACT = Shape(
    "fact",
    (
        Field("property", "What it is about.", Want.WORD, "properties", required=True),
        Field("value", "A number or a text.", Want.VALUE),
        Field("unit", "What the number counts: people, GBP, %."),
        Field("as_of", "The day or year for which it is so.", Want.DATE),
        Field("text", "It in words, or as the source words it."),
        _EVIDENCE,
    ),
)
_FACTS = Field("facts", "Properties with a value, a text or both.", Want.SHAPE, shape=FACT, many=True)

EVENT = Shape(
    "event",
    (
        Field("date", "When, as far as it is known.", Want.DATE),
        Field("kind", "What kind of event it is.", Want.WORD, "event_kinds", required=True),
        Field("text", "What happened or is to happen.", required=True),
        _EVIDENCE,
    ),
)


def _value(name: str, details: tuple[str, ...]) -> Shape:
    """The shape of a value of one of some details."""
    return Shape(
        name,
        (
            Field(
                "what",
                "The detail, by its key; of an address one of its parts.",
                words="detail",
                required=True,
                one_of=details,
            ),
            Field("value", "What is stated of it; of an address its lines, one below the other.", required=True),
            Field(
                "why",
                "The rule by which one of several values is shown; the file chose it unless said.",
                words="rule",
                one_of=RULES,
            ),
            _EVIDENCE,
        ),
    )


RECORD_VALUE = _value("record_value", (*PLAIN_DETAILS, *ADDRESS_DETAILS))
LINK_VALUE = _value("link_value", LINK_DETAILS)
_VALUES = "Who states which value of single details, where not everyone in `evidence` states the one shown."
_UNLISTED_BY = Field("unlisted_by", "Key of the list that no longer has it, which an earlier one had.", Want.KEY)

_TIE = (
    Field("name", "What to call the other where no source describes it."),
    Field("kind", "What the other is where nothing tells it.", Want.WORD, "kinds"),
    _START,
    _END,
    Field("legal_start", "Since when in law, where that is told apart.", Want.DATE),
    Field("legal_end", "Until when in law, where that is told apart.", Want.DATE),
    Field("status", "Whether it is current, planned, proposed or past.", Want.WORD, "link_statuses"),
    _UNLISTED_BY,
    Field("values", _VALUES, Want.SHAPE, shape=LINK_VALUE, many=True),
    _FACTS,
    _EVIDENCE,
)

PARTICIPANT = Shape(
    "participant",
    (
        Field("who", "Key of the record that takes part.", Want.KEY, required=True, meant_by=_BODY),
        Field("role", "In what role.", Want.WORD, "roles"),
        *_TIE,
    ),
    short="who",
)

POST = Shape(
    "post",
    (
        Field("in", "Key of the organisation or arrangement.", Want.KEY, required=True, meant_by=("at", "of", *_BODY)),
        Field("role", "The post.", Want.WORD, "roles", meant_by=("post", "title", "position", "job")),
        *_TIE,
    ),
)

LINK = Shape(
    "link",
    (
        Field("type", "The type of the link.", Want.WORD, "link_types", required=True),
        Field("to", "Key of the record the link leads to.", Want.KEY),
        Field("from", "Key of the record the link comes from, in place of `to`.", Want.KEY),
        Field("role", "In what role.", Want.WORD, "roles"),
        *_TIE,
    ),
)

ADDRESS = Shape(
    "address",
    (
        Field("lines", "Building and street, a line each.", many=True),
        Field("town", "Town."),
        Field("county", "County."),
        Field("postcode", "Postcode."),
        Field("country", "Country."),
    ),
)

_DOCUMENT = ("document",)
RECORD = Shape(
    "record",
    (
        Field("key", "scheme:value, stable for good; made from the name where left out.", Want.KEY),
        Field("kind", "The kind of record; wanted in JSONL, elsewhere the list tells it.", Want.WORD, "kinds"),
        Field("name", "The official name, unless `name_kind` says what it is."),
        Field("name_kind", "What kind of name `name` is, where it is not the official one.", Want.WORD, "name_kinds"),
        Field("title", "The title, in place of a name.", kinds=_DOCUMENT),
        Field("verbatim", "The source's own spelling of the name, where the name is that in readable case."),
        Field("type", "What it is, in a word of the vocabulary for its kind.", Want.WORD, "types"),
        Field("form", "How it is held together.", Want.WORD, "forms"),
        Field("legal_form", "What it is in law.", Want.WORD, "legal_forms"),
        Field("legal_basis", "The law or paper it rests on."),
        Field("basis_status", "Whether that basis is stated, inferred or unknown.", Want.WORD, "basis_statuses"),
        Field("status", "How it stands.", Want.WORD, "statuses"),
        Field("opened", "Since when.", Want.DATE, meant_by=("formed", "established", "founded", "start", *_SINCE)),
        Field("closed", "Until when.", Want.DATE, meant_by=("abolished", "ended", "end", *_UNTIL)),
        Field("legal_start", "Since when in law, where that is told apart.", Want.DATE),
        Field("legal_end", "Until when in law, where that is told apart.", Want.DATE),
        _UNLISTED_BY,
        Field("summary", "One or two sentences in your own words.", meant_by=("description", "about", "notes", "note")),
        Field("address", "Where it is.", Want.SHAPE, shape=ADDRESS),
        Field("publisher", "Who published the document.", kinds=_DOCUMENT),
        Field("published", "When it was published.", Want.DATE, kinds=_DOCUMENT),
        Field("url", "Where it can be read.", kinds=_DOCUMENT),
        Field("licence", "Under which licence.", kinds=_DOCUMENT),
        Field("names", "Further names; a bare text is a short name.", Want.SHAPE, shape=NAME, many=True),
        Field(
            "identifiers",
            "Codes that registers give it.",
            Want.SHAPE,
            shape=IDENTIFIER,
            many=True,
            meant_by=("codes", "code", "id", "ids", "identifier"),
        ),
        Field(
            "participants",
            "Who takes part.",
            Want.SHAPE,
            shape=PARTICIPANT,
            many=True,
            kinds=("arrangement",),
            meant_by=("members", "member", "partners", "partner", "parties", "bodies", "organisations"),
        ),
        Field("posts", "What the person holds, and where.", Want.SHAPE, shape=POST, many=True, kinds=("person",)),
        Field("links", "Any other links.", Want.SHAPE, shape=LINK, many=True),
        _FACTS,
        Field("events", "What happened or is to happen.", Want.SHAPE, shape=EVENT, many=True),
        Field("values", _VALUES, Want.SHAPE, shape=RECORD_VALUE, many=True),
        Field(
            "same_person",
            "True where a person of the same key in another source is known to be this one.",
            Want.FLAG,
            kinds=("person",),
        ),
        Field(
            "evidence",
            "For the record itself, and for whatever in it names no evidence of its own.",
            Want.SHAPE,
            shape=EVIDENCE,
            many=True,
        ),
    ),
)

SOURCE = Shape(
    "source",
    (
        Field("key", "`file:` and a name, or a document's key.", Want.KEY, required=True),
        Field("title", "What it is called.", required=True),
        Field("publisher", "Who published it."),
        Field("published", "When it was published.", Want.DATE),
        Field("url", "Where it can be read."),
        Field("licence", "Under which licence."),
        Field(
            "release_of",
            "The register that it is a release of, where these repeat what they do not change: what one of them says, "
            "those after it say.",
        ),
    ),
)

TERM = Shape(
    "term",
    (
        Field("name", "The word as files write it.", required=True),
        Field("label", "The word as people read it; the name in plain words where left out."),
        Field("definition", "What it means.", required=True),
        Field("source", "Where the definition comes from.", required=True),
    ),
)

LINK_TYPE = Shape(
    "link_type",
    (
        Field("name", "The type as files write it.", required=True),
        Field("forward", "Read from the source: `advises`.", required=True),
        Field("reverse", "Read from the target: `advised by`.", required=True),
        Field("category", "The group it is listed with; `other` unless said."),
        Field("definition", "What it means.", required=True),
        Field("source", "Where the definition comes from.", required=True),
        Field("owner", "The end that speaks for the link, source or target; source unless said."),
        Field("source_kinds", "Which kinds of record it may start at.", Want.WORD, "kinds", many=True),
        Field("target_kinds", "Which kinds of record it may lead to.", Want.WORD, "kinds", many=True),
    ),
)

HEADER = Shape(
    "file",
    (
        Field("format", f"`{FORMAT}`, by which the file is recognised.", required=True),
        Field("id", "The file's name as a source; a file with the same id replaces what it said before."),
        Field("title", "What the file is called."),
        Field("publisher", "Who wrote it."),
        Field("published", "Its date; unknown is older than any.", Want.DATE),
        Field("url", "Where it can be read."),
        Field("licence", "Under which licence it may be used."),
        Field("complete", "True where it says all there is of each record in it.", Want.FLAG),
        Field("cites", "Key of the source that evidence means when it names none.", Want.KEY),
        Field("sources", "Sources that are cited and are no records.", Want.SHAPE, shape=SOURCE, many=True),
        Field("vocabulary", "Words of your own.", Want.RAW),
        *(Field(section, f"Records of kind {kind}.", Want.RAW) for section, kind in SECTIONS.items()),
    ),
)
