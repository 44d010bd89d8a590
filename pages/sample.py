"""The sample's own pages: anybody's place can be taken, and the clock moved; only where the council is made up."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from documents import sample
from models.addresses import Chat
from models.inbox import Inbound
from models.outbox import Parcel, ParcelState
from models.people import Person, Post, Unit
from models.powers import holds_on
from models.rules import permission
from models.rules.text import t
from pages import events, progress
from pages.bubbles import size
from pages.desk import PAGES, WEBCHAT, Desk
from pages.devices import Device, Role, RoleGroup, SamplePage
from pages.reader import DEVICES, PLACES, SAMPLE_CHAT, keep_seed, sample_bar
from pages.streams import Stream, together
from pages.views import FileView
from pages.visit import FORGED, Visit, visit

_FOLLOWED: Final = re.compile(
    rf"(?P<root>{DEVICES}/(?P<role>\d{{1,19}}))/(?P<page>chat|progress)/events\?(?P<query>.*)", re.ASCII
)
_STREAMS: Final = {"chat": events.stream, "progress": progress.stream}
_MOST_STREAMS: Final = 8
_BACK: Final = re.compile(r"(?:/as/(?P<role>\d{1,19}))?/[a-z/]*", re.ASCII)
_OFFICERS: Final = (permission.Role.SECRETARIAT,)
_MEMBERS: Final = (permission.Role.CHAIR, permission.Role.COUNCIL_MEMBER)
_FOCAL_POINTS: Final = (permission.Role.FOCAL_POINT,)

_DESK: Final = "desk"
_HOLDERS: Final = {
    permission.Role.SECRETARIAT: t("Officer"),
    permission.Role.CHAIR: t("Chair of the council"),
    permission.Role.COUNCIL_MEMBER: t("Member of the council"),
    permission.Role.FOCAL_POINT: t("Focal point"),
}

_Seat = tuple[Post, Person, Unit | None]


async def front(request: Request) -> Response:
    """Show whose place can be taken, and what to try first."""
    come = await visit(request)
    async with come.desk.read() as session:
        seats, waiting = await _seats(session, come.desk), await _waiting(session, come.desk)
    groups = _groups(come, seats, waiting)
    return come.page("sample.html", sample=SamplePage(groups, _devices(come, seats, groups), _document()))


async def take(request: Request) -> Response:
    """Lead to the conversation of whoever is chosen."""
    come = await visit(request)
    async with request.form() as form:
        role = str(form.get("role", ""))
        if not come.own_form(form.get("csrf")):
            return come.refused(FORGED, 403)
    async with come.desk.read() as session:
        if await _person(session, role) is None:
            return come.refused(t("Nobody of the sample has this place; please choose from the list."), 404)
    return _led_to(come, f"/as/{role}/chat")


async def move_clock(request: Request) -> Response:
    """Move the sample's clock by a step, and lead back to the page on which the button stood."""
    come = await visit(request)
    async with request.form() as form:
        step, back = str(form.get("step", ""))[:16], _BACK.fullmatch(str(form.get("back", "")))
        if not come.own_form(form.get("csrf")):
            return come.refused(FORGED, 403)
    async with come.desk.read() as session:
        person = await _person(session, back["role"] or "" if back else "")
        by = person or str(_of(await _seats(session, come.desk), _OFFICERS)[0][1].id)
    # the same button pressed twice within a minute of the sample is one press
    mark = f"clock:{by}:{step}:{come.desk.now():%Y%m%d%H%M}"
    call = {"command": "mauthu.dongho", "args": {"step": step}}
    answer = await come.desk.say(PAGES, by, mark, {"call": call}, wait=True)
    if answer.refused:
        return come.refused(" ".join(answer.lines), 409)
    if come.by_script:
        return JSONResponse({"now": sample_bar(come.desk, come.frame.locale).now})
    return _led_to(come, back[0] if back else "/")


async def follow(request: Request) -> Response:
    """Send what the devices' pages follow over one connection: a browser opens no more than six to one site."""
    named = request.query_params.getlist("of")[:_MOST_STREAMS]
    return together([await _stream(request, address) for address in named])


async def _stream(request: Request, address: str) -> Stream | None:
    """Give what one device's page follows, by the address from which it would follow it alone."""
    found = _FOLLOWED.fullmatch(address)
    if found is None:
        return None
    own = {"root_path": found["root"], "path_params": {"role": found["role"]}, "query_string": found["query"].encode()}
    return await _STREAMS[found["page"]](Request({**request.scope, "path": address.partition("?")[0], **own}))


async def document(request: Request) -> Response:  # noqa: ARG001 - Starlette gives every page its request
    """Hand out the document that nobody has taken in yet."""
    return FileResponse(sample.WAITING, filename=sample.WAITING.name, media_type="application/octet-stream")


def _led_to(come: Visit, path: str) -> Response:
    response = RedirectResponse(path, 303)
    keep_seed(come.request, response, come.seed)
    return response


async def _person(session: AsyncSession, role: str) -> str | None:
    """Give the key of a role if there is such a one."""
    name: str | None = await session.scalar(
        select(Chat.external_id).where(Chat.external_id == f"{SAMPLE_CHAT}{role}", Chat.channel == WEBCHAT)
    )
    return role if name is not None else None


async def _seats(session: AsyncSession, desk: Desk) -> list[_Seat]:
    """Read who holds which post today, in the order of the directory."""
    today = desk.now().astimezone(desk.zone).date()
    rows = await session.execute(
        select(Post, Person, Unit)
        .join(Person, Person.id == Post.person_id)
        .outerjoin(Unit, Unit.id == Post.unit_id)
        .where(holds_on(Post, today))
        .order_by(Unit.id, Post.id)
    )
    return [(post, person, unit) for post, person, unit in rows]


async def _waiting(session: AsyncSession, desk: Desk) -> dict[str, int]:
    """Count what came to each chat since the sample began, its person having said or pressed nothing since."""
    began = sample.START.replace(tzinfo=desk.zone)
    said = select(Inbound.chat_id, func.max(Inbound.heard_at).label("at")).group_by(Inbound.chat_id).subquery()
    rows = await session.execute(
        select(Chat.external_id, func.count(Parcel.id))
        .join(Parcel, Parcel.chat_id == Chat.id)
        .outerjoin(said, said.c.chat_id == Chat.id)
        .where(Parcel.op == "send", Parcel.state == ParcelState.SENT, Chat.channel == WEBCHAT)
        .where(Parcel.sent_at >= began, said.c.at.is_(None) | (Parcel.sent_at > said.c.at), ~_answers())
        .group_by(Chat.external_id)
    )
    return {chat.removeprefix(SAMPLE_CHAT): count for chat, count in rows}


def _answers() -> ColumnElement[bool]:
    """Give the condition that a message only answers what its reader has said."""
    return Parcel.key.startswith("in:")


def _groups(come: Visit, seats: Sequence[_Seat], waiting: dict[str, int]) -> tuple[RoleGroup, ...]:
    members = sorted(_of(seats, _MEMBERS), key=lambda seat: seat[0].id)
    return (
        RoleGroup(come.speak(t("Officers of the standing agency")), _roles(_of(seats, _OFFICERS), waiting)),
        RoleGroup(come.speak(t("Members of the council")), _roles(members, waiting)),
        RoleGroup(come.speak(t("Focal points")), _roles(_of(seats, _FOCAL_POINTS), waiting), by_unit=True),
    )


def _of(seats: Iterable[_Seat], roles: Sequence[permission.Role]) -> list[_Seat]:
    return [seat for seat in seats if seat[0].role in roles]


def _roles(seats: Iterable[_Seat], waiting: dict[str, int]) -> tuple[Role, ...]:
    return tuple(_role(seat, waiting) for seat in seats)


def _role(seat: _Seat, waiting: dict[str, int]) -> Role:
    """Show somebody by his post; a member of the council, who is called by his post, by his title in the council."""
    post, person, unit = seat
    key = str(person.id)
    title = post.council_title if post.role in _MEMBERS else post.title
    return Role(key, person.name, title, unit.name if unit else "", waiting.get(key, 0))


def _devices(come: Visit, seats: Sequence[_Seat], groups: tuple[RoleGroup, ...]) -> tuple[Device, ...]:
    """Give the two telephones, which anybody may hold, and the desk, at which an officer sits."""
    focal = _of(seats, _FOCAL_POINTS)
    ours = [seat for seat in focal if seat[2] is not None and seat[2].code == sample.FIRST_UNIT]
    members = _of(seats, _MEMBERS)
    first = [seat for seat in members if seat[0].title == sample.FIRST_MEMBER]
    return (
        _device(come, "phone", seats, (ours or focal)[0], groups),
        _device(come, "member", seats, (first or members)[0], groups),
        _device(come, _DESK, _of(seats, _OFFICERS), _of(seats, _OFFICERS)[0], groups[:1]),
    )


def _device(come: Visit, name: str, seats: Sequence[_Seat], usual: _Seat, groups: tuple[RoleGroup, ...]) -> Device:
    """Put into a device whom the address names, or whoever usually holds it."""
    wanted = come.request.query_params.get(name, "")
    seat = next((seat for seat in seats if str(seat[1].id) == wanted), usual)
    role = _role(seat, {})
    label = come.speak(_HOLDERS[permission.Role(seat[0].role)])
    follows = name == _DESK
    return Device(name, label, role, groups, f"{DEVICES}/{role.key}", f"{PLACES}/{role.key}", follows)


def _document() -> FileView:
    return FileView(sample.WAITING.name, size(sample.WAITING.stat().st_size), "/sample/document")


routes = [
    Route("/", front),
    Route("/sample/take", take, methods=["POST"]),
    Route("/sample/clock", move_clock, methods=["POST"]),
    Route("/sample/events", follow),
    Route("/sample/document", document),
]
