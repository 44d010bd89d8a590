"""One process runs on an SQLite store: an OS lock says so, and its being free proves that the last holder is dead."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from models.rules.text import Refusal, t


@contextmanager
def sole_holder(url: str) -> Iterator[None]:
    """Hold the store alone for as long as the block runs; on PostgreSQL, which several processes share, do nothing.

    Raises Refusal where another process holds it. The kernel gives the lock back when the process dies, however it
    dies; a child process does not inherit it.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        yield
        return
    path = Path(f"{address.database}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(descriptor, path)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path) -> None:
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = os.pread(descriptor, 20, 0).decode().strip()
        raise Refusal(
            t(
                "Another process ({process}) already runs on {file}; stop it first, or choose another store.",
                process=holder or "?",
                file=path.with_suffix("").name,
            )
        ) from error
    os.truncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
