"""The web chat: a person's conversation with the assistant, with cards that close and files both ways."""

import secrets
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import select
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from models.conversation import before, entry_of
from models.ids import read_id
from models.people import Unit
from models.rules.text import Refusal, t
from pages.bubbles import cursor_of, messages
from pages.desk import WEBCHAT
from pages.events import asking, follow
from pages.reader import Reader
from pages.views import Command, Conversation
from pages.visit import FORGED, Visit, visit

_PAGE: Final = 40
_LONGEST_MARK: Final = 40
_LONGEST_MEDIA: Final = 127
_COMMANDS: Final = ((t("Tasks"), "nhiemvu"), (t("Meetings"), "hop"), (t("Help"), "trogiup"))
_NOT_SIGNED_IN: Final = t("You are signed out; please sign in again.")


async def show(request: Request) -> Response:
    """Show the newest messages, or those before the one that `before` names."""
    come = await visit(request)
    if come.reader is None:
        return come.to("/signin")
    return come.page("chat.html", conversation=await _conversation(come, come.reader))


async def _conversation(come: Visit, reader: Reader) -> Conversation:
    async with come.desk.read() as session:
        mark = await entry_of(session, reader.chats, come.request.query_params.get("before", ""))
        entries = await before(session, reader.chats, mark.place if mark else None, _PAGE + 1)
        units = await session.scalars(select(Unit.name).where(Unit.id.in_(reader.powers.own_units)).order_by(Unit.name))
        question = await asking(session, reader, come.desk.now())
    return Conversation(
        title="Đôn Đốc",
        person=reader.person.name if reader.person else "",
        unit=", ".join(units),
        messages=messages(come, entries, _PAGE),
        cursor=cursor_of(entries[-1]) if entries else "",
        client_id=secrets.token_hex(16),
        asking=question,
        commands=tuple(Command(come.speak(label), text) for label, text in _COMMANDS) if reader.person else (),
        older=mark is not None,
    )


async def earlier(request: Request) -> Response:
    """Give what was said before one message, as a part of the page."""
    come = await visit(request)
    if come.reader is None:
        return Response(status_code=401)
    async with come.desk.read() as session:
        mark = await entry_of(session, come.reader.chats, request.query_params.get("id", ""))
        if mark is None:
            return Response(status_code=404)
        entries = await before(session, come.reader.chats, mark.place, _PAGE + 1)
    return HTMLResponse(come.part("_messages.html", messages=messages(come, entries, _PAGE)))


async def say(request: Request) -> Response:
    """Hear a line, with files or without; files are kept before the line is stored."""
    come = await visit(request)
    async with request.form(max_files=10) as form:
        if (no := _refusal(come, form)) is not None:
            return no
        try:
            files = [await _kept(come, file) for file in form.getlist("files") if _is_file(file)]
        except Refusal as refusal:
            return come.refused(refusal.text)
        text = str(form.get("text", ""))
        if not text.strip() and not files:
            return come.refused(t("Please write something or attach a file."))
        return await _heard(come, form, {"text": text, "files": files} if files else {"text": text})


async def press(request: Request) -> Response:
    """Hear that a button was pressed."""
    come = await visit(request)
    async with request.form() as form:
        if (no := _refusal(come, form)) is not None:
            return no
        parcel, index = read_id(str(form.get("parcel", ""))), read_id(str(form.get("index", "")))
        if parcel is None or index is None:
            return come.refused(t("This button is not one of ours; please load the page again."))
        return await _heard(come, form, {"press": [parcel, index]})


async def _heard(come: Visit, form: FormData, raw: dict[str, Any]) -> Response:
    assert come.reader is not None  # noqa: S101 - refused before
    chat = come.reader.chat.external_id
    mark = _mark(str(form.get("client_id", "")))
    await come.desk.say(WEBCHAT, chat, f"{chat}:{mark}", raw, wait=not come.by_script)
    return JSONResponse({}, 202) if come.by_script else come.to("/chat#end")


def _mark(given: str) -> str:
    """Give the mark by which the same line sent again is known, short enough for the inbox."""
    if len(given) > _LONGEST_MARK:
        return sha256(given.encode()).hexdigest()[:_LONGEST_MARK]
    return given or secrets.token_hex(16)


def _refusal(come: Visit, form: FormData) -> Response | None:
    if come.reader is None:
        return come.refused(_NOT_SIGNED_IN, 401)
    return None if come.own_form(form.get("csrf")) else come.refused(FORGED, 403)


def _is_file(value: object) -> bool:
    return isinstance(value, UploadFile) and bool(value.filename)


async def _kept(come: Visit, file: Any) -> dict[str, Any]:
    media = (file.content_type or "application/octet-stream")[:_LONGEST_MEDIA]
    kept = await come.desk.files.keep(_chunks(file), file.filename, media)
    return {"sha256": kept.sha256, "name": kept.name, "media": kept.media, "size": kept.size}


async def _chunks(file: UploadFile) -> Any:
    while chunk := await file.read(1 << 18):
        yield chunk


routes = [
    Route("/chat", show),
    Route("/chat/before", earlier),
    Route("/chat/events", follow),
    Route("/chat/say", say, methods=["POST"]),
    Route("/chat/press", press, methods=["POST"]),
]
