"""Files of every format as other programs, people and attackers leave them: whole files made odd, not bytes of them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from shutil import copyfile

from tests.national.zips import zipped
from tests.reliability.formats import Sound
from tests.reliability.hostile_texts import check_shown
from tests.reliability.mutations import check_import
from tests.reliability.sampling import chance, samples

_DAY = re.compile(rb"\b(?:19|20)\d\d-?[01]\d-?[0-3]\d\b")
_VALUE = re.compile(rb':\s*"[^"]*"')
_DAYS = (b"31/02/2020", b"2020-02-31", b"00000000", b"99999999", b"2020-W05-1", b"1e9", b"10000-01-01", b"-1")
_VALUES = (b":NaN", b":1e999", b":" + b"9" * 5000, b":null", b":[[]]", b':"\\ud800"', b':"\\u0000"', b':{"a":{}}')
_ACTS = "\x1b]52;c;aGk=\x07\x1b[2J\x9b31m\u202e\u2066x\u2069\u200f\x08\x7f".encode()
_ENDS = (b"\r", b"\n", b"\r\n", b"\n\r", b"\x0b", b"\x0c", b"\x1c", b"\x85", "\u2028".encode())
_ANCHORS = b"".join(b"x%d: &x%d [%s]\n" % (n, n, b",".join([b"*x%d" % (n - 1) if n else b"x"] * 9)) for n in range(9))

Oddity = Callable[[bytes, Random], bytes]


def _in_the_middle(piece: bytes) -> Oddity:
    return lambda data, _: data[: len(data) // 2] + piece + data[len(data) // 2 :]


def _encoded(name: str) -> Oddity:
    return lambda data, _: data.decode("utf-8", "replace").encode(name)


def _in_a_cell(text: bytes) -> Oddity:
    """Put a text in the second cell of a line in the middle, or of what stands for one."""

    def put(data: bytes, rng: Random) -> bytes:
        lines = data.split(b"\n")
        at = rng.choice((0, len(lines) // 2))
        first, comma, rest = lines[at].partition(b",")
        lines[at] = first + comma + text + rest
        return b"\n".join(lines)

    return put


def _half(data: bytes, _: Random) -> bytes:
    begun, rest = data[: len(data) // 2], data[len(data) // 2 :]
    return begun + rest.decode("utf-8", "replace").encode("utf-16-le")


ODD: dict[str, Oddity] = {
    "heading twice": lambda data, _: data.split(b"\n")[0] + b"\n" + data,
    "heading again": lambda data, rng: _in_the_middle(b"\n" + data.split(b"\n")[0] + b"\n")(data, rng),
    "a mark of the encoding inside": _in_the_middle(b"\xef\xbb\xbf"),
    "a mark on each line": lambda data, _: data.replace(b"\n", b"\n\xef\xbb\xbf"),
    "the mark of another encoding": lambda data, _: b"\xff\xfe" + data,
    "UTF-16 without a mark": _encoded("utf-16-le"),
    "UTF-16 cut within a character": lambda data, rng: _encoded("utf-16")(data, rng)[:-1],
    "UTF-32": _encoded("utf-32"),
    "UTF-16 from the middle on": _half,
    "decoded wrongly before": lambda data, _: data.decode("latin-1").encode(),
    "carriage returns": lambda data, _: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r"),
    "lines that end variously": lambda data, rng: b"".join(line + rng.choice(_ENDS) for line in data.split(b"\n")),
    "zero bytes": lambda data, _: data.replace(b",", b"\0,"),
    "zero bytes behind": lambda data, _: data + bytes(5_000),
    "a cell of 10 MB": _in_a_cell(b"x" * 10_000_000),
    "a cell below the limit": _in_a_cell(b"y" * 900_000),
    "20,000 columns": lambda data, _: data.replace(b"\n", b"," * 20_000 + b"\n", 3),
    "50,000 empty lines": lambda data, _: data + b"\n" * 50_000,
    "days that are none": lambda data, rng: _DAY.sub(lambda _: rng.choice(_DAYS), data),
    "values that are none": lambda data, rng: _VALUE.sub(
        lambda found: rng.choice(_VALUES) if rng.random() < 0.1 else found[0], data
    ),
    "formulae": lambda data, _: data.replace(b",", b",=cmd|'/C calc'!A0", 30),
    "what acts on terminals": lambda data, _: data.replace(b" ", _ACTS, 200),
    "what acts on terminals, first": lambda data, _: _ACTS + data,
    "accents without end": _in_a_cell(b"Z" + "\u0301".encode() * 5_000),
    "nested deeply": _in_the_middle(b"[" * 100_000),
    "nested deeply, and closed": lambda _, __: b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "aliases that multiply": lambda data, _: _ANCHORS + data,
    "indented deeply": lambda data, _: data + b"\n" + b"".join(b" " * deep + b"a:\n" for deep in range(2_000)),
    "documents behind one another": lambda data, _: data + b"\n---\n" + data,
    "tags": lambda data, _: data.replace(b": ", b": !!python/object/apply:os.system ['id']\nx: ", 1),
    "entities": lambda data, _: data.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 1),
    "of another encoding than it says": lambda data, _: data.replace(b"utf-8", b"utf-16").replace(b"UTF-8", b"UTF-16"),
    "a conflict": _in_the_middle(b"\n<<<<<<< HEAD\n=======\n>>>>>>> theirs\n"),
    "a web page": lambda data, _: b"<!DOCTYPE html><html><body><pre>" + data + b"</pre></body></html>",
    "a pointer to what is elsewhere": lambda _, __: b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
    "compressed": lambda data, _: gzip.compress(data, mtime=0),
    "backwards": lambda data, _: data[::-1],
    "nothing": lambda _, __: b"",
    "blanks": lambda _, __: b" \t\r\n" * 100,
    "as it is": lambda data, _: data,
}
ENDINGS = (".csv", ".xlsx", ".json", ".yaml", ".xml", ".zip", ".txt", ".gz", ".tsv", "")


def _packed(data: bytes, name: str, rng: Random) -> bytes:
    """The file in a zip as no honest one is made: in others, under names that lead out, cut, behind other data."""
    match rng.randrange(6):
        case 0:
            return zipped({"a.zip": zipped({"b.zip": zipped({"c.zip": zipped({name: data})})})})
        case 1:
            return zipped({f"../../{name}": data, f"/abs/{name}": data, f"C:\\{name}": data, name: data})
        case 2:
            return zipped({f"\x1b[31m\u202e{name}": data, "x" * 5_000 + name: data})
        case 3:
            return zipped({name: data})[:-30]
        case 4:
            return b"other data" * 500 + zipped({name: data})
        case _:
            return zipped({"a.csv": zipped({name: data})})


@samples(400)
def test_files_of_every_format(sound: dict[str, Sound], rich: Path, tmp_path: Path, number: int) -> None:
    rng = chance("odd", number)
    one = sound[sorted(sound)[number % len(sound)]]
    data = ODD[rng.choice(sorted(ODD))](one.content, rng)
    if rng.random() < 0.2:
        data = _packed(data, one.file, rng)
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / one.file
    path = path.with_suffix(rng.choice(ENDINGS)) if rng.random() < 0.2 else path
    path.write_bytes(data)
    register = tmp_path / "own" / "interlock.db"
    register.parent.mkdir()
    copyfile(rich, register)
    words: list[str | Path] = [path]
    if one.mapping and rng.random() < 0.8:
        mapping = one.mapping.encode()
        mapping = ODD[rng.choice(sorted(ODD))](mapping, rng) if rng.random() < 0.2 else mapping
        (tmp_path / "map.yaml").write_bytes(mapping)
        words += ["--map", tmp_path / "map.yaml"]
    done = check_import(words, register)
    check_shown(done.answer, "json")
    check_shown(done.remarks, "table")
