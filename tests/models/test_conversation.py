"""A person's conversation: all his chats of a channel together, each card as last edited, and of nobody else."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, AddressState, Chat
from models.conversation import Entry, before, chats_of, entry_of, since
from models.ids import new_id
from models.inbox import Inbound
from models.outbox import Letter, Parcel, ParcelState
from tests.models.office import Office, an_office, local

NOW = local("2022-06-09 08:00")


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with an_office(database_url) as opened:
        yield opened


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def content(*lines: str) -> dict[str, Any]:
    return {"lines": list(lines), "choices": [], "files": [], "result": "", "card": False}


async def chat_of(session: AsyncSession, name: str) -> Chat:
    return (await session.scalars(select(Chat).where(Chat.external_id == name))).one()


async def sent(session: AsyncSession, chat: Chat, line: str, at: datetime, **more: Any) -> Parcel:
    letter = Letter(params={}, created_at=at)
    session.add(letter)
    await session.flush()
    given: dict[str, Any] = {"op": "send", "state": ParcelState.SENT, "content": content(line), "sent_at": at, **more}
    parcel = Parcel(
        letter_id=letter.id, key=f"k{new_id()}", chat_id=chat.id, lane="webchat:webchat", priority=0, not_before=at,
        created_at=at, **given,
    )  # fmt: skip
    session.add(parcel)
    await session.flush()
    return parcel


async def said(session: AsyncSession, chat: Chat, at: datetime, raw: dict[str, Any] | None) -> Inbound:
    row = Inbound(
        channel="webchat",
        bot="webchat",
        update_id=f"{chat.external_id}:m{new_id()}",
        chat_id=chat.id,
        raw=raw,
        heard_at=at,
    )
    session.add(row)
    await session.flush()
    return row


def lines(entries: list[Entry]) -> list[str]:
    return [entry.content["text"] if entry.mine else entry.content["lines"][0] for entry in entries]


async def test_what_was_said_and_sent_stands_in_the_order_of_its_moments(office: Office) -> None:
    async with office.write() as session:
        lan = await chat_of(session, "Lan")
        await said(session, lan, after(2), {"text": "b"})
        await sent(session, lan, "c", after(3))
        await sent(session, lan, "a", after(1))
        await said(session, lan, after(4), {"press": [1, 0]})
        await said(session, lan, after(5), None)
        await sent(session, lan, "queued", after(6), state=ParcelState.QUEUED)
        entries = await before(session, [lan.id], None, 10)
    assert lines(entries) == ["a", "b", "c"]
    assert [entry.mine for entry in entries] == [False, True, False]


async def test_earlier_messages_come_page_by_page_without_gap_or_repetition(office: Office) -> None:
    async with office.write() as session:
        lan = await chat_of(session, "Lan")
        for number in range(25):
            moment = after(number // 5)  # several at the same moment
            await (
                said(session, lan, moment, {"text": f"{number}"})
                if number % 2
                else sent(session, lan, f"{number}", moment)
            )
        pages, place = [], None
        while page := await before(session, [lan.id], place, 4):
            pages.append(page)
            place = page[0].place
    shown = [line for page in reversed(pages) for line in lines(page)]
    assert sorted(shown, key=int) == [str(number) for number in range(25)]
    assert len(shown) == len(set(shown))


async def test_a_card_is_shown_as_last_edited_with_the_buttons_of_the_edit(office: Office) -> None:
    async with office.write() as session:
        lan = await chat_of(session, "Lan")
        card = await sent(session, lan, "first", after(1))
        edit = {"op": "edit", "target_id": card.id}
        await sent(session, lan, "second", after(2), **edit)
        third = await sent(session, lan, "third", after(3), **edit)
        await sent(session, lan, "not yet", after(4), **edit, state=ParcelState.QUEUED)
        await sent(session, lan, "empty", after(5), **edit | {"content": None})
        (entry,) = await before(session, [lan.id], None, 10)
        again = await entry_of(session, [lan.id], entry.key)
    assert (lines([entry]), entry.shown_id, entry.key) == (["third"], third.id, f"p{card.id}")
    assert (entry.moment, entry.changed_at) == (after(1), after(3))
    assert again == entry


async def test_what_came_since_a_moment_holds_edits_of_older_cards(office: Office) -> None:
    async with office.write() as session:
        lan = await chat_of(session, "Lan")
        card = await sent(session, lan, "old", after(1))
        await sent(session, lan, "older", after(0))
        await said(session, lan, after(11), {"text": "new"})
        await sent(session, lan, "edited", after(12), op="edit", target_id=card.id)
        found = await since(session, [lan.id], after(10))
    assert lines(found) == ["new", "edited"]


async def test_of_too_much_the_newest_are_given(office: Office) -> None:
    async with office.write() as session:
        lan = await chat_of(session, "Lan")
        rows = [
            {
                "channel": "w",
                "bot": "w",
                "update_id": f"{n}",
                "chat_id": lan.id,
                "raw": {"text": f"{n}"},
                "heard_at": after(n),
            }
            for n in range(600)
        ]
        session.add_all(Inbound(**row) for row in rows)
        await session.flush()
        found = await since(session, [lan.id], after(0))
    assert (len(found), lines(found)[-1]) == (500, "599")


async def test_all_chats_of_a_person_on_a_channel_are_one_conversation(office: Office) -> None:
    async with office.write() as session:
        lan = await chat_of(session, "Lan")
        others = [Chat(channel=channel, bot="b", external_id=f"x{channel}") for channel in ("webchat", "telegram")]
        session.add_all(others)
        await session.flush()
        session.add_all(Address(person_id=office.people["Lan"], chat_id=chat.id, since=NOW) for chat in others)
        await session.flush()
        assert await chats_of(session, lan) == tuple(sorted((lan.id, others[0].id)))
        await session.execute(update(Address).where(Address.chat_id == others[0].id).values(state=AddressState.LEFT))
        assert await chats_of(session, lan) == (lan.id,)
        assert await chats_of(session, others[0]) == (others[0].id,)


@pytest.mark.parametrize("key", ["", "p", "i", "px", "x1", "p-1", "p" + "9" * 30, "p٣", "i1", "p1"])
async def test_what_names_no_message_of_these_chats_is_none(office: Office, key: str) -> None:
    async with office.write() as session:
        minh = await sent(session, await chat_of(session, "Minh"), "riêng", after(1))
        lan = await chat_of(session, "Lan")
        for name in (key, f"p{minh.id}", f"i{minh.id}"):
            assert await entry_of(session, [lan.id], name) is None


async def test_edits_are_found_by_their_cards_and_not_by_reading_all_parcels(office: Office) -> None:
    if not office.database.is_sqlite:
        return
    plans: list[str] = []

    def explain(connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.startswith("SELECT") and "target_id IN" in statement:
            plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters).fetchall()
            plans.extend(row[3] for row in plan)

    async with office.write() as session:
        lan = await chat_of(session, "Lan")
        await sent(session, lan, "a", after(1))
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", explain)
        await before(session, [lan.id], None, 10)
        event.remove(engine, "before_cursor_execute", explain)
    assert plans
    assert [plan for plan in plans if "ix_parcel_target_id" in plan]
