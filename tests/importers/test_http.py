"""URLs are fetched over http and https alone, with an extra, and their secrets are shown to nobody."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from db.errors import InputError, UsageError
from importers import http
from importers.inputs import Inputs

URL = "https://someone:secret@example.org/trud/keys/abc123/items/341/etr.csv?token=t0p"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A stand-in for httpx whose one page is what the test sets."""
    page = SimpleNamespace(status_code=200, content=b"a,b\r\n", headers={}, url=URL, error=None)
    module: Any = ModuleType("httpx")
    module.HTTPError = type("HTTPError", (Exception,), {})
    module.InvalidURL = type("InvalidURL", (Exception,), {})

    @contextmanager
    def stream(method: str, url: str, **options: object) -> Iterator[SimpleNamespace]:
        if page.error:
            raise module.HTTPError(page.error)
        page.iter_bytes = lambda: iter([page.content])
        yield page

    module.stream = stream
    monkeypatch.setitem(sys.modules, "httpx", module)
    return page


def test_a_url_is_read_like_a_file_and_named_after_its_end(site: SimpleNamespace) -> None:
    with Inputs([URL]) as inputs:
        (source,) = inputs
        assert (source.name, source.read_bytes()) == ("etr.csv", b"a,b\r\n")
        assert source.label == source.path == "https://example.org/trud/keys/…/items/341/etr.csv"


def test_the_server_may_name_the_file(site: SimpleNamespace) -> None:
    site.headers["content-disposition"] = 'attachment; filename="../../etr-2025-07.csv"'
    with Inputs([URL]) as inputs:
        assert [source.name for source in inputs] == ["etr-2025-07.csv"]


@pytest.mark.parametrize("status", [401, 404, 500])
def test_an_answer_that_is_no_file_is_an_error_without_secrets(site: SimpleNamespace, status: int) -> None:
    site.status_code = status
    with pytest.raises(InputError, match=f"the server answered {status}") as caught, Inputs([URL]) as inputs:
        list(inputs)
    assert not any(secret in str(caught.value) for secret in ("secret", "abc123", "t0p"))


def test_a_failed_connection_is_one_line_without_secrets(site: SimpleNamespace) -> None:
    site.error = f"could not connect to {URL}"
    with pytest.raises(InputError, match="could not be fetched") as caught, Inputs([URL]) as inputs:
        list(inputs)
    assert "secret" not in str(caught.value)


def test_more_than_the_limit_is_refused(site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MAX_BYTES", 3)
    with pytest.raises(InputError, match="is larger than"):
        http.fetch(URL, io.BytesIO())


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/a.csv", "data:text/csv,a", "gopher://x/y"])
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(UsageError, match="is not fetched; give a path"), Inputs([url]) as inputs:
        list(inputs)


def test_without_the_extra_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(UsageError, match=r"needs the extra 'http': pip install 'interlock\[http\]'"):
        http.fetch(URL, io.BytesIO())


@pytest.mark.parametrize("path", ["a.csv", "./http/a.csv", "C:\\data\\a.csv", "folder: notes.csv", "filed/a.csv"])
def test_a_path_is_no_url(path: str) -> None:
    assert not http.is_url(path)
