"""Files brought in on a page, for a chat whose messenger hands on none: by a link that is good once, for a day.

Whoever holds the link sends as the person of that chat would, and what came is answered there. To look spends nothing.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from documents.uploads import LARGEST, MOST_FILES, TOGETHER, limits, require_takeable
from models.addresses import Address, AddressState, Chat
from models.ids import new_id
from models.inbox import Inbound
from models.people import Person
from models.rules.secrecy import secret_mark, secret_name
from models.rules.text import Refusal, Text, t
from pages.bubbles import size
from pages.chat import kept
from pages.desk import desk_of
from pages.visit import Visit, visit

LASTS: Final = timedelta(days=1)
# more than is taken, so that too many are counted and said so; a field that was left empty counts too
_MOST_FIELDS: Final = 100
_TOO_OLD: Final = t("This link is no longer valid; please write “guitep” to the assistant for a new one.")
_SPENT: Final = t(
    "Files have come by this link already; those chosen now were not taken. Please open the link again to see what "
    "came; to send more, write “guitep” to the assistant."
)
_SECRET: Final = t(
    "The name of a file bears a mark of secrecy; no file was kept. State secrets must not be sent here: please use the "
    "prescribed way."
)


@dataclass(frozen=True, slots=True)
class _Errand:
    """What a link is for: the chat, the mark by which it is spent, until when it is good."""

    chat: Chat
    person: Person
    mark: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Brought:
    """What came by a link: when, and each file's name with its size as they are read."""

    at: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Upload:
    """A page that takes files for a chat of `messenger`, once: whose it is, until when, how much it takes.

    `most`: files, bytes of each, bytes together, for a script that says so before it sends. `error` is the refusal to
    show; once files have come, the page says what has come and takes no more.
    """

    path: str
    person: str
    messenger: str
    until: str
    limits: str
    most: tuple[int, int, int]
    error: str = ""
    brought: Brought | None = None


def link_path(key: bytes, chat_id: int, until: datetime) -> str:
    """Give the path of a new link on which files are brought into a chat, once, until a moment (aware)."""
    return f"/upload/{_signer(key).dumps([chat_id, new_id(), int(until.timestamp())])}"


def _signer(key: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt="upload")


async def bring(request: Request) -> Response:
    """Take files in, or show where they are chosen; once they have come, say what has come."""
    come = await visit(request)
    async with come.desk.read() as session:
        errand = await _errand(session, come)
        brought = await _brought(session, errand) if errand is not None else None
    if errand is None:
        return come.refused(_TOO_OLD, 404)
    if brought is not None and brought.outcome == "secret":
        return come.refused(_SECRET)
    if request.method == "POST":
        return await _taken_in(come, errand) if brought is None else come.refused(_SPENT, 409)
    return _page(come, errand, brought)


async def _errand(session: AsyncSession, come: Visit) -> _Errand | None:
    """Read a link; None where it is not ours, is too old, or its chat serves nobody any more."""
    try:
        chat_id, mark, until = _signer(come.desk.key).loads(come.request.path_params["signed"])
    except (BadSignature, ValueError, TypeError):
        return None
    last = datetime.fromtimestamp(until, UTC)
    row = (
        await session.execute(
            select(Chat, Person)
            .join(Address, Address.chat_id == Chat.id)
            .join(Person, Person.id == Address.person_id)
            .where(Chat.id == chat_id, Chat.ended_at.is_(None), Address.state != AddressState.LEFT)
        )
    ).first()
    return _Errand(row[0], row[1], f"upload:{mark}", last) if row is not None and come.desk.now() < last else None


async def _brought(session: AsyncSession, errand: _Errand) -> Inbound | None:
    """Read what came by a link."""
    found: Inbound | None = await session.scalar(
        select(Inbound).where(Inbound.chat_id == errand.chat.id, Inbound.update_id == errand.mark)
    )
    return found


async def _taken_in(come: Visit, errand: _Errand) -> Response:
    """Keep the files and have them heard as if they had been sent in the chat; all of them or none.

    What bears a mark of secrecy is heard by its words alone, and refused there: no byte of it is kept.
    """
    async with come.request.form(max_files=_MOST_FIELDS) as form:
        files = [file for file in form.getlist("files") if isinstance(file, UploadFile) and file.filename]
        text, names = str(form.get("text", "")), [file.filename or "" for file in files]
        try:
            require_takeable([(name, file.size or 0) for name, file in zip(names, files, strict=True)])
            raw: list[dict[str, Any]] = [{"name": name} for name in names]
            if not secret_mark(text) and not any(map(secret_name, names)):
                raw = [await kept(desk_of(come.request), file) for file in files]
        except Refusal as refusal:
            return _refused(come, errand, refusal.text)
    if not await come.desk.bring(errand.chat.id, errand.mark, {"text": text, "files": raw}):
        return come.refused(_SPENT, 409)
    if come.by_script:
        return JSONResponse({}, 202)
    return RedirectResponse(come.request.url.path, 303)


def _refused(come: Visit, errand: _Errand, sentence: Text) -> Response:
    if come.by_script:
        return come.refused(sentence)
    return _page(come, errand, None, come.speak(sentence))


def _page(come: Visit, errand: _Errand, brought: Inbound | None, error: str = "") -> Response:
    view = Upload(
        path=come.request.url.path,
        person=errand.person.name,
        messenger=errand.chat.channel.capitalize(),
        until=come.speak(t("{until}", until=errand.until)),
        limits=come.speak(limits()),
        most=(MOST_FILES, LARGEST, TOGETHER),
        error=error,
        brought=_what_came(come, brought) if brought is not None else None,
    )
    return come.page("upload.html", status=400 if error else 200, upload=view)


def _what_came(come: Visit, brought: Inbound) -> Brought:
    files: list[dict[str, Any]] = (brought.raw or {}).get("files", [])
    names = tuple((str(file["name"]), size(int(file["size"]))) for file in files)
    return Brought(come.speak(t("{at}", at=brought.heard_at)), names)


links = [Route("/upload/{signed}", bring, methods=["GET", "POST"])]
