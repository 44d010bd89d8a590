"""One update handled: who speaks, what he may, what is kept of it."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.gathering import PAGES
from models.addresses import Address, AddressState, Chat
from models.audit import AuditEntry
from models.inbox import Inbound
from models.joining import Mint, new_code, new_link
from models.people import Post
from tests.chats import Council


async def code_for(council: Council, name: str) -> str:
    async with council.write() as session:
        mint = Mint(council.assistant.key, council.clock.now())
        return await new_code(session, mint, council.people[name], timedelta(days=30))


async def raws(council: Council) -> list[dict[str, Any]]:
    async with council.read() as session:
        return [inbound.raw or {} for inbound in await session.scalars(select(Inbound).order_by(Inbound.id))]


async def address_of(council: Council, name: str) -> Address:
    async with council.read() as session:
        found = await session.scalars(
            select(Address).join(Chat, Chat.id == Address.chat_id).where(Chat.external_id == name)
        )
        return found.one()


@pytest.mark.parametrize(
    "line", ["/batdau {code}", "batdau {code}", "{code}", "mã kết nối của tôi là {code}, xin kiểm tra"]
)
async def test_no_code_stays_readable_once_it_was_heard(council: Council, line: str) -> None:
    code = await code_for(council, "Minh")
    spaced = f"{code[:4]} {code[4:8]}-{code[8:]}"
    for said in (line.format(code=code), line.format(code=spaced)):
        await council.chat("Lan").says(said)
    kept = json.dumps(await raws(council), ensure_ascii=False)
    assert code not in kept
    assert code[8:] not in kept


async def test_no_code_given_as_an_answer_or_by_a_page_stays_readable(council: Council) -> None:
    code = await code_for(council, "Minh")
    async with council.write() as session:
        token = await new_link(session, Mint(council.assistant.key, council.clock.now()), council.people["Minh"])
    lan = council.chat("Lan")
    await lan.says("/batdau")
    await lan.says(code)
    await lan.hears({"call": {"command": "batdau.link", "args": {"token": token}}})
    kept = json.dumps(await raws(council), ensure_ascii=False)
    assert (code in kept, token in kept) == (False, False)


async def test_other_words_stay_as_they_were_said(council: Council) -> None:
    for words in ("trogiup", "Kinh phí 120.000.000.000 đồng"):
        await council.chat("Lan").says(words)
    assert [raw["text"] for raw in await raws(council)] == ["trogiup", "Kinh phí 120.000.000.000 đồng"]


async def test_whoever_speaks_in_a_chat_taken_for_unreachable_is_reached_again(council: Council) -> None:
    before = await address_of(council, "Lan")
    async with council.write() as session:
        ended = {"state": AddressState.UNREACHABLE, "ended_at": council.clock.now()}
        await session.execute(update(Address).where(Address.id == before.id).values(ended))
    await council.chat("Lan").says("tôi đã dùng lại được")
    after = await address_of(council, "Lan")
    assert (after.state, after.ended_at) == (AddressState.ACTIVE, None)


async def test_with_the_last_post_a_person_keeps_the_right_to_leave_and_no_other(council: Council) -> None:
    async with council.write() as session:
        posts = update(Post).where(Post.person_id == council.people["Lan"])
        await session.execute(posts.values(valid_to=date(2022, 6, 1)))
    lan = council.chat("Lan")
    assert (await lan.says("nhiemvu")).startswith("Việc này do")
    await lan.says("ngungnhan")
    assert (await lan.presses("Ngừng gửi tại đây")).startswith("Sẽ không gửi tin cho đồng chí nữa.")
    assert (await address_of(council, "Lan")).state == AddressState.LEFT


async def test_the_audit_names_the_command_that_was_refused(council: Council) -> None:
    code = await code_for(council, "Minh")
    await council.chat("Lan").says(f"/batdau {code}")
    async with council.read() as session:
        entry = (await session.scalars(select(AuditEntry))).one()
    assert (entry.command, entry.outcome) == ("batdau", "refused")


async def test_signs_that_no_store_keeps_are_left_out_of_what_was_said(council: Council) -> None:
    lan = council.chat("Lan")
    answer = await lan.hears({"text": "/tro\x00giup\ud83d \r\n"})
    assert answer
    assert (await lan.says("trogiup")).startswith("Có thể gõ")
    assert [outcome for outcome in await outcomes(council) if outcome == "incident"] == []


async def outcomes(council: Council) -> list[str]:
    async with council.read() as session:
        return list(await session.scalars(select(Inbound.outcome).order_by(Inbound.id)))


async def test_a_page_speaks_for_nobody_whose_number_it_invents(council: Council) -> None:
    assistant = council.assistant
    channel = assistant.channels[PAGES]
    for chat in ("nobody", "123456789"):
        raw = {"chat": chat, "call": {"command": "nhiemvu", "args": {}}}
        stored = await assistant.intake.hear(channel, channel.bots[0], f"page:{chat}", raw)
        await assistant.dispatcher.finish(stored.chat_id)
    async with council.read() as session:
        entries = (await session.scalars(select(AuditEntry))).all()
    assert [(entry.person_id, entry.command) for entry in entries] == [(None, "stranger"), (None, "stranger")]
