"""Whatever happens to a file, reading it ends in a reading or in one line that says why not."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from db.errors import InputError
from db.statements import RejectSaid, RowSaid
from importers.base import SAMPLE_BYTES, Sample
from importers.records.importer import importer
from importers.text import peek
from tests.importers.records.files import STORY, reading

_NAMES = st.sampled_from(["story.yaml", "story.json", "story.jsonl", "stdin"])
_JSON = (
    '{"format": "interlock-records/1", "cites": "doc:d",\n "organisations": [{"key": "ods:A", "name": "A"}],\n'
    ' "arrangements": [{"name": "B", "opened": 2016, "participants": [{"who": "ods:A", "evidence": ["p1", 2]}]}]}\n'
)
_LINES = _JSON.replace("\n", "") + '\n{"kind": "person", "name": "Ann Example"}\n{"kind": "site", "name": "C"}\n'
_MARKS = ["", "\n", "  ", "- ", ": ", "{", "}", "[", "]", ",", '"', "'", "&a ", "*a", "|", ">-", "#", "? ", "<<: "]
_OTHERS = [
    "!!int ",
    "null",
    "2016",
    "name",
    "key:",
    "\t",
    "\x00",
    "\x85",
    "😀",
    "---\n",
    "...",
    "%YAML 1.1\n",
    "9" * 5000,
]
_PIECES = st.sampled_from(_MARKS + _OTHERS) | st.text(max_size=4)


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """Return a file in which some places were cut out, doubled or overwritten."""
    text = draw(st.sampled_from([STORY, _JSON, _LINES]))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        kept = draw(st.sampled_from(["", text[start:end]]))
        text = text[:start] + draw(_PIECES) + kept + kept * draw(st.integers(0, 1)) + text[end:]
    return text


def check(data: bytes, name: str) -> None:
    """Read the bytes and look at all that comes of it."""
    try:
        found = reading(data, name)
    except InputError as error:
        assert str(error).startswith(f"{name}:")
        assert "\n" not in str(error)
        return
    said = list(found.rows)
    assert len(said) == len(list(found.rows))
    for row in said:
        assert isinstance(row, RowSaid | RejectSaid)
        if isinstance(row, RejectSaid):
            assert row.line is not None
            assert "\n" not in row.reason


@given(mutations(), _NAMES)
@example(STORY.replace("2016", "&x [*x]"), "story.yaml")
@example("", "stdin")
@example("{", "stdin")
@example('{"kind": []}', "x.jsonl")
@example("format: interlock-records/1\npeople: [[], {}, 1, {name: {}}, {key: [], name: x}]", "story.yaml")
def test_a_damaged_file_gives_a_reading_or_one_line(text: str, name: str) -> None:
    check(text.encode("utf-8", "surrogatepass"), name)


@given(st.binary(max_size=200), st.booleans(), _NAMES)
def test_any_bytes_give_a_reading_or_one_line(data: bytes, headed: bool, name: str) -> None:
    check((b"format: interlock-records/1\n" if headed else b"") + data, name)


@given(st.binary(max_size=200))
def test_any_bytes_can_be_looked_at(data: bytes) -> None:
    guess = importer.sniff(Sample("x", data[:SAMPLE_BYTES], peek(data), len(data)))
    assert guess is None or 0 <= guess.score <= 1
