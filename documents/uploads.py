"""What a page takes in at once: how many files, how large, of which kinds; said before and in every refusal."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

from documents.files import MOST
from documents.limits import MEGABYTE
from models.rules.text import Refusal, Text, t

MOST_FILES: Final = 10
LARGEST: Final = MOST
TOGETHER: Final = 3 * LARGEST
_KINDS: Final = ("PDF", "Word", "Excel", "PowerPoint", "OpenDocument", "TXT", "CSV", "JPG", "PNG", "HEIC", "ZIP", "RAR")
_ENDINGS: Final = frozenset(
    (
        *(".pdf", ".doc", ".docx", ".rtf", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp", ".txt", ".csv"),
        *(".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".gif", ".tif", ".tiff", ".zip", ".rar", ".7z"),
    )
)


def limits() -> Text:
    """Say what is taken in at once."""
    return t(
        "At most {count} files of {size} MB each, {total} MB together: {kinds}.",
        count=MOST_FILES,
        size=LARGEST // MEGABYTE,
        total=TOGETHER // MEGABYTE,
        kinds=_KINDS,
    )


def require_takeable(files: Sequence[tuple[str, int]]) -> None:
    """Raise Refusal, naming what is too much, for files (name, bytes) of which not all can be taken in."""
    if not files:
        raise _refusal(t("No file was chosen."))
    if len(files) > MOST_FILES:
        raise _refusal(t("{count} files were chosen; none was sent.", count=len(files)))
    for name, size in files:
        if PurePath(name).suffix.lower() not in _ENDINGS:
            raise _refusal(t("“{name}” is of a kind that is not taken; no file was sent.", name=name))
        if not size:
            raise _refusal(t("“{name}” is empty; no file was sent.", name=name))
        if size > LARGEST:
            raise _refusal(t("“{name}” is too large; no file was sent.", name=name))
    if sum(size for _, size in files) > TOGETHER:
        raise _refusal(t("These files are too large together; none was sent."))


def _refusal(what: Text) -> Refusal:
    return Refusal(t("{what} {limits} Please choose anew.", what=what, limits=limits()))
