"""Who reads a page: signed in by a cookie, or (in the sample) in the place that the path names."""

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from models.addresses import Address, AddressState, Chat
from models.conversation import chats_of
from models.people import Person
from models.powers import Powers, powers_of
from models.rules import spoken
from models.rules.permission import Action, allowed
from models.rules.text import t
from models.settings import Council, council
from pages.desk import WEBCHAT, Desk, desk_of
from pages.views import ClockStep, Frame, Link, SampleBar

_COOKIE: Final = "dondoc"
_SEED: Final = "dondoc_seed"
_MONTH: Final = 30 * 24 * 3600
SAMPLE_CHAT: Final = "sample-"
PLACES: Final = "/as"
"""Before a role of the sample: the pages of whoever it is, each in a window of its own."""
DEVICES: Final = "/device"
"""Before a role of the sample: the same pages without their head, for the frames of the sample's front page."""
# a chat that was ended, for its telephone was lost, signs nobody in
_CHAT: Final = select(Chat.id).where(
    Chat.external_id == bindparam("name"), Chat.channel == WEBCHAT, Chat.ended_at.is_(None)
)
_STEPS: Final = (
    (t("+15 minutes"), "quarter"),
    (t("This afternoon"), "afternoon"),
    (t("Tomorrow morning"), "tomorrow"),
    (t("The due day"), "due"),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads: his chat and, once he has joined, himself and what he may do; `root` stands before his paths."""

    chat: Chat
    chats: tuple[int, ...]
    person: Person | None
    powers: Powers
    council: Council
    root: str

    def may(self, action: Action) -> bool:
        """Tell whether an action is open to the reader at all."""
        return bool(allowed(self.powers.roles, action))


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever says something: the name of his chat; `root` stands before his paths."""

    chat: str
    root: str


def signed_in(response: Response, desk: Desk, chat: str) -> None:
    """Let the browser keep which chat is its own, for a month."""
    value = _cookies(desk).dumps(chat)
    response.set_cookie(_COOKIE, value, max_age=_MONTH, httponly=True, samesite="lax", secure=desk.secure)


def signed_out(response: Response) -> None:
    """Let the browser forget its chat, so that the next person at it begins one of his own."""
    response.delete_cookie(_COOKIE)
    response.delete_cookie(_SEED)


def browser_chat(desk: Desk, seed: str) -> str:
    """Name the chat of a browser that has not signed in yet."""
    return hmac.new(desk.key, b"chat:" + seed.encode(), "sha256").hexdigest()[:32]


async def reader_of(request: Request, session: AsyncSession) -> Reader | None:
    """Find who reads; None for somebody who is not signed in."""
    desk = desk_of(request)
    name, root = _chat_named(request, desk)
    chat = await session.scalar(select(Chat).where(Chat.external_id == name, Chat.channel == WEBCHAT)) if name else None
    if chat is None or chat.ended_at is not None:
        return None
    person = await session.scalar(
        select(Person)
        .join(Address, Address.person_id == Person.id)
        .where(Address.chat_id == chat.id, Address.state != AddressState.LEFT)
    )
    today = desk.now().astimezone(desk.zone).date()
    powers = await powers_of(session, person.id, today) if person else Powers()
    return Reader(chat, await chats_of(session, chat), person, powers, await council(session), root)


async def caller_of(request: Request) -> Caller | None:
    """Find in whose chat something is said, and nothing else about him; None for somebody who is not signed in."""
    desk = desk_of(request)
    name, root = _chat_named(request, desk)
    if not name:
        return None
    async with desk.glance() as session:
        found = await session.scalar(_CHAT, {"name": name})
    return Caller(name, root) if found is not None else None


def _chat_named(request: Request, desk: Desk) -> tuple[str, str]:
    role = request.path_params.get("role")
    if role is not None:
        return (f"{SAMPLE_CHAT}{role}", request.scope["root_path"]) if desk.sample else ("", "")
    try:
        name: str = _cookies(desk).loads(request.cookies.get(_COOKIE, ""), max_age=_MONTH)
    except BadSignature:
        return "", ""
    return name, ""


def _cookies(desk: Desk) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(desk.key, salt="chat")


def seed_of(request: Request) -> str:
    """Give the browser's seed of form tokens, a fresh one where it has none."""
    return request.cookies.get(_SEED) or new_seed()


def new_seed() -> str:
    """Make a seed for a browser that has none, or begins anew."""
    return secrets.token_urlsafe(16)


def keep_seed(request: Request, response: Response, seed: str) -> None:
    """Let the browser keep its seed of form tokens."""
    if request.cookies.get(_SEED) != seed:
        response.set_cookie(_SEED, seed, httponly=True, samesite="lax", secure=desk_of(request).secure)


def token(desk: Desk, seed: str) -> str:
    """Make the token that every form of this browser carries."""
    return hmac.new(desk.key, b"form:" + seed.encode(), "sha256").hexdigest()


def is_own_form(request: Request, sent: object) -> bool:
    """Tell whether a form was made by us for this browser."""
    seed = request.cookies.get(_SEED, "")
    return bool(seed) and hmac.compare_digest(token(desk_of(request), seed).encode(), str(sent).encode())


async def frame(request: Request, session: AsyncSession, reader: Reader | None, seed: str) -> Frame:
    """Give what surrounds a page for this reader."""
    desk = desk_of(request)
    settings = reader.council if reader else await council(session)
    root = reader.root if reader else ""
    locale = (reader.person.locale if reader and reader.person else "") or desk.locale
    speak = desk.speech(locale)
    plain = Frame(settings.council_name, locale, token(desk, seed), root, request.url.path.removeprefix(root) or "/")
    links = ((t("Conversation"), "/chat", reader is not None), (t("Progress"), "/progress", _may_follow(reader)))
    shown = tuple(Link(speak(label), url, url == plain.path) for label, url, is_open in links if is_open)
    return replace(
        plain,
        links=shown,
        sample=sample_bar(desk, locale) if desk.sample else None,
        sign_out=reader is not None and not root,
        within=root.startswith(f"{DEVICES}/"),
    )


def _may_follow(reader: Reader | None) -> bool:
    return reader is not None and reader.may(Action.CHASE)


def sample_bar(desk: Desk, locale: str) -> SampleBar:
    """Show the sample's clock and the steps by which it is moved."""
    speak = desk.speech(locale)
    now = desk.now().astimezone(desk.zone)
    return SampleBar(
        f"{long_day(now.date(), locale)}, {now:%H:%M}", tuple(ClockStep(speak(label), step) for label, step in _STEPS)
    )


def long_day(day: date, locale: str) -> str:
    """Say a day with its weekday."""
    words = f"{spoken.weekday(day, locale)}, {spoken.day(day, locale)}"
    return words[:1].upper() + words[1:]
