"""What may be opened: a file is judged by size and content before anything of it is unpacked or parsed."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from models.rules.text import N_, Refusal, Text

MEGABYTE = 1024 * 1024
_HEAD = 4096  # bytes that tell what a file is
_WORD_PART, _EXCEL_PART = "word/document.xml", "xl/workbook.xml"


class Form(StrEnum):
    """The forms in which documents are read."""

    WORD = "docx"
    EXCEL = "xlsx"
    PLAIN = "txt"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one document may hold: sizes in bytes, `ratio` of unpacked to packed, `rows`, `columns` of a sheet."""

    size: int = 20 * MEGABYTE
    entries: int = 5000
    unpacked: int = 300 * MEGABYTE
    part: int = 16 * MEGABYTE
    ratio: int = 250
    rows: int = 20_000
    columns: int = 64


DEFAULT_LIMITS = Limits()


class Unreadable(Refusal):
    """A file that is not taken in; `secret` tells that it was for the mark of a state secret.

    Comes back whole from a worker process: what it is made of is what it is pickled by.
    """

    def __init__(self, text: Text, *, secret: bool = False) -> None:
        super().__init__(text)
        self.secret = secret

    def __reduce__(self) -> tuple[object, ...]:
        return (_unreadable, (self.text, self.secret))


def _unreadable(text: Text, secret: bool) -> Unreadable:  # noqa: FBT001 - called by pickle alone
    return Unreadable(text, secret=secret)


TORN = N_("The file {name} is damaged and cannot be read; open it on the computer, save it again and send it again.")
TOO_MANY_ROWS = N_("The file {name} has a table of more than {limit} rows; split it and send the parts one by one.")
_EMPTY = N_("The file {name} is empty; please choose the right file and send it again.")
_LARGE = N_(
    "The file {name} has {size} MB; at most {limit} MB can be taken in. Send the document without its pictures."
)
_BOMB = N_("The file {name} unpacks to more than a document holds and was not opened; save it anew and send it again.")
_LOCKED = N_("The file {name} is protected by a password; save it without the password and send it again.")
_MACROS = N_("The file {name} contains macros; save it as .docx or .xlsx without macros and send it again.")
_DECLARES = N_(
    "The file {name} declares XML entities and was not opened; save it anew in Word or Excel and send it again."
)
_ARCHIVE = N_("The file {name} is an archive; unpack it and send the Word or Excel document itself.")
_OPEN_DOCUMENT = N_("The file {name} is an OpenDocument file; save it as .docx or .xlsx and send it again.")
_BINARY_BOOK = N_("The file {name} is a binary workbook (.xlsb); save it as .xlsx and send it again.")
_SLIDES = N_("The file {name} is a presentation; send the Word or Excel document instead.")
_OLD_WORD = N_("The file {name} is an old Word document (.doc); open it in Word, save it as .docx and send it again.")
_OLD_EXCEL = N_("The file {name} is an old Excel file (.xls); open it in Excel, save it as .xlsx and send it again.")
_OLD = N_("The file {name} has an old office form; open it, save it as .docx or .xlsx and send it again.")
_PDF = N_("The file {name} is a PDF; send the Word or Excel document that it was made from.")
_RTF = N_("The file {name} is a rich text file (.rtf); open it in Word, save it as .docx and send it again.")
_PICTURE = N_("The file {name} is a picture; send the Word or Excel document instead.")
_WEB = N_("The file {name} is a web page inside; open it, save it as .docx or .xlsx and send it again.")
_COMMA = N_("The file {name} is a text table (.csv); open it in Excel, save it as .xlsx and send it again.")
_UNKNOWN = N_("The file {name} is of an unknown kind; save it as Word (.docx) or Excel (.xlsx) and send it again.")

_SIGNATURES = (
    (b"%PDF", _PDF),
    (b"{\\rtf", _RTF),
    (b"\xff\xd8\xff", _PICTURE),
    (b"\x89PNG", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"<", _WEB),
    (b"\xef\xbb\xbf<", _WEB),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (("EncryptedPackage", _LOCKED), ("WordDocument", _OLD_WORD), ("Workbook", _OLD_EXCEL), ("Book", _OLD_EXCEL))
_PACKAGES = (("ppt/presentation.xml", _SLIDES), ("xl/workbook.bin", _BINARY_BOOK), ("content.xml", _OPEN_DOCUMENT))
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, OSError, LookupError, ValueError, RuntimeError)


def unreadable(sentence: str, name: str, **values: object) -> Unreadable:
    """Make the refusal of the file called `name`; long names are cut."""
    return Unreadable(Text(sentence, {"name": name[:120], **values}))


def form_of(path: Path, name: str, limits: Limits) -> Form:
    """Tell the form of a file by its content, whatever its name says.

    Raises Unreadable for what is too large, empty, old, locked, or no document at all. Reads the file's head only, and
    all of it (never more than `limits.size`) where an old office form must be told from a locked new one.
    """
    size = path.stat().st_size
    if size > limits.size:
        megabytes = -(-size // MEGABYTE)
        raise unreadable(_LARGE, name, size=megabytes, limit=limits.size // MEGABYTE)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise unreadable(_EMPTY, name)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _form_of_package(path, name, limits)
    if head.startswith(_OLE):
        raise unreadable(_old_office(path.read_bytes()), name)
    for signature, sentence in _SIGNATURES:
        if head.startswith(signature):
            raise unreadable(sentence, name)
    return _form_of_text(head, name)


@contextmanager
def package(path: Path, name: str, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Open an office package whose declared contents are within the limits; raises Unreadable."""
    try:
        opened = zipfile.ZipFile(path)
    except BROKEN_ZIP:
        raise unreadable(TORN, name) from None
    with opened:
        _check_entries(opened.infolist(), name, limits)
        yield opened


def part(opened: zipfile.ZipFile, member: str, name: str, limits: Limits) -> bytes:
    """Unpack one XML part; raises Unreadable if it is too large, torn, or declares entities.

    zipfile gives no more bytes than the entry declares, and the declaration is what is compared here.
    """
    try:
        if opened.getinfo(member).file_size > limits.part:
            raise unreadable(_BOMB, name)
        content = opened.read(member)
    except BROKEN_ZIP:
        raise unreadable(TORN, name) from None
    if any(declaration in content for declaration in _DECLARATIONS):
        raise unreadable(_DECLARES, name)
    return content


_DECLARATIONS = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)


def _check_entries(entries: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unpacked:
        raise unreadable(_BOMB, name)
    for entry in entries:
        if entry.flag_bits & 1:
            raise unreadable(_LOCKED, name)
        if entry.file_size > 2 * MEGABYTE and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise unreadable(_BOMB, name)


def _form_of_package(path: Path, name: str, limits: Limits) -> Form:
    with package(path, name, limits) as opened:
        members = set(opened.namelist())
    if any(member.endswith("vbaProject.bin") for member in members):
        raise unreadable(_MACROS, name)
    if _WORD_PART in members:
        return Form.WORD
    if _EXCEL_PART in members:
        return Form.EXCEL
    raise unreadable(next((sentence for member, sentence in _PACKAGES if member in members), _ARCHIVE), name)


def _old_office(content: bytes) -> str:
    return next((sentence for stream, sentence in _STREAMS if stream.encode("utf-16-le") in content), _OLD)


def _form_of_text(head: bytes, name: str) -> Form:
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))  # UTF-16 is full of zero bytes
    if not marked and b"\0" in head:
        raise unreadable(_UNKNOWN, name)
    if name.lower().endswith(".csv"):
        raise unreadable(_COMMA, name)
    return Form.PLAIN
