"""The ways in: a join code typed, or a single-use link that is spent only by its button."""

import secrets
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from models.addresses import Chat
from models.joining import has_served, is_let_in, way_in
from models.rules.text import t
from models.settings import council
from pages.desk import WEBCHAT
from pages.reader import browser_chat, keep_seed, new_seed, signed_in, signed_out
from pages.views import Landing, SignIn
from pages.visit import FORGED, Visit, visit

_LONGEST: Final = 200
_TOO_MANY: Final = t(
    "Too many wrong codes were sent from this address; please wait an hour, or ask the secretariat for a new code."
)
_SPENT: Final = t("This link was used or has expired; please write “dangnhap” to the assistant for a new one.")


async def landing(request: Request) -> Response:
    """Lead a reader to his conversation, and anybody else to the way in."""
    come = await visit(request)
    if come.reader is not None:
        return come.to("/chat")
    async with come.desk.read() as session:
        agency = (await council(session)).standing_agency
    return come.page("landing.html", landing=Landing(agency))


async def by_code(request: Request) -> Response:
    """Take a join code."""
    come = await visit(request)
    if request.method != "POST":
        return come.page("signin.html", sign_in=SignIn())
    async with request.form() as form:
        code = str(form.get("code", ""))[:_LONGEST]
        if not come.own_form(form.get("csrf")):
            return come.page("signin.html", status=403, sign_in=SignIn(come.speak(FORGED), code))
    return await _enter(come, {"command": "batdau.ma", "args": {"code": code}}, SignIn(code=code))


async def by_link(request: Request) -> Response:
    """Show for whom a link was made; its button spends it."""
    come = await visit(request)
    token = str(request.path_params["token"])[:_LONGEST]
    async with come.desk.read() as session:
        person = await way_in(session, come.desk.key, token, come.desk.now())
    if request.method != "POST":
        view = SignIn(token=token, person=person) if person else SignIn(come.speak(_SPENT))
        return come.page("signin.html", sign_in=view)
    async with request.form() as form:
        if not come.own_form(form.get("csrf")):
            return come.page("signin.html", status=403, sign_in=SignIn(come.speak(FORGED)))
    return await _enter(come, {"command": "batdau.link", "args": {"token": token}}, SignIn())


async def _enter(come: Visit, call: dict[str, object], again: SignIn) -> Response:
    """Join a chat of this browser by a code; whatever keeps the door shut is said at the door."""
    address, now = come.request.client.host if come.request.client else "", come.desk.real_now()
    if not come.desk.tries.may_try(address, now):
        return come.page("signin.html", status=429, sign_in=SignIn(come.speak(_TOO_MANY), again.code))
    seed = await _seed(come)
    chat = browser_chat(come.desk, seed)
    answer = await come.desk.say(
        WEBCHAT, chat, f"{chat}:{secrets.token_hex(8)}", {"chat": chat, "call": call}, wait=True
    )
    if not await _is_open(come, chat):
        come.desk.tries.count(address, now)
        return come.page("signin.html", status=400, sign_in=SignIn(" ".join(answer.lines), again.code))
    response = RedirectResponse("/chat", 303)
    keep_seed(come.request, response, seed)
    signed_in(response, come.desk, chat)
    return response


async def _seed(come: Visit) -> str:
    """Give the seed of a chat that only the code can open: one that lets somebody in, or once did, is not reused."""
    async with come.desk.read() as session:
        row = await _chat(session, browser_chat(come.desk, come.seed))
        is_used = row is not None and (await is_let_in(session, row.id) or await has_served(session, row.id))
    return new_seed() if is_used else come.seed


async def _is_open(come: Visit, chat: str) -> bool:
    async with come.desk.read() as session:
        row = await _chat(session, chat)
        return row is not None and await is_let_in(session, row.id)


async def _chat(session: AsyncSession, chat: str) -> Chat | None:
    return await session.scalar(select(Chat).where(Chat.external_id == chat, Chat.channel == WEBCHAT))


async def out(request: Request) -> Response:
    """Sign this browser out."""
    come = await visit(request)
    async with request.form() as form:
        if not come.own_form(form.get("csrf")):
            return come.refused(FORGED, 403)
    response = RedirectResponse("/", 303)
    signed_out(response)
    return response


routes = [
    Route("/", landing),
    Route("/signin", by_code, methods=["GET", "POST"]),
    Route("/link/{token}", by_link, methods=["GET", "POST"]),
    Route("/signout", out, methods=["POST"]),
]
