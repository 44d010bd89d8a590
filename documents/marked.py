"""What bears the mark of a state secret is taken out of the store the moment it is seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from documents.limits import Unreadable
from documents.reading import refuse_marked


@contextmanager
def removing_marked(path: Path) -> Iterator[None]:
    """Remove the kept file where what is read of it turns out to be marked secret; the refusal goes on."""
    try:
        yield
    except Unreadable as refusal:
        if refusal.secret:
            path.unlink(missing_ok=True)
        raise


def unmarked(path: Path, name: str) -> None:
    """Look through a file that comes with any message; for a worker process.

    Raises Unreadable for the mark of a state secret only, and removes the file. What is no document of ours (a picture,
    a PDF, a torn file) cannot be looked into and passes.
    """
    try:
        with removing_marked(path):
            refuse_marked(path, name)
    except Unreadable as refusal:
        if refusal.secret:
            raise
