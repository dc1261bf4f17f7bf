"""A zip is opened without trusting it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from db.errors import InputError
from importers.archives import LONGEST_NAME, ZipLimits
from importers.base import Input, Skipped
from importers.inputs import Inputs


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The bytes of a zip of these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def put(folder: Path, members: dict[str, bytes], name: str = "drop.zip") -> Path:
    """A zip in a folder."""
    path = folder / name
    path.write_bytes(zipped(members))
    return path


def expand(path: Path, limits: ZipLimits | None = None) -> tuple[list[tuple[Input, bytes]], list[Skipped]]:
    """Inputs with their content, and what was skipped."""
    with Inputs([str(path)], limits) as inputs:
        return [(source, source.read_bytes()) for source in inputs], inputs.skipped


def test_a_zip_is_its_members_by_name_each_read_as_often_as_wanted(tmp_path: Path) -> None:
    path = put(tmp_path, {"b.csv": b"2", "in/a.csv": b"1", "in/": b""})
    with Inputs([str(path)]) as inputs:
        first, second = inputs
        assert (second.name, second.label, second.path) == ("a.csv", f"{path}: in/a.csv", f"{path} › in/a.csv")
        assert [source.read_bytes() for source in (first, second, first)] == [b"2", b"1", b"2"]
        assert not first.named


def test_the_list_of_a_zip_is_read_once_however_many_files_are_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[object] = []
    made = zipfile.ZipInfo.__init__
    monkeypatch.setattr(zipfile.ZipInfo, "__init__", lambda *given, **named: listed.append(made(*given, **named)))
    path = put(tmp_path, {f"{number}.csv": b"1" for number in range(50)})
    listed.clear()
    assert len(expand(path)[0]) == 50
    assert len(listed) == 50


def test_a_zip_is_told_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    path = put(tmp_path, {"a.csv": b"1"}, "release.bin")
    assert [content for _, content in expand(path)[0]] == [b"1"]


def test_a_web_page_called_zip_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "latest.zip"
    path.write_text("<!DOCTYPE html><html><head><title>Just\na moment</title>")
    with pytest.raises(InputError) as caught:
        expand(path)
    assert str(caught.value) == f'{path}: is an HTML page titled "Just a moment", not a zip; fetch it again'


def test_the_real_web_page_called_zip_is_refused(shared: Path) -> None:
    path = shared / "data/quirks/nhs_trusts_latest.zip"
    if not path.exists():
        pytest.skip("nhs_trusts_latest.zip is not among the shared files")
    with pytest.raises(InputError, match="is an HTML page"):
        expand(path)


def test_a_zip_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, {"a.csv": b"1" * 1000})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(InputError, match="damaged or cut short"):
        expand(path)


def test_a_damaged_member_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "drop.zip"
    path.write_bytes(zipped({"a.csv": b"name,code\n" * 50}, zipfile.ZIP_STORED).replace(b"name,code", b"nome,code", 1))
    with pytest.raises(InputError, match=r"a\.csv: the zip is damaged here"):
        expand(path)


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/evil.csv", "in/../../evil.csv", "..\\evil.csv", "C:/evil.csv"])
def test_no_member_leads_out_of_the_zip(tmp_path: Path, name: str) -> None:
    sources, skipped = expand(put(tmp_path, {name: b"1", "good.csv": b"2"}))
    assert [content for _, content in sources] == [b"2"]
    assert [one.reason for one in skipped] == ["its path leads out of the zip"]


def test_a_member_whose_name_would_fill_the_screen_is_skipped(tmp_path: Path) -> None:
    long = "x" * (LONGEST_NAME - 3)
    found, skipped = expand(put(tmp_path, {f"{long}.csv": b"1", f"{long}.cs": b"2"}))
    assert [content for _, content in found] == [b"2"]
    assert [one.reason for one in skipped] == [f"its name is longer than {LONGEST_NAME} characters"]
    assert len(skipped[0].label) < len(str(tmp_path)) + LONGEST_NAME + 20


def test_hidden_members_are_skipped(tmp_path: Path) -> None:
    _, skipped = expand(put(tmp_path, {"__MACOSX/a.csv": b"1", ".DS_Store": b"2", "good.csv": b"3"}))
    assert [one.reason for one in skipped] == ["hidden", "hidden"]


def test_a_zip_in_a_zip_is_opened_and_one_deeper_is_not(tmp_path: Path) -> None:
    deepest = zipped({"c.csv": b"3"})
    inner = zipped({"b.csv": b"2", "deepest.zip": deepest})
    path = put(tmp_path, {"a.csv": b"1", "inner.zip": inner})
    sources, skipped = expand(path)
    assert [(source.label, content) for source, content in sources] == [
        (f"{path}: a.csv", b"1"),
        (f"{path}: inner.zip: b.csv", b"2"),
    ]
    assert [one.reason for one in skipped] == ["a zip in a zip in a zip"]


def test_a_workbook_is_one_input_though_it_is_a_zip(tmp_path: Path) -> None:
    path = put(tmp_path, {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}, "book.xlsx")
    ((source, _),) = expand(path)[0]
    assert (source.name, source.named) == ("book.xlsx", True)


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    path = put(tmp_path, {f"{number}.csv": b"" for number in range(5)})
    with pytest.raises(InputError, match="holds 5 files, more than the 4 allowed"):
        expand(path, ZipLimits(members=4))


def test_too_many_bytes_are_refused(tmp_path: Path) -> None:
    path = put(tmp_path, {"a.csv": b"1" * 3_000_000})
    with pytest.raises(InputError, match="unpacks to 2 MB, more than the 1 MB allowed"):
        expand(path, ZipLimits(total_bytes=1024**2))


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    _, skipped = expand(
        put(tmp_path, {"bomb.csv": b"0" * 5_000_000, "good.csv": b"1"}), ZipLimits(ratio=100, ratio_from=1_000_000)
    )
    assert [one.reason for one in skipped] == ["unpacks to more than 100 times its size"]


def test_a_member_that_lies_about_its_size_is_stopped(tmp_path: Path) -> None:
    content = b"name,code\n" * 1000
    data = bytearray(zipped({"a.csv": content}))
    true, false = len(content).to_bytes(4, "little"), (20).to_bytes(4, "little")
    path = tmp_path / "drop.zip"
    path.write_bytes(bytes(data).replace(true, false))
    with Inputs([str(path)]) as inputs:
        try:
            assert all(len(source.read_bytes()) <= 20 for source in inputs)
        except InputError as error:
            assert "zip" in str(error)


def test_an_empty_zip_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the zip is empty"):
        expand(put(tmp_path, {}))


def test_a_broken_zip_in_a_folder_is_skipped_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "page.zip").write_text("<html><title>No</title>")
    (tmp_path / "a.csv").write_text("1")
    sources, skipped = expand(tmp_path)
    assert [source.name for source, _ in sources] == ["a.csv"]
    assert [one.reason for one in skipped] == ['is an HTML page titled "No", not a zip; fetch it again']


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_wherever_a_zip_is_damaged_it_is_read_or_refused_in_one_short_line(tmp_path: Path, compression: int) -> None:
    content = b"".join(b"%d," % (number * 7919 % 10007) for number in range(200))
    whole = zipped({"a.csv": content}, compression)
    path = tmp_path / "drop.zip"
    for place in range(0, len(whole), 3):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        path.write_bytes(damaged)
        try:
            expand(path)
        except InputError as error:
            said = str(error).replace(str(path), "")
            assert "\n" not in said
            assert len(said) < 250
