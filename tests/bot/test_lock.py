import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.lock import sole_holder
from models.rules.text import Refusal

HOLDS_AND_WAITS = """
import sys
from bot.lock import sole_holder
with sole_holder(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_holder(url: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the store."""
    command = [sys.executable, "-c", HOLDS_AND_WAITS, url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_on_the_same_file_is_refused_and_told_which_runs(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'dondoc.db'}"
    with another_holder(url) as process, pytest.raises(Refusal) as caught, sole_holder(url):
        pass
    assert caught.value.text.values == {"process": str(process.pid), "file": "dondoc.db"}


def test_a_killed_holder_leaves_the_store_free_at_once(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'dondoc.db'}"
    with another_holder(url) as process:
        process.kill()
        process.wait()
        with sole_holder(url):
            pass


def test_what_was_held_can_be_held_again(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'folder' / 'dondoc.db'}"
    for _ in range(2):
        with sole_holder(url):
            pass


def test_postgresql_is_shared() -> None:
    with sole_holder("postgresql+psycopg://dondoc@127.0.0.1/dondoc"):
        pass
