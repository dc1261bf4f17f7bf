"""What the user names becomes inputs; what a folder brings along and cannot be used is skipped with its reason."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from db.errors import InputError, UsageError
from importers.base import Input, Skipped
from importers.inputs import Inputs
from importers.plan import plan
from tests.importers.things import Fake, registry


def expand(*sources: str | Path, stdin: bytes = b"") -> tuple[list[Input], list[Skipped]]:
    """Inputs and what was skipped; the inputs' temporary files are gone."""
    with Inputs([str(source) for source in sources], stdin=io.BytesIO(stdin)) as inputs:
        return list(inputs), inputs.skipped


def put(path: Path, content: str = "x") -> Path:
    """A file with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def test_a_file_is_itself(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", "content")
    (source,), skipped = expand(path)
    assert (source.name, source.label, source.path, source.size) == ("a.csv", str(path), str(path), 7)
    assert source.named
    assert source.read_bytes() == source.read_bytes() == b"content"
    assert skipped == []


def test_a_folder_is_its_files_by_name_and_hidden_ones_are_skipped(tmp_path: Path) -> None:
    for name in ("b.csv", "a/z.csv", "a.csv", ".hidden", ".git/config"):
        put(tmp_path / name)
    sources, skipped = expand(tmp_path)
    assert [source.label for source in sources] == [str(tmp_path / name) for name in ("a.csv", "b.csv", "a/z.csv")]
    assert not any(source.named for source in sources)
    assert {(Path(one.label).name, one.reason) for one in skipped} == {(".git", "hidden"), (".hidden", "hidden")}


def test_links_that_lead_nowhere_or_in_circles_are_no_trouble(tmp_path: Path) -> None:
    put(tmp_path / "a.csv")
    (tmp_path / "dead").symlink_to(tmp_path / "gone")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    sources, skipped = expand(tmp_path)
    assert [source.name for source in sources] == ["a.csv"]
    assert {Path(one.label).name for one in skipped} == {"dead", "pipe"}


def test_a_pattern_is_the_files_that_match_it(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "c.txt", "d/e.csv"):
        put(tmp_path / name)
    assert [source.name for source in expand(f"{tmp_path}/*.csv")[0]] == ["a.csv", "b.csv"]
    assert [source.name for source in expand(f"{tmp_path}/**/*.csv")[0]] == ["a.csv", "b.csv", "e.csv"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    path = put(tmp_path / "list [1].csv")
    assert [source.name for source in expand(path)[0]] == ["list [1].csv"]


def test_the_same_file_named_twice_comes_once(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv")
    sources, skipped = expand(path, tmp_path)
    assert len(sources) == 1
    assert [one.reason for one in skipped] == ["named twice"]


def test_stdin_can_be_opened_again_and_leaves_nothing_behind() -> None:
    with Inputs(["-"], stdin=io.BytesIO(b"piped")) as inputs:
        (source,) = inputs
        assert (source.name, source.label, source.path) == ("stdin", "stdin", None)
        assert source.sample().head == source.read_bytes() == b"piped"
    with pytest.raises(InputError, match="stdin: cannot be read"):
        source.read_bytes()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("no-such-file.csv", "no-such-file.csv: no such file or folder; check the path"),
        ("no-such-*.csv", "no-such-*.csv: matches no file; check the pattern"),
        ("", "'': is no path"),
        ("a\x00b", "'a\\x00b': is no path"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(source: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        expand(source)
    assert str(caught.value).startswith(said)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 3


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no files"):
        expand(tmp_path)


def test_an_unknown_file_that_was_named_is_an_error_and_one_that_was_found_is_skipped(tmp_path: Path) -> None:
    put(tmp_path / "a.yaml", "format: x")
    odd = put(tmp_path / "odd.txt", "words")
    known = registry(Fake("records", word=b"format:"))
    with Inputs([str(tmp_path)]) as inputs:
        made = plan(inputs, known)
    assert [(entry.source.name, entry.choice.importer.name) for entry in made.planned] == [("a.yaml", "records")]
    assert [(Path(one.label).name, one.reason.split(",")[0]) for one in made.skipped] == [("odd.txt", "is plain text")]
    with Inputs([str(odd)]) as inputs, pytest.raises(InputError, match=r"odd\.txt: is plain text"):
        plan(inputs, known)


def test_a_folder_with_nothing_to_read_is_an_error_that_says_why(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", "words")
    put(tmp_path / "b.txt", "words")
    with Inputs([str(tmp_path)]) as inputs, pytest.raises(InputError) as caught:
        plan(inputs, registry(Fake("records", word=b"format:")))
    assert str(caught.value).startswith(f"nothing to import: {tmp_path}/a.txt: is plain text")
    assert str(caught.value).endswith("(and 1 more like it)")


def test_an_unknown_format_is_refused_before_anything_is_looked_at(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt")
    with Inputs([str(path)]) as inputs, pytest.raises(UsageError, match="unknown format 'nope'"):
        plan(inputs, registry(Fake("records")), "nope")


@pytest.mark.parametrize("pattern", ["**", "**/*", "**/*.csv", "a/**/*.csv", "?/**", "*/b/**/x.*"])
def test_a_pattern_of_any_depth_comes_to_an_end_and_gives_each_file_once(
    tmp_path: Path, pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "a" / "b" / "c" / "x.csv")
    put(tmp_path / "a" / ".hidden" / "x.csv")
    for name in ("one", "two", "three"):
        (tmp_path / "a" / "b" / name).symlink_to("..")
    inputs, _ = expand(tmp_path / pattern)
    assert [source.path for source in inputs] == [str(tmp_path / "a" / "b" / "c" / "x.csv")]
    monkeypatch.chdir(tmp_path)
    assert [source.label for source in expand(pattern)[0]] == ["a/b/c/x.csv"]


def test_a_file_and_a_link_to_it_are_the_same_file(tmp_path: Path) -> None:
    put(tmp_path / "a.csv")
    (tmp_path / "b.csv").symlink_to("a.csv")
    inputs, skipped = expand(tmp_path)
    assert [source.name for source in inputs] == ["a.csv"]
    assert skipped == [Skipped(str(tmp_path / "b.csv"), "named twice")]


def test_stdin_named_twice_is_read_once() -> None:
    inputs, skipped = expand("-", "-", stdin=b"content")
    assert len(inputs) == 1
    assert skipped == [Skipped("stdin", "named twice")]


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="there are no such devices here")
def test_a_device_that_never_ends_is_refused_and_nothing_is_empty() -> None:
    with pytest.raises(InputError, match="/dev/zero: is a device"):
        expand("/dev/zero")
    with open("/dev/zero", "rb") as zeros, pytest.raises(InputError, match="stdin: is a device"):
        list(Inputs(["-"], stdin=zeros))
    assert [source.size for source in expand("/dev/null")[0]] == [0]


def test_a_file_too_large_for_memory_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv")
    os.truncate(path, 2**40)
    (source,), _ = expand(path)
    with pytest.raises(InputError, match="is larger than 512 MB"):
        source.read_bytes()
