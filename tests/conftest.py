"""What every test stands on: an empty home, no settings of whoever runs them, and no network."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from importers.builtin_folders import VARIABLE
from tests.stories import STORIES

ROOT = Path(__file__).resolve().parents[1]

LEAKS = ("INTERLOCK_", "TEXTUAL", "CLICOLOR", "PYTEST_DISABLE_", "GIT_", "SSH_", "TMUX")
"""Variables that start with these may change what the program does, so no test sees them."""

LEAKING = set(
    "NO_COLOR FORCE_COLOR COLORTERM COLUMNS LINES LC_ALL LANGUAGE PYTHONWARNINGS PYTHONOPTIMIZE"
    # Workers and the processes that tests start would compile all that they load, each of them anew.
    " PYTHONDONTWRITEBYTECODE".split()
)

SETTINGS = {
    "LANG": "C.UTF-8",
    "TERM": "xterm-256color",
    "TEXTUAL_ANIMATIONS": "none",
    "TZ": "UTC",
    "PIP_NO_INDEX": "1",
    "INTERLOCK_TODAY": "2026-11-28",
    VARIABLE: str(STORIES),
    "http_proxy": "http://127.0.0.1:9",
    "https_proxy": "http://127.0.0.1:9",
    "no_proxy": "",
}
"""What tests and the processes they start see instead; the proxies are a port where nothing listens.

Registers start with the stories alone, which are made in a second: the national layers have tests of their own.
"""

_keys = pytest.StashKey[Path]()
_numbers = count()


def _shared() -> Path:
    """The folder of real files that some tests read; taken from the environment before that is emptied."""
    return Path(os.environ.get("INTERLOCK_SHARED", ROOT.parent / "shared")).resolve()


SHARED = _shared()


def _clean_environment(home: Path) -> dict[str, str]:
    """The environment a test sees, with all folders of the user below `home`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in LEAKING and not name.startswith(LEAKS) and not name.startswith("XDG_")
    }
    folders = {
        "HOME": home,
        "XDG_DATA_HOME": home / "data",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_STATE_HOME": home / "state",
    }
    own = {"INTERLOCK_SHARED": str(SHARED)}
    return kept | SETTINGS | own | {name: str(folder) for name, folder in folders.items()}


def _replace_environment(wanted: dict[str, str]) -> None:
    """Make `os.environ` hold just `wanted`, touching only what differs."""
    for name in set(os.environ) - set(wanted):
        del os.environ[name]
    for name, value in wanted.items():
        if os.environ.get(name) != value:
            os.environ[name] = value


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Start half as many workers more as there are processors, since tests of terminals and processes often wait."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors + processors // 2


def pytest_configure(config: pytest.Config) -> None:
    """Empty the environment before any module under test is imported, because some read it then."""
    home = Path(tempfile.mkdtemp(prefix="interlock-tests-"))
    config.stash[_keys] = home
    # As deep as the home of a test: what stands beside it is taken away with it.
    _replace_environment(_clean_environment(home / "none"))
    _set_hypothesis_profile()
    _heed_signals()


def _heed_signals() -> None:
    """Have the processes that tests start heed what `nohup`, or a shell that runs the tests beside, has them ignore."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


def pytest_collection_finish() -> None:
    """Let Python look for garbage seldom, and not in what is loaded by now: a tenth of the time of all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the homes away again."""
    home = config.stash.get(_keys, None)
    if home is not None:
        shutil.rmtree(home, ignore_errors=True)


def _set_hypothesis_profile() -> None:
    """Generated examples: few enough for a quick suite, the same each time in CI, no time limit on a busy machine."""
    from hypothesis import settings

    from tests.depth import cases

    settings.register_profile("interlock", deadline=None, max_examples=cases(15), derandomize="CI" in os.environ)
    settings.load_profile("interlock")


@pytest.fixture(autouse=True)
def own_environment(pytestconfig: pytest.Config) -> Iterator[Path]:
    """Give each test a home of its own, and take back what it did to the environment."""
    before = dict(os.environ)
    home = pytestconfig.stash[_keys] / str(next(_numbers))
    home.mkdir()
    _replace_environment(_clean_environment(home))
    yield home
    _replace_environment(before)
    # Here, as a worker of xdist that has much to take away at its end is killed before it has.
    shutil.rmtree(home, ignore_errors=True)


class NetworkRefusedError(RuntimeError):
    """A test tried to reach beyond this machine."""


def _is_local(address: Any) -> bool:  # noqa: ANN401  sockets take addresses of any shape
    """Whether an address stays on this machine: a Unix socket's path, or loopback."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    return host in {"localhost", "::1", ""} or host.startswith("127.")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse connections to anywhere but this machine."""
    patch = pytest.MonkeyPatch()
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def refuse(address: Any) -> None:  # noqa: ANN401
        if not _is_local(address):
            raise NetworkRefusedError(f"a test tried to connect to {address!r}")

    def guarded_connect(self: socket.socket, address: Any) -> None:  # noqa: ANN401
        refuse(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:  # noqa: ANN401
        refuse(address)
        return connect_ex(self, address)

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real public files beside the checkout (or `$INTERLOCK_SHARED`); skips where it is absent."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the real public files are not beside this checkout (set INTERLOCK_SHARED)")
    return SHARED


@pytest.fixture(scope="session")
def country(pytestconfig: pytest.Config) -> Path:
    """The folder of a cache that keeps the whole built-in register, national layers and all.

    It is made once, by one of the processes, and again after a file that it is made of, or that makes it, has changed.
    """
    from tests.layers.ready_made import ready_made

    assert pytestconfig.cache is not None
    return ready_made(pytestconfig.cache.mkdir(f"country-{SETTINGS['INTERLOCK_TODAY']}"))
