"""Somebody at his chat who tries everything on what is not his, and what the council's store holds before and after."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from bot.app import WEBCHAT
from handlers.kit import Command, Context, Refusal, discover
from models.addresses import Chat as ChatRow
from models.inbox import Inbound
from models.outbox import Parcel
from models.people import Person
from models.powers import Powers, powers_of
from models.rules.permission import require
from models.settings import council as settings_of
from models.tables import Base
from tests.chats import Council

# how updates are heard, answered and recorded: of these everybody makes some
_MACHINERY = frozenset(
    "inbound letter prompt open_menu audit_entry seal lane slot chat parcel join_code consent".split()  # noqa: SIM905
)
# they end what lets one go on, and are tried by tests of their own
LEAVING = frozenset({"ngungnhan", "ngungnhan.co", "dulieu"})

Row = tuple[str, int]
Held = Mapping[Row, Mapping[str, Any]]


async def held(council: Council) -> Held:
    """Read every row that the council holds, through a second session, by table and id."""
    found: dict[Row, Mapping[str, Any]] = {}
    async with council.read() as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in _MACHINERY and "id" in table.c:
                for row in (await session.execute(select(table))).mappings():
                    found[table.name, row["id"]] = dict(row)
        for parcel in await session.execute(select(Parcel.id, Parcel.person_id)):
            found["parcel", parcel.id] = {"id": parcel.id, "person_id": parcel.person_id}
    return found


def changed(before: Held, after: Held, foreign: frozenset[Row]) -> list[Row]:
    """Name the foreign rows that are not as they were, and the new rows that point to a foreign one."""
    other = [row for row in foreign if before[row] != after.get(row)]
    return other + [row for row in after if row not in before and _points(row, after[row], foreign)]


def _points(row: Row, values: Mapping[str, Any], foreign: frozenset[Row]) -> bool:
    keys = Base.metadata.tables[row[0]].foreign_keys
    return any((key.column.table.name, values.get(key.parent.name)) in foreign for key in keys)


def said_by_hand() -> Iterator[dict[str, Any]]:
    """Give each typed command as it may be said: alone, by numbers, with the foreign unit, in free words."""
    for command in discover().commands.values():
        if command.help and command.name not in LEAVING:
            yield from ({"text": f"/{command.name}{rest}"} for rest in ("", " 2", " HH 2"))
    for line in ("đơn vị nào chậm", "Hải Hậu thế nào", "ai chưa báo cáo", "UBND huyện Hải Hậu 2", "xong HH 2"):
        yield {"text": line}


async def buttons_of(council: Council, others: Iterable[str]) -> list[dict[str, Any]]:
    """Press whatever others could, each call once, as one does who copied the button or had the message forwarded."""
    pressed: dict[str, dict[str, Any]] = {}
    for name in others:
        for shown, content in await _shown(council, name):
            for at, choice in enumerate(content.get("choices", ())):
                pressed[json.dumps(choice["call"], sort_keys=True)] = {"press": [shown, at]}
    return list(pressed.values())


async def seen(council: Council, name: str) -> str:
    """Give all that somebody was ever shown at his chat: lines, buttons with what they do, names of files."""
    return json.dumps([content for _, content in await _shown(council, name)], ensure_ascii=False)


async def _shown(council: Council, name: str) -> list[tuple[int, dict[str, Any]]]:
    async with council.read() as session:
        own = select(ChatRow.id).where(ChatRow.external_id == name, ChatRow.channel == WEBCHAT)
        rows = await session.execute(
            select(Parcel.id, Parcel.content).where(Parcel.chat_id.in_(own), Parcel.content.is_not(None))
        )
        return [(id_, dict(content)) for id_, content in rows]


async def tried(council: Council, names: Iterable[str], updates: Sequence[Mapping[str, Any]]) -> list[str]:
    """Let these people in turn send all of these, one after the other; tell what ended in an incident, and whose."""
    assistant = council.assistant
    channel = assistant.channels[WEBCHAT]
    (bot,) = channel.bots
    sent: dict[int, str] = {}
    for name in names:
        chat_id = 0
        for at, update in enumerate(updates):
            heard = await assistant.intake.hear(channel, bot, f"{name}:{at}", {"chat": name, **update})
            chat_id, sent[heard.inbound_id] = heard.chat_id, f"{name}: {update}"
        await assistant.dispatcher.finish(chat_id)
        await council.settle()
    async with council.read() as session:
        failed = await session.scalars(select(Inbound.id).where(Inbound.id >= min(sent), Inbound.incident != ""))
        unheard = await session.scalars(select(Inbound.id).where(Inbound.handled_at.is_(None)))
        return [sent[id_] for id_ in (*failed, *unheard)]


def calls(named: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give a call of each command, with arguments that name what is foreign."""
    for name, args in named.items():
        yield {"call": {"command": name, "args": args}}


def views(foreign: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Give calls that ask for the card of each foreign row that has one, by whatever shows a card by its kind."""
    for kind, id_ in foreign:
        if kind in discover().cards:
            for name in ("hop.xem", "thongbao.xem"):
                yield {"call": {"command": name, "args": {"kind": kind, "id": id_}}}


async def goes(council: Council, name: str, command: Command, args: Mapping[str, Any]) -> bool:
    """Carry a command out for somebody and undo it; tell whether it was carried out, False for a refusal.

    Whatever else stops it is raised, above all an argument that it reads and was not given.
    """
    handling, now = council.assistant.dispatcher.handling, council.clock.now()
    async with council.write() as session:
        chat = (await session.scalars(select(ChatRow).where(ChatRow.external_id == name))).one()
        person = await session.get(Person, council.people[name]) if name in council.people else None
        today = now.astimezone(handling.zone).date()
        powers = await powers_of(session, person.id, today) if person else Powers()
        about: dict[str, Any] = {"chat": chat, "person": person, "powers": powers, "args": args}
        ports: dict[str, Any] = {name: getattr(handling, name) for name in ("key", "site", "maker", "ways")}
        undone = await session.begin_nested()
        try:
            require(powers.roles, command.allow)
            await command.run(Context(session, now, handling.zone, await settings_of(session), **about, **ports))
            await session.flush()
        except Refusal:
            return False
        finally:
            await undone.rollback()
    return True
