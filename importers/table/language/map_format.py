"""The mapping format as data: the keys beside those of the records format, which `records` takes as they are."""

from __future__ import annotations

from importers.documents.shapes import Field, Shape, Want
from importers.records.record_format import SOURCE

FORMAT = "interlock-map/1"

TABLE_FIELDS = (
    Field("name", "What the table is called, where a mapping has several: it becomes part of the source's key."),
    Field("sheet", "The only sheet of a workbook to look at; left out, every sheet that has the columns is read."),
    Field("header", "The line of the headings, or `none`; left out, the first that has all columns is taken."),
    Field("rows", "The path to the list of rows in JSON that does not start with it, such as `data.items`."),
    Field("columns", "Short names for headings; with `header: none` the list of all columns.", Want.RAW),
    Field(
        "without_headings",
        "All columns in their order, in a file that has no headings; what the texts of some look like tells the table.",
        Want.RAW,
    ),
    Field("looks", "What the texts of some columns look like, where headings alone do not tell the table.", Want.RAW),
    Field("hidden", "Whether hidden sheets, and rows hidden by hand, are taken as well.", Want.FLAG),
    Field("same_name", "`one` where rows of one name are one body, whatever else they say of it."),
    Field("fill_down", "Columns whose empty cells mean what the cell above says, as merged cells do.", many=True),
    Field("refuse", "Rows that are not taken, each with `when` or `unless` and a `reason`.", Want.RAW),
    Field("records", "What a row becomes: records as in the records format, with columns in braces.", Want.RAW),
)

TABLE = Shape("table", TABLE_FIELDS)

MAPPING = Shape(
    "mapping",
    (
        Field("format", f"Always `{FORMAT}`.", required=True),
        Field("id", "Identity of what it reads, part of the key `file:ID`; the mapping's file name unless given."),
        Field("title", "What the source is called."),
        Field("about", "What the mapping is for, in a sentence; nothing is done with it."),
        Field("publisher", "Who publishes the source."),
        Field("published", "Its date where nothing else tells, or one for each heading that an edition has.", Want.RAW),
        Field("licence", "Its licence."),
        Field("url", "Where it is published."),
        Field("series", "What its editions have in common, so that a newer one follows an older one."),
        Field("full", "Whether an edition lists all there are, so that what a newer one lacks is gone.", Want.FLAG),
        Field("dated_by", "Columns whose latest date is the source's, where nothing else tells.", many=True),
        Field("dates", "How dates are written, such as `YYYYMMDD` or `D Month YYYY`.", many=True),
        Field("blanks", "Texts that mean that nothing is known, such as `n/a`.", many=True),
        Field("encoding", "How the text is encoded; found out unless given."),
        Field("delimiter", "What stands between columns; found out unless given."),
        Field("sources", "Documents that evidence names.", Want.SHAPE, shape=SOURCE, many=True),
        Field("vocabulary", "Words that the mapping adds, as in the records format.", Want.RAW),
        Field("tables", "Its tables, where there are several.", Want.RAW),
        *TABLE_FIELDS[1:],
    ),
)

REFUSAL = ("when", "unless", "reason")
CONTROLS = ("each", "when", "unless")
"""Keys that any record, name, link… of a mapping may have: for each of several, and on which conditions."""

EACH = ("of", "split", "keep", "people")
CHOICE = ("of", "when", "unless", "words", "others", "dates")
TESTS = ("starts", "ends", "has", "capitals", "same", "least", "below", "share_of", "elsewhere")
