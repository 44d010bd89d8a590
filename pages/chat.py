"""The web chat: a person's conversation with the assistant, with cards that close and files both ways."""

import secrets
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import select
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from models.conversation import before, entry_of
from models.ids import read_id
from models.people import Unit
from models.rules.text import Refusal, t
from pages.bubbles import cursor_of, messages
from pages.desk import WEBCHAT, Desk, desk_of
from pages.events import asking, follow
from pages.reader import Caller, Reader, caller_of, is_own_form
from pages.views import Command, Conversation
from pages.visit import FORGED, Visit, asks_by_script, visit

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
    async with request.form(max_files=10) as form:
        caller = await caller_of(request)
        if caller is None or not is_own_form(request, form.get("csrf")):
            return await _turned_away(request, caller)
        try:
            files = [await kept(desk_of(request), file) for file in form.getlist("files") if _is_file(file)]
        except Refusal as refusal:
            return (await visit(request)).refused(refusal.text)
        text = str(form.get("text", ""))
        if not text.strip() and not files:
            return (await visit(request)).refused(t("Please write something or attach a file."))
        return await _heard(request, caller, form, {"text": text, "files": files} if files else {"text": text})


async def press(request: Request) -> Response:
    """Hear that a button was pressed."""
    async with request.form() as form:
        caller = await caller_of(request)
        if caller is None or not is_own_form(request, form.get("csrf")):
            return await _turned_away(request, caller)
        parcel, index = read_id(str(form.get("parcel", ""))), read_id(str(form.get("index", "")))
        if parcel is None or index is None:
            sentence = t("This button is not one of ours; please load the page again.")
            return (await visit(request)).refused(sentence)
        return await _heard(request, caller, form, {"press": [parcel, index]})


async def read(request: Request) -> Response:
    """Hear which messages have been on the screen."""
    async with request.form() as form:
        caller = await caller_of(request)
        if caller is None or not is_own_form(request, form.get("csrf")):
            return await _turned_away(request, caller)
        named = sorted({str(id_) for value in form.getlist("message") if (id_ := read_id(str(value))) is not None})
        if named:
            mark = sha256(",".join(named).encode()).hexdigest()[:_LONGEST_MARK]
            say = desk_of(request).say
            await say(WEBCHAT, caller.chat, f"{caller.chat}:{mark}", {"read": named}, wait=False)
        return JSONResponse({}, 202)


async def _turned_away(request: Request, caller: Caller | None) -> Response:
    come = await visit(request)
    return come.refused(_NOT_SIGNED_IN, 401) if caller is None else come.refused(FORGED, 403)


async def _heard(request: Request, caller: Caller, form: FormData, raw: dict[str, Any]) -> Response:
    mark, by_script = _mark(str(form.get("client_id", ""))), asks_by_script(request)
    await desk_of(request).say(WEBCHAT, caller.chat, f"{caller.chat}:{mark}", raw, wait=not by_script)
    return JSONResponse({}, 202) if by_script else RedirectResponse(f"{caller.root}/chat#end", 303)


def _mark(given: str) -> str:
    """Give the mark by which the same line sent again is known, short enough for the inbox."""
    if len(given) > _LONGEST_MARK:
        return sha256(given.encode()).hexdigest()[:_LONGEST_MARK]
    return given or secrets.token_hex(16)


def _is_file(value: object) -> bool:
    return isinstance(value, UploadFile) and bool(value.filename)


async def kept(desk: Desk, file: Any) -> dict[str, Any]:
    """Keep a file that a form brought, and give what an update says of it; raises Refusal where it is too large."""
    media = (file.content_type or "application/octet-stream")[:_LONGEST_MEDIA]
    kept = await desk.files.keep(_chunks(file), file.filename, media)
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
    Route("/chat/read", read, methods=["POST"]),
]
